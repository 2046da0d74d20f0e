"""Invented names, drawn by seed, for training: people and places of no country in particular."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf8"))


def listed(name: str) -> list[str]:
    """A list of ``words.toml``."""
    return str(WORDS[name]).split()


def rows(name: str) -> list[list[str]]:
    """A table of ``words.toml``, a row per line."""
    return [line.split() for line in str(WORDS[name]).strip().splitlines()]


ONSETS, VOWELS, CODAS = listed("onsets"), listed("vowels"), ["", "", "", "", *listed("codas")]
PLACE_ENDS, PERSON_ENDS, FIRST = listed("place_ends"), listed("person_ends"), listed("first")


def syllable(draw: random.Random) -> str:
    """One syllable."""
    return draw.choice(ONSETS) * (draw.random() < 0.9) + draw.choice(VOWELS) + draw.choice(CODAS)


def place(draw: random.Random) -> str:
    """One word for a place."""
    stem = "".join(syllable(draw) for _ in range(draw.choice((1, 1, 1, 2))))
    return (stem + (draw.choice(PLACE_ENDS) if draw.random() < 0.7 else "")).capitalize()


def surname(draw: random.Random) -> str:
    """One word for a family."""
    stem = "".join(syllable(draw) for _ in range(draw.choice((1, 1, 1, 2))))
    return (stem + (draw.choice(PERSON_ENDS) if draw.random() < 0.7 else "")).capitalize()


def name_word(draw: random.Random, kind: str, at: int, of: int) -> str:
    """A word of a name of ``kind`` (PERSON or PLACE), the ``at``-th of ``of``."""
    if kind == "PLACE":
        return place(draw)
    if (at == 0 and of > 1) or (of == 1 and draw.random() < 0.2):
        return draw.choice(FIRST) if draw.random() < 0.7 else surname(draw)
    return surname(draw)
