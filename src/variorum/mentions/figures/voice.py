"""Whose figure it is: the speaker of the cue verb that governs it, or the source that the sentence names.

In order: the cue that governs the figure in the parse; ``according to X``; a cue to the left with no verb between;
the nearest cue of the sentence; the speaker of the direct quotation it stands in; the speaker of the sentence
before. A chain is told outermost first: in "the agency quoted a doctor as saying" it is [the agency, a doctor].
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from variorum.mentions import Found
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.lexicon import cues
from variorum.mentions.figures.predicates import titled
from variorum.mentions.figures.speakers import Speakers, lemma_of, named_source
from variorum.mentions.figures.words import Line

__all__ = ["Voices"]

CLIMB = 14
"""How many heads are followed upwards from a figure."""

STRAIGHT = 12
"""How many words may stand between a cue and its figure to the right when no other verb does."""

GAP = 4
"""Sentences this many characters apart or nearer follow each other: a paragraph break at most."""


class Source(NamedTuple):
    """A cue: its token index, the speakers it gives (outermost first), and whether it needs to govern."""

    cue: int
    speakers: list[str]
    weak: bool


class Voices:
    """Gives each figure of a text its voice, sentence by sentence in order; remembers who spoke last."""

    def __init__(self, doc: Any, found: Found) -> None:
        self.doc = doc
        self.parsed = bool(doc.has_annotation("DEP"))
        self.starts = [token.idx for token in doc] if self.parsed else []
        self.direct = sorted((q.start, q.end, q.speaker) for q in found.quotes if q.direct and q.speaker)
        self.speakers = Speakers(doc, found)
        self.last_end = -1

    def give(self, line: Line, counts: Sequence[Count]) -> None:
        """Sets ``voice`` on the counts of one sentence; to be called for every sentence, in order."""
        sources = self._sources(line) if self.parsed else []
        named = named_source(line)
        for count in counts:
            count.voice = self._voice(line, count, sources, named)
        own = [c.voice for c in counts if c.voice]
        spoken = own[-1] if own else (sources[-1].speakers if sources else named[1] if named else [])
        if spoken and not titled(line):
            self.speakers.last, self.last_end = spoken, line.end

    def _voice(self, line: Line, count: Count, sources: list[Source], named: tuple[int, list[str]] | None) -> list[str]:
        found = self._governing(count, sources)
        if found is None and named is not None and _reaches(line, count, named[0]):
            found = named[1]
        if found is None:
            found = self._straight(count, sources) or self._nearest(line, count, sources)
        if found is None and (inside := self._quoted(count)) is not None:
            found = [inside]
        if found is None and self.parsed and not sources and self._adjacent(line):
            found = self.speakers.last
        return list(found or [])

    def _adjacent(self, line: Line) -> bool:
        return 0 <= self.last_end <= line.start and line.start - self.last_end < GAP

    def _quoted(self, count: Count) -> str | None:
        at = bisect_right(self.direct, (count.start_offset, 1 << 60, "")) - 1
        if at >= 0 and self.direct[at][0] <= count.start_offset < self.direct[at][1]:
            return self.direct[at][2]
        return None

    def _sources(self, line: Line) -> list[Source]:
        """The cues of a sentence that name somebody."""
        found = []
        for index in range(bisect_left(self.starts, line.start), bisect_left(self.starts, line.end)):
            token = self.doc[index]
            if token.pos_ not in ("VERB", "AUX") and token.lower_ not in ("said", "says"):
                continue
            lemma = lemma_of(token)
            if (lemma in cues().strong or lemma in cues().weak) and (chain := self.speakers.of(token)):
                found.append(Source(index, chain, lemma in cues().weak))
        return found

    def _token(self, count: Count) -> int:
        return bisect_right(self.starts, count.line.words[count.number].start) - 1

    def _governing(self, count: Count, sources: list[Source]) -> list[str] | None:
        """The cue above the figure in the parse, or beside one of the words above it (``..., they said``)."""
        at = self._token(count)
        if not sources or at < 0:
            return None
        named = {s.cue: s for s in sources}
        token, before = self.doc[at], self.doc[at]
        for _ in range(CLIMB):
            source = named.get(token.i)
            if source is not None and before.dep_ not in ("nsubj", "nsubj:pass") and token.i != before.i:
                return source.speakers
            beside = self._beside(token, before, named)
            if beside is not None or token.head.i == token.i:
                return beside
            before, token = token, token.head
        return None

    @staticmethod
    def _beside(token: Any, before: Any, named: dict[int, Source]) -> list[str] | None:
        if token.n_lefts + token.n_rights > 40:
            return None
        for child in token.children:
            source = named.get(child.i)
            if source is None or source.weak or child.i == before.i:
                continue
            if child.dep_ == "parataxis" or (child.dep_ == "ccomp" and child.i > token.i):
                return source.speakers
        return None

    def _straight(self, count: Count, sources: list[Source]) -> list[str] | None:
        """A cue to the left, weak or not, with no other verb between: ``updated its toll to 704``."""
        at = self._token(count)
        before = [s for s in sources if s.cue < at]
        if not before or at - before[-1].cue > STRAIGHT:
            return None
        verbs = any(self.doc[i].pos_ in ("VERB", "AUX") for i in range(before[-1].cue + 1, at))
        return None if verbs else before[-1].speakers

    def _nearest(self, line: Line, count: Count, sources: list[Source]) -> list[str] | None:
        best: tuple[int, list[str]] | None = None
        for source in sources:
            token = self.doc[source.cue]
            after = token.idx > count.start_offset
            if source.weak or (after and (_aside(token) or _cut_off(line, count.end_offset, token.idx))):
                continue
            distance = abs(token.idx - count.start_offset)
            if best is None or distance < best[0]:
                best = distance, source.speakers
        return best[1] if best else None


def _aside(cue: Any) -> bool:
    """Does the cue stand in a relative clause, which tells of somebody else?"""
    token = cue
    for _ in range(3):
        if token.dep_.startswith("acl"):
            return True
        token = token.head
    return False


def _cut_off(line: Line, start: int, end: int) -> bool:
    """A cue after ``, and`` or ``, but`` does not reach back over it."""
    inside = [w for w in line.words if start <= w.start < end]
    return any(
        (a.low == "," and b.low in ("and", "but", "while", "whereas")) or a.low == ";" for a, b in pairwise(inside)
    )


def _reaches(line: Line, count: Count, start: int) -> bool:
    """An "according to" serves its sentence, but not over a semicolon, nor back over ", but"."""
    if start < count.start_offset:
        return not any(w.low == ";" for w in line.words if start <= w.start < count.start_offset)
    return not _cut_off(line, count.end_offset, start)
