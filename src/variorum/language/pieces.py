"""Cut a text into the pieces that the parser is given: paragraphs, and parts of paragraphs that are very long.

A paragraph break always ends a sentence. A paragraph longer than ``LONGEST`` characters is cut at the end of a
sentence, else at white space, else where it must be, so that a file without sentence ends stays harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.lists import toml
from variorum.spans import Span

__all__ = ["LONGEST", "pieces"]

LONGEST: int = toml("limits")["language"]["paragraph"]
LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]{0,3}\s")
NUMBER_BREAKS = re.compile(r"(?<!\d)\d{1,3},$")
NUMBER_GOES_ON = re.compile(r"\d{3}(?!\d)")
BLANK = re.compile(r"\s")


def pieces(text: str, times: Sequence[Span] = ()) -> list[Span]:
    r"""Spans of the pieces, in order, without the white space at their ends; no piece parts a time.

    >>> text = "The dam broke.\n\nTen houses fell."
    >>> [piece.of(text) for piece in pieces(text)]
    ['The dam broke.', 'Ten houses fell.']

    A line that breaks off in the middle of a sentence goes on in the next one:

    >>> text = "The dam above the town of Port Asker broke at night and\nten houses fell."
    >>> len(pieces(text))
    1
    """
    return [part for paragraph in paragraphs(text) for part in cut(text, paragraph, times)]


def paragraphs(text: str) -> Iterator[Span]:
    """Runs of lines; a line that stops without an end and is followed by a small letter is joined to the next one."""
    held: Span | None = None
    for match in LINE.finditer(text):
        line = stripped(text, Span(match.start(), match.end()))
        if line.start == line.end:
            continue
        if held is not None and goes_on(text, held, line):
            held = Span(held.start, line.end)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def goes_on(text: str, held: Span, line: Span) -> bool:
    """Whether two lines are one paragraph: one soft break between them, in the middle of a sentence."""
    gap = text[held.end : line.start]
    breaks = gap.count("\n") or gap.count("\r")
    if breaks == 1 and NUMBER_BREAKS.search(text, max(held.start, held.end - 5), held.end):
        return NUMBER_GOES_ON.match(text, line.start, line.end) is not None
    if breaks != 1 or not text[line.start].islower():
        return False
    return text[held.end - 1] not in '.!?:;"”’)' and held.end - held.start > 30


def stripped(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def cut(text: str, paragraph: Span, times: Sequence[Span]) -> Iterator[Span]:
    """The paragraph, or parts of at most ``LONGEST`` characters."""
    start = paragraph.start
    while paragraph.end - start > LONGEST:
        end = outside(times, start, place_to_cut(text, start, start + LONGEST))
        part = stripped(text, Span(start, end))
        if part.start < part.end:
            yield part
        start = end
    last = stripped(text, Span(start, paragraph.end))
    if last.start < last.end:
        yield last


def place_to_cut(text: str, start: int, limit: int) -> int:
    """The last sentence end in the second half of the window, else its last white space, else the limit."""
    window = text[start + LONGEST // 2 : limit]
    ends = [match.end() for match in SENTENCE_END.finditer(window)]
    if not ends:
        ends = [match.end() for match in BLANK.finditer(window)][-1:]
    return start + LONGEST // 2 + ends[-1] if ends else limit


def outside(times: Sequence[Span], start: int, end: int) -> int:
    """``end``, moved before a time that it would part."""
    for time in times:
        if start < time.start < end < time.end:
            return time.start
    return end
