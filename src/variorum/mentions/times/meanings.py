"""What a time expression says by its own words, before the text around it fills in what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Every", "Hit", "Length", "Meaning", "NthDay", "Point", "Shift", "Unit", "Vague"]


@dataclass(slots=True)
class Point:
    """A stretch of the calendar; fields that the words leave out are None. Years before our era are negative: 330 BC
    is -330. ``within`` is a further expression that holds it ("August of the same year")."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    week: int | None = None
    part: str | None = None
    clock: str | None = None
    zone: str = ""
    mod: str | None = None
    style: str | None = None
    within: Meaning | None = None
    short: bool = False
    until: tuple[int | None, int | None, int | None] | None = None
    open_day: bool = False
    millennium: int | None = None
    feast: str | None = None
    nth: tuple[int, int] | None = None
    """The so-manieth weekday of the month, -1 the last: (3, 5) is the third Friday."""
    south: bool = False
    """A season that the words call one of the southern hemisphere."""


@dataclass(slots=True)
class Shift:
    """So many units from somewhere: "two days later", "a year ago", "the day after the vote"."""

    amount: float | None
    unit: str
    direction: int
    deictic: bool = False
    base: Meaning | None = None
    part: str | None = None
    mod: str | None = None


@dataclass(slots=True)
class Unit:
    """A unit told by its place in a row: "that autumn", "next Friday", "the following year", "this morning"."""

    which: str
    unit: str | None = None
    weekday: int | None = None
    month: int | None = None
    season: str | None = None
    part: str | None = None
    mod: str | None = None
    day: int | None = None
    half: int | None = None


@dataclass(slots=True)
class NthDay:
    """The third day, the second night: counted from the beginning of something."""

    ordinal: int
    unit: str = "D"
    part: str | None = None
    mod: str | None = None


@dataclass(slots=True)
class Length:
    """How long: an amount of a unit, None for a vague one; ``more`` is a second part ("2 years and 6 months")."""

    amount: float | None
    unit: str
    mod: str | None = None
    more: tuple[float, str] | None = None


@dataclass(slots=True)
class Every:
    """How often: a TIMEX3 value of a set."""

    value: str
    mod: str | None = None


@dataclass(slots=True)
class Vague:
    """A time that only stands in relation to the telling: PRESENT_REF, PAST_REF, FUTURE_REF; or an open value."""

    value: str
    type: Literal["DATE", "TIME", "DURATION"] = "DATE"
    part: str | None = None
    mod: str | None = None


Meaning = Point | Shift | Unit | NthDay | Length | Every | Vague


@dataclass(slots=True)
class Hit:
    """An expression found: where it is, what it says, and by which rule. ``joined`` is "range" or "list" when it
    continues the expression before it."""

    start: int
    end: int
    meaning: Meaning
    rule: str
    joined: str = ""
