"""Who speaks, by the parse: the subject of a verb, the possessor of a noun, the agent of a passive, as spans."""

from __future__ import annotations

from variorum.language.tree import Word
from variorum.spans import Span

__all__ = ["SUBJECTS", "children", "is_passive", "is_time", "left_of", "noun_speaker", "of_speaker", "reach"]
__all__ += ["speaker_of", "whole"]

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})

CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "conj", "csubj", "csubj:pass"})

HAVE = frozenset({"have", "has", "had", "having", "’ve", "'ve"})


def reach(head: Word) -> tuple[int, int]:
    """First and last token index of what hangs on a word."""
    return head.first, head.last


def children(token: Word, *deps: str) -> list[Word]:
    """The direct dependents with one of the relations."""
    return [child for child in token.children if child.dep in deps]


def is_time(token: Word) -> bool:
    """True for a time expression (one merged word of the language step)."""
    return token.dep in ("obl:tmod", "nmod:tmod") or token.i in token.tree.clock


def is_passive(token: Word) -> bool:
    """True for a passive participle, also without its auxiliary (``condemned by Hale``)."""
    if any(child.dep in ("aux:pass", "obl:agent") for child in token.children):
        return True
    helped = any(child.dep == "aux" and child.low in HAVE for child in token.children)
    return not helped and any(child.dep == "nsubj:pass" for child in token.children)


def speaker_of(token: Word) -> Span | None:
    """The subject of a verb, shared over coordination, participles and infinitives; the by-agent of a passive.

    At most eight steps up, so that odd parses cost little.
    """
    if is_passive(token) and not any(c.dep == "nsubj" for c in token.children):
        agent = next(iter(children(token, "obl:agent")), None) or by_agent(token)
        return whole(agent) if agent is not None else None
    for _ in range(8):
        subject = next((c for c in token.children if c.dep in ("nsubj", "nsubj:outer")), None)
        if subject is not None:
            return whole(subject)
        if token.dep in ("acl", "acl:relcl"):
            return whole(token.head, token.i)
        if token.dep not in CLAUSAL or token.head == token:
            return None
        token = token.head
    return None


def by_agent(token: Word) -> Word | None:
    """An agent that the parser labels as a plain oblique."""
    for child in children(token, "obl"):
        if any(c.dep == "case" and c.low == "by" for c in child.children) and not is_time(child):
            return child
    return None


def whole(head: Word, before: int | None = None) -> Span:
    """A noun phrase without its relative clauses, its preposition and what follows a comma."""
    doc = head.tree
    first, last = reach(head)
    if before is not None:
        last = min(last, before - 1)
    for child in head.children:
        if child.dep in ("acl:relcl", "acl", "parataxis") and child.first > head.i:
            last = min(last, child.first - 1)
    while first < head.i and (doc[first].punct or doc[first].dep in ("case", "cc", "mark", "fixed", "advmod")):
        first += 1
    while last > head.i and (
        (doc[last].punct and doc[last].text not in ")”") or doc[last].low in ("'s", "’s", "'", "’")
    ):
        last -= 1
    return Span(doc[min(first, head.i)].start, doc[max(last, head.i)].end)


def of_speaker(token: Word) -> Span | None:
    """``the statement of the Minister that``: who stands after ``of``, for a noun whose content is a clause."""
    for child in token.children:
        if child.dep == "nmod" and child.i > token.i and any(c.low == "of" for c in child.children):
            return whole(child)
    return None


def noun_speaker(token: Word) -> Span | None:
    """Who utters a noun: its possessor, ``by`` or ``from`` whom it is, or the subject of the verb above it."""
    for child in token.children:
        if child.dep == "nmod:poss":
            return whole(child)
        if child.dep in ("nmod", "nmod:agent") and any(
            c.low in ("by", "from") for c in child.children if c.dep == "case"
        ):
            return whole(child)
    if token.dep in ("obj", "obl", "conj", "xcomp") and token.head.pos in ("VERB", "AUX"):
        return speaker_of(token.head)
    if children(token, "cop"):
        return speaker_of(token)
    return None


def left_of(token: Word) -> Span | None:
    """By the words alone: the noun phrase left of a verb, past its auxiliaries and adverbs."""
    doc, first = token.tree, token.sentence.start
    index = token.i - 1
    while index >= first and (doc[index].pos in ("AUX", "ADV", "PART") or doc[index].space):
        index -= 1
    if index < first or doc[index].pos not in ("NOUN", "PROPN", "PRON"):
        return None
    start = index
    while start - 1 >= first and doc[start - 1].pos in ("NOUN", "PROPN", "ADJ", "DET", "NUM"):
        start -= 1
    return Span(doc[start].start, doc[index].end)
