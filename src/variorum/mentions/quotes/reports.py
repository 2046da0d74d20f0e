"""Reported speech and stance in a parsed sentence: cue, content and speaker, from the cue's frames.

Universal Dependencies: the content is a clausal complement, an infinitive, an object, or the object of a preposition that
the frame names; it stands left of the cue only as a clause ("It sank, he said") or as a passive subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from variorum.mentions.quotes.cues import Cue, cue_of
from variorum.spans import Span

__all__ = ["Report", "find_reports", "speaker_of"]

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})
CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "conj", "csubj", "csubj:pass"})
RELATIVE = frozenset({"who", "which", "that"})
HAVE = frozenset({"have", "has", "had", "having", "’ve", "'ve"})


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


def end_of(token: Token) -> int:
    """The offset after a token."""
    return int(token.idx) + len(token)


def reach(head: Token) -> tuple[int, int]:
    """First and last token index of what hangs on a word."""
    return head.left_edge.i, head.right_edge.i


def children(token: Token, *deps: str) -> list[Token]:
    """The direct dependents with one of the relations."""
    return [child for child in token.children if child.dep_ in deps]


def find_reports(doc: Doc) -> Iterator[Report]:
    """All reports of a document, in the order of their cues."""
    for token in doc:
        cue = cue_of(token)
        if cue is None or (cue.pos == "verb" and token.dep_ in ("aux", "cop")):
            continue
        if cue.pos == "verb":
            yield from verb_reports(token, cue)
        elif cue.pos == "adjective":
            yield from adjective_reports(token, cue)
        else:
            yield from noun_reports(token, cue)


def make(doc: Doc, first: int, last: int, token: Token, cue: Cue, frame: str, speaker: Span | None) -> Report | None:
    """A report of the tokens ``first`` to ``last``, without punctuation at the edges; None when nothing is left."""
    while first <= last and doc[first].is_space:
        first += 1
    while last >= first and doc[last].is_space:
        last -= 1
    while first <= last and doc[first].is_punct and doc[first].text not in '([“"‘$#':
        first += 1
    while last >= first and doc[last].is_punct and doc[last].text not in ')]”"’.?!%':
        last -= 1
    if first > last:
        return None
    span = cue_span(token)
    return Report(doc[first].idx, end_of(doc[last]), span, speaker, cue.tier, frame, token.i)


def cue_span(token: Token) -> Span:
    """The cue with its auxiliaries, negation and particles, as far as they stand next to it."""
    doc = token.doc
    first = last = token.i
    while (
        first > token.sent.start
        and doc[first - 1].head == token
        and doc[first - 1].dep_ in ("aux", "aux:pass", "advmod", "cop")
    ):
        first -= 1
    while last + 1 < token.sent.end and doc[last + 1].head == token and doc[last + 1].dep_ == "compound:prt":
        last += 1
    return Span(doc[first].idx, end_of(doc[last]))


# --- verbs ---


def verb_reports(token: Token, cue: Cue) -> Iterator[Report]:
    """The reports that a verb makes: at most one."""
    doc = token.doc
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


def left_of(token: Token) -> Span | None:
    """By the words alone: the noun phrase left of a verb, past its auxiliaries and adverbs, or past a comma's insertion."""
    doc, first = token.doc, token.sent.start
    index = token.i - 1
    while index >= first and (doc[index].pos_ in ("AUX", "ADV", "PART") or doc[index].is_space):
        index -= 1
    if index < first or doc[index].pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    start = index
    while start - 1 >= first and doc[start - 1].pos_ in ("NOUN", "PROPN", "ADJ", "DET", "NUM"):
        start -= 1
    return Span(doc[start].idx, end_of(doc[index]))


def is_passive(token: Token) -> bool:
    """True for a passive participle, also without its auxiliary (``condemned by Hale``)."""
    if any(child.dep_ in ("aux:pass", "obl:agent") for child in token.children):
        return True
    helped = any(child.dep_ == "aux" and child.lower_ in HAVE for child in token.children)
    return not helped and any(child.dep_ == "nsubj:pass" for child in token.children)


def passive_extent(token: Token, cue: Cue) -> tuple[int, int, str] | None:
    """The subject of a passive, or the clause after ``it was said``."""
    if clause := clause_child(token, cue):
        return (*right_part(token, clause), "clause")
    subject = next(iter(children(token, "nsubj:pass")), None)
    if subject is not None and "object" in cue.frames and "person" not in cue.flags and subject.pos_ != "PRON":
        return (*reach(subject), "object")
    return None


def active_extent(token: Token, cue: Cue, speaker: Span | None) -> tuple[int, int, str] | None:
    """What an active verb's frames hold: clause, infinitive, gerund, object, prepositional object, or a clause before it."""
    clause = clause_child(token, cue)
    if clause is not None:
        return (*(right_part(token, clause) if clause.i > token.i else left_part(token)), "clause")
    if "clause" in cue.frames and token.dep_ == "parataxis" and speaker and token.head.i < token.i:
        return (*left_part(token), "clause")
    if found := infinitive(token, cue):
        return found
    if "object" in cue.frames and (found := direct_object(token)):
        return found
    return prepositional(token, cue)


def clause_child(token: Token, cue: Cue) -> Token | None:
    """The clausal complement of the cue, if its frames have one."""
    if "clause" not in cue.frames and "ing" not in cue.frames:
        return None
    for child in children(token, "ccomp", "csubj:pass", "csubj"):
        opener = child.left_edge
        if opener.lower_ in ("which", "who") and opener.i > 0 and opener.nbor(-1).text == ",":
            continue
        if child.i > token.i or child.dep_ == "ccomp":
            return child
    if "clause" in cue.frames:
        for child in children(token, "xcomp", "parataxis", "advcl"):
            if child.i > token.i and any(c.dep_ in SUBJECTS for c in child.children) and not marked_by(child):
                return child
    if "ing" in cue.frames:
        for child in children(token, "xcomp", "obj"):
            if child.i > token.i and child.pos_ == "VERB" and child.lower_.endswith("ing"):
                return child
    return None


def marked_by(token: Token) -> bool:
    """True when a clause opens with a subordinator other than ``that``."""
    return any(c.dep_ == "mark" and c.lower_ not in ("that", "whether", "if") for c in token.children)


def right_part(token: Token, clause: Token) -> tuple[int, int]:
    """From the clause's left edge to its right one; where the parser cuts it short, on to the sentence's end."""
    first, last = reach(clause)
    first = max(first, token.i + 1)
    inside = stop_at(token.doc, max(first, clause.i) + 1, last, HARD)
    if inside < last or not runs_on(token, last):
        return first, inside
    return first, stop_at(token.doc, last + 1, token.sent.end - 1, SOFT)


HARD = frozenset({";"})
SOFT = frozenset({";", "—", "–", "--", ":", ")", "―"})
TURNS = frozenset(
    {"and", "but", "while", "which", "who", "although", "though", "whereas", "adding", "as", "saying", "or"}
)


def runs_on(token: Token, last: int) -> bool:
    """True when nothing that governs the cue stands right of it, so that what follows the clause is likely its own."""
    above = token
    for _ in range(8):
        if above.head == above:
            return True
        above = above.head
        if above.i > last:
            return False
    return False


def stop_at(doc: Doc, first: int, last: int, stops: frozenset[str]) -> int:
    """The last token of a report between two indexes: before a stop, or a comma and a word that turns away."""
    for index in range(first, last + 1):
        word = doc[index]
        if word.text in stops:
            return index - 1
        if word.lower_ in ("and", "but") and index + 1 <= last and is_speech(doc[index + 1]):
            return index - (2 if doc[index - 1].text == "," else 1)
        turns = word.lower_ == "adding" or (stops is SOFT and word.lower_ in TURNS)
        if word.lower_ in TURNS and doc[index - 1].text == "," and index + 1 <= last:
            if any(is_speech(doc[i]) for i in range(index + 1, min(last, index + 5) + 1)):
                return index - 2
            if turns and doc[index + 1].lower_ != "that":
                return index - 2
    return last


def is_speech(token: Token) -> bool:
    """True for a finite verb of saying, as in ``and says``."""
    cue = cue_of(token)
    return (
        cue is not None
        and cue.pos == "verb"
        and cue.tier == "says"
        and "clause" in cue.frames
        and (not token.lower_.endswith("ing"))
        and token.lower_ != cue.word
    )


def left_part(token: Token) -> tuple[int, int] | None:
    """The clause before ``, he said``: from the sentence's start to the words of the cue."""
    sentence = token.sent
    doc = token.doc
    edge = token.i
    for child in token.children:
        if child.i < token.i and child.dep_ in (*SUBJECTS, "aux", "advmod") and child.left_edge.i < edge:
            edge = child.left_edge.i
    while edge > sentence.start and doc[edge - 1].text not in (",", "—", "-", "–", "?", "!", "”", '"', "’", ";"):
        edge -= 1
    last = edge - 1
    while last > sentence.start and doc[last].is_punct and doc[last].text in (",", "—", "-", "–"):
        last -= 1
    return (sentence.start, last) if last > sentence.start else (sentence.start, sentence.start - 1)


def infinitive(token: Token, cue: Cue) -> tuple[int, int, str] | None:
    """``vowed to leave``; with the object before it (``urged the crew to leave``) unless that is an addressee."""
    if "to" not in cue.frames:
        return None
    for child in children(token, "xcomp", "ccomp", "advcl"):
        if child.i < token.i or not any(c.lower_ == "to" for c in child.children):
            continue
        first, last = reach(child)
        first = max(first, token.i + 1)
        for obj in children(token, "obj", "iobj"):
            if token.i < obj.i < first and "person" not in cue.flags:
                first = obj.left_edge.i
        return first, last, "to"
    return None


def direct_object(token: Token) -> tuple[int, int, str] | None:
    """The object and what follows it in the verb's clause, without times."""
    for obj in children(token, "obj"):
        if obj.i < token.i:
            continue
        first, last = reach(obj)
        for child in token.children:
            follows = child.i > last and child.left_edge.i <= last + 1
            if (
                follows
                and child.dep_ in ("obl", "xcomp", "advcl", "ccomp")
                and not child.ent_type_
                and not is_time(child)
            ):
                last = child.right_edge.i
        return first, last, "object"
    return None


CIRCUMSTANCES = frozenset(
    ["since", "because", "during", "while", "when", "after", "before", "until", "unless", "although", "though", "amid"]
)


def circumstance(doc: Doc, head: int, last: int) -> int:
    """The last token of an object before a circumstance that the parse has put under it."""
    for index in range(head + 1, last + 1):
        word = doc[index]
        participle = word.lower_.endswith("ing") and word.pos_ == "VERB" and doc[index - 1].text == ","
        if participle or (word.lower_ in CIRCUMSTANCES and word.pos_ in ("SCONJ", "ADP")):
            return max(head, index - (2 if doc[index - 1].text == "," else 1))
    return last


def belongs(child: Token) -> bool:
    """True for what goes with an object: ``as a``, ``for being``, ``of``, ``to leave``; not for times and circumstances."""
    if child.dep_ == "xcomp":
        return True
    opener = next((c for c in child.children if c.dep_ in ("case", "mark")), None)
    return opener is not None and opener.lower_ in ("as", "for", "of", "to", "with", "over") and not is_time(child)


def is_time(token: Token) -> bool:
    """True for a time expression (one merged word of the language step)."""
    return token.dep_ in ("obl:tmod", "nmod:tmod") or any(
        span.start <= token.i < span.end for span in token.doc.spans.get("times", ())
    )


def prepositional(token: Token, cue: Cue) -> tuple[int, int, str] | None:
    """``called for a strike``: the object of a preposition that the frame names, and what follows it."""
    for child in token.children:
        if child.i < token.i or child.dep_ not in ("obl", "advcl", "xcomp", "nmod", "obl:arg", "ccomp", "acl"):
            continue
        case = next((c for c in child.children if c.dep_ in ("case", "mark") and c.i < child.i), None)
        if case is None or case.lower_ not in cue.prepositions or is_time(child):
            continue
        if case.lower_ == "to" and case.pos_ == "PART" and cue.pos == "verb":
            continue
        last = child.right_edge.i
        for other in token.children:
            if other.i > last and other.left_edge.i == last + 1 and other.dep_ in ("xcomp", "advcl"):
                last = other.right_edge.i
        return case.i + 1 if case.pos_ != "PART" else case.i, last, "object"
    return None


FINITE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "do",
        "does",
        "did",
        "isn't",
    ]
)


def by_words(token: Token, cue: Cue) -> tuple[int, int, str] | None:
    """Where the parse shows no content: the words after a verb of speech, if ``that`` or a finite verb is among them."""
    doc, end = token.doc, token.sent.end
    if "clause" not in cue.frames or cue.tier != "says" or token.i + 2 >= end:
        return None
    after = doc[token.i + 1]
    start = token.i + 1
    that = next(
        (i for i in range(start, min(end, start + 12)) if doc[i].lower_ == "that" and doc[i].pos_ == "SCONJ"), -1
    )
    if that >= 0 or "person" in cue.flags:
        start = that
    elif after.is_punct or (after.pos_ in ("ADP", "SCONJ", "CCONJ", "ADV") and after.lower_ != "that"):
        return None
    if start < 0 or (doc[start].lower_ != "that" and not finite_within(doc, start, end)):
        return None
    return start, stop_at(doc, start + 1, end - 1, SOFT), "clause"


def finite_within(doc: Doc, start: int, end: int) -> bool:
    """True when a subject and a finite verb stand in the next ten words."""
    window = doc[start : min(end, start + 10)]
    return any(t.lower_ in FINITE or "VerbForm=Fin" in str(t.morph) for t in window[1:]) and doc[start].pos_ in (
        "PRON",
        "PROPN",
        "NOUN",
        "DET",
        "ADJ",
        "NUM",
    )


# --- adjectives and nouns ---


def adjective_reports(token: Token, cue: Cue) -> Iterator[Report]:
    """``is worried that``, ``is critical of``: an adjective with a subject and a complement of its frames."""
    speaker = speaker_of(token)
    if speaker is None:
        return
    found = complement(token, cue)
    if found and (report := make(token.doc, found[0], found[1], token, cue, found[2], speaker)):
        yield report


def complement(token: Token, cue: Cue) -> tuple[int, int, str] | None:
    """The clause, infinitive or prepositional object of an adjective or noun."""
    if "clause" in cue.frames:
        for child in children(token, "ccomp", "acl", "advcl"):
            if child.i > token.i and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
                return (*reach(child), "clause")
            if child.dep_ == "ccomp" and child.i > token.i and not marked_by(child):
                return (*reach(child), "clause")
    if "to" in cue.frames:
        for child in children(token, "xcomp", "acl", "advcl", "ccomp"):
            if child.i > token.i and any(c.lower_ == "to" and c.dep_ == "mark" for c in child.children):
                return (*reach(child), "to")
    return prepositional(token, cue)


def noun_reports(token: Token, cue: Cue) -> Iterator[Report]:
    """``Hale's call for a strike``, ``a warning that ...``: needs a complement, and a speaker unless it is a clause."""
    found = complement(token, cue)
    if found is None:
        return
    speaker = (of_speaker(token) if found[2] == "clause" else None) or noun_speaker(token)
    if speaker is None and found[2] != "clause":
        return
    if report := make(token.doc, found[0], found[1], token, cue, found[2], speaker):
        yield report


def of_speaker(token: Token) -> Span | None:
    """``the statement of the Minister that``: who stands after ``of``, for a noun whose content is a clause."""
    for child in token.children:
        if child.dep_ == "nmod" and child.i > token.i and any(c.lower_ == "of" for c in child.children):
            return whole(child)
    return None


def noun_speaker(token: Token) -> Span | None:
    """Who utters a noun: its possessor, ``by`` or ``from`` whom it is, or the subject of the verb that it is object of."""
    for child in token.children:
        if child.dep_ == "nmod:poss":
            return whole(child)
        if child.dep_ in ("nmod", "nmod:agent") and any(
            c.lower_ in ("by", "from") for c in child.children if c.dep_ == "case"
        ):
            return whole(child)
    if token.dep_ in ("obj", "obl", "conj", "xcomp") and token.head.pos_ in ("VERB", "AUX"):
        return speaker_of(token.head)
    if children(token, "cop"):
        return speaker_of(token)
    return None


# --- speakers ---


def speaker_of(token: Token) -> Span | None:
    """The subject of a verb, shared over coordination, participles and infinitives; the by-agent of a passive.

    At most eight steps up, so that odd parses cost little.
    """
    if is_passive(token) and not any(c.dep_ == "nsubj" for c in token.children):
        agent = next(iter(children(token, "obl:agent")), None) or by_agent(token)
        return whole(agent) if agent is not None else None
    for _ in range(8):
        subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubj:outer")), None)
        if subject is not None:
            return whole(subject)
        if token.dep_ in ("acl", "acl:relcl"):
            return whole(token.head, token.i)
        if token.dep_ not in CLAUSAL or token.head == token:
            return None
        token = token.head
    return None


def by_agent(token: Token) -> Token | None:
    """An agent that the parser labels as a plain oblique."""
    for child in children(token, "obl"):
        if any(c.dep_ == "case" and c.lower_ == "by" for c in child.children) and not is_time(child):
            return child
    return None


def whole(head: Token, before: int | None = None) -> Span:
    """A noun phrase without its relative clauses, its preposition and what follows a comma."""
    doc = head.doc
    first, last = reach(head)
    if before is not None:
        last = min(last, before - 1)
    for child in head.children:
        if child.dep_ in ("acl:relcl", "acl", "parataxis") and child.left_edge.i > head.i:
            last = min(last, child.left_edge.i - 1)
    while first < head.i and (doc[first].is_punct or doc[first].dep_ in ("case", "cc", "mark", "fixed", "advmod")):
        first += 1
    while last > head.i and (
        (doc[last].is_punct and doc[last].text not in ")”") or doc[last].lower_ in ("'s", "’s", "'", "’")
    ):
        last -= 1
    return Span(doc[min(first, head.i)].idx, end_of(doc[max(last, head.i)]))
