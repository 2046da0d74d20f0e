"""Doings: the claims of a story as acts compare them, with who, to whom, where and when as words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from variorum.acts.predicates import predicate
from variorum.dates import Days, interval
from variorum.records import Claim
from variorum.sentences import Passage, content

__all__ = ["Doing", "Told", "doings"]


@dataclass(frozen=True, slots=True)
class Doing:
    """A claim with its predicate, and the stems of who does it and to whom; ``lead`` is its sentence's place."""

    number: int
    claim: Claim
    passage: Passage
    predicate: str
    agent: frozenset[str]
    patient: frozenset[str]
    days: Days | None
    places: frozenset[str]
    lead: int

    @property
    def args(self) -> frozenset[str]:
        """The words of both arguments."""
        return self.agent | self.patient


class Told:
    """What one story tells: its doings, and how rare words and predicates are in it."""

    def __init__(self, items: Sequence[Doing]) -> None:
        self.items = items
        sentences = {d.passage.number: d.passage for d in items}
        self.accounts = len({d.claim.witness for d in items})
        frequency: Counter[str] = Counter()
        for passage in sentences.values():
            frequency.update(passage.words.keys())
        self.idf = {w: math.log(1 + len(sentences) / n) for w, n in frequency.items()}
        self.norm = {n: math.sqrt(math.fsum(self.idf[w] ** 2 for w in p.words)) for n, p in sentences.items()}
        tellers: dict[str, set[str]] = defaultdict(set)
        self.count: Counter[str] = Counter()
        for doing in items:
            tellers[doing.predicate].add(doing.claim.witness)
            self.count[doing.predicate] += 1
        self.tellers = {word: len(found) for word, found in tellers.items()}
        self.often = {word: math.log(self.count[word] / found) for word, found in self.tellers.items()}
        self._weights: dict[frozenset[str], float] = {}
        self._cosines: dict[tuple[int, int], float] = {}

    def weight(self, words: frozenset[str]) -> float:
        """The rarity of some words together; those that stand in no sentence count as one that stands in all."""
        if words not in self._weights:
            self._weights[words] = math.fsum([self.idf.get(word, 1.0) for word in words])
        return self._weights[words]

    def cosine(self, a: Passage, b: Passage) -> float:
        """How alike the words of two sentences are, by their rarity in the story."""
        key = (a.number, b.number)
        if key not in self._cosines:
            norm = self.norm[a.number] * self.norm[b.number]
            self._cosines[key] = (
                math.fsum([self.idf[w] ** 2 for w in a.words.keys() & b.words.keys()]) / norm if norm else 0.0
            )
        return self._cosines[key]


def doings(listed: Iterable[Passage]) -> list[Doing]:
    """The doings of some passages, in their order."""
    found: list[Doing] = []
    lead: Counter[str] = Counter()
    for passage in listed:
        for claim in passage.claims:
            found.append(_doing(len(found), claim, passage, lead[passage.witness]))
        lead[passage.witness] += 1
    return found


@lru_cache(maxsize=65536)
def _stems(words: str | None) -> frozenset[str]:
    return frozenset(content(words or ""))


def _doing(number: int, claim: Claim, passage: Passage, lead: int) -> Doing:
    place = frozenset((claim.place or "").split("; ")) - {""}
    return Doing(
        number, claim, passage, predicate(claim.trigger), _stems(claim.agent), _stems(claim.patient),
        interval(claim.date), place, lead,
    )  # fmt: skip
