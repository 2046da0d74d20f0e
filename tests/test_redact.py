"""Redaction: no form of a name is left in any export, spans still hold their words, and the key stays outside."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import edition_maker
from test_diff import edition
from variorum import bags, export
from variorum import records as r
from variorum.cli import main
from variorum.edition import Edition
from variorum.edition.verify import verify
from variorum.errors import InputError
from variorum.redact import Finder, Person, read_names, redacted, report_lines, still_there, write_key
from variorum.redact.tables import Moved
from variorum.review.log import Draft, Log

PERSON = Person("Ana Teverin", "Person 1")


def hidden(*also: str) -> dict[str, pa.Table]:
    """The small edition with the name in an account's text, in a quotation, an id, an address, a title and a party."""
    desk = edition_maker.small_desk()
    text = "Ana Teverín was there, wrote “A. Teverin must answer”. Teve-\nrin’s aide Teverine left.\n\nAna Tewerin came back."
    desk.witness("ana-teverin_diary", "F", "Notes on ANA TEVERIN", "Teverin Press", "Teverins", "1999", text)
    first, mark = text.index("must answer"), text.index("aide")
    desk.add(r.Quote("ana-teverin_diary", first, first + 11, "must answer", "Ana Teverin", 0, 11, 23, 28, True))
    desk.add(r.Tied("ana-teverin_diary", 0, mark - 1, text[: mark - 1], 0, 0, words=["teverin", "answ", "tever"]))
    desk.add(
        r.Claim(
            "ana-teverin_diary",
            mark,
            mark + 4,
            "aide",
            "ana-teverin_diary.c1",
            "none",
            "left",
            agent="Teverin",
            voice=["Ana Teverin"],
        )
    )
    toll = {
        "low": 3.0,
        "high": 3.0,
        "as_of": None,
        "counted_by": "Mrs Teverin",
        "reading": None,
        "position": 1,
        "course": False,
    }
    toll |= {
        "toll": "t1",
        "topic": "q1",
        "label": "killed, Teverin’s men",
        "parent": None,
        "event": None,
        "role": "killed",
    }
    toll |= {
        "group": "Teverin’s men",
        "place": None,
        "scope": "Teverin’s house",
        "verdict": "single",
        "verdict_id": None,
    }
    desk.add(r.Toll("ana-teverin_diary", mark, mark + 4, "aide", **toll, repeats=None))
    return desk.tables()


def clear(tables: dict[str, pa.Table]) -> Any:
    return redacted(tables, Finder([PERSON]))


NAMELESS = ("acled", "embed", "passim", "quickstatements", "svg", "ucdp", "wikitext")
"""Formats in which the small edition has no name to hide."""
FORMATS = [name for name in bags.FORMATS if name not in ("pdf", "bagit")]


@pytest.mark.parametrize("fmt", FORMATS)
def test_no_export_holds_a_form(fmt: str, tmp_path: Path) -> None:
    made = clear(hidden())
    out = tmp_path / f"out{bags.FORMATS[fmt].ending}"
    export.write(made.tables, fmt, out, formats=bags.FORMATS)
    assert list(still_there(out, made.finder)) == []
    if fmt not in NAMELESS:
        export.write(hidden(), fmt, out, formats=bags.FORMATS)
        assert list(still_there(out, made.finder)), f"the search finds nothing in {fmt} that was not redacted"


def test_an_embed_holds_no_form() -> None:
    for tables, held in ((hidden(), True), (clear(hidden()).tables, False)):
        out = io.BytesIO()
        export.write(tables, "embed", out, {"toll": "q1"}, formats=bags.FORMATS)
        assert ("teverin" in out.getvalue().decode().lower()) is held


def test_the_grep_by_itself(tmp_path: Path) -> None:
    """Not by our own finder alone: no run of these letters is left in any file of an edition, whatever stands between."""
    made = clear(hidden())
    bags.edition(made.tables, tmp_path / "edition", {})
    for path in (tmp_path / "edition").rglob("*"):
        text = path.name + (
            "" if path.is_dir() or path.suffix in (".parquet", ".png") else path.read_text(encoding="utf-8")
        )
        assert "teverin" not in text.lower().replace("-", "").replace("\n", "").replace("í", "i"), path
    opened = Edition(tmp_path / "edition")
    assert "teverin" not in str([opened.table(name).to_pylist() for name in r.TABLES]).lower()
    assert list(verify(opened)) == []


def test_a_file_left_in_a_redacted_edition_is_found(tmp_path: Path) -> None:
    made = clear(hidden())
    bags.edition(made.tables, tmp_path / "edition", {})
    (tmp_path / "edition" / "teverin.txt").write_text("x")
    (tmp_path / "edition" / "data.js").write_text('{"a": "Ana Tever\\u00edn"}')
    found = list(still_there(tmp_path / "edition", made.finder))
    assert [f.partition(",")[0] for f in found] == ["data.js: a form of Person 1", "teverin.txt: the name of the file"]


def test_spans_hold_their_words_and_other_words_stay() -> None:
    made = clear(hidden()).tables
    texts = {w["witness"]: w["text"] for w in made["witnesses"].to_pylist()}
    assert "person-1_diary" in texts and texts["person-1_diary"] == (
        "Person 1 was there, wrote “A. Person 1 must answer”. Person 1’s aide Person 1 left.\n\nPerson 1 came back."
    )
    for name, data in made.items():
        for row in data.to_pylist():
            if {"witness", "start", "text"} <= row.keys() and row["start"] is not None:
                assert texts[row["witness"]][row["start"] : row["end"]] == row["text"], name
    quote = made["quotes"].to_pylist()[-1]
    assert texts[quote["witness"]][quote["speaker_start"] : quote["speaker_end"]] == quote["speaker"] == "Person 1"
    assert made["sentences"].to_pylist()[-1]["words"] == ["answ"]
    assert texts["operator"] == edition_maker.TEXTS["operator"][5]
    assert {c["witness"] for c in made["claims"].to_pylist()} <= texts.keys()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ana teverin", "person-1"),
        ("Teverin, Ana", "Person 1, Ana"),
        ("Anastasia and Tever", "Anastasia and Tever"),
        ("Teverinsk is a town", "Teverinsk is a town"),
        ("A\u0301na Teveri\u0301n", "Person 1"),
        ("Ana\u00a0Te\u00advERin", "Person 1"),
        ("https://example.org/Ana_Teverin.html", "https://example.org/Person 1.html"),
    ],
)
def test_forms_of_a_name(text: str, said: str) -> None:
    assert Finder([PERSON]).replaced(text) == said


def test_near_spellings_are_learnt_and_others_left() -> None:
    finder = Finder([PERSON])
    finder.learn([("Ana Teverin", "the Minister")], ["Tewerin, Teverins, Severin, Toverinov, Tamarin"])
    assert (
        finder.replaced("Tewerin Teverins Severin Toverinov Tamarin the minister")
        == "Person 1 Person 1 Severin Toverinov Tamarin Person 1"
    )


@given(
    st.lists(st.sampled_from(["Ana Teverin", "TEVERIN", "a", " ", "\n", "é", "x.", "\U0001f600"]), max_size=12),
    st.data(),
)
def test_offsets_move_along(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    moved = Moved(text, Finder([PERSON]))
    assert moved.text == Finder([PERSON]).replaced(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a, b = moved.start(start), moved.end(end)
    assert 0 <= a <= len(moved.text) and 0 <= b <= len(moved.text)
    if not list(Finder([PERSON]).found(text)):
        assert (a, b) == (start, end)
    hits = list(Finder([PERSON]).found(text))
    if not any(h.start < x < h.end for h in hits for x in (start, end)) and start < end:
        assert moved.text[a:b] == Finder([PERSON]).replaced(text)[a:b] and a <= b


def test_pseudonyms_stay_by_the_key(tmp_path: Path) -> None:
    names, key = tmp_path / "names.csv", tmp_path / "names.key.csv"
    names.write_text("name,also\nAna Teverin,the Minister;Ana\nJo Hale,\n")
    write_key(read_names(names, key), key)
    names.write_text("name\nNew One\nJo Hale\nAna Teverin\n")
    assert {p.name: p.pseudonym for p in read_names(names, key)} == {
        "New One": "Person 3",
        "Jo Hale": "Person 2",
        "Ana Teverin": "Person 1",
    }
    assert key.stat().st_mode & 0o077 == 0
    names.write_text("name,pseudonym\nA B,X\nC D,X\n")
    with pytest.raises(InputError, match="one pseudonym for two"):
        read_names(names)
    names.write_text("person\nA\n")
    with pytest.raises(InputError, match="has no names"):
        read_names(names)


def test_the_report_says_what_was_found_and_what_is_left() -> None:
    lines = list(report_lines(redacted(hidden(), Finder([PERSON, Person("Nobody Zyrrin", "Person 2")]))))
    assert lines[0].startswith("Person 1: ") and "“Teverin”" in lines[0]
    assert "Person 2: not found in this edition" in lines
    assert any("a first name stands alone 1 times" in line for line in lines)


def test_the_command(tmp_path: Path) -> None:
    edition(tmp_path / "edition", hidden(), options={"title": "On Ana Teverin"})
    names = tmp_path / "names.csv"
    names.write_text("name\nAna Teverin\n")
    given_out = tmp_path / "out"
    args = ["export", str(tmp_path / "edition"), "--to", "csv", "-o", str(given_out), "--redact", str(names)]
    said = CliRunner().invoke(main, args)
    assert said.exit_code == 0, said.output
    assert list(csv.reader(io.StringIO((tmp_path / "names.key.csv").read_text())))[1] == ["Ana Teverin", "Person 1"]
    assert CliRunner().invoke(main, ["verify", str(given_out), "--redacted", str(names)]).exit_code == 0
    (given_out / "more.txt").write_text("Mrs TEVERIN")
    left = CliRunner().invoke(main, ["verify", str(given_out), "--redacted", str(names)])
    assert left.exit_code == 1 and "more.txt: a form of Person 1" in left.output
    inside = CliRunner().invoke(main, [*args, "--key", str(given_out / "key.csv")])
    assert inside.exit_code != 0 and "keep the key elsewhere" in inside.output


def decided(path: Path, *said: tuple[str, list[str], dict[str, str]]) -> Log:
    log = Log(path)
    log.add(
        Draft("Ruth", {"kind": "name", "names": [{"form": f, "kind": "person"} for f in forms]}, says, value)
        for says, forms, value in said
    )
    return log


def test_a_log_of_review_says_who_is_hidden(tmp_path: Path) -> None:
    path = tmp_path / "edition.review.jsonl"
    log = decided(
        path,
        ("pseudonym", ["Ana Teverin"], {"name": "The Minister"}),
        ("one", ["Ana Teverin", "Aunt Bo"], {}),
        ("pseudonym", ["Jo Hale"], {"name": "Witness 4"}),
        ("canonical", ["Ben Loe"], {"name": "Ben Loe"}),
        ("pseudonym", ["Ana Teverin"], {"name": "M."}),
    )
    assert read_names(path) == [Person("Ana Teverin", "M.", ("Aunt Bo",)), Person("Jo Hale", "Witness 4")]
    taken = next(one.id for one in log.decisions.values() if one.value.get("name") == "M.")
    log.add([Draft("Ruth", {"kind": "decision", "decision": taken}, "undo")])
    assert read_names(path)[0].pseudonym == "The Minister", "what was taken back hides nobody, what stood before does"
    with pytest.raises(InputError, match="gives no name a pseudonym"):
        read_names(decided(tmp_path / "b.jsonl", ("one", ["A B", "C D"], {})).path)
    with pytest.raises(InputError, match="no such log"):
        read_names(tmp_path / "none.jsonl")


@pytest.mark.parametrize("fmt", ["edition", "docx", "odt", "csv", "tei", "html"])
def test_what_review_decides_is_hidden_everywhere(fmt: str, tmp_path: Path) -> None:
    edition(tmp_path / "edition", hidden(), options={"title": "On Ana Teverin"})
    log = decided(tmp_path / "edition.review.jsonl", ("pseudonym", ["Ana Teverin"], {"name": "Witness 4"})).path
    out = tmp_path / f"out{bags.FORMATS[fmt].ending}"
    args = ["export", str(tmp_path / "edition"), "--to", fmt, "-o", str(out)]
    assert CliRunner().invoke(main, args).exit_code == 0
    clear = CliRunner().invoke(main, ["verify", str(out), "--redacted", str(log)])
    assert clear.exit_code == 1 and "a form of Witness 4" in clear.output
    assert CliRunner().invoke(main, [*args, "--redact", str(log)]).exit_code == 0
    hid = CliRunner().invoke(main, ["verify", str(out), "--redacted", str(log)])
    assert hid.exit_code == 0, hid.output
    assert (tmp_path / "edition.review.key.csv").is_file() and not list(tmp_path.glob("out/*.key.csv"))


def test_an_export_in_clear_says_that_names_have_pseudonyms(tmp_path: Path) -> None:
    said = r.Decided("d1", 1, "2000", "Ruth", "name", "pseudonym", "{}", "", "{}", "kept", "", "names", [], [])
    for state, wanted in (("kept", "1 name has a pseudonym in the review"), ("undone", "")):
        decisions = r.table(r.Decided, [replace(said, state=state)])
        edition(tmp_path / state, {**hidden(), "decisions": decisions})
        ran = CliRunner().invoke(main, ["export", str(tmp_path / state), "--to", "ucdp", "-o", str(tmp_path / "o.csv")])
        assert ran.exit_code == 0 and wanted in ran.stderr and bool(wanted) == ("--redact" in ran.stderr)


def test_decisions_do_not_go_along() -> None:
    about = '{"words": [{"witness": "courier", "sha256": "' + "5" * 64 + '"}]}'
    said = r.Decided("d1", 1, "2000", "Ruth", "name", "one", "{}", "", about, "obeyed", "", "names", [], [])
    tables = {**hidden(), "decisions": r.table(r.Decided, [said])}
    made = redacted(tables, Finder([Person("Witness 4", "Person 1")])).tables
    assert made["decisions"].num_rows == 0 and made["decisions"].schema == tables["decisions"].schema
    assert made["claims"].num_rows == tables["claims"].num_rows > 0


SPELT = """Олена Марчук wept. За словами Олени Марчук, Марчука допитали. Marčuk and Ms Marchukova, Marchuks, Марчуком.

Marchukinsk, Marchandise, Марченко, Олександр and Марк are others."""


def test_names_in_other_scripts_and_with_endings_are_learnt_from_the_texts() -> None:
    finder = Finder([Person("Olena Marchuk", "Person 1")])
    finder.learn((), [SPELT])
    first, others = finder.replaced(SPELT).split("\n\n")
    assert first == (
        "Person 1 wept. За словами Person 1, Person 1 допитали. Person 1 and Ms Person 1, Person 1, Person 1."
    )
    assert others == SPELT.split("\n\n")[1]


def test_stems_of_a_name_with_accents_are_left_out() -> None:
    desk = edition_maker.small_desk()
    desk.witness("press", "F", "Notes", "Press", None, "1999", "Ana Teverín spoke.")
    desk.add(r.Tied("press", 0, 18, "Ana Teverín spoke.", 0, 0, words=["teverín", "a_teverin", "spok"]))
    assert clear(desk.tables()).tables["sentences"].to_pylist()[-1]["words"] == ["spok"]


def test_verify_finds_a_name_in_another_script(tmp_path: Path) -> None:
    (tmp_path / "left.json").write_text('{"a": "\\u041c\\u0430\\u0440\\u0447\\u0443\\u043a\\u0430"}')
    (tmp_path / "other.json").write_text("Марченко", encoding="utf-8")
    found = list(still_there(tmp_path, Finder([Person("Olena Marchuk", "Person 1")])))
    assert [f.partition(":")[0] for f in found] == ["left.json"]


@pytest.mark.slow
@pytest.mark.parametrize("fmt", ["pdf", "bagit"])
def test_no_form_is_left_in_print_or_in_a_bag(fmt: str, tmp_path: Path) -> None:
    made, out = clear(hidden()), tmp_path / f"out{bags.FORMATS[fmt].ending}"
    export.write(made.tables, fmt, out, formats=bags.FORMATS)
    assert list(still_there(out, made.finder)) == []
    export.write(hidden(), fmt, out, formats=bags.FORMATS)
    assert list(still_there(out, made.finder))
