"""Did it happen? Polarity (affirmed, negated, denied) and modality (happened, planned, feared, ...) of a clause.

Read from its own auxiliaries, adverbs and marks, from the verbs inside it that hand on to its main verb, and from what
governs it, up to the sentence's root. The words are in ``data/modality.csv`` and ``data/claims.toml``.
"""

from __future__ import annotations

from variorum.claims.clauses import Clause, is_head, like_verb
from variorum.claims.lexicon import forms_of, governing, words
from variorum.language.grammar import agent, infinitive
from variorum.language.tree import Word
from variorum.lists import toml
from variorum.voices.cues import cue_of
from variorum.voices.reports import unsaid

__all__ = ["modality_of", "polarity_of"]

THROWN_IN: int = toml("claims")["thrown_in"]
PAST_HELPERS = frozenset({"have", "has", "had", "having"})
HANDING_DOWN = frozenset({"ccomp", "xcomp", "acl", "obj", "csubj", "csubj:pass", "conj"})
FIRM = ("feared", "threatened", "demanded", "hoped", "expected")


def polarity_of(clause: Clause, clock: frozenset[int] = frozenset()) -> str:
    """``affirmed``; ``negated`` by a not of its own; ``denied`` where someone denies it or the witness disowns it.

    Two negations do not cancel: ``did not deny`` leaves ``affirmed`` only for the denied clause. ``Not until`` affirms.
    ``clock`` are the words of times, by index.
    """
    if denied(clause):
        return "denied"
    if not_until(clause, clock):
        return "affirmed"
    if broken_off(clause):
        return "negated"
    chain = between(clause)
    for token in chain:
        if token.low in forms_of("failing") and token != clause.main:
            return "negated"
        for child in token.children:
            if child.low in words("not_words") and child.dep in (
                "advmod",
                "det",
                "cc:preconj",
                "mark",
                "cc",
                "case",
                "aux",
            ):
                return "negated"
            if child.dep in ("nsubj", "nsubj:pass", "obj") and none_of(child):
                return "negated"
    return "affirmed"


def broken_off(clause: Clause) -> bool:
    """``had not, he insisted, given an order``: its not stands before words thrown in between commas."""
    tree, main = clause.head.tree, clause.main
    at = main.i - 1
    while at > main.sentence.start and tree[at].dep == "advmod" and not tree[at].punct:
        at -= 1
    if tree[at].low != ",":
        return False
    for i in range(at - 1, max(main.sentence.start, at - THROWN_IN), -1):
        if tree[i].low == ",":
            return tree[i - 1].low in words("not_words") and tree[i - 2].low in words("before_not")
        if tree[i].punct:
            return False
    return False


def not_until(clause: Clause, clock: frozenset[int]) -> bool:
    """``did not enter until 5 May``, ``not before 9 June``, ``not until the guns stopped``: it happened then."""
    tree = clause.head.tree
    front = clause.own[:2]
    if len(front) == 2 and front[0].low == "not" and front[1].low in words("until_words"):
        return True
    for i in range(clause.main.i + 1, clause.main.sentence.end):
        token = tree[i]
        if token.punct or token.dep == "cc":
            return False
        if token.low in words("until_words") or (token.low in words("before_words") and i + 1 in clock):
            return True
    return False


def none_of(noun: Word) -> bool:
    """``no ships``, ``none``, ``nobody``."""
    if noun.low in ("nobody", "none", "nothing"):
        return True
    return any(c.dep == "det" and c.low in ("no", "neither") for c in noun.children)


def between(clause: Clause) -> list[Word]:
    """The verbs from the clause's head down to its main verb."""
    chain = [clause.main]
    while chain[-1] != clause.head and len(chain) < 5:
        chain.append(chain[-1].head)
    return chain


def denied(clause: Clause) -> bool:
    """True under a verb or noun of denial, or a word that disowns the version."""
    token: Word = clause.head
    for _ in range(4):
        if token.dep not in ("ccomp", "xcomp", "acl", "csubj", "advcl", "obj", "acl:relcl") or token.head == token:
            return False
        above = token.head
        if token.dep == "acl:relcl" and not any(c.dep == "mark" for c in token.children):
            return False
        if above.dep == "nsubj" and token.dep.startswith("acl") and above.head.low in words("disowning"):
            return True
        if above.low in forms_of("rejecting") and token.low in words("reported"):
            return True
        if above.low in forms_of("denying"):
            return not any(c.low in words("not_words") for c in above.children)
        if above.low in words("disowning") and token.dep != "advcl":
            return True
        near = [c for c in above.children if c.dep in ("advmod", "amod")]
        if any(c.low in ("false", "baseless", "falsely", "wrongly", "unfounded") for c in near):
            return True
        token = above
    return False


def modality_of(clause: Clause) -> str:
    """What the clause makes of its happening: ``happened`` unless something takes it back; or ``state``."""
    chain = between(clause)
    own = own_modality(clause, chain)
    above = governed(clause)
    if own and not (above in FIRM and own in ("planned", "conditional")):
        return own
    if above:
        return above
    return "state" if stative(clause) else "happened"


def own_modality(clause: Clause, chain: list[Word]) -> str | None:
    """By mark, auxiliaries, adverbs, and the verbs that hand on: the first of these that says something."""
    for by in (by_mark, by_inversion, by_verbs):
        if found := by(clause, chain):
            return found
    return "planned" if going_to(clause) or is_to(clause.main) else None


def by_mark(clause: Clause, _: list[Word]) -> str | None:
    """``if``, ``unless`` at the front of the clause; ``whether`` leaves it open, whoever asks."""
    if any(t.low == "whether" and t.i < clause.main.i for t in clause.own[:3]):
        return "conditional"
    opener = next((t for t in clause.own[:3] if t.dep in ("mark", "advmod") and t.low in governing("mark")), None)
    if opener is None or opener.i >= clause.main.i or is_question(clause):
        return None
    return governing("mark")[opener.low]


def by_inversion(clause: Clause, _: list[Word]) -> str | None:
    """``Had they left``, and no question."""
    first = clause.own[0]
    if first.pos != "AUX" or first.low not in ("should", "had", "were") or clause.main.i <= first.i + 1:
        return None
    return None if clause.head.tree[clause.head.sentence.end - 1].text == "?" else "conditional"


def by_verbs(clause: Clause, chain: list[Word]) -> str | None:
    """The verbs from the main one up to the clause's head, each by its helpers, then by itself."""
    for token in reversed(chain):
        helpers = [c for c in token.children if c.dep in ("aux", "aux:pass", "advmod", "cop")]
        found = "alleged" if hearsay(token, helpers, clause) else by_helpers(token, helpers, clause)
        if found is None and token != clause.main:
            found = governing("verb").get(token.low) or ("happened" if token.low in forms_of("failing") else None)
        if found:
            return found
    return None


def hearsay(token: Word, helpers: list[Word], clause: Clause) -> bool:
    """``was said to have left``, whichever of the two verbs the parser puts above."""
    said = token != clause.main and token.low in forms_of("plain_speech")
    if said and any(c.dep in ("aux:pass", "nsubj:pass") for c in token.children):
        return True
    return any(c.dep == "aux:pass" and c.low in forms_of("plain_speech") for c in helpers)


def by_helpers(token: Word, helpers: list[Word], clause: Clause) -> str | None:
    """``will``, ``might``, ``allegedly``; ``would`` after a verb of speech in the past is a future."""
    perfect = any(c.low in PAST_HELPERS for c in helpers)
    for child in helpers:
        found = governing("aux").get(child.low) if child.dep == "aux" else governing("adverb").get(child.low)
        if found == "expected" and child.low in ("will", "'ll", "’ll", "shall"):
            return "planned" if token.pos == "VERB" else "expected"
        if found == "conditional" and clause.head.dep == "ccomp" and not perfect and past_speech(clause.head.head):
            return "planned"
        if found:
            return found
    return None


def is_question(clause: Clause) -> bool:
    """``asked if``: not a condition."""
    return clause.head.dep == "ccomp"


def past_speech(token: Word) -> bool:
    """True for a verb of speech in the past, after which ``would`` is a future."""
    return token.low.endswith("ed") or token.low in ("said", "told", "swore", "wrote", "thought", "knew")


def is_to(token: Word) -> bool:
    """``was to withdraw``."""
    words_ = {c.low for c in token.children if c.i < token.i and c.dep in ("aux", "mark", "cop")}
    return "to" in words_ and bool(words_ & {"was", "were", "is", "are"})


def going_to(clause: Clause) -> bool:
    """``is going to open``."""
    return clause.head.low == "going" and clause.main != clause.head


def governed(clause: Clause) -> str | None:
    """By the nearest governing verb, noun or adjective above; a bare infinitive of purpose is planned."""
    token = clause.head
    if clause.own[0].low in ("which", "who", "whose"):
        return None
    if token.dep in ("advcl", "acl", "xcomp") and infinitive(token):
        return purpose(token)
    for _ in range(4):
        if token.dep == "advcl" and token.low.endswith("ing") and not token.has("mark", "nsubj"):
            token = token.head  # "that it blew up, killing forty": as certain as the clause it goes with
        if charged(token):
            return "alleged"
        if token.dep not in HANDING_DOWN or token.head == token or (token.dep == "conj" and not is_head(token.head)):
            return None
        if found := told_by(token, token.head):
            return found
        if found := governor(token, token.head):
            return found if found not in ("planned", "hoped") or not past_clause(token) else None
        token = token.head
    return None


def purpose(token: Word) -> str:
    """What governs an infinitive; ``planned`` where nothing does."""
    kind = governing("noun").get(token.head.low) if token.head.pos == "NOUN" else None
    kind = kind or governing("adjective").get(token.head.low) or governing("verb").get(token.head.low)
    return kind or "planned"


def told_by(token: Word, above: Word) -> str | None:
    """What a verb of saying above makes of a clause: hearsay of nobody, or what somebody would not say."""
    if hearsay_above(token, above):
        return "alleged"
    if token.dep in ("ccomp", "xcomp") and (cue := cue_of(above)) is not None and unsaid(above, cue):
        return "conditional"  # "would not confirm that the army had fired"
    return None


def charged(token: Word) -> bool:
    """``accused of killing 30``, ``charged with murder``, ``blamed for the shelling``: it is said of them, no more."""
    above = token.head
    if above is token or above.low not in forms_of("accusing") or token.i < above.i:
        return False
    opener = token.one("mark", "case")
    return (
        token.dep in ("advcl", "obl", "nmod", "xcomp", "acl") and opener is not None and opener.low in words("of_what")
    )


def hearsay_above(token: Word, above: Word) -> bool:
    """``it is reported that``, ``I am told that``, ``rumour had it that``: nobody is named who says so."""
    if token.dep not in ("ccomp", "csubj", "csubj:pass"):
        return False
    if above.low in forms_of("hearsay") and above.has("aux:pass"):
        return agent(above) is None
    subjects = above.under("nsubj")
    return above.low in PAST_HELPERS and any(s.low in words("rumours") for s in subjects)


def governor(token: Word, above: Word) -> str | None:
    """What the word above makes of a clause: a noun only of a clause that fills it (``the plan to leave``)."""
    table = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(above.pos)
    if table is None or token.dep == "conj" or (table == "noun" and token.dep not in ("acl", "ccomp")):
        return None
    return governing(table).get(above.low)


def past_clause(token: Word) -> bool:
    """True for a finite past verb, which a plan or hope above cannot make future."""
    return "Tense=Past" in token.morph and "VerbForm=Fin" in token.morph


def stative(clause: Clause) -> bool:
    """True for a predicate of being or having."""
    main = clause.main
    if not like_verb(main):
        return True
    passive = any(c.dep == "aux:pass" for c in main.children)
    return main.low in forms_of("stative") and not passive
