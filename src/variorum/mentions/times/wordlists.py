"""The short lists of words that the guards and the resolver look around for, from ``data/times_context.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

__all__ = ["wordlist"]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    text = files("variorum.data").joinpath("times_context.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items() if name != "source"}


def wordlist(name: str) -> frozenset[str]:
    """The words of a list.

    >>> "since" in wordlist("before_time")
    True
    """
    return _lists()[name]
