"""Readings and verdicts on small made collections: like with like, parts against wholes, words and speakers."""

from dataclasses import replace
from types import SimpleNamespace

import pyarrow as pa
import pytest

from casebook import cases
from marked import collated, filled
from variorum import readings, sentences
from variorum.annotate import annotate
from variorum.engine.duckdb import DuckEngine
from variorum.readings.aside import aside_rows
from variorum.readings.collation import collation
from variorum.readings.figures import all_counted, left_open
from variorum.readings.interval import Amount, amounts
from variorum.readings.judge import Row, cite, fold
from variorum.readings.scope import counted, of_others
from variorum.readings.tolls import Topic, stand
from variorum.records import Reading, Verdict, Witness
from variorum.sentences import Passage
from variorum.verdicts import Standing


def verdicts(case: dict) -> list[tuple[str, str, str]]:
    engine = collated(filled(case["accounts"]), case.get("published"), case.get("reuse", False))
    return [(v["attribute"], v["verdict"], v["sure"]) for v in engine.get("verdicts").to_pylist()]


def holds(found: list[tuple[str, str, str]], attribute: str, verdict: str, sure: str | None) -> bool:
    return any(f[0] == attribute and f[1] == verdict and sure in (None, f[2]) for f in found)


@pytest.mark.parametrize("case", cases("readings"))
def test_case(case: dict) -> None:
    """The verdicts expected are there, and those that it must be without are not, or are not sure."""
    found = verdicts(case)
    assert case.get("expect") or case.get("without")
    for attribute, verdict, sure in case.get("expect", ()):
        assert holds(found, attribute, verdict, sure), found
    for attribute, verdict in case.get("without", ()):
        assert not holds(found, attribute, verdict, "high"), found


@pytest.mark.parametrize("case", cases("intervals"))
def test_intervals(case: dict) -> None:
    a, b = Amount.of(*case["a"]), Amount.of(*case["b"])
    assert amounts(a, b) == amounts(b, a) == case["expect"]


def test_empty_tables_give_empty_tables() -> None:
    engine = DuckEngine(processes=1)
    sentences.run(engine)
    readings.run(engine)
    assert engine.get("readings").num_rows == engine.get("verdicts").num_rows == 0


def engine_of_two() -> DuckEngine:
    a = "The ferry Maid of Asker sank off [Port Asker|town] on {17 November 1998|1998-11-17}; <31|killed> people drowned."
    b = "On {17 November 1998|1998-11-17} the ferry Maid of Asker sank off [Port Asker|town]; <35|killed> people drowned."
    return collated(filled({"A": a, "B": b}))


def test_every_reading_is_what_it_says_and_every_verdict_rests_on_readings() -> None:
    engine = engine_of_two()
    texts = {w["witness"]: w["text"] for w in engine.get("witnesses").to_pylist()}
    listed = engine.get("readings").to_pylist()
    assert listed
    assert all(texts[r["witness"]][r["start"] : r["end"]] == r["text"] for r in listed)
    assert len({r["reading"] for r in listed}) == len(listed)
    names = {r["reading"] for r in listed}
    for verdict in engine.get("verdicts").to_pylist():
        assert set(verdict["readings"]) <= names
        assert len(verdict["readings"]) > 1


def test_the_reason_quotes_both_readings_and_ids_are_the_same_in_every_run() -> None:
    first, second = (engine_of_two().get("verdicts").to_pylist() for _ in range(2))
    assert first == second
    conflict = next(v for v in first if v["verdict"] == "conflict" and v["attribute"] == "killed")
    assert "A has “31”" in conflict["why"]
    assert "B has “35”" in conflict["why"]


def test_the_most_telling_come_first() -> None:
    weights = [v["weight"] for v in engine_of_two().get("verdicts").to_pylist()]
    assert weights == sorted(weights, reverse=True)


def test_cite_shortens_long_words() -> None:
    assert len(cite(Reading("A", 0, 500, "word " * 100, "", None, "account"))) < 140


def said(engine: DuckEngine) -> tuple[list, list]:
    """Readings and verdicts but for the order in which they name the witnesses, which is that of their table."""
    judged = [v | {"why": None, "readings": sorted(v["readings"])} for v in engine.get("verdicts").to_pylist()]
    return sorted(engine.get("readings").to_pylist(), key=repr), sorted(judged, key=repr)


def test_unordered_input_gives_the_same_rows() -> None:
    engine = engine_of_two()
    expected = said(engine)
    for name in ("witnesses", "sentences", "times", "places", "figures", "quotes", "claims", "tells"):
        rows = engine.get(name)
        engine.put(name, rows.take(pa.array(reversed(range(rows.num_rows)), pa.int64())))
    sentences.run(engine)
    readings.run(engine)
    assert said(engine) == expected
    assert {v["verdict"] for v in expected[1]} >= {"conflict", "agree"}


SANK = "The ferry Maid of Asker sank off [Port Asker|town] on {17 November 1998|1998-11-17}, and <N> people drowned."


def tolls_of(accounts: dict[str, str], published: dict[str, str] | None = None) -> list[dict]:
    return [t for t in collated(filled(accounts), published).get("tolls").to_pylist() if t["role"] == "killed"]


def sank(*numbers: str) -> dict[str, str]:
    return {"ABC"[i]: SANK.replace("<N>", f"<{n}|killed>") for i, n in enumerate(numbers)}


def test_a_toll_that_only_grows_is_a_course() -> None:
    days = {"A": "1998-11-18", "B": "1998-11-20", "C": "1998-11-27"}
    grown = tolls_of(sank("18", "27", "31"), days)
    assert [(t["low"], t["as_of"], t["course"], t["verdict"]) for t in grown] == [
        (18, "1998-11-18", True, "compatible"), (27, "1998-11-20", True, "compatible"),
        (31, "1998-11-27", True, "compatible"),
    ]  # fmt: skip
    assert len({t["topic"] for t in grown}) == 1
    fallen = tolls_of(sank("31", "27", "18"), days)
    assert {(t["course"], t["verdict"]) for t in fallen} == {(False, "conflict")}
    undated = tolls_of(sank("18", "27", "31"))
    assert {(t["course"], t["verdict"]) for t in undated} == {(False, "conflict")}


def test_readings_of_a_topic_stand_by_value_and_what_repeats_is_said() -> None:
    accounts = sank("31", "18", "31")
    accounts["A"] += "\n\n" + SANK.replace("<N>", "<31|killed>")
    found = tolls_of(accounts)
    assert [(t["low"], t["position"]) for t in found] == [(18, 1), (31, 2), (31, 3), (31, 4)]
    first = next(t for t in found if t["witness"] == "A")
    assert [t["witness"] for t in found if t["repeats"]] == ["A"]
    assert [t["repeats"] for t in found if t["repeats"]] == [first["toll"]]
    assert first["label"] == "killed, main event"


@pytest.mark.parametrize(("second", "rows"), [("the police", 1), ("organisers", 2)])
def test_counts_of_one_sentence_join_one_row_only_where_others_counted(second: str, rows: int) -> None:
    """A: 2,000 by the organisers and 300 by another, in one sentence; B: 2,500."""
    a, b = Passage(0, "A", 0, 40, "x" * 40, 0), Passage(1, "B", 0, 40, "x" * 40, 0)

    def told(witness: str, start: int, voice: str) -> Reading:
        return Reading(witness, start, start + 4, "some", "", None, "crowd", voice=[voice])

    def row(start: int, voice: str) -> Row:
        pair = [told("A", start, voice), told("B", 5, "B")]
        return Row("figure", "crowd", "Mill Square", Standing.CONFLICT, "", pair, passages=[a, b])

    _, found = fold([row(1, "organisers"), row(20, second)], {})
    assert sorted(len(v.readings) for v in found) == ([3] if rows == 1 else [2, 2])


@pytest.mark.parametrize(("other", "verdict"), [(27, "agree"), (41, "unjudged")])
def test_figures_that_do_not_meet_never_agree_as_a_topic(other: int, verdict: str) -> None:
    row = Verdict("v1", None, "arrested", "", "agree", "figure", "", [])
    members = [SimpleNamespace(amount=Amount(n, n)) for n in (27, 27, other)]
    assert stand(Topic(members, row=row), members, grew=False) == verdict


def test_groups_are_children_of_the_whole() -> None:
    accounts = sank("31", "35")
    accounts["A"] = accounts["A"].replace("people", "people, among them <6|killed|6|children> children,")
    found = tolls_of(accounts)
    whole = {t["topic"] for t in found if t["low"] in (31, 35)}
    child = next(t for t in found if t["low"] == 6)
    assert len(whole) == 1 and (child["group"], child["parent"]) == ("children", whole.pop())
    assert child["label"] == "killed, children" and child["verdict"] == "single"


def test_a_verdict_names_its_topic() -> None:
    engine = collated(filled(sank("31", "35")))
    row = next(v for v in engine.get("verdicts").to_pylist() if v["attribute"] == "killed")
    assert {t["topic"] for t in engine.get("tolls").to_pylist() if t["verdict_id"] == row["verdict_id"]} == {
        row["topic"]
    }


def conflicts(accounts: dict[str, str], attribute: str) -> list[set[str]]:
    """The words of the readings of each sure conflict."""
    engine = collated(filled(accounts))
    said = {r["reading"]: r["text"] for r in engine.get("readings").to_pylist()}
    rows = [v for v in engine.get("verdicts").to_pylist() if v["attribute"] == attribute and v["verdict"] == "conflict"]
    return [{said[r] for r in v["readings"]} for v in rows if v["sure"] == "high"]


def test_a_number_with_its_equal_beside_the_other_is_no_rival_of_it() -> None:
    a = "General Tolven had <eighty|units|80|cohorts> cohorts at [Port Asker|town], and <seven|units|7|cohorts> guarded the camp."
    b = "At [Port Asker|town] General Tolven led <fourscore|units|80|cohorts> cohorts; <two|units|2|cohorts> guarded the camp."
    found = conflicts({"A": a, "B": b}, "units")
    assert found and all(words == {"seven", "two"} for words in found)


def test_of_two_dates_in_one_account_the_nearer_is_the_rival() -> None:
    a = "The ferry Maid of Asker sank off [Port Asker|town] on {17 November 1998|1998-11-17}, and Ana Teverin drowned."
    b = "The ferry Maid of Asker sank off [Port Asker|town] on {18 November 1998|1998-11-18}, and Ana Teverin drowned.\n\n"
    b += "On {22 November 1998|1998-11-22} the ferry Maid of Asker, that sank off [Port Asker|town] when Ana Teverin drowned, was raised."
    found = conflicts({"A": a, "B": b}, "date")
    assert {"17 November 1998", "18 November 1998"} in found
    assert not any("22 November 1998" in words for words in found)


def test_one_body_that_counts_anew_gives_a_course() -> None:
    a = "Asker Relief Watch reports that <84|killed> people have been killed on the island since {15 March 1998|1998-03-15}."
    b = "On {20 March 1998|1998-03-20} Asker Relief Watch puts the death toll on the island at <230|killed>."
    engine = collated(filled({"A": a, "B": b}))
    rows = [v for v in engine.get("verdicts").to_pylist() if v["rule"] == "same voice"]
    assert [(v["verdict"], v["sure"]) for v in rows] == [("compatible", "high")] and "a course" in rows[0]["why"]
    other = collated(filled({"A": a, "B": b.replace("Asker Relief Watch", "Governor Ana Teverin")}))
    assert not [v for v in other.get("verdicts").to_pylist() if v["rule"] == "same voice"]


def test_a_plural_far_above_all_numbers_is_no_toll() -> None:
    days = "On {17 November 1998|1998-11-17} the ferry Maid of Asker sank off [Port Asker|town]"
    told = "\n\n".join(f"{days}, say{x} all." for x in "abcdef")
    accounts = {"A": f"{told}\n\n{days}, and <31|killed> people drowned.",
                "B": f"{told}\n\n{days}, and <35|killed> people drowned, a toll of <millions|killed|1000000-~>."}  # fmt: skip
    found = [v for v in collated(accounts).get("verdicts").to_pylist() if v["rule"] == "main event"]
    assert found and all("“31”" in v["why"] and "“35”" in v["why"] and len(v["readings"]) == 2 for v in found)


def test_victims_of_one_side_never_stand_against_those_of_the_other() -> None:
    engine = collated(filled(sank("31", "35")))
    a, b = (f for f in all_counted(collation(engine)) if f.role == "killed")
    assert of_others(a, b) is None

    def of(one: str, other: str) -> str | None:
        x, y = (replace(f, figure=replace(f.figure, unit=unit)) for f, unit in ((a, one), (b, other)))
        return of_others(x, y)

    assert of("Tolvenian sailors", "Merrowan sailors") == "another side"
    assert of("Tolvenian sailors", "Tolvenians") is of("Tolvenian sailors", "sailors") is None
    assert of("Civilians", "Tolvenians") is of("Europeans", "Tolvenians") is None
    assert of("Europeans", "Englishmen") is of("Asker town children", "Hale children") is None


def test_another_happening_never_joins_the_toll_of_the_main_one() -> None:
    days = "On {17 November 1998|1998-11-17} the ferry Maid of Asker sank off [Port Asker|town]"
    told = "\n\n".join(f"{days}, say{x} all." for x in "abcdef")
    before = "On {4 May 1952|1952-05-04} the ferry Gull sank off [Port Asker|town], and <12|killed> people drowned."
    accounts = {"A": f"{told}\n\n{days}, and <31|killed> people drowned.\n\n{before}",
                "B": f"{told}\n\n{days}, and <35|killed> people drowned.\n\n{before}"}  # fmt: skip
    found = [t for t in collated(accounts).get("tolls").to_pylist() if t["role"] == "killed"]
    main = {t["topic"] for t in found if t["scope"] == "main event"}
    assert len(main) == 1
    assert {t["low"] for t in found if t["topic"] in main} == {31, 35}
    assert {t["low"] for t in found if t["topic"] not in main} == {12}


def nearest_on_one_event(accounts: dict[str, str], without: str = "") -> list[set[str]]:
    """The pairs that stand side by side where all sentences lie on one event; or those of ``accounts`` but for some."""
    read = collation(collated(filled(accounts)))
    told = list(read.items)
    if without:
        told = [p for p in told if any(p.text in text for text in accounts.values()) and without not in p.text]
    whole = replace(read, told={"e": told}, event_of={p.number: "e" for p in told})
    return [{p.text for p in row.passages} for row in aside_rows(whole) if row.rule == "nearest"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Captain Ana Teverin stayed until the lamps were all but out.", "Ana Teverin told the inquiry she left as the lamps grew dim."),
        ("The harbour tug Merrow pulled her from the reef.", "She slid from the reef before the tug came."),
        ("Pilot Ilon Besk steered in the fog.", "Nobody but a boy steered in the fog while the pilot slept."),
    ],
)  # fmt: skip
def test_on_a_large_event_what_is_nearest_stands_side_by_side(one: str, other: str) -> None:
    sank = "The ferry Maid of Asker sank off [Port Asker|town] on {17 November 1998|1998-11-17}"
    aside = "Salt was dear in Tolven that winter."
    accounts = {"A": f"{sank} at night.\n\n{one}", "B": f"{sank} in a gale.\n\n{other}", "C": f"{sank}.\n\n{aside}"}
    found = nearest_on_one_event(accounts)
    assert {one, other} in found
    assert not any(aside in pair for pair in found)
    assert not any(one in pair and other not in pair for pair in found)
    assert not nearest_on_one_event(accounts, without="sank")


def test_what_is_judged_does_not_stand_side_by_side_once_more() -> None:
    sank = "The ferry Maid of Asker sank off [Port Asker|town] on {17 November 1998|1998-11-17}"
    one = "The harbour tug Merrow pulled the ferry Maid of Asker from the reef."
    other = "The ferry Maid of Asker slid from the reef before the harbour tug Merrow came."
    accounts = {"A": f"{sank} at night.\n\n{one}", "B": f"{sank} in a gale.\n\n{other}", "C": f"{sank}, laden."}
    rows = collated(filled(accounts)).get("verdicts").to_pylist()
    assert {one, other} in nearest_on_one_event(accounts)
    assert max(len(v["readings"]) for v in rows if v["rule"] == "event") > 4
    assert any(v["rule"] == "alike" for v in rows) and not any(v["rule"] == "nearest" for v in rows)


def test_two_tellings_of_one_act_stand_side_by_side_on_a_large_event() -> None:
    """A pair that is linked, and has hardly a rare word in common, is one matter only where an act is."""
    day = "{17 November 1998|1998-11-17}"
    sank = f"The ferry Maid of Asker sank off [Port Asker|town] on {day}"
    told = f"{sank}. The ferry Maid of Asker was searched. The ferry Maid of Asker was raised."
    accounts = {
        "A": f"{told} People knelt by the ferry Maid of Asker.",
        "B": f"{told} Some lay by the ferry Maid of Asker.",
    }
    read = collation(collated(filled(accounts)))
    event = {"told": {"e": list(read.items)}, "event_of": {p.number: "e" for p in read.items}}
    a, b = (next(p for p in read.items if word in p.text) for word in ("knelt", "lay by"))
    link = next(iter(read.links.values()))
    near = read.links | {(a.number, b.number): replace(link, score=0.99)}

    def pairs(acts_of: dict[int, set[str]]) -> list[set[int]]:
        whole = replace(read, **event, links=near, acts_of=acts_of)
        return [{p.number for p in row.passages} for row in aside_rows(whole) if row.rule == "nearest"]

    assert {a.number, b.number} in pairs({a.number: {"kneel"}, b.number: {"kneel"}})
    assert {a.number, b.number} not in pairs({a.number: {"kneel"}, b.number: {"lie"}})


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("The colonel would not confirm that 12 men had died.", True),
        ("If 12 men died, it was a crime.", True),
        ("The colonel confirmed that 12 men had died.", False),
        ("As many as 12 may have died.", False),
    ],
)
def test_a_figure_that_nobody_says_is_compared_with_none(text: str, open_: bool) -> None:
    [made] = annotate([Witness("a", "A", None, None, None, None, "en", "a.txt", "", text)])
    [figure] = made.tables["figures"]
    passage = SimpleNamespace(claims=made.tables["claims"])
    assert left_open(passage, figure) is open_  # type: ignore[arg-type]


def test_readings_of_a_row_stand_in_order_of_value() -> None:
    texts = {
        "A": "On {4 May 1990|1990-05-04} the mill at [Asker|town] burned. The fire killed <40|killed> men.",
        "B": "On {4 May 1990|1990-05-04} the mill at [Asker|town] burned. The fire killed <12|killed> men.",
        "C": "On {4 May 1990|1990-05-04} the mill at [Asker|town] burned. The fire killed <90|killed> men.",
    }
    engine = collated(filled(texts))
    value = {x["reading"]: x["low"] for x in engine.get("readings").to_pylist()}
    rows = [[value[x] for x in v["readings"]] for v in engine.get("verdicts").to_pylist() if v["attribute"] == "killed"]
    assert rows and any(len(row) == 3 for row in rows) and all(row == sorted(row) for row in rows)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Captain Orl and eight others were killed at Tolven.", "part"),
        ("Three men were found dead. Eight others were killed at Tolven.", "total"),
    ],
)
def test_others_are_a_part_only_beside_one_who_is_named(text: str, level: str) -> None:
    [made] = annotate([Witness("a", "A", None, None, None, None, "en", "a.txt", "", text)])
    [figure] = (f for f in made.tables["figures"] if f.text.lower() == "eight")
    passage = Passage(0, "a", 0, len(text), text, 0)
    told = counted(passage, figure)
    assert told is not None and told.level == level
