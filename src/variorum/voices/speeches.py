"""Speeches without marks: a whole document, or what a dash opens, that is one person's words.

A run of paragraphs is a speech when its unmarked first person (I, we, our, my) is dense and a line before it names who
speaks: ``Address by ...``, ``... addressed the nation``, ``Remarks of ...``. Proposal of the method notes; in news text
three such words in a hundred are passed by one document in a hundred.
"""

from __future__ import annotations

import re

from variorum.lists import toml
from variorum.spans import Span
from variorum.voices.marks import Marked
from variorum.voices.words import limit, listed

__all__ = ["find_speech"]

FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me|[Oo]urs|[Mm]ine)\b")
WORDS = re.compile(r"\w+")
_NAMING: int = toml("limits")["voices"]["naming"]
_TAIL: int = toml("limits")["voices"]["tail"]
DENSE, SHORTEST, LEAST = (toml("voices")["speech"][name] for name in ("dense", "shortest", "least"))
NAMING = re.compile(rf"\b(?:{'|'.join(sorted(listed('speeches')))})\b", re.IGNORECASE)
DASH = re.compile(r"[-–—―]\s+(?=[A-Z“\"‘'I])")


def dense(text: str) -> float:
    """First-person words in a hundred words.

    >>> dense("We mourn our dead.")
    50.0
    """
    words = len(WORDS.findall(text))
    return 100.0 * len(FIRST_PERSON.findall(text)) / words if words else 0.0


def outside_marks(text: str, block: Span, marked: list[Marked]) -> str:
    """The block's text without its strings in marks."""
    parts, at = [], block.start
    for mark in marked:
        if mark.end <= at or mark.start >= block.end:
            continue
        parts.append(text[at : max(at, mark.start)])
        at = mark.end
    parts.append(text[at : block.end] if at < block.end else "")
    return "".join(parts)


def find_speech(text: str, blocks: list[Span], marked: list[Marked]) -> tuple[Span, Span | None] | None:
    """The span of the speech and of the line that names its speaker (or None); None for any other text."""
    if sum(1 for _ in blocks) < 2:
        return None
    plain = [outside_marks(text, block, marked) for block in blocks]
    first = start_of_speech(text, blocks, plain)
    if first is None:
        return None
    last = len(blocks) - 1
    while last > first and dense(plain[last]) == 0.0 and len(WORDS.findall(plain[last])) < _TAIL:
        last -= 1
    body = "\n".join(plain[first : last + 1])
    if len(WORDS.findall(body)) < SHORTEST or dense(body) < DENSE:
        return None
    start = blocks[first].start
    if opener := DASH.match(text, start):
        start = opener.end()
    name = naming_line(text, blocks[:first])
    return (Span(start, blocks[last].end), name) if name or dense(body) >= 2 * DENSE else None


def start_of_speech(text: str, blocks: list[Span], plain: list[str]) -> int | None:
    """The paragraph after which the first person is dense: opened by a dash, or right after the naming line."""
    counts = [len(FIRST_PERSON.findall(part)) for part in plain]
    sizes = [len(WORDS.findall(part)) for part in plain]
    total, words = sum(counts), sum(sizes)
    if not words or total < LEAST:
        return None
    for index, block in enumerate(blocks):
        rest = 100.0 * sum(counts[index:]) / max(1, sum(sizes[index:]))
        if rest < DENSE:
            continue
        if DASH.match(text, block.start):
            return index
        if (
            index
            and NAMING.search(plain[index - 1])
            and sizes[index - 1] < _NAMING
            and counts[index - 1] == 0
            and counts[index]
        ):
            return index
    return next((i for i, n in enumerate(counts) if n), None) if 100.0 * total / words >= DENSE else None


def naming_line(text: str, before: list[Span]) -> Span | None:
    """The last paragraph before the speech that says who speaks."""
    for block in reversed(before):
        if NAMING.search(block.of(text)) and len(block.of(text)) < limit("announcement"):
            return block
    return None
