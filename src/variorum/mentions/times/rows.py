"""Ranges and lists: "13-14 June", "3, 12, and 19 June 1987", "339 to 333 BC", "1953-58", "May 4 and 5".

Each member is an expression of its own. What one leaves out (the month, the era, the first digits of a year) it takes
from the member that has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from variorum.mentions.times.grammar import tree
from variorum.mentions.times.guards import plural, said
from variorum.mentions.times.lexicon import SHAPES, words
from variorum.mentions.times.meanings import Every, Hit, Point
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import any_of

__all__ = ["Nested", "continued", "further_days", "led"]

Nested = Callable[[int, int], list[Hit]]

_B = r"[ \n]"
_GLUE = rf"(?:,?{_B}(?:and|or|&){_B}|,{_B}?|{_B}?-{_B}?|{_B}to{_B}|/|{_B}(?:until|till|through){_B})"
_D = SHAPES["DAY"].replace(r"\d", "[0-9]")
_MONTH = "|".join(sorted((re.escape(w) for w in words()["MONTH"]), key=len, reverse=True))
_DAYS_THEN_MONTH = re.compile(rf"(?:{_D}{_GLUE}(?:the{_B})?){{1,12}}(?={_D}(?:{_B}of)?(?:{_B}|-)(?:{_MONTH})(?!\w))")
_ONE_DAY = re.compile(rf"({_D})({_GLUE})")
_YEARS_THEN_ERA = re.compile(
    rf"(?:[0-9]{{1,4}}{_GLUE}){{1,8}}(?=[0-9]{{1,4}}{_B}?(?:b\.?c\.?(?:e\.?)?|a\.?d\.?|c\.?e\.?)(?!\w))"
)
_ONE_YEAR = re.compile(rf"([0-9]{{1,4}})({_GLUE})")
_CLOCK_GLUE = rf"(?:{_B}?-{_B}?|{_B}to{_B}|{_B}until{_B}|{_B}till{_B}|{_B}and{_B})"
_CLOCK_THEN = re.compile(
    rf"(1[0-2]|[1-9])([:.][0-5][0-9])?{_CLOCK_GLUE}(?=(?:1[0-2]|[1-9])(?:[:.][0-5][0-9])?{_B}?(?:[ap]\.?m|o'clock))"
)
_HUNDRED_THEN = re.compile(
    rf"([01][0-9]|2[0-4])([0-5][0-9]){_CLOCK_GLUE}(?=(?:[01][0-9]|2[0-4])[0-5][0-9]{_B}?(?:{any_of('hundred_hours')})(?!\w))"
)
_NEXT_DAY = re.compile(rf"({_GLUE})(?:the{_B})?({_D})")
_LATE_YEAR = re.compile(rf",?{_B}([12][0-9]{{3}})(?!\w|,[0-9])")
_NEXT_YEAR = re.compile(rf"({_B}?-{_B}?|/|{_B}to{_B}|{_B}or{_B})('?[0-9]{{2}}|[12][0-9]{{3}})(?!\w|[-/.:,][0-9])")
_NEXT_WEEKDAY = re.compile(rf"{_B}(?:and|or){_B}({tree(w for w in words()['WEEKDAY'] if w.isalpha())})(?!\w)")
_UNITS = frozenset([*words()["UNIT"], *words()["UNITS"]])
_CARRY_ON = frozenset(
    [
        "and",
        "or",
        "but",
        "of",
        "in",
        "on",
        "at",
        "to",
        "the",
        "by",
        "when",
        "while",
        "as",
        "a",
        "after",
        "before",
        "for",
        "with",
        "from",
        "was",
        "were",
        "is",
        "had",
        "it",
        "he",
        "she",
        "they",
        "there",
        "that",
        "this",
        "which",
        "who",
        "both",
        "respectively",
        "until",
        "till",
        "during",
        "between",
        "than",
        "through",
        "not",
        "his",
        "her",
        "their",
        "its",
    ]
)


def _joined(glue: str) -> str:
    return "range" if re.search(r"-|/|to|until|till|through", glue) else "list"


def led(sight: Sight, start: int, nested: Nested) -> list[Hit]:
    """A list or range whose last member has the month or the era for all."""
    if not sight.low[start : start + 1].isdigit():
        return []
    return _days(sight, start, nested) or _years(sight, start, nested) or _clocks(sight, start, nested)


def _days(sight: Sight, start: int, nested: Nested) -> list[Hit]:
    before = _DAYS_THEN_MONTH.match(sight.low, start)
    if before is None:
        return []
    last = nested(before.end(), 2)
    if not last or not isinstance(last[0].meaning, Point) or last[0].meaning.day is None:
        return []
    whole = last[0].meaning
    hits: list[Hit] = []
    joined = ""
    for one in _ONE_DAY.finditer(sight.low, start, before.end()):
        day = int(re.sub(r"\D", "", one.group(1)))
        hits.append(Hit(one.start(1), one.end(1), Point(whole.year, whole.month, day), "day of a list", joined))
        joined = _joined(one.group(2))
    last[0].joined = joined
    return hits + last


def _years(sight: Sight, start: int, nested: Nested) -> list[Hit]:
    before = _YEARS_THEN_ERA.match(sight.low, start)
    if before is None:
        return []
    last = nested(before.end(), 2)
    if not last or not isinstance(last[0].meaning, Point) or last[0].meaning.year is None:
        return []
    sign = 1 if last[0].meaning.year > 0 else -1
    hits: list[Hit] = []
    joined = ""
    for one in _ONE_YEAR.finditer(sight.low, start, before.end()):
        hits.append(Hit(one.start(1), one.end(1), Point(sign * int(one.group(1))), "year of a list", joined))
        joined = _joined(one.group(2))
    last[0].joined = joined
    return hits + last


def _clocks(sight: Sight, start: int, nested: Nested) -> list[Hit]:
    """From 7 to 9:30 p.m., from 0900 to 1130 hrs: the first takes from the second its half of the day, and its day."""
    before = _CLOCK_THEN.match(sight.low, start) or _HUNDRED_THEN.match(sight.low, start)
    last = nested(before.end(), 0) if before else []
    if before is None or len(last) != 1 or not isinstance(last[0].meaning, Point) or not last[0].meaning.clock:
        return []
    until, minutes = last[0].meaning.clock, (before.group(2) or "").lstrip(":.")
    clock = _first_clock(int(before.group(1)), minutes, until, before.re is _HUNDRED_THEN)
    if clock is None:
        return []
    last[0].joined = "range"
    told = replace(last[0].meaning, clock=clock, mod=None)
    return [Hit(before.start(), before.end(2) if minutes else before.end(1), told, "clock of a range"), *last]


def _first_clock(hour: int, minutes: str, until: str, whole: bool) -> str | None:
    if not whole:
        hour = hour % 12 + (12 if int(until[:2]) >= 12 else 0)
        if f"{hour:02d}:{minutes or '00'}" > until:
            hour -= 12
    return f"{hour:02d}" + (f":{minutes}" if minutes else "") if 0 <= hour < 25 else None


def continued(sight: Sight, hit: Hit) -> list[Hit]:
    """The further members of a list or range that begins with a full expression."""
    point = hit.meaning
    if isinstance(point, Every) and hit.rule == "every":
        return _further_weekdays(sight, hit)
    if not isinstance(point, Point) or point.clock or point.within:
        return []
    if point.year and not point.day and not point.short:
        return _further_years(sight, hit, point)
    return further_days(sight, hit)


def _further_weekdays(sight: Sight, hit: Hit) -> list[Hit]:
    """Every Tuesday and Thursday: the second is one of every week too."""
    following = _NEXT_WEEKDAY.match(sight.low, hit.end)
    if following is None or words()["WEEKDAY"].get(said(sight, hit).split()[-1]) is None:
        return []
    value = f"XXXX-WXX-{words()['WEEKDAY'][following.group(1)]}"
    return [Hit(following.start(1), following.end(1), Every(value), "every", "list")]


def _further_years(sight: Sight, hit: Hit, point: Point) -> list[Hit]:
    following = _NEXT_YEAR.match(sight.low, hit.end)
    if following is None or point.year is None or not sight.low[hit.end - 1].isdigit():
        return []
    told, glue = following.group(2).lstrip("'"), following.group(1)
    year = int(told)
    if len(told) == 2:
        year += point.year // 100 * 100
        if year <= point.year or ("-" not in glue and "/" not in glue):
            return []
    if not point.year < year <= point.year + 300 or sight.after(following.end()) in _UNITS:
        return []
    return [Hit(following.start(2), following.end(2), Point(year, season=point.season), "further year", _joined(glue))]


def further_days(sight: Sight, hit: Hit) -> list[Hit]:
    """The days that follow a month and its day: "May 4 and 5", "October 23-24, 1942"."""
    point = hit.meaning
    if not isinstance(point, Point) or not point.day or not point.month or point.year or point.until:
        return []
    if point.clock or point.within or hit.rule != "month day year":
        return []
    hits: list[Hit] = []
    at = hit.end
    for _ in range(12):
        following = _NEXT_DAY.match(sight.low, at)
        if following is None or not _may_end(sight, following.end(), "-" in following.group(1)):
            break
        day = int(re.sub(r"\D", "", following.group(2)))
        joined = _joined(following.group(1))
        hits.append(
            Hit(
                following.start(2),
                following.end(2),
                replace(point, day=day, part=None, weekday=None),
                "further day",
                joined,
            )
        )
        at = following.end()
    year = _LATE_YEAR.match(sight.low, at) if hits else None
    if year:
        hits[-1].end = year.end(1)
        point.year = int(year.group(1))
        for other in hits:
            if isinstance(other.meaning, Point):
                other.meaning.year = point.year
    return hits


def _may_end(sight: Sight, end: int, dashed: bool) -> bool:
    """Whether a number may close a list of days: no noun follows that it could count. A dash leaves less doubt."""
    if _NEXT_DAY.match(sight.low, end) or _LATE_YEAR.match(sight.low, end):
        return True
    word = sight.after(end)
    if sight.next_sign(end) in ("%", "°"):
        return False
    if dashed:
        return not plural(word) and word not in _UNITS
    return not word or word in _CARRY_ON
