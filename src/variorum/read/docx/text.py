"""The text under way, block by block, with the parts of it and the places of note marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.structure import Part

__all__ = ["Line", "Text"]


@dataclass(slots=True)
class Line:
    """A block under way: its words, the note marks and struck words in it, each with its place."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    marks: list[tuple[int, str]] = field(default_factory=list)
    struck: list[tuple[int, str]] = field(default_factory=list)
    tail: str = ""
    striking: bool = False

    def put(self, words: str) -> None:
        """Adds words."""
        self.pieces.append(words)
        self.size += len(words)
        self.tail = (self.tail + words)[-40:]
        self.striking = False

    def strike(self, words: str) -> None:
        """Keeps words that are struck out; those of one stretch together."""
        if self.striking:
            at, before = self.struck.pop()
            self.struck.append((at, before + words))
        else:
            self.struck.append((self.size, words))
        self.striking = True

    @property
    def words(self) -> str:
        """The words so far."""
        return "".join(self.pieces)


class Text:
    """The text of a document: blocks parted by blank lines, rows of a table by line ends."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.parts: list[Part] = []
        self.marks: dict[str, int] = {}
        self.struck: list[tuple[int, str]] = []
        self.last = ""

    def add(self, line: Line, kind: str = "p", level: int | None = None) -> tuple[int, int] | None:
        """Adds a block of a kind; gives its place, or None where it has no words."""
        words = line.words
        lead = len(words) - len(words.lstrip())
        words = words.strip()
        if not words:
            here = self.size
            self.struck += [(here, one.strip()) for _, one in line.struck if one.strip()]
            for _, note in line.marks:
                self.marks.setdefault(note, here)
            return None
        gap = "" if not self.pieces else "\n" if self.last == kind == "row" else "\n\n"
        start = self.size + len(gap)
        self.pieces += [gap, words]
        self.size = start + len(words)
        self.last = kind
        for at, note in line.marks:
            self.marks.setdefault(note, start + max(0, min(at - lead, len(words))))
        for at, one in line.struck:
            if one.strip():
                self.struck.append((start + max(0, min(at - lead, len(words))), one.strip()))
        if kind not in ("p", "row"):
            self.parts.append(Part(start, self.size, kind, level))
        return start, self.size

    def cells(self, place: tuple[int, int] | None) -> None:
        """Marks the cells of the row that was added last; the first one governs it."""
        if place is None:
            return
        start, end = place
        number = 1
        for cell in self.pieces[-1].split("\t"):
            if cell.strip():
                lead = len(cell) - len(cell.lstrip())
                until = end if number == 1 else None
                self.parts.append(Part(start + lead, start + lead + len(cell.strip()), "cell", number, until))
            start += len(cell) + 1
            number += 1

    def finish(self) -> None:
        """Puts words that were struck out at the end, each with the place where it stood."""
        struck, self.struck = self.struck, []
        for at, words in struck if self.pieces else ():
            start = self.size + 2
            self.pieces += ["\n\n", words]
            self.size = start + len(words)
            self.parts.append(Part(start, self.size, "withdrawn", at=at))

    @property
    def whole(self) -> str:
        """All of it."""
        return "".join(self.pieces)
