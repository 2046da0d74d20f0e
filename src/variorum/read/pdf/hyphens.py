"""Words that a hyphen parts at the end of a line: put together, or left with it, by how the text writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from variorum.spans import Edit

__all__ = ["mended", "vocabulary"]

BROKEN = re.compile(r"([^\W\d_]+)-\n([^\W\d_]+)")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands whole in some texts, in small letters."""
    return Counter(word.lower() for text in texts for word in WORD.findall(BROKEN.sub(" ", text)))


def mended(text: str, known: Counter[str]) -> Iterator[Edit]:
    """The edits that put together what was parted at line ends (``-`` and a line end).

    The hyphen goes between small letters, unless the text elsewhere writes the word with it, or writes both halves as
    words and never the whole. Between others (``Anglo-Irish``, ``1914-18``) it stays.

    >>> known = vocabulary(["The coast guard and a well-known master went to hospital."])
    >>> text = "the well-\\nknown coast-\\nguard left the hospi-\\ntal, Anglo-\\nIrish"
    >>> from variorum.spans import OffsetMap
    >>> OffsetMap(mended(text, known)).apply(text)
    'the well-known coast-guard left the hospital, Anglo-Irish'
    """
    at = text.find("-\n")
    while at >= 0:
        match = BROKEN.match(text, _word_start(text, at))
        stays = match is None or _stays(match[1], match[2], known)
        yield Edit(at + 1 if stays else at, at + 2, "", "hyphenation")
        at = text.find("-\n", at + 2)


def _word_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isalpha():
        at -= 1
    return at


def _stays(left: str, right: str, known: Counter[str]) -> bool:
    if not right[0].islower():
        return True
    left, right = left.lower(), right.lower()
    together, parted = known[left + right], known[f"{left}-{right}"]
    if together or parted:
        return parted > together
    return len(left) > 2 and len(right) > 2 and known[left] > 0 and known[right] > 0
