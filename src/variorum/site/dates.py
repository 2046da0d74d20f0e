"""EDTF dates as intervals that can be drawn, sorted and filtered, and as words that can be read.

Covers what the edition's tables hold: days, months, years, times of day, decades and centuries (``198X``), seasons,
``~ ? %``, intervals with open ends, and lists in brackets. Anything else gives None: the page then prints the words of
the date as they stand and draws nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

__all__ = ["When", "parse", "worded"]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = {21: ("spring", 3, 5), 22: ("summer", 6, 8), 23: ("autumn", 9, 11), 24: ("winter", 12, 12)}

_ATOM = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?(?P<mark>[~?%]?)"
)


@dataclass(frozen=True, slots=True)
class When:
    """An interval in days since 0001-01-01 (fractions are times of day); None is an open end.

    ``exact`` is False for everything that is wider than a day, marked as uncertain, or open.
    """

    low: float | None
    high: float | None
    exact: bool
    words: str

    @property
    def point(self) -> float:
        """Where the date sorts: its beginning, or its end where it has no beginning."""
        return self.low if self.low is not None else (self.high if self.high is not None else 0.0)


def parse(edtf: str | None) -> When | None:
    """The interval of an EDTF string, or None where there is none.

    >>> parse("1998-11").words, parse("1998-11").exact
    ('Nov 1998', False)
    >>> parse("1998-11-17T20:05").words
    '17 Nov 1998, 20.05'
    >>> parse("1998-11-17/1998-11-18").words, parse("../1998-11").words, parse("198X").words
    ('17 to 18 Nov 1998', 'by Nov 1998', '1980s')
    >>> parse("1999-02~").words, parse("XXXX-11-17"), parse("no date")
    ('about Feb 1999', None, None)
    """
    if not edtf or len(edtf) > 120:
        return None
    inner = edtf.strip().strip("[]{}")
    if "/" in inner or ".." in inner:
        return _interval(inner)
    if "," in inner:
        parts = [_atom(p.strip()) for p in inner.split(",")]
        known = [p for p in parts if p]
        return _joined(known[0], known[-1]) if known and len(known) == len(parts) else None
    return _atom(inner)


def worded(edtf: str | None) -> str:
    """A date for the eye; what cannot be read is given as it stands.

    >>> worded("1998-11-17"), worded(None), worded("soon")
    ('17 Nov 1998', 'no date', 'soon')
    """
    when = parse(edtf)
    return when.words if when else (edtf or "no date")


def _interval(text: str) -> When | None:
    separator = "/" if "/" in text else ".."
    left, _, right = text.partition(separator)
    first = None if left in ("", "..") else _atom(left)
    last = None if right in ("", "..") else _atom(right)
    if (first is None and left not in ("", "..")) or (last is None and right not in ("", "..")):
        return None
    if first and last:
        return _joined(first, last)
    if first:
        return When(first.low, None, False, f"from {first.words}")
    return When(None, last.high, False, f"by {last.words}") if last else None


def _joined(first: When, last: When) -> When | None:
    if first.low is None or last.high is None or last.high < first.low:
        return None
    a, b = first.words, last.words
    for tail in (9, 5):  # " Nov 1998", " 1998"
        if len(a) > tail and a[-tail:] == b[-tail:] and a[-tail] == " ":
            a = a[:-tail]
            break
    return When(first.low, last.high, False, a if a == b else f"{a} to {b}")


def _atom(text: str) -> When | None:
    match = _ATOM.fullmatch(text.strip())
    if not match:
        return None
    part = match.groupdict()
    try:
        low, high, words = _bounds(part["year"], part["month"], part["day"], part["hour"], part["minute"])
    except ValueError:
        return None
    vague = bool(part["mark"]) or high - low > 1
    shown = {"": words, "~": f"about {words}", "?": f"perhaps {words}", "%": f"perhaps about {words}"}[part["mark"]]
    return When(low, high, not vague, shown)


def _bounds(
    year: str, month: str | None, day: str | None, hour: str | None, minute: str | None
) -> tuple[float, float, str]:
    first = int(year.replace("X", "0"))
    if "X" in year or month in (None, "XX"):
        last = int(year.replace("X", "9"))
        name = (
            f"{first}s"
            if year.endswith("X") and not year.endswith("XX")
            else f"{first} to {last}"
            if "X" in year
            else year
        )
        return _start(max(first, 1), 1), _end(last, 12), name
    number = int(month or "1")
    if number in SEASONS:
        name, begin, end = SEASONS[number]
        return _start(first, begin), _end(first, end), f"{name} {first}"
    if day in (None, "XX"):
        return _start(first, number), _end(first, number), f"{MONTHS[number - 1]} {first}"
    at = float(date(first, number, int(day or "1")).toordinal())
    name = f"{int(day or 1)} {MONTHS[number - 1]} {first}"
    if hour is None or minute is None:
        return at, at + 1, name
    if int(hour) > 24 or int(minute) > 59:
        raise ValueError(f"no such time: {hour}:{minute}")
    clock = (int(hour) + int(minute) / 60) / 24
    return at + clock, at + clock, f"{name}, {hour}.{minute}"


def _start(year: int, month: int) -> float:
    return float(date(year, month, 1).toordinal())


def _end(year: int, month: int) -> float:
    return float(date(year, month, monthrange(year, month)[1]).toordinal() + 1)
