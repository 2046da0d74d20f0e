"""Reported speech and stance in a parsed sentence: cue, content and speaker, from the cue's frames.

Universal Dependencies: the content is a clausal complement, an infinitive, an object, or the object of a preposition
that the frame names; it stands left of the cue only as a clause ("It sank, he said") or as a passive subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from variorum.language.grammar import SUBJECTS, noun_phrase
from variorum.language.tree import Tree, Word
from variorum.spans import Span
from variorum.voices.cues import Cue, cue_of
from variorum.voices.extents import by_words, direct_object, left_part, past_cue, right_part
from variorum.voices.subjects import is_time, is_told, left_of, noun_speaker, of_speaker, speaker_of, spoken_by
from variorum.voices.titles import titles
from variorum.voices.words import forms, limit, listed

__all__ = ["Report", "cue_span", "find_reports", "unsaid"]

Extent = tuple[int, int, str]
AUXILIARY = frozenset({"aux", "aux:pass", "advmod", "cop"})
OPENING, CLOSING = '([“"‘$#', ')]”"’.?!%'
SPEAKING, SOURCES = listed("speaking"), listed("documents")
CIRCUMSTANCES = listed("circumstances") | {"as"}
QUESTIONS, ASKED = listed("question_words"), listed("asked")
NOT, NO_WORDS, DENYING, FAILING = listed("not_words"), listed("no_words"), forms("denying"), forms("failing")


@dataclass(slots=True)
class Report:
    """One report: ``start`` to ``end`` are its content, ``how`` the frame that holds it; ``head`` its cue's number."""

    start: int
    end: int
    cue: Span
    speaker: Span | None
    tier: str
    how: str
    head: int
    cited: Span | None = None


def is_citing(word: Word) -> bool:
    """``citing``, ``quoting``: a participle that names whose words another hands on."""
    return word.low.endswith("ing") and word.low in forms("carrying")


def past_citing(tree: Tree, first: int, last: int) -> tuple[int, Span | None]:
    """Where words begin that ``citing the port office,`` stands before, and whom it cites; also ``which cited``."""
    verb = first + 1 if tree[first].low == "which" and first < last else first
    if tree[verb].low not in forms("carrying") or (verb == first and not is_citing(tree[verb])):
        return first, None
    near = tree.words[verb + 1 : min(last, verb + limit("apposition"))]
    comma = next((w.i for w in near if w.text == ","), -1)
    noun = next((w for w in near if w.i < comma and w.pos in ("NOUN", "PROPN") and w.dep in ("obj", "obl")), None)
    noun = noun or next((w for w in near if w.i < comma and w.pos in ("NOUN", "PROPN")), None)
    source = spoken_by(noun, apposed=False)
    return (first, None) if source is None else (comma + 1, source)


def find_reports(tree: Tree) -> Iterator[Report]:
    """All reports of a text, in the order of their cues."""
    for word in tree.words:
        cue = cue_of(word)
        if cue is None:
            continue
        if cue.pos == "noun":
            yield from noun_reports(word, cue)
        elif cue.pos == "adjective":
            yield from adjective_reports(word, cue)
        elif word.dep not in ("aux", "cop") and not is_modifier(word):
            yield from verb_reports(word, cue)


def is_modifier(verb: Word) -> bool:
    """``an estimated 40``: a participle before its noun; behind an auxiliary it is a verb that the parser mistook."""
    if verb.dep not in ("amod", "compound") or verb.head.i < verb.i or not verb.i:
        return False
    return verb.tree[verb.i - 1].pos not in ("AUX", "ADV")


def unsaid(verb: Word, cue: Cue) -> bool:
    """True where nothing is said: ``would not confirm that``, ``declined to say``, ``nobody said``, ``said nothing``.

    A denial (``did not deny``) and a stance (``does not believe``) say something.
    """
    neither = any(c.low in NOT and c.dep in ("cc", "cc:preconj") and c.i < verb.i for c in verb.children)
    if cue.tier != "says" or (verb.low in DENYING and not neither):
        return False
    if neither or any(c.low in NOT and c.dep == "advmod" and c.i < verb.i for c in verb.children):
        return True
    if verb.dep == "xcomp" and verb.head.low in FAILING:
        return True
    return nothing_said(verb) or any(_nobody(subject) for subject in verb.under("nsubj"))


def _nobody(subject: Word) -> bool:
    """``nobody``, ``no official``, ``neither the police nor the army``."""
    opener = subject.under("det", "cc:preconj")
    return subject.low in ("nobody", "none", "neither") or any(word.low in ("no", "neither") for word in opener)


def nothing_said(verb: Word) -> bool:
    """``said nothing``, ``said little more``."""
    return any(c.low in NO_WORDS for c in verb.under("obj"))


def made(tree: Tree, first: int, last: int, cue: Word, tier: str, how: str, speaker: Span | None) -> Report | None:
    """A report of the words ``first`` to ``last``, without punctuation at the edges; None when nothing is left."""
    while first <= last and (tree[first].space or (tree[first].punct and tree[first].text not in OPENING)):
        first += 1
    while last >= first and (tree[last].space or (tree[last].punct and tree[last].text not in CLOSING)):
        last -= 1
    opener = tree[tree[first].sentence.start] if first <= last else None
    if opener is None or (opener.low in ASKED and opener.i in (first, cue.i)):
        return None  # "asked whether the army had used gas, the minister said": nobody says the question
    first, source = past_citing(tree, first, last)
    return Report(tree[first].start, tree[last].end, cue_span(cue), speaker, tier, how, cue.i, source)


def cue_span(cue: Word) -> Span:
    """The cue with its auxiliaries, negation and particles, as far as they stand next to it."""
    tree, sentence = cue.tree, cue.sentence
    first = last = cue.i
    while first > sentence.start and tree[first - 1].head is cue and tree[first - 1].dep in AUXILIARY:
        first -= 1
    while last + 1 < sentence.end and tree[last + 1].head is cue and tree[last + 1].dep == "compound:prt":
        last += 1
    return Span(tree[first].start, tree[last].end)


# --- verbs ---


def verb_reports(verb: Word, cue: Cue) -> Iterator[Report]:
    """The reports that a verb makes: at most one."""
    speaker, passive = speaker_of(verb), is_told(verb)
    found = passive_extent(verb, cue) if passive else None
    found = found or active_extent(verb, cue, speaker) or by_words(verb, cue)
    how = _manner(verb, cue, found[2]) if found else ""
    if found is None or _tells_nothing(verb, cue, found, how):
        return
    first, last, _ = found
    how = "charge" if how == "object" and "charge" in cue.flags else how
    if speaker is None and not passive:
        speaker = left_of(verb)
    if report := made(verb.tree, first, last, verb, cue.tier, how, speaker):
        yield report


def _manner(verb: Word, cue: Cue, frame: str) -> str:
    """How the words in a frame of the verb are told."""
    if frame != "clause":
        return frame
    if unsaid(verb, cue):
        return "object"  # "would not say why the bridge fell": what is asked is spoken of, and told by nobody
    return "known" if "factive" in cue.flags else frame  # "they learned that it fell": the witness says so itself


def _tells_nothing(verb: Word, cue: Cue, found: Extent, how: str) -> bool:
    """True where a verb of speech hands on no words: ``would not say that``, ``citing the port office``."""
    first, last, frame = found
    if frame != "clause" and any(_nobody(subject) for subject in verb.under("nsubj")):
        return True
    if how != "object":
        return "weak" in cue.flags and how != "clause"
    if frame == "clause" and verb.tree[first].low not in QUESTIONS:
        return True
    denied = first == last and verb.low in DENYING and verb.tree[first].low == "it"
    return "weak" in cue.flags or denied or nothing_said(verb) or hands_on(verb)


def hands_on(verb: Word) -> bool:
    """``citing the port office``, ``the mayor was quoted``: one who can speak, whom somebody cites, is nothing said."""
    source = verb.one("obj", "nsubj:pass") if verb.low in forms("carrying") else None
    if source is None:
        return False
    return source.low in SPEAKING | SOURCES | titles() or (is_citing(verb) and source.pos == "PROPN")


def passive_extent(verb: Word, cue: Cue) -> Extent | None:
    """The subject of a passive, or the clause after ``it was said``."""
    if clause := clause_child(verb, cue):
        return (*(right_part(verb, clause) if clause.i > verb.i else left_part(verb)), "clause")
    subject = verb.one("nsubj:pass")
    if any(c.i > verb.i and c.has("mark") for c in verb.under("xcomp")):
        return None  # "is said to have left": the deed is told, not the doer
    if subject is not None and "object" in cue.frames and "person" not in cue.flags and subject.pos != "PRON":
        return (*noun_phrase(subject), "object")
    return None


def active_extent(verb: Word, cue: Cue, speaker: Span | None) -> Extent | None:
    """What an active verb's frames hold: a clause, infinitive, gerund, object or prepositional object."""
    clause = clause_child(verb, cue)
    if clause is not None:
        first, last = right_part(verb, clause) if clause.i > verb.i else _left(verb)
        return _stray_subject(verb, first), last, "clause"
    if "clause" in cue.frames and verb.dep == "parataxis" and speaker and verb.head.i < verb.i and set_off(verb):
        first, last = _left(verb)
        return first, last, "clause"
    if found := infinitive(verb, cue):
        return found
    if "object" in cue.frames and (found := direct_object(verb)):
        return found
    return prepositional(verb, cue)


def _stray_subject(verb: Word, first: int) -> int:
    """Where a report begins whose subject the parser hangs on the cue: ``Hale, who came, said ten were missing``."""
    subjects = verb.under("nsubj", "nsubj:pass")
    if len(subjects) > 1 and subjects[0].i < verb.i < subjects[-1].first < first:
        return subjects[-1].first
    return first


def _left(verb: Word) -> tuple[int, int]:
    """The clause before a cue, and after it where it only interrupts that."""
    first, last = left_part(verb)
    return first, past_cue(last, verb.i, verb.sentence) if first <= last else last


def set_off(verb: Word) -> bool:
    """True for a cue that only closes or interrupts what it reports: no object, no conjunction of its own."""
    return not any(c.dep in ("obj", "mark", "cc") and c.low != "as" for c in verb.children)


def clause_child(verb: Word, cue: Cue) -> Word | None:
    """The clausal complement of the cue, if its frames have one; one right of the cue comes first."""
    if "clause" in cue.frames or "ing" in cue.frames:
        for child in sorted(verb.under("ccomp", "csubj:pass", "csubj"), key=lambda c: c.i < verb.i):
            if not _continues(child) and (child.i > verb.i or child.dep == "ccomp"):
                return child
    if "clause" in cue.frames:
        for child in verb.under("xcomp", "parataxis", "advcl"):
            if child.i > verb.i and child.has(*SUBJECTS) and not marked_by(child):
                return child
    if "ing" in cue.frames:
        for child in verb.under("xcomp", "obj"):
            if child.i > verb.i and child.pos == "VERB" and child.low.endswith("ing"):
                return child
    return None


def _continues(clause: Word) -> bool:
    """True for ``, which ...`` after a comma, which goes on about what was said, and for ``after he left``."""
    opener = clause.tree[clause.first]
    if clause.i > clause.head.i and opener.low in CIRCUMSTANCES:
        return True
    return opener.low in ("which", "who") and opener.i > 0 and clause.tree[opener.i - 1].text == ","


def marked_by(clause: Word) -> bool:
    """True when a clause opens with a subordinator other than ``that``."""
    return any(c.low not in ("that", "whether", "if") for c in clause.under("mark"))


def infinitive(verb: Word, cue: Cue) -> Extent | None:
    """``vowed to leave``; with the object before it (``urged the crew to leave``) unless that is an addressee."""
    if "to" not in cue.frames:
        return None
    told = is_told(verb)
    for child in verb.under("xcomp", "ccomp", "advcl"):
        if child.i < verb.i or not any(c.low == "to" for c in child.children):
            continue
        if told and child.has("aux") and (inner := cue_of(child)) is not None and inner.tier == "says":
            continue  # "is said to have shouted": who shouted speaks, in words of its own
        first = max(child.first, verb.i + 1)
        for obj in verb.under("obj", "iobj"):
            if verb.i < obj.i < first and "person" not in cue.flags:
                first = obj.first
        return first, child.last, "to"
    return None


PREPOSITIONAL = frozenset({"obl", "advcl", "xcomp", "nmod", "obl:arg", "ccomp", "acl"})


def prepositional(word: Word, cue: Cue) -> Extent | None:
    """``called for a strike``: the object of a preposition that the frame names, and what follows it."""
    for child in word.children:
        if child.i < word.i or child.dep not in PREPOSITIONAL:
            continue
        case = next((c for c in child.children if c.dep in ("case", "mark") and c.i < child.i), None)
        if case is None or case.low not in cue.prepositions or is_time(child):
            continue
        if case.low == "to" and case.pos == "PART" and cue.pos == "verb":
            continue
        last = child.last
        for other in word.under("xcomp", "advcl"):
            if other.i > last and other.first == last + 1:
                last = other.last
        return case.i + 1 if case.pos != "PART" else case.i, last, "object"
    return None


# --- adjectives and nouns ---


def adjective_reports(word: Word, cue: Cue) -> Iterator[Report]:
    """``is worried that``, ``is critical of``: an adjective with a subject and a complement of its frames."""
    speaker = speaker_of(word)
    found = complement(word, cue) if speaker else None
    if found and (report := made(word.tree, found[0], found[1], word, cue.tier, found[2], speaker)):
        yield report


def complement(word: Word, cue: Cue) -> Extent | None:
    """The clause, infinitive or prepositional object of an adjective or noun."""
    if "clause" in cue.frames:
        for child in word.under("ccomp", "acl", "advcl"):
            if child.i > word.i and any(c.low == "that" for c in child.under("mark")):
                return child.first, child.last, "clause"
            if child.dep == "ccomp" and child.i > word.i and not marked_by(child):
                return child.first, child.last, "clause"
    if "to" in cue.frames:
        for child in word.under("xcomp", "acl", "advcl", "ccomp"):
            if child.i > word.i and any(c.low == "to" for c in child.under("mark")):
                return child.first, child.last, "to"
    return prepositional(word, cue)


def noun_reports(noun: Word, cue: Cue) -> Iterator[Report]:
    """``Hale's call for a strike``, ``a warning that ...``: needs a complement, and a speaker unless it is a clause."""
    found = complement(noun, cue)
    if found is None:
        return
    speaker = (of_speaker(noun) if found[2] == "clause" else None) or noun_speaker(noun)
    if speaker is None and found[2] != "clause":
        return
    if report := made(noun.tree, found[0], found[1], noun, cue.tier, found[2], speaker):
        yield report
