"""Who speaks, by the parse: the subject of a verb, the possessor of a noun, the agent of a passive, as spans."""

from __future__ import annotations

from variorum.language.grammar import agent, is_labelled_passive, is_passive, noun_phrase, subject_word
from variorum.language.tree import Tree, Word
from variorum.lists import words
from variorum.spans import Span
from variorum.voices.cues import lexicon
from variorum.voices.words import listed

__all__ = [
    "is_none",
    "is_time",
    "is_told",
    "left_of",
    "noun_speaker",
    "of_speaker",
    "speaker_of",
    "spoken_by",
    "trimmed",
]

SPEECHLESS = listed("speechless")
QUANTITIES = listed("quantities")
LABELS = listed("questions") | listed("answers")
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
SPEAKS = NOUNS | {"NUM", "DET", "ADJ", "X"}
RELATIVE = words("grammar", "relative")
ADDRESSED = frozenset({"person", "charge"})
SAYING = frozenset({"obj", "obl", "conj", "xcomp"})


def is_time(word: Word) -> bool:
    """True for a time expression (one merged word of the language step)."""
    return word.dep in ("obl:tmod", "nmod:tmod") or word.i in word.tree.clock


def spoken_by(head: Word | None, apposed: bool = True) -> Span | None:
    """The words of a noun phrase that can speak, with an apposition that follows it; None for what says nothing.

    ``the toll``, ``379 deaths`` and ``the earthquake`` are nobody's voice. Without ``apposed`` only a name may follow
    (``the mayor, Ana Hale``), since other words after a comma may begin what is said.
    """
    if head is None or not can_speak(head):
        return None
    first, last = noun_phrase(head, frozenset(c.i for c in head.children if _mere_place(c)))
    if head.pos == "NUM" and last + 1 < head.sentence.end and head.tree[last + 1].pos == "NOUN":
        head, last = head.tree[last + 1], last + 1  # "one protester tells us", which parsers take apart
    if not apposed:
        last = next((i - 1 for i in range(head.i + 1, last) if head.tree[i].text == ","), last)
    for child in head.under("appos"):
        if child.first - last in (1, 2) and _closed(child) and (apposed or child.pos == "PROPN"):
            last = max(last, noun_phrase(child)[1])
    return trimmed(head.tree, first, last, head.i)


def can_speak(head: Word) -> bool:
    """False for a head that nobody speaks by; ``a number of members`` speaks, ``the number of members`` does not."""
    if is_time(head) or head.pos not in SPEAKS or head.low in POSSESSIVE or is_none(head):
        return False
    if head.low.rstrip(".") in LABELS and head.text[0].isupper():
        return False  # "Q." and "A." of a record of questions
    quantity = head.low in QUANTITIES and any(c.low == "a" for c in head.under("det")) and head.has("nmod")
    return quantity or head.low not in SPEECHLESS


def is_none(noun: Word) -> bool:
    """``no meeting``: nobody."""
    return any(word.low == "no" for word in noun.under("det"))


def _mere_place(modifier: Word) -> bool:
    """``in the state``: a place without a name says nothing of who speaks."""
    if modifier.dep not in ("nmod", "obl") or modifier.case() not in ("in", "on", "at", "near"):
        return False
    return (
        modifier.text[0].islower() and [c.low for c in modifier.under("det")] == ["the"] and modifier.last == modifier.i
    )


def _closed(apposition: Word) -> bool:
    """True for an apposition that a comma or the end of its sentence closes; else it begins what follows.

    A name needs none before its verb: ``the secretary of the port, Ana Hale announced``.
    """
    after = noun_phrase(apposition)[1] + 1
    tree = apposition.tree
    if after < apposition.sentence.end and apposition.pos == "PROPN" and tree[after].pos in ("VERB", "AUX"):
        return True
    return after >= apposition.sentence.end or tree[after].text in ",.;:)—–-" or tree[after].text == "who"


def trimmed(tree: Tree, first: int, last: int, head: int) -> Span | None:
    """The span of some words without marks, small words and a possessive at their edges, which never cut the head."""
    first = next((i + 1 for i in range(head - 1, first, -1) if tree[i].text == ":"), first)
    while first < head and (tree[first].punct or tree[first].space or tree[first].dep in EDGES):
        first += 1
    while last > head and (tree[last].space or tree[last].low in POSSESSIVE or _mark(tree[last])):
        last -= 1
    return None if tree[first].punct else Span(tree[first].start, tree[last].end)


EDGES = frozenset({"case", "cc", "mark", "fixed", "advmod"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def _mark(word: Word) -> bool:
    return (word.punct and word.text not in (")", ".")) or (
        word.text == "." and not word.tree[word.i - 1].text[0].isupper()
    )


def speaker_of(verb: Word) -> Span | None:
    """The subject of a verb, shared over coordination, participles and infinitives; the by-agent of a passive.

    A relative pronoun stays as it is: whom it means is settled with the names.
    """
    if is_told(verb):
        return spoken_by(agent(verb))
    found = subject_word(verb)
    if found is not None and found.low in RELATIVE:
        return Span(found.start, found.end)
    if found is not None and verb.dep == "acl" and verb.head is found:
        return trimmed(verb.tree, noun_phrase(found)[0], min(noun_phrase(found)[1], verb.i - 1), found.i)
    return spoken_by(found)


def is_told(verb: Word) -> bool:
    """True for a passive cue: ``was told``, ``accused of``; parsers hang many an active one on its subject like one."""
    if not is_passive(verb) or (verb.has("nsubj") and not verb.has("aux:pass")):
        return False
    cue = lexicon("verb").get(verb.low)
    return is_labelled_passive(verb) or agent(verb) is not None or (cue is not None and bool(cue.flags & ADDRESSED))


def of_speaker(noun: Word) -> Span | None:
    """``the statement of the Minister that``: who stands after ``of``, for a noun whose content is a clause."""
    for child in noun.children:
        if child.dep == "nmod" and child.i > noun.i and any(c.low == "of" for c in child.children):
            return spoken_by(child)
    return None


def noun_speaker(noun: Word) -> Span | None:
    """Who utters a noun: its possessor, ``by`` or ``from`` whom it is, or the subject of the verb above it."""
    for child in noun.children:
        by = child.dep in ("nmod", "nmod:agent") and any(c.low in ("by", "from") for c in child.under("case"))
        if by or child.dep == "nmod:poss":
            return spoken_by(child)
    if noun.dep in SAYING and noun.head.pos in ("VERB", "AUX"):
        return speaker_of(noun.head)
    return speaker_of(noun) if noun.has("cop") else None


def left_of(verb: Word) -> Span | None:
    """By the words alone: the noun phrase left of a verb, past its auxiliaries and adverbs.

    Also a name between commas: ``an official of the port, Ana Teverin, said``.
    """
    tree, first = verb.tree, verb.sentence.start
    index = verb.i - 1
    while index >= first and (tree[index].pos in ("AUX", "ADV", "PART") or tree[index].space):
        index -= 1
    if tree[index].dep in ("obl:agent", "obl") and tree[index].case() == "by" and tree[index].head.pos == "VERB":
        return spoken_by(tree[index].head.one("nsubj", "nsubj:pass"))  # "neighbours quoted by the Courier said"
    if index > first and tree[index].text == ",":
        return _set_off(tree, first, index - 1)
    if index < first or tree[index].pos not in NOUNS or tree[index].low in SPEECHLESS:
        return None
    start = index
    while start - 1 >= first and tree[start - 1].pos in ("NOUN", "PROPN", "ADJ", "DET", "NUM"):
        start -= 1
    return trimmed(tree, start, index, index)


def _set_off(tree: Tree, first: int, last: int) -> Span | None:
    """The name that ends with a word and begins after a comma."""
    start = last
    while start > first and tree[start].pos == "PROPN" and tree[start].text[0].isupper():
        start -= 1
    return Span(tree[start + 1].start, tree[last].end) if start < last and tree[start].text == "," else None
