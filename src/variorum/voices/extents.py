"""How far the content of a report reaches: where the parse cuts it short, and where it runs on too far."""

from __future__ import annotations

from variorum.language.grammar import SUBJECTS
from variorum.language.tree import Sentence, Tree, Word
from variorum.lists import toml
from variorum.voices.cues import Cue, cue_of, says
from variorum.voices.subjects import is_time
from variorum.voices.words import listed

__all__ = ["by_words", "direct_object", "left_part", "past_cue", "right_part", "stop_at"]

HARD = frozenset({";"})
SOFT = frozenset({";", "—", "–", "--", ":", ")", "―"})
BREAKS = frozenset({",", "—", "-", "–", "?", "!", "”", '"', "’", ";"})
TURNS, CONTRASTS = listed("turns"), listed("contrasts")
CIRCUMSTANCES, GOING_ALONG = listed("circumstances"), listed("going_along")
OPENERS, WONDERING, FINITE = listed("openers"), listed("wondering"), listed("auxiliaries")
REACH: int = toml("limits")["voices"]["turn"]


def right_part(cue: Word, clause: Word) -> tuple[int, int]:
    """From the clause's left edge to its right one; where the parser cuts it short, on to the sentence's end."""
    first, last = max(clause.first, cue.i + 1), clause.last
    tree = cue.tree
    inside = stop_at(tree, max(first, clause.i) + 1, last, HARD)
    if inside < last:
        return first, inside
    if _and_that(tree, last + 1, cue.sentence.end):
        return first, stop_at(tree, last + 4, cue.sentence.end - 1, SOFT)
    if not _runs_on(cue, last):
        return first, inside
    return first, stop_at(tree, last + 1, cue.sentence.end - 1, SOFT)


def _and_that(tree: Tree, index: int, end: int) -> bool:
    """True where ``and that`` or ``but that`` follows, with or without a comma: a second clause of the same report."""
    words = [w.low for w in tree.words[index : min(end, index + 3)]]
    return words[:2] in (["and", "that"], ["but", "that"]) or words in ([",", "and", "that"], [",", "but", "that"])


def _runs_on(cue: Word, last: int) -> bool:
    """True when nothing that governs the cue stands right of it, so that what follows the clause is likely its own."""
    above = cue
    for _ in range(8):
        if above.head is above:
            return True
        above = above.head
        if above.i > last:
            return False
    return False


def stop_at(tree: Tree, first: int, last: int, stops: frozenset[str]) -> int:
    """The last word of a report between two numbers: before a stop, or before words that turn to another's say."""
    for index in range(first, last + 1):
        word = tree[index]
        if word.text in stops:
            return index - 1
        if word.low in TURNS and index < last and (length := _turn(tree, index, last, stops)):
            return index - length
    return last


def _turn(tree: Tree, index: int, last: int, stops: frozenset[str]) -> int:
    """How many words before the next part a report ends, where a word turns away from it; else 0."""
    word, comma = tree[index], tree[index - 1].text == ","
    if word.low in ("and", "but") and says(tree[index + 1], "clause"):
        return 2 if comma else 1
    if not comma:
        return 0
    if any(says(tree[i], "clause") for i in range(index + 1, min(last, index + REACH) + 1)):
        return 2
    if word.low in CONTRASTS and _own_say(tree, index, last):
        return 2
    turns = word.low == "adding" or stops is SOFT
    return 2 if turns and tree[index + 1].low != "that" else 0


def _own_say(tree: Tree, index: int, last: int) -> bool:
    """``, while the opposition speaks of 800``: a subject and any cue of saying before the next comma."""
    for word in tree.words[index + 1 : last + 1]:
        if word.text in (",", ";", ":"):
            return False
        if word.pos == "VERB" and word.has(*SUBJECTS):
            cue = cue_of(word)
            finite = cue is not None and (word.low != cue.word or "VerbForm=Fin" in word.morph)
            return finite and cue is not None and cue.tier == "says"
    return False


def left_part(cue: Word) -> tuple[int, int]:
    """The clause before ``, he said``: from the sentence's start, or the semicolon before, to the words of the cue."""
    tree, start = cue.tree, cue.sentence.start
    edge = cue.i
    for child in cue.children:
        if child.i < cue.i and child.dep in (*SUBJECTS, "aux", "advmod") and child.first < edge:
            edge = child.first
    while edge > start and tree[edge - 1].text not in BREAKS:
        edge -= 1
    last = edge - 1
    while last > start and tree[last].text in (",", "—", "-", "–"):
        last -= 1
    first = next((i + 1 for i in range(last, start, -1) if tree[i].text == ";"), start)
    if tree[first].low in OPENERS and last > first + 2:
        first += 2 if tree[first + 1].text == "," else 1
    return (first, last) if last > first and tree[last].text != ";" else (first, first - 1)


def past_cue(last: int, cue_end: int, sentence: Sentence) -> int:
    """The last word of a report that its cue interrupts: ``Ten died, Hale said, and forty were hurt``; else ``last``.

    It goes on after a comma and "and", up to a semicolon, where nobody else is named.
    """
    tree = sentence.tree
    comma = next((i for i in range(cue_end + 1, sentence.end) if tree[i].text in ",.;:" or tree[i].pos == "VERB"), -1)
    if comma < 0 or comma + 2 >= sentence.end or tree[comma].text != "," or tree[comma + 1].low != "and":
        return last
    end = next((i for i in range(comma, sentence.end) if tree[i].text == ";"), sentence.end) - 1
    rest = tree.words[comma + 1 : end + 1]
    if any(says(w, "clause") or w.low == "according" for w in rest) or not any(w.has(*SUBJECTS) for w in rest):
        return last
    return end


def direct_object(verb: Word) -> tuple[int, int, str] | None:
    """The object and what follows it in the verb's clause, without times."""
    for obj in verb.under("obj"):
        if obj.i < verb.i:
            continue
        last = _before_circumstance(verb.tree, obj.i, obj.last)
        for child in verb.children:
            if child.i > last and child.first <= last + 1 and _belongs(child):
                last = child.last
        return obj.first, last, "object"
    return None


def _before_circumstance(tree: Tree, head: int, last: int) -> int:
    """The last word of an object before a circumstance that the parse has put under it."""
    for index in range(head + 1, last + 1):
        word = tree[index]
        participle = word.low.endswith("ing") and word.pos == "VERB" and tree[index - 1].text == ","
        if participle or (word.low in CIRCUMSTANCES and word.pos in ("SCONJ", "ADP")):
            return max(head, index - (2 if tree[index - 1].text == "," else 1))
    return last


def _belongs(child: Word) -> bool:
    """True for what goes with an object: ``as a``, ``for being``, ``of``, ``to leave``; not for times."""
    if child.dep == "xcomp":
        return True
    opener = child.one("case", "mark")
    return opener is not None and opener.low in GOING_ALONG and not is_time(child)


def by_words(verb: Word, cue: Cue) -> tuple[int, int, str] | None:
    """Where the parse shows no content: what follows a verb of saying, with ``that`` or a finite verb in it."""
    tree, end = verb.tree, verb.sentence.end
    if "clause" not in cue.frames or cue.tier != "says" or verb.i + 2 >= end:
        return None
    after, start = tree[verb.i + 1], verb.i + 1
    that = next((i for i in range(start, min(end, start + 12)) if _opens_clause(tree[i], cue)), -1)
    if that >= 0 or "person" in cue.flags:
        start = that
    elif after.punct or (after.pos in ("ADP", "SCONJ", "CCONJ", "ADV") and after.low != "that"):
        return None
    if start < 0 or (tree[start].low != "that" and not _finite_within(tree, start, end)):
        return None
    return start, stop_at(tree, start + 1, end - 1, SOFT), "clause"


def _opens_clause(word: Word, cue: Cue) -> bool:
    """True for ``that``; after a verb with an addressee (``told the crew how``) also for a question word."""
    return (
        word.pos == "SCONJ" or word.dep == "mark"
        if word.low == "that"
        else "person" in cue.flags and word.low in WONDERING
    )


def _finite_within(tree: Tree, start: int, end: int) -> bool:
    """True when a subject and a finite verb stand in the next ten words."""
    if tree[start].pos not in ("PRON", "PROPN", "NOUN", "DET", "ADJ", "NUM"):
        return False
    window = tree.words[start + 1 : min(end, start + 10)]
    return any(w.low in FINITE or "VerbForm=Fin" in w.morph for w in window)
