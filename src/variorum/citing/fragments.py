"""Addresses of words in a page: text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["address", "fragment"]

LONG = 200
"""Words longer than this many characters are named by their first and last words."""
EDGE = 5
"""How many words name the beginning and the end of a long stretch."""
AROUND = 4
"""How many words before it tell one occurrence from another."""


def fragment(text: str, start: int, end: int) -> str:
    """The directive that finds ``text[start:end]`` in a page with this text; empty where there is no word in it.

    Words that stand earlier in the text too are told apart by the words before them. A stretch that is long, or that
    goes over a line's end, is named by its beginning and its end, since a browser finds words only within one block.

    >>> fragment("Nine died. The gale - or two-thirds of it - passed.", 15, 50)
    'gale%20%2D%20or%20two%2Dthirds%20of%20it%20%2D%20passed'
    >>> fragment("nine died, said one. nine died, said two", 21, 30)
    'nine%20died%2C%20said%20one.-,nine%20died'
    """
    words = text[start:end].strip()
    if not words:
        return ""
    start = text.index(words, start)
    named = _named(words)
    earlier = text.find(words[: min(len(words), LONG)]) < start
    before = text[:start].rpartition("\n")[2].split()[-AROUND:] if earlier else []
    before = before[-2:] if sum(map(len, before)) > LONG else before
    return (_quoted(" ".join(before)) + "-," if before else "") + named


def _named(words: str) -> str:
    if len(words) <= LONG and "\n" not in words:
        return _quoted(words)
    lines = [line.split() for line in words.split("\n") if line.strip()]
    first, last = lines[0][:EDGE], lines[-1][-EDGE:]
    if len(lines) == 1 and len(lines[0]) <= 2 * EDGE:
        return _quoted(words)
    return f"{_quoted(' '.join(first))},{_quoted(' '.join(last))}"


def _quoted(words: str) -> str:
    return quote(re.sub(r"\s+", " ", words), safe="", errors="replace").replace("-", "%2D")


def address(link: str, text: str, start: int, end: int) -> str:
    """The address of words on a page of the web, or nothing where the account has no address.

    >>> address("https://example.org/a", "Nine died.", 0, 4), address("", "Nine died.", 0, 4)
    ('https://example.org/a#:~:text=Nine', '')
    """
    if not link:
        return ""
    words = fragment(text, start, end)
    if not words:
        return link
    return f"{link}{'' if '#' in link else '#'}:~:text={words}"
