"""Reported speech and stance in a parsed sentence: cue, content and speaker, from the cue's frames.

Universal Dependencies: the content is a clausal complement, an infinitive, an object, or the object of a preposition
that the frame names; it stands left of the cue only as a clause ("It sank, he said") or as a passive subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from variorum.language.tree import Tree, Word
from variorum.spans import Span
from variorum.voices.cues import Cue, cue_of
from variorum.voices.extents import by_words, direct_object, left_part, right_part
from variorum.voices.subjects import (
    SUBJECTS,
    children,
    is_passive,
    is_time,
    left_of,
    noun_speaker,
    of_speaker,
    reach,
    speaker_of,
)

__all__ = ["Report", "cue_span", "find_reports"]


@dataclass(slots=True)
class Report:
    """One report: ``content`` and ``cue`` as spans of the text, the speaker's span or None, tier and frame."""

    start: int
    end: int
    cue: Span
    speaker: Span | None
    tier: str
    frame: str
    head: int  # index of the cue's token

    @property
    def content(self) -> Span:
        """The reported words."""
        return Span(self.start, self.end)


def find_reports(doc: Tree) -> Iterator[Report]:
    """All reports of a document, in the order of their cues."""
    for token in doc.words:
        cue = cue_of(token)
        if cue is None or (cue.pos == "verb" and token.dep in ("aux", "cop")):
            continue
        if cue.pos == "verb":
            yield from verb_reports(token, cue)
        elif cue.pos == "adjective":
            yield from adjective_reports(token, cue)
        else:
            yield from noun_reports(token, cue)


def make(doc: Tree, first: int, last: int, token: Word, cue: Cue, frame: str, speaker: Span | None) -> Report | None:
    """A report of the tokens ``first`` to ``last``, without punctuation at the edges; None when nothing is left."""
    while first <= last and doc[first].space:
        first += 1
    while last >= first and doc[last].space:
        last -= 1
    while first <= last and doc[first].punct and doc[first].text not in '([“"‘$#':
        first += 1
    while last >= first and doc[last].punct and doc[last].text not in ')]”"’.?!%':
        last -= 1
    if first > last:
        return None
    span = cue_span(token)
    return Report(doc[first].start, doc[last].end, span, speaker, cue.tier, frame, token.i)


def cue_span(token: Word) -> Span:
    """The cue with its auxiliaries, negation and particles, as far as they stand next to it."""
    doc = token.tree
    first = last = token.i
    while (
        first > token.sentence.start
        and doc[first - 1].head == token
        and doc[first - 1].dep in ("aux", "aux:pass", "advmod", "cop")
    ):
        first -= 1
    while last + 1 < token.sentence.end and doc[last + 1].head == token and doc[last + 1].dep == "compound:prt":
        last += 1
    return Span(doc[first].start, doc[last].end)


def verb_reports(token: Word, cue: Cue) -> Iterator[Report]:
    """The reports that a verb makes: at most one."""
    doc = token.tree
    speaker = speaker_of(token)
    passive = is_passive(token)
    found = passive_extent(token, cue) if passive else None
    if found is None:
        found = active_extent(token, cue, speaker)
    if found is None:
        found = by_words(token, cue)
    if found is None:
        return
    first, last, frame = found
    if "weak" in cue.flags and frame != "clause":
        return
    if speaker is None and not passive:
        speaker = left_of(token)
    report = make(doc, first, last, token, cue, frame, speaker)
    if report:
        yield report


def passive_extent(token: Word, cue: Cue) -> tuple[int, int, str] | None:
    """The subject of a passive, or the clause after ``it was said``."""
    if clause := clause_child(token, cue):
        return (*right_part(token, clause), "clause")
    subject = next(iter(children(token, "nsubj:pass")), None)
    if subject is not None and "object" in cue.frames and "person" not in cue.flags and subject.pos != "PRON":
        return (*reach(subject), "object")
    return None


def active_extent(token: Word, cue: Cue, speaker: Span | None) -> tuple[int, int, str] | None:
    """What an active verb's frames hold: a clause, infinitive, gerund, object or prepositional object."""
    clause = clause_child(token, cue)
    if clause is not None:
        first, last = right_part(token, clause) if clause.i > token.i else left_part(token)
        return first, last, "clause"
    if "clause" in cue.frames and token.dep == "parataxis" and speaker and token.head.i < token.i:
        first, last = left_part(token)
        return first, last, "clause"
    if found := infinitive(token, cue):
        return found
    if "object" in cue.frames and (found := direct_object(token)):
        return found
    return prepositional(token, cue)


def clause_child(token: Word, cue: Cue) -> Word | None:
    """The clausal complement of the cue, if its frames have one."""
    doc = token.tree
    if "clause" not in cue.frames and "ing" not in cue.frames:
        return None
    for child in children(token, "ccomp", "csubj:pass", "csubj"):
        opener = doc[child.first]
        if opener.low in ("which", "who") and opener.i > 0 and doc[opener.i - 1].text == ",":
            continue
        if child.i > token.i or child.dep == "ccomp":
            return child
    if "clause" in cue.frames:
        for child in children(token, "xcomp", "parataxis", "advcl"):
            if child.i > token.i and any(c.dep in SUBJECTS for c in child.children) and not marked_by(child):
                return child
    if "ing" in cue.frames:
        for child in children(token, "xcomp", "obj"):
            if child.i > token.i and child.pos == "VERB" and child.low.endswith("ing"):
                return child
    return None


def marked_by(token: Word) -> bool:
    """True when a clause opens with a subordinator other than ``that``."""
    return any(c.dep == "mark" and c.low not in ("that", "whether", "if") for c in token.children)


def infinitive(token: Word, cue: Cue) -> tuple[int, int, str] | None:
    """``vowed to leave``; with the object before it (``urged the crew to leave``) unless that is an addressee."""
    if "to" not in cue.frames:
        return None
    for child in children(token, "xcomp", "ccomp", "advcl"):
        if child.i < token.i or not any(c.low == "to" for c in child.children):
            continue
        first, last = reach(child)
        first = max(first, token.i + 1)
        for obj in children(token, "obj", "iobj"):
            if token.i < obj.i < first and "person" not in cue.flags:
                first = obj.first
        return first, last, "to"
    return None


def prepositional(token: Word, cue: Cue) -> tuple[int, int, str] | None:
    """``called for a strike``: the object of a preposition that the frame names, and what follows it."""
    for child in token.children:
        if child.i < token.i or child.dep not in ("obl", "advcl", "xcomp", "nmod", "obl:arg", "ccomp", "acl"):
            continue
        case = next((c for c in child.children if c.dep in ("case", "mark") and c.i < child.i), None)
        if case is None or case.low not in cue.prepositions or is_time(child):
            continue
        if case.low == "to" and case.pos == "PART" and cue.pos == "verb":
            continue
        last = child.last
        for other in token.children:
            if other.i > last and other.first == last + 1 and other.dep in ("xcomp", "advcl"):
                last = other.last
        return case.i + 1 if case.pos != "PART" else case.i, last, "object"
    return None


def adjective_reports(token: Word, cue: Cue) -> Iterator[Report]:
    """``is worried that``, ``is critical of``: an adjective with a subject and a complement of its frames."""
    speaker = speaker_of(token)
    if speaker is None:
        return
    found = complement(token, cue)
    if found and (report := make(token.tree, found[0], found[1], token, cue, found[2], speaker)):
        yield report


def complement(token: Word, cue: Cue) -> tuple[int, int, str] | None:
    """The clause, infinitive or prepositional object of an adjective or noun."""
    if "clause" in cue.frames:
        for child in children(token, "ccomp", "acl", "advcl"):
            if child.i > token.i and any(c.dep == "mark" and c.low == "that" for c in child.children):
                return (*reach(child), "clause")
            if child.dep == "ccomp" and child.i > token.i and not marked_by(child):
                return (*reach(child), "clause")
    if "to" in cue.frames:
        for child in children(token, "xcomp", "acl", "advcl", "ccomp"):
            if child.i > token.i and any(c.low == "to" and c.dep == "mark" for c in child.children):
                return (*reach(child), "to")
    return prepositional(token, cue)


def noun_reports(token: Word, cue: Cue) -> Iterator[Report]:
    """``Hale's call for a strike``, ``a warning that ...``: needs a complement, and a speaker unless it is a clause."""
    found = complement(token, cue)
    if found is None:
        return
    speaker = (of_speaker(token) if found[2] == "clause" else None) or noun_speaker(token)
    if speaker is None and found[2] != "clause":
        return
    if report := make(token.tree, found[0], found[1], token, cue, found[2], speaker):
        yield report
