"""What is worked out of a sentence, or of a whole collection, is worked out once and kept with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, Protocol, TypeVar

__all__ = ["Keeps", "Sought", "folded", "once", "runs", "runs_of", "small"]


class Keeps(Protocol):
    """Something with a place for what is worked out of it, by the names of functions."""

    kept: dict[str, Any]


class Told(Keeps, Protocol):
    """The same with a text."""

    text: str


K = TypeVar("K", bound=Keeps)
T = TypeVar("T")


def once(function: Callable[[K], T]) -> Callable[[K], T]:
    """A function of one thing that works once for each; what it gives must be changed by nobody."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def known(item: K) -> T:
        kept = item.kept
        if name not in kept:
            kept[name] = function(item)
        made: T = kept[name]
        return made

    return known


_ALIKE = str.maketrans({"ı": "i", "İ": "i", "ſ": "s"})
_RUN = re.compile(r"\w+")


def folded(text: str) -> str:
    """A text in small letters, so that what a pattern finds in any case stands in it in small letters too.

    >>> folded("PURſUED")
    'pursued'
    """
    return text.lower() if text.isascii() else text.translate(_ALIKE).lower()


def runs_of(text: str) -> frozenset[str]:
    """The runs of letters and digits of a text in small letters; a pattern of whole words needs all its own there."""
    return frozenset(_RUN.findall(folded(text)))


@once
def runs(passage: Told) -> frozenset[str]:
    """Those of a sentence (`runs_of`).

    >>> from variorum.sentences import Passage
    >>> sorted(runs(Passage(0, "A", 0, 18, "They didn't set-to", 0)))
    ['didn', 'set', 't', 'they', 'to']
    """
    return runs_of(passage.text)


@once
def small(passage: Told) -> str:
    """The text of a sentence in small letters."""
    return passage.text.lower()


class Sought:
    """A pattern that finds one of some words or phrases, whole; searched only where a word of one of them stands.

    ``told`` are these, as they are written; of each its longest run of letters is looked for first.
    """

    __slots__ = ("_keys", "pattern")

    def __init__(self, pattern: re.Pattern[str], told: Iterable[str]) -> None:
        self.pattern = pattern
        self._keys = frozenset(max(_RUN.findall(folded(words)), key=len) for words in told)

    def may(self, held: frozenset[str]) -> bool:
        """True where a text with these runs may have what is sought."""
        return not self._keys.isdisjoint(held)

    def search(self, passage: Told) -> re.Match[str] | None:
        """The first place in a sentence.

        >>> from variorum.sentences import Passage
        >>> fled = Sought(re.compile("fled|set out", re.IGNORECASE), ["fled", "set out"])
        >>> [fled.search(Passage(0, "A", 0, len(text), text, 0)) is not None for text in ("Orl FLED.", "Orl set down.")]
        [True, False]
        """
        return self.pattern.search(passage.text) if self.may(runs(passage)) else None

    def finditer(self, passage: Told) -> Iterator[re.Match[str]]:
        """All places in a sentence."""
        return self.pattern.finditer(passage.text) if self.may(runs(passage)) else iter(())
