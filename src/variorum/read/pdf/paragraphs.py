"""Lines become paragraphs, headings, items, captions, notes and rows of tables, over columns and pages."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from variorum.read.pdf.columns import Line
from variorum.read.pdf.words import Word
from variorum.read.superscripts import is_mark, power

__all__ = ["Paragraph", "joined", "paragraphs"]

LONGEST = 100_000
"""Characters of a paragraph to which nothing more is joined over a page."""
CLOSING = '.!?:;"”’»)]…'
BULLET = re.compile(r"[•●▪■◦○‣⁃·*]|[-–—]")
NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
NOTE = re.compile(r"\[?(\d{1,3}|[*†‡§¶]{1,2}|[a-z])[.)\]]?")
CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|photo(?:graph)?|plate|illustration|map|chart|graph)\s{0,2}[\dIVXA-Z]{0,4}\s{0,2}[.:–—-]\s",
    re.IGNORECASE,
)
TABLE = re.compile(r"table\s{0,2}[\dIVX]{1,5}(?:\.\d{1,2})?\s{0,2}[.:–—-]?\s", re.IGNORECASE)


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its words as pieces of text, its kind (p, heading, item, caption, note, row) and the page.

    ``marks`` are the places of note marks in it with their signs and pages, ``sure`` the words that were read from a
    picture, each with its place and confidence, ``cells`` the places of a row's cells, ``turns`` where a page begins in
    it. ``open`` says that its last line breaks off, and ``part`` that it ends with a hyphen that parts a word.
    """

    kind: str
    page: int
    text: str = ""
    level: int = 0
    mark: str = ""
    marks: list[tuple[int, str, int]] = field(default_factory=list)
    sure: list[tuple[int, int, int]] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)
    turns: list[tuple[int, int]] = field(default_factory=list)
    open: bool = False
    part: bool = False
    begun: int = -1

    def __post_init__(self) -> None:
        self.begun = self.page

    def add(self, words: Sequence[Word], parted: str = " ") -> None:
        """Adds the words of a line; ``parted`` is what stands between."""
        for number, word in enumerate(words):
            glue = word.glued and number > 0
            if word.raised and glue:
                sign = power(word.text, self.text[-40:])
                if not sign and is_mark(word.text, self.text[-40:]):
                    self.marks.append((len(self.text), word.text.strip("[]().,"), self.page))
                    continue
                self._put(sign or word.text, "", word)
                continue
            self._put(word.text, "" if glue or not self.text else parted if number == 0 else " ", word)
        self.part = bool(words) and words[-1].soft

    def _put(self, text: str, gap: str, word: Word) -> None:
        start = len(self.text) + len(gap)
        self.text += gap + text
        if word.confidence is not None:
            self.sure.append((start, start + len(text), word.confidence))


def paragraphs(lines: Sequence[Line], page: int, size: float) -> list[Paragraph]:
    """The paragraphs of a page; ``size`` is the height of the letters in which most of the document is set."""
    made: list[Paragraph] = []
    notes = _notes_begin(lines, size)
    steps = [b.row.y - a.row.y for a, b in itertools.pairwise(lines) if a.column == b.column and b.row.y > a.row.y]
    usual = median(steps) if steps else 1.4 * size
    before: Line | None = None
    for number, line in enumerate(lines):
        if line.cells:
            made.append(_row(line, page))
            before = None
            continue
        if number >= notes:
            _note(made, line, page, before is not None and number > notes)
        elif before is not None and made and not _begins(before, line, usual, made[-1]):
            _go_on(made[-1], line)
        else:
            made.append(_begun(line, page, size))
        before = line
        made[-1].open = _breaks_off(made[-1].text)
    return [one for one in made if one.text.strip()]


def _breaks_off(text: str) -> bool:
    """True for a line in the middle of a sentence."""
    return text[-1:] not in CLOSING or text[-1:] in ",;"


def _begun(line: Line, page: int, size: float) -> Paragraph:
    words = line.row.words
    made = Paragraph(_kind(line, size), page)
    made.add(words)
    if made.kind == "heading":
        made.level = 1 if line.row.size > 1.6 * size else 2 if line.row.size > 1.25 * size else 3
    return made


def _kind(line: Line, size: float) -> str:
    text = line.row.text
    if CAPTION.match(text):
        return "caption"
    if line.row.size > 1.18 * size or TABLE.match(text):
        return "heading" if len(text) <= 200 else "p"
    return "item" if _is_item(line) else "p"


def _is_item(line: Line) -> bool:
    """True for a line that begins with a bullet or a number that stands apart."""
    first = line.row.words[0].text
    return len(line.row.words) > 1 and bool(
        BULLET.fullmatch(first) or (NUMBER.fullmatch(first) and not first[0].isupper())
    )


def _begins(before: Line, line: Line, usual: float, open_one: Paragraph) -> bool:
    """Whether a line begins a paragraph: by its size, its step, its indent, its sign, or the short line before it."""
    size = max(line.row.size, 1.0)
    if not 0.87 < line.row.size / max(before.row.size, 0.1) < 1.15 or _is_item(line) or open_one.kind == "row":
        return True
    if before.column != line.column or line.row.y <= before.row.y:  # the next column
        return not (open_one.open and not _indented(line, size))
    if open_one.kind == "item":
        return line.row.y - before.row.y > 1.5 * usual
    if line.row.y - before.row.y > 1.35 * usual + 0.1 * size:
        return True
    if CAPTION.match(line.row.text) or TABLE.match(line.row.text):
        return True
    if _indented(line, size) and not _indented(before, size):
        return True
    width = max(line.right - line.left, 1.0)
    short = line.right - before.row.x1 > 0.2 * width
    return short and not _breaks_off(before.row.text) and line.row.text[:1].isupper()


def _indented(line: Line, size: float) -> bool:
    return 0.6 * size < line.row.x0 - line.left < 0.35 * max(line.right - line.left, 1.0)


def _go_on(held: Paragraph, line: Line) -> None:
    """Adds a line to a paragraph; a word that its hyphen parts is left to `variorum.read.pdf.hyphens`."""
    held.add(line.row.words, "\n" if held.text.endswith("-") else " ")


def _row(line: Line, page: int) -> Paragraph:
    """A row of a table, its cells parted by tabs."""
    made = Paragraph("row", page)
    if BULLET.fullmatch(_plain(line.cells[0])) or NUMBER.fullmatch(_plain(line.cells[0])):
        made.kind = "item"
        made.add([word for cell in line.cells for word in cell])
        return made
    for number, cell in enumerate(line.cells):
        if number:
            made.text += "\t"
        start = len(made.text)
        if cell:
            held = Paragraph("row", page)
            held.add(sorted(cell, key=lambda word: (round(word.y), word.x0)))
            made.marks += [(start + at, sign, page) for at, sign, _ in held.marks]
            made.sure += [(start + a, start + b, sure) for a, b, sure in held.sure]
            made.text += held.text
        made.cells.append((start, len(made.text)))
    made.text = made.text.rstrip("\t")
    return made


def _plain(cell: Sequence[Word]) -> str:
    return "".join(word.text for word in cell)


# --- notes at the foot --------------------------------------------------------------------------------------------


def _notes_begin(lines: Sequence[Line], size: float) -> int:
    """The place of the first note at the foot of a page, or the number of lines: small lines, the first with a sign."""
    first = len(lines)
    at = len(lines)
    while at > 0 and not lines[at - 1].cells and lines[at - 1].row.size <= 0.93 * size:
        at -= 1
        if _note_sign(lines[at]):
            first = at
    small = len(lines) - first
    return first if small and small < 0.7 * len(lines) else len(lines)


def _note_sign(line: Line) -> str:
    words = line.row.words
    match = NOTE.fullmatch(words[0].text) if len(words) > 1 else None
    return match[1] if match else ""


def _note(made: list[Paragraph], line: Line, page: int, goes_on: bool) -> None:
    sign = _note_sign(line)
    if goes_on and not sign and made and made[-1].kind == "note":
        _go_on(made[-1], line)
        return
    note = Paragraph("note", page, mark=sign)
    note.add(line.row.words[1:] if sign else line.row.words)
    made.append(note)


def joined(pages: Sequence[Sequence[Paragraph]]) -> Iterator[Paragraph]:
    """The paragraphs of all pages, those that go on over a page put together; notes come last."""
    held: Paragraph | None = None
    notes: list[Paragraph] = []
    for page in pages:
        for one in page:
            if one.kind == "note":
                notes.append(one)
                continue
            if held is not None and held.page != one.page and _is_one(held, one):
                held = _merged(held, one)
                continue
            if held is not None:
                yield held
            held = one
    if held is not None:
        yield held
    yield from notes


def _is_one(held: Paragraph, one: Paragraph) -> bool:
    if held.kind not in ("p", "item") or one.kind != "p" or not held.open or len(held.text) > LONGEST:
        return False
    return held.part or held.text.endswith("-") or one.text[:1].islower() or held.text[-1:] not in CLOSING


def _merged(held: Paragraph, one: Paragraph) -> Paragraph:
    gap = "\n" if held.text.endswith("-") else " "
    by = len(held.text) + len(gap)
    held.text += gap + one.text
    held.marks += [(by + at, sign, page) for at, sign, page in one.marks]
    held.turns.append((by, one.page))
    held.sure += [(by + a, by + b, sure) for a, b, sure in one.sure]
    held.open, held.part, held.page = one.open, one.part, one.page
    return held
