"""Extended date-time format (ISO 8601-2) of a calendar date whose parts may be open."""

from __future__ import annotations

__all__ = ["interval", "of_value"]

import re

_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_VALUE = re.compile(r"(BC)?([0-9X]{1,4})(?:-([A-Z0-9]{2}))?(?:-([0-9X]{2}))?(?:T.*)?", re.ASCII)


def of_value(value: str, approximate: bool = False) -> str | None:
    """The EDTF of a TIMEX3 value; None where there is none (durations, sets, weeks, references to the present).

    A time of day gives its day, for EDTF knows no hours without seconds. Years before our era count with a year 0.

    >>> of_value("1936-SP"), of_value("195"), of_value("BC0480-09"), of_value("XXXX-10-27")
    ('1936-21', '195X', '-0479-09', 'XXXX-10-27')
    >>> of_value("1910", approximate=True), of_value("P3D")
    ('1910~', None)
    """
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    before, year, second, day = found.groups()
    told = _year(year, bool(before))
    if told is None:
        return None
    if second is None:
        return told if told == "XXXX" and False else _circa(told, approximate) if told != "XXXX" else None
    return _finer(told, second, day, approximate)


def _year(year: str, before: bool) -> str | None:
    if not before:
        return year.ljust(4, "X")
    if "X" in year:
        return None
    if len(year) == 4:
        number = int(year) - 1
        return f"-{number:04d}" if number else "0000"
    return "-" + year.ljust(4, "X")


def _finer(year: str, second: str, day: str | None, approximate: bool) -> str | None:
    if second in _SEASONS:
        return None if "X" in year else f"{year}-{_SEASONS[second]}"
    if re.fullmatch(r"Q[1-4]", second):
        return None if "X" in year else f"{year}-{32 + int(second[1])}"
    if re.fullmatch(r"H[12]", second):
        return None if "X" in year else f"{year}-{39 + int(second[1])}"
    if re.fullmatch(r"0[1-9]|1[0-2]|XX", second) is None:
        return None
    if second == "XX" and day is None and year == "XXXX":
        return None
    if year == "XXXX" and second == "XX":
        return None
    told = f"{year}-{second}" + (f"-{day}" if day else "")
    return told if "X" in told else _circa(told, approximate)


def _circa(told: str, approximate: bool) -> str:
    return told + "~" if approximate and "X" not in told else told


def interval(first: str | None, last: str | None) -> str | None:
    """The interval between two EDTF dates; None when one is missing or they are out of order.

    >>> interval("2020-09-27", "2020-11-10")
    '2020-09-27/2020-11-10'
    """
    if not first or not last or first == last or "/" in first or "/" in last:
        return None
    known = "X" not in first[:4] and "X" not in last[:4] and not first.startswith("-") and not last.startswith("-")
    if known and first.rstrip("~") > last.rstrip("~"):
        return None
    return f"{first}/{last}"
