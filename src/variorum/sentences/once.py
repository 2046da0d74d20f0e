"""What is worked out of a sentence, or of a whole collection, is worked out once and kept with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

__all__ = ["Keeps", "folded", "once", "runs"]


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


@once
def runs(passage: Told) -> frozenset[str]:
    """The runs of letters and digits of a text in small letters, of which a pattern of whole words needs all its own.

    >>> from variorum.sentences import Passage
    >>> sorted(runs(Passage(0, "A", 0, 18, "They didn't set-to", 0)))
    ['didn', 'set', 't', 'they', 'to']
    """
    return frozenset(_RUN.findall(folded(passage.text)))
