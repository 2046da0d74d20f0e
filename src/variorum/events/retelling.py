"""Retellings: sentences of two accounts that are each other's nearest and yet no parallel, told again in other words.

They are the least certain of what joins accounts, and kept as links of the kind ``retelling``: no verdict and no
lineage rests on them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from variorum.events.link import Joined
from variorum.lists import toml
from variorum.records import Parallel
from variorum.sentences import Passage

__all__ = ["retold"]

Side = tuple[int, str]
"""A sentence, and the other account."""


def retold(pairs: Iterable[Joined], parallels: Iterable[Parallel]) -> set[tuple[int, int]]:
    """The pairs, by the numbers of their sentences, of which each is the likeliest that the other account has for it.

    Pairs below a bar (``data/events.toml``) and those that share wording are left out. Linear in the pairs, but for
    sorting the parallels.

    >>> a, b, c = (Passage(n, w, 0, 9, "", 0) for n, w in enumerate("ABB"))
    >>> pairs = [Joined(a, b, 0.9, (), ""), Joined(a, c, 0.8, (), "")]
    >>> retold(pairs, [])
    {(0, 1)}
    >>> retold(pairs, [Parallel("A", 0, 9, "", "B", 0, 9, "", "close", 90.0)])
    set()
    """
    bar = float(toml("events")["retelling"]["least"])
    listed = [j for j in pairs if j.score >= bar and j.a.witness != j.b.witness]
    best: dict[Side, float] = defaultdict(float)
    for pair in listed:
        for side in _sides(pair):
            best[side] = max(best[side], pair.score)
    shared = _Shared(parallels)
    return {
        (pair.a.number, pair.b.number)
        for pair in listed
        if all(best[side] == pair.score for side in _sides(pair)) and not shared.between(pair.a, pair.b)
    }


def _sides(pair: Joined) -> tuple[Side, Side]:
    return (pair.a.number, pair.b.witness), (pair.b.number, pair.a.witness)


class _Shared:
    """The stretches of an account that it shares with another."""

    def __init__(self, parallels: Iterable[Parallel]) -> None:
        spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for row in parallels:
            spans[row.a_witness, row.b_witness].append((row.a_start, row.a_end))
            spans[row.b_witness, row.a_witness].append((row.b_start, row.b_end))
        self._spans = {key: sorted(listed) for key, listed in spans.items()}

    def between(self, a: Passage, b: Passage) -> bool:
        """True when both sentences touch a stretch that their accounts share."""
        return self._touches(a, b.witness) and self._touches(b, a.witness)

    def _touches(self, passage: Passage, other: str) -> bool:
        listed: Sequence[tuple[int, int]] = self._spans.get((passage.witness, other), ())
        before = listed[: bisect_left(listed, (passage.end, 0))]
        return any(end > passage.start for _, end in before)
