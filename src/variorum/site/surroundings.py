"""What stands before and after some words: their sentence, as far as it is near."""

from __future__ import annotations

import re

from variorum.site.marking import shown

__all__ = ["FEW", "around"]

FEW = 60
"""Characters of a reading up to which its sentence is shown around it."""

_AROUND = 110
"""Characters of a sentence that are shown before and after a short reading."""

_END = re.compile(r"[.!?]['\"”’)]?\s|\n")
"""Where a sentence ends in a text whose sentences nobody marked."""


def around(text: str, start: int, end: int, sentence: tuple[int, int] | None) -> tuple[str, str]:
    """What is shown before and after ``text[start:end]``: the rest of its sentence, cut at words where it is long.

    ``sentence`` holds the offsets of the sentence around the words; where none is known, it is taken to end at a full
    stop or a line's end.

    >>> around("The ferry sank. Of her crew two died.", 28, 31, (16, 37))
    ('Of her crew ', ' died.')
    """
    first, last = sentence or _guessed(text, start, end)
    before, after = text[max(first, start - _AROUND) : start], text[end : min(last, end + _AROUND)]
    if first < start - _AROUND:
        before = "… " + before.partition(" ")[2]
    if last > end + _AROUND:
        after = after.rpartition(" ")[0] + " …"
    return shown(before), shown(after)


def _guessed(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of a sentence by its full stops, looked for a little further than is shown."""
    low, high = max(0, start - _AROUND - 1), min(len(text), end + _AROUND + 1)
    first = max((match.end() for match in _END.finditer(text, low, start)), default=low)
    after = _END.search(text, end, high)
    return first, after.end() if after else high
