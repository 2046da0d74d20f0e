"""The words between expressions, and before them, that bear on how they are read, in the language of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from variorum.lists import toml

__all__ = ["ENGLISH", "Cues"]

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Cues:
    """Each is an expression on the plain form of a text; one that a language does not give never matches.

    ``connected`` stands between two dates of which the first may lack its year, ``paired`` between the ends of a pair,
    ``ranged`` between the ends of a range; ``to`` and ``listing`` are found in what stands between, of a range and of a
    list. ``between`` stands before such a pair, ``apposed`` before a date that says which day was meant. ``back`` looks
    back to another time, ``yearly`` is every year, ``had`` a past before the past, ``born`` a birth, ``plan`` what is
    only planned; ``future`` are words of what will be.
    """

    connected: re.Pattern[str] = _NEVER
    paired: re.Pattern[str] = _NEVER
    ranged: re.Pattern[str] = _NEVER
    to: re.Pattern[str] = _NEVER
    listing: re.Pattern[str] = _NEVER
    between: re.Pattern[str] = _NEVER
    apposed: re.Pattern[str] = _NEVER
    back: re.Pattern[str] = _NEVER
    yearly: re.Pattern[str] = _NEVER
    had: re.Pattern[str] = _NEVER
    born: re.Pattern[str] = _NEVER
    plan: re.Pattern[str] = _NEVER
    ahead: re.Pattern[str] = _NEVER
    since: re.Pattern[str] = _NEVER
    future: frozenset[str] = frozenset()

    @classmethod
    def told(cls, written: Mapping[str, str], future: frozenset[str] = frozenset()) -> Cues:
        """The cues of a table of expressions by name."""
        return cls(**{name: re.compile(one) for name, one in written.items()}, future=future)


ENGLISH = Cues.told(toml("times_context")["cues"])
"""Those of English; its words of the future stand in its own lists."""
