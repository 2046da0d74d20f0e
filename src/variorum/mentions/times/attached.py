"""What follows an expression and belongs to it: "June 14 at about 3 am", "Monday morning", "June of that year",
"4:17 a.m. GMT on 22 July", "25 October 1917 (O.S.)"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from variorum.mentions.times.grammar import compiled, tree, unique
from variorum.mentions.times.lexicon import words
from variorum.mentions.times.meanings import Hit, Length, NthDay, Point, Shift, Unit
from variorum.mentions.times.phrases import lengthened
from variorum.mentions.times.sight import Sight

__all__ = ["attach"]

Nested = Callable[[int, int], list[Hit]]

_PATTERNS = {
    "part": " (at |in the |during the )?PART",
    "zone": "( )?ZONE",
    "day half": " in the PART| at night| (that|the same) PART",
    "at clock": ",? (at )?(BUT)?",
    "on day": "(,|,? on| on the PART of| the PART of)? ",
    "of year": "(,| of|,? in)? ",
    "of week": "( of)? ",
}
_STYLE = re.compile(rf",? [(\[]?({tree(words()['STYLE'])})[)\]]?")
_PLACE_TIME = re.compile(r" [A-Z]\w{1,20} time(?!\w)")
_FRAGMENTS = {"BUT": "QUANT "}
_BRACKETED = re.compile(r"[ \n]?(?:\([12][0-9]{3}\)|\[[12][0-9]{3}\])")


@cache
def _regex(name: str) -> re.Pattern[str]:
    pattern = _PATTERNS[name]
    closed = "" if pattern.endswith((" ", "?")) else r"(?!\w)"
    return re.compile(f"(?:{unique(compiled(pattern, _FRAGMENTS).regex)}){closed}")


def attach(sight: Sight, hit: Hit, depth: int, nested: Nested) -> Hit:
    """The hit, longer where something after it belongs to it."""
    meaning = hit.meaning
    if hit.rule in ("unit following", "anniversary"):
        return lengthened(sight, hit)
    if isinstance(meaning, Length):
        return _of_date(sight, hit, depth, nested) if not depth else hit
    if isinstance(meaning, Point) and meaning.clock is not None and meaning.day is None:
        return _clock(sight, hit, depth, nested)
    if isinstance(meaning, Point) and not meaning.year and not meaning.within and _in_a_year(meaning):
        hit = _of_year(sight, hit, depth, nested)
    hit = _bracketed(sight, hit)
    if isinstance(meaning, Unit) and meaning.weekday and not meaning.which and depth < 2:
        hit = _of_week(sight, hit, depth, nested)
    if _is_day(hit):
        hit = _part(sight, hit)
        hit = _style(sight, hit)
        if not depth:
            hit = _at_clock(sight, hit, nested)
    return hit


def _of_week(sight: Sight, hit: Hit, depth: int, nested: Nested) -> Hit:
    """Tuesday last week, Friday of next week."""
    glue = _regex("of week").match(sight.low, hit.end)
    found = nested(glue.end(), depth + 1) if glue else []
    told = found[0].meaning if len(found) == 1 else None
    if not isinstance(told, Unit) or told.unit != "W" or told.mod or not isinstance(hit.meaning, Unit):
        return hit
    if told.which in ("", "the"):
        return hit
    hit.meaning = Unit(told.which, unit="W", weekday=hit.meaning.weekday)
    hit.end = found[0].end
    return hit


def _in_a_year(point: Point) -> bool:
    return bool(point.month or point.season or point.quarter or point.half)


def _bracketed(sight: Sight, hit: Hit) -> Hit:
    """17 April (1975): a year in brackets belongs to the day or month before it."""
    point = hit.meaning
    if not isinstance(point, Point) or point.year is not None or point.within or not (point.month or point.season):
        return hit
    found = _BRACKETED.match(sight.low, hit.end)
    if found:
        point.year = int(re.sub(r"\D", "", found.group()))
        hit.end = found.end()
    return hit


def _of_date(sight: Sight, hit: Hit, depth: int, nested: Nested) -> Hit:
    """The first three weeks of 1926: the date that holds a length belongs to it."""
    text = sight.low[hit.start : hit.end]
    if text.startswith(
        ("the first ", "the last ", "the final ", "the early ", "the opening ")
    ) and sight.low.startswith(" of ", hit.end):
        found = nested(hit.end + 4, depth + 1)
        if len(found) == 1 and isinstance(found[0].meaning, (Point, Unit)):
            hit.end = found[0].end
            return hit
    return lengthened(sight, hit)


def _is_day(hit: Hit) -> bool:
    meaning = hit.meaning
    if isinstance(meaning, Point):
        return meaning.day is not None and meaning.clock is None
    if isinstance(meaning, Unit):
        return (meaning.weekday is not None or meaning.unit == "D" or meaning.day is not None) and not meaning.part
    return isinstance(meaning, Shift) and meaning.unit == "D" and not meaning.part


def _of_year(sight: Sight, hit: Hit, depth: int, nested: Nested) -> Hit:
    """August of the same year; October last year; the month of a year that is told by its place in a row."""
    glue = _regex("of year").match(sight.low, hit.end)
    found = nested(glue.end(), depth + 1) if glue and depth < 2 else []
    if len(found) != 1 or not isinstance(hit.meaning, Point) or found[0].meaning is None or glue is None:
        return hit
    told = found[0].meaning
    if not isinstance(told, Unit) or told.unit != "Y" or told.mod:
        return hit
    if (glue.group() == " " and told.which not in ("last", "next", "this")) or "in" in glue.group():
        return hit
    hit.meaning.within = told
    hit.end = found[0].end
    return hit


def _part(sight: Sight, hit: Hit) -> Hit:
    found = _regex("part").match(sight.low, hit.end)
    if found is None or isinstance(hit.meaning, NthDay) or _next_line(found):
        return hit
    word = found.group("part")
    if "the" in found.group() and not isinstance(hit.meaning, (Unit, Shift, Point)):
        return hit
    value = words()["PART"][word]
    if isinstance(hit.meaning, (Point, Unit, Shift)):
        hit.meaning.part = str(value)
        hit.end = found.end()
    return hit


def _next_line(glue: re.Match[str]) -> bool:
    """Whether nothing but the end of a line joins two dates: the second one is a line of its own."""
    return "\n" in glue.group() and not glue.group().strip(", \n").startswith(("at", "on", "in", "during"))


def _style(sight: Sight, hit: Hit) -> Hit:
    found = _STYLE.match(sight.low, hit.end)
    if found and isinstance(hit.meaning, Point):
        hit.meaning.style = str(words()["STYLE"][re.sub(r"\s+", " ", found.group(1))])
        hit.end = found.end()
    return hit


def _at_clock(sight: Sight, hit: Hit, nested: Nested) -> Hit:
    glue = _regex("at clock").match(sight.low, hit.end)
    if glue is None or glue.end() == hit.end or not isinstance(hit.meaning, (Point, Unit, Shift)) or _next_line(glue):
        return hit
    found = nested(glue.end(), 2)
    if len(found) != 1 or not isinstance(found[0].meaning, Point):
        return hit
    told = found[0].meaning
    if told.day is not None or told.clock is None:
        return hit
    if not isinstance(hit.meaning, Point):
        hit.meaning = Point(within=hit.meaning)
    hit.meaning.clock, hit.meaning.zone, hit.meaning.mod = told.clock, told.zone, told.mod or hit.meaning.mod
    if "but" in glue.groupdict() and glue.group("but"):
        hit.meaning.mod = str(words()["QUANT"].get(glue.group("but").strip(), "")) or hit.meaning.mod
    hit.end = found[0].end
    return hit


def _clock(sight: Sight, hit: Hit, depth: int, nested: Nested) -> Hit:
    hit = _halved(sight, _zone(sight, hit))
    glue = _regex("on day").match(sight.low, hit.end)
    found = nested(glue.end(), depth + 1) if glue and depth < 1 and not _next_line(glue) else []
    if len(found) != 1 or not isinstance(hit.meaning, Point) or glue is None:
        return hit
    if not _is_day(found[0]) and not (isinstance(found[0].meaning, (Unit, Shift)) and found[0].meaning.part):
        return hit
    told, word = found[0].meaning, glue.groupdict().get("part") or glue.groupdict().get("part__2")
    part = str(words()["PART"][word]) if word else told.part if isinstance(told, (Point, Unit, Shift)) else None
    hit.meaning.clock = _in_half(hit.meaning.clock or "", part) if part else hit.meaning.clock
    if isinstance(told, Point):
        told.part = None
        told.clock, told.zone, told.mod = hit.meaning.clock, hit.meaning.zone, hit.meaning.mod
        hit.meaning = told
    else:
        hit.meaning.within = told
    hit.end = found[0].end
    return _zone(sight, hit)


def _halved(sight: Sight, hit: Hit) -> Hit:
    """ "At eight in the evening": the half of the day is part of the time."""
    half = _regex("day half").match(sight.low, hit.end)
    if half and isinstance(hit.meaning, Point):
        named = half.groupdict()
        word = named.get("part") or named.get("part__2") or "night"
        hit.meaning.clock = _in_half(hit.meaning.clock or "", str(words()["PART"][word]))
        hit.end = half.end()
    return hit


def _zone(sight: Sight, hit: Hit) -> Hit:
    place = _PLACE_TIME.match(sight.text, hit.end)
    if place:
        hit.end = place.end()
        return hit
    found = _regex("zone").match(sight.low, hit.end)
    if found and isinstance(hit.meaning, Point) and sight.text[found.start("zone")].isalpha():
        capital = sight.text[found.start("zone") : found.end()].isupper() or " " in found.group("zone")
        if capital:
            hit.meaning.zone = str(words()["ZONE"][re.sub(r"\s+", " ", found.group("zone"))])
            hit.end = found.end()
    return hit


def _in_half(clock: str, kind: str) -> str:
    """The clock told on twelve hours, in the half of the day that the part of a day is in."""
    hour = int(clock[:2])
    if (kind in ("AF", "EV") and hour < 12) or (kind == "NI" and 6 <= hour < 12):
        return f"{hour + 12:02d}{clock[2:]}"
    return "00" + clock[2:] if kind == "NI" and hour == 12 else clock
