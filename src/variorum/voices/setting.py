"""What the finding of voices looks at in one witness: its words, paragraphs, strings in marks, people and headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from variorum.language.tree import Tree, Word
from variorum.mentions import Found
from variorum.spans import Span
from variorum.voices.kinds import is_nickname
from variorum.voices.marks import Marked, find_marked, paragraphs
from variorum.voices.speakers import Speakers

__all__ = ["Setting"]

HEADINGS = frozenset({"heading", "title"})


class Setting:
    """One witness before its voices are found; ``marked`` leaves out nicknames, which part no sentence."""

    def __init__(self, tree: Tree, found: Found) -> None:
        self.tree, self.text, self.witness = tree, tree.text, found.witness
        self.blocks = paragraphs(self.text)
        self._block_starts = [block.start for block in self.blocks]
        every = find_marked(self.text)
        self.nicknames = [mark for mark in every if is_nickname(self.text, mark.words(self.text))]
        self.marked: list[Marked] = [mark for mark in every if mark not in self.nicknames]
        self._mark_starts = [mark.start for mark in self.marked]
        self.speakers = Speakers(tree, found)
        self.speakers.near = {
            tree.holding(person.start): person.name
            for person in self.speakers.people
            if not self.in_marks(person.start)
        }
        self.people = self._words_of((person.start, person.end) for person in self.speakers.people)
        self.names = frozenset(person.name for person in self.speakers.people)
        self.datelines = sorted((row.start, row.end) for row in found.structure if row.kind == "dateline")
        self.headings = sorted((row.start, row.end) for row in found.structure if row.kind in HEADINGS)

    def _words_of(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        """The numbers of all words in some spans."""
        tree = self.tree
        return frozenset(i for start, end in spans for i in range(tree.holding(start), tree.first_at(end)))

    def block_of(self, offset: int) -> int:
        """The number of the paragraph that holds an offset."""
        return max(0, bisect_right(self._block_starts, offset) - 1)

    def in_marks(self, offset: int) -> bool:
        """True when the offset lies in some string in marks."""
        index = bisect_right(self._mark_starts, offset) - 1
        return index >= 0 and offset < self.marked[index].end

    def in_heading(self, offset: int) -> bool:
        """True when the offset lies in a heading or title: its words speak to nobody below it."""
        index = bisect_right(self.headings, (offset, len(self.text) + 1)) - 1
        return index >= 0 and offset < self.headings[index][1]

    def past_dateline(self, offset: int) -> int:
        """The offset, or where the words behind the dateline that holds it begin: ``PORT ASKER (SPA) -``."""
        index = bisect_right(self.datelines, (offset, len(self.text) + 1)) - 1
        if index < 0 or offset >= self.datelines[index][1]:
            return offset
        end = self.datelines[index][1]
        return end + len(self.text[end : end + 20]) - len(self.text[end : end + 20].lstrip(" -–—:"))

    def outside(self, speaker: Span | None) -> Span | None:
        """The speaker, unless it stands inside marks."""
        return None if speaker is None or self.in_marks(speaker.start) else speaker

    def last_word(self, offset: int) -> Word | None:
        """The last word before an offset that is no white space; None at the start of the text."""
        index = self.tree.first_at(offset) - 1
        while index >= 0 and self.tree[index].space:
            index -= 1
        return self.tree[index] if index >= 0 else None
