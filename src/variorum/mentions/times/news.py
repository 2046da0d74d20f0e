"""Times of texts that write about their own day, counted from the date of publication.

The choices (a weekday is the most recent one, the day of publication included; a day and month the nearest, at most
two months ahead unless the clause speaks of the future) are those that were right most often on annotated news.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from variorum.lists import toml
from variorum.mentions.times.almanac import coarser, day_of, day_of_week, moved
from variorum.mentions.times.meanings import Meaning, Point, Unit, Vague

__all__ = ["dated", "placed"]

_MONTH: int = toml("limits")["times"]["month"]
_MONTHS_BACK: int = toml("limits")["times"]["months_back"]
_SEASON_MONTH = {"WI": 1, "SP": 4, "SU": 7, "FA": 10}


def dated(point: Point, published: Point, coming: bool) -> Point:
    """A day, month, season or quarter without its year.

    >>> dated(Point(month=12, day=29), Point(1998, 1, 4), coming=False).year
    1997
    """
    assert published.year is not None
    today = day_of(published) or date(published.year, published.month or 7, 1)
    if point.month and point.day:
        nearest = _nearest_day(point.month, point.day, today, coming)
        year = nearest if _lately(nearest, point, today) else _by_weekday(point, today) or nearest
        return replace(point, year=year)
    if point.month:
        return replace(point, year=_nearest_month(point.month, today, coming))
    if point.season:
        return replace(point, year=_nearest_month(_SEASON_MONTH[point.season], today, coming))
    quarter = (today.month + 2) // 3
    behind = point.quarter is not None and point.quarter > quarter and not coming
    return replace(point, year=today.year - 1 if behind else today.year)


def _lately(year: int, point: Point, today: date) -> bool:
    """True within a month of publication: a weekday that does not fit is then a slip, not another year."""
    try:
        return abs((date(year, point.month or 1, point.day or 1) - today).days) <= _MONTH
    except ValueError:
        return False


def _by_weekday(point: Point, today: date) -> int | None:
    """Monday, March 16: the nearest year in which that day is a Monday."""
    fitting = []
    for year in range(today.year - 3, today.year + 3):
        try:
            told = date(year, point.month or 1, point.day or 1)
        except ValueError:
            continue
        if told.isoweekday() == point.weekday:
            fitting.append((abs((told - today).days), year))
    return min(fitting)[1] if fitting else None


def _nearest_day(month: int, day: int, today: date, coming: bool) -> int:
    distances = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            ahead = (date(year, month, day) - today).days
        except ValueError:
            continue
        if not coming and ahead > 61:
            continue
        distances.append((abs(ahead), year))
    return min(distances)[1] if distances else today.year


def _nearest_month(month: int, today: date, coming: bool) -> int:
    ahead = (month - today.month) % 12
    if coming:
        return today.year + (1 if month < today.month else 0)
    if ahead <= 12 - _MONTHS_BACK:
        return today.year + (1 if month < today.month else 0)
    return today.year - (1 if month > today.month else 0)


def placed(unit: Unit, published: Point, coming: bool) -> Meaning:
    """ "On Friday", "last week", "this autumn", "next year"."""
    by = {"next": 1, "last": -1}.get(unit.which, 0)
    if unit.weekday is not None and unit.unit == "W":
        return day_of_week(published, by, unit.weekday) or Point(weekday=unit.weekday)
    if unit.weekday is not None:
        return _weekday(unit, published, coming)
    if unit.month is not None:
        return Point(_row_year(unit.month, by, published), unit.month, unit.day)
    if unit.season is not None:
        return Point(_row_year(_SEASON_MONTH[unit.season], by, published), season=unit.season)
    if unit.part is not None and unit.day is not None:
        month = moved(published, by, "M")
        return replace(month, day=unit.day, part=unit.part) if month else Point(day=unit.day, part=unit.part)
    if unit.part is not None:
        day = moved(published, by, "D")
        return replace(day, part=unit.part) if day else Point(part=unit.part, open_day=True)
    return _unit(unit, by, published, coming)


def _row_year(month: int, by: int, published: Point) -> int | None:
    year, now = published.year, published.month
    if year is None or now is None:
        return year
    if by > 0 and month <= now:
        return year + 1
    return year - 1 if by < 0 and month >= now else year


def _unit(unit: Unit, by: int, published: Point, coming: bool) -> Meaning:
    if unit.unit == "WE":
        return _weekend(unit, by, published, coming)
    if unit.unit == "Q" and published.month and published.year:
        quarters = published.year * 4 + (published.month - 1) // 3 + by
        return Point(quarters // 4, quarter=quarters % 4 + 1)
    if unit.unit == "M" and unit.day is not None:
        month = moved(published, by, "M")
        return replace(month, day=unit.day) if month else Point(day=unit.day)
    if unit.unit in ("DE", "CE"):
        near = coarser(published, unit.unit)
        if near and near.decade is not None:
            return Point(decade=near.decade + by)
        return Point(century=(near.century or 0) + by) if near else Vague("XX")
    found = (moved(published, by, unit.unit) if by else coarser(published, unit.unit)) if unit.unit else None
    return found or Vague("XXXX-WXX" if unit.unit == "W" else "XXXX-XX-XX")


def _weekend(unit: Unit, by: int, published: Point, coming: bool) -> Meaning:
    today = day_of(published)
    by = -1 if unit.which == "" and not coming and today and today.isoweekday() < 5 else by
    week = moved(published, by, "W")
    return replace(week, weekday=6) if week else Vague("XXXX-WXX-WE")


def _weekday(unit: Unit, published: Point, coming: bool) -> Meaning:
    today, wanted = day_of(published), unit.weekday or 1
    if today is None:
        return Point(weekday=wanted, part=unit.part)
    back = (today.isoweekday() - wanted) % 7
    if unit.which == "last":
        days = -(back or 7)
    elif unit.which == "next" or (coming and unit.which != "last"):
        days = (wanted - today.isoweekday()) % 7 or 7
        days = days if unit.which == "next" or back else 0
    elif unit.which == "this":
        days = wanted - today.isoweekday()
    else:
        days = -back
    day = today + timedelta(days=days)
    return Point(day.year, day.month, day.day, part=unit.part)
