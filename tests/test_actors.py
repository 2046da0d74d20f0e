"""Actors: cases as data through the parsed text, and the mirror test. Loads the language model once."""

from __future__ import annotations

import time
from functools import cache

import pytest

from casebook import cases
from variorum import language
from variorum.config import Config
from variorum.mentions import Found, actors, places, times
from variorum.mentions.actors.groups import groups
from variorum.mentions.actors.persons import persons
from variorum.mentions.places.words import split
from variorum.records import Actor


@cache
def found(text: str) -> tuple[Actor, ...]:
    made = Found("A", "1998-11-18")
    made.times = list(times.find(text, made.published))
    doc = next(iter(language.parse([(text, made.times)])))
    made.places = places.find(doc, made, Config())
    return tuple(actors.find(doc, made, Config()))


@pytest.mark.parametrize("case", cases("actors"))
def test_case(case: dict) -> None:
    """What is expected is there; what is absent stands in the text and is no actor; where [] is expected, nothing is."""
    rows = found(case["text"])
    for word in case.get("absent", ()):
        assert word in case["text"]
        assert word not in [row.text for row in rows]
    if case.get("expect") == []:
        assert rows == ()
    for wanted in case.get("expect", ()):
        match = [r for r in rows if r.text == wanted["text"]]
        assert match, f"{wanted['text']} not found among {[r.text for r in rows]}"
        assert any((r.kind, r.referent) == (wanted["kind"], wanted["referent"]) for r in match), match


@pytest.mark.parametrize("case", cases("actors", "made"))
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
