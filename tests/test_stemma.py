"""Who has it from whom: cases as data, lineages, and the command `trace`'s function."""

from __future__ import annotations

from typing import Any

import pytest

from casebook import cases
from casebook import rows as rows_of
from variorum import parallels, reuse, stemma
from variorum.config import Config
from variorum.credits import find_credits
from variorum.engine.duckdb import DuckEngine
from variorum.records import Parallel, Quote, Shared, Stemma, Witness, rows, table
from variorum.stemma import agencies
from variorum.trace import trace


def witnesses(case: dict[str, Any]) -> list[Witness]:
    return [
        Witness(w["witness"], w["witness"], w["title"], w["publisher"], None, w["published"], "en", "", "", w["text"])
        for w in case["witnesses"]
    ]


def quotes(case: dict[str, Any]) -> list[Quote]:
    texts = {w["witness"]: w["text"] for w in case["witnesses"]}
    made = []
    for name, text, speaker in case.get("quotes", []):
        start = texts[name].index(text)
        made.append(Quote(name, start, start + len(text), text, speaker, None, None, None, None, True))
    return made


def judged(case: dict[str, Any]) -> tuple[list[Parallel], list[Stemma]]:
    listed = witnesses(case)
    found = reuse.within(listed)
    known = parallels.knowledge(listed, found, quotes(case))
    made = parallels.oriented(found, known)
    return made, stemma.edges(made, known.credits)


@pytest.mark.parametrize("case", cases("stemma"))
def test_case(case: dict[str, Any]) -> None:
    made, edges = judged(case)
    assert [[r.a_witness, r.b_witness, r.direction, r.direct] for r in made] == [e[:4] for e in case["expect"]]
    assert all(expected[4] in row.why for row, expected in zip(made, case["expect"], strict=True))
    if "outside" in case:
        assert [[edge.source, edge.target] for edge in edges if edge.outside] == case["outside"]


def case_of(label: str) -> dict[str, Any]:
    return next(case for case in rows_of("stemma-made") if case["label"] == label)


def row(a: str, a_start: int, a_end: int, b: str, b_start: int, b_end: int) -> Parallel:
    return Parallel(a, a_start, a_end, "", b, b_start, b_end, "", "close", 90.0)


def test_passages_joined_by_parallels_are_one_lineage() -> None:
    made = stemma.lineages(
        [row("A", 0, 100, "B", 50, 150), row("B", 60, 150, "C", 0, 90), row("A", 300, 400, "D", 0, 100)]
    )
    by_place = {(shared.witness, shared.start): shared.lineage for shared in made}
    assert by_place["A", 0] == by_place["B", 50] == by_place["B", 60] == by_place["C", 0]
    assert by_place["A", 300] == by_place["D", 0] != by_place["A", 0]


def test_passages_that_only_touch_are_two_lineages() -> None:
    made = stemma.lineages([row("A", 0, 100, "B", 0, 100), row("A", 90, 200, "C", 0, 110)])
    assert len({shared.lineage for shared in made}) == 2


def test_a_repetition_inside_a_witness_is_no_lineage() -> None:
    assert stemma.lineages([row("A", 0, 100, "A", 200, 300)]) == []


def test_run_writes_parallels_stemma_and_shared_without_quotes_or_renditions() -> None:
    case = case_of("second hand by shared edits")
    with DuckEngine(processes=1) as engine:
        engine.put("witnesses", table(Witness, witnesses(case)))
        reuse.run(engine, Config())
        parallels.run(engine)
        stemma.run(engine)
        edges = rows(Stemma, engine.get("stemma"))
        assert [(edge.source, edge.target, edge.passages) for edge in edges] == [("A", "B", 1), ("B", "C", 1)]
        assert {shared.witness for shared in rows(Shared, engine.get("shared"))} == {"A", "B", "C"}
        assert engine.get("parallels").num_rows == 3


def test_trace_gives_the_same_with_an_engine_and_without() -> None:
    case = case_of("second hand by the same cut")
    plain = list(trace(witnesses(case), Config()))
    with DuckEngine(processes=1) as engine:
        assert list(trace(witnesses(case), Config(), engine)) == plain


def test_a_rendition_that_a_parallel_covers_is_not_told_twice() -> None:
    sure = row("A", 0, 100, "B", 50, 150)
    again = Parallel("A", 10, 90, "", "B", 60, 140, "", "rendition", 30.0)
    other = Parallel("A", 200, 290, "", "B", 300, 390, "", "rendition", 30.0)
    assert parallels.once([sure], [again, other]) == [sure, other]


def test_accounts_that_credit_an_agency_are_listed_with_it_but_not_its_own() -> None:
    def account(name: str, publisher: str, text: str) -> Witness:
        return Witness(name, name, None, publisher, None, None, "en", "", "", text)

    told = [
        account("A", "The Asker Herald", "PORT ASKER (AP) - Two boats sank. Reuters reports that one was raised."),
        account("B", "Associated Press", "PORT ASKER (AP) - Two boats sank."),
        account("C", "The Islander", "Two boats sank, and nobody wrote of it."),
    ]
    assert [(a.witness, a.agency) for a in agencies(told)] == [("A", "Associated Press"), ("A", "Reuters")]
    assert all(told[0].text[a.start : a.end] == a.text for a in agencies(told))
    assert [(a.witness, a.agency, a.text) for a in agencies(told[2:], {"C": "Reuters"})] == [("C", "Reuters", "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She was struck, according to Tarn Line. Captain Hale said no.", ["Tarn Line"]),
        ("She was struck, according to Tarn Line. The owner said no.", ["Tarn Line"]),
        ("Two sank, as reported by the St. Una Herald. Nobody was hurt.", ["St. Una Herald"]),
        ("Two sank, as reported by J. Pell, who saw it.", ["J. Pell"]),
        ("Two sank, according to a Tarn Line captain.", []),
    ],
)
def test_a_credit_ends_with_its_sentence(text: str, said: list[str]) -> None:
    assert [credit.text for credit in find_credits(text, {"tarn line": "Tarn Line"})] == said
