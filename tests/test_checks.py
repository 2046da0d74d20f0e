"""Checks of a witness against itself, on sentences made for each."""

import pytest

from casebook import cases
from marked import collated
from variorum import checks, sentences
from variorum.engine.duckdb import DuckEngine


@pytest.mark.parametrize("case", cases("checks"))
def test_checks(case: dict) -> None:
    engine = collated({"A": case["text"]}, {"A": case["published"]} if "published" in case else None)
    found = engine.get("checks").to_pylist()
    assert [c["kind"] for c in found] == case["expect"], found
    text = engine.get("witnesses").to_pylist()[0]["text"]
    for check in found:
        assert all(0 <= start < end <= len(text) for start, end in check["spans"])
        assert check["expected"] != check["stated"]


def test_empty_tables_give_an_empty_table() -> None:
    engine = DuckEngine(processes=1)
    sentences.run(engine)
    checks.run(engine)
    assert engine.get("checks").num_rows == 0
