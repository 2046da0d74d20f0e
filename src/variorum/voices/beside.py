"""Give each string in marks its cue and its speaker: from the parsed report around it, else from the words beside it.

Strings of one paragraph with the same cue between them (``"A," Hale said. "B."``) become one quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from variorum.language.tree import Tree, Word
from variorum.spans import Span
from variorum.voices.cues import Cue, cue_of
from variorum.voices.reports import cue_span
from variorum.voices.subjects import SUBJECTS, left_of, noun_speaker, of_speaker, speaker_of, whole

__all__ = ["Direct", "Places", "attach", "beside"]

BESIDE = 14  # tokens looked at on either side of a string


@dataclass(slots=True)
class Direct:
    """A string in marks with what was found for it; ``paragraph`` is the number of the paragraph it begins in."""

    start: int
    end: int
    words: Span
    paragraph: int
    cue: Span | None = None
    speaker: Span | None = None
    side: str = ""
    tier: str = "says"


class Places:
    """From offsets to tokens, and whether an offset lies inside marks."""

    def __init__(self, doc: Tree, marked: list[Span]) -> None:
        self.doc = doc
        self.text = doc.text
        self.starts = doc.starts
        self.marked = marked
        self._mark_starts = [span.start for span in marked]
        self.people: frozenset[int] = frozenset()
        self.names: frozenset[str] = frozenset()

    def first_at(self, offset: int) -> int:
        """Index of the first token that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def holding(self, offset: int) -> int:
        """Index of the token that holds an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def tokens_of(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        """The indexes of all tokens in some spans."""
        return frozenset(i for start, end in spans for i in range(self.holding(start), self.first_at(end)))

    def in_marks(self, offset: int) -> bool:
        """True when the offset lies in some string in marks."""
        index = bisect_right(self._mark_starts, offset) - 1
        return index >= 0 and offset < self.marked[index].end


def attach(direct: Direct, places: Places, block: Span) -> None:
    """Set cue and speaker from the words after the string, then from those before it, in its paragraph ``block``."""
    after = beside(places, direct.end, block, right=True)
    before = beside(places, direct.start, block, right=False)
    # a cue before that ends in a colon or comma binds closest; else the one after
    text = places.text
    lead = text[max(0, direct.start - 2) : direct.start].strip()
    if before is None and text[block.start : direct.start].strip() == "":
        before = lead_line(places, block)
    order = [("before", before), ("after", after)] if lead in (":", ",") else [("after", after), ("before", before)]
    if after is None and before is None and lead == ":":
        order = [("before", lead_subject(places, direct.start, block))]
    for side, token in order:
        if token is None:
            continue
        direct.side = side
        direct.cue = cue_span(token)
        direct.speaker = subject_beside(places, token, direct, side)
        return
    direct.speaker = signed(places.text, direct.end, block)


SIGNED = re.compile(r"\s*[—–―-]{1,2}\s*((?:[A-Z][\w.’'-]*[ ]?){1,5})\s*(?:[,(\n.]|$)")


def signed(text: str, offset: int, block: Span) -> Span | None:
    """The name after a dash that follows the words: ``“Stay.” — Ana Hale``; a line end may stand between."""
    match = SIGNED.match(text, offset, min(len(text), offset + 120))
    return Span(match.start(1), match.start(1) + len(match.group(1).rstrip())) if match else None


def subject_beside(places: Places, token: Word, direct: Direct, side: str) -> Span | None:
    """The cue's subject; by the words alone where the parse puts it inside the marks or on their far side."""
    if token.pos == "NOUN":
        return outside(of_speaker(token) or noun_speaker(token), places)
    if side == "after" and (named := between(places, token, direct) or inverted(places, token)):
        return named
    span = outside(speaker_of(token), places)
    if span is not None and (side == "before" or span.start >= direct.end):
        return span
    return outside(near_subject(places, token, direct, side), places) or span


def lead_line(places: Places, block: Span) -> Word | None:
    """The verb of the paragraph before, where that one ends with a colon and so leads to the words."""
    doc = places.doc
    index = places.first_at(block.start) - 1
    while index >= 0 and doc[index].space:
        index -= 1
    if index < 0 or doc[index].text != ":":
        return None
    held = None
    for token in reversed(doc.words[max(0, index - 40) : index]):
        if token.space and "\n" in token.text:
            break
        if token.pos in ("VERB", "AUX") and any(c.dep in SUBJECTS for c in token.children):
            held = held or token
            cue = cue_of(token)
            if cue is not None and "marks" in cue.frames:
                return token
    return held


def outside(speaker: Span | None, places: Places) -> Span | None:
    """The speaker, unless it stands inside marks."""
    return None if speaker is None or places.in_marks(speaker.start) else speaker


def beside(places: Places, offset: int, block: Span, right: bool) -> Word | None:
    """The nearest verb that may bring words in marks, on one side of a string and in its sentence."""
    doc = places.doc
    index = places.first_at(offset) if right else places.first_at(offset) - 1
    step = 1 if right else -1
    for count in range(BESIDE if right else 3 * BESIDE):
        at = index + step * count
        if not 0 <= at < len(doc):
            return None
        token = doc[at]
        if not block.start <= token.start < block.end or places.in_marks(token.start):
            return None
        if token.text in ".!?;" and count and not token.text.isalpha() and at != index:
            return None
        if right and count > 5 and token.text == ",":
            return None
        cue = cue_of(token)
        if cue is not None and cue.pos == "verb" and fits(token, cue):
            return token
        if cue is not None and cue.pos == "noun" and not right and "clause" in cue.frames and doc[index].low == "that":
            return token
    return None


def fits(token: Word, cue: Cue) -> bool:
    """True for a verb of speech that may stand beside marks."""
    return "marks" in cue.frames and token.dep not in ("amod", "aux", "cop")


def between(places: Places, token: Word, direct: Direct) -> Span | None:
    """``“Stay,” the mate said``: the words between string and cue, where no verb and no stop is among them."""
    doc = places.doc
    first, last = places.first_at(direct.end), token.i - 1
    while first <= last and (doc[first].punct or doc[first].space):
        first += 1
    while last >= first and (doc[last].pos in ("AUX", "ADV", "PART") or doc[last].punct):
        last -= 1
    if last < first or doc[first].pos in ("ADP", "ADV", "CCONJ", "SCONJ"):
        return None
    stop = next((i for i in range(first, last + 1) if doc[i].text in ",(;—"), last + 1)
    if any(doc[i].pos in ("VERB", "AUX") or doc[i].text in ".?!" for i in range(first, last + 1)) or stop == first:
        return None
    return Span(doc[first].start, doc[stop - 1].end)


def inverted(places: Places, token: Word) -> Span | None:
    """``said the Minister of Works, Ana Hale``: from the word after the cue to the first person's name."""
    doc = places.doc
    start, last = token.i + 1, -1
    for index in range(start, min(len(doc), start + 25, token.sentence.end)):
        word = doc[index]
        if word.pos in ("VERB", "AUX", "PRON", "SCONJ") or word.text in ".;:—–" or places.in_marks(word.start):
            break
        if index in places.people and not word.punct:
            last = index
        elif last >= 0 and not word.space:
            break
    if last < 0 or doc[start].pos in ("ADP", "ADV", "PUNCT"):
        return None
    return Span(doc[start].start, doc[last].end)


def near_subject(places: Places, token: Word, direct: Direct, side: str) -> Span | None:
    """By the words alone: the noun phrase between string and cue, or right after the cue (``said Hale``)."""
    doc = places.doc
    if side == "before":
        return left_of(token) or first_person(places, token)
    step = range(token.i + 1, min(len(doc), token.i + 8))
    back = range(token.i - 1, max(-1, token.i - 6), -1)
    for index in [*step, *back]:
        word = doc[index]
        if word.punct or places.in_marks(word.start):
            break
        if word.pos in ("PROPN", "PRON") or (word.pos == "NOUN" and index > token.i):
            return noun_run(doc, index)
    return None


def first_person(places: Places, token: Word) -> Span | None:
    """The first person named in the cue's sentence before it."""
    doc = places.doc
    for index in range(token.sentence.start, token.i):
        if index in places.people and not places.in_marks(doc[index].start):
            last = index
            while last + 1 in places.people:
                last += 1
            return Span(doc[index].start, doc[last].end)
    return None


def noun_run(doc: Tree, index: int) -> Span:
    """The run of names and nouns around a word."""
    first = last = index
    while last + 1 < len(doc) and doc[last + 1].pos in ("PROPN", "NOUN"):
        last += 1
    while first > 0 and doc[first - 1].pos in ("PROPN", "NOUN", "DET", "ADJ"):
        first -= 1
    return Span(doc[first].start, doc[last].end)


def lead_subject(places: Places, offset: int, block: Span) -> Word | None:
    """The root verb of the words before a colon, whatever verb it is."""
    index = places.first_at(offset) - 1
    doc = places.doc
    if index < 0 or doc[index].start < block.start:
        return None
    for token in reversed(doc.words[max(0, doc[index].sentence.start) : index]):
        if token.pos in ("VERB", "AUX") and any(c.dep in SUBJECTS for c in token.children):
            return token
    return None


def climb(places: Places, direct: Direct, block: Span) -> Span | None:
    """No cue: the subject of the nearest verb above the string whose subject stands outside marks.

    A string that begins its own sentence takes the subject of the sentence before it in its paragraph.
    """
    doc = places.doc
    index = min(len(doc) - 1, places.first_at(direct.words.start))
    token = doc[index]
    if doc.parsed and token.sentence.start_char >= direct.start:
        return sentence_before(places, token.sentence.start, block)
    for _ in range(12):
        subject = next((c for c in token.children if c.dep in SUBJECTS and not places.in_marks(c.start)), None)
        if subject is not None and subject.pos != "SPACE" and not direct.start <= subject.start < direct.end:
            return whole(subject)
        if token.head == token:
            return None
        token = token.head
    return None


def sentence_before(places: Places, start: int, block: Span) -> Span | None:
    """The subject of the sentence before a string, where that stands in the same paragraph and outside marks."""
    doc = places.doc
    index = start - 1
    while index >= 0 and (doc[index].space or doc[index].punct):
        index -= 1
    if index < 0 or doc[index].start < block.start:
        return None
    root = doc[index].sentence.root
    subject = next((c for c in root.children if c.dep in SUBJECTS), None)
    return outside(whole(subject), places) if subject is not None else None


LONGEST_LINE = 60  # characters of a line that may be a signature


def standing_alone(places: Places, direct: Direct, blocks: list[Span]) -> Span | None:
    """A string that is a paragraph by itself: who signs it in a short line after it, else who spoke just before it.

    The last sentence of the paragraph before must hold a verb of saying, whose subject it takes.
    """
    block = blocks[direct.paragraph]
    if places.text[block.start : direct.start].strip():
        return None
    for after in blocks[direct.paragraph + 1 : direct.paragraph + 3]:
        line = after.of(places.text).strip(" —–-*")
        if len(line) <= LONGEST_LINE and line in places.names:
            at = places.text.index(line, after.start)
            return Span(at, at + len(line))
    if not direct.paragraph or not places.doc.parsed:
        return None
    last = places.holding(blocks[direct.paragraph - 1].end - 1)
    for token in places.doc[last].sentence:
        cue = cue_of(token)
        if cue is not None and cue.pos == "verb" and cue.tier == "says" and (subject := speaker_of(token)):
            words = subject.of(places.text)
            return outside(subject, places) if words.lower() != words or words in ("he", "she", "they") else None
    return None
