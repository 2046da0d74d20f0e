"""Claim-bearing sentences of our own: agent, patient, number and place of each.

The reading here is the simplest one can make of a parse; ``variorum.claims`` does better. It measures the parser.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from spacy.tokens import Doc, Token

from casebook import cases, hold, rows
from variorum.language import parse
from variorum.mentions import times

SLOTS = ("agent", "patient", "number", "place")
SUBJECTS = {"nsubj", "nsubj:pass", "csubj"}
HEDGES = {"at", "least", "more", "than", "about", "over", "nearly"}
UNDERGONE = {"drown", "die", "missing"}
COUNTS = {"dozens", "hundreds", "thousands", "scores"}


def find_trigger(doc: Doc, form: str) -> Token:
    """The trigger, as a verb where it can be one."""
    tokens = [token for token in doc if token.text.lower() == form.lower()]
    return next((token for token in tokens if token.pos_ in {"VERB", "ADJ"}), tokens[0])


def child(token: Token, *deps: str) -> Token | None:
    """The first dependent with one of the labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def subject(token: Token) -> Token | None:
    """The subject, its own or that of the clause it hangs on."""
    for _ in range(3):
        own = child(token, *SUBJECTS)
        if own is not None:
            return token.head if own.lower_ in {"which", "that", "who"} and token.dep_ == "acl:relcl" else own
        if token.dep_ not in {"conj", "xcomp", "advcl"}:
            return None
        token = token.head
    return None


def is_passive(token: Token) -> bool:
    """A passive verb, or a bare participle with a number before it (13 killed)."""
    if child(token, "nsubj:pass", "aux:pass") is not None:
        return True
    return token.dep_ == "conj" and child(token, "nsubj", "obj") is None and child(token.head, "aux:pass") is not None


def read(doc: Doc, form: str) -> dict[str, str | None]:
    """Agent, patient, number and place of the clause of a trigger."""
    trigger = find_trigger(doc, form)
    by, first = child(trigger, "obl:agent"), subject(trigger)
    if is_passive(trigger) or trigger.lemma_ in UNDERGONE:
        agent, patient = by, first
    else:
        agent, patient = first, child(trigger, "obj")
    return {
        "agent": patient_word(agent),
        "patient": patient_word(patient),
        "number": number_of(patient if patient is not None else agent),
        "place": place_of(doc, trigger),
    }


def patient_word(token: Token | None) -> str | None:
    """The word counted: workers in "thousands of workers"."""
    if token is not None and token.lower_ in COUNTS:
        inner = child(token, "nmod")
        return inner.text if inner is not None else token.text
    return token.text if token is not None else None


def number_of(token: Token | None) -> str | None:
    """The number with its hedges, as written."""
    if token is None:
        return None
    number = token if token.pos_ == "NUM" or token.lower_ in COUNTS else child(token, "nummod")
    if number is None:
        return None
    start = number.i
    while start > 0 and token.doc[start - 1].lower_ in HEDGES:
        start -= 1
    return token.doc[start : number.i + 1].text


def place_of(doc: Doc, trigger: Token) -> str | None:
    """The last place named in the trigger's clause, else the only one of the sentence."""
    places = [span for span in doc.spans["names"] if span.label_ == "PLACE"]
    inside = {token.i for token in trigger.subtree}
    near = [span for span in places if span.root.i in inside and span.root.dep_ not in SUBJECTS | {"obj", "conj"}]
    return near[-1].text if near else places[-1].text if len(places) == 1 else None


def folded(form: object) -> str | None:
    """A form in one case, for comparing."""
    return str(form).casefold() if form is not None else None


@cache
def readings() -> dict[str, dict[str, str | None]]:
    """The reading of every case by its label; all are parsed together, as the program does."""
    listed = [case for kind in ("made", "negative") for case in rows(f"language-{kind}")]
    docs = parse((case["text"], times.find(case["text"])) for case in listed)
    return {case["label"]: read(doc, case["trigger"]) for case, doc in zip(listed, docs, strict=True)}


@pytest.mark.parametrize("case", cases("language"))
def test_case(case: dict[str, Any]) -> None:
    """Every slot is as expected, but for those that the case says are wrong today."""
    found = readings()[case["label"]]
    wrong = [slot for slot in SLOTS if folded(found[slot]) != folded(case[slot])]
    hold("language", case, wrong)


def test_enough_cases_and_a_quarter_of_them_hard() -> None:
    made = rows("language-made")
    assert len(made) >= 60
    assert sum(case["hard"] for case in made) * 4 >= len(made)
