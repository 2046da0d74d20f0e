"""Days by number, and intervals of them, in every year of the Gregorian calendar.

A day is counted as Python counts it (1 is the first of January of the year 1) and on beyond both ends of Python's
calendar; the year 0 is 1 BC.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

__all__ = ["Days", "calendar", "hull", "iso", "iso_day", "iso_year", "number"]

CYCLE = 146_097
"""Days in 400 years, after which the calendar begins anew, weekdays included."""


class Days(NamedTuple):
    """The half-open interval ``[first, after)`` in days; ``math.inf`` where it is open.

    >>> day, week = Days(3.0, 4.0), Days(1.0, 8.0)
    >>> day.meets(week), day.inside(week), day.share(week), day.gap(Days(6.0, 7.0))
    (True, True, 0.14285714285714285, 2.0)
    """

    first: float
    after: float

    @property
    def length(self) -> float:
        """Number of days covered, infinite when an end is open."""
        return self.after - self.first

    def meets(self, other: Days) -> bool:
        """True when both share a moment."""
        return self.first < other.after and other.first < self.after

    def inside(self, other: Days) -> bool:
        """True when it lies wholly in ``other``."""
        return other.first <= self.first and self.after <= other.after

    def share(self, other: Days) -> float:
        """Common part over the longer of the two, 0 to 1; two infinite intervals share all of what they share."""
        common = min(self.after, other.after) - max(self.first, other.first)
        if common <= 0:
            return 0.0
        longer = max(self.length, other.length)
        if math.isinf(longer):
            return 1.0 if self == other else 0.0
        return common / longer

    def gap(self, other: Days) -> float:
        """Days between the two, 0 when they meet or touch."""
        return max(0.0, other.first - self.after, self.first - other.after)


def hull(items: Iterable[Days]) -> Days | None:
    """The smallest interval that holds all of them; None when there are none.

    >>> hull([Days(3.0, 4.0), Days(9.0, 10.0)])
    Days(first=3.0, after=10.0)
    """
    listed = list(items)
    return Days(min(d.first for d in listed), max(d.after for d in listed)) if listed else None


def number(year: int, month: int = 1, day: int = 1) -> int:
    """The number of a day, in any year; a month beyond 12 lies in the next year. ValueError where there is no such day.

    >>> number(1, 1, 1), number(0, 12, 31), number(1998, 13, 1) == number(1999, 1, 1)
    (1, 0, True)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    cycles = (year - 1) // 400
    return date(year - 400 * cycles, month, day).toordinal() + cycles * CYCLE


def calendar(day: float) -> tuple[int, int, int]:
    """Year, month and day of the month of a numbered day.

    >>> calendar(number(-328, 9, 4)), calendar(number(1998, 11, 17) + 0.5)
    ((-328, 9, 4), (1998, 11, 17))
    """
    cycles, rest = divmod(math.floor(day) - 1, CYCLE)
    told = date.fromordinal(rest + 1)
    return told.year + 400 * cycles, told.month, told.day


def iso_day(day: float) -> str:
    """A numbered day as EDTF has it."""
    year, month, in_month = calendar(day)
    return f"{iso_year(year)}-{month:02d}-{in_month:02d}"


def iso_year(year: int) -> str:
    """A year as EDTF has it: four digits, ``-`` before our era, ``Y`` before more digits."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def iso(when: Days | None) -> str | None:
    """The first day of an interval as an EDTF date; None for no interval or one without a beginning.

    >>> iso(Days(1.0, 8.0)), iso(Days(0.0, 1.0)), iso(None)
    ('0001-01-01', '0000-12-31', None)
    """
    return iso_day(when.first) if when and math.isfinite(when.first) else None
