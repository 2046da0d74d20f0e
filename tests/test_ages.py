"""The age of one person in several accounts."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import variorum
from variorum.readings.ages import ages_in
from variorum.records import Verdict
from variorum.sentences import Passage

PERSONS = {("A", name): name for name in ("Pavel Orlan", "Pavel", "Anna Hale", "Hale", "Jon Mertin")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The detainee Pavel Orlan, 34, was found dead.", [("Pavel Orlan", 34)]),
        ("The family says Pavel, 36, was seized.", [("Pavel", 36)]),
        ("Pavel Orlan, a 36-year-old electrician, died.", [("Pavel Orlan", 36)]),
        ("They buried Anna Hale (19) and Jon Mertin (aged 22).", [("Anna Hale", 19), ("Jon Mertin", 22)]),
        ("The 34-year-old electrician Pavel Orlan died.", [("Pavel Orlan", 34)]),
        ("In Hale, 14 people died.", []),
        ("Hale, 14 March: nine died.", []),
        ("Orrel, 34, was absent.", []),
        ("Pavel Orlan, 340, was written on the file.", []),
    ],
)
def test_ages_in_a_sentence(text: str, told: list[tuple[str, int]]) -> None:
    found = list(ages_in(Passage(0, "A", 5, 5 + len(text), text, 0), PERSONS))
    assert [(a.person, a.years) for a in found] == told
    assert all(text[a.start - 5 : a.end - 5] == str(a.years) for a in found)


@pytest.mark.parametrize(("other", "verdict"), [(34, "agree"), (35, "compatible"), (39, "conflict")])
def test_two_accounts_of_one_person(tmp_path: Path, other: int, verdict: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "Pavel Orlan, 34, was found dead in his cell in Sarnik on 12 March 2021, the prison said.", encoding="utf-8"
    )
    (tmp_path / "in" / "b.txt").write_text(
        f"On 12 March 2021 Pavel Orlan, a {other}-year-old welder, was found dead in Sarnik, his sister said.",
        encoding="utf-8",
    )
    edition = variorum.collate(tmp_path / "in", tmp_path / "edition")
    found = [v for v in edition.records(Verdict) if v.attribute == "age"]
    assert [(v.verdict, v.scope, v.sure, len(v.readings)) for v in found] == [(verdict, "Pavel Orlan", "high", 2)]


@pytest.mark.parametrize(
    "other",
    [
        "Pavel Orlan, 39, was found dead in Sarnik on 12 March 2021. Pavel Orlan, 17, had first been held there in 1999.",
        "On 12 March 2026 Pavel Orlan, 39, spoke of the men who were found dead in the cell in Sarnik.",
    ],
)
def test_a_life_has_many_ages(tmp_path: Path, other: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "Pavel Orlan, 34, was found in his cell in Sarnik on 12 March 2021, the prison said.", encoding="utf-8"
    )
    (tmp_path / "in" / "b.txt").write_text(other, encoding="utf-8")
    edition = variorum.collate(tmp_path / "in", tmp_path / "edition")
    assert not [v for v in edition.records(Verdict) if v.attribute == "age"]


@pytest.mark.parametrize("piece", ["A", "A-", "A’", "Aa ", "A a ", "1-year-old "])
def test_no_text_makes_the_search_for_ages_long(piece: str) -> None:
    text = piece * 50_000
    begun = time.process_time()
    assert not list(ages_in(Passage(0, "A", 0, len(text), text, 0), PERSONS))
    assert time.process_time() - begun < 5
