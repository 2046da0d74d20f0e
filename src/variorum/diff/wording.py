"""Which words of a text changed: the stretches that differ, each with a few words around it."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.differing import steps

__all__ = ["changed_words"]

AROUND, MOST, LONGEST = 3, 4, 24
"""Words around a stretch, stretches that are told, and words of one that are printed."""


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
    a, b = was.split(), now.split()
    for i, j, k, m in steps(a, b):
        yield _said(a, i, j), _said(b, k, m)


def _said(words: list[str], start: int, end: int) -> str:
    """A stretch with the words around it, and … where more stands."""
    low, high = max(0, start - AROUND), min(len(words), min(end, start + LONGEST) + AROUND)
    return f"{'… ' if low else ''}{' '.join(words[low:high])}{' …' if high < len(words) else ''}"
