"""Spans of a text, edits that repair it, and the map from the repaired text back to the text as read.

Every offset in Variorum counts Unicode code points, half-open: ``text[start:end]``. Repairs are recorded while they
are made; nothing is recovered by comparing texts afterwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Edit", "OffsetMap", "Span"]


class Span(NamedTuple):
    """A stretch of a text, from ``start`` up to but without ``end``, in code points.

    >>> Span(4, 8).of("the ferry sank")
    'ferr'
    >>> Span(4, 8).overlaps(Span(8, 9)), Span(4, 8).contains(Span(5, 8))
    (False, True)
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when both share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The span moved by ``by`` characters."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One repair: ``text[start:end]`` of the text as read becomes ``new``; ``rule`` names the repair.

    >>> Edit(7, 8, "'", "apostrophe").new
    "'"
    """

    start: int
    end: int
    new: str
    rule: str


class OffsetMap:
    """Applies edits to a text and maps spans of the repaired text back to the text as read.

    Edits may come in any order but must not overlap (``ValueError``). A span that begins or ends inside a replacement
    is widened to the whole replaced stretch, so that ``back`` never loses characters.

    >>> repair = OffsetMap([Edit(7, 8, "'", "apostrophe"), Edit(9, 10, "", "soft hyphen")])
    >>> repaired = repair.apply('country"s\\xad ferry')
    >>> repaired
    "country's ferry"
    >>> start = repaired.index("ferry")
    >>> repair.back(start, start + 5).of('country"s\\xad ferry')
    'ferry'
    """

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        self.edits = tuple(sorted(edits))
        self._old: list[int] = [0]
        self._new: list[int] = [0]
        self._kept: list[bool] = [True]
        old = new = 0
        for edit in self.edits:
            if edit.start < old or edit.end < edit.start:
                raise ValueError(f"edit at {edit.start}:{edit.end} overlaps the one before it or runs backwards")
            new += edit.start - old
            self._add(edit.start, new, False)
            old, new = edit.end, new + len(edit.new)
            self._add(old, new, True)

    def _add(self, old: int, new: int, kept: bool) -> None:
        self._old.append(old)
        self._new.append(new)
        self._kept.append(kept)

    def apply(self, text: str) -> str:
        """The repaired text."""
        parts: list[str] = []
        at = 0
        for edit in self.edits:
            parts += (text[at : edit.start], edit.new)
            at = edit.end
        parts.append(text[at:])
        return "".join(parts)

    def back(self, start: int, end: int) -> Span:
        """The span of the text as read that became ``start:end`` of the repaired text.

        An empty span stays empty at the nearest place.
        """
        first = self._to_old(start, False)
        last = self._to_old(end - 1, True) + 1 if end > start else first
        return Span(first, max(first, last))

    def forward(self, start: int, end: int) -> Span:
        """The span of the repaired text that ``start:end`` as read became; deleted text gives an empty one."""
        first = self._to_new(start, False)
        last = self._to_new(end, True) if end > start else first
        return Span(first, max(first, last))

    def _segment(self, marks: list[int], offset: int) -> int:
        return bisect_right(marks, offset) - 1

    def _to_old(self, offset: int, last: bool) -> int:
        index = self._segment(self._new, offset)
        if self._kept[index]:
            return self._old[index] + offset - self._new[index]
        return self._old[index + 1] - 1 if last else self._old[index]

    def _to_new(self, offset: int, last: bool) -> int:
        index = self._segment(self._old, offset - 1 if last else offset)
        if self._kept[index]:
            return self._new[index] + offset - self._old[index]
        return self._new[index + 1] if last else self._new[index]
