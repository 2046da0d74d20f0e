"""Sentences of two accounts put side by side: chains in order with gaps, one to many, any number of chains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from variorum.lists import toml

__all__ = ["Cell", "aligned"]

Cell = tuple[int, int]
Matrix = npt.NDArray[np.float32]

_SET = toml("alignment")["chains"]
BEGIN: float = _SET["begin"]
WEAKEST: float = _SET["weakest"]
SKIP: float = _SET["skip"]
AHEAD: int = _SET["ahead"]
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
        chain, gain = _best(left)
        if gain < LEAST:
            break
        rows, columns = {i for i, _ in chain}, {j for _, j in chain}
        left = {cell: value for cell, value in left.items() if cell[0] not in rows and cell[1] not in columns}
        if len(chain) > 1 or float(alike[chain[0]]) >= ALONE:
            made += chain
    return sorted([*made, *_beside(made, alike)])


def _likeliest(alike: Matrix) -> npt.NDArray[np.bool_]:
    """Marks the pairs that are alike enough, and not much less than either sentence is like another one."""
    if not alike.size:
        return np.zeros(alike.shape, bool)
    best = np.maximum(alike.max(axis=1, keepdims=True), alike.max(axis=0, keepdims=True))
    return np.asarray((alike >= WEAKEST) & (alike >= BESIDES * best))


def _best(cells: dict[Cell, float]) -> tuple[list[Cell], float]:
    """The chain that gains most, by a dynamic programme over the cells in order, and what it gains."""
    totals: dict[Cell, float] = {}
    before: dict[Cell, Cell | None] = {}
    for (i, j), value in sorted(cells.items()):
        best, came = 0.0, None
        for down in range(1, AHEAD + 1):
            for across in range(1, AHEAD + 1):
                total = totals.get((i - down, j - across), 0.0) - SKIP * (down + across - 2)
                if total > best:
                    best, came = total, (i - down, j - across)
        totals[i, j], before[i, j] = best + value - BEGIN, came
    at: Cell | None = max(totals, key=lambda cell: (totals[cell], cell))
    gain = totals[at] if at else 0.0
    chain: list[Cell] = []
    while at is not None:
        chain.append(at)
        at = before[at]
    return chain[::-1], gain


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
