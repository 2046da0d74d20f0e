"""Mentions in a language that has a pack: rules over words and stems, all of whose words stand in ``data/<code>/``.

One engine serves every pack. A table of a pack has classes of words with what each stands for, and patterns that name
the classes; what is found becomes the same meanings, and is resolved by the same rules, as in English.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from variorum.mentions import Found
from variorum.mentions.packs import figures, places, quotes, times
from variorum.mentions.times.options import TimeOptions
from variorum.records import Figure, Place, Quote, Time

__all__ = ["FINDERS"]

Finder = Callable[[str, Found, str, TimeOptions], list[Any]]


def _times(text: str, found: Found, code: str, options: TimeOptions) -> list[Time]:
    """The times of a text; its date lines join its structure."""
    told, lines = times.read(text, code, found.published, options, found.structure, found.witness)
    found.structure = sorted([*found.structure, *lines], key=lambda part: (part.start, -part.end))
    return told


def _quotes(text: str, found: Found, code: str, options: TimeOptions) -> list[Quote]:
    """The quotations of a text; strings that nobody utters are marks."""
    told, found.marks = quotes.find(text, found, code)
    return told


def _figures(text: str, found: Found, code: str, options: TimeOptions) -> list[Figure]:
    return figures.find(text, found, code)


def _places(text: str, found: Found, code: str, options: TimeOptions) -> list[Place]:
    return places.find(text, found, code)


FINDERS: dict[str, Finder] = {"times": _times, "places": _places, "quotes": _quotes, "figures": _figures}
"""What the rules of a pack find, by table, in order; later ones use what was found before them."""
