"""LaTeX: the words of a text without its commands; notes at the end, formulas and pictures left out and said."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from variorum import lists
from variorum.read.blocks import Blocks, squeezed
from variorum.read.document import Document, Found, Source, clean_id, edtf_date, several, unreadable
from variorum.read.text import told

__all__ = ["read"]

TOKEN = re.compile(
    r"\\([A-Za-z@]+)\*?[ \t]*(?:\n(?![ \t]*\n))?|\\(.)|([{}])|(\$\$?)|%[^\n]*(?:\n[ \t]*)?|(\n[ \t]*\n\s*)"
    r"|([^\\{}$%\n]+|\n)",
    re.S,
)
OPTION = re.compile(r"[ \t]{0,9}\[[^\[\]\n]{0,500}\]")
LETTER = re.compile(r"[ \t]{0,3}(?:\{[ \t]?\\?([A-Za-z])[ \t]?\}|\\([ij])(?![A-Za-z])[ \t]?|([A-Za-z]))")
ENVIRONMENT = re.compile(r"[ \t]*\{([A-Za-z*]{1,40})\}(?:[ \t]*\[[^\[\]\n]{0,200}\])?")
COLUMNS = re.compile(r"[ \t]*\{[^{}\n]{0,200}(?:\{[^{}\n]{0,60}\}[^{}\n]{0,100}){0,20}\}")
VERB = re.compile(r"([^\sA-Za-z*])([^\n]{0,300}?)\1")
NUMBERS = re.compile(r"[\d.,\s%+±~\\-]+$")
DEEPEST = 1000
MOST = 20_000_000


@cache
def _table() -> dict[str, Any]:
    table = lists.toml("latex")
    table["skipped"] = {name: frozenset(listed.split()) for name, listed in table["skipped"].items()}
    return table


def read(source: Source) -> Found:
    """The one document of a LaTeX file.

    >>> data = rb"\\title{Loss}\\begin{document}The \\emph{ferry}\\footnote{See p.~4.} sank; Jos\\'e died."
    >>> [found] = read(Source("a.tex", "a", data)).documents
    >>> found.title, found.text
    ('Loss', 'The ferry sank; José died.\\n\\nSee p. 4.')
    """
    found = Found()
    text = told(source, found)
    if text is None:
        return unreadable(source, "is not text")
    walk = Walk(text)
    if not walk.blocks.text.strip():
        return unreadable(source, "holds no text beside its commands")
    for said in walk.said():
        found.say(source.stem, f"{source.name} {said}")
    document = Document(clean_id(source.stem), walk.blocks.text, source.name, title=walk.held.get("title"))
    document.published = edtf_date(walk.held.get("date"), source.order)
    document.author = walk.held.get("author")
    document.parts = walk.blocks.parts
    found.documents.append(document)
    return found


@dataclass(slots=True)
class Group:
    """What holds within braces or an environment: where its words go."""

    into: str = ""
    name: str = ""


class Walk:
    """One walk through a text, which makes its blocks."""

    def __init__(self, text: str) -> None:
        self.blocks = Blocks()
        self.held: dict[str, str] = {}
        self._body = r"\begin{document}" not in text
        self._stack: list[Group] = []
        self._group = Group()
        self._waiting: list[str] = []
        self._line: list[str] = []
        self._side: list[str] = []
        self._notes: list[tuple[int, str]] = []
        self._cells: list[str] | None = None
        self._kind, self._level = "", 0
        self._lists = self._tables = 0
        self.formulas = self.pictures = 0
        self.named: list[str] = []
        self.included: list[str] = []
        self._all(text)

    def said(self) -> list[str]:
        """What was left out."""
        told = []
        if self.formulas:
            told.append(f"holds {several(self.formulas, 'formula')}, not read")
        if self.pictures:
            told.append(f"shows {several(self.pictures, 'picture')}, not read")
        if self.included:
            told.append(
                f"includes other files ({', '.join(self.included[:3])}), which are read by themselves if they are there"
            )
        if self.named:
            told.append(
                f"defines commands of its own ({', '.join(self.named[:3])}), and what they stand for was not read"
            )
        return told

    def _all(self, text: str) -> None:
        at, size = 0, len(text)
        while at < size and self.blocks.size < MOST:
            match = TOKEN.match(text, at)
            if match is None:
                break
            at = match.end()
            word, sign, brace, math, gap, plain = match.groups()
            if word is not None:
                at = self._word(word, text, at)
                if at < 0:
                    break
            elif sign is not None:
                at = self._sign(sign, text, at)
            elif brace is not None:
                self._brace(brace)
            elif math is not None:
                at = self._math(math, text, at)
            elif gap is not None:
                self._end_block()
            elif plain is not None:
                self._waiting = self._waiting if not plain.strip() else []
                self._put(plain.replace("\n", " ").replace("~", " "))
        self._end_block()
        if self._cells:
            self.blocks.row(self._cells)
        for place, note in self._notes:
            self.blocks.add(note, "note", at=min(place, self.blocks.size))

    # --- words ---

    def _put(self, text: str) -> None:
        into = self._group.into
        if into == "skip" or not (self._body or into):
            return
        if into in ("note", "title", "author", "date"):
            self._side.append(text)
        elif self._cells is not None and "&" in text:
            parts = text.split("&")
            for part in parts[:-1]:
                self._line.append(part)
                self._cells.append(self._taken())
            self._line.append(parts[-1])
        else:
            self._line.append(text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–"))

    def _taken(self) -> str:
        text, self._line = "".join(self._line), []
        return "\n".join(squeezed(line) for line in text.split("\n")).strip()

    def _end_block(self) -> None:
        if self._cells is not None or self._group.into in ("note", "title", "author", "date"):
            return
        text = self._taken()
        kind = self._kind or ("item" if self._lists and text and self._level < 0 else "")
        if kind == "item":
            self.blocks.add(text, "item", self._lists)
            self._level = 0
        else:
            self.blocks.add(text, kind, self._level if kind == "heading" else None)

    # --- commands ---

    def _word(self, word: str, text: str, at: int) -> int:
        """A command; where the text goes on, or less than nothing at the end of the document."""
        known = _table()
        if word in ("begin", "end"):
            return self._environment(word == "begin", text, at)
        if word in known["accents"] and len(word) == 1:
            return self._accent(word, text, at)
        if word in known["signs"]:
            if word == "par":
                self._end_block()
            else:
                self._put(known["signs"][word])
        elif word in ("item", "tabularnewline", "hline", "cline", "toprule", "midrule", "bottomrule"):
            return self._in_list(word, text, at)
        elif word == "verb" and (match := VERB.match(text, at)):
            self._put(match[2])
            return match.end()
        elif word in known["headings"]:
            self._end_block()
            self._waiting = [f"heading {known['headings'][word]}"]
            return self._past_options(text, at)
        elif word in known["arguments"] or word in known["skipped"]["one"]:
            return self._with_arguments(word, text, at)
        return at

    def _with_arguments(self, word: str, text: str, at: int) -> int:
        self._waiting = _table()["arguments"].get(word, "skip").split()
        at = self._past_options(text, at)
        argument = re.compile(r"\{\\?([^{}\n]{1,80})\}").match(text, at)
        if word == "includegraphics":
            self.pictures += 1
        elif word in ("input", "include") and argument:
            self.included.append(argument[1])
        elif word in ("newcommand", "renewcommand", "providecommand") and argument:
            self.named.append(argument[1])
        return at

    @staticmethod
    def _past_options(text: str, at: int) -> int:
        for _ in range(3):
            if match := OPTION.match(text, at):
                at = match.end()
        return at

    def _in_list(self, word: str, text: str, at: int) -> int:
        if word == "item":
            self._end_block()
            self._level = -1
            if match := OPTION.match(text, at):
                self._put(match[0].strip(" \t[]") + " ")
                return match.end()
        return at

    def _environment(self, begins: bool, text: str, at: int) -> int:
        match = ENVIRONMENT.match(text, at)
        if match is None:
            return at
        name, at = match[1], match.end()
        skipped = _table()["skipped"]
        if name == "document":
            self._body = begins
            self._line = [] if begins else self._line
            return at if begins else self._finish()
        if name in skipped["environments"] and begins:
            end = text.find(f"\\end{{{name}}}", at)
            self.formulas += name.rstrip("*") not in ("comment", "verbatim", "thebibliography", "filecontents")
            return len(text) if end < 0 else end + len(name) + 6
        self._end_block()
        if name in skipped["lists"]:
            self._lists = max(0, self._lists + (1 if begins else -1))
        if name in skipped["tables"]:
            return self._table_edge(begins, text, at)
        return at

    def _table_edge(self, begins: bool, text: str, at: int) -> int:
        if begins:
            self._cells = []
            for _ in range(2):
                if match := COLUMNS.match(text, at):
                    at = match.end()
            return at
        self._row()
        self._cells = None
        return at

    def _row(self) -> None:
        if self._cells is not None:
            self.blocks.row([*self._cells, self._taken()])
            self._cells = []

    def _finish(self) -> int:
        self._body = True
        return -1

    # --- signs ---

    def _sign(self, sign: str, text: str, at: int) -> int:
        if sign in _table()["accents"]:
            return self._accent(sign, text, at)
        if sign == "\\":
            at = self._past_options(text, at)
            if self._cells is not None:
                self._row()
            else:
                self._put("\n")
        elif sign in "[(":
            end = text.find("\\]" if sign == "[" else "\\)", at)
            return self._formula(text[at : end if end >= 0 else len(text)], len(text) if end < 0 else end + 2)
        else:
            self._put({",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": ""}.get(sign, sign))
        return at

    def _accent(self, sign: str, text: str, at: int) -> int:
        match = LETTER.match(text, at)
        if match is None:
            return at
        letter = match[1] or match[2] or match[3]
        self._put(unicodedata.normalize("NFC", letter + chr(int(_table()["accents"][sign], 16))))
        return match.end()

    def _math(self, sign: str, text: str, at: int) -> int:
        end = text.find(sign, at)
        if end < 0 or "\n\n" in text[at : min(end, at + 5000)]:  # a dollar that is a dollar
            self._put("$")
            return at if sign == "$" else at - 1
        return self._formula(text[at:end], end + len(sign))

    def _formula(self, formula: str, at: int) -> int:
        if NUMBERS.match(formula):
            self._put(formula.replace("\\", "").replace("~", " "))
        elif self._body and self._group.into != "skip":
            self.formulas += 1
        return at

    # --- groups ---

    def _brace(self, brace: str) -> None:
        if brace == "{":
            into = self._waiting.pop(0) if self._waiting else self._group.into
            if len(self._stack) < DEEPEST:
                self._stack.append(self._group)
                self._open(into)
        elif self._stack:
            ended, self._group = self._group, self._stack.pop()
            if ended.into != self._group.into:
                self._close(ended.into)

    def _open(self, into: str) -> None:
        if self._group.into in ("skip", "note", "title", "author", "date"):
            into = "skip" if into in ("skip", "note") and into != self._group.into else self._group.into
        if into.startswith("heading"):
            self._kind, self._level = "heading", int(into.split()[1])
        elif into == "caption":
            self._end_block()
        elif into in ("note", "title", "author", "date") and into != self._group.into:
            self._side = []
        self._group = Group("" if into in ("keep",) else into)

    def _close(self, into: str) -> None:
        if into.startswith("heading"):
            self._end_block()
            self._kind, self._level = "", 0
        elif into == "caption":
            self._kind = "caption"
            self._end_block()
            self._kind = ""
        elif into == "note" and self._body:
            place = self.blocks.size + (2 if self.blocks.size else 0) + len(squeezed("".join(self._line)))
            self._notes.append((place, squeezed("".join(self._side))))
        elif into in ("title", "author", "date"):
            self.held[into] = squeezed("".join(self._side))
