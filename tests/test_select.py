"""Selecting rows by words, in the terminal and wherever rows are written."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from variorum import Config, collate
from variorum.cli import main
from variorum.errors import InputError
from variorum.records import Reading, Reviewed, Verdict, Witness
from variorum.select import facts_of, selector

WITNESSES = {"gull": Witness("gull", "A", "The Hale Gull", None, None, None, "en", "", "", "")}
READINGS = {
    "r1": Reading("gull", 0, 4, "Nine", "r1", "e1", "killed"),
    "r2": Reading("isle", 0, 6, "Eleven", "r2", "e1", "killed"),
}
ROW = Verdict(
    "v1", "e1", "killed", "Hale", "conflict", "figure", "gull has “Nine”", ["r1", "r2"], 5.0, "high", None, 0.8
)


def fits(text: str, row: Verdict = ROW, checked: bool = False) -> bool:
    reviewed = {"v1": Reviewed("verdicts", "v1", checked, "kept", [], "", "", "", [])}
    return selector(text)(facts_of(row, READINGS, WITNESSES, {"e1": "The ferry sank"}, reviewed))


@pytest.mark.parametrize(
    "text",
    [
        "killed", "killed and conflict", "killed conflict sure", "not (date or place)", "witness:gull", "witness:A",
        'witness:"hale gull"', "witness:isle", "event:e1", 'event:"ferry sank"', "chance>=.7", "weight=5", '"has “nine"',
        "eleven", "rule:figure", "date or killed", "not unsure", "KILLED AND not wounded", "((killed))", "attribute=killed",
    ],
)  # fmt: skip
def test_a_filter_fits(text: str) -> None:
    assert fits(text)


@pytest.mark.parametrize(
    "text", ["date", "killed and agree", "unsure", "witness:gul", "chance<.8", "checked", "not killed", "event:e", "weight>5"]
)  # fmt: skip
def test_a_filter_leaves_out(text: str) -> None:
    assert not fits(text)


def test_what_people_have_judged_is_checked() -> None:
    assert fits("checked", checked=True) and not fits("not checked", checked=True)


def test_a_row_without_a_chance_fits_no_number() -> None:
    assert not fits("chance>=0", Verdict("v2", None, "date", "", "agree", "date", "", []))


@pytest.mark.parametrize(
    "text",
    ["", "  ", "(killed", "killed)", "and", "killed and", "not", "or killed", "colour:red", "chance>many", '"open', "date>3"],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(InputError, match="filter"):
        selector(text)


def test_the_terminal_filters_and_writes_json(tmp_path: Path) -> None:
    for name, number in (("gull", "Nine"), ("isle", "Eleven")):
        text = f"The ferry Gull sank off Hale on 17 November 1998. {number} people drowned."
        (tmp_path / f"{name}.txt").write_text(text)
    edition = collate([tmp_path / "gull.txt", tmp_path / "isle.txt"], tmp_path / "edition", Config(processes=1))

    def run(*args: str) -> str:
        return CliRunner().invoke(main, ["show", str(edition.folder), *args]).output

    rows = [json.loads(line) for line in run("--where", "killed and conflict", "--json").splitlines()]
    assert [row["verdict"] for row in rows] == ["conflict"]
    assert {r["witness"]: r["text"] for r in rows[0]["readings"]} == {"gull": "Nine", "isle": "Eleven"}
    address = rows[0]["readings"][0]["address"]
    assert address.startswith("witnesses/gull.html#at-") and (edition.folder / address.split("#")[0]).exists()
    shown = run("--where", "killed witness:isle")
    assert rows[0]["verdict_id"] in shown and address in shown
    assert "fit the filter" in run("--where", "wounded")
    assert run("--where", "wounded", "--json") == ""
    assert "only disagreements" in run("events", "--where", "killed")
