"""Two passages word by word: what both have, what one has instead, what one leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

__all__ = ["Piece", "compared", "likeness"]

MOST_WORDS = 400
"""Longer passages are compared up to here, so that the time stays bounded; the page says where it stopped."""

_WORD = re.compile(r"\S+")
_TRIM = re.compile(r"^\W+|\W+$")


class Piece(NamedTuple):
    """Words of both passages: ``same`` when they are equal but for case and punctuation; either side may be empty."""

    same: bool
    a: str
    b: str


def compared(a: str, b: str) -> list[Piece]:
    """The two passages in step.

    >>> for piece in compared("171 were brought safely ashore", "About 170 were brought ashore."):
    ...     print(tuple(piece))
    (False, '171', 'About 170')
    (True, 'were brought', 'were brought')
    (False, 'safely', '')
    (True, 'ashore', 'ashore.')
    """
    one, two = _WORD.findall(a)[:MOST_WORDS], _WORD.findall(b)[:MOST_WORDS]
    steps = SequenceMatcher(None, _keys(one), _keys(two), autojunk=False).get_opcodes()
    return _joined(Piece(tag == "equal", " ".join(one[i:j]), " ".join(two[k:m])) for tag, i, j, k, m in steps)


def likeness(pieces: list[Piece]) -> int:
    """How many words in a hundred both passages have in common.

    >>> likeness(compared("they were brought ashore", "171 were brought ashore"))
    75
    """
    same = sum(len(p.a.split()) + len(p.b.split()) for p in pieces if p.same)
    return round(100 * same / max(sum(len(p.a.split()) + len(p.b.split()) for p in pieces), 1))


def _keys(words: list[str]) -> list[str]:
    return [_TRIM.sub("", w).lower() or w for w in words]


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].same == piece.same:
            last = found.pop()
            piece = Piece(piece.same, f"{last.a} {piece.a}".strip(), f"{last.b} {piece.b}".strip())
        found.append(piece)
    return found
