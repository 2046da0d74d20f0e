"""The body of a DOCX file as a reader sees it: paragraphs, tables, fields, changes, controls, text boxes and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from variorum.lists import words
from variorum.read.docx.styles import Style, Styles, depth_of, named, on, value
from variorum.read.docx.text import Line, Text
from variorum.read.superscripts import is_mark, power
from variorum.read.trees import number_in

__all__ = ["Body"]

THROUGH = words("docx", "elements", "through")
"""Elements that only hold others."""

OUT = words("docx", "elements", "out")
"""Elements whose text a reader of the document as it now stands does not see."""

SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
LONG = 60
"""Words of a cell that is no cell of a table of data."""


class Body:
    """Walks through the XML and adds what it finds to a text."""

    def __init__(self, text: Text, styles: Styles) -> None:
        self.text, self.styles = text, styles
        self.line = Line()
        self.fields: list[bool] = []  # open fields: True while their instruction is told
        self.boxes: list[Any] = []
        self.count: Counter[str] = Counter()
        self.joined = False

    # --- blocks ---------------------------------------------------------------------------------------------------

    def walk(self, element: Any, kind: str = "p") -> None:
        """Adds the blocks below an element."""
        for child in self._shown(element):
            tag = named(child)
            if tag == "p":
                self._paragraph(child, kind)
            elif tag == "tbl":
                self._settle()
                self._table(child)
            elif tag == "altChunk":
                self.count["embedded document"] += 1
        self._settle()

    def _shown(self, element: Any) -> Iterator[Any]:
        """The elements that hold something, through those that only hold others."""
        for child in element:
            tag = named(child)
            if tag == "AlternateContent":
                yield from self._shown(_alternative(child))
            elif tag == "sdt" and _is_placeholder(child):
                continue
            elif tag in THROUGH:
                yield from self._shown(child)
            elif tag in OUT:
                self._gone(child, tag)
            elif tag and not tag.endswith("Pr"):
                yield child

    def _paragraph(self, element: Any, kind: str) -> None:
        properties = next((child for child in element if named(child) == "pPr"), None)
        style, gone = self._style(properties)
        if not self.joined:
            self.line = Line()
        self._inline(element)
        self.joined = gone
        if gone:  # the mark that ends the paragraph is deleted: it goes on in the next
            return
        self._close(kind, style)

    def _settle(self) -> None:
        """Ends a paragraph whose own end is deleted and which no other one follows."""
        if self.joined:
            self.joined = False
            self._close("p", Style())

    def _close(self, kind: str, style: Style) -> None:
        line, self.line = self.line, Line()
        if style.contents:
            self.text.add(line, "boilerplate")
        elif kind != "p":
            self.text.add(line, kind)
        elif style.level:
            self.text.add(line, "heading", style.level)
        elif style.depth:
            self.text.add(line, "item", style.depth)
        else:
            self.text.add(line)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.walk(box)

    def _style(self, properties: Any) -> tuple[Style, bool]:
        """The style of a paragraph, and whether the mark that ends it is deleted."""
        told, gone = Style(), False
        for child in properties if properties is not None else ():
            tag = named(child)
            if tag == "pStyle":
                known = self.styles.of(value(child))
                told = Style(told.level or known.level, told.depth or known.depth, known.contents)
            elif tag == "numPr":
                told.depth = depth_of(child)
            elif tag == "outlineLvl" and (level := number_in(value(child), 9)) < 9:
                told.level = level + 1
            elif tag == "rPr":
                gone = any(named(one) in ("del", "moveFrom") for one in child)
        return told, gone

    # --- tables ---------------------------------------------------------------------------------------------------

    def _table(self, element: Any) -> None:
        rows = [row for row in self._shown(element) if named(row) == "tr" and not self._is_gone(row, "trPr")]
        cells = [
            [cell for cell in self._shown(row) if named(cell) == "tc" and not self._is_gone(cell, "tcPr")]
            for row in rows
        ]
        if _lays_out(cells):
            for cell in (cell for row in cells for cell in row):
                self.walk(cell)
            return
        for row in cells:
            line = Line()
            for number, cell in enumerate(row):
                if number:
                    line.put("\t")
                self._cell(cell, line)
            self.text.cells(self.text.add(line, "row"))

    def _cell(self, cell: Any, line: Line) -> None:
        self.line = line
        for number, paragraph in enumerate(one for one in self._shown(cell) if named(one) == "p"):
            if number and line.tail[-1:] not in ("", "\t", " "):
                line.put(" ")
            before = line.size
            self._inline(paragraph)
            kept = "".join(line.pieces)
            line.pieces = [kept[:before], kept[before:].replace("\t", " ").replace("\n", " ")]
        self.line = Line()

    def _is_gone(self, element: Any, properties: str) -> bool:
        for child in element:
            if named(child) == properties and any(named(one) in ("del", "cellDel") for one in child):
                self._gone(element, "del")
                return True
        return False

    # --- words ----------------------------------------------------------------------------------------------------

    def _inline(self, element: Any) -> None:
        for child in self._shown(element):
            tag = named(child)
            if tag == "r":
                self._run(child)
            elif tag == "t":
                self._words(child.text or "")
            elif tag == "p":  # a paragraph in a control that stands in a line
                self._inline(child)

    def _run(self, run: Any) -> None:
        properties = {named(one): one for child in run if named(child) == "rPr" for one in child}
        if "vanish" in properties and on(properties["vanish"]):
            self.count["hidden word"] += len("".join(run.itertext()).split())
            return
        struck = any(name in properties and on(properties[name]) for name in ("strike", "dstrike"))
        raised = "vertAlign" in properties and value(properties["vertAlign"]) == "superscript"
        for child in self._shown(run):
            self._piece(child, struck, raised)

    def _piece(self, child: Any, struck: bool, raised: bool) -> None:
        tag = named(child)
        if tag == "fldChar":
            self._field(value(child, "fldCharType") or "")
        elif tag in ("drawing", "pict", "object"):
            self._drawing(child, tag)
        elif tag in ("footnoteReference", "endnoteReference"):
            self.line.marks.append((self.line.size, f"{tag[:-9]} {value(child, 'id')}"))
        elif True in self.fields:
            return
        elif tag == "t":
            self._words(child.text or "", struck, raised)
        elif tag in SIGNS and not struck:
            self.line.put(SIGNS[tag])

    def _words(self, words: str, struck: bool = False, raised: bool = False) -> None:
        if True in self.fields or not words:
            return
        before = self.line.tail
        if struck:
            self.line.strike(words)
        elif raised and (sign := power(words, before)):
            self.line.put(sign)
        elif raised and before and is_mark(words, before):
            self.line.marks.append((self.line.size, words.strip()))
        else:
            self.line.put(words)

    def _field(self, kind: str) -> None:
        """A field tells its instruction up to ``separate``, and then what is shown."""
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _drawing(self, element: Any, tag: str) -> None:
        """Text boxes are read after the paragraph to which they are anchored; what else is drawn is counted."""
        boxes = list(_boxes(element))
        self.boxes += boxes
        if not boxes:
            names = {named(one) for one in element.iter()}
            odd = "chart" if "chart" in names else "diagram" if "relIds" in names else "picture"
            self.count["embedded object" if tag == "object" else odd] += 1

    # --- notes, and what is left out ------------------------------------------------------------------------------

    def notes(self, footnotes: Any, endnotes: Any) -> None:
        """Adds foot- and endnotes, each with the place of its mark, in the order in which they are told."""
        for tree, name in ((footnotes, "footnote"), (endnotes, "endnote")):
            for note in tree if tree is not None else ():
                if named(note) != name or value(note, "type") not in (None, "normal"):
                    continue
                before = len(self.text.parts)
                self.walk(note, "note")
                at = self.text.marks.get(f"{name} {value(note, 'id')}")
                self.text.parts[before:] = [
                    part._replace(at=at) if part.kind == "note" else part for part in self.text.parts[before:]
                ]

    def _gone(self, element: Any, tag: str) -> None:
        """Counts a deletion that holds words; what was moved away stands elsewhere."""
        if tag != "moveFrom" and any((one.text or "").strip() for one in element.iter("{*}delText", "{*}t")):
            self.count["deletion"] += 1

    def left_out(self, comments: Any) -> Iterator[str]:
        """A sentence for what a reader of the whole file may want to know that was not read."""
        number = sum(named(one) == "comment" for one in comments) if comments is not None else 0
        if number:
            yield f"has {_several(number, 'comment')} of its editors, which {_were(number)} not read"
        if gone := self.count["deletion"]:
            yield f"has {_several(gone, 'tracked deletion')}, which {_were(gone)} left out; insertions are read as text"
        if hidden := self.count["hidden word"]:
            yield f"has {_several(hidden, 'hidden word')}, which {_were(hidden)} left out"
        for name in ("embedded document", "embedded object", "chart", "diagram"):
            if number := self.count[name]:
                yield f"has {_several(number, name)}, whose text was not read"
        pictures, words = self.count["picture"], len(self.text.whole.split())
        if pictures and words < 50 * pictures:
            much = f"{_several(pictures, 'picture')} and only {_several(words, 'word')}"
            yield f"has {much}; text in pictures was not read"


def _several(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _alternative(element: Any) -> Any:
    """The first that is not empty of what stands in a file twice, for newer programs and for older ones."""
    for child in element:
        if named(child) in ("Choice", "Fallback") and len(child):
            return child
    return ()


def _boxes(element: Any) -> Iterator[Any]:
    """The contents of text boxes below an element, each once, those in a box left to it."""
    waiting = list(reversed(element))
    while waiting:
        one = waiting.pop()
        tag = named(one)
        if tag == "txbxContent":
            yield one
        elif tag == "AlternateContent":
            waiting.extend(reversed(_alternative(one)))
        elif tag:
            waiting.extend(reversed(one))


def _is_placeholder(element: Any) -> bool:
    """True for a control that shows only what should be put into it."""
    return any(
        named(child) == "sdtPr" and any(named(one) == "showingPlcHdr" and on(one) for one in child) for child in element
    )


def _lays_out(rows: list[list[Any]]) -> bool:
    """True for a table that holds tables, lists or long prose, and so is none of data."""
    cells = [cell for row in rows for cell in row]
    if len(cells) < 2 or all(len(row) < 2 for row in rows):
        return True
    if any(named(one) == "tbl" for cell in cells for one in cell.iter() if one is not cell):
        return True
    long = sum(len("".join(cell.itertext()).split()) > LONG for cell in cells)
    return 3 * long > len(cells)
