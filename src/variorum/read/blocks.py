"""A text put together of paragraphs, headings, items and rows, with a part for each that is more than a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.structure import Part

__all__ = ["Blocks", "squeezed"]

BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def squeezed(text: str) -> str:
    """A text with each run of blanks and line ends as one space.

    >>> squeezed(" The ferry\\n   sank. ")
    'The ferry sank.'
    """
    return BLANKS.sub(" ", text).strip(" ")


class Blocks:
    """Blocks of a text in their order, an empty line between them.

    >>> blocks = Blocks()
    >>> blocks.add("Loss", "heading", 1)
    >>> blocks.row(["Killed", "31"])
    >>> blocks.text, [part.kind for part in blocks.parts]
    ('Loss\\n\\nKilled\\t31', ['heading', 'cell', 'cell'])
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._last = ""
        self.parts: list[Part] = []

    @property
    def text(self) -> str:
        """What was put together so far."""
        return "".join(self._pieces)

    @property
    def size(self) -> int:
        """Characters of the text so far."""
        return self._size

    def _put(self, text: str, kind: str) -> int:
        """Adds a block after the blank that is due, and gives its start."""
        close = self._last == kind and kind in ("item", "row", "verse")
        if self._pieces:
            joint = "\n" if close else "\n\n"
            self._pieces.append(joint)
            self._size += len(joint)
        start = self._size
        self._pieces.append(text)
        self._size += len(text)
        self._last = kind
        return start

    def add(self, text: str, kind: str = "", level: int | None = None, at: int | None = None) -> None:
        """A block of a kind of `variorum.structure.KINDS`, or a plain paragraph; an empty one is left out."""
        text = text.strip()
        if text:
            start = self._put(text, kind)
            if kind and kind != "verse":
                self.parts.append(Part(start, self._size, kind, level, None, at))

    def row(self, cells: Sequence[str]) -> None:
        """A row of a table: its cells parted by tabs; the first one governs the row."""
        cells = [squeezed(cell) for cell in cells]
        if not any(cells):
            return
        at = self._put("\t".join(cells), "row")
        for column, cell in enumerate(cells, start=1):
            if cell:
                self.parts.append(Part(at, at + len(cell), "cell", column, self._size if column == 1 else None))
            at += len(cell) + 1

    def text_of(self, text: str, parts: Sequence[Part]) -> None:
        """Another text with its own parts, which are moved to where it now stands."""
        if not text.strip():
            return
        start = self._put(text, "")
        for part in parts:
            moved = {
                name: value + start
                for name in ("start", "end", "until", "at")
                if (value := getattr(part, name)) is not None
            }
            self.parts.append(part._replace(**moved))
