"""HTML put together from a pattern and values: as ``Markup.format`` does, in a fraction of its time."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

__all__ = ["filled"]

_SLOT = re.compile(r"\{(\d*)\}")


def filled(pattern: str, *values: object) -> Markup:
    """The pattern with each ``{}`` or ``{0}`` as the value of its place, escaped where it is not markup.

    >>> print(filled("<b>{}</b> {1} {0}", "a < b", Markup("<i>c</i>")))
    <b>a &lt; b</b> <i>c</i> a &lt; b
    """
    words, slots = _parsed(pattern)
    told = [value if type(value) is Markup else escape(value) for value in values]
    out = [words[0]]
    for n, slot in enumerate(slots, 1):
        out += (told[slot], words[n])
    return Markup("".join(out))


@lru_cache(maxsize=1000)
def _parsed(pattern: str) -> tuple[list[str], list[int]]:
    """The words between the slots, and the number of the value of each slot."""
    words = _SLOT.split(pattern)
    return words[::2], [int(number) if number else n for n, number in enumerate(words[1::2])]
