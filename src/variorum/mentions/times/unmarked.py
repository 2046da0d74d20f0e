"""What is a date only because it begins a line: "Day 3", "874.", "0530", "Sat 19", "Morning".

In prose none of these is one. Numbers alone are believed in rows: years that only rise or only fall, days below their
month, times of day with a zero before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from variorum.lists import toml
from variorum.mentions.times.grammar import tree
from variorum.mentions.times.lexicon import number, words
from variorum.mentions.times.meanings import Hit, NthDay, Point, Unit
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import any_of

__all__ = ["Loose", "loose", "settled"]

_SHORT = {word: int(number) for word, number in words()["WEEKDAYSHORT"].items()}
_WEEKDAY = "|".join(sorted([*(w for w in words()["WEEKDAY"] if w.isalpha()), *_SHORT], key=len, reverse=True))
_DAY_N = re.compile(r"day ([0-9]{1,4}|[a-z]{3,9}(?:-[a-z]{3,5})?)(?!\w)")
_WEEKDAY_DAY = re.compile(rf"({_WEEKDAY})\.?,? (?:the )?([0-9]{{1,2}})(?:st|nd|rd|th|d)?(?!\w|[.:][0-9]|,[0-9])")
_WEEKDAY_ALONE = re.compile(rf"({tree(words()['WEEKDAYSHORT'])})\.?(?= *[:–—-])")
_PART = re.compile(rf"(?:early |late |mid-)?({any_of('parts_alone')})(?!\w)")
_NUMBER = re.compile(
    r"(?:(?:a\.?d\.?|anno(?: domini)?|an\.|in the year|year) )?([0-9]{1,4})(?:st|nd|rd|th)?(?!\w|[.,:/'-][0-9]|%)"
)
_YEARS: int = toml("limits")["times"]["years"]
_GAP: int = toml("limits")["times"]["gap"]


class Loose(NamedTuple):
    """A would-be date at the beginning of a line; ``number`` where it is a number alone."""

    start: int
    end: int
    meaning: Point | Unit | NthDay | None
    number: int | None = None
    digits: str = ""


def loose(sight: Sight, start: int) -> Loose | None:
    """What begins at an offset that begins a line, or None."""
    low = sight.low
    if found := _DAY_N.match(low, start):
        told = number(found[1])
        return Loose(start, found.end(), NthDay(int(told))) if told and sight.capital(start) else None
    if (found := _WEEKDAY_DAY.match(low, start)) and not _month_after(low, found.end()):
        day = int(found[2])
        weekday = _SHORT.get(found[1]) or int(words()["WEEKDAY"][found[1]])
        return Loose(start, found.end(), Unit("that", unit="M", day=day, weekday=weekday)) if 0 < day < 32 else None
    if found := _WEEKDAY_ALONE.match(low, start):
        return Loose(start, found.end(), Unit("", weekday=_SHORT[found[1]])) if sight.capital(start) else None
    if (found := _PART.match(low, start)) and sight.capital(start):
        return Loose(start, found.end(), Unit("that", part=str(words()["PART"][found[1]])))
    if found := _NUMBER.match(low, start):
        return Loose(start, found.end(), None, int(found[1]), found[1])
    return None


def _month_after(low: str, end: int) -> bool:
    found = re.compile(r"(?: of)? ([a-z]+\.?)").match(low, end)
    return found is not None and found[1] in words()["MONTH"]


def settled(found: Sequence[Loose], known: Sequence[tuple[int, Point]]) -> dict[int, Hit]:
    """The hits of what is a date among these, by offset; ``known`` are the dates that lines begin with anyway.

    >>> rows = [Loose(0, 4, None, 874, "874"), Loose(30, 34, None, 876, "876"), Loose(60, 64, None, 881, "881")]
    >>> [hit.meaning.year for hit in settled(rows, []).values()]
    [874, 876, 881]
    """
    hits = {one.start: Hit(one.start, one.end, one.meaning, "entry") for one in found if one.meaning}
    bare = [one for one in found if one.number is not None]
    told = _clocks(bare) or _years(bare, known) | _days(bare, known)
    return hits | {one.start: Hit(one.start, one.end, told[one.start], "entry") for one in bare if one.start in told}


def _clocks(bare: Sequence[Loose]) -> dict[int, Point]:
    """Times of the day in four digits, where one of them begins with a zero."""
    clocks = [one for one in bare if len(one.digits) == 4 and int(one.digits[:2]) < 25 and int(one.digits[2:]) < 60]
    if len(clocks) < 2 or not any(one.digits[0] == "0" for one in clocks):
        return {}
    return {one.start: Point(clock=f"{one.digits[:2]}:{one.digits[2:]}") for one in clocks}


def _years(bare: Sequence[Loose], known: Sequence[tuple[int, Point]]) -> dict[int, Point]:
    """Years of three digits and more in a chronicle, which only rise or only fall."""
    told = {start: point.year for start, point in known if point.year and not point.month}
    rows = [(one.start, one.number or 0) for one in bare if len(one.digits) > 2 and one.start not in told]
    if not rows or not _in_order([number for _, number in sorted([*told.items(), *rows])]):
        return {}
    return {start: Point(year=number) for start, number in rows}


def _in_order(numbers: Sequence[int]) -> bool:
    if len(numbers) < _YEARS or any(abs(b - a) > _GAP for a, b in pairwise(numbers)):
        return False
    steps = [b - a for a, b in pairwise(numbers)]
    return any(steps) and (all(s >= 0 for s in steps) or all(s <= 0 for s in steps))


def _days(bare: Sequence[Loose], known: Sequence[tuple[int, Point]]) -> dict[int, Point]:
    """Days below a line that is only a month; 1, 2, 3 one after the other are the numbers of a list."""
    months = [start for start, point in known if point.month and not point.day]
    told: dict[int, Point] = {}
    for at, start in enumerate(months):
        end = months[at + 1] if at + 1 < len(months) else None
        below = [one for one in bare if one.start > start and (end is None or one.start < end) and len(one.digits) < 3]
        numbers = [one.number or 0 for one in below]
        rising = bool(numbers) and all(a < b for a, b in pairwise(numbers)) and numbers[0] > 0 and numbers[-1] < 32
        if rising and numbers != list(range(1, len(numbers) + 1)):
            told |= {one.start: Point(day=one.number, open_day=True) for one in below}
    return told if len(told) > 1 else {}
