"""Markdown: headings, paragraphs, items and tables without their marks; what is struck out is marked as withdrawn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from variorum.read.blocks import Blocks
from variorum.read.columns import fields_of
from variorum.read.document import Document, Found, Source, clean_id, edtf_date, unreadable
from variorum.read.text import told
from variorum.structure import Part

__all__ = ["read"]

FRONT = re.compile(r"\A\ufeff?---[ \t]*\n((?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
KEY = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]+(\S[^\n]*)")


def read(source: Source) -> Found:
    """The one document of a Markdown file; a head between lines of dashes gives title, date and the rest.

    >>> data = b"---\\ndate: 1998-11-18\\n---\\n# Loss\\n\\nThe *ferry* ~~floated~~ sank."
    >>> [found] = read(Source("a.md", "a", data)).documents
    >>> found.title, found.published, found.text
    ('Loss', '1998-11-18', 'Loss\\n\\nThe ferry floated sank.')
    """
    found = Found()
    text = told(source, found)
    if text is None:
        return unreadable(source, "is not text")
    known, text = _front(text)
    blocks = Blocks()
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
    state = _State(blocks)
    for token in parser.parse(text):
        state.take(token)
    if not blocks.text.strip():
        return unreadable(source, "holds no text beside its marks")
    if state.pictures:
        found.say(source.stem, f"{source.name} shows pictures ({', '.join(state.pictures[:3])}), which were not read")
    found.documents.append(
        Document(
            clean_id(source.stem),
            blocks.text,
            source.name,
            title=known.get("title") or state.title,
            publisher=known.get("publisher"),
            author=known.get("author"),
            party=known.get("party"),
            published=edtf_date(known.get("published"), source.order),
            stated=known.get("language"),
            parts=blocks.parts,
        )
    )
    return found


def _front(text: str) -> tuple[dict[str, str], str]:
    """What the head of a file says, by field, and the text after it."""
    match = FRONT.match(text)
    if match is None:
        return {}, text
    named = {key: value.strip().strip("\"'") for key, value in KEY.findall(match[1])}
    return {field: named[key] for field, key in fields_of(named, {}).items()}, text[match.end() :]


class _State:
    """Where the walk through the tokens stands: in which lists, in which row."""

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.depth = 0
        self.heading: int | None = None
        self.cells: list[str] | None = None
        self.item = False
        self.title: str | None = None
        self.pictures: list[str] = []

    def take(self, token: Token) -> None:
        """One token of the block level."""
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
        elif kind == "list_item_open":
            self.item = True
        elif kind == "heading_open":
            self.heading = int(token.tag[1:])
        elif kind == "tr_open":
            self.cells = []
        elif kind == "tr_close":
            self.blocks.row(self.cells or [])
            self.cells = None
        elif kind == "inline":
            self._inline(token)
        elif kind in ("fence", "code_block"):
            self.blocks.add(token.content)
        elif kind == "html_block":
            self.blocks.add(" ".join(TAG.sub(" ", token.content).split()))

    def _inline(self, token: Token) -> None:
        text, struck = self._words(token.children or [])
        if self.cells is not None:
            self.cells.append(text)
            return
        start = self.blocks.size + (2 if self.blocks.size else 0)
        if self.heading is not None:
            self.title = self.title or " ".join(text.split())
            self.blocks.add(text, "heading", self.heading)
            self.heading = None
        elif self.item and self.depth:
            self.blocks.add(text, "item", self.depth)
            self.item = False
        else:
            self.blocks.add(text)
        self.blocks.parts += [Part(start + low, start + high, "withdrawn") for low, high in struck if high <= len(text)]

    def _words(self, children: Sequence[Token]) -> tuple[str, list[tuple[int, int]]]:
        """The words of a line without its marks, and the stretches that are struck out."""
        out, struck, size, begun = [], [], 0, 0
        for child in children:
            if child.type == "s_open":
                begun = size
            elif child.type == "s_close":
                struck.append((begun, size))
            elif child.type == "image":
                self.pictures.append(child.content[:60] or str(child.attrGet("src") or "")[:60])
            else:
                words = (
                    "\n"
                    if child.type in ("softbreak", "hardbreak")
                    else ""
                    if child.type == "html_inline"
                    else child.content
                )
                out.append(words)
                size += len(words)
        return "".join(out), struck


TAG = re.compile(r"<[^<>]{0,2000}>")
