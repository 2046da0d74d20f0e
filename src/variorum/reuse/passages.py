"""From pieces to passages: what belongs together is one passage, and its edges are those of sentences where near.

Pieces of one pair that lie in one run on either side (at most `APART` words from each other) are one passage, in
whatever order they stand: a reordered passage is one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from variorum.lists import toml
from variorum.reuse.align import Piece

__all__ = ["Passage", "merge", "snap"]

_SET = toml("reuse")["passages"]
APART: int = _SET["apart"]
SNAP: int = _SET["snap"]
INWARD: int = _SET["inward"]
FEW: int = _SET["few"]


@dataclass(slots=True)
class Passage:
    """One passage of two documents, in words, with the pieces it is made of."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    pieces: list[Piece]

    @property
    def bits(self) -> float:
        """The weight of all pieces together."""
        return sum(piece.bits for piece in self.pieces)

    @property
    def shared(self) -> float:
        """The share of its words that both sides have, 0 to 1, on the side that has more of other words."""
        longest = max(self.a_end - self.a_start, self.b_end - self.b_start)
        return min(1.0, sum(piece.shared for piece in self.pieces) / max(1, longest))

    @property
    def reordered(self) -> bool:
        """True when the pieces stand in another order in ``b``."""
        order = [piece.b_start for piece in sorted(self.pieces, key=lambda piece: piece.a_start)]
        return order != sorted(order)


def _runs(spans: list[tuple[int, int]], apart: int) -> list[int]:
    """For each span the number of its run, where spans at most ``apart`` words from each other are one run."""
    numbers = [0] * len(spans)
    run, reach = -1, -(10**9)
    for i in sorted(range(len(spans)), key=lambda i: spans[i]):
        if spans[i][0] - reach > apart:
            run += 1
        reach = max(reach, spans[i][1])
        numbers[i] = run
    return numbers


def merge(pieces: list[Piece], apart: int = APART) -> list[Passage]:
    """The passages that pieces of one pair make up, in the order of ``a``.

    >>> shuffled = [Piece(0, 30, 40, 70, 90.0, 30), Piece(31, 60, 8, 38, 80.0, 29), Piece(400, 430, 9, 39, 70.0, 30)]
    >>> [(p.a_start, p.a_end, p.b_start, p.b_end, p.reordered) for p in merge(shuffled)]
    [(0, 60, 8, 70, True), (400, 430, 9, 39, False)]
    """
    a_runs = _runs([(piece.a_start, piece.a_end) for piece in pieces], apart)
    b_runs = _runs([(piece.b_start, piece.b_end) for piece in pieces], apart)
    together: dict[tuple[int, int], list[Piece]] = {}
    for piece, key in zip(pieces, zip(a_runs, b_runs, strict=True), strict=True):
        together.setdefault(key, []).append(piece)
    passages = [
        Passage(
            min(p.a_start for p in group),
            max(p.a_end for p in group),
            min(p.b_start for p in group),
            max(p.b_end for p in group),
            group,
        )
        for group in together.values()
    ]
    return sorted(passages, key=lambda passage: (passage.a_start, passage.b_start))


def snap(start: int, end: int, edges: list[int]) -> tuple[int, int, bool]:
    """Word positions moved to the nearest sentence edges, when both are near; and whether.

    Near is at most `SNAP` words, or half the passage, outward, or `INWARD` words inward, which gives up shared words.
    ``edges`` are the numbers of the words that begin a sentence, and the number of words.

    >>> snap(12, 38, [0, 10, 25, 40]), snap(12, 33, [0, 10, 25, 48])
    ((10, 40, True), (12, 33, False))
    """
    reach = min(SNAP, (end - start) // 2)
    new_start = max((edge for edge in _around(start, edges) if edge <= start + INWARD), default=start)
    new_end = min((edge for edge in _around(end, edges) if edge >= end - INWARD), default=end)
    near = start - new_start <= reach and new_end - end <= reach
    if near and new_start < new_end and {new_start, new_end} <= set(edges):
        return new_start, new_end, True
    return start, end, False


def _around(word: int, edges: list[int]) -> list[int]:
    """The edges next to a word, two on either side."""
    at = bisect_left(edges, word)
    return edges[max(0, at - 2) : at + 2]
