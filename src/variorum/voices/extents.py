"""How far the content of a report reaches: where the parse cuts it short, and where it runs on too far."""

from __future__ import annotations

from variorum.language.tree import Tree, Word
from variorum.voices.cues import Cue, cue_of
from variorum.voices.subjects import SUBJECTS, children, is_time, reach

__all__ = ["by_words", "direct_object", "is_speech", "left_part", "right_part", "stop_at"]

HARD = frozenset({";"})

SOFT = frozenset({";", "—", "–", "--", ":", ")", "―"})

TURNS = frozenset(
    {"and", "but", "while", "which", "who", "although", "though", "whereas", "adding", "as", "saying", "or"}
)


def right_part(token: Word, clause: Word) -> tuple[int, int]:
    """From the clause's left edge to its right one; where the parser cuts it short, on to the sentence's end."""
    first, last = reach(clause)
    first = max(first, token.i + 1)
    inside = stop_at(token.tree, max(first, clause.i) + 1, last, HARD)
    if inside < last:
        return first, inside
    if and_that(token.tree, last + 1, token.sentence.end):
        return first, stop_at(token.tree, last + 4, token.sentence.end - 1, SOFT)
    if not runs_on(token, last):
        return first, inside
    return first, stop_at(token.tree, last + 1, token.sentence.end - 1, SOFT)


def and_that(doc: Tree, index: int, end: int) -> bool:
    """True where ``and that`` or ``but that`` follows, with or without a comma: a second clause of the same report."""
    words = [t.low for t in doc.words[index : min(end, index + 3)]]
    return words[:2] in (["and", "that"], ["but", "that"]) or words in ([",", "and", "that"], [",", "but", "that"])


def runs_on(token: Word, last: int) -> bool:
    """True when nothing that governs the cue stands right of it, so that what follows the clause is likely its own."""
    above = token
    for _ in range(8):
        if above.head == above:
            return True
        above = above.head
        if above.i > last:
            return False
    return False


def stop_at(doc: Tree, first: int, last: int, stops: frozenset[str]) -> int:
    """The last token of a report between two indexes: before a stop, or a comma and a word that turns away."""
    for index in range(first, last + 1):
        word = doc[index]
        if word.text in stops:
            return index - 1
        if word.low in ("and", "but") and index + 1 <= last and is_speech(doc[index + 1]):
            return index - (2 if doc[index - 1].text == "," else 1)
        turns = word.low == "adding" or (stops is SOFT and word.low in TURNS)
        if word.low in TURNS and doc[index - 1].text == "," and index + 1 <= last:
            if any(is_speech(doc[i]) for i in range(index + 1, min(last, index + 5) + 1)):
                return index - 2
            if turns and doc[index + 1].low != "that":
                return index - 2
    return last


def is_speech(token: Word) -> bool:
    """True for a finite verb of saying, as in ``and says``."""
    cue = cue_of(token)
    return (
        cue is not None
        and cue.pos == "verb"
        and cue.tier == "says"
        and "clause" in cue.frames
        and (not token.low.endswith("ing"))
        and token.low != cue.word
    )


def left_part(token: Word) -> tuple[int, int]:
    """The clause before ``, he said``: from the sentence's start to the words of the cue."""
    sentence = token.sentence
    doc = token.tree
    edge = token.i
    for child in token.children:
        if child.i < token.i and child.dep in (*SUBJECTS, "aux", "advmod") and child.first < edge:
            edge = child.first
    while edge > sentence.start and doc[edge - 1].text not in (",", "—", "-", "–", "?", "!", "”", '"', "’", ";"):
        edge -= 1
    last = edge - 1
    while last > sentence.start and doc[last].punct and doc[last].text in (",", "—", "-", "–"):
        last -= 1
    first = sentence.start
    if doc[first].low in ("however", "meanwhile", "still", "yet") and last > first + 2:
        first += 2 if doc[first + 1].text == "," else 1
    return (first, last) if last > first else (first, first - 1)


def direct_object(token: Word) -> tuple[int, int, str] | None:
    """The object and what follows it in the verb's clause, without times."""
    for obj in children(token, "obj"):
        if obj.i < token.i:
            continue
        first, last = reach(obj)
        last = circumstance(token.tree, obj.i, last)
        for child in token.children:
            if child.i > last and child.first <= last + 1 and belongs(child):
                last = child.last
        return first, last, "object"
    return None


CIRCUMSTANCES = frozenset(
    ["since", "because", "during", "while", "when", "after", "before", "until", "unless", "although", "though", "amid"]
)


def circumstance(doc: Tree, head: int, last: int) -> int:
    """The last token of an object before a circumstance that the parse has put under it."""
    for index in range(head + 1, last + 1):
        word = doc[index]
        participle = word.low.endswith("ing") and word.pos == "VERB" and doc[index - 1].text == ","
        if participle or (word.low in CIRCUMSTANCES and word.pos in ("SCONJ", "ADP")):
            return max(head, index - (2 if doc[index - 1].text == "," else 1))
    return last


def belongs(child: Word) -> bool:
    """True for what goes with an object: ``as a``, ``for being``, ``of``, ``to leave``; not for times."""
    if child.dep == "xcomp":
        return True
    opener = next((c for c in child.children if c.dep in ("case", "mark")), None)
    return opener is not None and opener.low in GOING_ALONG and not is_time(child)


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


def by_words(token: Word, cue: Cue) -> tuple[int, int, str] | None:
    """Where the parse shows no content: what follows a verb of speech, with ``that`` or a finite verb in it."""
    doc, end = token.tree, token.sentence.end
    if "clause" not in cue.frames or cue.tier != "says" or token.i + 2 >= end:
        return None
    after = doc[token.i + 1]
    start = token.i + 1
    that = next((i for i in range(start, min(end, start + 12)) if opens_clause(doc[i], cue)), -1)
    if that >= 0 or "person" in cue.flags:
        start = that
    elif after.punct or (after.pos in ("ADP", "SCONJ", "CCONJ", "ADV") and after.low != "that"):
        return None
    if start < 0 or (doc[start].low != "that" and not finite_within(doc, start, end)):
        return None
    return start, stop_at(doc, start + 1, end - 1, SOFT), "clause"


WONDERING = frozenset({"how", "why", "whether", "what"})


def opens_clause(token: Word, cue: Cue) -> bool:
    """True for ``that``; after a verb with an addressee (``told the crew how``) also for a question word."""
    if token.low == "that":
        return token.pos == "SCONJ"
    return "person" in cue.flags and token.low in WONDERING


def finite_within(doc: Tree, start: int, end: int) -> bool:
    """True when a subject and a finite verb stand in the next ten words."""
    window = doc.words[start : min(end, start + 10)]
    return any(t.low in FINITE or "VerbForm=Fin" in t.morph for t in window[1:]) and doc[start].pos in (
        "PRON",
        "PROPN",
        "NOUN",
        "DET",
        "ADJ",
        "NUM",
    )
