"""How alike the sentences of two witnesses are: half by their words, half by their letters, 0 to 1.

Words: the share of bits that two sentences have in common (Dice over stems, each weighed by its rarity, names by less).
Letters: the cosine of their runs of four characters, which forgives another form or spelling of a word.

Units are laid out in arrays once for each witness (`Stack`), their features as numbers that are the same in every
process and run, so that sums are taken in the same order wherever the work is done.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from variorum.lists import toml
from variorum.renditions.words import Longs, content, grams

__all__ = ["Bits", "Matrix", "Stack", "Unit", "likeness", "shared_bits"]

_SET = toml("renditions")["likeness"]
NAME: float = _SET["name"]
Matrix = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Bits = Callable[[str], float]
"""What sharing a stem is worth."""


@lru_cache(maxsize=1 << 17)
def _code(word: str) -> int:
    """A number for a stem, the same in every process."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a quoted string: ``start:end`` of its witness, its stems, and what is known of it.

    ``names`` are stems inside names; ``speech`` says whether the words are uttered by someone.
    """

    start: int
    end: int
    text: str
    words: frozenset[str]
    names: frozenset[str] = frozenset()
    quoted: bool = False
    speech: bool = False

    @classmethod
    def of(
        cls,
        text: str,
        start: int,
        end: int,
        names: frozenset[str] = frozenset(),
        quoted: bool = False,
        speech: bool = False,
    ) -> Unit:
        """The unit at ``start:end`` of a witness's text."""
        inner = text[start:end]
        words = content(inner)
        return cls(start, end, inner, words, words & names, quoted, speech)

    def weight(self, word: str, bits: Bits) -> float:
        """The bits of one of its words; less inside a name."""
        return bits(word) * (NAME if word in self.names else 1.0)


@dataclass(frozen=True, slots=True)
class Features:
    """Weighted features of some units, one after the other: the unit that has it, the feature's code, its weight."""

    owner: Longs
    code: Longs
    weight: Floats

    @classmethod
    def of(cls, parts: Sequence[tuple[Longs, Floats]]) -> Features:
        """The features of units given as codes, ascending, and weights."""
        owner = np.repeat(np.arange(len(parts)), [len(codes) for codes, _ in parts])
        none = np.zeros(0, np.int64)
        return cls(
            owner,
            np.concatenate([none, *(codes for codes, _ in parts)]),
            np.concatenate([np.zeros(0), *(weights for _, weights in parts)]),
        )


@dataclass(frozen=True, slots=True)
class Stack:
    """Units laid out for comparison: their words with the roots of their bits, their letters, their bits together."""

    units: Sequence[Unit]
    words: Features
    letters: Features
    mass: Matrix = field(repr=False)

    @classmethod
    def of(cls, units: Iterable[Unit], bits: Bits) -> Stack:
        """Lays the units out; ``bits`` weighs their stems."""
        listed = list(units)
        told = [_weighed(unit, bits) for unit in listed]
        mass = np.array([float((weights * weights).sum()) for _, weights in told], np.float32)
        return cls(listed, Features.of(told), Features.of([grams(unit.text) for unit in listed]), mass)

    def __len__(self) -> int:
        return len(self.units)


def _weighed(unit: Unit, bits: Bits) -> tuple[Longs, Floats]:
    pairs = sorted((_code(word), math.sqrt(unit.weight(word, bits))) for word in unit.words)
    return np.array([code for code, _ in pairs], np.int64), np.array([weight for _, weight in pairs], np.float64)


def _product(left: Features, right: Features, sizes: tuple[int, int]) -> Matrix:
    """The dot product of every unit of ``left`` with every one of ``right``."""
    both = np.intersect1d(left.code, right.code)
    if not len(both):
        return np.zeros(sizes, np.float32)
    made = []
    for side, size in zip((left, right), sizes, strict=True):
        column = np.minimum(np.searchsorted(both, side.code), len(both) - 1)
        kept = both[column] == side.code
        matrix = np.zeros((size, len(both)), np.float32)
        matrix[side.owner[kept], column[kept]] = side.weight[kept]
        made.append(matrix)
    return np.asarray(made[0] @ made[1].T, np.float32)


def shared_bits(left: Stack, right: Stack) -> Matrix:
    """The bits of the stems that each unit of ``left`` shares with each of ``right``."""
    return _product(left.words, right.words, (len(left), len(right)))


def _cosine(left: Stack, right: Stack) -> Matrix:
    """The cosine of character runs, each weighed by log(1 + n) and by how few units of the two witnesses have it."""
    codes = np.concatenate([left.letters.code, right.letters.code])
    _, place, having = np.unique(codes, return_inverse=True, return_counts=True)
    rare = np.log((len(left) + len(right) + 1) / having)[place]
    cut = len(left.letters.code)
    sides = [_normed(left, rare[:cut]), _normed(right, rare[cut:])]
    return _product(sides[0], sides[1], (len(left), len(right)))


def _normed(stack: Stack, rare: Floats) -> Features:
    weight = stack.letters.weight * rare
    norm = np.sqrt(np.bincount(stack.letters.owner, weight * weight, len(stack)))
    norm[norm == 0] = 1.0
    return Features(stack.letters.owner, stack.letters.code, weight / norm[stack.letters.owner])


def likeness(left: Stack, right: Stack) -> tuple[Matrix, Matrix]:
    """The likeness of every unit of ``left`` to every one of ``right``, and the bits that they share.

    >>> told = ["Two ferries sank on Monday near the quay.", "The harbour master kept silent."]
    >>> again = ["Near the quay, two ferries went down on Monday.", "Nobody was told why."]
    >>> left, right = (
    ...     Stack.of((Unit.of(text, 0, len(text)) for text in side), lambda word: 9.0) for side in (told, again)
    ... )
    >>> alike, bits = likeness(left, right)
    >>> bool(alike[0, 0] > 0.5), bool(alike[1].max() < 0.2)
    (True, True)
    """
    shared = shared_bits(left, right)
    dice = 2 * shared / np.maximum(left.mass[:, None] + right.mass[None, :], 1e-6)
    return np.asarray((dice + _cosine(left, right)) / 2, np.float32), shared
