"""Reckoning with calendar points: days, weeks, months and years forward and back, before our era too.

Years before our era are negative and there is no year 0: the year after -1 is 1. Days are Gregorian throughout, as
ISO 8601 has it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from variorum.mentions.times.meanings import Point

__all__ = ["coarser", "day_of", "easter", "moved", "point_of", "week_of", "year_moved"]

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
        return Point(year=year_moved(point.year, years))
    if unit in ("M", "Q"):
        return _months(point, by * (3 if unit == "Q" else 1))
    day = day_of(point)
    if day is None:
        return None
    try:
        later = day + timedelta(days=by * {"D": 1, "W": 7, "2W": 14}.get(unit, 0))
    except OverflowError:
        return None
    target = point_of(later, point.year < 0)
    return week_of(target) if unit in ("W", "2W") else target


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


def coarser(point: Point, unit: str) -> Point | None:
    """The day, week, month, year, decade or century that a point lies in; None when it is too coarse itself."""
    year = point.year
    if unit == "D":
        return replace(point, part=None, clock=None, mod=None) if point.day else None
    if unit == "W":
        return week_of(point)
    if unit == "M":
        return Point(year=year, month=point.month) if point.month else None
    if year is None:
        return None
    if unit == "Y":
        return Point(year=year)
    if unit == "DE":
        return Point(decade=year // 10 if year > 0 else -(-year // 10))
    if unit == "CE":
        return Point(century=(year - 1) // 100 + 1 if year > 0 else -((-year - 1) // 100 + 1))
    return None


def easter(year: int) -> Point:
    """Easter Sunday of a year of the Gregorian calendar (the Meeus, Jones and Butcher computation).

    >>> easter(1916).month, easter(1916).day
    (4, 23)
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, gap = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * gap + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return Point(year, month, day + 1)
