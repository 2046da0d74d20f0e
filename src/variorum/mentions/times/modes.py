"""Whether a text writes about its own day (news) or about the past (narrative); one decision for a whole text."""

from __future__ import annotations

import re

from variorum.lists import toml
from variorum.mentions.times.grammar import tree
from variorum.mentions.times.lexicon import words
from variorum.mentions.times.options import TimeOptions
from variorum.mentions.times.wordlists import wordlist

__all__ = ["decided"]

_SHORT_TEXT: int = toml("limits")["times"]["short_text"]
_YEAR = re.compile(
    r"\b(?<![-\d])(?:[12][0-9]{3}\b(?!,[0-9])|[0-9]{1,4} ?(?:b\.?c\b|a\.?d\b)|[0-9]{1,2}(?:st|nd|rd|th)[ -]century)"
)
_UNITS = ("week", "weekend", "month", "year", "quarter", "morning", "afternoon", "evening", "night")
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_DEICTIC = (
    *(w for w in words()["WEEKDAY"] if w.isalpha()),
    *(w if len(w) > 3 else f" {w}" for w in sorted(wordlist("deictic_signs"))),
    *(f"{which} {unit}" for which in ("last", "this", "next") for unit in (*_UNITS, *_SEASONS)),
)
_NAMES_OF_DAYS = tree(w for w in words()["WEEKDAY"] if w.isalpha())
_BARE_DAY = re.compile(
    rf"\b(?:yesterday|tonight|(?:{_NAMES_OF_DAYS})(?!,? (?:the )?[0-9]|,? (?:{tree(words()['MONTH'])})))\b"
)
"""A day told by its name alone, as only news and diaries tell it."""
_LONG_BEFORE: int = toml("limits")["times"]["long_before"]
_MONTHS = tree(w for w in words()["MONTH"] if len(w) > 2)
_DATED = re.compile(
    rf"(?:(?P<first>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? )?\b(?:{_MONTHS})(?![a-z])"
    r"(?: (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9]))?(?:,? ?(?:of )?(?P<year>[12][0-9]{3})(?![0-9]))?"
)
_SAID = tuple(f" {word}" for word in sorted(wordlist("said_signs")))


def _looks_back(low: str, published: int) -> bool:
    told = [(m["day"], m["year"]) for m in _DATED.finditer(low) if m["day"] or m["year"] or m["first"]]
    years = [int(year) for _, year in told if year]
    if not (told and told[0][1]) or any(year > published - _LONG_BEFORE for year in years):
        return False
    return _BARE_DAY.search(low) is None


def decided(low: str, published: str | None, options: TimeOptions) -> str:
    """ "news", "narrative" or "retrospect", for a text in lower case. Without a date of publication there is no news.

    A retrospect tells of other years from its own day: its dates are those of a narrative, its "last week" of news. It
    is known by its first date with a month, which has a year long before publication, as have all others.

    Weekdays, "today", "last week" and "said" speak for news, written years but that of publication against it. A short
    text without any year has no other day to count from.

    >>> decided("the ferry sank on friday, the harbour master said.", "1998-11-18", TimeOptions())
    'news'
    """
    if published is None:
        return "narrative"
    if options.mode is not None:
        return options.mode
    if _looks_back(low, int(published[:4])):
        return "retrospect"
    days, said = sum(map(low.count, _DEICTIC)), sum(map(low.count, _SAID))
    years = sum(year != published[:4] for year in _YEAR.findall(low))
    if not days:
        return "news" if not years and len(low) < _SHORT_TEXT else "narrative"
    if len(low) < _SHORT_TEXT:
        return "news" if days + said > years else "narrative"
    return "news" if 2 * days + said >= years else "narrative"
