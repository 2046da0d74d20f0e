"""The same utterance in other words: cases as data, and the step on tables."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from variorum import renditions
from variorum.config import Config
from variorum.engine.duckdb import DuckEngine
from variorum.errors import VariorumError
from variorum.records import Parallel, Quote, Sentence, Witness, rows, table

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    lines = (CASES / f"renditions-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["label"]) for case in map(json.loads, lines)]


def collected(texts: dict[str, list[str]], quotes: list[list[str]], config: Config | None = None) -> list[Parallel]:
    """The rows of the step for texts given as sentences."""
    witnesses, sentences, said = [], [], []
    for name, parts in texts.items():
        text, at = " ".join(parts), 0
        witnesses.append(Witness(name, name, None, None, None, None, "en", "", "", text))
        for number, part in enumerate(parts):
            sentences.append(Sentence(name, at, at + len(part), part, number, 0))
            at += len(part) + 1
        for witness, words in quotes:
            if witness == name:
                start = text.index(words)
                said.append(Quote(name, start, start + len(words), words, None, None, None, None, None, True))
    with DuckEngine(processes=1) as engine:
        engine.put("witnesses", table(Witness, witnesses))
        engine.put("sentences", table(Sentence, sentences))
        engine.put("quotes", table(Quote, said))
        renditions.run(engine, config or Config())
        return rows(Parallel, engine.get("renditions"))


def check(case: dict[str, Any]) -> None:
    found = collected(case["texts"], case.get("quotes", []))
    sides = {name: " ".join(parts) for name, parts in case["texts"].items()}
    assert all(
        r.a_text == sides["A"][r.a_start : r.a_end] and r.b_text == sides["B"][r.b_start : r.b_end] for r in found
    )
    texts = case["texts"]
    wanted = [[texts["A"][a], texts["B"][b]] if isinstance(a, int) else [a, b] for a, b in case["expect"]]
    assert sorted([r.a_text, r.b_text] for r in found) == sorted(wanted)


@pytest.mark.parametrize("case", cases("made") + cases("negative"))
def test_case(case: dict[str, Any]) -> None:
    check(case)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("known-failures"))
def test_known_failure(case: dict[str, Any]) -> None:
    check(case)


def test_speech_against_narration_is_close_not_rendition() -> None:
    told = ["Minister Hale promised that every family shall receive a pension from the state in spring."]
    said = ["Every family shall receive a pension from the state in spring.", "I give you my word.", "We keep ours."]
    assert {row.kind for row in collected({"A": told, "B": said}, [])} == {"close"}
    again = ["We promise: every family shall receive a pension from the state in spring."]
    assert {row.kind for row in collected({"A": again, "B": said}, [])} == {"rendition"}


def test_an_embedding_model_that_cannot_be_loaded_says_so() -> None:
    sentences = {"A": ["The ferry sank."], "B": ["The ferry sank."]}
    with pytest.raises(VariorumError, match=re.escape("no-such-model")):
        collected(sentences, [], Config(embedding_model="no-such-model"))


def test_hostile_texts_take_little_time() -> None:
    begin = time.process_time()
    collected({"A": ["The ferry sank."] * 900, "B": ["The ferry sank."] * 900}, [])
    assert time.process_time() - begin < 15
