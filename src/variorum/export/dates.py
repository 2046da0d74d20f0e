"""EDTF dates as calendar days for the formats that know nothing else; what is vague becomes a span, never a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

__all__ = ["Bounds", "bounds"]


class Bounds(NamedTuple):
    """First and last day (ISO) of a date, and how exact it is.

    ``precision``: 1 a day, 2 some days, 3 a week, 4 a month, 5 up to a year, 6 longer or open. The steps are those
    of UCDP's ``date_prec``, told by the length of the span alone.
    """

    first: str | None
    last: str | None
    precision: int


_DAY = re.compile(r"(\d{3}[\dX]|\d{2}XX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T.*)?[~?%]?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


def bounds(edtf: str | None) -> Bounds | None:
    """The bounds of an EDTF date, or None where it has none.

    >>> bounds("1998-11")
    Bounds(first='1998-11-01', last='1998-11-30', precision=4)
    >>> bounds("1998-11-17/1998-11-20")
    Bounds(first='1998-11-17', last='1998-11-20', precision=2)
    >>> bounds("../1998"), bounds("soon")
    (Bounds(first=None, last='1998-12-31', precision=6), None)
    """
    if not edtf:
        return None
    text = edtf.strip("[]{} ")
    left, cut, right = text.partition("/") if "/" in text else text.partition("..")
    ends = (_ends(left), _ends(right)) if cut else (_ends(text), _ends(text))
    first = ends[0][0] if ends[0] else None
    last = ends[1][1] if ends[1] else None
    if first is None and last is None:
        return None
    if cut and ((left.strip(". ") and first is None) or (right.strip(". ") and last is None)):
        return None
    return Bounds(first, last, _precision(first, last))


def _ends(text: str) -> tuple[str, str] | None:
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = match.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low < 1:
        return None
    if month in (None, "XX"):
        return f"{low:04}-01-01", f"{high:04}-12-31"
    number = int(month)
    begin, end = _SEASONS.get(number, (number, number))
    if not (1 <= begin <= 12):
        return None
    if day in (None, "XX"):
        return f"{low:04}-{begin:02}-01", f"{high:04}-{end:02}-{monthrange(high, end)[1]:02}"
    if not 1 <= int(day) <= monthrange(low, begin)[1]:
        return None
    return f"{low:04}-{begin:02}-{int(day):02}", f"{high:04}-{end:02}-{int(day):02}"


def _precision(first: str | None, last: str | None) -> int:
    if first is None or last is None:
        return 6
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return next((p for most, p in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)) if days <= most), 6)
