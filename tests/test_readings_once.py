"""What the rules of the readings work out once, and what they need not search."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from variorum.lists import rows, toml
from variorum.readings.bearers import bearers
from variorum.readings.fates import fates
from variorum.readings.kindred import names_of
from variorum.readings.means import means_of
from variorum.readings.opposites import _states
from variorum.readings.whose import said_of
from variorum.sentences import Passage, Sought, folded, once, runs

WHOSE = toml("readings")["whose"]


def passage(text: str) -> Passage:
    return Passage(0, "A", 0, len(text), text, 0)


def texts(parsed) -> Iterator[str]:
    """Texts that a pattern finds: each of its alternatives, and of what may be repeated as few as may be."""
    parts = []
    for code, value in parsed:
        name = str(code)
        if name == "LITERAL":
            parts.append([chr(value)])
        elif name == "BRANCH":
            parts.append([text for branch in value[1] for text in texts(branch)])
        elif name == "SUBPATTERN":
            parts.append(list(texts(value[-1])))
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            parts.append([text * value[0] for text in texts(value[2])])
        else:
            parts.append([""])
    return ("".join(one) for one in product(*parts))


@pytest.mark.parametrize("kind", ["order", "cause"])
def test_every_phrase_of_order_and_cause_has_some_of_the_letters_that_are_looked_for_first(kind: str) -> None:
    for phrase in WHOSE[kind]:
        told = phrase.replace("NAME", "Orl").replace("OF", "").replace("HAPPENING", "fire")
        found = list(texts(re._parser.parse(told)))  # type: ignore[attr-defined]
        assert found
        assert all(any(word in text for word in WHOSE["in_each"][kind]) for text in found), phrase


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The fire was CAUSED by a lamp.", "cause"),
        ("The blaze was put down to an old stove.", "cause"),
        ("The ORDER to fire was given by Major Rost Hale.", "order"),
        ("The lamp burned all night by the door.", None),
        ("Major Rost Hale was at the gate.", None),
    ],
)
def test_who_ordered_and_what_caused_it_is_found_in_any_case(text: str, kind: str | None) -> None:
    assert [said.kind for said in said_of(passage(text))] == ([kind] if kind else [])


def test_what_is_worked_out_of_a_sentence_is_worked_out_once() -> None:
    told = []

    @once
    def count(one: Passage) -> int:
        told.append(one.text)
        return len(one.text)

    a, b = passage("Orl fled."), passage("Hale and Orl fled.")
    assert [count(a), count(a), count(b)] == [9, 9, 18]
    assert told == [a.text, b.text]
    assert names_of(b) is names_of(b) == {"hale", "orl"}
    assert a == passage("Orl fled.")


@pytest.mark.parametrize("text", ["PURſUED by the KİNG", "They didn’t set-to; naïve Straße_x", "3,000 ſ s ı i"])
def test_a_word_that_a_pattern_finds_in_any_case_stands_in_the_runs(text: str) -> None:
    for word in ("pursued", "king", "set", "naïve", "s", "i", "3", "straße_x"):
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            assert word in runs(passage(text))
    assert folded("KİNG") == "king"


def test_words_are_sought_only_where_a_word_of_them_stands_and_found_as_before() -> None:
    told = ["set out", "fled", "half-drowned"]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(told)})(?![\w-])", re.IGNORECASE)
    sought = Sought(pattern, told)
    for text in ("They SET OUT at dawn.", "Orl had fled, half-drowned.", "Set down the oars.", "Outset fledgling", ""):
        found = [m[0] for m in sought.finditer(passage(text))]
        assert found == [m[0] for m in pattern.finditer(text)]
        assert (sought.search(passage(text)) is not None) == bool(found)


def test_words_printed_with_a_long_s_are_those_of_the_lists() -> None:
    told = passage("Colonel Orl was maſſacred by the guard with a piſtol.")
    assert [(f.who, f.fate) for f in fates(told, bearers([told]))] == [("orl", "massacred")]
    assert [m.kind for m in means_of(told)] == ["weapon"]
    assert [f.fate for f in fates(passage("The ſtreet was quiet."), bearers([told]))] == []


def test_two_words_of_state_in_one_sentence_are_both_found() -> None:
    told = "The armed guards left the gate shut and the crew alive, but the mate was found dead."
    words = [row["word"] for row in rows("opposites") if row["of"] == "noun" and f" {row['word'].lower()} " in told]
    found = [state.word for state in _states(passage(told))]
    assert len(words) > 1
    assert set(words) <= set(found)
