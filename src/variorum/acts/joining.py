"""Acts of one story: its doings joined by average linkage over the pairs that a common or akin predicate makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from variorum.acts.alike import compare, probability
from variorum.acts.doings import Doing, Told
from variorum.acts.predicates import akin
from variorum.linkage import clusters
from variorum.lists import toml

__all__ = ["Pair", "joined", "pairs"]

Pair = tuple[int, int, float, tuple[float, ...]]


def pairs(items: Sequence[Doing]) -> Iterator[tuple[Doing, Doing]]:
    """The doings of a story that may be of one act: of one predicate or of akin ones."""
    by_word: dict[str, list[Doing]] = defaultdict(list)
    for doing in items:
        by_word[doing.predicate].append(doing)
    most = int(toml("acts")["pairs"]["most"])
    for word in sorted(by_word):
        listed = by_word[word]
        yield from combinations(listed, 2) if len(listed) <= most else _near(listed, most)
        for other in sorted(akin(word)):
            if word < other and other in by_word and len(listed) * len(by_word[other]) <= most * most:
                yield from ((a, b) for a in listed for b in by_word[other])


def _near(listed: Sequence[Doing], most: int) -> Iterator[tuple[Doing, Doing]]:
    """Of a predicate that a story tells very often, the pairs with an argument, a place or a day in common.

    What more than ``most`` of them have in common makes no pairs, so that their number stays linear.
    """
    by_key: dict[object, list[Doing]] = defaultdict(list)
    for doing in listed:
        day = {int(doing.days.first)} if doing.days and doing.days.length <= 1 else set()
        for key in (*sorted(doing.args), *sorted(doing.places), *day):
            by_key[key].append(doing)
    found = {
        (a.number, b.number): (a, b) for few in by_key.values() if len(few) <= most for a, b in combinations(few, 2)
    }
    yield from (found[key] for key in sorted(found))


def joined(items: Sequence[Doing]) -> tuple[list[int], list[Pair]]:
    """The act of each doing, named by its first, and the pairs that joined them, by their places in ``items``."""
    told = Told(items)
    at = {doing.number: place for place, doing in enumerate(items)}
    found: list[Pair] = []
    least = float(toml("acts")["join"]["least"])
    for a, b in pairs(items):
        values = compare(told, a, b)
        score = probability(values)
        if score >= least:
            found.append((at[a.number], at[b.number], score, values))
    bar = float(toml("acts")["join"]["threshold"])
    return clusters(len(items), [pair[:3] for pair in found], bar), found
