"""What one account tells as its own and another gives only as somebody's word: "his government says"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from variorum.lists import toml, words
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.records import Claim
from variorum.sentences import Passage, stem, words_of
from variorum.verdicts import Standing

__all__ = ["attribution_rows"]

_SET = toml("readings")["attribution"]
LINKED: float = _SET["linked"]


def attribution_rows(collation: Collation) -> Iterator[Row]:
    """One row for each happening of weight that one account vouches for and another gives on somebody's word."""
    told: set[str] = set()
    for a, b, _ in collation.across(LINKED):
        event = collation.event_of.get(a.number) or collation.event_of.get(b.number) or f"{a.number}"
        if event in told:
            continue
        for row in _rows(a, b):
            told.add(event)
            yield row
            break


def _rows(a: Passage, b: Passage) -> Iterator[Row]:
    grave = words("readings", "attribution", "types")
    for x in a.claims:
        for y in b.claims:
            if bool(x.voice) != bool(y.voice) and {x.type, y.type} <= grave and _same(x, y):
                own, lent, where = (x, y, (a, b)) if not x.voice else (y, x, (b, a))
                first = reading(where[0], own.start, own.end, "voice", "its own word")
                said = replace(reading(where[1], lent.start, lent.end, "voice", lent.voice[-1]), voice=list(lent.voice))
                why = f"{cite(first)} in its own voice; {cite(said)} on the word of {lent.voice[-1]}."
                yield Row("attribution", "voice", "", Standing.COMPATIBLE, why, [first, said], "high", 0.2, 2, [a, b])


def _same(x: Claim, y: Claim) -> bool:
    """The same word for the act, or the same type, of one and the same person or thing."""
    patients = words_of(x.patient or "").keys() & words_of(y.patient or "").keys()
    agents = words_of(x.agent or "").keys() & words_of(y.agent or "").keys()
    same = bool(x.trigger) and stem(x.trigger) == stem(y.trigger) and x.polarity == y.polarity
    return same and bool(patients) and (bool(agents) or not (x.agent and y.agent))
