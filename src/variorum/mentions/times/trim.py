"""How far an expression reaches: articles and words of degree that stay outside.

"The" stays outside where the expression describes a noun: the [14 May] ceremony, a [17-year] rule. "Over" belongs
inside only after another preposition or after "take" and "last": for [over seven months], but held over [36 hours].
"""

from __future__ import annotations

import re

from variorum.mentions.times.guards import noun_like, plural, said
from variorum.mentions.times.meanings import Every, Hit, Length, Point
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__ = ["trimmed"]

_WRAPPED = frozenset(["stage of", "half of", "rest of", "part of", "part of a day of", "night from to", "half year"])
_ARTICLE = re.compile(r"(?:the|an?)[ \n]+")
_ONE_LONG = re.compile(r"an?[ \n]\w+-long")
_RATE = re.compile(r"an?[ \n](?:hour|day|week|month|year)")
_OVER = re.compile(r"(?:over|above|under|around|about|some)[ \n]+")
_ADJECTIVAL = re.compile(r".*[ -](?:second|minute|hour|day|night|week|month|year|decade|century)", re.DOTALL)


def trimmed(sight: Sight, hit: Hit) -> Hit:
    """The hit without what does not belong to it."""
    text = said(sight, hit)
    if isinstance(hit.meaning, Length):
        _trim_length(sight, hit, text)
    elif isinstance(hit.meaning, Point):
        _trim_point(sight, hit, text)
    return hit


def _trim_length(sight: Sight, hit: Hit, text: str) -> None:
    meaning = hit.meaning
    assert isinstance(meaning, Length)
    if _RATE.fullmatch(text) and _counted(sight.before(hit.start)):
        hit.meaning = Every(f"PT1{meaning.unit[1:]}" if meaning.unit.startswith("T") else f"P1{meaning.unit}")
        return None
    if hit.rule == "unit long" or _ONE_LONG.fullmatch(text):
        return _drop(sight, hit, _ARTICLE)
    if hit.rule == "length" and (meaning.amount is None or meaning.amount > 1) and _ADJECTIVAL.fullmatch(text):
        return _drop(sight, hit, _ARTICLE)
    if sight.options.event_names and sight.capital(hit.end - len(text.split()[-1])) and text.startswith("the "):
        return _drop(sight, hit, _ARTICLE)
    over = _OVER.match(text)
    if over and sight.before(hit.start) not in wordlist("before_over"):
        meaning.mod = meaning.mod if text.startswith(("about", "around", "some")) else None
        if text.startswith(("over", "above")):
            hit.start += over.end()
    return None


def _counted(before: str) -> bool:
    """Whether the word before is what "a day" divides: 240 letters a day, $60,000 a week, three times a month."""
    if before in wordlist("before_over") or before in wordlist("before_time"):
        return False
    return (
        before[-1:].isdigit() or plural(before) or before in wordlist("units") or before in ("twice", "once", "thrice")
    )


def _trim_point(sight: Sight, hit: Hit, text: str) -> None:
    meaning, after = hit.meaning, sight.after(hit.end)
    assert isinstance(meaning, Point)
    if not text.startswith("the ") or meaning.clock or hit.rule in _WRAPPED:
        return
    if meaning.quarter or meaning.century or meaning.decade:
        if "-" in text and noun_like(after):
            _drop(sight, hit, _ARTICLE)
        return
    dated = meaning.day is not None or meaning.month is not None
    if noun_like(after) or (dated and meaning.year is None and after[:1].isupper()):
        _drop(sight, hit, _ARTICLE)


def _drop(sight: Sight, hit: Hit, what: re.Pattern[str]) -> None:
    found = what.match(sight.low, hit.start)
    if found and found.end() < hit.end:
        hit.start = found.end()
