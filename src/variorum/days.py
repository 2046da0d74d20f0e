"""Dates as intervals of days: what an EDTF string covers, and how two such intervals stand to each other.

A day is counted as Python's proleptic ordinal; a clock time is a window of one hour inside its day (a 24th). Open
ends are infinite. Dates are never filled in: ``2015-03`` is the whole month.
"""

from __future__ import annotations

import math
import re
from calendar import month_name, monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

__all__ = ["ALWAYS", "Days", "days", "hull", "in_words", "iso", "lasting"]

HOUR = 1 / 24
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14)}
MONTHS = tuple(month_name)[1:]
LASTING = re.compile(r"P(\d+(?:\.\d+)?)([DWMY])|PT(\d+)H")
UNIT_DAYS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
ONE = re.compile(r"(-?[0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2})(?:T([0-9]{2}))?)?)?", re.ASCII)


class Days(NamedTuple):
    """The half-open interval ``[first, after)`` in days; ``math.inf`` where it is open.

    >>> days("1998-11-17").meets(days("1998-11")), days("1998-11-17").share(days("1998-11"))
    (True, 0.03333333333333333)
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


ALWAYS = Days(-math.inf, math.inf)


@lru_cache(maxsize=65536)
def days(edtf: str | None) -> Days | None:
    """What an EDTF string covers; None for what is no date (a duration, a yearly day, nonsense).

    >>> days("198X").length, days("1998-11-17/1998-11-18").length, days("../1998-11-17").first
    (3653.0, 2.0, -inf)
    >>> round(days("1998-11-17T02:00").length * 24, 3)
    1.0
    >>> days("P3D"), days("XXXX-11-08"), days("1998-13")
    (None, None, None)
    """
    if not edtf or len(edtf) > 400:
        return None
    if edtf[0] in "[{":
        parts = (days(p.strip()) for p in re.split(r",|\.\.", edtf.strip("[]{}")) if p.strip())
        return hull(p for p in parts if p)
    if "/" in edtf:
        left, _, right = edtf.partition("/")
        first = -math.inf if left in ("", "..") else _edge(left, 0)
        after = math.inf if right in ("", "..") else _edge(right, 1)
        if first is None or after is None or first >= after:
            return None
        return Days(first, after)
    return _one(edtf)


def _edge(text: str, end: int) -> float | None:
    one = _one(text)
    return one[end] if one else None


def _one(text: str) -> Days | None:
    match = ONE.match(text.strip().replace("~", "").replace("?", "").replace("%", ""))
    if not match or match[1].startswith("-"):
        return None
    year, month, day, hour = match.groups()
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    try:
        if "X" in year:
            return None if year == "XXXX" else Days(_ordinal(max(1, first_year), 1, 1), _after_month(last_year, 12))
        if month is None or "X" in month:
            return Days(_ordinal(first_year, 1, 1), _after_month(first_year, 12))
        if int(month) in SEASONS:
            low, high = SEASONS[int(month)]
            return Days(_ordinal(first_year, low, 1), _after_month(first_year, high))
        if day is None or "X" in day:
            return Days(_ordinal(first_year, int(month), 1), _after_month(first_year, int(month)))
        start = _ordinal(first_year, int(month), int(day))
    except ValueError:
        return None
    return Days(start + int(hour) * HOUR, start + (int(hour) + 1) * HOUR) if hour else Days(start, start + 1)


def _ordinal(year: int, month: int, day: int) -> float:
    return float(date(year, month, day).toordinal())


def _after_month(year: int, month: int) -> float:
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return _ordinal(year, month, monthrange(year, month)[1]) + 1


def hull(items: Iterable[Days]) -> Days | None:
    """The smallest interval that holds all of them; None when there are none.

    >>> hull([days("1998-11-04"), days("1998-11-17")]).length
    14.0
    """
    listed = list(items)
    return Days(min(d.first for d in listed), max(d.after for d in listed)) if listed else None


def lasting(value: str) -> tuple[float, float] | None:
    """The days of a TIMEX3 duration, and the width of its unit; None for what has no number.

    >>> lasting("P20D"), lasting("P2W"), lasting("PXD")
    ((20.0, 1.0), (14.0, 7.0), None)
    """
    match = LASTING.fullmatch(value)
    if not match:
        return None
    if match[3]:
        return int(match[3]) / 24, 1 / 24
    return float(match[1]) * UNIT_DAYS[match[2]], UNIT_DAYS[match[2]]


def iso(when: Days | None) -> str | None:
    """The first day of an interval as an EDTF date; None for no interval or an open one.

    >>> iso(days("1998-11")), iso(None)
    ('1998-11-01', None)
    """
    return date.fromordinal(int(when.first)).isoformat() if when and math.isfinite(when.first) else None


def in_words(edtf: str | None) -> str:
    """An EDTF date as a reader would write it; what it cannot write stays as it is.

    >>> in_words("1998-11-17"), in_words("1998-11"), in_words("1998-11-17/1998-11-18"), in_words(None)
    ('17 November 1998', 'November 1998', '17 November 1998 to 18 November 1998', 'no date')
    """
    if not edtf:
        return "no date"
    if "/" in edtf:
        left, _, right = edtf.partition("/")
        ends = [in_words(p) if p not in ("", "..") else "" for p in (left, right)]
        return f"{ends[0]} to {ends[1]}" if all(ends) else f"until {ends[1]}" if ends[1] else f"from {ends[0]}"
    match = ONE.fullmatch(edtf.strip("~?%")[:10])
    if not match or "X" in edtf or (match[2] and not 1 <= int(match[2]) <= 12):
        return edtf
    year, month, day = match[1], match[2], match[3]
    words = " ".join(w for w in (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year) if w)
    return f"about {words}" if "~" in edtf else words
