"""Local chains: runs of pairs of sentences that follow each other on both sides.

Order carries what words do not: a pair too weak to stand alone counts where its neighbours match. Any number of chains
may stand in any order, so that a text that tells another's parts shuffled is found as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from variorum.chaining import Cell, Chaining, without
from variorum.lists import toml

__all__ = ["Pair", "local_chains"]

_SET = toml("renditions")["chains"]
CHAINING = Chaining(_SET["begin"], _SET["skip"], _SET["ahead"])
WEAKEST: float = _SET["weakest"]
LEAST: float = _SET["least"]
CANDIDATES: int = _SET["candidates"]
FILL: float = _SET["fill"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of sentences by their numbers, with its likeness and the number of pairs in its chain."""

    left: int
    right: int
    likeness: float
    chain: int


def _best_of_row(alike: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Marks the pairs that may stand in a chain: the best `CANDIDATES` of each row, or work would grow as a square."""
    marks = alike >= WEAKEST
    if alike.shape[1] > CANDIDATES:
        least = np.partition(alike, -CANDIDATES, axis=1)[:, -CANDIDATES]
        marks &= alike >= least[:, None]
        marks &= np.cumsum(marks, axis=1) <= 2 * CANDIDATES  # many equal ones
    return marks


def _filled(chain: list[Cell], alike: npt.NDArray[np.float32]) -> list[Cell]:
    """The chain with the pairs that it skips, as many on either side, where these share anything at all."""
    filled = chain[:1]
    for (i, j), (down, across) in pairwise(chain):
        if len(chain) > 2 and down - i == across - j:
            filled += [(i + step, j + step) for step in range(1, down - i) if alike[i + step, j + step] >= FILL]
        filled.append((down, across))
    return filled


def local_chains(alike: npt.NDArray[np.float32], least: float = LEAST) -> list[Pair]:
    """The pairs of all chains of a total of ``least`` or more, best chains first; each sentence is used once.

    >>> alike = np.array([[0.6, 0.0, 0.1], [0.1, 0.2, 0.0], [0.0, 0.1, 0.6]], np.float32)
    >>> [(pair.left, pair.right) for pair in local_chains(alike)]
    [(0, 0), (1, 1), (2, 2)]
    """
    rows, columns = np.nonzero(_best_of_row(alike))
    cells = {(i, j): float(alike[i, j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)}
    pairs: list[Pair] = []
    while cells:
        chain, total = CHAINING.best(cells)
        if total < least:
            break
        chain = _filled(chain, alike)
        pairs += [Pair(i, j, float(alike[i, j]), len(chain)) for i, j in chain]
        cells = without(cells, chain)
    return pairs
