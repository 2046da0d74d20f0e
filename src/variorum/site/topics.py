"""The topics of tolls: one question each, with its readings in order of value, those that repeat another folded in."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from variorum import records as r
from variorum.verdicts import Standing, ranked

__all__ = ["Entry", "Topic", "topics"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading of a topic with the rows that repeat it."""

    row: r.Toll
    repeated: list[r.Toll] = field(default_factory=list)

    @property
    def printed_by(self) -> list[str]:
        """The witnesses that print it, the first first."""
        return list(dict.fromkeys(x.witness for x in (self.row, *self.repeated)))


@dataclass(frozen=True, slots=True)
class Topic:
    """One question on people in a role; ``children`` narrow it by group, place or part."""

    key: str
    label: str
    entries: list[Entry]
    children: list[Topic] = field(default_factory=list)

    @property
    def first(self) -> r.Toll:
        """Its first row, which says what holds for all of them."""
        return self.entries[0].row

    @property
    def witnesses(self) -> list[str]:
        """All that print a figure of it."""
        return list(dict.fromkeys(w for entry in self.entries for w in entry.printed_by))

    @property
    def course(self) -> bool:
        """True where its figures only grow with the day up to which they count."""
        return self.first.course

    @property
    def standing(self) -> str:
        """How its readings stand: a verdict, or ``course``."""
        return "course" if self.course else self.first.verdict

    @property
    def alone(self) -> bool:
        """True where neither it nor any narrower topic has anything to compare."""
        own = self.first.verdict == Standing.SINGLE and not self.course
        return own and all(child.alone for child in self.children)


def topics(rows: Iterable[r.Toll]) -> list[Topic]:
    """The topics that narrow no other, what most accounts print first; a child without its parent stands by itself.

    >>> def toll(key, topic, parent, low, repeats=None):
    ...     return r.Toll("A", 0, 1, "x", key, topic, topic, parent, None, "killed", None, None, "", low, low, None,
    ...                   None, None, 1, False, "single", None, repeats)
    >>> made = topics([toll("t1", "q1", None, 3.0), toll("t2", "q1", None, 3.0, "t1"), toll("t3", "q2", "q1", 1.0)])
    >>> [(t.key, len(t.entries), len(t.entries[0].repeated), [c.key for c in t.children]) for t in made]
    [('q1', 1, 1, ['q2'])]
    """
    by: dict[str, list[r.Toll]] = defaultdict(list)
    for row in rows:
        by[row.topic].append(row)
    made = {key: Topic(key, listed[0].label, _folded(listed)) for key, listed in by.items()}
    found = []
    for topic in made.values():
        parent = made.get(topic.first.parent or "")
        if parent is None or parent is topic or parent.first.parent in made:
            found.append(topic)
        else:
            parent.children.append(topic)
    return sorted(found, key=_rank)


def _rank(topic: Topic) -> tuple[bool, int, int, int, str]:
    """What can be compared first, then what most print, then what stands in conflict."""
    kind = Standing.COMPATIBLE if topic.course else topic.first.verdict
    return (topic.alone, -len(topic.witnesses), ranked(kind), -len(topic.entries), topic.key)


def _folded(rows: list[r.Toll]) -> list[Entry]:
    """The readings in order of value; what repeats another, by however many steps, stands with it."""
    by = {row.toll: row for row in rows}
    entries: dict[str, Entry] = {}
    for row in sorted(rows, key=lambda row: (_first(row, by) is not row, row.position)):
        first = _first(row, by)
        if first is row:
            entries[row.toll] = Entry(row)
        else:
            entries[first.toll].repeated.append(row)
    return list(entries.values())


def _first(row: r.Toll, by: dict[str, r.Toll]) -> r.Toll:
    """The row that a row repeats in the end; itself where that is in no table, or where rows repeat each other."""
    seen = {row.toll}
    at = row
    while at.repeats in by and at.repeats not in seen:
        at = by[at.repeats]
        seen.add(at.toll)
    return row if at.repeats in seen else at


def number(value: float) -> str:
    """A count as it is printed.

    >>> number(25000.0), number(float("inf"))
    ('25,000', 'no number')
    """
    return f"{value:,.6g}" if math.isfinite(value) and abs(value) < 1e6 else _large(value)


def _large(value: float) -> str:
    return f"{value:,.0f}" if math.isfinite(value) else "no number"


def figure(low: float | None, high: float | None) -> str:
    """An interval in words.

    >>> figure(31, 31), figure(31, None), figure(None, 9), figure(90, 110), figure(None, None)
    ('31', '31 or more', 'up to 9', '90 to 110', 'no number')
    """
    if low is None and high is None:
        return "no number"
    if high is None or low is None:
        return f"{number(low)} or more" if low is not None else f"up to {number(high or 0)}"
    return number(low) if low == high else f"{number(low)} to {number(high)}"
