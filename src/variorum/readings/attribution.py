"""What one account tells as its own and another gives only as somebody's word: "his government says"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from variorum.lists import toml, words
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.records import Claim, Reading
from variorum.sentences import Passage, stem, stems
from variorum.verdicts import Standing

__all__ = ["attribution_rows"]

_SET = toml("readings")["attribution"]
LINKED: float = _SET["linked"]
MOST: int = _SET["most"]
NEAR_DAYS: float = _SET["near_days"]


def attribution_rows(collation: Collation) -> Iterator[Row]:
    """One row for each act of weight that some accounts vouch for and others give on somebody's word.

    All who tell it so stand in it: two of five would not say who vouches for it. Two acts of the same sentences ("an
    attack kills") are told once.
    """
    held: dict[tuple[str, str], dict[tuple[str, int], _Told]] = defaultdict(dict)
    for a, b, _ in collation.across(LINKED):
        if a.clock and b.clock and min(t.days.gap(u.days) for t in a.clock for u in b.clock) > NEAR_DAYS:
            continue
        event = collation.event_of.get(a.number) or collation.event_of.get(b.number) or f"{a.number}"
        for x, y in _pairs(a, b):
            one = held[event, stem(x.trigger)]
            one.setdefault((a.witness, x.start), (a, x))
            one.setdefault((b.witness, y.start), (b, y))
    seen: list[set[int]] = []
    for _, one in sorted(held.items(), key=lambda kv: -len(kv[1])):
        told = list(one.values())
        if not any({p.number for p, _ in told[:2]} <= other for other in seen):
            seen.append({p.number for p, _ in told})
            yield _row(told)


_Told = tuple[Passage, Claim]


def _pairs(a: Passage, b: Passage) -> Iterator[tuple[Claim, Claim]]:
    """The claims of one act of weight that the one tells as its own, and the other on somebody's word."""
    grave = words("readings", "attribution", "types")
    for x in a.claims:
        for y in b.claims:
            if bool(x.voice) != bool(y.voice) and {x.type, y.type} <= grave and _same(x, y):
                yield x, y


def _row(told: list[_Told]) -> Row:
    """The row of an act; its first two readings are those that were best linked."""
    readings = [_reading(p, c) for p, c in told[:MOST]]
    own = next(r for r in readings if not r.voice)
    said = next(r for r in readings if r.voice)
    why = f"{cite(own)} in its own voice; {cite(said)} on the word of {said.value}."
    passages = [p for p, _ in told[:MOST]]
    pair, count = (passages[0], passages[1]), len({p.witness for p in passages})
    return Row(
        "attribution",
        "voice",
        "",
        Standing.COMPATIBLE,
        why,
        readings,
        "high",
        0.2,
        count,
        passages,
        pair,
    )


def _reading(passage: Passage, claim: Claim) -> Reading:
    value = claim.voice[-1] if claim.voice else "its own word"
    return replace(reading(passage, claim.start, claim.end, "voice", value), voice=list(claim.voice))


def _same(x: Claim, y: Claim) -> bool:
    """The same word for the act, or the same type, of one and the same person or thing."""
    patients = stems(x.patient or "") & stems(y.patient or "")
    agents = stems(x.agent or "") & stems(y.agent or "")
    same = bool(x.trigger) and stem(x.trigger) == stem(y.trigger) and x.polarity == y.polarity
    return same and bool(patients) and (bool(agents) or not (x.agent and y.agent))
