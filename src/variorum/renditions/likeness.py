"""How alike the sentences of two witnesses are: half by their words, half by their letters, 0 to 1.

Words: the share of bits that two sentences have in common (Dice over stems, each weighed by its rarity, names by less).
Letters: the cosine of their runs of four characters, which forgives another form or spelling of a word.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from variorum.renditions.words import Rarity, content, grams

__all__ = ["Unit", "likeness", "shared_bits"]

NAME = 0.3
Matrix = npt.NDArray[np.float32]


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
    grams: dict[str, int] = field(default_factory=dict, compare=False)

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
        return cls(start, end, inner, words, words & names, quoted, speech, grams(inner))

    def weight(self, word: str, rarity: Rarity) -> float:
        """The bits of one of its words; less inside a name."""
        return rarity.bits(word) * (NAME if word in self.names else 1.0)


def _columns(left: Sequence[dict[str, float]], right: Sequence[dict[str, float]]) -> tuple[Matrix, Matrix]:
    """Both lists of weighted features as matrices over the features that both sides have."""
    ours = {feature for weights in left for feature in weights}
    both = {feature for weights in right for feature in weights} & ours
    number = {feature: i for i, feature in enumerate(sorted(both))}
    made = []
    for side in (left, right):
        matrix = np.zeros((len(side), max(1, len(number))), np.float32)
        for row, weights in enumerate(side):
            for feature, weight in weights.items():
                if feature in number:
                    matrix[row, number[feature]] = weight
        made.append(matrix)
    return made[0], made[1]


def _words(units: Sequence[Unit], rarity: Rarity) -> list[dict[str, float]]:
    return [{word: math.sqrt(unit.weight(word, rarity)) for word in unit.words} for unit in units]


def shared_bits(left: Sequence[Unit], right: Sequence[Unit], rarity: Rarity) -> Matrix:
    """The bits of the stems that each unit of ``left`` shares with each of ``right``."""
    ours, theirs = _columns(_words(left, rarity), _words(right, rarity))
    return np.asarray(ours @ theirs.T, np.float32)


def _dice(left: Sequence[Unit], right: Sequence[Unit], shared: Matrix, rarity: Rarity) -> Matrix:
    ours = np.array([sum(unit.weight(word, rarity) for word in unit.words) for unit in left], np.float32)
    theirs = np.array([sum(unit.weight(word, rarity) for word in unit.words) for unit in right], np.float32)
    return np.asarray(2 * shared / np.maximum(ours[:, None] + theirs[None, :], 1e-6), np.float32)


def _cosine(left: Sequence[Unit], right: Sequence[Unit]) -> Matrix:
    """The cosine of character runs, each weighed by log(1 + n) and by how few units of the two witnesses have it."""
    having: dict[str, int] = {}
    for unit in (*left, *right):
        for gram in unit.grams:
            having[gram] = having.get(gram, 0) + 1
    total = len(left) + len(right)
    sides = []
    for side in (left, right):
        weighed = []
        for unit in side:
            weights = {
                gram: math.log1p(times) * math.log((total + 1) / having[gram]) for gram, times in unit.grams.items()
            }
            norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            weighed.append({gram: weight / norm for gram, weight in weights.items()})
        sides.append(weighed)
    ours, theirs = _columns(sides[0], sides[1])
    return np.asarray(ours @ theirs.T, np.float32)


def likeness(left: Sequence[Unit], right: Sequence[Unit], rarity: Rarity) -> tuple[Matrix, Matrix]:
    """The likeness of every unit of ``left`` to every one of ``right``, and the bits that they share.

    >>> told = ["Two ferries sank on Monday near the quay.", "The harbour master kept silent."]
    >>> again = ["Near the quay, two ferries went down on Monday.", "Nobody was told why."]
    >>> left, right = ([Unit.of(text, 0, len(text)) for text in side] for side in (told, again))
    >>> alike, bits = likeness(left, right, Rarity.of(unit.words for unit in left + right))
    >>> bool(alike[0, 0] > 0.5), bool(alike[1].max() < 0.2)
    (True, True)
    """
    shared = shared_bits(left, right, rarity)
    alike = (_dice(left, right, shared, rarity) + _cosine(left, right)) / 2
    return alike.astype(np.float32), shared
