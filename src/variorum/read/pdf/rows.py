"""Words that stand on one line of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from variorum.read.pdf.words import Word

__all__ = ["Row", "rows_of"]


@dataclass(slots=True)
class Row:
    """The words on one line, from left to right."""

    words: list[Word]
    y: float
    size: float

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return max(word.x1 for word in self.words)

    @property
    def text(self) -> str:
        """Its words with spaces between."""
        return "".join(("" if word.glued or not n else " ") + word.text for n, word in enumerate(self.words))


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Rows from the top to the bottom of some words.

    >>> rows_of([Word("sank", 30, 50, 10.2, 9), Word("It", 10, 20, 10, 9), Word("All", 10, 20, 22, 9)])[0].text
    'It sank'
    """
    found: list[Row] = []
    for word in sorted(words, key=lambda word: (word.y, word.x0)):
        last = found[-1] if found else None
        if last is not None and abs(word.y - last.y) <= 0.35 * min(max(word.size, 1), max(last.size, 1)):
            last.words.append(word)
            last.size = max(last.size, word.size)
        else:
            found.append(Row([word], word.y, word.size))
    for row in found:
        row.words.sort(key=lambda word: word.x0)
        row.size = median(word.size for word in row.words)
    return found
