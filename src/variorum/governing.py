"""What governs an offset of an account: the date lines of a chronicle, a diary, a timeline, and the days they give.

A date line is a row of `variorum.records.Structure` of kind "date"; its value is that of the time that stands there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from variorum.records import Structure, Time

__all__ = ["Governing", "Governor"]


class Governor(NamedTuple):
    """A date line and the time it gives: ``date`` is EDTF."""

    line: Structure
    time: Time
    date: str


class Governing:
    """The date lines of one account, asked by offset; rows of structure and times may come in any order.

    >>> lines = [Structure("A", 0, 4, "1911", "date", 1, 60), Structure("A", 10, 15, "3 May", "date", 4, 40)]
    >>> times = [Time("A", 0, 4, "1911", "DATE", "1911", None, "1911"),
    ...          Time("A", 10, 15, "3 May", "DATE", "1911-05-03", None, "1911-05-03")]
    >>> governing = Governing(lines, times)
    >>> [governing.at(offset).date for offset in (5, 20, 50)], governing.at(70)
    (['1911', '1911-05-03', '1911'], None)
    """

    def __init__(self, structure: Iterable[Structure], times: Iterable[Time]) -> None:
        self.lines = sorted((part for part in structure if part.kind == "date"), key=lambda part: part.start)
        self._starts = [line.start for line in self.lines]
        self._above = _above(self.lines)
        self._times = _first_of(self.lines, times)

    def at(self, offset: int) -> Governor | None:
        """The finest date line that governs an offset and has a date; a line does not govern its own words."""
        number: int | None = bisect_right(self._starts, offset) - 1
        while number is not None and number >= 0:
            line, time = self.lines[number], self._times[number]
            if line.end <= offset < (line.until or 0):
                return Governor(line, time, time.edtf) if time is not None and time.edtf else None
            number = self._above[number]
        return None

    def is_line(self, start: int, end: int) -> bool:
        """Whether a stretch of the text is a date line and hardly more."""
        number = bisect_right(self._starts, start + _SIGNS) - 1
        if number < 0:
            return False
        line = self.lines[number]
        return abs(line.start - start) <= _SIGNS and end - line.end <= _SIGNS and line.end <= end


_SIGNS = 4
"""Characters that may stand around a date in its line: stars, brackets, a colon."""


def _above(lines: Sequence[Structure]) -> list[int | None]:
    """The line of a higher rank that each line stands below."""
    opened: list[int] = []
    found: list[int | None] = []
    for number, line in enumerate(lines):
        while opened and (lines[opened[-1]].until or 0) <= line.start:
            opened.pop()
        found.append(opened[-1] if opened else None)
        opened.append(number)
    return found


def _first_of(lines: Sequence[Structure], times: Iterable[Time]) -> list[Time | None]:
    """The time of each line: of several that stand in it, the one with the finest date."""
    listed = sorted((t for t in times if t.type in ("DATE", "TIME")), key=lambda t: t.start)
    starts = [time.start for time in listed]
    found: list[Time | None] = []
    for line in lines:
        inside = listed[bisect_right(starts, line.start - 1) : bisect_right(starts, line.end - 1)]
        dated = [time for time in inside if time.edtf]
        found.append(max(dated, key=lambda t: len(t.edtf or ""), default=None))
    return found
