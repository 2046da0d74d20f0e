"""The bundled example shows what the program is for: its gold, as what a reader would look for."""

from pathlib import Path
from typing import Any

import pytest

from casebook import cases
from variorum.config import Config
from variorum.edition import Edition
from variorum.edition.collate import collate
from variorum.edition.verify import verify
from variorum.example import folder, review_log
from variorum.records import Check, Event, Figure, Parallel, Place, Quote, Reading, Silence, Tells, Verdict, Witness
from variorum.review import grammar
from variorum.review.log import Log, log_of


@pytest.fixture(scope="module")
def edition(example_edition: Path) -> Edition:
    return Edition(example_edition)


def spots(edition: Edition, words: list[list[str]]) -> list[tuple[str, int, int]]:
    """The places of words that stand in a witness once."""
    texts = {w.witness: w.text for w in edition.records(Witness)}
    found = []
    for witness, phrase in words:
        start = texts[witness].index(phrase)
        found.append((witness, start, start + len(phrase)))
    return found


def touches(row: Any, spot: tuple[str, int, int]) -> bool:
    return bool(row.witness == spot[0] and row.start < spot[2] and spot[1] < row.end)


def joined(edition: Edition, case: dict[str, Any]) -> set[str]:
    """The verdicts of the rows that join readings at every spot of the case."""
    places = spots(edition, case["words"])
    readings = {r.reading: r for r in edition.records(Reading)}
    found = set()
    for verdict in edition.records(Verdict):
        held = [readings[i] for i in verdict.readings]
        if all(any(touches(r, spot) for r in held) for spot in places):
            found.add(verdict.verdict)
    return found


def parallel(edition: Edition, case: dict[str, Any]) -> set[str]:
    (a, a_start, a_end), (b, b_start, b_end) = spots(edition, case["words"])
    found = set()
    for p in edition.records(Parallel):
        sides = (
            (p.a_witness, p.a_start, p.a_end, p.b_witness, p.b_start, p.b_end),
            (p.b_witness, p.b_start, p.b_end, p.a_witness, p.a_start, p.a_end),
        )
        for w, s, e, v, t, f in sides:
            if w == a and v == b and s < a_end and a_start < e and t < b_end and b_start < f:
                found.add(p.kind)
    return found


def check(edition: Edition, case: dict[str, Any]) -> set[str]:
    [(witness, start, end)] = spots(edition, case["words"])
    return {
        c.kind
        for c in edition.records(Check)
        if c.witness == witness and any(s < end and start < e for s, e in c.spans)
    }


def silence(edition: Edition, case: dict[str, Any]) -> set[str]:
    [spot] = spots(edition, case["words"])
    from variorum.records import Claim

    told = {
        t.event
        for t in edition.records(Tells)
        for c in edition.records(Claim)
        if c.claim == t.claim and touches(c, spot)
    }
    return {s.witness for s in edition.records(Silence) if s.event in told}


def figure(edition: Edition, case: dict[str, Any]) -> set[str]:
    [spot] = spots(edition, case["words"])
    return {f"{f.low} {f.high} {f.role}" for f in edition.records(Figure) if touches(f, spot)}


def speaker(edition: Edition, case: dict[str, Any]) -> set[str]:
    [spot] = spots(edition, case["words"])
    return {q.speaker or "" for q in edition.records(Quote) if touches(q, spot) and q.direct}


def place(edition: Edition, case: dict[str, Any]) -> set[str]:
    [spot] = spots(edition, case["words"])
    return {f"{p.name} {p.precision}" for p in edition.records(Place) if touches(p, spot)}


KINDS = {
    "verdict": joined,
    "parallel": parallel,
    "check": check,
    "silence": silence,
    "figure": figure,
    "speaker": speaker,
    "place": place,
}


@pytest.mark.parametrize("case", cases("example"))
def test_gold(edition: Edition, case: dict[str, Any]) -> None:
    found = KINDS[case["kind"]](edition, case)
    if case.get("not"):
        assert case["not"] not in found
    else:
        assert case["expect"] in found, f"found {sorted(found)}"


def test_the_edition_is_whole(edition: Edition) -> None:
    assert list(verify(edition)) == []
    assert edition.problems().num_rows == 0


def test_copies_are_not_counted_as_sources(edition: Edition) -> None:
    assert any(e.lineages < e.witnesses for e in edition.records(Event))


def test_the_terminal_shows_both_sentences(edition: Edition) -> None:
    from variorum.show import show

    shown = "\n".join(show(edition, "disagreements", most=0))
    assert "the island council asked the company in writing for a second lookout" in shown
    assert "On 6 October 1998 the Hale Island Council asked Merrow Line" in shown


@pytest.fixture(scope="module")
def read_by_two(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition as `variorum demo` makes it: with the log of its two readers."""
    to = tmp_path_factory.mktemp("demo") / "demo"
    Log(log_of(to)).merge(review_log())
    return collate(folder(), to, Config(processes=1))


def test_the_example_s_log_has_every_kind_of_decision_and_is_obeyed(read_by_two: Edition) -> None:
    told = read_by_two.table("decisions").to_pylist()
    assert {row["kind"] for row in told} == set(grammar.KINDS)
    assert len({row["by"] for row in told}) == 2
    assert {row["state"] for row in told} == {"obeyed", "kept", "beside", "undone"}, [
        (row["decision"], row["effect"]) for row in told if row["state"] in ("orphan", "not obeyed")
    ]
    assert read_by_two.table("orphans").num_rows == 0
    assert list(verify(read_by_two)) == []


def test_what_the_example_s_readers_say_reaches_the_rows(read_by_two: Edition) -> None:
    dead = [f for f in read_by_two.records(Figure) if (f.witness, f.text) == ("families", "Forty")]
    assert [(f.low, f.role) for f in dead] == [(40, "killed")]
    assert killed_in(read_by_two, "families"), "the forty that were missed are compared with the others' dead"
    assert "The Maid of Asker and the Tolven collide" in {e.label for e in read_by_two.records(Event)}
    assert {w.party for w in read_by_two.records(Witness) if w.witness == "inquiry"} == {"inquiry"}
    assert not [s for s in read_by_two.records(Silence) if s.witness == "inquiry"]


def killed_in(edition: Edition, witness: str) -> list[Verdict]:
    """The comparisons that hold a reading of a witness."""
    theirs = {r.reading for r in edition.records(Reading) if r.witness == witness and r.attribute == "killed"}
    return [v for v in edition.records(Verdict) if theirs & set(v.readings)]
