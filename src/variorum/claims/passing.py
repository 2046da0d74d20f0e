"""Acts that a sentence tells in passing: ``the quake``, ``wanted for murder``, ``the stolen car``, ``she said``.

They are claims of the type ``act``. Accounts are joined by them as by any others; no event is made of these alone.
Which nouns tell acts was learned (``data/act_nouns.csv``, by ``training/act_words.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from variorum import lists
from variorum.claims.clauses import Clause, bare_phrase
from variorum.claims.lexicon import forms_of, noun_trigger, verb_trigger, words
from variorum.language.inflection import noun_forms
from variorum.language.tree import Word

__all__ = ["IN_PASSING", "passing"]

IN_PASSING = "act"
"""The type of a claim that only serves to join accounts."""
HELPING = frozenset({"aux", "aux:pass", "cop", "case", "mark", "cc", "fixed"})
WITHIN_NAMES = frozenset({"compound", "flat", "nmod:poss"})
NOUN_SLOTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod"})
LOOSE = frozenset({"flat", "list", "parataxis", "appos", "xcomp", "dep"})
"""What a parser makes of the verb of a headline that it took for a part of the name before it."""


def passing(clause: Clause, used: set[int]) -> Iterator[tuple[Word, Clause]]:
    """The words of a clause that tell a further act, each with its piece of the clause; ``used`` tell one already."""
    for token in clause.own:
        if token.i not in used and tells_act(token):
            yield token, piece_of(token, clause)


def tells_act(token: Word) -> bool:
    """True for a noun that likely names an act, a further verb (``decided to go``), and a participle or adjective."""
    word = token.low
    if word in words("telling_adjectives"):
        return tells_state(token)
    if opens_name(token):
        return False
    if token.pos in ("NOUN", "PROPN"):
        return mistagged(token) or (not in_own_name(token) and likely(word) >= _least(token))
    if token.pos == "VERB":
        return (token.dep not in HELPING or word in words("telling_prepositions")) and word not in forms_of("stative")
    if token.pos == "ADJ":
        return _past_form(token) or _became(token) or (token.dep in NOUN_SLOTS and likely(word) >= _least(token))
    return token.pos == "X" and likely(word) >= _least(token)


def tells_state(token: Word) -> bool:
    """``guilty``, ``dead``, however tagged, but not of what cannot be so: ``a guilty conscience``, ``the Dead Sea``."""
    head = token.head
    if token.i > head.i or token.dep not in ("amod", "compound"):
        return True
    return not opens_name(token) and head.low not in words("untelling_nouns")


def _became(token: Word) -> bool:
    """``the march turned violent``: what it became."""
    return token.dep in ("xcomp", "obj") and token.head.low in forms_of("becoming")


def likely(form: str) -> int:
    """How likely a noun tells an act, in hundredths; 0 for one that hardly ever does.

    >>> likely("earthquakes") > 80, likely("lamp")
    (True, 0)
    """
    return 0 if form in _seldom() else _nouns().get(form, 0)


def in_own_name(token: Word) -> bool:
    """True within the name of a firm or club: capitals after a name and no article (``Dole Trading``), in running text.

    An event's name has an article: ``the Hale Bombing``. In a headline capitals say nothing.
    """
    if token.pos != "PROPN" or not token.text[:1].isupper():
        return False
    before = token.tree.words[token.i - 1] if token.i > token.sentence.start else token
    if before is token or before.pos != "PROPN" or before.i not in (token.head.i, *(c.i for c in token.children)):
        return False
    phrase = token.head if token.dep in ("flat", "compound") else token
    named = phrase.pos == "PROPN"
    return not (named and any(c.dep == "det" for c in phrase.children)) and _running(token)


def opens_name(token: Word) -> bool:
    """True for a word with a capital that only says which body or place a name is of, in running text.

    The ``United Nations`` unite nothing and the ``Security Council`` secures nothing; the ``Hale Bombing Inquiry``
    is of a bombing, since an inquiry is an act.
    """
    head = token.head
    if not (token.i < head.i and token.text[:1].isupper() and head.text[:1].isupper() and _running(token)):
        return False
    within = token.dep == "compound" if token.pos == "PROPN" else token.i > token.sentence.start
    return within and likely(head.low) < _least(head)


def _running(token: Word) -> bool:
    """True where the sentence is no headline in capitals: some noun, verb or adjective of it has a small letter."""
    return any(w.pos in ("NOUN", "VERB", "ADJ") and w.text[0].islower() for w in token.sentence)


@cache
def _nouns() -> dict[str, int]:
    found: dict[str, int] = {}
    for row in lists.rows("act_nouns"):
        for form in noun_forms(row["noun"]):
            found.setdefault(form, int(row["act"]))
    return found


@cache
def _seldom() -> frozenset[str]:
    return frozenset(form for noun in words("no_acts") for form in noun_forms(noun))


def _least(token: Word) -> float:
    """How likely the noun must be: names, and nouns before nouns, are seldom meant as acts."""
    table = lists.toml("claims")["act_nouns"]
    if token.pos == "PROPN" or token.dep in WITHIN_NAMES:
        return float(table["in_names"])
    return float(table["trigger"] if noun_trigger(token.low) else table["least"])


def mistagged(token: Word) -> bool:
    """True for a verb that the tagger of a headline took for a noun: ``Court rehears case``, and not ``Red Cross``.

    Within a name it must stand loosely (``Ola Brand Arrested in Tull``), and be none of names (``Tull United``).
    """
    form = token.low
    if form in words("names_participles"):
        return False
    entry = verb_trigger(form)
    if entry is not None and form != entry.word and form.endswith("s") and form not in _nouns():
        return not in_own_name(token) or _before_preposition(token)
    if form not in _plain_verbs() or token.has("det", "amod", "nmod:poss", "case"):
        return False
    return token.pos != "PROPN" or _before_preposition(token) or not (_running(token) or in_own_name(token))


def _before_preposition(token: Word) -> bool:
    """``Brand Arrested in Tull``."""
    after = token.tree.words[token.i + 1] if token.i + 1 < token.sentence.end else token
    return token.dep in LOOSE and (after.dep in ("case", "mark") or after.pos in ("ADP", "ADV"))


@cache
def _plain_verbs() -> frozenset[str]:
    return frozenset(row["form"] for row in lists.rows("plain_verbs")) | words("headline_verbs")


def _past_form(token: Word) -> bool:
    """``stolen``, tagged as an adjective."""
    entry = verb_trigger(token.low)
    return entry is not None and token.low != entry.word and token.dep in ("amod", "xcomp", "conj")


def piece_of(token: Word, clause: Clause) -> Clause:
    """The noun phrase or participle with what hangs on it, as far as it belongs to the clause."""
    own = {t.i for t in clause.own}
    first = bare_phrase(token)[0] if token.pos in ("NOUN", "PROPN") else token.i
    inside = [t for t in token.subtree() if t.i in own and first <= t.i]
    while inside and inside[-1] != token and (inside[-1].punct or inside[-1].dep == "cc"):
        inside.pop()
    return Clause(token, token, inside or [token], clause)
