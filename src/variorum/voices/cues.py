"""Cues: the verbs, nouns and adjectives that report words or a stance, with the frames that hold the content.

They come from ``data/speech.csv``. A cue is looked up by its form in the text and does not hang on a lemmatizer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum.language.inflection import noun_forms, verb_forms
from variorum.language.tree import Word
from variorum.lists import rows

__all__ = ["Cue", "cue_of", "lexicon"]

FRAMES = frozenset({"clause", "to", "ing", "object", "marks"})
FLAGS = frozenset({"person", "source", "weak"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry: ``tier`` says or stance, ``frames`` the complements, ``prepositions`` those whose object is content.

    >>> lexicon("verb")["urged"].frames >= {"clause", "to"}
    True
    """

    word: str
    pos: str
    tier: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    flags: frozenset[str]


def _entry(word: str, pos: str, tier: str, listed: set[str]) -> Cue:
    frames = listed & FRAMES
    if "to" in listed and pos != "verb":
        frames = frames | {"to"}
    prepositions = listed - FLAGS - (FRAMES - {"to"})
    return Cue(word, pos, tier, frozenset(frames), frozenset(prepositions), frozenset(listed & FLAGS))


@cache
def lexicon(pos: str) -> dict[str, Cue]:
    """The cues of one part of speech (verb, noun, adjective) by every form of the word."""
    merged: dict[str, Cue] = {}
    for row in rows("speech"):
        if row["pos"] != pos:
            continue
        listed = set(row["frames"].split())
        if old := merged.get(row["word"]):
            listed |= old.frames | old.prepositions | old.flags
        merged[row["word"]] = _entry(row["word"], pos, row["tier"], listed)
    forms = {"verb": verb_forms, "noun": noun_forms}.get(pos, lambda word: [word])
    found: dict[str, Cue] = {}
    for word, cue in merged.items():
        for form in forms(word):
            found.setdefault(form, cue)
    return found


KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}


def cue_of(token: Word) -> Cue | None:
    """The cue that a word may be, by its form and part of speech; None for all others."""
    kind = KINDS.get(token.pos)
    if kind is None:
        return None
    cue = lexicon(kind).get(token.low)
    if cue is None and kind == "adjective":
        cue = lexicon("verb").get(token.low)
    return cue
