"""Happenings told by a noun: ``the shelling of Port Asker on 3 May``, ``an attack took place``, ``launched a raid``."""

from __future__ import annotations

from variorum.claims.clauses import Clause, bare_phrase
from variorum.claims.lexicon import Trigger, forms_of, noun_trigger
from variorum.claims.slots import Slots
from variorum.language.tree import Word

__all__ = ["carried", "nominal_clauses", "roles"]


def carried(clause: Clause) -> tuple[Word, Trigger] | None:
    """The noun that carries the happening beside a light verb: its object, or the subject of ``took place``."""
    verb = clause.main
    if verb.low in forms_of("light"):
        for child in verb.children:
            if child.dep in ("obj", "nsubj:pass", "obl", "compound:prt") and (entry := entry_of(child)):
                if child.dep == "obl" and verb.low not in ("came", "come", "put"):
                    continue
                return child, entry
    if verb.low in forms_of("occur"):
        whole = not any(c.dep == "obj" and c.low != "place" for c in verb.children)
        for child in verb.children:
            if whole and child.dep in ("nsubj", "nsubj:pass") and (entry := entry_of(child)):
                return child, entry
    return None


def entry_of(token: Word) -> Trigger | None:
    """The trigger of a noun, also of one in a name (``Battle``) and of an object that the tagger took for a verb."""
    if token.pos in ("NOUN", "PROPN") or token.dep in ("obj", "nsubj:pass"):
        return noun_trigger(token.low)
    return None


def roles(noun: Word, entry: Trigger, slots: Slots) -> tuple[Word | None, Word | None]:
    """Agent and patient of a noun: ``by``, a possessor; ``of`` or ``on`` and the like."""
    agent = patient = None
    for child in noun.children:
        cases = {c.low for c in child.children if c.dep == "case"}
        if child.dep == "nmod:poss":
            agent = child
        elif child.dep in ("nmod", "obl") and child.i not in slots.clock:
            if "by" in cases:
                agent = child
            elif cases & entry.after and patient is None:
                patient = child
    return agent, patient


def nominal_clauses(clause: Clause, used: set[int], slots: Slots) -> list[tuple[Word, Trigger, Clause]]:
    """Nouns that tell a happening of their own: with a date, a place, or an agent and a patient."""
    found = []
    for token in clause.own:
        if token.i in used or token.dep in ("compound", "flat", "amod", "nmod:poss"):
            continue
        entry = entry_of(token)
        if entry is None or not told(token, entry, slots):
            continue
        inside = [t for t in token.subtree() if t in clause.own]
        piece = Clause(token, token, inside or [token], clause)
        start = token.tree[bare_phrase(token)[0]].start
        piece.own = [t for t in piece.own if t.start >= start and not (t.punct and t.i == piece.own[-1].i)] or [token]
        found.append((token, entry, piece))
    return found


def told(token: Word, entry: Trigger, slots: Slots) -> bool:
    """True when the noun has a date, a place, or a doer or target of its own."""
    below = [c for c in token.children if c.dep in ("nmod", "obl", "nmod:poss", "nmod:tmod", "obl:tmod", "appos")]
    if any(c.i in slots.times for c in below):
        return True
    agent, patient = roles(token, entry, slots)
    placed = any(t.i in slots.places for c in below for t in c.subtree())
    return placed or (agent is not None and patient is not None)
