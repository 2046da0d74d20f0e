"""The text of a PDF file and the parts of it, from the words of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from variorum.read.pdf import hyphens
from variorum.read.pdf.columns import ordered
from variorum.read.pdf.edges import without_edges
from variorum.read.pdf.paragraphs import Paragraph, joined, paragraphs
from variorum.read.pdf.rows import rows_of
from variorum.read.pdf.words import Sheet, body_size
from variorum.spans import OffsetMap
from variorum.structure import Part

__all__ = ["Composed", "composed"]

DOUBTFUL = 60
"""Confidence, of 100, below which a word that was read from a picture is doubtful (Tesseract's own scale; it reads
clean print at 90 and more, and what falls below 60 is wrong about every second time)."""


@dataclass(slots=True)
class Composed:
    """The text of a file, its parts, and the places of its note marks by page and sign."""

    text: str = ""
    parts: list[Part] = field(default_factory=list)
    marks: dict[tuple[int, str], int] = field(default_factory=dict)
    turns: list[tuple[int, int]] = field(default_factory=list)


def composed(sheets: list[Sheet]) -> Composed:
    """The text of some pages in reading order, without what stands at their edges; notes come last."""
    rows = without_edges([rows_of(one.words) for one in sheets])
    size = body_size([word for one in sheets for word in one.words])
    whole = list(joined([paragraphs(ordered(page), number, size) for number, page in enumerate(rows)]))
    known = hyphens.vocabulary(one.text for one in whole)
    made, pieces, at, last = Composed(), list[str](), 0, ""
    for one in whole:
        map = OffsetMap(hyphens.mended(one.text, known))
        words = map.apply(one.text)
        pieces += ["" if not pieces else "\n" if one.kind == last == "row" else "\n\n", words]
        at += len(pieces[-2])
        _add(made, one, map, at)
        at += len(words)
        last = one.kind
    made.text = "".join(pieces)
    made.parts += _pages(made)
    return made


def _add(made: Composed, one: Paragraph, map: OffsetMap, at: int) -> None:
    """The parts of a paragraph that stands at a place of the text, and the places of its marks and pages."""

    def place(offset: int) -> int:
        return at + map.forward(offset, offset).start

    end = at + len(map.apply(one.text))
    for offset, sign, page in one.marks:
        made.marks.setdefault((page, sign), place(offset))
    if one.kind != "note":
        made.turns += [(at, one.begun), *((place(offset), page) for offset, page in one.turns)]
    if one.kind == "note":
        made.parts.append(Part(at, end, "note", at=made.marks.get((one.page, one.mark))))
    elif one.kind in ("heading", "item", "caption"):
        made.parts.append(Part(at, end, one.kind, one.level or (1 if one.kind == "item" else None)))
    for number, (a, b) in enumerate(one.cells, 1):
        if b > a:
            made.parts.append(Part(place(a), place(b), "cell", number, end if number == 1 else None))
    for a, b, sure in one.sure:
        span = map.forward(a, b).shifted(at)
        made.parts.append(Part(span.start, span.end, "word", sure))
        if sure < DOUBTFUL:
            made.parts.append(Part(span.start, span.end, "doubtful", sure))


def _pages(made: Composed) -> Iterator[Part]:
    """Where each page begins and how far it goes, in a file of several."""
    starts: dict[int, int] = {}
    for at, page in made.turns:
        starts.setdefault(page, at)
    listed = sorted((at, page) for page, at in starts.items())
    if len(listed) > 1:
        for (at, page), (until, _) in pairwise([*listed, (len(made.text), 0)]):
            yield Part(at, at, "page", page + 1, until)
