"""What people decided of joining, put over the clusters: sentences that must be one event, and those that must not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from variorum.groups import Groups
from variorum.records import Binding
from variorum.sentences import Passage

__all__ = ["bound"]

Score = tuple[int, int, float]


def bound(
    owner: Sequence[int], items: Sequence[Passage], bindings: Iterable[Binding], scores: Iterable[Score]
) -> list[int]:
    """The clusters with what must be one put together, and what must not be one parted.

    Where a cluster is parted, every sentence goes with the side to which it is linked more.

    >>> items = [Passage(n, "A", 10 * n, 10 * n + 9, "", 0) for n in range(4)]
    >>> def said(kind: str, a: int, b: int) -> Binding:
    ...     return Binding(kind, "A", 10 * a, 10 * a + 9, "A", 10 * b, 10 * b + 9, None, "d", "Anna")
    >>> bound([0, 1, 2, 2], items, [said("must", 0, 1)], [])
    [0, 0, 2, 2]
    >>> bound([0, 0, 0, 0], items, [said("must not", 0, 3)], [(1, 3, 0.9), (0, 2, 0.8)])
    [0, 1, 0, 1]
    """
    pairs: dict[str, list[tuple[int, int]]] = {"must": [], "must not": []}
    for one in bindings:
        if one.kind in pairs:
            a = _at(items, one.a_witness, one.a_start, one.a_end)
            b = _at(items, one.b_witness, one.b_start, one.b_end)
            if a is not None and b is not None and a != b:
                pairs[one.kind].append((a, b))
    if not any(pairs.values()):
        return list(owner)
    made = list(owner)
    held = Groups(pairs["must"])
    for a, b in pairs["must"]:
        old, new = made[b], made[a]
        made = [new if name == old else name for name in made]
    linked = _linked(scores)
    for a, b in pairs["must not"]:
        if made[a] == made[b] and held.find(a) != held.find(b):
            made = _parted(made, (a, b), held, linked)
    first: dict[int, int] = {}
    return [first.setdefault(name, n) for n, name in enumerate(made)]


def _linked(scores: Iterable[Score]) -> dict[int, dict[int, float]]:
    made: dict[int, dict[int, float]] = defaultdict(dict)
    for a, b, score in scores:
        made[a][b] = made[b][a] = score
    return made


def _parted(
    owner: list[int], sides: tuple[int, int], held: Groups[int], linked: dict[int, dict[int, float]]
) -> list[int]:
    """The cluster of two sentences in two; what must be one goes together, with the side of more links."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, name in enumerate(owner):
        if name == owner[sides[0]]:
            groups[held.find(number)].append(number)
    first, second = (set(groups.pop(held.find(side))) for side in sides)
    while groups:
        weights = {
            root: [sum(linked[n].get(m, 0.0) for n in group for m in side) for side in (first, second)]
            for root, group in groups.items()
        }
        root = max(weights, key=lambda r: (max(weights[r]), -r))
        (second if weights[root][1] > weights[root][0] else first).update(groups.pop(root))
    new = max(owner) + 1
    return [new if number in second else name for number, name in enumerate(owner)]


def _at(items: Sequence[Passage], witness: str, start: int, end: int) -> int | None:
    """The sentence that shares most with some words."""
    best = (0, None)
    for passage in items:
        if passage.witness == witness and passage.start < end and start < passage.end:
            common = min(passage.end, end) - max(passage.start, start)
            if common > best[0]:
                best = (common, passage.number)  # type: ignore[assignment]
    return best[1]
