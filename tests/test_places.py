"""Places: cases as data, and the promises of the rows. The first run builds the gazetteer into the cache."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from casebook import cases
from evaluation import floors, path
from variorum.mentions.places import find_in_text
from variorum.mentions.places.facts import Sight, facts
from variorum.mentions.places.weights import likelihood
from variorum.records import Place
from variorum.spans import Span


def found(case: dict) -> list[Place]:
    return find_in_text(case["text"], "A", [Span(*t) for t in case.get("times", [])])


def agrees(place: Place, wanted: dict) -> bool:
    plain = {key: value for key, value in wanted.items() if key != "alternatives"}
    several = not wanted.get("alternatives") or bool(place.alternatives)
    return several and all(getattr(place, key) == value for key, value in plain.items())


@pytest.mark.parametrize("case", cases("places"))
def test_case(case: dict) -> None:
    rows = found(case)
    for wanted in case["expect"]:
        match = [row for row in rows if row.text == wanted["text"]]
        assert match, f"{wanted['text']} not found among {[r.text for r in rows]}"
        assert any(agrees(row, wanted) for row in match), [row.to_dict() for row in match]
    if not case["expect"]:
        assert [row.text for row in rows] == []


@pytest.mark.parametrize("case", cases("places", "made"))
def test_rows_keep_their_promises(case: dict) -> None:
    rows = found(case)
    assert rows
    for row in rows:
        assert case["text"][row.start : row.end] == row.text
        assert row.precision in ("point", "area", "near", "none")
        assert (row.lat is None) == (row.precision == "none")
        assert row.precision == "point" or row.precision == "none" or (row.radius_km or 0) > 0
        position = any(c.isdigit() for c in row.text)  # told by its latitude and longitude
        assert row.geonames_id is not None or row.precision != "point" or position


def test_offsets_and_order() -> None:
    text = "From Lisbon, Portugal, to Vienna.\n\nIn Oslo — and Bergen — it snowed.\x00 Malmö too."
    rows = find_in_text(text)
    assert [r.start for r in rows] == sorted(r.start for r in rows)
    assert all(text[r.start : r.end] == r.text for r in rows)


def test_a_place_that_a_user_adds_may_be_called_like_an_abbreviation(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,kind,lat,lon\nTVRK,village,11,21\n", encoding="utf-8")
    assert [p.lat for p in find_in_text("A column went to TVRK at noon.", table=str(table))] == [11.0]


def test_mirror() -> None:
    """Two countries swapped in a text are swapped in the rows, and nothing else changes."""
    text = "{a} said its army had left. Troops from {b} crossed into {a} near the border of {b}."
    one = find_in_text(text.format(a="Chile", b="Spain"))
    two = find_in_text(text.format(a="Spain", b="Chile"))
    swapped = {"Chile": "Spain", "Spain": "Chile"}
    assert [(r.text, r.metonym, r.kind) for r in one] == [(swapped[r.text], r.metonym, r.kind) for r in two]


def test_names_layer_is_a_fact() -> None:
    from variorum.gazetteer import open_gazetteer
    from variorum.mentions.places.candidates import candidates
    from variorum.mentions.places.words import split

    words = split("Chester was closed.")
    [one] = candidates(words, open_gazetteer(), [False] * len(words))
    place = facts(Sight(words, [one], {0: "PLACE"}), one)
    person = facts(Sight(words, [one], {0: "PERSON"}), one)
    assert "layer_place" in place and "layer_person" in person
    assert likelihood(place, True) > likelihood(person, True)


@pytest.mark.parametrize(
    "text",
    ["A" * 200_000, "Hale, " * 20_000, "of the " * 30_000, "Paris and " * 10_000, "(" * 100_000, "U.S." * 20_000,
     "Mr. " * 20_000, "Hale-" * 20_000, "\n" * 100_000, "İ" * 50_000],
    ids=["letters", "list", "small words", "paris", "brackets", "dots", "titles", "hyphens", "lines", "dotted"],
)  # fmt: skip
def test_hostile_text_stays_linear(text: str) -> None:
    start = time.process_time()
    find_in_text(text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("floor", floors("places"))
def test_floor_of_places(floor: dict) -> None:
    """Recognition and resolution on labelled texts do not fall below the floor."""
    lines = path(floor["file"]).read_text(encoding="utf-8").strip().split("\n")[:: floor.get("every", 1)]
    gold = hits = said = near = located = 0
    for doc in map(json.loads, lines):
        rows = find_in_text(doc["text"])
        said += len(rows)
        for t in doc["toponyms"]:
            gold += 1
            match = next((r for r in rows if r.start < t["end"] and t["start"] < r.end), None)
            hits += match is not None
            if match is not None and t["lat"] is not None and match.lat is not None:
                located += 1
                near += abs(match.lat - t["lat"]) < 1.5 and abs(match.lon - t["lon"]) < 2
    precision, recall = hits / said, hits / gold
    assert 2 * precision * recall / (precision + recall) > floor["least"]["f1"]
    assert near / located > floor["least"]["near"]
