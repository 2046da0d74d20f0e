"""Reckoning with calendar points: days, weeks, months and years forward and back, before our era too.

Years before our era are negative and there is no year 0: the year after -1 is 1. Days are Gregorian throughout, as
ISO 8601 has it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import MAXYEAR, date, timedelta

from variorum.mentions.times.meanings import Point

__all__ = [
    "after_midnight",
    "clock_moved",
    "coarser",
    "day_of",
    "day_of_week",
    "easter",
    "existing",
    "feast_day",
    "moved",
    "nth_weekday",
    "point_of",
    "week_of",
    "year_moved",
]

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CYCLE = 8000  # a multiple of 400 years, after which the Gregorian calendar repeats, weekdays included


def day_of(point: Point) -> date | None:
    """The day of a point as a date, years shifted by 8000 before our era; None when it has no such day."""
    if point.year is None or point.month is None or point.day is None:
        return None
    year = point.year if point.year > 0 else point.year + 1 + _CYCLE
    try:
        return date(year, point.month, point.day)
    except ValueError:
        return None


def point_of(day: date, ancient: bool = False) -> Point:
    """The point of a date; ``ancient`` undoes the shift of `day_of`."""
    year = day.year - _CYCLE - 1 if ancient else day.year
    return Point(year=year, month=day.month, day=day.day)


def year_moved(year: int, by: int) -> int:
    """A year so many years on, without a year 0.

    >>> year_moved(-1, 1), year_moved(1916, -2)
    (1, 1914)
    """
    moved_to = year + by
    if year < 0 <= moved_to:
        return moved_to + 1
    return moved_to - 1 if year > 0 >= moved_to else moved_to


def moved(point: Point, by: int, unit: str) -> Point | None:
    """The point so many units on, told as coarsely as the unit; None when the point is too coarse for it.

    >>> moved(Point(1916, 2, 28), 2, "D")
    ... # doctest: +ELLIPSIS
    Point(year=1916, month=3, day=1, ...)
    """
    if point.year is None or abs(by) > 100_000:
        return None
    if unit in ("Y", "DE", "CE", "ML"):
        years = by * {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}[unit]
        told = Point(year=year_moved(point.year, years))
        return coarser(told, unit) if unit == "CE" else told
    if unit.startswith("WD"):
        return _weekday_moved(point, by, int(unit[2:]))
    if unit in ("M", "Q"):
        return _months(coarser(point, "M") or point, by * (3 if unit == "Q" else 1))
    day = day_of(point)
    if day is None:
        return None
    try:
        later = day + timedelta(days=by * {"D": 1, "W": 7, "2W": 14}.get(unit, 0))
    except OverflowError:
        return None
    target = point_of(later, point.year < 0)
    return week_of(target) if unit in ("W", "2W") else target


def _weekday_moved(point: Point, by: int, weekday: int) -> Point | None:
    """The so-manieth such weekday after a day, or before it."""
    day = day_of(point)
    if day is None or not by:
        return None
    ahead = (weekday - day.isoweekday()) % 7 or 7
    return moved(point, ahead + 7 * (by - 1) if by > 0 else ahead - 7 + (7 * by + 7 if ahead < 7 else 7 * by), "D")


def nth_weekday(month: Point, nth: tuple[int, int]) -> Point | None:
    """The so-manieth weekday of a month, -1 the last; None when the month has no year, or not so many.

    >>> found = nth_weekday(Point(2015, 5), (-1, 5))
    >>> found.day
    29
    """
    if month.year is None or month.month is None:
        return None
    number, weekday = nth
    days = [replace(month, day=day) for day in range(1, 32)]
    found = [day for day in days if (told := day_of(day)) is not None and told.isoweekday() == weekday]
    if number > len(found):
        return None
    return found[number - 1 if number > 0 else -1]


NTH = re.compile(r"N(\d+)-(-?\d+)-(\d)")
"""Month, so manieth (-1 the last), weekday (1 Monday): ``N05--1-1`` is the last Monday of May."""


def feast_day(point: Point) -> Point | None:
    """The day of a feast in its year: fixed ("12-25"), so many days from Easter ("E-2"), or the so-manieth weekday of a
    month ("N11-4-4"); fixed ones may lack the year, movable ones are None then.

    >>> feast_day(Point(2013, feast="N11-4-4")).day, feast_day(Point(1916, feast="E-2")).day
    (28, 21)
    >>> feast_day(Point(2016, feast="N05--1-1")).day
    30
    """
    feast = point.feast or ""
    if feast.startswith("E"):
        return moved(easter(point.year), int(feast[1:]), "D") if point.year else None
    if feast.startswith("N"):
        of_year, number, weekday = map(int, NTH.findall(feast)[0])
        return nth_weekday(Point(point.year, of_year), (number, weekday))
    month, _, day = feast.partition("-")
    return replace(point, month=int(month), day=int(day), within=None)


def existing(point: Point, stated: bool) -> Point:
    """The point without a day that its month does not have; where the year was inferred, without that year.

    >>> existing(Point(2015, 2, 29), stated=True).day, existing(Point(2015, 2, 29), stated=False).year
    (None, None)
    """
    if point.month is None or point.day is None or point.day < 29:
        return point
    if point.day > _LONGEST[point.month - 1]:
        return replace(point, day=None, open_day=True)
    if point.year is None or day_of(point) is not None:
        return point
    return replace(point, day=None, open_day=True) if stated else replace(point, year=None)


def after_midnight(base: Point, point: Point) -> bool:
    """Whether a clock told after a night, or after an hour of the evening, is one of the next morning."""
    if point.clock is None or not point.clock[:2] < "06":
        return False
    return base.part == "NI" or (base.clock is not None and "18" <= base.clock[:2] < "24")


def clock_moved(point: Point, minutes: float) -> Point | None:
    """The clock of a day so many minutes on, over midnight too; None when the point has no clock.

    >>> found = clock_moved(Point(1999, 5, 3, clock="23:30"), 45)
    >>> found.day, found.clock
    (4, '00:15')
    """
    day = day_of(point)
    if point.clock is None or day is None or point.year is None or abs(minutes) > 10_000_000:
        return None
    hour, _, rest = point.clock.partition(":")
    total = int(hour) * 60 + int(rest[:2] or 0) + round(minutes)
    days, left = divmod(total, 1440)
    told = moved(point, days, "D") if days else point
    clock = f"{left // 60:02d}:{left % 60:02d}"
    return None if told is None else replace(told, clock=clock, zone=point.zone, part=None)


def _months(point: Point, by: int) -> Point | None:
    if point.month is None or point.year is None:
        return None
    months = point.month - 1 + by
    return Point(year=year_moved(point.year, months // 12), month=months % 12 + 1)


def week_of(point: Point) -> Point | None:
    """The ISO week of a day."""
    day = day_of(point)
    if day is None or point.year is None or point.year < 0:
        return None
    year, week, _ = day.isocalendar()
    return Point(year=year, week=week)


def day_of_week(point: Point, by: int, weekday: int) -> Point | None:
    """A weekday of the week so many weeks on.

    >>> day_of_week(Point(1998, 11, 24), -1, 2).day
    17
    """
    day = day_of(point)
    return moved(point, 7 * by + weekday - day.isoweekday(), "D") if day is not None else None


def coarser(point: Point, unit: str) -> Point | None:
    """The day, week, month, year, decade or century that a point lies in; None when it is too coarse itself."""
    year = point.year
    if unit == "D":
        return replace(point, part=None, clock=None, mod=None) if point.day else None
    if unit == "W":
        return week_of(point)
    if unit == "M":
        if point.week and year is not None and 0 < year <= MAXYEAR and not point.month:
            return Point(year, date.fromisocalendar(year, min(point.week, 52), 4).month)
        return Point(year=year, month=point.month) if point.month else None
    if year is None:
        return Point(decade=point.decade) if unit == "DE" and point.decade is not None else None
    if unit == "Y":
        return Point(year=year)
    if unit == "DE":
        return Point(decade=year // 10 if year > 0 else -(-year // 10))
    if unit == "CE":
        return Point(century=(year - 1) // 100 + 1 if year > 0 else -((-year - 1) // 100 + 1))
    return None


def easter(year: int) -> Point:
    """Easter Sunday of a year: before 1583 by the Julian reckoning and in that calendar (Meeus), since then by the
    Gregorian one (the Meeus, Jones and Butcher computation).

    >>> easter(1916).month, easter(1916).day
    (4, 23)
    >>> easter(1179).month, easter(1179).day
    (4, 1)
    """
    if year < 1583:
        moon = (19 * (year % 19) + 15) % 30
        month, day = divmod(moon + (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7 + 114, 31)
        return Point(year, month, day + 1)
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, gap = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * gap + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return Point(year, month, day + 1)
