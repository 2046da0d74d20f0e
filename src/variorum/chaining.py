"""Chains of cells in a table of likenesses: runs of pairs that follow each other on both sides, with gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Cell", "Chaining", "without"]

Cell = tuple[int, int]
"""A row and a column."""


@dataclass(frozen=True, slots=True)
class Chaining:
    """How chains are weighed: a cell of likeness ``begin`` adds nothing, ``skip`` is taken away for each row or column
    passed over, and a chain goes on by ``ahead`` rows or columns at most."""

    begin: float
    skip: float
    ahead: int

    def best(self, cells: Mapping[Cell, float]) -> tuple[list[Cell], float]:
        """The chain that gains most, by a dynamic programme over the cells in order, and what it gains.

        >>> Chaining(0.25, 0.05, 4).best({(0, 0): 0.75, (0, 2): 0.5, (1, 1): 0.5})
        ([(0, 0), (1, 1)], 0.75)
        """
        totals: dict[Cell, float] = {}
        before: dict[Cell, Cell | None] = {}
        steps = range(1, self.ahead + 1)
        for (i, j), likeness in sorted(cells.items()):
            best, came = 0.0, None
            for down in steps:
                for across in steps:
                    total = totals.get((i - down, j - across), 0.0) - self.skip * (down + across - 2)
                    if total > best:
                        best, came = total, (i - down, j - across)
            totals[i, j], before[i, j] = best + likeness - self.begin, came
        at: Cell | None = max(totals, key=lambda cell: (totals[cell], cell))
        gain = totals[at] if at else 0.0
        chain: list[Cell] = []
        while at is not None:
            chain.append(at)
            at = before[at]
        return chain[::-1], gain


def without(cells: Mapping[Cell, float], chain: Iterable[Cell]) -> dict[Cell, float]:
    """The cells in none of the rows and columns of a chain.

    >>> without({(0, 0): 0.75, (0, 2): 0.5, (1, 1): 0.5}, [(0, 0)])
    {(1, 1): 0.5}
    """
    used = list(chain)
    rows, columns = {i for i, _ in used}, {j for _, j in used}
    return {cell: value for cell, value in cells.items() if cell[0] not in rows and cell[1] not in columns}
