"""The short lists of words that the guards and the resolver look around for, from ``data/times_context.toml``."""

from __future__ import annotations

from variorum.lists import words

__all__ = ["wordlist"]


def wordlist(name: str) -> frozenset[str]:
    """The words of a list.

    >>> "since" in wordlist("before_time")
    True
    """
    return words("times_context", name)
