"""How rare a word or a time is in a collection: what two accounts share weighs by its rarity."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from variorum.dates import Days
from variorum.sentences.passages import Passage

__all__ = ["Collection"]


class Collection:
    """The rarity of words and of times over all passages of a collection.

    ``idf`` is log(passages / passages with the word); ``rarity`` of an interval log(dated passages / those that meet
    it). Both are built in linear time, but for sorting.
    """

    def __init__(self, items: Sequence[Passage]) -> None:
        self.items = items
        self.size = max(1, len(items))
        frequency: Counter[str] = Counter()
        for passage in items:
            frequency.update(passage.words.keys())
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
