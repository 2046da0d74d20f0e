"""The same wording in two witnesses, or twice in one: cases as data, engines, scale and hostile texts."""

from __future__ import annotations

import itertools
import random
import string
import time
from collections.abc import Iterable
from typing import Any

import pytest

from casebook import cases
from engines import on_both_engines
from variorum import reuse
from variorum.config import Config
from variorum.engine import Engine
from variorum.engine.duckdb import DuckEngine
from variorum.records import Parallel, Sentence, Witness, rows, table


def witness(name: str, text: str, published: str | None = None) -> Witness:
    return Witness(name, name, None, None, None, published, "en", "", "", text)


def found(case: dict[str, Any]) -> list[list[str]]:
    witnesses = [witness(name, text) for name, text in case["texts"].items()]
    made = reuse.within(witnesses)
    for row in made:
        assert row.a_text == case["texts"][row.a_witness][row.a_start : row.a_end]
        assert row.b_text == case["texts"][row.b_witness][row.b_start : row.b_end]
    return sorted([row.a_witness, row.a_text, row.b_witness, row.b_text, row.kind] for row in made)


@pytest.mark.parametrize("case", cases("parallels"))
def test_case(case: dict[str, Any]) -> None:
    assert found(case) == sorted(case["expect"])


LETTERS = random.Random(1)
VOCABULARY = ["".join(LETTERS.choices(string.ascii_lowercase, k=LETTERS.randint(2, 9))) for _ in range(3000)]
FREQUENT = list(itertools.accumulate(1 / rank for rank in range(1, 3001)))


def nonsense(chance: random.Random, words: int) -> str:
    """Sentences of made-up words, frequent and rare ones as in real text."""
    text = []
    while words > 0:
        sentence = chance.choices(VOCABULARY, cum_weights=FREQUENT, k=chance.randint(8, 25))
        words -= len(sentence)
        text.append(" ".join(sentence).capitalize() + ".")
    return " ".join(text)


def syndicated(members: int, others: int, seed: int = 5) -> tuple[list[Witness], str]:
    """A passage in many documents, each with a few words changed, among documents without it."""
    chance = random.Random(seed)
    passage = nonsense(chance, 70)
    listed = []
    for number in range(members + others):
        before, after = nonsense(chance, 60), nonsense(chance, 60)
        words = passage.split()
        for place in chance.sample(range(len(words)), 4):
            words[place] = words[place] if words[place].endswith(".") else "qx" + words[place]
        middle = " ".join(words) + " " if number < members else ""
        listed.append(witness(f"d{number:04d}", f"{before} {middle}{after}"))
    return listed, passage


def test_a_syndicated_passage_is_found_between_all_its_members() -> None:
    listed, passage = syndicated(60, 40)
    made = [row for row in reuse.within(listed) if row.a_witness != row.b_witness]
    assert len({(row.a_witness, row.b_witness) for row in made}) == 60 * 59 // 2
    assert all(row.b_witness < "d0060" for row in made)
    assert all(0.9 * len(passage) < row.a_end - row.a_start < 1.2 * len(passage) for row in made)


def test_a_passage_in_very_many_documents_is_linked_to_the_next_few() -> None:
    listed, _ = syndicated(300, 0)
    pairs = {(row.a_witness, row.b_witness) for row in reuse.within(listed) if row.a_witness != row.b_witness}
    assert 300 * 4 < len(pairs) < 300 * 20
    assert {name for pair in pairs for name in pair} == {witness.witness for witness in listed}


def places(found: Iterable[Parallel]) -> list[tuple[str, int, int, str, int, int, str]]:
    return sorted((r.a_witness, r.a_start, r.a_end, r.b_witness, r.b_start, r.b_end, r.kind) for r in found)


@on_both_engines
def test_the_engine_joins_what_one_process_finds(engine: Engine) -> None:
    listed, _ = syndicated(12, 12)
    engine.put("witnesses", table(Witness, listed))
    reuse.run(engine, Config(parallels_here=0))
    joined = rows(Parallel, engine.get("reuse"))
    reuse.run(engine, Config())
    assert places(joined) == places(rows(Parallel, engine.get("reuse"))) == places(reuse.within(listed))
    assert len(joined) > 60


def test_known_sentences_and_no_witness_at_all() -> None:
    text = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda my ny xi omikron pi rho sigma tau"
    with DuckEngine(processes=1) as engine:
        engine.put("witnesses", table(Witness, [witness("A", "Oh! " + text), witness("B", "Ah! " + text)]))
        engine.put("sentences", table(Sentence, [Sentence("A", 4, 4 + len(text), text, 0, 0)]))
        reuse.run(engine, Config())
        assert [row["a_text"] for row in engine.get("reuse").to_pylist()] == [text]
        engine.put("witnesses", table(Witness, []))
        reuse.run(engine, Config())
        assert engine.get("reuse").num_rows == 0


HOSTILE = {
    "one word": "herring " * 40_000,
    "a short round": "the ferry sank off the quay " * 8_000,
    "one long word": "a" * 300_000,
    "no words": ".,;! " * 50_000,
    "numbers": " ".join(str(n % 97) for n in range(40_000)),
    "open quotes": '"' * 100_000 + "a. " * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_little_time(text: str) -> None:
    begin = time.process_time()
    reuse.within([witness("A", text), witness("B", text), witness("C", "Ferry. " + text)])
    assert time.process_time() - begin < 8


def test_a_long_text_is_aligned_from_end_to_end() -> None:
    text = nonsense(random.Random(3), 12_000)
    edited = " ".join(word for place, word in enumerate(text.split()) if place % 50)
    (row,) = [r for r in reuse.within([witness("A", text), witness("B", edited)]) if r.a_witness != r.b_witness]
    assert (row.a_start, row.b_start) == (0, 0)
    assert row.a_end == len(text)
