"""The same utterance in other words: cases as data, and the step on tables."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from casebook import cases
from variorum import renditions
from variorum.config import Config
from variorum.edition.staging import Staging
from variorum.engine.caching import CachingEngine
from variorum.engine.duckdb import DuckEngine
from variorum.errors import VariorumError
from variorum.records import Parallel, Quote, Sentence, Witness, rows, table
from variorum.renditions.accounts import stems_of
from variorum.renditions.likeness import Stack, Unit


def collected(texts: dict[str, list[str]], quotes: list[list[str]], config: Config | None = None) -> list[Parallel]:
    """The rows of the step for texts given as sentences."""
    with DuckEngine(processes=1) as engine:
        return _run(engine, texts, quotes, config)


def _run(engine: Any, texts: dict[str, list[str]], quotes: list[list[str]], config: Any = None) -> list[Parallel]:
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
    engine.put("witnesses", table(Witness, witnesses))
    engine.put("sentences", table(Sentence, sentences))
    engine.put("quotes", table(Quote, said))
    renditions.run(engine, config or Config())
    return sorted(rows(Parallel, engine.get("renditions")), key=repr)


@pytest.mark.parametrize("case", cases("renditions"))
def test_case(case: dict[str, Any]) -> None:
    found = collected(case["texts"], case.get("quotes", []))
    sides = {name: " ".join(parts) for name, parts in case["texts"].items()}
    assert all(
        r.a_text == sides["A"][r.a_start : r.a_end] and r.b_text == sides["B"][r.b_start : r.b_end] for r in found
    )
    texts = case["texts"]
    wanted = [[texts["A"][a], texts["B"][b]] if isinstance(a, int) else [a, b] for a, b in case["expect"]]
    assert sorted([r.a_text, r.b_text] for r in found) == sorted(wanted)


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


def test_one_account_more_is_read_alone_and_gives_what_a_new_run_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(batch: pa.Table) -> pa.Table:
        read.extend(batch["witness"].to_pylist())
        return stems_of(batch)

    monkeypatch.setattr("variorum.renditions.stems_of", counted)
    words = ["Every family shall receive a pension from the state in spring.", "I give you my word.", "We keep ours."]
    texts = {"A": words, "B": ["Hale promised every family a pension from the state.", *words[1:]], "C": ["It rained."]}
    said = [["A", "I give you my word."]]
    more = {**texts, "AB": [*words[1:], "A pension from the state shall be every family's in spring."], "D": []}
    with Staging(tmp_path / "edition") as shop:
        engine = CachingEngine(DuckEngine(processes=1), shop)
        for step in (texts, more, {**more, "C": ["It snowed."]}):
            engine.begin("renditions", "1")
            assert _run(engine, step, said) == collected(step, said)
    assert [read.count(name) for name in ("A", "AB", "B", "C", "D")] == [4, 3, 4, 5, 3]  # three of them in new runs


def test_units_laid_out_apart_and_together_are_the_same() -> None:
    texts = ["Two ferries sank, two!", "", "Шторм шёл на Аскер", "It is so"], ["The master’s log", "Two ferries", "so"]
    apart = [Stack.of([Unit.of(text, 0, len(text)) for text in side], lambda word: len(word) / 2) for side in texts]
    both, whole = apart[0] + apart[1], Stack.of([*apart[0].units, *apart[1].units], lambda word: len(word) / 2)
    for one, other in ((both.words, whole.words), (both.letters, whole.letters)):
        held = ("owner", "code", "weight", "kinds", "place", "having")
        assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in held)
    assert np.array_equal(both.mass, whole.mass) and len(both) == 7


def test_hostile_texts_take_little_time() -> None:
    begin = time.process_time()
    collected({"A": ["The ferry sank."] * 900, "B": ["The ferry sank."] * 900}, [])
    assert time.process_time() - begin < 15
