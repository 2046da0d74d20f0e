"""Guards of what is told by its place in a row: "that autumn", "the day before", "the third day", "early next year"."""

from __future__ import annotations

import re

from variorum.mentions.times.guards import guard, said
from variorum.mentions.times.meanings import Hit, Point, Shift, Unit
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__: list[str] = []


@guard("which unit", "which year's")
def _which(sight: Sight, hit: Hit, depth: int) -> bool:
    meaning, text = hit.meaning, said(sight, hit)
    if not isinstance(meaning, Unit):
        return False
    first, *rest = text.split()
    if len(rest) == 1 and first in wordlist("which_after_the"):
        return first in ("following", "previous", "same", "subsequent") and meaning.weekday is not None
    if meaning.unit in ("TS", "TM", "TH", "H"):
        return meaning.unit == "TH" and meaning.which in ("same", "following")
    if (meaning.unit and rest and sight.capital(hit.end - len(rest[-1]))) or _no_month(sight, hit, meaning):
        return False
    after = sight.after(hit.end)
    if meaning.season and text.endswith("fall"):
        return after not in ("of", "from", "was", "had") and meaning.which in ("last", "next", "this", "that")
    return after != "of" or _before_of(meaning, text, depth)


def _no_month(sight: Sight, hit: Hit, unit: Unit) -> bool:
    """ "This march", "that may": March and May have capitals."""
    return unit.month in (3, 5) and not sight.capital(hit.end - (5 if unit.month == 3 else 3))


def _before_of(unit: Unit, text: str, depth: int) -> bool:
    """Whether it stands before "of": "the last day of" the year, but neither a quarter of it nor the same day of."""
    if unit.unit == "D" and unit.which == "last" and "the" in text.split():
        return bool(depth)
    return unit.unit != "Q" and not (unit.which == "same" and unit.unit == "D")


@guard("unit following", "part following")
def _beside(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "The day before." stands alone; in "the day before the vote" something else follows."""
    after = sight.after(hit.end)
    if said(sight, hit).endswith(("following", "preceding", "previous")):
        return after not in ("the", "a", "an", "his", "her", "their", "its") and not after[:1].isupper()
    if not after:
        return sight.next_sign(hit.end) in (",", ".", ";", ")", ":", "", "\n", "'", '"', "”")
    if sight.options.after_event and not depth and hit.rule == "unit following" and after not in wordlist("pronouns"):
        return said(sight, hit).startswith("the day ") or after in ("and", "but", "in", "at", "had", "was", "were")
    return after in ("and", "but", "in", "at", "had", "was", "were")


@guard("weekday next")
def _weekday_next(sight: Sight, hit: Hit, depth: int) -> bool:
    """Monday last; but not "Monday last year", "Monday next to the port"."""
    text, after = said(sight, hit), sight.after(hit.end)
    at = hit.start + (4 if text.startswith("the ") else 0)
    object_follows = text.endswith("following") and after in wordlist("object_follows")
    return (
        sight.capital(at)
        and not after[:1].isupper()
        and not object_follows
        and after != "to"
        and after not in wordlist("time_units_after")
    )


@guard("month last")
def _month_last(sight: Sight, hit: Hit, depth: int) -> bool:
    """March last; but not "May last for years"."""
    text, after = said(sight, hit), sight.after(hit.end)
    month = text.split()[-2]
    if (
        not sight.capital(hit.start + text.rfind(month))
        or after in ("to", "for", "the", "a")
        or after in wordlist("time_units_after")
    ):
        return False
    return month != "may" or text.split()[0] != "may" or sight.before(hit.start) in ("in", "of", "since")


@guard("anniversary")
def _anniversary(sight: Sight, hit: Hit, depth: int) -> bool:
    """The tenth anniversary of the fire, in narrative; an anniversary party is none."""
    return bool(sight.options.after_event) and not depth and sight.after(hit.end) == "of"


@guard("weekend")
def _weekend(sight: Sight, hit: Hit, depth: int) -> bool:
    return bool(depth) or sight.before(hit.start) in wordlist("before_weekend")


@guard("units time")
def _units_time(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.before(hit.start) in ("in", "within")


@guard("these days")
def _these_days(sight: Sight, hit: Hit, depth: int) -> bool:
    return sight.before(hit.start) not in wordlist("not_before_these_days")


@guard("early")
def _early(sight: Sight, hit: Hit, depth: int) -> bool:
    meaning, text = hit.meaning, said(sight, hit)
    if text.startswith(("the later", "the earlier", "middle", "the middle")):
        return False
    if isinstance(meaning, Shift):
        return bool(meaning.part) or meaning.deictic
    if isinstance(meaning, Point) and (
        meaning.clock or (meaning.day and not meaning.part and not text.startswith(("mid", "the mid")))
    ):
        return text.startswith(("early in", "late in", "early on", "late on")) and bool(meaning.part)
    return True


@guard("part of a day of", "night from to", "night from month to")
def _part_of(sight: Sight, hit: Hit, depth: int) -> bool:
    return not said(sight, hit).startswith(("day on", "day of the ", "hours "))


_OF_A_NAME = re.compile(r" of [A-Z]")


@guard("ordinal day")
def _nth(sight: Sight, hit: Hit, depth: int) -> bool:
    before, text = sight.before(hit.start), said(sight, hit)
    if sight.after(hit.end)[:1].isupper() or before in ("a", "every", "each", "one"):
        return False
    placed = before in ("on", "by", "until", "during", "of", "from", "till") or sight.capital(hit.start)
    placed = placed or (sight.low.startswith(" of ", hit.end) and sight.low.startswith(", ", hit.start - 2))
    return bool(depth) or placed or (before == "for" and "time" not in text)


@guard("weekday and day")
def _weekday_and_day(sight: Sight, hit: Hit, depth: int) -> bool:
    """ "Monday the 16th"; "Friday, the 3rd Army left" names no day."""
    after = sight.after(hit.end)
    return sight.capital(hit.start) and (not after or after in wordlist("after_time")) and not depth


@guard("bare ordinal day")
def _bare_day(sight: Sight, hit: Hit, depth: int) -> bool:
    if depth and sight.low.endswith((" of ", " on "), 0, hit.start):
        return not sight.after(hit.end) or sight.after(hit.end) != "of"  # "the night of the 24th"
    if _OF_A_NAME.match(sight.text, hit.end):
        return False  # "on the 12th of Ramadan": a month of another calendar
    if sight.before(hit.start) not in ("on", "by", "until", "from", "till", "since"):
        return False
    after = sight.after(hit.end)
    return not after or after in wordlist("after_time")
