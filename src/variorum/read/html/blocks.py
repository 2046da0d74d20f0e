"""A page as blocks: each paragraph, heading, item or row with its words as a reader sees them, and where it stands.

The tree is walked once. What is not shown (scripts, hidden elements, form fields) is left out here; whether a block is
prose of the account is decided in `variorum.read.html.choice`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from variorum.lists import words
from variorum.read.html.elements import (
    BLOCKS,
    UNSEEN,
    Sizes,
    is_data,
    is_struck,
    is_unseen,
    note_mark,
    power,
    zone,
)

__all__ = ["Block", "blocks"]

SPACE = re.compile(r"[ \t\r\n\f]+")
CLOCK = re.compile(r"\(?\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?\)?", re.IGNORECASE)
HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class Block:
    """One block: its words, its kind (p, heading, item, row, caption, byline), and the elements it stands in.

    ``links`` counts its letters inside links, ``cells`` are the spans of a row's cells, ``marks`` the places of note
    marks with the id that they lead to, ``struck`` words that were struck out, with their places.
    """

    kind: str
    text: str
    level: int = 0
    zone: str = ""
    links: int = 0
    path: tuple[Any, ...] = ()
    ids: tuple[str, ...] = ()
    cells: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    struck: list[tuple[int, str]] = field(default_factory=list)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def blocks(tree: Any) -> list[Block]:
    """The blocks of a page in the order of its source.

    >>> from lxml import html
    >>> page = "<h1>Loss</h1><p>She cost 350<sup>12</sup> lives,<br>all <del>21</del> lost.</p><ul><li>Hale"
    >>> [(block.kind, block.text) for block in blocks(html.document_fromstring(page))]
    [('heading', 'Loss'), ('p', 'She cost 350 lives,\\nall lost.'), ('item', 'Hale')]
    """
    return list(_with_clocks(_Walk(tree).blocks()))


def _with_clocks(found: Iterator[Block]) -> Iterator[Block]:
    """A block that is only a clock time opens the paragraph that follows it, as on a live page."""
    clock: Block | None = None
    for block in found:
        if clock is not None:
            if block.kind in ("p", "item") and _belongs(clock, block):
                yield _joined(clock, block)
                clock = None
                continue
            yield clock
        clock = block if block.kind in ("p", "item") and CLOCK.fullmatch(block.text) else None
        if clock is None:
            yield block
    if clock is not None:
        yield clock


def _belongs(clock: Block, block: Block) -> bool:
    """True for a paragraph in the item of a clock time, or in what holds the element of one."""
    if clock.kind == "item":
        return block.path[: len(clock.path)] == clock.path
    return block.path[:-1][: len(clock.path) - 1] == clock.path[:-1]


def _joined(clock: Block, block: Block) -> Block:
    by = len(clock.text) + 1
    block.text = f"{clock.text} {block.text}"
    block.kind, block.level = (clock.kind, clock.level) if clock.kind == "item" else (block.kind, block.level)
    block.marks = [(at + by, note) for at, note in block.marks]
    block.struck = [(at + by, words) for at, words in block.struck]
    block.ids = (*clock.ids, *block.ids)
    return block


class _Walk:
    """The way through the tree, with the block under way."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.sizes = Sizes(tree)
        self.path: list[Any] = []
        self.zones: list[str] = [""]
        self.links = self.struck = self.pre = 0
        self.data: list[Any] = []  # tables of data that are open
        self.made: list[Block] = []
        self._begin()

    def _begin(self) -> None:
        self.text: list[str] = []
        self.size = self.linked = 0
        self.cells: list[tuple[int, int]] = []
        self.marks: list[tuple[int, str]] = []
        self.gone: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.cell: int | None = None

    def blocks(self) -> Iterator[Block]:
        """All blocks; the walk needs no recursion, however deep the page."""
        waiting: list[tuple[Any, bool]] = [(self.tree, True)]
        while waiting:
            element, opens = waiting.pop()
            if not opens:
                self._close(element)
                self._add(element.tail)
            elif self._unseen(element) or self._replaced(element):
                self._add(element.tail)
            else:
                self._open(element)
                self._add(element.text)
                waiting.append((element, False))
                waiting.extend((child, True) for child in reversed(element))
            if self.made:
                yield from self.made
                self.made = []
        self._flush()
        yield from self.made

    # --- elements -------------------------------------------------------------------------------------------------

    def _open(self, element: Any) -> None:
        tag = element.tag
        inside = bool(self.data)
        if tag in BLOCKS and not (inside and tag not in ("tr", "caption", "table")):
            self._flush()
        self._part(element)
        if inside and tag in ("td", "th"):
            if self.size:
                self._put("\t")
            self.cell = self.size
        elif inside and tag in ("p", "div", "li", "br"):
            self._put(" ")
        elif tag == "br":
            self._break(element)
        elif tag == "q":
            self._put("“")
        self.path.append(element)
        self.zones.append(zone(element, self.zones[-1], self.sizes))
        self.links += tag == "a"
        self.pre += tag == "pre"
        if is_struck(element, self.sizes):
            self.struck += 1
            if self.struck == 1:
                self.gone.append((self.size, ""))
        if tag == "table" and is_data(element):
            self.data.append(element)
        if known := element.get("id") or element.get("name") if tag != "meta" else None:
            self.ids.append(known)

    def _close(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCKS and not (self.data and tag not in ("tr", "caption", "table")):
            self._flush()
        if self.data and tag in ("td", "th") and self.cell is not None:
            self.cells.append((self.cell, self.size))
            self.cell = None
        if tag == "q":
            self._put("”")
        if tag == "time":
            self._apart()
        self.path.pop()
        self.zones.pop()
        self.links -= tag == "a"
        self.pre -= tag == "pre"
        self.struck -= is_struck(element, self.sizes)
        if self.data and self.data[-1] is element:
            self.data.pop()

    def _unseen(self, element: Any) -> bool:
        return not isinstance(element.tag, str) or element.tag in UNSEEN or is_unseen(element, self.sizes)

    def _replaced(self, element: Any) -> bool:
        """A note mark, a power or a struck word stands for itself in another way than by its letters."""
        if note := note_mark(element, "".join(self.text)[-40:]):
            self.marks.append((self.size, note.lstrip("#")))
            return True
        if sign := power(element, "".join(self.text)[-12:]):
            self._put(sign)
            return True
        return False

    def _part(self, element: Any) -> None:
        """A space between elements side by side that no style sheet would glue: a time, or ``Hale`` and ``The``."""
        if element.tag == "time":
            self._apart()
        before = element.getprevious()
        if before is None or before.tail or not self.text or element.tag not in words("html", "elements", "styled"):
            return
        first, last = (element.text or "")[:1], self.text[-1][-1:]
        capital, number = first.isupper() and last.islower(), first.isdigit() and last.isalpha()
        if capital or number or (first.isalpha() and last.isdigit()):
            self._put(" ")

    def _apart(self) -> None:
        if self.text and not self.text[-1][-1:].isspace():
            self._put(" ")

    def _break(self, element: Any) -> None:
        """A line end; two of them, with nothing between, part paragraphs."""
        before = element.getprevious()
        twice = before is not None and before.tag == "br" and not (before.tail or "").strip()
        if twice:
            self._flush()
        elif self.size:
            self._trim()
            self._put("\n")

    # --- words ----------------------------------------------------------------------------------------------------

    def _add(self, words: str | None) -> None:
        if not words:
            return
        if self.struck:
            self.gone = self.gone or [(self.size, "")]
            self.gone[-1] = (self.gone[-1][0], self.gone[-1][1] + SPACE.sub(" ", words))
            return
        if not self.pre:
            words = SPACE.sub(" ", words)
            if not self.text or self.text[-1][-1:].isspace():
                words = words.lstrip(" ")
        else:
            words = words.replace("\r\n", "\n").replace("\r", "\n")
        self._put(words)
        if self.links:
            self.linked += sum(c.isalnum() for c in words)

    def _put(self, words: str) -> None:
        if words:
            self.text.append(words)
            self.size += len(words)

    def _trim(self) -> None:
        while self.text and self.text[-1][-1:] == " ":
            self.text[-1] = self.text[-1][:-1]
            self.size -= 1
            if not self.text[-1]:
                self.text.pop()

    def _flush(self) -> None:
        """Ends the block under way; one without words gives its ids and struck words to the next."""
        text = "".join(self.text)
        if not text.strip():
            gone, ids = self.gone, self.ids
            self._begin()
            self.gone, self.ids = [(0, words) for _, words in gone], ids
            return
        if self.cell is not None:
            self.cells.append((self.cell, self.size))
        lead = len(text) - len(text.lstrip(" \n"))
        text = text.strip(" \n")
        kind, level = self._kind()
        made = Block(kind, text, level, self.zones[-1], self.linked, tuple(self.path), tuple(self.ids))
        made.marks = [(_inside(at - lead, text), note) for at, note in self.marks]
        made.struck = [(_inside(at - lead, text), words.strip()) for at, words in self.gone if words.strip()]
        made.cells = _cells(self.cells, text, lead)
        self.made.append(made)
        self._begin()

    def _of_table(self) -> bool:
        """True for the caption of a figure that holds a table."""
        figure = next((e for e in self.path if e.tag == "figure"), None)
        return figure is not None and next(figure.iter("table"), None) is not None

    def _kind(self) -> tuple[str, int]:
        """What the block is, by the innermost element that says so, and its level."""
        depth = sum(element.tag in ("ul", "ol", "menu") for element in self.path)
        if self.data:
            return ("heading", 5) if any(e.tag == "caption" for e in self.path) else ("row", 0)
        for element in reversed(self.path):
            tag = element.tag
            if tag in HEADINGS:
                return "heading", HEADINGS[tag]
            if tag == "figcaption" or self.zones[-1] == "caption":
                return ("heading", 5) if self._of_table() else ("caption", 0)
            if self.zones[-1] == "byline":
                return "byline", 0
            if tag in ("li", "dd", "dt"):
                return "item", max(1, depth)
            if tag in ("article", "main", "section", "body"):
                break
        return "p", 0


def _inside(at: int, text: str) -> int:
    return max(0, min(at, len(text)))


def _cells(cells: list[tuple[int, int]], text: str, lead: int) -> list[tuple[int, int]]:
    """The cells of a row without the blanks at their ends."""
    found = []
    for start, end in cells:
        a, b = _inside(start - lead, text), _inside(end - lead, text)
        words = text[a:b]
        a += len(words) - len(words.lstrip())
        found.append((a, a + len(words.strip())))
    return found
