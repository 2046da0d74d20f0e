"""What a shared word is worth, in bits: how unlikely it is that two texts have it at the same place by chance.

A word weighs -log2 of its share of the collection. Where the same two documents, apart from the two places compared,
say the word after the same two words anyway (a title, a stock phrase), it weighs what it weighs there: little.
Counting that in all documents instead would discount a speech because many copied it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.lists import toml
from variorum.reuse.words import Ints

__all__ = ["Context", "Floats", "needed_bits", "unigram_bits"]

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


_SET = toml("reuse")["weights"]
PATIENCE: float = _SET["patience"]
HANDFUL: int = _SET["handful"]
MANY: int = _SET["many"]


def needed_bits(words: int, documents: int = 400) -> float:
    """The bits that the best piece of a pair of documents must reach, for a collection of that many words.

    The more words, the more pairs of places that may look alike by chance: 2 log2(words) + 45. With a handful of
    documents there are few pairs to fool anyone, and what they share is read with more patience.

    >>> round(needed_bits(220_000)), round(needed_bits(11_000, 5))
    (80, 44)
    """
    patience = PATIENCE * min(1.0, max(0.0, (MANY - documents) / (MANY - HANDFUL)))
    return 2 * float(np.log2(max(2, words))) + 45 - patience


def unigram_bits(counts: Ints) -> Floats:
    """-log2 of every word's share of the collection.

    >>> unigram_bits(np.array([2, 1, 1], np.int32)).tolist()
    [1.0, 2.0, 2.0]
    """
    total = max(1, int(counts.sum()))
    return np.log2(total / np.maximum(counts, 1))


def _keys(words: Ints, length: int) -> npt.NDArray[np.int64]:
    """A number for the ``length`` words that end at each word; -1 where the text has just begun."""
    keys = words.astype(np.int64)
    for back in range(1, length):
        keys[back:] += words[:-back].astype(np.int64) << (21 * back)
        keys[:back] = -1
    return keys


@dataclass(slots=True)
class Context:
    """The words of two documents (or of one, for what it repeats), to weigh the words that they share."""

    bits: Floats
    pairs: npt.NDArray[np.int64]
    triples: npt.NDArray[np.int64]

    @classmethod
    def of(cls, bits: Floats, documents: list[Ints]) -> Context:
        """``bits`` are those of `unigram_bits`; the documents are given by their words' numbers."""
        pairs = [_keys(words, 2)[1:-1] for words in documents]  # a pair at the very end has no word after it
        triples = [_keys(words, 3) for words in documents]
        return cls(bits, np.sort(np.concatenate(pairs)), np.sort(np.concatenate(triples)))

    def weigh(self, words: Ints, at: Longs) -> Floats:
        """The bits of the words at these places of one of the documents, matched with equal words of the other.

        >>> ferry, lead = np.array([0, 1, 2, 3], np.int32), np.array([4, 1, 2, 3], np.int32)
        >>> Context.of(np.full(5, 8.0), [ferry, lead]).weigh(ferry, np.arange(1, 4)).round().tolist()
        [8.0, 8.0, 8.0]
        >>> stock = np.tile(ferry, 9)
        >>> Context.of(np.full(5, 8.0), [stock, stock]).weigh(stock, np.arange(4, 7)).round().tolist()
        [0.0, 0.0, 0.0]
        """
        here, before, first = (words[np.maximum(at - back, 0)].astype(np.int64) for back in (0, 1, 2))
        chance = np.exp2(-self.bits[words[at]])
        said = np.where(at > 1, np.maximum(self._count(self.pairs, before + (first << 21)) - 2, 0), 0)
        triples = here + (before << 21) + (first << 42)
        same = np.where(at > 1, np.maximum(self._count(self.triples, triples) - 2, 0), 0)
        there = (np.minimum(same, said) + chance) / (said + 1)
        bits: Floats = -np.log2(np.maximum(chance, there))
        return bits

    @staticmethod
    def _count(ordered: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return np.searchsorted(ordered, wanted, "right") - np.searchsorted(ordered, wanted, "left")
