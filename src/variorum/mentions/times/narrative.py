"""Times told by their place in a row, counted from the date that a narrative has come to."""

from __future__ import annotations

from dataclasses import replace

from variorum.mentions.times.almanac import clock_moved, coarser, day_of, day_of_week, moved, year_moved
from variorum.mentions.times.course import SEASON_MONTH
from variorum.mentions.times.meanings import Meaning, Point, Shift, Unit, Vague

__all__ = ["counted", "opened", "opened_shift", "placed"]

_STEPS = {"next": 1, "following": 1, "last": -1, "previous": -1}
_MINUTES = {"TS": 1 / 60, "TM": 1, "TH": 60}
_OPEN_VALUES = {
    "W": "XXXX-WXX",
    "2W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Y": "XXXX",
    "Q": "XXXX-QX",
    "DE": "XXX",
    "CE": "XX",
}


def placed(unit: Unit, base: Point) -> Point | None:
    """The unit counted from the base; None when the base is too coarse to say.

    >>> placed(Unit("following", unit="D"), Point(1921, 3, 31)).month
    4
    """
    by = _STEPS.get(unit.which, 0)
    if unit.weekday is not None and unit.unit == "W":
        return day_of_week(base, by, unit.weekday)
    if unit.weekday is not None:
        return _weekday(base, unit)
    if unit.month is not None:
        return _month(base, unit, by)
    if unit.season is not None:
        return _season(base, unit.season, by)
    if unit.day is not None:
        months = moved(base, by, "M")
        return replace(months, day=unit.day, part=unit.part) if months else None
    if unit.part is not None:
        return _part(base, unit, by)
    return _unit(base, unit.unit or "", by)


def _unit(base: Point, unit: str, by: int) -> Point | None:
    if by == 0:
        return coarser(base, unit)
    if unit in ("DE", "CE"):
        near = base if base.decade is not None and unit == "DE" else coarser(base, unit)
        if near is None:
            return None
        if near.decade is not None:
            return Point(decade=near.decade + by)
        return Point(century=(near.century or 0) + by)
    return moved(base, by, unit) if unit in ("D", "W", "2W", "M", "Y") else None


def _part(base: Point, unit: Unit, by: int) -> Point | None:
    """ "That night" and "the previous evening"; a night already told is not gone back from."""
    day = moved(base, by, "D") if by else coarser(base, "D")
    return replace(day, part=unit.part, clock=None) if day else None


def _weekday(base: Point, unit: Unit) -> Point | None:
    """ "That Friday", "the following Monday"; a bare weekday is the day told before, or stays open."""
    day = day_of(base)
    if day is None or unit.which in ("last", "previous") or unit.weekday is None:
        return None
    ahead = (unit.weekday - day.isoweekday()) % 7
    if unit.which == "" and ahead:
        return None
    if unit.which in ("following", "next") and not ahead:
        ahead = 7
    found = moved(base, ahead, "D")
    return replace(found, part=unit.part) if found else None


def _month(base: Point, unit: Unit, by: int) -> Point | None:
    if base.year is None or unit.month is None:
        return None
    return Point(_row_year(base, unit.month, by), unit.month, unit.day)


def _season(base: Point, season: str, by: int) -> Point | None:
    if base.year is None:
        return None
    return Point(_row_year(base, SEASON_MONTH[season], by), season=season)


def _row_year(base: Point, month: int, by: int) -> int | None:
    """The year of the next or last month of that name, the base's own year where nothing else is told."""
    if base.year is None or not by:
        return base.year
    now = base.month or SEASON_MONTH.get(base.season or "")
    if now is None:
        return year_moved(base.year, by)
    if by > 0:
        return year_moved(base.year, 1) if month <= now else base.year
    return year_moved(base.year, -1) if month >= now else base.year


def counted(base: Point, shift: Shift) -> Point | None:
    """So many units from the base; None when the base is too coarse or has no clock for hours and minutes."""
    amount = shift.amount or 0
    if shift.unit in _MINUTES:
        return clock_moved(base, amount * _MINUTES[shift.unit] * shift.direction)
    if shift.unit == "WE":
        return None
    if amount % 1:
        months = amount * 12
        return moved(base, int(months) * shift.direction, "M") if shift.unit == "Y" and not months % 1 else None
    return moved(base, int(amount) * shift.direction, shift.unit)


def opened(unit: Unit, base: Point | None = None) -> Meaning:
    """The meaning with everything open that nothing settles."""
    here = base if base is not None and unit.which in ("this", "that", "same", "the") else None
    year = here.year if here else None
    if unit.weekday is not None:
        return Point(weekday=unit.weekday, part=unit.part)
    if unit.month is not None:
        return Point(year, unit.month, unit.day)
    if unit.season is not None:
        return Point(year, season=unit.season)
    if unit.part is not None and unit.day is not None:
        return Point(year, here.month if here else None, unit.day, part=unit.part)
    if unit.part is not None or unit.unit == "D":
        return Point(year, here.month if here else None, part=unit.part, open_day=True)
    if unit.unit == "M" and unit.day is not None:
        return Point(year, None, unit.day)
    return _open_value(unit.unit or "D")


def opened_shift(shift: Shift, base: Point | None = None) -> Meaning:
    """So many units from a date that is unknown or too coarse."""
    if shift.part:
        return Point(part=shift.part, open_day=True)
    if shift.deictic:
        return Vague("PAST_REF" if shift.direction < 0 else "FUTURE_REF")
    if base is not None and base.year and shift.unit in ("W", "2W"):
        return Vague(f"{base.year:04d}-WXX" if base.year > 0 else f"BC{-base.year:04d}-WXX")
    return _open_value(shift.unit)


def _open_value(unit: str) -> Meaning:
    if unit.startswith("T"):
        return Vague("XXXX-XX-XXTXX", "TIME")
    return Vague(_OPEN_VALUES.get(unit, "XXXX-XX-XX"))
