"""What is done at an hour that a sentence tells: the words and families of words for the act beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from variorum.lists import toml, words
from variorum.readings.kindred import names_of
from variorum.sentences import Dated, Passage, Sought, once, runs_of, stem, stems

__all__ = ["Doing", "doing_at", "families_in", "two_acts"]

_SET = toml("readings")["hour"]
BESIDE: int = _SET["beside"]
ALIKE: int = _SET["alike"]
GRAVE = frozenset(words("readings", "hour", "types"))
LIGHT = frozenset(words("readings", "hour", "light"))
TOLD = ("happened", "state")


@dataclass(frozen=True, slots=True)
class Doing:
    """What is told beside an hour: stems of acts and names of their families, types of claims, other content words."""

    acts: frozenset[str]
    families: frozenset[str]
    types: frozenset[str]
    beside: frozenset[str]


def doing_at(passage: Passage, time: Dated) -> Doing:
    """What a sentence tells beside one of its times. Acts of a grave type are given by their types alone."""
    start, end = time.start - passage.start, time.end - passage.start
    near = " ".join([*passage.text[:start].split()[-BESIDE:], *passage.text[end:].split()[:BESIDE]])
    told = [c for c in passage.claims if c.trigger and c.trigger in near]
    told = [c for c in told if c.polarity == "affirmed" and c.modality in TOLD]
    acts = {stem(c.trigger) for c in told if c.type != "act" and c.type not in GRAVE} - LIGHT
    held = _families(near)
    beside = stems(near) - names_of(passage) - acts - LIGHT
    return Doing(frozenset(acts | held), held, frozenset(c.type for c in told), beside)


def two_acts(a: tuple[Passage, Dated], b: tuple[Passage, Dated]) -> bool:
    """True where the hours of two sentences are of acts told by other words: called at five, arrived at half past."""
    x, y = (doing_at(*one) for one in (a, b))
    if x.acts & y.acts or not (x.acts and y.acts):
        return False
    return bool(x.families and y.families) or len(x.beside & y.beside) < ALIKE


@cache
def _patterns() -> tuple[tuple[str, Sought], ...]:
    return tuple(
        (name, Sought(re.compile(rf"\b(?:{'|'.join(map(re.escape, told))})\b", re.IGNORECASE), told))
        for name, told in sorted(_SET["families"].items())
    )


def _families(text: str) -> frozenset[str]:
    """The families of words for one act that a text has."""
    held = runs_of(text)
    return frozenset(name for name, sought in _patterns() if sought.may(held) and sought.pattern.search(text))


@once
def families_in(passage: Passage) -> frozenset[str]:
    """Those that a sentence has."""
    return frozenset(name for name, sought in _patterns() if sought.search(passage))
