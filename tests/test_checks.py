"""Checks of a witness against itself, on sentences made for each."""

import re

import pytest

from casebook import cases
from marked import collated
from variorum import checks, sentences
from variorum.engine.duckdb import DuckEngine
from variorum.records import Figure, Sentence, Witness, table


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


def two_totals(first: str, second: str, voice: str = "the coast guard") -> list[str]:
    text = f"{first}\n\nThe harbour mourned.\n\n{second}"
    sentences_, figures = [], []
    for number, said in enumerate(part for part in text.split("\n\n")):
        start = text.index(said)
        sentences_.append(Sentence("A", start, start + len(said), said, number, number))
        for m in re.finditer(r"\d+", said):
            at = start + m.start()
            figures.append(
                Figure("A", at, at + len(m[0]), m[0], float(m[0]), float(m[0]), False, "people", "killed",
                       voice=[voice], kind="people")
            )  # fmt: skip
    engine = DuckEngine(processes=1)
    engine.put("witnesses", table(Witness, [Witness("A", "A", None, None, None, None, "en", "", "", text)]))
    engine.put("sentences", table(Sentence, sentences_))
    engine.put("figures", table(Figure, figures))
    sentences.run(engine)
    checks.run(engine)
    return [c["kind"] for c in engine.get("checks").to_pylist()]


def test_two_totals_of_one_source_in_one_text() -> None:
    first = "The coast guard puts the death toll of the ferry Maid of Asker at 31."
    assert two_totals(first, "The death toll of the ferry Maid of Asker is 35, the coast guard says.") == ["repeat"]
    assert two_totals(first, "The death toll of the ferry Maid of Asker rose to 35, the coast guard says.") == []
    assert two_totals(first, "A bus in Tolven killed 4 in all, the coast guard says.") == []
