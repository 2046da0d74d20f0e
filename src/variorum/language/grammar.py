"""Who does what in a parsed sentence: subject, agent, passive, antecedent, noun phrase; one rule each for all finders.

Universal Dependencies, with repairs for shapes that parsers often get wrong. Every walk up a tree is bounded, so that
odd parses cost little.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from variorum.language.inflection import irregular, verb_forms
from variorum.language.tree import Word
from variorum.lists import toml, words

__all__ = [
    "SUBJECTS", "agent", "antecedent", "conjuncts", "crowded", "infinitive", "is_labelled_passive",
    "is_passive", "meant", "noun_phrase", "opens_clause", "own_subject", "past_participle", "subject", "subject_word",
]  # fmt: skip

T = TypeVar("T")

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
NOMINAL = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
VERBS = frozenset({"VERB", "AUX"})
HANDED_ON = frozenset({"conj", "xcomp", "advcl", "parataxis", "ccomp"})  # whose subject may be that of the verb above
CLAUSES = frozenset({"acl:relcl", "acl", "parataxis", "advcl", "ccomp", "dep"})
LEFT_OUT = CLAUSES | {"appos", "punct", "cc", "conj", "case"}


@cache
def limit(name: str) -> int:
    """A limit of ``data/grammar.toml``."""
    return int(toml("grammar")["limits"][name])


@cache
def forms_of(key: str) -> frozenset[str]:
    """Every form of the verbs of a list of ``data/grammar.toml``."""
    return frozenset(form for verb in words("grammar", key) for form in verb_forms(verb))


def crowded(word: Word) -> bool:
    """True for a word with more words on it than anybody wrote; looking through them for each would take forever."""
    return len(word.children) > limit("crowd")


# --- subject and agent ---


def own_subject(verb: Word) -> Word | None:
    """The subject that hangs on a verb itself or on its auxiliary; no clause."""
    found = verb.one(*NOMINAL)
    if found is None:
        found = next((s for aux in verb.under("aux", "aux:pass") if (s := aux.one(*NOMINAL))), None)
    return found


def subject(verb: Word) -> Word | None:
    """The subject of a verb, a relative pronoun resolved to the noun that it stands for; see `subject_word`.

    >>> from variorum.language import parse
    >>> from variorum.language.tree import tree_of
    >>> words = tree_of(next(parse(["The rebels took the bridge and burned it."]))).words
    >>> [(verb.low, subject(verb).low) for verb in words if verb.pos == "VERB"]
    [('took', 'rebels'), ('burned', 'rebels')]
    """
    found = subject_word(verb)
    return None if found is None else antecedent(found)


def subject_word(verb: Word) -> Word | None:
    """The word that is a verb's subject: its own, one shared over coordination, or the noun that a participle modifies.

    ``urged the rebels to leave``: the object of the verb above is who is to do it.
    """
    word: Word | None = verb
    for _ in range(limit("depth")):
        if word is None:
            break
        if crowded(word):
            return None
        if (own := own_subject(word)) is not None:
            return own
        if word.dep in ("acl", "acl:relcl") and word.head is not word:
            if not (word.dep == "acl" and infinitive(word)):
                return word.head if word.dep == "acl" or _is_subject_clause(word) else None
            if word.head.pos != "ADJ":
                return _planner(word.head)
            word = word.head
            continue
        if (object_ := _does(word)) is not None:
            return object_
        word = _joined_to(word) or word.head if word.dep in HANDED_ON and word.head is not word else None
    return _asided(verb)


def _asided(verb: Word) -> Word | None:
    """``The nurse, interviewed in April, said that``: parsers take the participle for a verb whose clause is said.

    It has no object and no auxiliary, stands between the noun and the verb, and what is said follows the verb.
    """
    if not any(c.i > verb.i and c.dep in ("ccomp", "obj", "xcomp", "parataxis") for c in verb.children):
        return None
    for child in verb.under("ccomp"):
        formed = child.low.endswith("ed") or child.low in participles()
        if child.i > verb.i or not formed or child.has("aux", "aux:pass", "mark", "obj", "cop"):
            continue
        noun = own_subject(child)
        if noun is not None and noun.i < child.i and all(w.punct for w in verb.tree.words[child.last + 1 : verb.i]):
            return noun
    return None


def _joined_to(verb: Word) -> Word | None:
    """``X left, while Y stayed and waited``, where the parser joins ``waited`` to ``left``: the verb just before it."""
    if verb.dep != "conj":
        return None
    before = (c for c in verb.head.children if verb.head.i < c.i < verb.i and c.last == verb.first - 1)
    return next((c for c in before if own_subject(c) is not None), None)


def _is_subject_clause(clause: Word) -> bool:
    """True when a relative clause has no other subject, so that its noun may be it."""
    return not any(c.dep == "obj" and c.low in ("that", "which", "whom") for c in clause.children)


def _does(verb: Word) -> Word | None:
    """``urged the rebels to leave``: the object of the verb above."""
    above = verb.head
    if verb.dep not in ("xcomp", "advcl") or crowded(above) or above.low in forms_of("own_deed"):
        return None
    gerund, before = verb.low.endswith("ing"), verb.tree[max(0, verb.first - 1)].text
    if gerund and "," in (before, verb.tree[verb.first].text):
        return None  # "told the crowd, adding": the speaker adds
    if verb.dep == "advcl" and (above.low not in forms_of("object_deed") or (gerund and not verb.has("mark", "case"))):
        return None
    return next((c for c in above.children if c.dep in ("obj", "iobj") and above.i < c.i < verb.i), None)


def _planner(noun: Word) -> Word | None:
    """``The council plans to build``, where the parser takes ``plans`` for a noun: its modifier or possessor."""
    if noun.dep in ("ROOT", "root") and (before := noun.one("compound", "nmod", "amod")) and before.i < noun.i:
        return before
    return noun.one("nmod:poss")


def is_passive(verb: Word) -> bool:
    """True for a passive: by its labels, else as the coordinated or modifying participle of one.

    >>> from variorum.language import parse
    >>> from variorum.language.tree import tree_of
    >>> words = tree_of(next(parse(["The town was shelled and burned by troops who had lost it."]))).words
    >>> [(verb.low, is_passive(verb)) for verb in words if verb.pos == "VERB"]
    [('shelled', True), ('burned', True), ('lost', False)]
    """
    deps = {child.dep for child in verb.children}
    if verb.dep == "conj" and verb.head.pos == "VERB" and not deps & {"aux", "obj", "nsubj", "ccomp"}:
        return (verb.head.dep == "acl" or is_labelled_passive(verb.head)) and past_participle(verb)
    if "aux:pass" in deps:
        return True
    if deps & {"nsubj:pass", "obl:agent"}:
        return "obj" not in deps and ("obl:agent" in deps or not _helped_by_have(verb))
    if verb.dep in ("acl", "amod") and not verb.low.endswith("ing") and not deps & {"obj", "nsubj"}:
        return "VerbForm=Inf" not in verb.morph and not any(c.low == "to" for c in verb.children)
    return False


def is_labelled_passive(verb: Word) -> bool:
    """True for a verb that the parser itself takes for a passive."""
    return verb.has("aux:pass", "nsubj:pass", "obl:agent")


def _helped_by_have(verb: Word) -> bool:
    return any(c.dep == "aux" and c.low in words("grammar", "have") for c in verb.children)


def past_participle(verb: Word) -> bool:
    """True for a past participle, by its features or its form."""
    if "VerbForm=Part" in verb.morph:
        return "Tense=Past" in verb.morph
    return verb.low in participles() or (verb.low.endswith("ed") and "VerbForm=Fin" not in verb.morph)


@cache
def participles() -> frozenset[str]:
    """Irregular participles of verbs that take an object: ``shot``, ``held``; not ``left``, ``fled``."""
    return frozenset(
        form for verb, (_, forms) in irregular().items() if verb not in words("grammar", "no_passive") for form in forms
    )


def agent(verb: Word) -> Word | None:
    """Who does what a passive tells: ``by the army``; no time (``by Monday``)."""
    clock = verb.tree.clock
    for child in verb.children:
        by = child.dep in ("obl", "nmod") and any(c.dep == "case" and c.low == "by" for c in child.children)
        if (child.dep == "obl:agent" or by) and child.i not in clock and child.dep != "obl:tmod":
            return child
    return None


# --- what a word stands for, and what belongs to it ---


def antecedent(word: Word) -> Word:
    """The noun that a relative pronoun stands for; any other word itself."""
    if word.low not in words("grammar", "relative"):
        return word
    here = word.head
    for _ in range(4):
        if here.dep == "acl:relcl":
            return here.head
        here = here.head
    return _noun_before(word) or word


def meant(pronoun: Word, named: Mapping[int, T], back: int) -> list[T]:
    """Whom ``he`` or ``she`` may mean, best first: subjects of the nearest sentence that names anybody, then others.

    ``named`` are the persons of the text by the number of the word that their mention begins with; ``back`` is how many
    sentences before its own are looked at. In each the last one named comes first. Method: the ranking of subjects
    before other roles in centering theory (Grosz, Joshi and Weinstein 1995).

    >>> from variorum.language import parse
    >>> from variorum.language.tree import tree_of
    >>> tree = tree_of(next(parse(["Hale wrote to the minister, Reed. He left at once."])))
    >>> meant(next(word for word in tree.words if word.low == "he"), {0: "Hale", 6: "Reed"}, 2)
    ['Hale', 'Reed']
    """
    tree, end, sentence = pronoun.tree, pronoun.i, pronoun.sentence
    for _ in range(back + 1):
        here = [i for i in range(end - 1, sentence.start - 1, -1) if i in named]
        if here:
            subjects = [i for i in here if _is_subject(tree[i])]
            return list(dict.fromkeys(named[i] for i in (*subjects, *here)))
        if sentence.start == 0:
            break
        end = sentence.start
        sentence = tree[end - 1].sentence
    return []


def _is_subject(word: Word) -> bool:
    """True for a word of a noun phrase that is a subject."""
    for _ in range(4):
        if word.dep in NOMINAL:
            return True
        if word.dep not in ("flat", "compound", "nmod:desc", "amod"):
            return False
        word = word.head
    return False


def _noun_before(word: Word) -> Word | None:
    """The noun just before a word and its comma, in the same sentence."""
    tree = word.tree
    at = word.i - (2 if word.i > 1 and tree[word.i - 1].punct else 1)
    return tree[at] if at >= word.sentence.start and tree[at].pos in ("NOUN", "PROPN") else None


def conjuncts(noun: Word) -> list[Word]:
    """The nouns coordinated with a noun: ``the mayor, two deputies and a clerk``."""
    return [c for c in noun.under("conj") if c.pos in NOUNS and not opens_clause(c)]


def opens_clause(word: Word) -> bool:
    """True for a coordinated word that is a clause of its own."""
    if word.pos in VERBS and word.head.pos in ("NOUN", "PROPN", "ADJ") and not word.has(*SUBJECTS):
        return word.has("aux", "aux:pass", "obj")
    return word.pos in VERBS or word.has("cop", *SUBJECTS)


def noun_phrase(head: Word, without: frozenset[int] = frozenset()) -> tuple[int, int]:
    """The first and last word of a noun phrase, without clauses, appositions and the preposition before it.

    Coordinated nouns belong to it: ``the mayor and two deputies``; the children ``without`` (times, places) do not.

    >>> from variorum.language import parse
    >>> from variorum.language.tree import tree_of
    >>> tree = tree_of(next(parse(["The mayor of Hale, who had stayed, left the town."])))
    >>> first, last = noun_phrase(next(word for word in tree.words if word.low == "mayor"))
    >>> tree.text[tree[first].start : tree[last].end]
    'The mayor of Hale'
    """
    first = last = head.i
    joined = conjuncts(head)
    for child in head.children:
        if child.i in without or not (child in joined or (child.dep not in LEFT_OUT and not _predicate(child))):
            continue
        numbers = [word.i for word in child.subtree() if not _in_clause(word, child)]
        first, last = min(first, *numbers), max(last, *numbers)
    return first, last


def _predicate(word: Word) -> bool:
    """True for a modifier that is a clause: a verb, or a word with a subject or copula."""
    return word.dep in ("csubj", "csubj:pass", "xcomp", "advcl:relcl", "list") and (
        word.pos in VERBS or word.has("cop", "aux", "aux:pass", *SUBJECTS)
    )


def _in_clause(word: Word, top: Word) -> bool:
    """True for a word in a relative or other clause below ``top``."""
    for _ in range(limit("depth")):
        if word is top:
            return False
        if word.dep in ("acl:relcl", "parataxis", "advcl") or (word.dep == "acl" and word.i > word.head.i):
            return True
        word = word.head
    return True


def infinitive(verb: Word) -> bool:
    """True for ``to`` and a verb."""
    return any(c.low == "to" and c.i < verb.i and c.dep in ("mark", "aux", "case") for c in verb.children)
