"""What speaks for and against two sentences telling the same happening: ten features, each with its reason.

Rare shared words carry the joining; a shared time counts by its rarity, log(dated sentences / those whose time meets
it). Own times that do not meet count against, but never bar: two dates of one act are a finding.
Source of the set: the method notes of this step, where ten features held on unseen collections and twenty-five did not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from variorum.dates import month_day
from variorum.lists import toml
from variorum.sentences import Collection, Passage

__all__ = ["FEATURES", "Compared", "compare"]

FEATURES = (
    "first word", "second word", "third word", "time", "yearly day", "figure", "covered", "cosine",
    "times apart", "one account",
)  # fmt: skip


NEAR_DAYS: float = toml("limits")["events"]["near_days"]


@dataclass(frozen=True, slots=True)
class Compared:
    """The features of a pair in the order of `FEATURES`, the rarest shared words and the shared time's words."""

    values: tuple[float, ...]
    shared: tuple[str, ...]
    time: str


def compare(collection: Collection, a: Passage, b: Passage) -> Compared:
    """The features of two passages; about ten microseconds."""
    idf = collection.idf
    common = a.words.keys() & b.words.keys()
    ranked = sorted(common, key=lambda w: (-idf[w], w))
    rare = [idf[w] for w in ranked[:3]] + [0.0, 0.0, 0.0]
    mass = math.fsum(idf[w] for w in common)
    dot = math.fsum(a.words[w] * b.words[w] * idf[w] ** 2 for w in common)
    low = min(collection.mass[a.number], collection.mass[b.number])
    norm = collection.norm[a.number] * collection.norm[b.number]
    time, words = _time(collection, a, b)
    values = (
        rare[0], rare[1], rare[2], time, _yearly(a, b), _figure(a, b),
        mass / low if low else 0.0, dot / norm if norm else 0.0,
        _apart(a, b), float(a.witness == b.witness),
    )  # fmt: skip
    return Compared(values, tuple(ranked[:4]), words)


def _time(collection: Collection, a: Passage, b: Passage) -> tuple[float, str]:
    best, words = 0.0, ""
    for x in a.clock:
        for y in b.clock:
            if x.days.meets(y.days):
                wider = x.days if x.days.length >= y.days.length else y.days
                score = collection.rarity(wider) * x.weight * y.weight
                if score > best:
                    best, words = score, x.text
    return best, words


def _yearly(a: Passage, b: Passage) -> float:
    """1 when one names a day of every year and the other tells of that day."""
    named = ((month_day(t.edtf), other.yearly) for one, other in ((a, b), (b, a)) for t in one.times)
    return float(any(day in yearly for day, yearly in named))


def _figure(a: Passage, b: Passage) -> float:
    """1 when both give the same number in the same role; 1, 2 and open numbers tell too little."""
    told = {(f.role, f.low) for f in a.figures if f.low is not None and f.low > 2}
    return float(any((f.role, f.low) in told for f in b.figures))


def _apart(a: Passage, b: Passage) -> float:
    """1 when no own times of the two meet, 3 when they lie more than 12 days apart."""
    if not a.times or not b.times:
        return 0.0
    gap = min(x.days.gap(y.days) for x in a.times for y in b.times)
    if any(x.days.meets(y.days) for x in a.times for y in b.times):
        return 0.0
    return 1.0 if gap <= NEAR_DAYS else 3.0
