"""Spellings: which two forms may be one name in two transliterations, as cases."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import cases
from variorum.names.romanised import is_person_spelling, syllables
from variorum.spelling import block, is_spelling, sounds


def same(case: dict, a: str, b: str) -> bool:
    """Whether two names may be one, as their kind is compared: of places, of persons, of persons by syllables."""
    if case.get("kind") == "syllables":
        return syllables(a) == syllables(b)
    return is_person_spelling(a, b) if case.get("kind") == "person" else is_spelling(a, b)


@pytest.mark.parametrize("case", cases("names"))
def test_case(case: dict) -> None:
    assert same(case, case["a"], case["b"]) is case["same"]
    assert same(case, case["b"], case["a"]) is case["same"]


@pytest.mark.parametrize("case", [c for c in cases("names", "made") if "kind" not in c.values[0]])
def test_spellings_fall_into_one_block(case: dict) -> None:
    assert block(case["a"]).replace(" ", "") == block(case["b"]).replace(" ", "")


@given(st.text(max_size=60))
def test_any_text_has_sounds(text: str) -> None:
    assert isinstance(sounds(text), str)
    assert is_spelling(text, text) or not sounds(text)


def test_long_words_do_not_hang() -> None:
    start = time.process_time()
    assert not is_spelling("a" * 100_000, "b" * 100_000)
    assert time.process_time() - start < 2
