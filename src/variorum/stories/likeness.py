"""What speaks for and against two stretches telling one story: features, each weighed by a table of learned weights.

How rare a word is among accounts is counted in the collection and, as two accounts alone would show nothing, in a table
of general English news beside it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from operator import mul

from variorum.lists import rows, toml
from variorum.records import Parallel
from variorum.stories.stretches import Stretch

__all__ = ["FEATURES", "Likeness"]

LOOKS_BACK: float = toml("stories")["pairs"]["looks_back"]
FEATURES = ("words", "names", "lead", "rare names", "day", "days apart", "published apart", "figures", "places",
            "other places", "copied")  # fmt: skip


@cache
def _general() -> tuple[int, dict[str, int]]:
    """How many articles were counted for the table of general news, and in how many of them each word stands."""
    counts = {row["word"]: int(row["articles"]) for row in rows("news_words")}
    return counts.pop("", 0), counts


class Likeness:
    """The likeness of the stretches of a collection."""

    def __init__(self, items: Sequence[Stretch], parallels: Iterable[Parallel] = ()) -> None:
        self.size = len(items)
        articles, general = _general()
        frequency: Counter[str] = Counter()
        for item in items:
            frequency.update(item.words.keys())
        self.frequency = frequency
        size = len(items) + articles
        self.idf = {w: math.log(size / (n + general.get(w, 0))) for w, n in frequency.items()}
        told: Counter[int] = Counter()
        for item in items:
            told.update(item.days.keys())
        self.told = told
        self.vectors = [_unit({w: (1 + math.log(n)) * self.idf[w] for w, n in i.words.items()}) for i in items]
        self.leads = [_unit({w: self.idf[w] for w in item.lead}) for item in items]
        self.names = [_unit({w: self.idf[w] for w in item.names}) for item in items]
        self.main = [_main(i) for i in items]
        self.copied = _copied(parallels)
        join = toml("stories")["join"]
        self.few = self.size <= join["stretches"]
        self.weights = [float(toml("stories")["weights"][name]) for name in FEATURES]
        smaller = math.log(max(1.0, float(join["stretches"]) / max(1, self.size)))
        self.intercept = float(join["intercept"]) + float(join["smaller"]) * smaller

    def features(self, a: Stretch, b: Stretch) -> tuple[float, ...]:
        """The features of two stretches, in the order of `FEATURES`."""
        rare = sorted([self.idf[w] for w in a.names & b.names], reverse=True)[:3]
        places = a.places & b.places
        days = a.days.keys() & b.days.keys()
        day = max([math.log(1 + self.size / self.told[d]) for d in days], default=0.0)
        share = self.copied.get((a.witness, b.witness), 0) / max(1, min(a.end - a.start, b.end - b.start))
        return (
            _dot(self.vectors[a.number], self.vectors[b.number]),
            _dot(self.names[a.number], self.names[b.number]),
            _dot(self.leads[a.number], self.leads[b.number]),
            math.fsum(rare) / 10,
            day,
            0.0 if days else _apart(self.main[a.number], self.main[b.number]),
            _published(a, b, self.few),
            float(len(a.figures & b.figures) > 0),
            float(bool(places)),
            float(bool(a.places and b.places) and not places),
            min(1.0, share),
        )

    def score(self, a: Stretch, b: Stretch) -> float:
        """The probability that two stretches tell one story."""
        logit = self.intercept + math.fsum(map(mul, self.weights, self.features(a, b)))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


def _unit(vector: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(math.fsum(v * v for v in vector.values()))
    return {w: v / norm for w, v in vector.items()} if norm else {}


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    shared = a.keys() & b.keys()
    return math.fsum([a[w] * b[w] for w in shared]) if shared else 0.0


def _main(item: Stretch) -> int | None:
    """The day that it tells most often, of equals the last."""
    return max(item.days, key=lambda d: (item.days[d], d)) if item.days else None


def _apart(a: int | None, b: int | None) -> float:
    return min(1.0, abs(a - b) / 30) if a is not None and b is not None else 0.0


def _published(a: Stretch, b: Stretch, few: bool) -> float:
    """How far apart they were published, 0 to 1 (a month or more); an encyclopaedia's day says nothing.

    In a collection of ``few`` nor does that of an inquiry, a trial or a memoir, which tell of what lies long before
    them, nor where the day that the one tells first is one that the other tells too. In news of hundreds of incidents
    it does: there, without it, more articles of two are joined.
    """
    if a.published is None or b.published is None:
        return 0.0
    if few and (_looks_back(a) or _looks_back(b) or _first(a) in b.days or _first(b) in a.days):
        return 0.0
    return min(1.0, math.log1p(a.published.gap(b.published)) / math.log(31))


def _first(item: Stretch) -> int | None:
    """The day that it tells first; days are counted in the order of its sentences."""
    return next(iter(item.days), None)


def _looks_back(item: Stretch) -> bool:
    """Whether the day that it tells most often lies long before it was published."""
    day = _main(item)
    return day is not None and item.published is not None and item.published.first - day > LOOKS_BACK


def _copied(parallels: Iterable[Parallel]) -> dict[tuple[str, str], int]:
    """How many characters two witnesses have in common."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in parallels:
        if row.kind != "rendition":
            found[row.a_witness, row.b_witness] += row.a_end - row.a_start
            found[row.b_witness, row.a_witness] += row.b_end - row.b_start
    return found
