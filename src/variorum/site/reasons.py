"""Reasons as pages and app print them: the sigla of accounts stand for their ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

__all__ = ["in_sigla", "parted"]

QUOTED = re.compile(r'("[^"]{0,400}"|“[^”]{0,400}”)')
"""Words in quotation marks, which belong to an account."""


@lru_cache(maxsize=4096)
def _ids_of(known: tuple[str, ...]) -> re.Pattern[str]:
    """What finds the ids of some accounts where they stand alone."""
    return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, known)) + r")(?![\w-])")


def parted(text: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pieces of a reason, each with its kind: the ``id`` of an account, ``quoted`` words, or ``plain``.

    >>> list(parted("gull has “gull said nine”", ["gull"]))
    [('plain', ''), ('id', 'gull'), ('plain', ' has '), ('quoted', '“gull said nine”'), ('plain', '')]
    """
    known = tuple(sorted(ids, key=len, reverse=True))
    for n, part in enumerate(QUOTED.split(text)):
        if n % 2 or not known:
            yield "quoted" if n % 2 else "plain", part
        else:
            yield from (("id" if k % 2 else "plain", piece) for k, piece in enumerate(_ids_of(known).split(part)))


def in_sigla(text: str, sigla: Mapping[str, str]) -> str:
    """A reason with the sigla of accounts for their ids; words in quotation marks are left alone.

    >>> in_sigla("gull has “gull said nine”, asker-gull has “ten”", {"gull": "B", "asker-gull": "A"})
    'B has “gull said nine”, A has “ten”'
    """
    return "".join(sigla[piece] if kind == "id" else piece for kind, piece in parted(text, sigla))
