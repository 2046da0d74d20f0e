"""What a date covers: as an interval of days, as something to sort and draw, as calendar days for other formats."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from variorum.dates.days import Days, iso, iso_day
from variorum.dates.shape import covered, read
from variorum.dates.words import in_words
from variorum.lists import toml

__all__ = ["Bounds", "When", "bounds", "interval", "month_day", "order", "parse"]


@dataclass(frozen=True, slots=True)
class When:
    """What an EDTF string covers. ``exact`` is False for all that is wider than a day, qualified, or open."""

    edtf: str
    days: Days
    exact: bool

    @property
    def low(self) -> float | None:
        """Where it begins; None when it has no beginning."""
        return self.days.first if math.isfinite(self.days.first) else None

    @property
    def high(self) -> float | None:
        """Where it ends; None when it is open."""
        return self.days.after if math.isfinite(self.days.after) else None

    @property
    def point(self) -> float:
        """Where it is sorted: its beginning, or its end where it has no beginning."""
        return self.days.first if math.isfinite(self.days.first) else self.days.after

    @property
    def words(self) -> str:
        """The date in short words."""
        return in_words(self.edtf, "short")


@lru_cache(maxsize=65536)
def parse(edtf: str | None) -> When | None:
    """What an EDTF string covers; None for what has no place in time (a duration, a yearly day, nonsense).

    >>> parse("1998-11").days.length, parse("1998-11-17").exact, parse("1998-11-17~").exact
    (30.0, True, False)
    >>> parse("XXXX-11-17"), parse("1998-13"), parse("no date")
    (None, None, None)
    """
    told = read(edtf)
    days = covered(told) if told else None
    if told is None or days is None or edtf is None:
        return None
    exact = told.kind == "one" and days.length <= 1 and not (told.parts[0] and told.parts[0].mark)
    return When(edtf, days, exact)


def interval(edtf: str | None) -> Days | None:
    """The days that an EDTF string covers; None where it has no place in time.

    >>> interval("198X").length, interval("1998-11-17/1998-11-18").length, interval("../1998-11-17").first
    (3653.0, 2.0, -inf)
    >>> interval("1998-24") == interval("1998-12/1999-02"), interval("1985-35") == interval("1985-07/1985-09")
    (True, True)
    >>> interval("-0328").meets(interval("-0328/-0319")), round(interval("1998-11-17T02").length * 24, 3)
    (True, 1.0)
    >>> interval("P3D"), interval("XXXX-11-08"), interval("1998-13")
    (None, None, None)
    """
    when = parse(edtf)
    return when.days if when else None


def order(edtf: str | None) -> tuple[float, str]:
    """A key that sorts dates by their beginning; what has no place in time comes last.

    >>> sorted(["1998-11", "soon", "-0328", "1998-22", "0451"], key=order)
    ['-0328', '0451', '1998-22', '1998-11', 'soon']
    """
    when = parse(edtf)
    return (when.point if when else math.inf, edtf or "~")


class Bounds(NamedTuple):
    """First and last day of a date (ISO 8601; None is open), and how exact it is by the length of the span alone.

    ``precision``: 1 a day, 2 some days, 3 a week, 4 a month, 5 up to a year, 6 longer or open, as UCDP's ``date_prec``.
    """

    first: str | None
    last: str | None
    precision: int


def bounds(edtf: str | None) -> Bounds | None:
    """The bounds of a date, or None where it has none.

    >>> bounds("1998-11")
    Bounds(first='1998-11-01', last='1998-11-30', precision=4)
    >>> bounds("[1998-11-17,1998-11-20]"), bounds("-0328-24").last
    (Bounds(first='1998-11-17', last='1998-11-20', precision=2), '-0327-02-28')
    >>> bounds("../1998"), bounds("soon")
    (Bounds(first=None, last='1998-12-31', precision=6), None)
    """
    when = parse(edtf)
    if when is None:
        return None
    after = math.ceil(when.days.after) if when.high is not None else math.inf
    first, last = iso(when.days), iso_day(after - 1) if when.high is not None else None
    length = after - math.floor(when.days.first) if first else math.inf
    steps = toml("dates")["precision"]
    return Bounds(first, last, next((int(step) for step, most in steps.items() if length <= most), 6))


def month_day(edtf: str) -> str:
    """Month and day with which a date begins, as yearly days are told; "" for what is coarser.

    >>> month_day("1998-11-17"), month_day("-0328-11-17"), month_day("1998-11")
    ('11-17', '11-17', '')
    """
    found = re.match(r"-?\d{4}-(\d\d-\d\d)", edtf, re.ASCII)
    return found[1] if found else ""
