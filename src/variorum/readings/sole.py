"""Days and hours of an act that each of two accounts of one story tells but once: arrested on the 24th, on the 28th.

Where an account tells one word for an act several times, its dates are of several acts, and nothing is said here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from itertools import combinations

from variorum.lists import words
from variorum.readings.collation import Collation
from variorum.readings.dates import NEAR_DAYS, announced, compared, dated_row, listed, minute, named
from variorum.readings.judge import Row
from variorum.readings.kindred import brief, supports, told_in
from variorum.records import Claim
from variorum.sentences import Dated, Passage, stem, stems
from variorum.verdicts import Standing

__all__ = ["sole_rows"]

OTHERS = frozenset(words("readings", "sole", "not_acts"))
TOLD = ("happened", "state")

Told = tuple[Passage, Claim, Dated]


def sole_rows(collation: Collation) -> Iterator[Row]:
    """A row for each act of one word that two accounts of a story date once each, and not alike."""
    for passages in collation.stories().values():
        short = brief(passages)
        days = {(p.witness, t.days.first // 1) for p in passages for t in p.times if t.days.length <= 1}
        for _, told in sorted(_acts(passages).items()):
            for (p, x, t), (q, y, u) in combinations(told, 2):
                if p.witness == q.witness or not _of_one(p, x, q, y) or announced((p, t), (q, u)) is not None:
                    continue
                if _knows(days, p, u) or _knows(days, q, t) or listed(p, t, u) or listed(q, u, t):
                    continue  # it tells the other's day too, and dates this act on another, or on both
                if compared(t, u) == Standing.CONFLICT and t.days.gap(u.days) <= NEAR_DAYS:
                    row = dated_row(Standing.CONFLICT, (p, t), (q, u), "high")
                    row.rule = "sole"
                    row.evidence["told of one"] = float(min(3, supports(collation, p, q) + short))
                    yield row


def _knows(days: Container[tuple[str, float]], passage: Passage, time: Dated) -> bool:
    return (
        time.clock is None
        and not any(t.days.meets(time.days) for t in passage.times)
        and ((passage.witness, time.days.first // 1) in days)
    )


def _acts(passages: Sequence[Passage]) -> dict[str, list[Told]]:
    """The acts of a story by the stem of their word, of those accounts that tell each but once, with its time."""
    found: dict[str, dict[str, list[tuple[Passage, Claim]]]] = defaultdict(lambda: defaultdict(list))
    for p in passages:
        for c in p.claims:
            if c.trigger and c.type not in OTHERS and c.polarity == "affirmed" and c.modality in TOLD:
                found[stem(c.trigger)][p.witness].append((p, c))
    dated: dict[str, list[Told]] = defaultdict(list)
    for word, by in found.items():
        for told_by_one in by.values():
            passage, claim = told_by_one[0]
            own = [t for t in passage.times if t.tie == "own" and t.days.length <= 1]
            times = [t for t in own if t.edtf == claim.date or t.clock is not None]
            times = [t for t in times if named(t) or minute(t) is not None]
            if len({p.number for p, _ in told_by_one}) == 1 and len(times) == 1:
                dated[word].append((passage, claim, times[0]))
    return {word: told for word, told in dated.items() if len(told) > 1}


def _of_one(p: Passage, x: Claim, q: Passage, y: Claim) -> bool:
    """True where nobody who takes part is another, and one of them is in both or a pronoun, which may be anybody."""
    named = [(told_in(p, one), told_in(q, other)) for one, other in ((x.agent, y.agent), (x.patient, y.patient))]
    if any(one and other and not one & other for one, other in named):
        return False
    unknown = any(
        who and not told_in(a, who) and stems(who) for a, c in ((p, x), (q, y)) for who in (c.agent, c.patient)
    )
    return unknown or any(one & other for one, other in named)
