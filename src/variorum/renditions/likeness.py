"""How alike the sentences of two witnesses are: half by their words, half by their letters, 0 to 1.

Words: the share of bits that two sentences have in common (Dice over stems, each weighed by its rarity, names by less).
Letters: the cosine of their runs of four characters, which forgives another form or spelling of a word.

Units are laid out in arrays once for each witness (`Stack`), their features as numbers that are the same in every
process and run, so that sums are taken in the same order wherever the work is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

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
    """Weighted features of some units, by unit and code: the unit that has it, the feature's code, its weight.

    ``kinds`` are the different codes, ascending, ``place`` says which of them each feature has, and ``having`` how many
    units have each.
    """

    owner: Longs
    code: Longs
    weight: Floats
    kinds: Longs
    place: Longs
    having: Longs

    @classmethod
    def of(cls, owner: Longs, code: Longs, weight: Floats) -> Features:
        """The features with what is asked of them again and again."""
        kinds, place, having = np.unique(code, return_inverse=True, return_counts=True)
        return cls(owner, code, weight, kinds, place, having)

    def followed(self, other: Features, units: int) -> Features:
        """These features, of so many ``units``, and those of the units that follow."""
        owner = np.concatenate([self.owner, other.owner + units])
        return Features.of(owner, np.concatenate([self.code, other.code]), np.concatenate([self.weight, other.weight]))


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
        words, mass = _weighed(listed, bits)
        return cls(listed, words, Features.of(*grams([unit.text for unit in listed])), mass)

    def __add__(self, other: Stack) -> Stack:
        """The units of both, one after the other."""
        words, letters = self.words.followed(other.words, len(self)), self.letters.followed(other.letters, len(self))
        return Stack([*self.units, *other.units], words, letters, np.concatenate([self.mass, other.mass]))

    def __len__(self) -> int:
        return len(self.units)


def _weighed(units: Sequence[Unit], bits: Bits) -> tuple[Features, Matrix]:
    """The words of some units with the roots of their bits, and the bits of each unit together."""
    told = [(number, _code(word), unit.weight(word, bits)) for number, unit in enumerate(units) for word in unit.words]
    owner, code = (np.array([one[i] for one in told], np.int64) for i in (0, 1))
    order = np.lexsort((code, owner))
    owner, code = owner[order], code[order]
    weight = np.sqrt(np.array([one[2] for one in told], np.float64))[order]
    ends = np.cumsum(np.bincount(owner, minlength=len(units)))
    squares = weight * weight
    mass = [float(squares[start:end].sum()) for start, end in pairwise([0, *ends.tolist()])]
    return Features.of(owner, code, weight), np.array(mass, np.float32)


def _product(left: Features, right: Features, sizes: tuple[int, int]) -> Matrix:
    """The dot product of every unit of ``left`` with every one of ``right``."""
    both = np.intersect1d(left.kinds, right.kinds, assume_unique=True)
    if not len(both):
        return np.zeros(sizes, np.float32)
    made = []
    for side, size in zip((left, right), sizes, strict=True):
        column = np.minimum(np.searchsorted(both, side.kinds), len(both) - 1)
        column = np.where(both[column] == side.kinds, column, -1)[side.place]
        kept = column >= 0
        matrix = np.zeros((size, len(both)), np.float32)
        matrix[side.owner[kept], column[kept]] = side.weight[kept]
        made.append(matrix)
    return np.asarray(made[0] @ made[1].T, np.float32)


def shared_bits(left: Stack, right: Stack) -> Matrix:
    """The bits of the stems that each unit of ``left`` shares with each of ``right``."""
    return _product(left.words, right.words, (len(left), len(right)))


def _cosine(left: Stack, right: Stack) -> Matrix:
    """The cosine of character runs, each weighed by log(1 + n) and by how few units of the two witnesses have it."""
    sides = _normed(left, right), _normed(right, left)
    return _product(*sides, (len(left), len(right)))


def _normed(stack: Stack, other: Stack) -> Features:
    """The letters of a stack, weighed as those of the two are."""
    held, there = stack.letters, other.letters
    having = held.having
    if len(there.kinds):
        at = np.minimum(np.searchsorted(there.kinds, held.kinds), len(there.kinds) - 1)
        having = having + np.where(there.kinds[at] == held.kinds, there.having[at], 0)
    weight = held.weight * np.log((len(stack) + len(other) + 1) / having)[held.place]
    norm = np.sqrt(np.bincount(held.owner, weight * weight, len(stack)))
    norm[norm == 0] = 1.0
    return replace(held, weight=weight / norm[held.owner])


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
