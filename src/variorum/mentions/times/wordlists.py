"""The short lists of words that the guards and the resolver look around for, from ``data/times_context.toml``."""

from __future__ import annotations

import re

from variorum.lists import words

__all__ = ["any_of", "wordlist"]


def wordlist(name: str) -> frozenset[str]:
    """The words of a list.

    >>> "since" in wordlist("before_time")
    True
    """
    return words("times_context", name)


def any_of(name: str) -> str:
    """The words of a list as branches of a regular expression, the longest first.

    >>> any_of("edges_of_day").split("|")[:2]
    ['nightfall', 'daybreak']
    """
    return "|".join(map(re.escape, sorted(wordlist(name), key=lambda word: (-len(word), word))))
