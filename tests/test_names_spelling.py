"""Spellings: which two forms may be one name in two transliterations, as cases."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import cases
from variorum.names.spelling import block, is_spelling, sounds


@pytest.mark.parametrize("case", cases("names"))
def test_case(case: dict) -> None:
    assert is_spelling(case["a"], case["b"]) is case["same"]
    assert is_spelling(case["b"], case["a"]) is case["same"]


@pytest.mark.parametrize("case", cases("names", "made"))
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
