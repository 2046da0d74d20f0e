"""Where options ask for it, the phrase that belongs to a length: what filled it, or what it is counted from.

"Two months of bitter fighting" (`of_phrases`) and "four days after the fall of the port" (`after_event`).
"""

from __future__ import annotations

import re

from variorum.lists import toml
from variorum.mentions.times.meanings import Hit, Length, Shift
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__ = ["lengthened"]

_OF = re.compile(r"[ \n]of[ \n]")
_FROM = re.compile(r"[ \n](after|before|following|prior to)[ \n]")
_WORD = re.compile(r"[ \n]?([\w'’-]+)")
_OPENERS = frozenset(["the", "a", "an", "his", "her", "its", "their", "this", "that"])
_HOW_LONG = frozenset(["within", "for", "in", "over", "during", "throughout", "lasted", "last"])
_CLAUSE = wordlist("pronouns") | wordlist("after_day_before")
_MOST_WORDS: int = toml("limits")["times"]["phrase"]


def lengthened(sight: Sight, hit: Hit) -> Hit:
    """A length, or "the day after", with its phrase, as far as the options want it."""
    options = sight.options
    if hit.rule == "anniversary":
        of = _OF.match(sight.low, hit.end)
        hit.end = (_phrase_end(sight, of.end()) if of else None) or hit.end
        return hit
    if hit.rule == "unit following" and options.after_event and hit.end > hit.start and sight.after(hit.end):
        if sight.low.endswith(("before", "after"), hit.start, hit.end) and sight.after(hit.end) not in _CLAUSE:
            hit.end = _phrase_end(sight, hit.end) or hit.end
        return hit
    of = _OF.match(sight.low, hit.end)
    if of and options.of_phrases and isinstance(hit.meaning, Length):
        hit.end = _phrase_end(sight, of.end()) or hit.end
    elif options.after_event and isinstance(hit.meaning, Length):
        _count_from(sight, hit, hit.meaning)
    return hit


def _count_from(sight: Sight, hit: Hit, length: Length) -> None:
    """Turns "four days after the fall of the port" into a step from it."""
    counted = _FROM.match(sight.low, hit.end)
    if counted is None or sight.before(hit.start) in _HOW_LONG or length.unit.startswith("T"):
        return
    if end := _phrase_end(sight, counted.end()):
        direction = -1 if counted.group(1) in ("before", "prior to") else 1
        hit.meaning = Shift(length.amount, length.unit, direction, mod=length.mod)
        hit.end = end


def _phrase_end(sight: Sight, at: int) -> int | None:
    """Where a noun phrase ends that begins here; "of" may join a second one to it."""
    end, opened = None, False
    for _ in range(_MOST_WORDS):
        word = _WORD.match(sight.low, at)
        if word is None:
            break
        told = word.group(1)
        if told == "of" and end is not None:
            opened = False
        elif told in _OPENERS and not opened:
            opened = True
        elif (told in wordlist("after_time") and told != "and") or (told.isdigit() and end is None):
            break
        elif told != "and" and not told.isdigit():
            opened, end = True, word.end(1)
        at = word.end()
    return end
