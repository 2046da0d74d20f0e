"""Sentences of two accounts put side by side: chains in order with gaps, one to many, any number of chains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from variorum.chaining import Cell, Chaining, without
from variorum.lists import toml

__all__ = ["aligned"]

Matrix = npt.NDArray[np.float32]

_SET = toml("alignment")["chains"]
CHAINING = Chaining(_SET["begin"], _SET["skip"], _SET["ahead"])
WEAKEST: float = _SET["weakest"]
LEAST: float = _SET["least"]
ALONE: float = _SET["alone"]
MANY: float = _SET["many"]
BESIDES: float = _SET["besides"]


def aligned(alike: Matrix) -> list[Cell]:
    """The pairs of sentences that go together, as (row, column), in order.

    The best chain is taken, its sentences are struck out, and the next is sought, until none gains enough. A sentence
    without a partner that lies beside one of a pair and is like the other joins it.

    >>> aligned(np.array([[0.9, 0.0, 0.0], [0.0, 0.35, 0.0], [0.0, 0.0, 0.9], [0.0, 0.0, 0.6]], np.float32))
    [(0, 0), (1, 1), (2, 2), (3, 2)]
    """
    left = {(int(i), int(j)): float(alike[i, j]) for i, j in np.argwhere(_likeliest(alike))}
    made: list[Cell] = []
    while left:
        chain, gain = CHAINING.best(left)
        if gain < LEAST:
            break
        left = without(left, chain)
        if len(chain) > 1 or float(alike[chain[0]]) >= ALONE:
            made += chain
    return sorted([*made, *_beside(made, alike)])


def _likeliest(alike: Matrix) -> npt.NDArray[np.bool_]:
    """Marks the pairs that are alike enough, and not much less than either sentence is like another one."""
    if not alike.size:
        return np.zeros(alike.shape, bool)
    best = np.maximum(alike.max(axis=1, keepdims=True), alike.max(axis=0, keepdims=True))
    return np.asarray((alike >= WEAKEST) & (alike >= BESIDES * best))


def _beside(made: list[Cell], alike: Matrix) -> Iterator[Cell]:
    """One to many: sentences without a partner that lie beside a pair."""
    rows, columns = {i for i, _ in made}, {j for _, j in made}
    for i, j in made:
        for step in (-1, 1):
            if 0 <= i + step < alike.shape[0] and i + step not in rows and alike[i + step, j] >= MANY:
                rows.add(i + step)
                yield i + step, j
            if 0 <= j + step < alike.shape[1] and j + step not in columns and alike[i, j + step] >= MANY:
                columns.add(j + step)
                yield i, j + step
