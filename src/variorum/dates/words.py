"""Dates in words, long as a sentence has them or short as a page has them."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from variorum.dates.shape import Part, numbers, parts_of_year, read
from variorum.lists import toml

__all__ = ["Form", "in_words"]

Form = Literal["long", "short"]

_QUALIFIED = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}


@lru_cache(maxsize=65536)
def in_words(edtf: str | None, form: Form = "long") -> str:
    """A date as a reader would write it; what is no date stays as it is.

    >>> in_words("1998-11-17"), in_words("1998-11-17/1998-11-18"), in_words(None), in_words("soon")
    ('17 November 1998', '17 November 1998 to 18 November 1998', 'no date', 'soon')
    >>> [in_words(date, "short") for date in ("1998-11-17/1998-11-18", "../1998-11", "1998-11-17T20:05")]
    ['17 to 18 Nov 1998', 'until Nov 1998', '17 Nov 1998, 20.05']
    >>> in_words("1998-24"), in_words("1985-35"), in_words("-0328/-0319", "short"), in_words("198X~"), in_words("0451")
    ('winter 1998–99', 'third quarter of 1985', '329 to 320 BC', 'about 1980s', 'AD 451')
    >>> in_words("[1998-11-17,1998-11-20]"), in_words("XXXX-11-17")
    ('17 November 1998 or 20 November 1998', '17 November of an unknown year')
    """
    told = read(edtf)
    if told is None:
        return edtf or "no date"
    said = [_part_words(part, form) if part else "" for part in told.parts]
    if told.kind == "range" and not all(said):
        return f"from {said[0]}" if said[0] else f"until {said[1]}"
    if form == "short":
        said = [_without_tail(a, b) for a, b in zip(said, [*said[1:], ""], strict=True)]
    said = list(dict.fromkeys(said))
    glue = f" {told.kind if told.kind in ('or', 'and') else 'to'} "
    return ", ".join([*said[:-2], glue.join(said[-2:])])


def _without_tail(words: str, following: str) -> str:
    """The words without the month and year that the next date ends with as well."""
    own, other = words.split(" "), following.split(" ")
    same = 0
    while same < min(len(own) - 1, len(other)) and own[-1 - same] == other[-1 - same]:
        same += 1
    return words if "," in words or words == following else " ".join(own[: len(own) - same])


def _part_words(part: Part, form: Form) -> str:
    year, month, day, clock, mark, _ = part
    return _QUALIFIED[mark] + _plain_words(year, month, day, form) + _clock_words(clock)


def _plain_words(year: str, month: str | None, day: str | None, form: Form) -> str:
    if month is None or (month == "XX" and day in (None, "XX")):
        return _year_words(year)
    if code := parts_of_year().get(month):
        return _part_of_year(code["words"], year, code["first"] + code["months"] > 13)
    if month[0] == "W":
        return f"{'the weekend of ' if day else ''}week {int(month[1:])} of {year}"
    told = [] if day in (None, "XX") else [_either(day or "", 31, [str(n) for n in range(1, 32)])]
    told += [_either(month, 12, toml("dates")["months" if form == "long" else "short"])]
    return f"{' '.join(told)}{' of' if 'X' in year else ''} {_year_words(year, 'a year of ')}"


def _part_of_year(name: str, year: str, turns: bool) -> str:
    if "X" in year:
        return f"{name.removesuffix(' of')} of {_year_words(year, 'a year of ')}"
    return f"{name} {_turn(int(year.lstrip('Y'))) if turns else _year_words(year)}"


def _either(digits: str, most: int, names: list[str]) -> str:
    """The name of a number, or of the first and the last that an ``X`` leaves open."""
    found = numbers(digits, most)
    return names[found[0] - 1] if len(found) == 1 else f"{names[found[0] - 1]} to {names[found[-1] - 1]}"


def _year_words(year: str, of: str = "") -> str:
    low, high = (int(year.lstrip("Y").replace("X", digit)) for digit in "09")
    if year == "XXXX":
        return "an unknown year"
    if low == high:
        return f"{1 - low} BC" if low < 1 else f"AD {low}" if low < 1000 else str(low)
    known = year.rstrip("X")
    if high - low not in (9, 99) or len(known) + len(str(high - low)) != 4:
        return f"{of}{low} to {high}"
    return f"{of and of + 'the '}{f'{low}s' if high - low == 9 else _ordinal(low // 100 + 1) + ' century'}"


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _turn(year: int) -> str:
    """The two years that a season touches which begins at the end of the first: 1998–99."""
    if year < 0:
        return f"{1 - year}–{-year} BC"
    if year == 0:
        return "1 BC–AD 1"
    if year < 1000:
        return f"AD {year}–{year + 1}"
    return f"{year}–{year + 1}" if year % 100 == 99 else f"{year}–{(year + 1) % 100:02d}"


def _clock_words(clock: tuple[int, ...]) -> str:
    if not clock:
        return ""
    return ", " + ".".join(f"{n:02d}" for n in (clock if len(clock) > 1 else (*clock, 0)))
