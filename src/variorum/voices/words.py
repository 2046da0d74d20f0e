"""The word lists and limits of the voices, from ``data/voices.toml``."""

from __future__ import annotations

from functools import cache

from variorum.language.inflection import verb_forms
from variorum.lists import toml, words

__all__ = ["forms", "limit", "listed", "share"]


def listed(key: str) -> frozenset[str]:
    """A list of words."""
    return words("voices", key)


@cache
def forms(key: str) -> frozenset[str]:
    """Every form of the verbs of a list.

    >>> "denied" in forms("denying")
    True
    """
    return frozenset(form for verb in listed(key) for form in verb_forms(verb))


@cache
def limit(name: str) -> int:
    """A limit, in the unit that its comment says."""
    return int(toml("voices")["limits"][name])


@cache
def share(name: str) -> float:
    """A share, from 0 to 1."""
    return float(toml("voices")["shares"][name])
