"""Clauses of a parsed document: their heads, their own words, and what they take over from the clause above.

A clause head is a finite verb or predicate, or a participle that modifies a noun. Its own words are those that hang on
it and on no clause below it. Universal Dependencies, with repairs for shapes that parsers often get wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from variorum.claims.lexicon import forms_of, governing, verb_trigger
from variorum.language.tree import Tree, Word

__all__ = ["Clause", "find_clauses", "passive", "phrase", "subject_of"]

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
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
CROWD = 150  # words that may hang on one; the parser does this to a text without sentences
DEEPEST = 12  # clauses that one may hang below another before we stop climbing


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


def fill(sentence: object, heads: dict[int, Clause]) -> None:
    """Give every token to the clause of the nearest head above it, and every clause the one above it."""
    owner: dict[int, Clause | None] = {}
    for token in sentence:  # type: ignore[attr-defined]
        clause = owner_of(token, heads, owner)
        if clause is not None and not token.space:
            clause.own.append(token)
    for clause in heads.values():
        if clause.head.head != clause.head:
            clause.above = owner_of(clause.head.head, heads, owner)
        trim(clause)


def owner_of(token: Word, heads: dict[int, Clause], owner: dict[int, Clause | None]) -> Clause | None:
    """The clause of a token: climbs to the nearest head, remembering the way."""
    path = []
    here = token
    while here.i not in owner and here.i not in heads and here.head != here:
        path.append(here.i)
        here = here.head
    found = heads.get(here.i) or owner.get(here.i)
    owner.update(dict.fromkeys(path, found))
    return found


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


def passive(token: Word) -> bool:
    """True for a passive verb: by its labels, else by a form of be or get before a participle without object."""
    deps = {c.dep for c in token.children}
    if token.dep == "conj" and token.head.pos == "VERB" and not deps & {"aux", "obj", "nsubj"}:
        entry = verb_trigger(token.low)
        past = "VerbForm=Part" in token.morph and "Tense=Past" in token.morph
        return passive_head(token.head) and (
            past or (entry is not None and entry.subject == "agent" and not entry.after)
        )
    if deps & {"aux:pass", "nsubj:pass", "obl:agent"}:
        return not deps & {"obj"} or "aux:pass" in deps
    if token.dep in ("acl", "amod") and not token.low.endswith("ing") and "obj" not in deps:
        return "VerbForm=Inf" not in token.morph and not any(c.low == "to" for c in token.children)
    return False


def passive_head(token: Word) -> bool:
    """True for a verb that is passive by its own labels."""
    return token.dep == "acl" or any(c.dep in ("aux:pass", "nsubj:pass", "obl:agent") for c in token.children)


def subject_of(clause: Clause) -> Word | None:
    """The subject of a clause: its own, the noun that a participle or relative clause modifies, or the one above's."""
    token: Word = clause.main
    for _ in range(DEEPEST):
        if crowded(token):
            return None
        helpers = [g for c in token.children if c.dep in ("aux", "aux:pass") for g in c.children]
        own = [c for c in (*token.children, *helpers) if c.dep in SUBJECTS and not c.dep.startswith("csubj")]
        if own:
            held = antecedent(own[0])
            return None if token != clause.main and held.low in governing("noun") else held
        if token.dep in ("acl", "acl:relcl") and token.head != token:
            if token.dep == "acl:relcl" and not relative_subject(token):
                return None
            if token.dep == "acl" and any(c.low == "to" for c in token.children):
                if token.head.pos == "ADJ":
                    token = token.head
                    continue
                return noun_for_verb(token.head)
            return token.head
        if token.dep in ("xcomp", "advcl") and (object_ := controlled(token)):
            return object_
        if token.dep == "ccomp" and token.head != token:
            token = token.head
            continue
        if token.dep not in ("conj", "xcomp", "advcl", "parataxis") or token.head == token:
            return None
        token = token.head
    return None


def crowded(token: Word) -> bool:
    """True for a word with more words below it than anybody wrote; looking through them for each would take forever."""
    return len(token.children) > CROWD


def controlled(token: Word) -> Word | None:
    """``urged the rebels to leave``: the object of the verb above is who is to do it."""
    above = token.head.low
    if (
        crowded(token.head)
        or above in forms_of("own_deed")
        or (token.dep == "advcl" and above not in governing("verb"))
    ):
        return None
    return next((c for c in token.head.children if c.dep in ("obj", "iobj") and token.head.i < c.i < token.i), None)


def noun_for_verb(noun: Word) -> Word | None:
    """``The council plans to build``, where the parser takes ``plans`` for a noun: its modifier is the subject."""
    if noun.dep not in ("ROOT", "root") or noun.low not in governing("verb"):
        return next((c for c in noun.children if c.dep == "nmod:poss"), None)
    return next((c for c in noun.children if c.dep in ("compound", "nmod", "amod") and c.i < noun.i), None)


def relative_subject(token: Word) -> bool:
    """True when a relative clause has no other subject, so that its noun may be it."""
    return not any(c.dep == "obj" and c.low in ("that", "which", "whom") for c in token.children)


def antecedent(token: Word) -> Word:
    """The noun that a relative pronoun stands for; any other word itself."""
    if token.low not in ("who", "which", "that", "whom"):
        return token
    here = token.head
    for _ in range(4):
        if here.dep == "acl:relcl":
            return here.head
        here = here.head
    before = token.i - (2 if token.i > 1 and token.tree[token.i - 1].punct else 1)
    if before >= token.sentence.start and token.tree[before].pos in ("NOUN", "PROPN"):
        return token.tree[before]
    return token


LEFT_OUT = frozenset({"acl:relcl", "acl", "parataxis", "appos", "punct", "cc", "conj", "case", "dep", "advcl", "ccomp"})


def phrase(head: Word, without: frozenset[int] = frozenset()) -> tuple[int, int]:
    """Offsets of a noun phrase without clauses, appositions, articles and the preposition before it.

    Coordinated nouns belong to it: ``the mayor and two deputies``; the children ``without`` (times, places) do not.
    """
    inside = [head]
    for child in head.children:
        if child.i in without:
            continue
        if (child.dep in ("conj",) and child.pos in ("NOUN", "PROPN", "NUM", "PRON") and not is_head(child)) or (
            child.dep not in LEFT_OUT and not is_head(child)
        ):
            inside += [t for t in child.subtree() if not clause_word(t, child)]
    first, last = min(t.i for t in inside), max(t.i for t in inside)
    doc = head.tree
    while first < head.i and doc[first].low in ("the", "a", "an", "both", "all"):
        first += 1
    return doc[first].start, doc[last].end


def clause_word(token: Word, top: Word) -> bool:
    """True for a word in a relative clause or other clause below ``top``."""
    for _ in range(DEEPEST):
        if token == top:
            return False
        if token.dep in ("acl:relcl", "parataxis", "advcl") or (token.dep == "acl" and token.i > token.head.i):
            return True
        token = token.head
    return True


def headline_verb(clause: Clause) -> Word | None:
    """In a headline, a verb that the tagger took for a noun: ``Quake kills 40 in Port Asker``."""
    if any(t.pos in ("VERB", "AUX") for t in clause.own):
        return None
    for token in clause.own:
        if token.i > clause.own[0].i and token.low.endswith("s") and verb_trigger(token.low) and token.pos == "NOUN":
            return token
    return None


def walk(clauses: list[Clause]) -> Iterator[Clause]:
    """The clauses that have words."""
    return (clause for clause in clauses if clause.own)
