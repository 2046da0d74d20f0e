"""How far the content of a report reaches: where the parse cuts it short, and where it runs on too far."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from variorum.mentions.quotes.cues import Cue, cue_of
from variorum.mentions.quotes.subjects import SUBJECTS, children, is_time, reach

__all__ = ["by_words", "direct_object", "is_speech", "left_part", "right_part", "stop_at"]

HARD = frozenset({";"})

SOFT = frozenset({";", "—", "–", "--", ":", ")", "―"})

TURNS = frozenset(
    {"and", "but", "while", "which", "who", "although", "though", "whereas", "adding", "as", "saying", "or"}
)


def right_part(token: Token, clause: Token) -> tuple[int, int]:
    """From the clause's left edge to its right one; where the parser cuts it short, on to the sentence's end."""
    first, last = reach(clause)
    first = max(first, token.i + 1)
    inside = stop_at(token.doc, max(first, clause.i) + 1, last, HARD)
    if inside < last:
        return first, inside
    if and_that(token.doc, last + 1, token.sent.end):
        return first, stop_at(token.doc, last + 4, token.sent.end - 1, SOFT)
    if not runs_on(token, last):
        return first, inside
    return first, stop_at(token.doc, last + 1, token.sent.end - 1, SOFT)


def and_that(doc: Doc, index: int, end: int) -> bool:
    """True where ``and that`` or ``but that`` follows, with or without a comma: a second clause of the same report."""
    words = [t.lower_ for t in doc[index : min(end, index + 3)]]
    return words[:2] in (["and", "that"], ["but", "that"]) or words in ([",", "and", "that"], [",", "but", "that"])


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


def left_part(token: Token) -> tuple[int, int]:
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
    first = sentence.start
    if doc[first].lower_ in ("however", "meanwhile", "still", "yet") and last > first + 2:
        first += 2 if doc[first + 1].text == "," else 1
    return (first, last) if last > first else (first, first - 1)


def direct_object(token: Token) -> tuple[int, int, str] | None:
    """The object and what follows it in the verb's clause, without times."""
    for obj in children(token, "obj"):
        if obj.i < token.i:
            continue
        first, last = reach(obj)
        last = circumstance(token.doc, obj.i, last)
        for child in token.children:
            if child.i > last and child.left_edge.i <= last + 1 and belongs(child):
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
    """True for what goes with an object: ``as a``, ``for being``, ``of``, ``to leave``; not for times."""
    if child.dep_ == "xcomp":
        return True
    opener = next((c for c in child.children if c.dep_ in ("case", "mark")), None)
    return opener is not None and opener.lower_ in GOING_ALONG and not is_time(child)


GOING_ALONG = frozenset(
    ["as", "for", "of", "to", "with", "over", "in", "on", "at", "from", "against", "about", "into", "by", "toward"]
)


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
    """Where the parse shows no content: what follows a verb of speech, with ``that`` or a finite verb in it."""
    doc, end = token.doc, token.sent.end
    if "clause" not in cue.frames or cue.tier != "says" or token.i + 2 >= end:
        return None
    after = doc[token.i + 1]
    start = token.i + 1
    that = next((i for i in range(start, min(end, start + 12)) if opens_clause(doc[i], cue)), -1)
    if that >= 0 or "person" in cue.flags:
        start = that
    elif after.is_punct or (after.pos_ in ("ADP", "SCONJ", "CCONJ", "ADV") and after.lower_ != "that"):
        return None
    if start < 0 or (doc[start].lower_ != "that" and not finite_within(doc, start, end)):
        return None
    return start, stop_at(doc, start + 1, end - 1, SOFT), "clause"


WONDERING = frozenset({"how", "why", "whether", "what"})


def opens_clause(token: Token, cue: Cue) -> bool:
    """True for ``that``; after a verb with an addressee (``told the crew how``) also for a question word."""
    if token.lower_ == "that":
        return token.pos_ == "SCONJ"
    return "person" in cue.flags and token.lower_ in WONDERING


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
