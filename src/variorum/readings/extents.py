"""The only gate, and five gates; walled on three sides, and on all: extents of one thing that no two numbers tell.

What one account calls the only one of its kind another counts as several; words of one thing (gate, exit, entrance) are
told by `data/things.csv`. Two plain numbers are compared by `variorum.readings.figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.lists import rows, toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import supports
from variorum.readings.pairs import telling
from variorum.sentences import Passage, Sought, stem, stems
from variorum.verdicts import Standing

__all__ = ["Extent", "extent_rows", "extents"]

_SET = toml("readings")["extents"]
NEAR_DAYS: float = _SET["near_days"]
VAGUE = frozenset(map(stem, _SET["vague"]))
SIDES: int = _SET["sides"]
SEVERAL: int = _SET["several"]


@dataclass(frozen=True, slots=True)
class Extent:
    """How many of a thing a sentence tells, at its place in the text; ``whole`` where these are said to be all."""

    things: frozenset[str]
    many: float
    start: int
    end: int
    whole: bool


@cache
def _only() -> Sought:
    """The only of its kind, where nothing behind it narrows the kind."""
    told, narrows = ("|".join(_SET[name]) for name in ("only", "narrows"))
    found = re.compile(
        rf"\b(?:{told}) ([a-z][\w’'-]*(?: (?!(?:{narrows})\b)[a-z][\w’'-]*)?)(?! (?:{narrows})\b)(?![\w’'-])"
    )
    return Sought(found, _SET["only"])


@cache
def _sides() -> Sought:
    told = _SET["all_sides"]
    return Sought(re.compile(rf"\b(?:{'|'.join(told)})\b", re.IGNORECASE), told)


@cache
def _kinds() -> dict[str, str]:
    """What a word names, by its stem: an exit for a gate."""
    return {stem(row["word"]): row["thing"] for row in rows("things")}


def _things(text: str) -> frozenset[str]:
    return frozenset(_kinds().get(word, word) for word in stems(text)) - VAGUE


def extents(passage: Passage) -> list[Extent]:
    """What a sentence tells to be the only one, or to be on all sides, and the numbers of things beside it.

    >>> told = Passage(0, "A", 0, 40, "The troops blocked the only exit and fired.", 0)
    >>> [(sorted(e.things), e.many) for e in extents(told)]
    [(['exit'], 1.0)]
    """
    found = []
    for m in _only().finditer(passage):
        before = passage.text[: m.start()].split()[-1:]
        things = _things(m[1].split(" and ")[0])
        if things and [w.lower() for w in before] not in (["not"], ["almost"], ["nearly"]):
            found.append(Extent(things, 1.0, passage.start + m.start(), passage.start + m.end(1), True))
    for m in _sides().finditer(passage):
        found.append(
            Extent(frozenset({"side"}), float(SIDES), passage.start + m.start(), passage.start + m.end(), True)
        )
    for f in passage.figures:
        several = f.low is not None and f.low == f.high and f.low >= SEVERAL
        if several and f.unit and f.part_of is None:
            at = passage.text.find(f.unit, f.end - passage.start)
            end = passage.start + at + len(f.unit) if 0 <= at <= f.end - passage.start + 1 else f.end
            found.append(Extent(_things(f.unit.split()[-1]), float(f.low or 0), f.start, end, False))
    return found


def extent_rows(collation: Collation) -> Iterator[Row]:
    """A row for each two sentences of one happening of which one tells the only one, or all, and the other others."""
    told = {p.number: extents(p) for p in collation.items}
    for a, left, b, right in telling(collation, told, NEAR_DAYS):
        found = _differ(left, right)
        if found is not None:
            yield _row(collation, a, b, *found)


def _differ(left: Sequence[Extent], right: Sequence[Extent]) -> tuple[Extent, Extent] | None:
    """The first two extents of one thing that differ, where the sentences tell no equal ones."""
    pairs = [(x, y) for x in left for y in right if x.things & y.things and (x.whole or y.whole)]
    if any(x.many == y.many for x, y in pairs):
        return None
    return pairs[0] if pairs else None


def _row(collation: Collation, a: Passage, b: Passage, x: Extent, y: Extent) -> Row:
    first, second = reading(a, x.start, x.end, "other"), reading(b, y.start, y.end, "other")
    why = f"{cite(first)}, {cite(second)}: the one says that these are all, and the other counts otherwise."
    row = Row("extent", "other", "", Standing.CONFLICT, why, [first, second], "high", 0.3, 2, [a, b])
    row.evidence["told of one"] = float(supports(collation, a, b))
    return row
