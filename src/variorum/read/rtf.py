"""RTF: the words of a file with its code pages and fonts; notes at the end, deletions out, tables as rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from variorum import lists
from variorum.read.blocks import Blocks, squeezed
from variorum.read.document import Document, Found, Source, clean_id, several, unreadable
from variorum.read.encodings import canonical
from variorum.structure import Part

__all__ = ["Walk", "read"]

TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n\0]+)|[\r\n\0]+"
)
DEEPEST = 1000
"""Groups in groups; Word writes twenty."""

MOST = 20_000_000
"""Characters of one text; what follows is not read."""


@cache
def _table() -> dict[str, Any]:
    table = lists.toml("rtf")
    pages = (pair.split() for pair in table["pages"]["charsets"].split("|"))
    return {
        "signs": table["signs"],
        "skipped": frozenset(table["skipped"]["groups"].split()),
        "kept": frozenset(table["skipped"]["kept"].split()),
        "pages": {int(number): page for number, page in pages},
    }


def read(source: Source) -> Found:
    """The one document of an RTF file.

    >>> data = rb"{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'e0\\'f0\\'ee\\'ec: 31\\deleted  32\\deleted0  dead.\\par}"
    >>> read(Source("a.rtf", "a", data)).documents[0].text
    'Паром: 31 dead.'
    """
    found = Found()
    walk = Walk(source.data)
    text = walk.blocks.text
    source.encoding = walk.page
    if not text.strip():
        return unreadable(source, "holds no text")
    for said in walk.said():
        found.say(source.stem, f"{source.name} {said}")
    document = Document(clean_id(source.stem), text, source.name, title=walk.title, parts=walk.blocks.parts)
    found.documents.append(document)
    return found


@dataclass(slots=True)
class Group:
    """What holds within braces; ``into`` is the title, a note, the table of fonts or (nothing) the text."""

    skip: bool = False
    into: str = ""
    font: int | None = None
    follow: int = 1
    """Signs after a Unicode sign that stand for it in older programs."""
    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    raised: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph or cell that is being read, with the stretches of it that are struck out or marks of notes."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    marked: list[tuple[int, int, str]] = field(default_factory=list)


class Walk:
    """One walk through the bytes of a file, which makes its text."""

    def __init__(self, data: bytes) -> None:
        self.page = "cp1252"
        self.blocks = Blocks()
        self.title: str | None = None
        self.group = Group()
        self.line = Line()
        self._stack: list[Group] = []
        self._raw = bytearray()
        self._fonts: dict[int, str] = {}
        self._default = self._naming = 0
        self._cells: list[str] = []
        self._notes: list[tuple[int, list[str]]] = []
        self._held: list[str] = []
        self._table = self._first = self._star = False
        self._heading: int | None = None
        self._left = self._high = self._too_deep = 0
        self.pictures = self.lost = self.deepest = 0
        self._all(data)

    def said(self) -> list[str]:
        """What could not be read."""
        told = [f"holds {several(self.pictures, 'picture')}, not read"] if self.pictures else []
        told += [f"holds {several(self.lost, 'sign')} that its fonts do not have"] if self.lost else []
        if self.deepest > DEEPEST:
            told.append("has groups that are nested too deep; what lies deepest was not read")
        return told

    # --- tokens ---

    def _all(self, data: bytes) -> None:
        at = 0
        while (match := TOKEN.match(data, at)) and not (self._ended(match)):
            at = match.end()
            word, number, code, sign, brace, plain = match.groups()
            if code is None and plain is None:
                self._flush()
            if word == b"bin":
                at += max(0, min(int(number or 0), len(data)))
            elif word is not None:
                self._word(word.decode("ascii"), None if number is None else int(number))
            elif code is not None:
                self._bytes(bytes((int(code, 16),)))
            elif plain is not None:
                self._bytes(plain)
            elif brace is not None:
                self._brace(brace == b"{")
            elif sign is not None:
                self._sign(sign)
        self._flush()
        self.group = Group()
        self._row() if self._cells else None
        self._table = False
        self._paragraph()
        for at, note in self._notes:
            self.blocks.add(squeezed("".join(note)), "note", at=min(at, self.blocks.size))

    def _ended(self, match: re.Match[bytes]) -> bool:
        """True after the last brace, and where the text is too long."""
        return (match.start() > 0 and not self._stack and not self._too_deep) or self.blocks.size > MOST

    def _brace(self, opens: bool) -> None:
        self._left = 0
        if opens:
            self.deepest = max(self.deepest, len(self._stack) + 1)
            if len(self._stack) > DEEPEST:
                self._too_deep += 1
                return
            self._stack.append(replace(self.group))
            self._first, self._star = True, False
        elif self._too_deep:
            self._too_deep -= 1
        elif self._stack:
            ended, self.group = self.group, self._stack.pop()
            if ended.into == "title" and self.group.into != "title":
                self.title = squeezed("".join(self._held)) or None
            self._first = self._star = False

    def _bytes(self, data: bytes) -> None:
        self._first = False
        dropped = min(self._left, len(data))
        self._left -= dropped
        if not self.group.skip and not self._too_deep:
            self._raw += data[dropped:]

    def _sign(self, sign: bytes) -> None:
        self._star = self._star or sign == b"*"
        if sign == b"*":
            return
        self._first = False
        if self._left:
            self._left -= 1
        elif sign in b"\r\n":
            self._paragraph()
        else:
            self._put({b"~": "\u00a0", b"-": "\u00ad", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}.get(sign, ""))

    def _flush(self) -> None:
        """Bytes that wait for the rest of their sign are decoded in the code page of their font."""
        if not self._raw:
            return
        raw, self._raw = bytes(self._raw), bytearray()
        if self.group.into == "fonts":
            return
        font = self._default if self.group.font is None else self.group.font
        text = raw.decode(self._fonts.get(font, self.page), errors="replace")
        self.lost += text.count("\ufffd")
        self._put(text)

    # --- words ---

    def _word(self, name: str, number: int | None) -> None:
        first, star, self._first, self._star = self._first, self._star, False, False
        known = _table()
        if name in known["signs"]:
            self._put(known["signs"][name])
        elif name in DOES:
            DOES[name](self, number)
        elif name in known["skipped"] or (first and star and name not in known["kept"]):
            self.pictures += name == "pict" and not self.group.skip
            self.group.skip = True

    def _unicode(self, number: int | None) -> None:
        code = (number or 0) + (0x10000 if (number or 0) < 0 else 0)
        high, self._high = self._high, 0
        self._left = self.group.follow
        if 0xD800 <= code <= 0xDBFF:
            self._high = code
        elif 0xDC00 <= code <= 0xDFFF:
            self._put(chr(0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00) if high else "\ufffd")
        elif 0 < code <= 0x10FFFF:
            self._put(chr(code))

    def _fonts_begin(self, number: int | None) -> None:
        self.group.into = "fonts"

    def _font(self, number: int | None) -> None:
        if self.group.into == "fonts":
            self._naming = number or 0
        else:
            self.group.font = number

    def _charset(self, number: int | None) -> None:
        page = _table()["pages"].get(number)
        if self.group.into == "fonts" and page not in (None, "symbol") and number != 0:
            self._fonts[self._naming] = page

    def _font_page(self, number: int | None) -> None:
        if self.group.into == "fonts" and (page := canonical(f"cp{number}")):
            self._fonts[self._naming] = page

    def _code_page(self, number: int | None) -> None:
        self.page = canonical(f"cp{number}") or ("utf-8" if number == 65001 else self.page)

    def _default_font(self, number: int | None) -> None:
        self._default = number or 0

    def _plain(self, number: int | None) -> None:
        into, skip, follow = self.group.into, self.group.skip, self.group.follow
        self.group = Group(skip=skip, into=into, follow=follow)

    def _info(self, number: int | None) -> None:
        self.group.skip = True
        self.group.into = "info"

    def _title(self, number: int | None) -> None:
        if self.group.into == "info":
            self.group.skip, self.group.into = False, "title"

    def _note(self, number: int | None) -> None:
        if not self.group.skip and self.group.into != "note":
            self._notes.append((self._due() + self.line.size, []))
            self.group.into = "note"

    def _pair(self, number: int | None) -> None:
        self.group.skip = True

    def _unicode_half(self, number: int | None) -> None:
        self.group.skip = False

    def _set(self, name: str, number: int | None) -> None:
        setattr(self.group, name, number != 0)

    def _lower(self, number: int | None) -> None:
        self.group.raised = False

    def _in_table(self, number: int | None) -> None:
        self._table = True

    def _fresh(self, number: int | None) -> None:
        self._table, self._heading = False, None

    def _outline(self, number: int | None) -> None:
        self._heading = (number or 0) + 1 if (number or 0) < 6 else None

    # --- text ---

    def _due(self) -> int:
        """Where the paragraph that is being read will begin."""
        return self.blocks.size + (2 if self.blocks.size else 0)

    def _put(self, text: str) -> None:
        group = self.group
        if group.skip or group.hidden or group.deleted or self._too_deep or not text or group.into == "fonts":
            return
        if group.into == "title":
            self._held.append(text)
        elif group.into == "note":
            self._notes[-1][1].append(text)
        else:
            line = self.line
            kind = "withdrawn" if group.struck else "boilerplate" if group.raised and text.strip(" ,").isdigit() else ""
            if kind:
                line.marked.append((line.size, line.size + len(text), kind))
            line.pieces.append(text)
            line.size += len(text)

    def _paragraph(self, number: int | None = None) -> None:
        if self.group.into == "note":
            self._notes[-1][1].append("\n")
        elif self.group.skip:
            return
        elif self._table:
            self.line.pieces.append("\n")
            self.line.size += 1
        else:
            self._end_line()

    def _end_line(self) -> None:
        line, self.line = self.line, Line()
        raw = "".join(line.pieces)
        if raw.strip():
            start = self._due() - (len(raw) - len(raw.lstrip()))
            self.blocks.add(raw, "heading" if self._heading else "", self._heading)
            ends = self.blocks.size
            marked = ((start + low, min(ends, start + high), kind) for low, high, kind in line.marked)
            self.blocks.parts += [Part(low, high, kind) for low, high, kind in marked if 0 <= low < high]

    def _cell(self, number: int | None = None) -> None:
        if not self.group.skip:
            self._cells.append("".join(self.line.pieces))
            self.line = Line()

    def _row(self, number: int | None = None) -> None:
        if self.line.size:
            self._cell()
        self.blocks.row(self._cells)
        self._cells = []


DOES: dict[str, Callable[[Walk, int | None], None]] = {
    "u": Walk._unicode,
    "uc": lambda walk, number: setattr(walk.group, "follow", max(0, min(number if number is not None else 1, 100))),
    "fonttbl": Walk._fonts_begin,
    "f": Walk._font,
    "fcharset": Walk._charset,
    "cpg": Walk._font_page,
    "ansicpg": Walk._code_page,
    "mac": lambda walk, number: setattr(walk, "page", "mac-roman"),
    "pc": lambda walk, number: setattr(walk, "page", "cp437"),
    "pca": lambda walk, number: setattr(walk, "page", "cp850"),
    "deff": Walk._default_font,
    "plain": Walk._plain,
    "info": Walk._info,
    "title": Walk._title,
    "footnote": Walk._note,
    "annotation": Walk._note,
    "upr": Walk._pair,
    "ud": Walk._unicode_half,
    "v": lambda walk, number: walk._set("hidden", number),
    "deleted": lambda walk, number: walk._set("deleted", number),
    "strike": lambda walk, number: walk._set("struck", number),
    "striked": lambda walk, number: walk._set("struck", number),
    "super": lambda walk, number: walk._set("raised", number),
    "nosupersub": Walk._lower,
    "intbl": Walk._in_table,
    "pard": Walk._fresh,
    "outlinelevel": Walk._outline,
    "par": Walk._paragraph,
    "sect": Walk._paragraph,
    "page": Walk._paragraph,
    "cell": Walk._cell,
    "nestcell": lambda walk, number: walk._put("\t"),
    "nestrow": lambda walk, number: walk._put("\n"),
    "row": Walk._row,
}
"""What control words do."""
