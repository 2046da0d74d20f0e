"""The words of a sentence as stems, and what sharing one is worth, in bits."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from variorum.lists import rows, toml
from variorum.sentences.words import stem

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

__all__ = ["Longs", "Rarity", "Running", "content", "grams", "plain_words", "stems"]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CLOSING = (".", "!", "?", "…")
_SET = toml("renditions")["words"]
COMMON: float = _SET["common"]


def stems(text: str) -> list[str]:
    """The stems of all words of a text, in order.

    >>> stems("The ferries’ crews were saved")
    ['the', 'ferry', 'crew', 'were', 'save']
    """
    return list(map(stem, WORD.findall(text.replace("’", "'"))))


def grams(texts: Sequence[str]) -> tuple[Longs, Longs, Floats]:
    """The runs of four characters of some texts: the text that has it, its number, and log(1 + how often it stands).

    They go by text and number, each run once a text. Blank space is one blank, case is left out; four times sixteen
    bits of the characters' code points are the number.

    >>> owners, codes, weights = grams(["Ferry, ferry!", "It", "sank"])
    >>> owners.tolist(), weights[:6].round(2).tolist()
    ([0, 0, 0, 0, 0, 0, 1, 2, 2, 2], [1.1, 1.1, 1.1, 1.1, 0.69, 0.69])
    """
    plain = [f" {' '.join(WORD.findall(text)).lower()} " for text in texts]
    points = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64) & 0xFFFF
    if len(points) < 4:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    owners = np.repeat(np.arange(len(plain)), [len(text) for text in plain])
    codes = (points[:-3] << 48) | (points[1:-2] << 32) | (points[2:-1] << 16) | points[3:]
    inside = owners[:-3] == owners[3:]
    owners, codes = owners[:-3][inside], codes[inside]
    order = np.lexsort((codes, owners))
    owners, codes = owners[order], codes[order]
    first = np.flatnonzero(np.r_[True, (codes[1:] != codes[:-1]) | (owners[1:] != owners[:-1])][: len(codes)])
    return owners[first], codes[first], np.log1p(np.diff(np.r_[first, len(codes)]))


@cache
def english() -> dict[str, float]:
    """The share of English sentences that have a stem; stems not in the table are rare."""
    return {row["stem"]: int(row["per_million"]) / 1e6 for row in rows("english_stems")}


@cache
def common() -> frozenset[str]:
    """The commonest stems of English."""
    return frozenset(word for word, share in english().items() if share >= COMMON)


def content(text: str) -> frozenset[str]:
    """The different stems of a text that are not among the commonest of English.

    >>> sorted(content("It was the old ferry that sank"))
    ['ferry', 'old', 'sink']
    """
    return frozenset(stems(text)) - common()


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, with plain apostrophes."""
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


class Running:
    """The words of a text in a row, to look up where some stand word for word; read when first asked.

    >>> Running("The sea is ours! And the isles: The sea is ours.").places(["sea", "is", "ours"])
    [(4, 16), (36, 48)]
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(self._text)]

    @cached_property
    def _words(self) -> str:
        return f" {' '.join(plain_words(self._text))} "

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(word) + 1 for word in self._words.split())]

    def places(self, words: list[str]) -> list[tuple[int, int]]:
        """The character spans, with a full stop after them, at which the words stand in this order."""
        wanted = " " + " ".join(words) + " "
        found, at = [], self._words.find(wanted)
        while at >= 0:
            first = bisect_left(self._starts, at)
            end = self._spans[first + len(words) - 1][1]
            found.append((self._spans[first][0], end + (self._text[end : end + 1] in CLOSING)))
            at = self._words.find(wanted, at + 1)
        return found


class Rarity:
    """How rare a stem is: the commoner of its share in English and its share in these sentences, in bits.

    English alone lets a collection's own subject pass for rare, the collection alone every common word that it happens
    to have once. Both counts go in doublings, so that one more account changes the bits of few words.

    >>> rarity = Rarity(120, {"ferry": 80, "quay": 40})
    >>> rarity.bits("ferry") < rarity.bits("quay") < rarity.bits("unheard")
    True
    >>> Rarity(121, {"ferry": 81, "quay": 40}).bits("ferry") == rarity.bits("ferry")
    True
    """

    def __init__(self, sentences: int, counts: Mapping[str, int]) -> None:
        self.sentences, self.counts = sentences, counts
        self._bits: dict[str, float] = {}

    def bits(self, word: str) -> float:
        """-log2 of the share of sentences that have it; from 0 to about 17."""
        known = self._bits.get(word)
        if known is None:
            here = _step(self.sentences + 20) - _step(self.counts.get(word, 0) + 0.5)
            known = self._bits[word] = max(0.0, min(here, -math.log2(english().get(word, 8e-6))))
        return known


def _step(count: float) -> float:
    """The logarithm to base 2 of a count, a whole number."""
    return float(round(math.log2(count)))
