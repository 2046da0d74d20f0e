"""Whether a text writes about its own day (news) or about the past (narrative); one decision for a whole text."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.mentions.times.lexicon import words
from variorum.mentions.times.meanings import Hit, Point, Shift, Unit
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__ = ["decided"]

_SHORT_TEXT = 2500  # characters; about four hundred words


def decided(sight: Sight, hits: Sequence[Hit], published: str | None) -> str:
    """ "news" or "narrative". Without a date of publication there is no news.

    Weekdays, "today", "last week" and "said" speak for news, written years against it; the weights were found on
    news and histories, see benchmarks/times.md.
    """
    if published is None:
        return "narrative"
    if sight.options.mode is not None:
        return sight.options.mode
    days = sum(1 for h in hits if _counts_from_publication(h))
    years = sum(1 for h in hits if isinstance(h.meaning, Point) and h.meaning.year is not None)
    said = sum(sight.low.count(f" {word}") for word in wordlist("said_signs"))
    if not days and not said:
        return "narrative"
    if len(sight.low) < _SHORT_TEXT:
        return "news" if days + said > years else "narrative"
    return "news" if 2 * days + said >= years else "narrative"


def _counts_from_publication(hit: Hit) -> bool:
    meaning = hit.meaning
    if isinstance(meaning, Shift):
        return meaning.deictic
    if not isinstance(meaning, Unit):
        return False
    if meaning.weekday is not None:
        return True
    return meaning.which in ("last", "next", "this") and meaning.unit in words()["UNIT"].values()
