"""Who speaks, by the parse: the subject of a verb, the possessor of a noun, the agent of a passive, as spans."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.spans import Span

__all__ = ["SUBJECTS", "children", "end_of", "is_passive", "is_time", "left_of", "noun_speaker", "of_speaker", "reach"]
__all__ += ["speaker_of", "whole"]

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})

CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "conj", "csubj", "csubj:pass"})

HAVE = frozenset({"have", "has", "had", "having", "’ve", "'ve"})


def end_of(token: Token) -> int:
    """The offset after a token."""
    return int(token.idx) + len(token)


def reach(head: Token) -> tuple[int, int]:
    """First and last token index of what hangs on a word."""
    return head.left_edge.i, head.right_edge.i


def children(token: Token, *deps: str) -> list[Token]:
    """The direct dependents with one of the relations."""
    return [child for child in token.children if child.dep_ in deps]


def is_time(token: Token) -> bool:
    """True for a time expression (one merged word of the language step)."""
    return token.dep_ in ("obl:tmod", "nmod:tmod") or any(
        span.start <= token.i < span.end for span in token.doc.spans.get("times", ())
    )


def is_passive(token: Token) -> bool:
    """True for a passive participle, also without its auxiliary (``condemned by Hale``)."""
    if any(child.dep_ in ("aux:pass", "obl:agent") for child in token.children):
        return True
    helped = any(child.dep_ == "aux" and child.lower_ in HAVE for child in token.children)
    return not helped and any(child.dep_ == "nsubj:pass" for child in token.children)


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


def of_speaker(token: Token) -> Span | None:
    """``the statement of the Minister that``: who stands after ``of``, for a noun whose content is a clause."""
    for child in token.children:
        if child.dep_ == "nmod" and child.i > token.i and any(c.lower_ == "of" for c in child.children):
            return whole(child)
    return None


def noun_speaker(token: Token) -> Span | None:
    """Who utters a noun: its possessor, ``by`` or ``from`` whom it is, or the subject of the verb above it."""
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


def left_of(token: Token) -> Span | None:
    """By the words alone: the noun phrase left of a verb, past its auxiliaries and adverbs."""
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
