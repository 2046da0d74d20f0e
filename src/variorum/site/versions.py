"""The versions of one address as an apparatus: the first is the base text, each place lists what later ones have there.

Versions are aligned sentence by sentence, and words only where sentences differ, so that the time stays bounded. What
was moved stands as left out at one place and added at another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from variorum.differing import Step, steps

__all__ = ["Place", "Stretch", "apparatus"]

APART = 1
"""Two changes with no more words than this between them are one place."""

_WORD = re.compile(r"\S+")


class Stretch(NamedTuple):
    """Words of one version, as offsets in its text; ``start`` is ``end`` where it has none there."""

    start: int
    end: int


class Place(NamedTuple):
    """A place at which the versions differ: what each of them has there, in their order, the base first."""

    stretches: tuple[Stretch, ...]


def apparatus(texts: Sequence[str]) -> list[Place]:
    """The places at which later texts differ from the first, in its order; words and their marks count, spaces do not.

    >>> texts = ["Nine died in the fire.", "Eleven died in the fire.", "Eleven died in the big fire."]
    >>> for place in apparatus(texts):
    ...     print([text[s.start : s.end] for text, s in zip(texts, place.stretches)])
    ['Nine', 'Eleven', 'Eleven']
    ['', '', 'big']
    """
    spans = [[(m.start(), m.end()) for m in _WORD.finditer(text)] for text in texts]
    words = [[text[a:b] for a, b in listed] for text, listed in zip(texts, spans, strict=True)]
    changed = [steps(words[0], other) for other in words[1:]]
    later = list(zip(spans[1:], map(_Steps, changed), strict=True))
    return [
        Place((_stretch(spans[0], low, high), *(_stretch(at, *version.carried(low, high)) for at, version in later)))
        for low, high in _joined(sorted((s[0], s[1]) for listed in changed for s in listed))
    ]


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of the base in order; those that overlap or nearly touch are one."""
    found: list[tuple[int, int]] = []
    for low, high in stretches:
        if found and low <= found[-1][1] + APART:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


class _Steps:
    """The changes of a version, to carry a stretch of the base over to it."""

    def __init__(self, steps: list[Step]) -> None:
        self._ends = [(s[1], s[0]) for s in steps]
        self._ahead = [0, *(s[3] - s[1] for s in steps)]

    def carried(self, low: int, high: int) -> tuple[int, int]:
        """Where a stretch lies in the version; no change crosses its ends, since all that touch are joined."""
        before, within = bisect_left(self._ends, (low, low)), bisect_left(self._ends, (high + 1, -1))
        return low + self._ahead[before], high + self._ahead[within]


def _stretch(spans: list[tuple[int, int]], low: int, high: int) -> Stretch:
    if low < high:
        return Stretch(spans[low][0], spans[high - 1][1])
    at = spans[low - 1][1] if low else 0
    return Stretch(at, at)
