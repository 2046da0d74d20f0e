"""Hostile input: bombs, odd names, links and pipes, and what the fuzzer found; `benchmarks/fuzz.py` looks for more."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import os
import random
import resource
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import edition_maker
import hostile
import hostile_site
from casebook import cases
from variorum import export, read, site
from variorum import records as r
from variorum.config import Config
from variorum.edition.collate import collate
from variorum.edition.verify import verify
from variorum.mentions.figures.words import lines
from variorum.read.document import clean_id
from variorum.spans import Span
from variorum.voices.marks import find_marked, paragraphs


@pytest.mark.parametrize("case", cases("hostile"))
def test_case(case: dict[str, Any]) -> None:
    """A find of the fuzzer, mended: ``text`` or ``base64`` for one of its targets, after its byte of switches.

    ``times`` repeats the input.
    """
    data = base64.b64decode(case["base64"]) if "base64" in case else case["text"].encode()
    assert case["expect"] == "whole"
    begun = time.process_time()
    hostile.CHECKS[case["target"]](bytes([case.get("switches", 0)]) + data * case.get("times", 1))
    assert time.process_time() - begun < 10


# --- bombs ---

PAGE = b"BT /F1 12 Tf 100 700 Td (The ferry sank.) Tj ET"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://islander.example/\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    b"WARC-Date: 1998-11-18T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry Maid of Asker sank in the strait.</p>"
)


def parquet(rows: dict[str, Any]) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table(rows), held)
    return held.getvalue()


def repeated(times: int) -> bytes:
    """A Parquet file of some kilobytes that repeats one text of 10,000 characters."""
    words = pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), pa.array(["The ferry sank. " * 625]))
    held = io.BytesIO()
    pq.write_table(pa.table({"text": words}), held)
    return held.getvalue()


def wide_table() -> bytes:
    """A DOCX file of a kilobyte with a cell that claims to be a thousand million columns wide."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>31 died.</w:t></w:r></w:p></w:tc>'
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"
    return hostile.docx_of(hostile.WORDS.replace("<w:p>", table + "<w:p>", 1).encode())


def nested(open: str, close: str, times: int, inside: str = "The ferry sank.") -> bytes:
    return (open * times + inside + close * times).encode()


BOMBS = {
    "xml.docx": lambda: hostile.docx_of(hostile.WORDS.encode().replace(b"The", b"x" * 60_000_000)),
    "parts.docx": lambda: hostile.docx_of(hostile.WORDS.encode(), more={f"word/{n}": b"" for n in range(20_001)}),
    "pictures.docx": lambda: hostile.docx_of(b"", more={f"word/{n}.bin": bytes(30_000_000) for n in range(4)}),
    "laughs.docx": lambda: hostile.docx_of(LAUGHS + hostile.WORDS.encode().replace(b"The", b"&j;")),
    "outside.docx": lambda: hostile.docx_of(
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + hostile.WORDS.encode().replace(b"The", b"&a;")
    ),
    "deep.docx": lambda: hostile.docx_of(hostile.WORDS.replace("<w:p>", "<w:p>" * 50_000).encode()),
    "wide.docx": wide_table,
    "laughs.xhtml": lambda: LAUGHS + b"<html><body><p>&j; The ferry sank.</p></body></html>",
    "deep.html": lambda: nested("<div>", "</div>", 100_000),
    "open.html": lambda: nested("<b><i>", "", 50_000),
    "tables.html": lambda: nested("<table><tr><td>", "</td></tr></table>", 5_000),
    "attributes.html": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(30_000)) + b">The ferry sank.",
    "million.pdf": lambda: hostile.pdf_of(PAGE, count=1_000_000),
    "shared.pdf": lambda: hostile.pdf_of(PAGE, kids=f"[{'3 0 R ' * 6_000}]", count=6_000),
    "circle.pdf": lambda: hostile.pdf_of(PAGE, kids="[2 0 R 3 0 R]", count=2),
    "stream.pdf": lambda: hostile.pdf_of(zlib.compress(PAGE + b" " * 100_000_000, 9), packed=True),
    "words.pdf": lambda: hostile.pdf_of(zlib.compress(PAGE * 40_000, 9), packed=True),
    "arrays.pdf": lambda: hostile.pdf_of(PAGE, kids="[" * 100_000 + "3 0 R" + "]" * 100_000),
    "deep.jsonl": lambda: b'{"text":' + nested("[", "]", 100_000, "") + b"}",
    "number.jsonl": lambda: b'{"id": %s, "text": "The quay at Hale was shut."}\n' % (b"9" * 10_000),
    "lines.jsonl": lambda: b"[]\n" * 300_000,
    "cell.csv": lambda: b'text\n"' + b"The ferry sank. " * 700_000 + b'"\n',
    "columns.csv": lambda: b"text" + b",a" * 300_000 + b"\n" + b"The ferry sank at once." + b"," * 300_000 + b"\n",
    "nul.csv": lambda: b"text,date\nThe ferry\x00 sank by night.,\x00\n" * 40,
    "cut.parquet": lambda: parquet({"text": ["The ferry sank."] * 99})[:-40],
    "numbers.parquet": lambda: parquet({"text": [1, 2, 3]}),
    "lists.parquet": lambda: parquet({"text": [["a"], None], "id": [{"a": 1}, None]}),
    "nulls.parquet": lambda: parquet({"text": pa.nulls(300_000, pa.string())}),
    "repeated.parquet": lambda: repeated(100_000),
    "bomb.warc.gz": lambda: gzip.compress(RECORD % 300_000_000 + b" " * 300_000_000, 6),
    "many.warc.gz": lambda: gzip.compress(RECORD % 130) * 50 + b"\x1f\x8b\x08broken",
    "negative.warc": lambda: RECORD % -1,
    "packed.txt": lambda: gzip.compress(bytes(10_000_000)),
    "marks.txt": lambda: nested("“She said ‘", "’”", 10_000),
    "word.txt": lambda: b"a" * 5_000_000,
}  # fmt: skip
"""Small files that would grow, or dig, without an end."""

READ = {"wide.docx", "open.html", "words.pdf", "million.pdf", "number.jsonl", "cell.csv", "columns.csv", "nul.csv", "many.warc.gz", "marks.txt",
        "word.txt", "attributes.html", "circle.pdf", "stream.pdf", "shared.pdf", "arrays.pdf", "deep.html", "laughs.xhtml", "tables.html", "negative.warc",
        "repeated.parquet", "laughs.docx", "outside.docx", "bomb.warc.gz"}  # fmt: skip
"""Those of which something may be read."""


@pytest.fixture
def little_memory() -> Iterator[None]:
    """At most two thousand million bytes more than the process has already."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + 2_000_000_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_problem_and_the_others_are_read(tmp_path: Path, name: str, little_memory: None) -> None:
    (tmp_path / "good.txt").write_text(hostile.GOOD)
    (tmp_path / name).write_bytes(BOMBS[name]())
    begun = time.process_time()
    found = read.accounts([tmp_path], Config(max_unpacked_mb=100, max_characters=1_000_000))
    assert time.process_time() - begun < 10
    assert any(d.id == "good" for d in found.documents)
    assert len(found.problems) <= 202 and all(len(p.message) < 1100 for p in found.problems)
    assert sum(len(d.text) for d in found.documents) < 20_000_000
    others = [d for d in found.documents if d.id != "good"]
    assert any(name in p.message for p in found.problems) or (name in READ and others)
    if name not in READ:
        assert not others, [d.text[:80] for d in others]
    assert not any("root:" in d.text for d in others)


def _seconds(text: str) -> float:
    """The processor seconds in which the quotations of a text are found."""
    begun = time.process_time()
    find_marked(text)
    return time.process_time() - begun


def test_quotes_nested_ten_thousand_deep_take_linear_time() -> None:
    for piece in ("“She said ‘", "“", "'", '"', "«“‘", "\"'", "“a” ", "said: “"):
        took = []
        for times in (5_000, 50_000):
            took.append(min(_seconds(piece * times + "x" + "’”" * times) for _ in range(2)))
        assert took[1] < max(0.5, 30 * took[0]), piece


def test_a_page_of_spaces_takes_linear_time() -> None:
    begun = time.process_time()
    assert paragraphs(" " * 300_000 + "x" + " " * 300_000 + "\n" + " \n\t" * 100_000 + "Y") != []
    assert time.process_time() - begun < 5


def test_a_text_of_dates_takes_linear_time() -> None:
    text = "Monday " * 20_000
    days = [Span(at, at + 6) for at in range(0, len(text), 7)]
    begun = time.process_time()
    assert len(lines(text, days, days)) == 20_000
    assert time.process_time() - begun < 5


# --- names, links and pipes ---

ODD = ["a\nb.txt", "-rf.txt", "'; drop.txt", '"quoted".txt', "<script>.txt", "%2e%2e.txt", "con.txt", " .txt", "\u202etxt.exe.txt", "é" * 120 + ".txt",
       "a" * 251 + ".txt", "=1+1.txt", "@x.txt", "~.txt", "$(id).txt", "a\x1b[2J.txt", "\u2028.txt", "*.txt", "[a-z].txt", "{{ 7*7 }}.txt"]  # fmt: skip


def sentence(number: int) -> str:
    """A text of its own for each account, so that none is folded into another."""
    return f"Boat number {number} left the quay at Hale."


def test_odd_names_of_files_are_read_and_stay_inside(tmp_path: Path) -> None:
    names = [os.fsencode(name) for name in ODD] + [b"\xff\xfe\x80.txt"]
    for number, name in enumerate(names):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text(sentence(number))
    found = read.accounts([tmp_path])
    assert len(found.documents) == len(names) and not found.problems
    for document in found.documents:
        document.source.encode()
        assert document.id == clean_id(document.id) or "~" in document.id
        assert "\n" not in document.source and "\x1b" not in document.source and len(document.id) <= 123


IDS = ["../../x", "/etc/passwd", "con", "", " ", "a" * 10_000, "a\nb", "\x00\x07", "..", ".", "a", "a", "a~2", "A", "=1+1", "-1", "@x", "+x", "\u202ex",
       "<b>", "C:\\x", "x.html", None, 7, ["a"], {"b": 1}, 1e400, "index", "a" * 10_001, "\ud800", "%00", "../../x"]  # fmt: skip


@pytest.fixture(scope="module")
def odd_ids(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    folder = tmp_path_factory.mktemp("ids")
    rows = [{"id": id, "text": sentence(n), "title": id, "publisher": id, "url": id} for n, id in enumerate(IDS)]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = read.accounts([folder])
    assert len({d.id for d in found.documents}) == len(found.documents) == len(IDS)
    return found.documents


def witnesses(documents: list[Any]) -> pa.Table:
    rows = [
        r.Witness(d.id, f"W{n}", d.title, d.publisher, d.party, d.published, d.language, d.source, "", d.text)
        for n, d in enumerate(documents)
    ]
    return r.table(r.Witness, rows)


def test_no_id_writes_outside_the_site(tmp_path: Path, odd_ids: list[Any]) -> None:
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir(parents=True)
    assert site.publish({"witnesses": witnesses(odd_ids)}, inner, {"title": "x"}, Config()) == []
    assert {p for p in tmp_path.rglob("*") if p.is_file() and inner not in p.parents} == set()
    assert list(hostile_site.faults(inner)) == []
    assert len(list((inner / "witnesses").glob("*.html"))) == len(IDS)


def test_no_cell_of_an_export_runs_in_a_spreadsheet(tmp_path: Path, odd_ids: list[Any]) -> None:
    tables = {**edition_maker.small(), "witnesses": witnesses(odd_ids)}
    export.write(tables, "csv", tmp_path / "out")
    for name in ("witnesses.csv", "events.csv"):
        with (tmp_path / "out" / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not any(cell.lstrip(" \t\r\n")[:1] in set("=+-@") and cell[:1] != "'" for cell in row), row


def test_a_pipe_a_loop_and_a_way_out_are_said_and_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "accounts", tmp_path / "private.txt"
    folder.mkdir()
    outside.write_text("A private letter.")
    (folder / "good.txt").write_text(hostile.GOOD)
    os.mkfifo(folder / "pipe.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "gone.txt").symlink_to("nothing.txt")
    (folder / "inside.txt").symlink_to("good.txt")
    found = read.accounts([folder])
    assert [d.id for d in found.documents] == ["good"]
    said = " ".join(p.message for p in found.problems)
    for words in ("pipe.txt is no file but a pipe", "out.txt is a link that leads out", "loop.txt cannot be opened", "gone.txt cannot be opened",
                  "up is a link", "same text as good.txt"):  # fmt: skip
        assert words in said
    followed = read.accounts([folder], Config(follow_links=True))
    assert "A private letter." in [d.text for d in followed.documents]


@pytest.mark.parametrize(
    "error",
    [PermissionError(13, "Permission denied"), FileNotFoundError(2, "No such file"), OSError(5, "Input/output error")],
)
def test_a_file_that_cannot_be_opened_or_is_gone_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    (tmp_path / "good.txt").write_text(hostile.GOOD)
    (tmp_path / "gone.txt").write_text("It was here.")
    opened = Path.open

    def refuses(self: Path, *args: Any, **more: Any) -> Any:
        if self.name == "gone.txt":
            raise error
        return opened(self, *args, **more)

    monkeypatch.setattr(Path, "open", refuses)
    found = read.accounts([tmp_path])
    assert [d.id for d in found.documents] == ["good"]
    assert found.problems[0].message == f"gone.txt cannot be opened ({error.strerror})"


def test_folders_a_thousand_deep_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good.txt").write_text(hostile.GOOD)
    monkeypatch.chdir(tmp_path)
    for _ in range(1_500):
        os.mkdir("d")
        os.chdir("d")
    Path("deep.txt").write_text("The deep.")
    try:
        found = read.accounts([tmp_path])
    finally:
        Path("deep.txt").unlink()
        for _ in range(1_500):  # pytest could not take away so deep a tree
            os.chdir("..")
            os.rmdir("d")
    assert [d.id for d in found.documents] == ["deep", "good"]


def test_a_name_in_a_table_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(hostile.GOOD)
    rows = [
        "file,title",
        "x" * 5_000 + ",A",
        "a\x00b,B",
        "../../etc/passwd,C",
        "good.txt,The log\x1b[2J",
        *(f"{n}.txt," for n in range(500)),
    ]
    (tmp_path / "witnesses.csv").write_text("\n".join(rows))
    found = read.accounts([tmp_path])
    assert found.documents[0].title == "The log [2J"
    assert len(found.problems) == 101 and "more problems of this kind" in found.problems[-1].message


def test_a_long_account_is_cut_and_said(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("The ferry sank. " * 100)
    found = read.accounts([tmp_path], Config(max_characters=100))
    assert len(found.documents[0].text) == 100 and "longer than 100 characters" in found.problems[0].message


def test_a_row_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    rows = [
        '{"id": "a", "text": "One left."}',
        '{"n": %s}' % ("9" * 5_000),
        "[" * 9_000,
        '{"text": "Two left."}',
        '{"text": 7}',
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    found = read.accounts([tmp_path])
    assert [d.text for d in found.documents] == ["One left.", "Two left."]
    assert [p.message for p in found.problems] == [
        "rows.jsonl line 2 is no JSON object", "rows.jsonl line 3 is no JSON object", "rows.jsonl row 5 has no text",
    ]  # fmt: skip


def test_a_table_that_is_damaged_in_its_middle_gives_what_comes_before(tmp_path: Path) -> None:
    texts = [f"{sentence(n)} {random.Random(n).random()}" for n in range(20_000)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "t.parquet", row_group_size=1_000, use_dictionary=False)
    data = bytearray((tmp_path / "t.parquet").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 2_000] = bytes(2_000)
    (tmp_path / "t.parquet").write_bytes(data)
    found = read.accounts([tmp_path])
    assert 1_000 < len(found.documents) < 20_000 and "is damaged" in found.problems[0].message


FULL = ("wide.docx", "laughs.xhtml", "million.pdf", "deep.jsonl", "numbers.parquet", "many.warc.gz", "lines.jsonl")


def test_an_edition_of_hostile_accounts_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(ODD[::2]):
        (folder / name).write_text(
            sentence(number) + " On 17 November 1998 31 people died, <b>“said”</b> =Ana Hale.\x00"
        )
    for name in FULL:
        (folder / name).write_bytes(BOMBS[name]())
    rows = [{"id": id, "text": sentence(n + 99), "title": id, "publisher": id} for n, id in enumerate(IDS[::3])]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "marks.txt").write_bytes(nested("“He said ‘", "’”", 100))
    os.mkfifo(folder / "pipe")
    made = collate(folder, tmp_path / "out" / "edition", Config(processes=1))
    assert list(verify(made)) == []
    assert [p.name for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")] == ["edition"]
    assert list(hostile_site.faults(made.folder)) == []
    steps = {p.step for p in made.records(r.Problem)}
    assert steps == {"read"}
    for name in export.FORMATS:
        export.write(made.tables(), name, io.BytesIO())


# --- random input, a little of what the fuzzer does ---


@pytest.mark.parametrize("target", ["read", "repair", "times", "figures", "quotes", "site"])
def test_random_pieces_leave_everything_whole(target: str) -> None:
    chance = random.Random(target)
    pieces = [
        "“",
        "”",
        "'",
        '"',
        "\n",
        "\f",
        "\u200b",
        "31",
        "1,204",
        "killed",
        "said",
        "Hale",
        "on Friday",
        " ",
        "<b>",
        "\x00",
        "é",
        "-",
        "(",
        ".",
        "of",
    ]
    for _ in range({"site": 2, "figures": 12, "quotes": 12}.get(target, 60)):
        text = "".join(chance.choice(pieces) + chance.choice((" ", "")) for _ in range(chance.randrange(60)))
        hostile.CHECKS[target](bytes([chance.randrange(256)]) + text.encode())
