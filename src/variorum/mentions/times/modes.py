"""Whether a text writes about its own day (news) or about the past (narrative); one decision for a whole text."""

from __future__ import annotations

import re

from variorum.mentions.times.lexicon import words
from variorum.mentions.times.options import TimeOptions
from variorum.mentions.times.wordlists import wordlist

__all__ = ["decided"]

_SHORT_TEXT = 2500  # characters; about four hundred words
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
_SAID = tuple(f" {word}" for word in sorted(wordlist("said_signs")))


def decided(low: str, published: str | None, options: TimeOptions) -> str:
    """ "news" or "narrative", for a text in lower case. Without a date of publication there is no news.

    Weekdays, "today", "last week" and "said" speak for news, written years but that of publication against it. A short
    text without any year has no other day to count from.

    >>> decided("the ferry sank on friday, the harbour master said.", "1998-11-18", TimeOptions())
    'news'
    """
    if published is None:
        return "narrative"
    if options.mode is not None:
        return options.mode
    days, said = sum(map(low.count, _DEICTIC)), sum(map(low.count, _SAID))
    years = sum(year != published[:4] for year in _YEAR.findall(low))
    if not days:
        return "news" if not years and len(low) < _SHORT_TEXT else "narrative"
    if len(low) < _SHORT_TEXT:
        return "news" if days + said > years else "narrative"
    return "news" if 2 * days + said >= years else "narrative"
