"""The five verdicts: how the readings of one attribute stand to each other, and which of them outranks which."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from variorum.lists import toml

__all__ = ["KNOWN", "Standing", "ranked", "worst"]


class Standing(StrEnum):
    """A verdict's word, as the tables hold it, in order of rank.

    >>> [standing.value for standing in Standing]
    ['conflict', 'compatible', 'agree', 'unjudged', 'single']
    >>> Standing("agree").rank, Standing.CONFLICT.weight, Standing.CONFLICT.mark, Standing.UNJUDGED == "unjudged"
    (2, 1.0, '≠', True)
    """

    CONFLICT = "conflict"
    COMPATIBLE = "compatible"
    AGREE = "agree"
    UNJUDGED = "unjudged"
    SINGLE = "single"

    @property
    def rank(self) -> int:
        """Its place: 0 outranks all others. What is judged outranks what is not."""
        return list(Standing).index(self)

    @property
    def weight(self) -> float:
        """The share of its attribute's weight that it is given."""
        return float(self._told["weight"])

    @property
    def mark(self) -> str:
        """A sign for it where there are no pictures."""
        return str(self._told["sign"])

    @property
    def colour(self) -> str:
        """Its colour in a terminal."""
        return str(self._told["colour"])

    @property
    def words(self) -> str:
        """Its word for a reader."""
        return str(self._told["words"])

    @property
    def _told(self) -> dict[str, Any]:
        told: dict[str, Any] = toml("verdicts")[self.value]
        return told


KNOWN = frozenset(s.value for s in Standing)


def ranked(verdict: str) -> int:
    """The rank of a verdict as a table has it; a word that is none comes after all.

    >>> sorted(["single", "guess", "conflict"], key=ranked)
    ['conflict', 'single', 'guess']
    """
    return Standing(verdict).rank if verdict in KNOWN else len(KNOWN)


def worst(verdicts: Iterable[str]) -> Standing:
    """The verdict that outranks the others; ``single`` where there is none. Words that are no verdicts say nothing.

    >>> worst(["agree", "compatible"]).value, worst([]).value
    ('compatible', 'single')
    """
    return min((Standing(v) for v in verdicts if v in KNOWN), key=lambda s: s.rank, default=Standing.SINGLE)
