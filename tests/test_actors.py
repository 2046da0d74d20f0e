"""Actors: cases as data through the parsed text, and the mirror test. Loads the language model once."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path

import pytest

from variorum import language
from variorum.config import Config
from variorum.mentions import Found, actors, places, times
from variorum.mentions.actors.groups import groups
from variorum.mentions.actors.persons import persons
from variorum.mentions.places.words import split
from variorum.records import Actor

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def found(text: str) -> tuple[Actor, ...]:
    made = Found("A", "1998-11-18")
    made.times = list(times.find(text, made.published))
    doc = next(iter(language.parse([(text, made.times)])))
    made.places = places.find(doc, made, Config())
    return tuple(actors.find(doc, made, Config()))


@pytest.mark.parametrize("case", cases("actors-made.jsonl"), ids=lambda c: c["label"])
def test_case(case: dict) -> None:
    rows = found(case["text"])
    for wanted in case["expect"]:
        match = [r for r in rows if r.text == wanted["text"]]
        assert match, f"{wanted['text']} not found among {[r.text for r in rows]}"
        assert any((r.kind, r.referent) == (wanted["kind"], wanted["referent"]) for r in match), match


@pytest.mark.parametrize("case", cases("actors-negative.jsonl"), ids=lambda c: c["label"])
def test_negative_case(case: dict) -> None:
    assert not {row.text for row in found(case["text"])} & set(case["absent"])


@pytest.mark.parametrize("case", cases("actors-made.jsonl"), ids=lambda c: c["label"])
def test_rows_keep_their_promises(case: dict) -> None:
    rows = found(case["text"])
    assert all(case["text"][r.start : r.end] == r.text for r in rows)
    assert all(r.kind in ("person", "organisation", "group") and r.name for r in rows)
    assert list(rows) == sorted(rows, key=lambda r: (r.start, r.end))


def test_mirror() -> None:
    """Two parties swapped in a text are swapped in the rows, and nothing else changes."""
    text = (
        "The {a} invaders burned the mill. The {b} army fought the enemy. {a} soldiers left. Many {b} civilians fled."
    )
    swap = {"Chilean": "Norwegian", "Norwegian": "Chilean", "Chile": "Norway", "Norway": "Chile"}

    def swapped(words: str | None) -> str | None:
        return words and " ".join(swap.get(w, w) for w in words.split())

    one = found(text.format(a="Chilean", b="Norwegian"))
    two = found(text.format(a="Norwegian", b="Chilean"))
    assert [(swapped(r.text), swapped(r.referent)) for r in one] == [(r.text, r.referent) for r in two]


@pytest.mark.parametrize("piece", ["Ana Teverin ", "Mr. ", "army of the ", "Hale, ", "the enemy ", "A. ", "President "])
def test_hostile_text_stays_linear(piece: str) -> None:
    words = split(piece * 20_000)
    start = time.process_time()
    persons(words, [False] * len(words), {})
    groups(words, [""] * len(words), {}, {})
    assert time.process_time() - start < 10
