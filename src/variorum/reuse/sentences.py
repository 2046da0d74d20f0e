"""Where sentences end, by a light rule, for texts that have not been parsed."""

from __future__ import annotations

import re

__all__ = ["light_sentences"]

ENDING = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“‘«(\[]*[^\Wa-z_])|\n[^\S\n]*\n")
TITLES = ("mr", "mrs", "ms", "dr", "st", "gen", "col", "capt", "lt", "sgt", "maj", "adm", "rev", "hon", "prof", "sen")
SHORT = frozenset((*TITLES, "rep", "gov", "jr", "sr", "vs", "no"))
LAST_WORD = re.compile(r"[^\W\d_]+$")


def light_sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences: they end at ``.``, ``?`` or ``!`` before a capital, or at a blank line.

    A title ("Gen."), an initial ("A.") and a number's point do not end one. Blank space is left out.

    >>> text = "Gen. Hale left. Did A. Teverin stay?  No"
    >>> [text[start:end] for start, end in light_sentences(text)]
    ['Gen. Hale left.', 'Did A. Teverin stay?', 'No']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for mark in ENDING.finditer(text):
        if mark.group()[0] == "." and _shortened(text, mark.start()):
            continue
        _add(text, start, mark.end(), spans)
        start = mark.end()
    _add(text, start, len(text), spans)
    return spans


def _shortened(text: str, stop: int) -> bool:
    word = LAST_WORD.search(text[max(0, stop - 12) : stop])
    return word is not None and (len(word.group()) == 1 or word.group().lower() in SHORT)


def _add(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    piece = text[start:end]
    inner = piece.strip()
    if inner:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(inner)))
