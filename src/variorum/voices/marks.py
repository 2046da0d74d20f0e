"""Strings in quotation marks, found in plain text by one machine per paragraph.

Straight, curly, single, low and angle marks; marks that are opened again at each paragraph of a long quotation, or not;
marks that are never closed. An odd mark spoils its own paragraph at most. No parser is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from variorum.spans import Span
from variorum.voices.words import limit

__all__ = ["Marked", "find_marked", "paragraphs"]

DOUBLE = '"“”„‟〝〞'
ANGLE = "«»"
SINGLE = "'‘’‚"
OPENING = "“„«‘‚〝"
CLOSING = "”»’〞"
BEFORE_OPENING = "([{—–-―/:" + OPENING + '"'
AFTER_CLOSING = ".,;:!?)]}—–-―…/" + CLOSING + "\"'"
ELISION = re.compile(r"['’](?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b|n['’])", re.IGNORECASE)
BREAK = re.compile(r"\n[ \t\r\f\v\n]*")
BLANKS = " \t\r\f\v"


@dataclass(frozen=True, slots=True)
class Marked:
    """A string in marks: ``start`` at the opening mark, ``end`` after the closing one; ``words`` stand inside."""

    start: int
    end: int
    closed: bool
    paragraphs: int = 1

    def words(self, text: str) -> Span:
        """The span inside the marks, without space at the edges.

        >>> text = 'She said: "It sank."'
        >>> [mark.words(text).of(text) for mark in find_marked(text)]
        ['It sank.']
        """
        start, end = self.start + 1, self.end - 1 if self.closed else self.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text; a single line end is soft where the next line goes on in lower case.

    >>> text = "The ferry\\nsank.\\nHale wept."
    >>> [span.of(text) for span in paragraphs(text)]
    ['The ferry\\nsank.', 'Hale wept.']
    """
    spans: list[Span] = []
    start = 0
    for gap in BREAK.finditer(text):
        soft = gap.group().count("\n") == 1 and gap.end() < len(text) and text[gap.end()].islower()
        if soft:
            continue
        end = gap.start()
        while end > start and text[end - 1] in BLANKS:
            end -= 1
        if end > start:
            spans.append(Span(start, end))
        start = gap.end()
    if text[start:].strip():
        spans.append(Span(start, len(text.rstrip())))
    return spans


def find_marked(text: str) -> list[Marked]:
    """All outermost strings in marks, in order; single marks count only where the text mostly uses them.

    >>> text = "“A. “B.” C,” said Hale. The crew's \\"ship's\\" bell."
    >>> [mark.words(text).of(text) for mark in find_marked(text)]
    ['A. “B.” C,', "ship's"]
    """
    text = paired(text)
    blocks = paragraphs(text)
    double = list(_runs(text, blocks, (DOUBLE, ANGLE)))
    single = list(_runs(text, blocks, (SINGLE,)))
    if len(single) > 3 * len(double):
        return single
    return double


PAIRED = re.compile(r"''|``|‘‘|’’")


def paired(text: str) -> str:
    """Two single marks side by side as one double one, in a text of the same length.

    >>> paired("``Stay,'' said Hale")
    '\\x1c"Stay,"\\x1c said Hale'
    """
    if not PAIRED.search(text):
        return text
    return PAIRED.sub(
        lambda m: (
            '\x1c"' if text[m.end() : m.end() + 1].strip() and not text[m.start() - 1 : m.start()].strip() else '"\x1c'
        ),
        text,
    )


def _runs(text: str, blocks: list[Span], families: tuple[str, ...]) -> Iterator[Marked]:
    """Strings paragraph by paragraph; one left open is carried on or ends with its paragraph."""
    carried: tuple[int, str, int] | None = None  # where it opened, its family, over how many paragraphs
    for number, block in enumerate(blocks):
        machine = Machine(text, block, families, carried)
        yield from machine.run()
        carried = machine.left_open
        if carried is None:
            continue
        start, family, count = carried
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if count >= limit("paragraphs") or after is None or not _goes_on(text, after, family):
            yield Marked(start, block.end, False, count)
            carried = None


def _goes_on(text: str, block: Span, family: str) -> bool:
    """True when a paragraph opens again with a mark of the family, or when its first such mark is a closing one."""
    for index in range(block.start, block.end):
        if text[index] in family and not is_apostrophe(text, index):
            opens, closes = sides(text, index)
            return index == block.start or (closes and not opens and text[index] not in OPENING)
    return False


def is_apostrophe(text: str, index: int) -> bool:
    """True for a mark inside a word: ``crew's``, and also ``crew"s`` where an apostrophe was turned into a mark."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if text[index] in "'’‘":
        return (before.isalnum() and after.isalnum()) or bool(ELISION.match(text, index))
    return text[index] == '"' and before.isalpha() and after.islower()


def sides(text: str, index: int) -> tuple[bool, bool]:
    """Whether a mark may open, and whether it may close, by what stands on its two sides."""
    before, after = text[index - 1 : index] if index else "", text[index + 1 : index + 2]
    opens = (not before or before.isspace() or before in BEFORE_OPENING) and bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace() and (not after or after.isspace() or after in AFTER_CLOSING)
    return opens, closes


class Machine:
    """Reads the marks of one paragraph from left to right."""

    def __init__(self, text: str, block: Span, families: tuple[str, ...], carried: tuple[int, str, int] | None) -> None:
        self.text, self.block, self.families = text, block, families
        self.open_at, self.family, self.count = carried or (-1, "", 0)
        self.depth = 0
        self.count += 1
        every = "".join(families)
        self.places = [i for i in range(block.start, block.end) if text[i] in every and not is_apostrophe(text, i)]

    def run(self) -> Iterator[Marked]:
        """The strings that end in this paragraph."""
        for order, index in enumerate(self.places):
            mark = self.text[index]
            if self.open_at < 0:
                self._maybe_open(index)
            elif mark in self.family and not (index == self.block.start and self.count > 1):
                yield from self._inside(index, order)

    def _maybe_open(self, index: int) -> None:
        opens, closes = sides(self.text, index)
        directed = self.text[index] in OPENING
        if opens or (directed and not closes):
            self.open_at, self.depth, self.count = index, 0, 1
            self.family = next(family for family in self.families if self.text[index] in family)

    def _inside(self, index: int, order: int) -> Iterator[Marked]:
        opens, closes = sides(self.text, index)
        mark = self.text[index]
        if (mark in OPENING and opens) or (mark == '"' and opens and not closes):
            if self._nests(order):
                self.depth += 1
            else:
                yield self._broken_off(index)
                self._maybe_open(index)
        elif self._possessive(index, order):
            return
        elif self.depth:
            self.depth -= 1
        else:
            yield Marked(self.open_at, index + 1, True, self.count)
            self.open_at = -1

    def _nests(self, order: int) -> bool:
        """True when two closing marks follow before the next opening one, at any depth that fits."""
        closings = 0
        for index in self.places[order + 1 : order + 6]:
            opens, closes = sides(self.text, index)
            if opens and not closes:
                break
            closings += closes
        return closings >= 2

    def _possessive(self, index: int, order: int) -> bool:
        """True for ``crews'`` inside single marks, when a better closing mark comes later."""
        text = self.text
        if text[index] not in "'’" or text[index - 1 : index].lower() != "s" or text[index + 1 : index + 2] != " ":
            return False
        for later in self.places[order + 1 : order + 4]:
            opens, closes = sides(text, later)
            if closes and not opens:
                return True
            if opens:
                return False
        return False

    def _broken_off(self, index: int) -> Marked:
        """A string that was never closed before the next one opens: it ends with its last full sentence."""
        inside = self.text[self.open_at : index]
        stop = max(inside.rfind("."), inside.rfind("!"), inside.rfind("?"), inside.rfind("\n"))
        end = self.open_at + stop + 1 if stop > 0 else index
        found = Marked(self.open_at, end, False, self.count)
        self.open_at = -1
        return found

    @property
    def left_open(self) -> tuple[int, str, int] | None:
        """What is still open at the end: where, which family, over how many paragraphs so far."""
        return (self.open_at, self.family, self.count) if self.open_at >= 0 else None
