"""How rare a word or a time is in a collection: what two accounts share weighs by its rarity."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from variorum.dates import Days
from variorum.lists import toml
from variorum.sentences.passages import Passage

__all__ = ["Collection", "banded"]

WHOLE: int = toml("limits")["parts"]["whole"]
STEP: float = toml("limits")["parts"]["step"]


@cache
def _bands(most: int) -> list[int]:
    """The first numbers of the bands up to ``most`` and one beyond."""
    found = [1]
    while found[-1] <= most:
        found.append(max(found[-1] + 1, math.ceil(found[-1] * STEP)))
    return found


def banded(numbers: Sequence[int], size: int) -> list[int]:
    """Counts among ``size`` sentences as parts of a collection are told them: in steps, each by the middle of its band.

    One account more changes counts by a hair, and the steps by which a part knows them hardly ever. In collections that
    are not cut into parts, of `WHOLE` sentences or less, they are told as they are.

    >>> banded([1, 2, 3, 100], 500)
    [1, 2, 3, 100]
    >>> banded([1, 2, 3, 100, 101], 50_000) == banded([1, 2, 3, 101, 100], 50_000)
    True
    """
    if size <= WHOLE or not numbers:
        return list(numbers)
    firsts = _bands(1 << max(numbers).bit_length())
    middle = [round(math.sqrt(low * (after - 1))) for low, after in pairwise(firsts)]
    return [middle[bisect_right(firsts, n) - 1] for n in numbers]


class Collection:
    """The rarity of words and of times over all passages of a collection.

    ``idf`` is log(passages / passages with the word); ``rarity`` of an interval log(dated passages / those that meet
    it). Both are built in linear time, but for sorting. Where the passages are a part only, ``known`` gives the number
    of passages of the whole, and of those that have each word.
    """

    def __init__(self, items: Sequence[Passage], known: tuple[int, Mapping[str, int]] | None = None) -> None:
        self.items = items
        frequency: Counter[str] = Counter()
        if known is None:
            for passage in items:
                frequency.update(passage.words.keys())
        else:
            frequency.update(known[1])
        self.size = max(1, len(items) if known is None else known[0])
        self.frequency = frequency
        self.idf = {w: math.log(self.size / n) for w, n in frequency.items()}
        own = [t.days for p in items for t in p.times]
        self._firsts = sorted(d.first for d in own)
        self._afters = sorted(d.after for d in own)
        self.mass = [sum(self.idf[w] for w in p.words) for p in items]
        self.norm = [math.sqrt(sum((c * self.idf[w]) ** 2 for w, c in p.words.items())) for p in items]

    def meeting(self, when: Days) -> int:
        """How many times of the collection meet the interval."""
        later = len(self._firsts) - bisect_left(self._firsts, when.after)
        earlier = bisect_right(self._afters, when.first)
        return max(1, len(self._firsts) - later - earlier)

    def rarity(self, when: Days) -> float:
        """How telling it is that two passages share this time; 0 for a time that all share."""
        return math.log(max(1, len(self._firsts)) / self.meeting(when)) if self._firsts else 0.0
