"""The pairs of sentences of two accounts that may tell one matter: tied to each other, or of a rare word in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.kindred import kindred, quiet
from variorum.sentences import Passage, once

__all__ = ["near_or_kindred", "near_pairs", "telling"]

_SET = toml("readings")["opposites"]
LINKED: float = _SET["linked"]
GROUP: int = _SET["group"]
T = TypeVar("T")
Pair = tuple[Passage, Passage]


@once
def near_pairs(collation: Collation) -> list[Pair]:
    """Pairs of sentences of two witnesses that tell one happening, by a link, an act or an event, in a fixed order."""
    found: dict[tuple[int, int], Pair] = {(a.number, b.number): (a, b) for a, b, _ in collation.across(LINKED)}
    for group in (*_sorted(collation.acted), *_sorted(collation.told)):
        for i, a in enumerate(group):
            for b in group[i + 1 :]:
                if a.witness != b.witness:
                    found.setdefault((a.number, b.number), (a, b))
    return list(found.values())


def _sorted(groups: Mapping[str, Sequence[Passage]]) -> Iterator[list[Passage]]:
    return (sorted(groups[name], key=lambda p: p.number)[:GROUP] for name in sorted(groups))


@once
def near_or_kindred(collation: Collation) -> list[Pair]:
    """The near pairs, then those that share a rare word within a short story; each once, the first sentence first."""
    return list({(a.number, b.number): (a, b) for a, b in chain(near_pairs(collation), kindred(collation))}.values())


def telling(
    collation: Collation, told: Mapping[int, Sequence[T]], days: float
) -> Iterator[tuple[Passage, Sequence[T], Passage, Sequence[T]]]:
    """The pairs of which both sentences tell something of a kind, with that; ``told`` has it by number.

    Not where their times lie more than ``days`` apart.
    """
    for a, b in near_or_kindred(collation):
        one, other = told[a.number], told[b.number]
        if one and other and not quiet(a, b, days):
            yield a, one, b, other
