"""Extended date-time format (ISO 8601-2) of a calendar date whose parts may be open."""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = ["gregorian", "interval", "of_value"]

_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_VALUE = re.compile(r"(BC)?([0-9X]{1,4})(?:-([A-Z0-9]{2}))?(?:-([0-9X]{2}))?(?:T.*)?", re.ASCII)
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})(-WE)?", re.ASCII)
_MONTH = re.compile(r"0[1-9]|1[0-2]|XX")


def of_value(value: str, approximate: bool = False) -> str | None:
    """The EDTF of a TIMEX3 value; None where there is none (durations, sets, references to the present).

    A time of day gives its day, for EDTF has no hours without minutes and seconds; a week the days it holds. Years
    before our era count with a year 0, as ISO 8601 does.

    >>> of_value("1936-SP"), of_value("195"), of_value("BC0330-09"), of_value("XXXX-10-27")
    ('1936-21', '195X', '-0329-09', 'XXXX-10-27')
    >>> of_value("1870", approximate=True), of_value("P3D"), of_value("1998-W47")
    ('1870~', None, '1998-11-16/1998-11-22')
    >>> of_value("BC032"), of_value("BC02")
    ('-0328/-0319', '-0299/-0200')
    """
    week = _WEEK.fullmatch(value)
    if week:
        return _week(int(week.group(1)), int(week.group(2)), bool(week.group(3)))
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    before, year, second, day = found.groups()
    if before and "X" not in year and len(year) < 4:
        return _ancient_span(year)
    told = _year(year, bool(before))
    if told is None or (second is None and told.startswith("XX")):
        return None
    if second is None:
        return told + "~" if approximate and "X" not in told else told
    return _finer(told, second, day, approximate)


def _week(year: int, week: int, weekend: bool) -> str | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    first = monday + timedelta(days=5 if weekend else 0)
    return f"{first.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _ancient_span(digits: str) -> str:
    """A decade or century before our era, as its first and last year."""
    length = 10 ** (4 - len(digits))
    first = int(digits) * length + (length if len(digits) < 3 else length - 1)
    last = int(digits) * length + (1 if len(digits) < 3 else 0)
    return f"{_astronomical(first)}/{_astronomical(max(1, last))}"


def _astronomical(year_before: int) -> str:
    return f"-{year_before - 1:04d}" if year_before > 1 else "0000"


def _year(year: str, before: bool) -> str | None:
    if not before:
        return year.ljust(4, "X")
    return None if "X" in year else _astronomical(int(year))


def _finer(year: str, second: str, day: str | None, approximate: bool) -> str | None:
    """A month, day, season, quarter or half of a year."""
    if _MONTH.fullmatch(second):
        if year == "XXXX" and second == "XX":
            return None
        told = f"{year}-{second}" + (f"-{day}" if day else "")
        return told if "X" in told or not approximate else told + "~"
    if "X" in year:
        return None
    if second in _SEASONS:
        return f"{year}-{_SEASONS[second]}"
    if re.fullmatch(r"Q[1-4]|H[12]", second):
        return f"{year}-{int(second[1]) + (32 if second[0] == 'Q' else 39)}"
    return None


def interval(first: str | None, last: str | None) -> str | None:
    """The interval between two EDTF dates; None when one is missing or they are out of order.

    >>> interval("1998-03-02", "1998-05-14")
    '1998-03-02/1998-05-14'
    """
    if not first or not last or first == last or "/" in first or "/" in last:
        return None
    known = "X" not in first[:4] and "X" not in last[:4] and not first.startswith("-") and not last.startswith("-")
    if known and first.rstrip("~") > last.rstrip("~"):
        return None
    return f"{first}/{last}"


def gregorian(julian: str | None) -> str | None:
    """The Gregorian day of a day told in Old Style; anything coarser comes back as it is.

    >>> gregorian("1917-10-25")
    '1917-11-07'
    """
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", julian or "")
    if found is None:
        return julian
    year, month, day = (int(part) for part in found.groups())
    shifted = year + 4800 - (14 - month) // 12
    months = month + 12 * ((14 - month) // 12) - 3
    number = day + (153 * months + 2) // 5 + 365 * shifted + shifted // 4 - 32083
    return date.fromordinal(number - 1721425).isoformat() if number > 1721425 else julian
