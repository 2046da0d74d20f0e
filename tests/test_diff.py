"""What changed between two editions, and why; and a part of an edition by the words of a filter."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from lxml import html

import edition_maker
import edition_sizes
from variorum import records as r
from variorum.cli import main
from variorum.diff import Change, diff
from variorum.diff.told import as_json, as_page, lines
from variorum.diff.wording import changed_words
from variorum.edition import Edition
from variorum.errors import InputError
from variorum.export.selecting import selected

TABLES = edition_maker.small()


def edition(folder: Path, tables: dict[str, pa.Table], **manifest: Any) -> Edition:
    """An edition on the disk, as far as it is compared."""
    (folder / "tables").mkdir(parents=True)
    for name, data in tables.items():
        pq.write_table(data, folder / "tables" / f"{name}.parquet")
    (folder / "edition.json").write_text(json.dumps({"variorum": "1", "options": {}, **manifest}))
    return Edition(folder)


def rows(
    name: str, change: dict[str, dict[str, Any]], drop: tuple[str, ...] = (), more: tuple[dict[str, Any], ...] = ()
) -> pa.Table:
    """A table of the small edition with other cells in some rows, without others, and with more."""
    key = {"readings": "reading", "verdicts": "verdict_id", "tells": "claim"}.get(
        name, r.TABLES[name].schema().names[0]
    )
    kept = [{**row, **change.get(row[key], {})} for row in TABLES[name].to_pylist() if row[key] not in drop]
    return pa.Table.from_pylist([*kept, *more], TABLES[name].schema)


def changes(tmp_path: Path, tables: dict[str, pa.Table], **manifest: Any) -> list[Change]:
    return diff(edition(tmp_path / "old", TABLES), edition(tmp_path / "new", {**TABLES, **tables}, **manifest))


def test_the_same_edition_has_no_changes(tmp_path: Path) -> None:
    assert changes(tmp_path, {}) == [] and list(lines([])) == ["nothing changed"]


def test_a_new_account_is_the_reason_of_what_it_brings(tmp_path: Path) -> None:
    text = "Thirty-five were lost."
    new = {**TABLES["witnesses"].to_pylist()[0], "witness": "pilot", "siglum": "F", "title": "A pilot", "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}  # fmt: skip
    reading = {**TABLES["readings"].to_pylist()[4], "witness": "pilot", "reading": "r99", "start": 0, "end": 11, "text": "Thirty-five", "low": 35.0, "high": 35.0}  # fmt: skip
    found = changes(
        tmp_path,
        {
            "witnesses": rows("witnesses", {}, more=(new,)),
            "readings": rows("readings", {}, more=(reading,)),
            "verdicts": rows(
                "verdicts",
                {
                    "v2": {
                        "verdict": "conflict",
                        "why": "31 and 35 do not meet.",
                        "readings": ["r5", "r6", "r7", "r8", "r99"],
                    }
                },
            ),
        },
    )
    assert [(c.kind, c.how, c.row) for c in found] == [
        ("accounts", "added", "pilot"), ("questions", "turned", "v2"), ("readings", "added", "r99"),
    ]  # fmt: skip
    assert found[1].why == found[2].why == ["new account pilot"]
    assert found[1].was.startswith("compatible: ") and found[1].now == "conflict: 31 and 35 do not meet."


def test_a_changed_text_and_a_dropped_account_are_reasons(tmp_path: Path) -> None:
    found = changes(
        tmp_path,
        {
            "witnesses": rows("witnesses", {"families": {"sha256": "0" * 64, "title": "Ours"}}, drop=("islander",)),
            "readings": rows("readings", {"r8": {"low": 41.0, "high": 41.0}}, drop=("r16",)),
            "verdicts": rows("verdicts", {"v5": {"readings": ["r14", "r15"], "verdict": "agree"}}),
        },
    )
    told = {(c.kind, c.how, c.row): c for c in found}
    assert told["accounts", "dropped", "islander"].label == "What the island knows"
    assert "title Our own account" in told["accounts", "changed", "families"].was
    assert told["readings", "changed", "r8"].why == ["the text of families changed"]
    assert told["questions", "turned", "v5"].why[0] == "account islander is not there any more"


def test_a_changed_text_is_told_by_its_words(tmp_path: Path) -> None:
    text = next(w for w in TABLES["witnesses"].to_pylist() if w["witness"] == "families")["text"]
    cells = {"text": text.replace("Forty", "Forty-two"), "sha256": "0" * 64}
    change = changes(tmp_path, {"witnesses": rows("witnesses", {"families": cells})})[0]
    assert "Forty did not" in change.was and "Forty-two did not" in change.now and len(change.was) < 120


@pytest.mark.parametrize(("was", "now", "told"), [
    ("a b c", "a b c d", [("a b c", "a b c d")]), ("One.\nTwo.\nThree.", "One.\nThree.", [("One. Two. Three.", "One. Three.")]),
    (" ".join("abcdefghij") + " X", " ".join("abcdefghij") + " Y", [("… h i j X", "… h i j Y")]), ("", "new", [("", "new")]),
])  # fmt: skip
def test_changed_words(was: str, now: str, told: list[tuple[str, str]]) -> None:
    assert changed_words(was, now) == told


def test_long_texts_that_share_nothing_are_compared_fast() -> None:
    was, now = (" ".join(f"{sign}{n}" for n in range(60_000)) for sign in "ab")
    assert len(changed_words(was, now)) == 1
    lines = ["\n".join(f"{sign}{n} w" for n in range(0, 9_000, step)) for sign, step in (("a", 1), ("a", 2))]
    assert len(changed_words(*lines)) == 5


def test_titles_and_sentences_that_follow_are_no_reason_and_no_row(tmp_path: Path) -> None:
    first = TABLES["readings"].to_pylist()[0]
    new = {**TABLES["witnesses"].to_pylist()[0], "witness": "pilot", "siglum": "F", "sha256": "1" * 64}
    told = {**first, "witness": "pilot", "reading": "r99", "attribute": "account", "low": None, "high": None}
    verdict = next(v for v in TABLES["verdicts"].to_pylist() if len(v["readings"]) > 1)
    tables = {
        "witnesses": rows("witnesses", {}, more=(new,)),
        "readings": rows("readings", {}, more=(told,)),
        "verdicts": rows("verdicts", {verdict["verdict_id"]: {"readings": [*verdict["readings"], "r99"]}}),
        "events": rows("events", {}, drop=("e6",)),
    }
    found = changes(tmp_path, tables, options={"title": "Another"})
    assert not [c for c in found if c.kind == "readings"]
    assert next(c for c in found if c.row == "e6").why == ["no reason of its own: it follows from other changes"]


def test_a_question_is_the_same_by_its_words_where_its_id_is_not(tmp_path: Path) -> None:
    ids = {f"v{n}": {"verdict_id": f"w{n}"} for n in range(1, 9)}
    assert changes(tmp_path, {"verdicts": rows("verdicts", ids)}) == []


def test_an_event_that_goes_is_told_with_what_differs_in_general(tmp_path: Path) -> None:
    tables = {
        "events": rows("events", {"e2": {"lineages": 2}}, drop=("e4",)),
        "tells": rows("tells", {}, drop=("coastguard.c11",)),
    }
    found = changes(tmp_path, tables, variorum="2", options={"times_mode": "news"})
    events = {c.row: c for c in found if c.kind == "events"}
    assert (events["e4"].how, events["e2"].how, events["e2"].was, events["e2"].now) == (
        "dropped",
        "changed",
        "3 sources",
        "2 sources",
    )
    assert events["e4"].why == ["another version of the program (1, then 2)", "the option times_mode (None, then news)"]


def test_a_decision_is_a_reason(tmp_path: Path) -> None:
    decided = r.Decided(
        "d1", 1, "", "Ana", "verdict", "verdict", '"agree"', "", "{}", "obeyed", "", "verdicts", ["v3"], []
    )
    found = changes(
        tmp_path,
        {"decisions": r.table(r.Decided, [decided]), "verdicts": rows("verdicts", {"v3": {"verdict": "agree"}})},
    )
    assert [c.why for c in found] == [["a decision of Ana: verdict agree"]]


def test_changes_in_the_terminal_as_json_and_as_a_page(tmp_path: Path) -> None:
    hostile = Change("events", "changed", "e1", "\x1b[31m<b>x</b>", "a\nb", "c", ["new account <i>"])
    assert "\x1b" not in "".join(lines([hostile]))
    assert json.loads(as_json([hostile]))["changes"][0]["label"] == "\x1b[31m<b>x</b>"
    page = html.fromstring(as_page([hostile], "old", "new"))
    assert not page.xpath("//i|//script") and "<b>x</b>" in page.text_content()


def test_the_command(tmp_path: Path) -> None:
    edition(tmp_path / "old", TABLES)
    edition(tmp_path / "new", {**TABLES, "events": rows("events", {}, drop=("e6",))})
    old, new = str(tmp_path / "old"), str(tmp_path / "new")
    said = CliRunner().invoke(main, ["diff", old, new])
    assert said.exit_code == 0 and "events: 1 dropped" in said.output
    assert json.loads(CliRunner().invoke(main, ["diff", old, new, "--json"]).output)["changes"][0]["how"] == "dropped"
    assert CliRunner().invoke(main, ["diff", old, new, "--page", str(tmp_path / "p.html")]).exit_code == 0
    assert "The Minister speaks" in (tmp_path / "p.html").read_text()


# --- a part of an edition ---


def test_a_selection_holds_what_its_questions_rest_on() -> None:
    made = selected(TABLES, "boats conflict")
    assert [v["verdict_id"] for v in made["verdicts"].to_pylist()] == ["v5"]
    assert made["readings"]["reading"].to_pylist() == ["r14", "r15", "r16"] and made["events"]["event"].to_pylist() == [
        "e5"
    ]
    assert {c["witness"] for c in made["claims"].to_pylist()} == {"coastguard", "courier", "islander"}
    assert made["witnesses"].num_rows == 5 and made["parallels"].num_rows == 0


def test_a_selection_holds_the_tolls_and_events_of_its_readings_alone() -> None:
    def toll(key: str, topic: str, reading: str | None, verdict: str | None) -> r.Toll:
        return r.Toll("courier", 0, 1, "x", key, topic, topic, None, None, "killed", None, None, "", 1.0, 1.0, None,
                      None, reading, 1, False, "conflict", verdict, None)  # fmt: skip

    rows = [toll("t1", "q1", "r14", None), toll("t2", "q1", None, None), toll("t3", "q2", "r1", None), toll("t4", "q3", None, "v5")]  # fmt: skip
    verdicts = [{**v, "event": None} if v["verdict_id"] == "v5" else v for v in TABLES["verdicts"].to_pylist()]
    tables = {**TABLES, "tolls": r.table(r.Toll, rows), "verdicts": pa.Table.from_pylist(verdicts, r.Verdict.schema())}
    made = selected(tables, "boats conflict")
    assert [v["verdict_id"] for v in made["verdicts"].to_pylist()] == ["v5"]
    assert made["tolls"]["toll"].to_pylist() == ["t1", "t2", "t4"]
    assert made["events"]["event"].to_pylist() == ["e5"], "the event of its readings, where the question has none"


def test_a_selection_of_nothing_and_of_a_hostile_edition() -> None:
    assert selected(TABLES, "killed and not killed")["verdicts"].num_rows == 0
    assert selected(edition_sizes.hostile(), "conflict")["witnesses"].num_rows > 0
    with pytest.raises(InputError, match="there is no field"):
        selected(TABLES, "colour:red")


@pytest.mark.parametrize("text", ["x y.\n" * 20_000, "x " * 20_000, "a b. " * 10_000, "b. a. a. " * 7_000])
def test_texts_of_few_words_are_compared_in_bounded_time(text: str) -> None:
    start = time.monotonic()
    for now in (text[:-10], "begin " + text[::-1], text + "end"):
        assert changed_words(text, now)
    assert time.monotonic() - start < 20
