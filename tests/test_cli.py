"""The command line as a user meets it: results, sentences, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from variorum import __version__
from variorum.cli import main

TEXT = "On 17 November 1998 the ferry sank in the strait. 31 people died, the operator said."
OTHER = "On 17 November 1998 the ferry sank in the strait. Forty people died."


def run(*args: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=given)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("cli")
    (top / "accounts").mkdir()
    (top / "accounts" / "a.txt").write_text(TEXT)
    (top / "accounts" / "b.txt").write_text(OTHER)
    (top / "accounts" / "bad.pdf").write_bytes(b"%PDF broken")
    result = run("collate", top / "accounts", "-o", top / "edition", "--set", "processes=1")
    assert result.exit_code == 0, result.output
    assert "bad.pdf is damaged" in result.stderr
    assert result.stdout.strip() == str(top / "edition" / "index.html")
    assert (top / "edition" / "index.html").is_file()
    return top / "edition"


def test_version() -> None:
    assert run("--version").output == f"variorum {__version__}\n"


@pytest.mark.parametrize(
    "view", ["disagreements", "events", "parallels", "stemma", "names", "silences", "checks", "problems"]
)
def test_every_view_shows_or_says_that_it_is_empty(edition: Path, view: str) -> None:
    result = run("show", edition, view)
    assert result.exit_code == 0
    assert result.output.strip()


def test_a_witness_is_shown_by_id_or_siglum(edition: Path) -> None:
    assert "31 people died" in run("show", edition, "witness", "a").output
    assert "Forty people died" in run("show", edition, "witness", "B").output
    wrong = run("show", edition, "witness", "zz")
    assert wrong.exit_code == 2
    assert "there are A (a), B (b)" in wrong.stderr


def test_verify_says_all_is_right(edition: Path) -> None:
    assert "is right" in run("verify", edition).output


def test_export_to_json_has_every_table(edition: Path, tmp_path: Path) -> None:
    assert run("export", edition, "--to", "json", "-o", tmp_path / "e.json").exit_code == 0
    data = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))
    assert data["variorum"] == __version__
    assert len(data["tables"]["witnesses"]) == 2


def test_annotate_writes_one_line_a_witness(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "x", "text": TEXT, "date": "1998-11-18"}) + "\n")
    result = run("annotate", tmp_path / "in.jsonl", "--quiet")
    assert result.exit_code == 0, result.output
    [row] = [json.loads(line) for line in result.output.splitlines()]
    assert row["witness"] == "x"
    assert {"times", "places", "actors", "figures", "quotes", "claims"} <= set(row)
    for table in ("times", "figures", "claims"):
        assert row[table]
        assert all(TEXT[item["start"] : item["end"]] == item["text"] for item in row[table])


def test_annotate_reads_standard_input() -> None:
    result = run("annotate", "-", "--quiet", given=TEXT)
    assert json.loads(result.output)["witness"] == "stdin"


def test_trace_reads_passims_form(tmp_path: Path) -> None:
    passage = "the master ordered everybody to stay at the muster stations until the last boat from the island had come alongside"
    rows = [{"id": "p", "series": "s", "date": "1998-11-17", "text": "First. " + passage},
            {"id": "q", "series": "t", "date": "1998-11-18", "text": "Second: " + passage + " in the night."}]  # fmt: skip
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = run("trace", tmp_path / "docs.jsonl", "--quiet")
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.output.splitlines()]
    assert any({row.get("a_witness"), row.get("b_witness")} == {"p", "q"} for row in found)


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["show", "nowhere"], 3, "is no edition"),
        (["collate", "nowhere", "-o", "x"], 2, "no such file"),
        (["collate", "nowhere", "-o", "x", "--set", "nonsense=1"], 2, "no such option"),
        (["collate", "nowhere", "-o", "x", "--set", "nonsense"], 2, "has no '='"),
        (["collate", "nowhere", "-o", "x", "--config", "none.toml"], 2, "cannot be read"),
        (["export", "nowhere", "--to", "nonsense", "-o", "x"], 2, "there is no such format"),
        (["verify", "nowhere"], 3, "is no edition"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_errors_are_sentences_with_codes(args: list[str], code: int, says: str, tmp_path: Path) -> None:
    with CliRunner().isolated_filesystem(tmp_path):
        result = run(*args)
    assert result.exit_code == code
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_a_text_that_cannot_be_parsed_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from collections.abc import Iterable, Iterator

    from variorum import language
    from variorum.annotate import annotate
    from variorum.edition.witnesses import witnesses_of
    from variorum.read.document import Document

    whole = language.parse

    def fails(texts: Iterable[tuple[str, list[object]]], model: str | None = None) -> Iterator[object]:
        listed = list(texts)
        if any("poison" in text for text, _ in listed):
            raise RuntimeError("the parser broke")
        return whole(listed, model)

    monkeypatch.setattr(language, "parse", fails)
    made = list(annotate(witnesses_of([Document("a", "poison", "a"), Document("b", TEXT, "b")])))
    assert [one.witness for one in made] == ["a", "b"]
    assert "could not be parsed" in made[0].tables["problems"][0].message
    assert made[1].tables["sentences"] and made[1].tables["figures"]
