"""Average linkage over a sparse graph of scores: single linkage would chain through sentences that tell two things."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable

__all__ = ["clusters"]


def clusters(size: int, scores: Iterable[tuple[int, int, float]], threshold: float) -> list[int]:
    """The cluster of each of ``size`` items, named by its smallest member.

    Two clusters join while the mean score over all their pairs is at least ``threshold``; a pair without a score
    counts 0. Time is O(pairs log pairs).

    >>> clusters(4, [(0, 1, 0.9), (1, 2, 0.5), (2, 3, 0.9)], 0.3)
    [0, 0, 2, 2]
    """
    total: dict[int, dict[int, float]] = defaultdict(dict)
    count = [1] * size
    alive = [True] * size
    owner = list(range(size))
    heap: list[tuple[float, int, int]] = []
    for a, b, score in scores:
        total[a][b] = total[b][a] = score
        heap.append((-score, min(a, b), max(a, b)))
    heapq.heapify(heap)
    members: dict[int, list[int]] = {i: [i] for i in range(size)}
    while heap:
        negative, a, b = heapq.heappop(heap)
        if -negative < threshold:
            break
        if not (alive[a] and alive[b]) or abs(total[a].get(b, 0.0) / (count[a] * count[b]) + negative) > 1e-9:
            continue
        if len(total[a]) < len(total[b]):
            a, b = b, a
        alive[b] = False
        members[a] += members.pop(b)
        count[a] += count[b]
        total[a].pop(b)
        for c, s in total.pop(b).items():
            if c == a:
                continue
            total[c].pop(b)
            total[a][c] = total[c][a] = total[a].get(c, 0.0) + s
        for c, s in total[a].items():
            mean = s / (count[a] * count[c])
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(a, c), max(a, c)))
    for listed in members.values():
        for item in listed:
            owner[item] = min(listed)
    return owner
