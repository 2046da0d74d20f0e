"""Walks a text once and finds the time expressions that a pack's patterns describe; the longest at a place wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from variorum.lists import toml
from variorum.mentions.packs.guards import admitted
from variorum.mentions.packs.lexicon import Lexicon, Rule, lexicon
from variorum.mentions.packs.readings import READINGS
from variorum.mentions.times.meanings import Hit, Point
from variorum.mentions.times.sight import Sight

__all__ = ["scan"]

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_LONGEST_LIST: int = toml("limits")["packs"]["listed"]


def scan(sight: Sight, code: str) -> list[Hit]:
    """All time expressions of a text from left to right, none overlapping.

    >>> from variorum.mentions.times.options import TimeOptions
    >>> sight = Sight("У травні 1921 року.", TimeOptions())
    >>> [sight.text[hit.start : hit.end] for hit in scan(sight, "uk")]
    ['травні 1921 року']
    """
    lex = lexicon(code)
    hits: list[Hit] = []
    after = 0
    for token in _TOKEN.finditer(sight.low):
        start = token.start()
        if start < after or not (token[0] in lex.begins or token[0][0].isdigit() or lex.roman(token[0])):
            continue
        if start and (sight.low[start - 1].isalnum() or sight.low[start - 1] == "_"):
            continue
        found = _led(sight, lex, start, code) or _best(sight, lex, start)
        if found:
            hits += found
            after = found[-1].end
    return hits


def _best(sight: Sight, lex: Lexicon, start: int) -> list[Hit]:
    best: Hit | None = None
    for rule in lex.rules:
        match = rule.regex.match(sight.low, start)
        if match is None or match.end() == start or (best is not None and match.end() <= best.end):
            continue
        hit = _read(lex, rule, match)
        if hit is not None and admitted(sight, lex, hit):
            best = hit
    return [best] if best is not None else []


def _read(lex: Lexicon, rule: Rule, match: re.Match[str]) -> Hit | None:
    parts = {name.partition("__")[0]: word for name, word in match.groupdict().items() if word is not None}
    meaning = READINGS[rule.means]({**parts, **rule.fixed, "_text": match.group()}, lex)
    return Hit(match.start(), match.end(), meaning, rule.name) if meaning is not None else None


@cache
def _lists(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Days before a last one that has the month, and years before one that has the era."""
    lex = lexicon(code)
    glue, article, of, era_gap = (
        lex.around[name].replace(" ", r"[ \n]") for name in ("glue", "glue_article", "of_month", "before_era")
    )
    day, month, era = (_unnamed(lex.compiled(name)) for name in ("DAY", "MONTH", "ERA"))
    days = rf"(?:{day}(?:{glue})(?:{article})){{1,{_LONGEST_LIST}}}(?={day}{of}{month})"
    years = rf"(?:\d{{1,4}}(?:{glue})){{1,{_LONGEST_LIST}}}(?=\d{{1,4}}(?:{era_gap})[ \n]?{era})"
    return re.compile(days), re.compile(years)


def _unnamed(regex: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", regex)


def _led(sight: Sight, lex: Lexicon, start: int, code: str) -> list[Hit]:
    """A list or range whose last member has the month or the era for all."""
    if not sight.low[start].isdigit():
        return []
    days, years = _lists(code)
    for pattern, what in ((days, "day"), (years, "year")):
        before = pattern.match(sight.low, start)
        last = _best(sight, lex, before.end()) if before else []
        if before is not None and last and isinstance(whole := last[0].meaning, Point):
            return list(_members(sight, lex, before, last[0], whole, what))
    return []


def _members(sight: Sight, lex: Lexicon, before: re.Match[str], last: Hit, whole: Point, what: str) -> Iterator[Hit]:
    joined = ""
    numbers = list(re.finditer(r"\d+", before.group()))
    for place, one in enumerate(numbers):
        start, end = before.start() + one.start(), before.start() + one.end()
        until = before.start() + numbers[place + 1].start() if place + 1 < len(numbers) else before.end()
        number = int(one.group())
        own = Point(whole.year, whole.month, number) if what == "day" else Point(-number)
        yield Hit(start, end, own, f"{what} of a list", joined)
        joined = "range" if re.search(lex.around["in_range"], sight.low[end:until]) else "list"
    yield replace(last, joined=joined)
