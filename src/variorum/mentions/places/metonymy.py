"""Metonymy: a place that says, denies or signs stands for those who govern it; one in a unit's name for who serve."""

from __future__ import annotations

from variorum.lists import toml
from variorum.mentions.places.candidates import Candidate
from variorum.mentions.places.vocabulary import vocabulary
from variorum.mentions.places.words import Words

__all__ = ["is_metonym"]

_WHO_SPEAK = frozenset({"country", "province", "city", "town"})
NAMED: int = toml("limits")["places"]["unit"]
_ADVERBS = frozenset(["has", "have", "had", "also", "then", "later", "again", "never", "would", "will", "not"])


def is_metonym(words: Words, candidate: Candidate, kind: str) -> bool:
    """True for a country, province or town that does what only people do.

    >>> from variorum.gazetteer import Finding
    >>> from variorum.mentions.places.words import split
    >>> asker = Candidate(0, 1, Finding((), 0, 0), (0, 1))
    >>> is_metonym(split("Asker has denied it."), asker, "city"), is_metonym(split("Asker burned."), asker, "city")
    (True, False)
    """
    if not candidate.typed and _of_a_unit(words, candidate):
        return True
    if kind not in _WHO_SPEAK or candidate.typed:
        return False
    lists, first, last = vocabulary(), candidate.first, candidate.last
    before = words.text[max(0, words.starts[first] - 30) : words.starts[first]].lower()
    if before.endswith(tuple(phrase + " " for phrase in lists.speaks_for)):
        return True
    preposed = first > 0 and words.joined[first] and words.keys[first - 1] in (lists.locative | lists.direction)
    while last < len(words) and words.joined[last] and words.forms[last] in _ADVERBS and last < candidate.last + 3:
        last += 1
    if preposed or last >= len(words) or not words.joined[last]:
        return False
    return words.forms[last] in lists.metonymy


def _of_a_unit(words: Words, candidate: Candidate) -> bool:
    """``the Sind Rifle regiments``, ``5th Merrow Light Infantry``: capitals lead from the place to the unit's word."""
    at = candidate.last
    while at < len(words) and at < candidate.last + NAMED and words.joined[at]:
        if words.keys[at] in vocabulary().units:
            return not words.possessive[candidate.last - 1]
        if not words.capital[at]:
            return False
        at += 1
    return False
