"""Cues: the verbs, nouns and adjectives that report words or a stance, with the frames that hold the content.

They come from ``data/speech.csv``. A cue is looked up by its form in the text and does not hang on a lemmatizer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum.language.inflection import noun_forms, verb_forms
from variorum.language.tree import Word
from variorum.lists import rows

__all__ = ["Cue", "cue_of", "lexicon", "says"]

FRAMES = frozenset({"clause", "to", "ing", "object", "marks", "count"})
FLAGS = frozenset({"person", "source", "weak", "charge", "beat", "factive"})


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


def cue_of(word: Word) -> Cue | None:
    """The cue that a word may be, by its form and part of speech; None for all others."""
    cues = _cues().get(word.pos)
    return None if cues is None else cues.get(word.low)


@cache
def _cues() -> dict[str, dict[str, Cue]]:
    """The cues by part of speech; an adjective may be a verb that the tagger mistook."""
    found = {pos: lexicon(kind) for pos, kind in KINDS.items()}
    return found | {"ADJ": {**lexicon("verb"), **lexicon("adjective")}}


def says(word: Word, *frames: str) -> bool:
    """True for a finite verb of saying that has the frames: ``said``, ``reports``; not ``say`` or ``saying``."""
    return finite_cue(word.low, frames) and word.pos in ("VERB", "AUX", "ADJ")


def finite_cue(form: str, frames: tuple[str, ...]) -> bool:
    """True for a finite form of a verb of saying, whatever the tagger took it for.

    >>> finite_cue("reports", ("clause",)), finite_cue("report", ("clause",)), finite_cue("reporting", ("clause",))
    (True, False, False)
    """
    cue = lexicon("verb").get(form)
    if cue is None or cue.tier != "says" or not cue.frames.issuperset(frames):
        return False
    return form != cue.word and not form.endswith("ing")
