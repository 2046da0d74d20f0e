"""Spellings: which two forms may be one name in two transliterations, as cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.names.spelling import block, is_spelling, sounds

LINES = (Path(__file__).parent / "cases" / "names-made.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict) -> None:
    assert is_spelling(case["a"], case["b"]) is case["same"]
    assert is_spelling(case["b"], case["a"]) is case["same"]


@pytest.mark.parametrize("case", [c for c in CASES if c["same"]], ids=lambda c: c["label"])
def test_spellings_fall_into_one_block(case: dict) -> None:
    assert block(case["a"]).replace(" ", "") == block(case["b"]).replace(" ", "")


@given(st.text(max_size=60))
def test_any_text_has_sounds(text: str) -> None:
    assert isinstance(sounds(text), str)
    assert is_spelling(text, text) or not sounds(text)


def test_long_words_do_not_hang() -> None:
    assert not is_spelling("a" * 100_000, "b" * 100_000)
