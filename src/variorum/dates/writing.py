"""Dates written: from TIMEX3 values, from two ends, from a day of the old calendar."""

from __future__ import annotations

import re

from variorum.dates.days import iso_day, iso_year
from variorum.dates.shape import WEEK, parts_of_year, read, week
from variorum.dates.when import interval
from variorum.lists import toml

__all__ = ["between", "gregorian", "lasting", "write"]

_VALUE = re.compile(r"(BC)?([0-9X]{1,4})(?:-([A-Z0-9]{2}))?(?:-([0-9X]{2}))?(?:T.*)?", re.ASCII)
_LASTING = re.compile(r"P([0-9]+(?:\.[0-9]+)?)([DWMY])|PT([0-9]+)H")


def write(value: str, approximate: bool = False) -> str | None:
    """The EDTF of a TIMEX3 value; None where there is none (durations, sets, references to the present).

    A time of day gives its day, for EDTF has no hours without minutes and seconds; a week the days it holds. Years
    before our era count with a year 0, as ISO 8601 does.

    >>> write("1936-SP"), write("195"), write("BC0330-09"), write("XXXX-10-27"), write("1985-Q3")
    ('1936-21', '195X', '-0329-09', 'XXXX-10-27', '1985-35')
    >>> write("1870", approximate=True), write("P3D"), write("1998-W47")
    ('1870~', None, '1998-11-16/1998-11-22')
    >>> write("BC032"), write("BC02")
    ('-0328/-0319', '-0299/-0200')
    """
    if named := WEEK.fullmatch(value):
        span = week(int(named[1]), int(named[2]), named[3])
        if span is None:
            return None
        return iso_day(span.first) if span.length == 1 else f"{iso_day(span.first)}/{iso_day(span.after - 1)}"
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    told = _dated(found[1], found[2], found[3], found[4], approximate)
    return told if told and read(told) else None


def _dated(before: str | None, year: str, second: str | None, day: str | None, approximate: bool) -> str | None:
    if before and "X" not in year and len(year) < 4:
        return _ancient_span(year)
    told = _year(year, bool(before))
    if told is None or (second is None and told.startswith("XX")):
        return None
    if second is None:
        return told + "~" if approximate and "X" not in told else told
    return _finer(told, second, day, approximate)


def _ancient_span(digits: str) -> str:
    """A decade, century or millennium before our era, as its first and last year."""
    length = 10 ** (4 - len(digits))
    first = int(digits) * length + (length if len(digits) < 3 else length - 1)
    last = int(digits) * length + (1 if len(digits) < 3 else 0)
    return f"{iso_year(1 - first)}/{iso_year(1 - max(1, last))}"


def _year(year: str, before: bool) -> str | None:
    if not before:
        return year.ljust(4, "X")
    return None if "X" in year else iso_year(1 - max(1, int(year)))


def _finer(year: str, second: str, day: str | None, approximate: bool) -> str | None:
    """A month, day, season, quarter or half of a year."""
    if re.fullmatch(r"0[1-9]|1[0-2]|XX", second):
        if year == "XXXX" and second == "XX":
            return None
        told = f"{year}-{second}" + (f"-{day}" if day else "")
        return told if "X" in told or not approximate else told + "~"
    code = next((code for code, part in parts_of_year().items() if part.get("timex") == second), None)
    return None if "X" in year or code is None else f"{year}-{code}"


def between(first: str | None, last: str | None) -> str | None:
    """The interval between two EDTF dates; None when one is missing or they are out of order.

    >>> between("1998-03-02", "1998-05-14"), between("1998-05", "1998-03"), between("-0330", "-0335")
    ('1998-03-02/1998-05-14', None, None)
    """
    if not first or not last or first == last or "/" in first or "/" in last:
        return None
    begin, end = interval(first), interval(last)
    if begin and end and (end.first < begin.first or begin.inside(end)):
        return None
    return f"{first}/{last}"


def gregorian(julian: str | None) -> str | None:
    """The Gregorian day of a day told in Old Style; anything coarser comes back as it is.

    >>> gregorian("1917-10-25"), gregorian("1917-10")
    ('1917-11-07', '1917-10')
    """
    found = re.fullmatch(r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})", julian or "")
    if found is None:
        return julian
    year, month, day = (int(part) for part in found.groups())
    shifted = year + 4800 - (14 - month) // 12
    months = month + 12 * ((14 - month) // 12) - 3
    julian_day = day + (153 * months + 2) // 5 + 365 * shifted + shifted // 4 - 32083
    return iso_day(julian_day - 1721425)


def lasting(value: str) -> tuple[float, float] | None:
    """The days of a TIMEX3 duration, and the width of its unit; None for what has no number.

    >>> lasting("P20D"), lasting("P2W"), lasting("PXD")
    ((20.0, 1.0), (14.0, 7.0), None)
    """
    match = _LASTING.fullmatch(value)
    if not match:
        return None
    if match[3]:
        return int(match[3]) / 24, 1 / 24
    unit = float(toml("dates")["units"][match[2]])
    return float(match[1]) * unit, unit
