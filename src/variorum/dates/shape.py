"""The parts of an EDTF string, and the days that each of them covers."""

from __future__ import annotations

import math
import re
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from variorum.dates.days import Days, hull, iso_day, number
from variorum.lists import toml

__all__ = ["WEEK", "Part", "Shape", "covered", "numbers", "parts_of_year", "read", "week"]

LONGEST = 400
"""Characters of the longest date that is read: a list of some thirty days."""

_ONE = re.compile(
    r"(?P<year>Y-?[0-9]{5,9}|-?[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2})"
    r"(?:T(?P<hour>[0-9]{2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?)?"
    r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?",
    re.ASCII,
)
WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})(?:-([1-7]|WE))?", re.ASCII)


class Part(NamedTuple):
    """One date without its qualifier, and the qualifier: ``~`` about, ``?`` perhaps, ``%`` both."""

    year: str
    month: str | None
    day: str | None
    clock: tuple[int, ...]
    mark: str
    days: Days | None


class Shape(NamedTuple):
    """The parts of a date; ``kind`` says how they hang together: one, range (None is an open end), or, and."""

    kind: str
    parts: tuple[Part | None, ...]


def covered(told: Shape) -> Days | None:
    """The days of all parts together; None where one of them has no place in time, or the last begins too early."""
    known = [part.days for part in told.parts if part]
    if not known or any(days is None for days in known):
        return None
    span = hull(days for days in known if days)
    if told.kind != "range" or span is None:
        return span
    first, last = told.parts
    begin = first.days.first if first and first.days else -math.inf
    after = last.days.after if last and last.days else math.inf
    return Days(begin, after) if begin < after else None


@lru_cache(maxsize=65536)
def read(edtf: str | None) -> Shape | None:
    """The parts of an EDTF string; None for what is none."""
    if not edtf or len(edtf) > LONGEST:
        return None
    text = edtf.strip()
    if text[:1] in ("[", "{") and text[-1:] == {"[": "]", "{": "}"}[text[0]]:
        return _listed(text[1:-1], "or" if text[0] == "[" else "and")
    if "/" in text:
        return _ranged(*text.split("/")) if text.count("/") == 1 else None
    part = _one(text)
    return Shape("one", (part,)) if part else None


def _listed(text: str, kind: str) -> Shape | None:
    if ".." in text:
        return _ranged(*text.split("..")) if text.count("..") == 1 and "," not in text else None
    parts = tuple(_one(item.strip()) for item in text.split(","))
    return Shape(kind if len(parts) > 1 else "one", parts) if all(parts) else None


def _ranged(left: str, right: str) -> Shape | None:
    ends = tuple(None if end in ("", "..") else _one(end) for end in (left.strip(), right.strip()))
    missing = any(end is None and text.strip() not in ("", "..") for end, text in zip(ends, (left, right), strict=True))
    return None if missing or not any(ends) else Shape("range", ends)


def _one(text: str) -> Part | None:
    """One date; a qualifier stands behind it or, at level 2, at one of its parts."""
    marks = {c for c in text if c in "~?%"}
    plain = text.translate({ord(c): None for c in "~?%"}) if marks else text
    mark = "" if not marks else marks.pop() if len(marks) == 1 else "%"
    if found := WEEK.fullmatch(plain):
        return _week_part(found[1], found[2], found[3], mark)
    found = _ONE.fullmatch(plain)
    if not found or (found["year"].startswith("-") and "X" in found["year"]):
        return None
    clock = tuple(int(found[name]) for name in ("hour", "minute", "second") if found[name])
    try:
        days = _placed(found["year"].lstrip("Y"), found["month"], found["day"], clock)
    except ValueError:
        return None
    return Part(found["year"], found["month"], found["day"], clock, mark, days)


def _placed(year: str, month: str | None, day: str | None, clock: tuple[int, ...]) -> Days | None:
    """The days of a date, None when its year is open; ValueError when there is no such date."""
    low, high = (int(year.replace("X", digit)) for digit in "09")
    if year == "XXXX":
        if month in (None, "XX"):
            raise ValueError("nothing is known")
        _span(2000, 2000, month or "", day, clock)
        return None
    if month is None:
        return _between(number(low), number(high + 1))
    return _span(low, high, month, day, clock)


def _span(low: int, high: int, month: str, day: str | None, clock: tuple[int, ...]) -> Days:
    if part := parts_of_year().get(month):
        if day is not None:
            raise ValueError("a part of a year has no days")
        return _between(number(low, part["first"]), number(high, part["first"] + part["months"]))
    months = numbers(month, 12)
    if day is None or day == "XX":
        return _between(number(low, months[0]), number(high, months[-1] + 1))
    days = numbers(day, 31)
    first, last = days[0], max(d for d in days if d <= max(_length(high, months[-1]), days[0]))
    if low < high:  # the 29 February of an open year
        first, last = min(first, _length(low, months[0])), min(last, _length(high, months[-1]))
    begin = number(low, months[0], first)
    return _clocked(begin, clock) if clock else _between(begin, number(high, months[-1], last) + 1)


def _length(year: int, month: int) -> int:
    return number(year, month + 1) - number(year, month)


def numbers(digits: str, most: int) -> list[int]:
    """The numbers from 1 to ``most`` that two digits leave open with ``X``; ValueError when there is none.

    >>> numbers("1X", 12), numbers("04", 12)
    ([10, 11, 12], [4])
    """
    shape = re.compile(digits.replace("X", "[0-9]"))
    found = [n for n in range(1, most + 1) if shape.fullmatch(f"{n:02d}")]
    if not found:
        raise ValueError(f"no such part of a date: {digits}")
    return found


def _clocked(day: int, clock: tuple[int, ...]) -> Days:
    """The hour, minute or second that a clock time names."""
    hour, minute, second = (*clock, 0, 0)[:3]
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("no such time of day")
    at, units = 0, 1
    for told, unit in zip(clock, (24, 60, 60), strict=False):
        at, units = at * unit + told, units * unit
    return Days(day + at / units, day + (at + 1) / units)


def _week_part(year: str, number: str, day: str | None, mark: str) -> Part | None:
    """An ISO week as a part of its year; a day of it as the day it is."""
    span = week(int(year), int(number), day)
    if span is None or day in (None, "WE"):
        return Part(year, f"W{number}", day, (), mark, span) if span else None
    told = _one(iso_day(span.first))
    return told._replace(mark=mark) if told else None


def week(year: int, number: int, day: str | None) -> Days | None:
    """The days of an ISO week, of its weekend (``WE``), or its day of that number; None where there is no such week."""
    try:
        first = date.fromisocalendar(year, number, 1).toordinal()
    except ValueError:
        return None
    if day is None:
        return _between(first, first + 7)
    return _between(first + 5, first + 7) if day == "WE" else _between(first + int(day) - 1, first + int(day))


def _between(first: int, after: int) -> Days:
    return Days(float(first), float(after))


def parts_of_year() -> dict[str, Any]:
    """Seasons, quarters, thirds and halves of a year by their code."""
    parts: dict[str, Any] = toml("dates")["parts"]
    return parts
