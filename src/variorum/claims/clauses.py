"""Clauses of a parsed document: their heads, their own words, and what they take over from the clause above.

A clause head is a finite verb or predicate, or a participle that modifies a noun. Its own words are those that hang on
it and on no clause below it. Universal Dependencies, with repairs for shapes that parsers often get wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.claims.lexicon import forms_of, governing, verb_trigger, words
from variorum.language.grammar import SUBJECTS, antecedent, noun_phrase, subject_word
from variorum.language.tree import Sentence, Tree, Word

__all__ = ["Clause", "bare_phrase", "find_clauses", "subject_of"]

OPENING = frozenset(
    {
        "ROOT",
        "root",
        "conj",
        "parataxis",
        "ccomp",
        "advcl",
        "acl",
        "acl:relcl",
        "csubj",
        "csubj:pass",
        "xcomp",
        "advcl:relcl",
        "list",
        "appos",
    }
)


@dataclass(slots=True)
class Clause:
    """A clause: its ``head``, the verb that carries the happening (``main``), its own tokens, and the clause above."""

    head: Word
    main: Word
    own: list[Word] = field(default_factory=list)
    above: Clause | None = None

    @property
    def start(self) -> int:
        """Offset of its first own word."""
        return int(self.own[0].start)

    @property
    def end(self) -> int:
        """Offset after its last own word."""
        last = self.own[-1]
        return last.end


def find_clauses(doc: Tree) -> list[Clause]:
    """The clauses of a document in the order of their heads; each token belongs to at most one."""
    clauses: list[Clause] = []
    for sentence in doc.sentences:
        heads = {t.i: Clause(t, t) for t in sentence if is_head(t)}
        for clause in list(heads.values()):
            hand_on(clause, heads)
        fill(sentence, heads)
        clauses += [heads[i] for i in sorted(heads) if heads[i].own]
    return clauses


def is_head(token: Word) -> bool:
    """True for a word that opens a clause of its own."""
    if token.space or token.punct:
        return False
    if token.dep in ("ROOT", "root"):
        return True
    if token.dep not in OPENING:
        return False
    verbal = token.pos in ("VERB", "AUX")
    if token.dep in ("conj", "appos", "list"):
        if verbal and token.head.pos in ("NOUN", "PROPN", "ADJ") and not any(c.dep in SUBJECTS for c in token.children):
            return any(c.dep in ("aux", "aux:pass", "obj") for c in token.children)
        return verbal or any(c.dep in ("cop", *SUBJECTS) for c in token.children)
    return verbal or any(c.dep in ("cop", *SUBJECTS, "aux", "aux:pass") for c in token.children)


def hand_on(clause: Clause, heads: dict[int, Clause]) -> None:
    """``began to shell``: the infinitive or gerund joins the clause of an aspect verb and carries its happening."""
    verb = clause.head
    for _ in range(3):
        if verb.low not in forms_of("aspect"):
            break
        inner = next((c for c in verb.children if c.dep in ("xcomp", "ccomp") and bare(c) and c.i > verb.i), None)
        if inner is None or inner.i not in heads:
            break
        del heads[inner.i]
        verb = inner
    clause.main = verb


def bare(token: Word) -> bool:
    """True for an infinitive or gerund without its own subject."""
    if token.pos not in ("VERB", "AUX") and not any(c.dep == "cop" for c in token.children):
        return False
    return not any(c.dep in ("nsubj", "nsubj:pass") for c in token.children)


def fill(sentence: Sentence, heads: dict[int, Clause]) -> None:
    """Give every token to the clause of the nearest head above it, and every clause the one above it."""
    owner: dict[int, Clause | None] = {}
    downwards = [token for token in sentence if token.head is token]
    for token in downwards:
        owner[token.i] = heads.get(token.i) or owner.get(token.head.i)
        downwards += token.children
    for token in sentence:
        clause = owner.get(token.i)
        if clause is not None and not token.space:
            clause.own.append(token)
    for clause in heads.values():
        if clause.head.head is not clause.head:
            clause.above = owner.get(clause.head.head.i)
        trim(clause)


def trim(clause: Clause) -> None:
    """Leave out punctuation and conjunctions at the edges of a clause."""
    own = clause.own
    while own and (own[-1].punct or own[-1].dep == "cc"):
        own.pop()
    while own and own[0] != clause.head and (own[0].punct or own[0].dep == "cc"):
        own.pop(0)


# --- parts of a clause ---


def like_verb(token: Word) -> bool:
    """True for a verb, and for a past form that the tagger took for an adjective (``troops clashed with``)."""
    if token.pos in ("VERB", "AUX"):
        return True
    bare_form = not any(c.dep in ("cop", "det", "aux") for c in token.children)
    return token.pos == "ADJ" and token.low.endswith("ed") and bare_form and verb_trigger(token.low) is not None


def subject_of(clause: Clause) -> Word | None:
    """The subject of a clause; none that only a plan, threat or fear above it has (``the plan to leave``)."""
    found = subject_word(clause.main)
    if found is None:
        return None
    shared = found.dep in SUBJECTS and found.head is not clause.main
    return None if shared and found.low in governing("noun") else antecedent(found)


def bare_phrase(head: Word, without: frozenset[int] = frozenset()) -> tuple[int, int]:
    """The first and last word of a noun phrase without articles before it."""
    first, last = noun_phrase(head, without)
    while first < head.i and head.tree[first].low in words("before_names"):
        first += 1
    return first, last


def headline_verb(clause: Clause) -> Word | None:
    """In a headline, a verb that the tagger took for a noun: ``Quake kills 40 in Port Asker``."""
    if any(t.pos in ("VERB", "AUX") for t in clause.own):
        return None
    for token in clause.own:
        if token.i > clause.own[0].i and token.low.endswith("s") and verb_trigger(token.low) and token.pos == "NOUN":
            return token
    return None
