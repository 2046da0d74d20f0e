"""A dossier as a document: headings, paragraphs, tables, pictures and notes, whatever it is printed as."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from variorum.citing import clean

__all__ = [
    "MOST_ROWS",
    "Bar",
    "Block",
    "Contents",
    "Document",
    "Figure",
    "Heading",
    "Paragraph",
    "Run",
    "Table",
    "is_rtl",
    "left_out",
    "notes_of",
    "runs",
]

MOST_ROWS = 400
"""Rows of a table that are printed at most; that more are left out is said."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look: plain, ``strong``, ``em`` or ``note`` (small); ``foot`` is the footnote after them."""

    text: str
    look: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; ``anchor`` is where the list of parts leads."""

    text: str
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of the parts, each by its anchor and its words."""

    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``look`` is body, quote, note, title or subtitle. ``keep`` holds it together with what follows."""

    runs: tuple[Run, ...]
    look: str = "body"
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; ``widths`` are the shares of its columns in hundredths."""

    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A reading on an axis: who says it, from where to where; None is an open end."""

    label: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """Readings as intervals on one axis, with words for those who cannot see it."""

    bars: tuple[Bar, ...]
    caption: str


Block = Heading | Paragraph | Table | Figure | Contents


@dataclass(slots=True)
class Document:
    """A dossier: its title and its blocks in order."""

    title: str
    blocks: list[Block] = field(default_factory=list)

    def add(self, *blocks: Block) -> None:
        """Blocks at the end."""
        self.blocks += blocks


def runs(*parts: str | Run) -> tuple[Run, ...]:
    """Words and runs as runs, on one line and without signs that no file can hold.

    >>> runs("a\\n", Run("b", "strong"))
    (Run(text='a ', look='', foot=''), Run(text='b', look='strong', foot=''))
    """
    made = []
    for part in parts:
        run = part if isinstance(part, Run) else Run(part)
        made.append(Run(_flat(run.text), run.look, clean(run.foot)))
    return tuple(made)


def _flat(text: str) -> str:
    """As `clean`, with one space kept at either end where there was one."""
    said = clean(text)
    if not said:
        return " " if text else ""
    return (" " if text[:1].isspace() else "") + said + (" " if text[-1:].isspace() else "")


def left_out(count: int, most: int, noun: str) -> Iterator[Paragraph]:
    """The note that more than ``most`` are not printed, where they are more.

    >>> [p.runs[0].text for p in left_out(402, 400, "row")]
    ['2 more rows stand in the edition and are left out here.']
    """
    if count > most:
        rest = count - most
        held = f"{noun} stands in the edition and is" if rest == 1 else f"{noun}s stand in the edition and are"
        yield Paragraph(runs(f"{rest:,} more {held} left out here."), "note")


def notes_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The footnotes of blocks in their order."""
    for block in blocks:
        for run in _runs_of(block):
            if run.foot:
                yield run.foot


def _runs_of(block: Block) -> Iterator[Run]:
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell


def is_rtl(text: str) -> bool:
    """True where the first letter with a direction runs from right to left.

    >>> is_rtl("12 חיפה"), is_rtl("Haifa")
    (True, False)
    """
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False
