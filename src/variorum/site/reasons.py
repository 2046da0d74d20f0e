"""Reasons as pages and app print them: the sigla of accounts stand for their ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

__all__ = ["QUOTED", "ids_of", "in_sigla"]

QUOTED = re.compile(r'("[^"]{0,400}"|“[^”]{0,400}”)')
"""Words in quotation marks, which belong to an account."""


@lru_cache(maxsize=4096)
def ids_of(known: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the ids of some accounts where they stand alone."""
    return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, known)) + r")(?![\w-])")


def in_sigla(text: str, sigla: Mapping[str, str]) -> str:
    """A reason with the sigla of accounts for their ids; words in quotation marks are left alone.

    >>> in_sigla("gull has “gull said nine”, asker-gull has “ten”", {"gull": "B", "asker-gull": "A"})
    'B has “gull said nine”, A has “ten”'
    """
    if not sigla:
        return text
    ids = ids_of(tuple(sorted(sigla, key=len, reverse=True)))
    pieces = QUOTED.split(text)
    return "".join(p if n % 2 else ids.sub(lambda found: sigla[found[0]], p) for n, p in enumerate(pieces))
