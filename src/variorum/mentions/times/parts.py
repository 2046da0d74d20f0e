"""How readings get at the named parts of a match, and the table they register in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from variorum.mentions.times.lexicon import words
from variorum.mentions.times.meanings import Hit, Meaning

__all__ = ["READINGS", "Parts", "code_of", "number_of", "quantifier", "reading"]

Parts = Mapping[str, str]
"""What the classes of a pattern matched, by name; only those that matched."""

Reading = Callable[[Parts, "Hit | None"], "Meaning | None"]
READINGS: dict[str, Reading] = {}
_SPACES = re.compile(r"\s+")


def reading(function: Reading) -> Reading:
    READINGS[function.__name__.strip("_")] = function
    return function


def look(table: str, word: str | None) -> int | str | None:
    value = words()[table].get(_SPACES.sub(" ", word)) if word else None
    return int(value) if isinstance(value, float) else value


def number_of(table: str, word: str | None) -> int | None:
    value = look(table, word)
    return value if isinstance(value, int) else None


def code_of(table: str, word: str | None) -> str | None:
    value = look(table, word)
    return value if isinstance(value, str) else None


def quantifier(parts: Parts) -> str | None:
    return (code_of("QUANT", parts["but"].strip()) or None) if "but" in parts else None
