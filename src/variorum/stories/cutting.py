"""Where a long account goes over from one happening to another: at headings and date lines, and where the words change.

The words of the sentences before and after each paragraph's beginning are compared (TextTiling: Hearst, Computational
Linguistics 23, 1997). It is cut where they are less alike than on both sides of it by more than is usual in the
account, and where a heading stands the change may be smaller. An account below twice the least length stays whole.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import fmean, pstdev

from variorum.lists import toml
from variorum.sentences import Passage

__all__ = ["cut"]


def cut(listed: Sequence[Passage], heads: Collection[int] = ()) -> list[Sequence[Passage]]:
    """The parts of an account, in order; ``heads`` are the offsets at which headings and date lines begin.

    Linear in the sentences.

    >>> def told(n: int, word: str) -> Passage:
    ...     return Passage(n, "A", 10 * n, 10 * n + 9, "", n, Counter([word, f"{word}{n % 3}"]))
    >>> digest = [told(n, "ferry" if n < 60 else "quake") for n in range(120)]
    >>> [len(part) for part in cut(digest)], len(cut(digest[:60]))
    ([60, 60], 1)
    """
    table = toml("stories")["cutting"]
    least = int(table["least"])
    if len(listed) < 2 * least:
        return [listed]
    at = [n for n in range(least, len(listed) - least + 1) if listed[n].paragraph != listed[n - 1].paragraph]
    depths = _depths(listed, at, int(table["window"]))
    if not depths:
        return [listed]
    bar = max(float(table["depth"]), fmean(depths) + float(table["deviations"]) * pstdev(depths))
    headed = _headed(listed, at, heads)
    found: list[int] = []
    ranked = sorted(zip(depths, at, headed, strict=True), key=lambda one: (-one[0] - one[2] * bar, one[1]))
    for depth, n, head in ranked:
        enough = depth >= (float(table["headed"]) * bar if head else bar)
        if enough and all(abs(n - other) >= least for other in found):
            found.append(n)
    return [listed[a:b] for a, b in pairwise([0, *sorted(found), len(listed)])]


def _headed(listed: Sequence[Passage], at: Sequence[int], heads: Collection[int]) -> list[bool]:
    """Whether a heading or date line stands between a sentence and the one before, or begins with it."""
    starts = sorted(heads)
    found, i = [], 0
    for n in at:
        while i < len(starts) and starts[i] < listed[n - 1].end:
            i += 1
        found.append(i < len(starts) and starts[i] <= listed[n].start)
    return found


def _depths(listed: Sequence[Passage], at: Sequence[int], window: int) -> list[float]:
    """How much less alike the words around each place are than around the likest places on both sides."""
    alike, reach = _alike(listed, at, window), int(toml("stories")["cutting"]["reach"])
    found = []
    for i, low in enumerate(alike):
        left = right = low
        for value in reversed(alike[max(0, i - reach) : i]):
            if value < left:
                break
            left = value
        for value in alike[i + 1 : i + 1 + reach]:
            if value < right:
                break
            right = value
        found.append(left + right - 2 * low)
    return found


def _alike(listed: Sequence[Passage], at: Sequence[int], window: int) -> list[float]:
    """The cosine of the words of so many sentences before and after each place."""
    wanted = set(at)
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for passage in listed[:window]:
        after.update(passage.words)
    found = []
    for n in range(1, len(listed)):
        before.update(listed[n - 1].words)
        after.subtract(listed[n - 1].words)
        if n - 1 - window >= 0:
            before.subtract(listed[n - 1 - window].words)
        if n - 1 + window < len(listed):
            after.update(listed[n - 1 + window].words)
        if n in wanted:
            before, after = +before, +after
            found.append(_cosine(before, after))
    return found


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    norm = math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return sum(n * b[word] for word, n in a.items() if word in b) / norm if norm else 0.0
