"""Triggers and the words around them: the tables of the claims step, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum import lists
from variorum.language.inflection import irregular, noun_forms, verb_forms
from variorum.lists import rows

__all__ = ["Phrase", "Trigger", "forms_of", "governing", "noun_trigger", "phrases", "verb_trigger", "words"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """An entry of ``data/triggers.csv``: ``subject`` says what the verb's subject is, agent or patient."""

    word: str
    type: str
    subject: str
    after: frozenset[str]


@cache
def triggers(pos: str) -> dict[str, Trigger]:
    """Triggers by every form of the word."""
    found: dict[str, Trigger] = {}
    for row in rows("triggers"):
        if row["pos"] != pos:
            continue
        entry = Trigger(row["word"], row["type"], row["subject"], frozenset((row["after"] or "").split()))
        for form in own_forms(row["word"]) if pos == "verb" else noun_forms(row["word"]):
            found.setdefault(form, entry)
    return found


def own_forms(verb: str) -> list[str]:
    """The forms of a verb without a base form that is the past of another verb (``found`` is mostly of ``find``).

    >>> "found" in own_forms("found"), "founded" in own_forms("found")
    (False, True)
    """
    others = {
        form for lemma, (past, participle) in irregular().items() if lemma != verb for form in (*past, *participle)
    }
    return [form for form, kind in verb_forms(verb).items() if kind != "base" or form not in others]


def verb_trigger(form: str) -> Trigger | None:
    """The trigger of a verb form in lower case, or None.

    >>> verb_trigger("recaptured").type, verb_trigger("sank").subject
    ('control changes', 'patient')
    """
    return triggers("verb").get(form)


def noun_trigger(form: str) -> Trigger | None:
    """The trigger of a noun form in lower case, or None."""
    return triggers("noun").get(form)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of ``data/phrases.csv``: one of the words ``with_`` must complete the verb."""

    with_: frozenset[str]
    trigger: Trigger
    keeps_object: bool


@cache
def phrases() -> dict[str, list[Phrase]]:
    """Set phrases by every form of their verb.

    >>> [phrase.trigger.type for phrase in phrases()["lost"]]
    ['death', 'displacement', 'control changes']
    """
    found: dict[str, list[Phrase]] = {}
    for row in rows("phrases"):
        trigger = Trigger(row["verb"], row["type"], row["subject"], frozenset())
        entry = Phrase(frozenset(row["with"].split()), trigger, row["object"] == "patient")
        for form in verb_forms(row["verb"]):
            found.setdefault(form, []).append(entry)
    return found


@cache
def words(key: str) -> frozenset[str]:
    """A list of ``data/claims.toml``."""
    return lists.words("claims", key)


@cache
def forms_of(key: str) -> dict[str, str]:
    """Every form of the verbs of a list, with its lemma.

    >>> forms_of("denying")["denied"]
    'deny'
    """
    return {form: verb for verb in words(key) for form in verb_forms(verb)}


@cache
def governing(pos: str) -> dict[str, str]:
    """Modality by form, for governing verbs, nouns and adjectives, and for auxiliaries, adverbs and marks.

    >>> governing("verb")["vowed"], governing("aux")["might"]
    ('planned', 'possible')
    """
    found: dict[str, str] = {}
    for row in rows("modality"):
        if row["pos"] != pos:
            continue
        forms = {"verb": verb_forms, "noun": noun_forms}.get(pos, lambda word: [word])(row["word"])
        found.update(dict.fromkeys(forms, row["modality"]))
    return found
