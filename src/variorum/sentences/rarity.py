"""How rare a word or a time is in a collection: what two accounts share weighs by its rarity."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

from variorum.dates import Days
from variorum.lists import toml
from variorum.sentences.passages import Passage

__all__ = ["Collection", "Counts", "banded"]

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
    if size <= WHOLE or not numbers or max(numbers) < 1:
        return list(numbers)
    firsts = _bands(1 << max(numbers).bit_length())
    middle = [round(math.sqrt(low * (after - 1))) for low, after in pairwise(firsts)]
    return [middle[bisect_right(firsts, n) - 1] for n in numbers]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a part is told of the whole collection, in steps: ``size`` sentences, and how many have each word.

    ``dated`` is the number of times, ``meeting`` how many of them meet each interval that the part tells.
    """

    size: int
    words: Mapping[str, int]
    dated: int = 0
    meeting: Mapping[Days, int] = field(default_factory=dict)


class Collection:
    """The rarity of words and of times over all passages of a collection.

    ``idf`` is log(passages / passages with the word); ``rarity`` of an interval log(dated passages / those that meet
    it), both by counts in steps (`banded`). Both are built in linear time, but for sorting. Where the passages are a
    part only, ``known`` tells of the whole.
    """

    def __init__(self, items: Sequence[Passage], known: Counts | None = None) -> None:
        self.items = items
        frequency: Counter[str] = Counter()
        if known is None:
            for passage in items:
                frequency.update(passage.words.keys())
            steps = banded(list(frequency.values()), len(items))
            frequency = Counter(dict(zip(frequency, steps, strict=True)))
        else:
            frequency.update(known.words)
        self._whole = len(items) if known is None else known.size
        self.size = max(1, banded([len(items)], len(items))[0] if known is None else known.size)
        self.frequency = frequency
        self.idf = {w: math.log(self.size / n) for w, n in frequency.items()}
        own = [t.days for p in items for t in p.times]
        self._firsts = sorted(d.first for d in own)
        self._afters = sorted(d.after for d in own)
        self._meeting: dict[Days, int] = {} if known is None else dict(known.meeting)
        self._dated = self._step(max(1, len(own))) if known is None else known.dated

    @cached_property
    def mass(self) -> list[float]:
        """The sum of the `idf` of the words of each passage."""
        return [sum(self.idf[w] for w in p.words) for p in self.items]

    @cached_property
    def norm(self) -> list[float]:
        """The length of each passage as a vector of its words."""
        return [math.sqrt(sum((c * self.idf[w]) ** 2 for w, c in p.words.items())) for p in self.items]

    def meeting(self, when: Days) -> int:
        """How many times of the collection meet the interval."""
        if when not in self._meeting:
            later = len(self._firsts) - bisect_left(self._firsts, when.after)
            earlier = bisect_right(self._afters, when.first)
            self._meeting[when] = self._step(max(1, len(self._firsts) - later - earlier))
        return self._meeting[when]

    def _step(self, number: int) -> int:
        return banded([number], self._whole)[0]

    def rarity(self, when: Days) -> float:
        """How telling it is that two passages share this time; 0 for a time that all share."""
        return math.log(self._dated / self.meeting(when)) if self._firsts else 0.0
