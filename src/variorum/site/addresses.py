"""Where everything lives: file names of witnesses, events and pairs, and the addresses of rows within them.

An address never changes while the id does not: it is made from ids and offsets alone. Ids that would be unsafe as a
file name keep their letters and digits and gain a hash.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable

__all__ = ["PART_CHARACTERS", "Addresses", "file_name"]

PART_CHARACTERS = 60_000
"""A witness's text is divided into pages of about this many characters, so that a very long one stays quick."""

_UNSAFE = re.compile(r"[^a-z0-9_-]+")
_RESERVED = frozenset(["con", "prn", "aux", "nul", "index", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))])


def file_name(key: str) -> str:
    """A file name without its ending, safe on every system, different for different ids.

    >>> file_name("001"), file_name("../x")
    ('001', 'x-d6b96a97')
    >>> file_name("A") == file_name("a")
    False
    """
    clean = _UNSAFE.sub("-", key.lower())[:48].strip("-")
    if clean and clean == key and clean not in _RESERVED and not clean.startswith("-"):
        return clean
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{clean}-{digest}".lstrip("-")


class Addresses:
    """Addresses relative to the root of the site; a page puts its own way to the root before them.

    >>> at = Addresses({"001": [0, 500]})
    >>> at.event("e4"), at.span("001", 20, 28), at.span("001", 600, 610)
    ('events/e4.html', 'witnesses/001.html#at-20-28', 'witnesses/001-part-2.html#at-600-610')
    """

    def __init__(self, parts: dict[str, list[int]]) -> None:
        self.parts = parts
        self._files = {key: file_name(key) for key in parts}

    def witness(self, key: str, part: int = 0) -> str:
        """The page of a witness, or of a part of it."""
        name = self._files.get(key) or file_name(key)
        return f"witnesses/{name}-part-{part + 1}.html" if part else f"witnesses/{name}.html"

    def part(self, key: str, start: int) -> int:
        """Which part of a witness's text holds an offset."""
        return max(bisect_right(self.parts.get(key, [0]), start) - 1, 0)

    def span(self, key: str, start: int, end: int) -> str:
        """The place of words in their witness."""
        return f"{self.witness(key, self.part(key, start))}#{anchor(start, end)}"

    @staticmethod
    def event(event: str) -> str:
        """The page of an event."""
        return f"events/{file_name(event)}.html"

    @staticmethod
    def versions(first: str) -> str:
        """The page of the versions of one address, by the id of the first."""
        return f"versions/{file_name(first)}.html"

    @staticmethod
    def pair(a: str, b: str) -> str:
        """The page of two witnesses face to face."""
        return f"parallels/{file_name(a)}--{file_name(b)}.html"


def anchor(start: int, end: int) -> str:
    """The name of a span on its page.

    >>> anchor(20, 28)
    'at-20-28'
    """
    return f"at-{start}-{end}"


def divide(text: str, size: int = PART_CHARACTERS) -> list[int]:
    """The offsets at which the pages of a long text begin: after a paragraph, a space, or where they must.

    >>> divide("one two three four", 8)
    [0, 8, 14]
    >>> divide("short")
    [0]
    """
    starts = [0]
    while len(text) - starts[-1] > size:
        low, high = starts[-1] + size // 2, starts[-1] + size
        cut = next((c for c in _cuts(text, low, high)), high)
        starts.append(cut)
    return starts


def _cuts(text: str, low: int, high: int) -> Iterable[int]:
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, low, high)
        if at >= 0:
            yield at + len(mark)
