"""The words of a sentence as stems, and what sharing one is worth, in bits."""

from __future__ import annotations

import csv
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from variorum.passages import stem

__all__ = ["Rarity", "Running", "content", "grams", "plain_words", "stems"]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CLOSING = (".", "!", "?", "…")
COMMON = 0.03
"""Stems in more than this share of English sentences carry nothing and are left out."""


def stems(text: str) -> list[str]:
    """The stems of all words of a text, in order.

    >>> stems("The ferries’ crews were saved")
    ['the', 'ferry', 'crew', 'were', 'sav']
    """
    return [stem(match.group().replace("’", "'")) for match in WORD.finditer(text)]


def grams(text: str) -> Counter[str]:
    """The runs of four characters of a text, blank space as one blank, case left out.

    >>> sorted(grams("Ferry!"))
    [' fer', 'erry', 'ferr', 'rry ']
    """
    plain = " " + " ".join(match.group().lower() for match in WORD.finditer(text)) + " "
    return Counter(plain[i : i + 4] for i in range(len(plain) - 3))


@cache
def english() -> dict[str, float]:
    """The share of English sentences that have a stem; stems not in the table are rare."""
    lines = (files("variorum") / "data" / "english_stems.csv").read_text(encoding="utf-8").splitlines()
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["stem"]: int(row["per_million"]) / 1e6 for row in table}


def content(text: str) -> frozenset[str]:
    """The different stems of a text that are not among the commonest of English.

    >>> sorted(content("It was the old ferry that sank"))
    ['ferry', 'old', 'sink']
    """
    return frozenset(word for word in stems(text) if english().get(word, 0.0) < COMMON)


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, with plain apostrophes."""
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]


class Running:
    """The words of a text in a row, to look up where some stand word for word.

    >>> Running("The sea is ours! And the isles: The sea is ours.").places(["sea", "is", "ours"])
    [(4, 16), (36, 48)]
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in WORD.finditer(text)]
        self._words = " " + " ".join(plain_words(text)) + " "
        self._starts: list[int] = []
        at = 0
        for word in self._words.split():
            self._starts.append(at)
            at += len(word) + 1

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
    to have once.

    >>> rarity = Rarity.of([frozenset({"ferry", "sink"}), frozenset({"ferry"}), frozenset({"quay"})] * 40)
    >>> rarity.bits("ferry") < rarity.bits("quay") < rarity.bits("unheard")
    True
    """

    def __init__(self, sentences: int, counts: dict[str, int]) -> None:
        self.sentences, self.counts = sentences, counts
        self._bits: dict[str, float] = {}

    @classmethod
    def of(cls, sentences: Iterable[frozenset[str]]) -> Rarity:
        """The rarity of stems in a collection of sentences."""
        listed = list(sentences)
        return cls(len(listed), Counter(word for words in listed for word in words))

    def bits(self, word: str) -> float:
        """-log2 of the share of sentences that have it; from 0 to about 17."""
        known = self._bits.get(word)
        if known is None:
            here = (self.counts.get(word, 0) + 0.5) / (self.sentences + 20)
            known = self._bits[word] = -math.log2(min(1.0, max(here, english().get(word, 8e-6))))
        return known

    def sum(self, words: Iterable[str]) -> float:
        """The bits of several stems together."""
        return sum(self.bits(word) for word in words)
