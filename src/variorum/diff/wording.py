"""Which words of a text changed: the stretches that differ, each with a few words around it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

__all__ = ["changed_words"]

AROUND, MOST, LONGEST = 3, 4, 24
"""Words around a stretch, stretches that are told, and words of one that are printed."""
BLOCK = 2000
"""Words of a stretch of lines that are compared word by word; of a longer one only its beginning is told."""


def changed_words(was: str, now: str) -> list[tuple[str, str]]:
    """What stood there and what stands there, for the first stretches that differ; an empty side was added or cut.

    >>> changed_words("Twelve workers were killed at the mill.", "Sixteen workers were killed at the mill.")
    [('Twelve workers were killed …', 'Sixteen workers were killed …')]
    >>> changed_words("One. Two.", "One. Two.")
    []
    """
    found = []
    for pair in _stretches(was, now):
        found.append(pair)
        if len(found) > MOST:
            return [*found[:MOST], ("…", "…")]
    return found


def _stretches(was: str, now: str) -> Iterator[tuple[str, str]]:
    a, b = was.splitlines(), now.splitlines()
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _within(" ".join(a[i:j]).split(), " ".join(b[k:m]).split())


def _within(a: list[str], b: list[str]) -> Iterator[tuple[str, str]]:
    if max(len(a), len(b)) > BLOCK:
        yield _said(a, 0, len(a)), _said(b, 0, len(b))
        return
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _said(a, i, j), _said(b, k, m)


def _said(words: list[str], start: int, end: int) -> str:
    """A stretch with the words around it, and … where more stands."""
    low, high = max(0, start - AROUND), min(len(words), min(end, start + LONGEST) + AROUND)
    return f"{'… ' if low else ''}{' '.join(words[low:high])}{' …' if high < len(words) else ''}"
