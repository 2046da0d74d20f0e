"""Reading: every format, every encoding, and everything that goes wrong."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from variorum import read
from variorum.config import Config
from variorum.errors import InputError
from variorum.example import folder
from variorum.read.document import Found, Source, clean_id, edtf_date
from variorum.read.text import told

CYRILLIC = "Паром затонул в проливе вечером семнадцатого ноября, сообщила береговая охрана. Погибли тридцать человек."
WESTERN = "The café at Port Asker — “closed since the night” — reopened; its owner, Señor Peña, wept."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", WESTERN), ("utf-8-sig", WESTERN), ("utf-16", WESTERN), ("utf-16-le", WESTERN), ("utf-16-be", WESTERN),
        ("cp1252", WESTERN), ("cp1251", CYRILLIC), ("koi8-r", CYRILLIC), ("utf-32", WESTERN), ("utf-8", CYRILLIC),
    ],
)  # fmt: skip
def test_any_encoding_is_told(encoding: str, text: str) -> None:
    assert told(Source("a.txt", "a", text.encode(encoding)), Found()) == text


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 500])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert told(Source("a.txt", "a", data), Found()) is None


def test_the_example_has_every_format_and_its_metadata() -> None:
    found = read.accounts([folder()])
    known = {d.id: d for d in found.documents}
    assert not found.problems
    assert len(known) == 8
    assert known["inquiry"].published == "1999-09-30"
    assert known["strait-press"].published == "1998-11-18"
    assert known["strait-press"].publisher == "Strait Press Agency"
    assert known["families"].published == "1999-02"
    assert "Home" not in known["strait-press"].text
    assert "168 people" in known["coast-guard"].text


def accounts(tmp_path: Path, files: dict[str, bytes]) -> read.Found:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return read.accounts([tmp_path])


GOOD = b"The ferry sank in the strait."


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("bad.pdf", b"%PDF-1.7 broken", "damaged"),
        ("bad.docx", b"PK\x03\x04 broken", "damaged"),
        ("bad.parquet", b"PAR1broken", "damaged"),
        ("bad.csv", b"id,words\n1,none\n", "its columns are 'id', 'words'"),
        ("bad.jsonl", b"not json\n", "no JSON object"),
        ("bad.txt", b"", "is empty"),
        ("bad.html", b"<html><body></body></html>", "no text"),
        ("bad.warc", b"nothing of the kind", "breaks off"),
        ("bad.bin", bytes(range(256)) * 8, "a program"),
        ("bad", bytes(range(256)) * 8, "not text"),
        ("deep.jsonl", b'{"id":"a","text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "no JSON object"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_the_others_go_on(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    found = accounts(tmp_path, {"good.txt": GOOD, name: data})
    assert [d.id for d in found.documents] == ["good"]
    assert says in found.problems[0].message
    assert name in found.problems[0].message


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        for n in range(5):
            bomb.writestr(f"word/{n}.xml", b"0" * 100_000_000)
    found = accounts(tmp_path, {"good.txt": GOOD, "bomb.docx": packed.getvalue()})
    assert "unpacks to more" in found.problems[0].message


def test_an_entity_bomb_stays_small(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    found = accounts(tmp_path, {"good.txt": GOOD, "bomb.html": bomb + b"]><html><body><p>&j; text</p></body></html>"})
    assert sum(len(d.text) for d in found.documents) < 10_000


def test_an_encrypted_pdf_says_so(tmp_path: Path) -> None:
    page = Canvas(str(tmp_path / "secret.pdf"), encrypt=StandardEncryption("secret"))
    page.drawString(100, 100, "hidden")
    page.save()
    found = accounts(tmp_path, {"good.txt": GOOD})
    assert "encrypted" in found.problems[0].message


def test_large_files_are_left_and_said(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(GOOD)
    (tmp_path / "huge.txt").write_bytes(b"a" * 1_100_000)
    found = read.accounts([tmp_path], Config(max_file_mb=1))
    assert "larger than 1 MB" in found.problems[0].message


def test_the_same_text_twice_is_folded(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"a.txt": GOOD, "b.txt": GOOD + b"\n"})
    assert [d.id for d in found.documents] == ["a"]
    assert "same text as a.txt" in found.problems[0].message


def test_two_files_of_one_stem_get_two_ids(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"a.txt": GOOD, "a.md": b"Another account."})
    assert sorted(d.id for d in found.documents) == ["a", "a~2"]


def test_tables_give_a_witness_a_row(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": "The ferry sank.", "date": "1998-11-17 20:05:00"}, {"id": "y", "text": ""}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    (tmp_path / "u.jsonl").write_text("".join(json.dumps({**row, "id": f"j{row['id']}"}) + "\n" for row in rows))
    (tmp_path / "v.csv").write_text("id,text,date\nc,The coaster stayed.,1998\n")
    found = read.accounts([tmp_path])
    assert {d.id: d.published for d in found.documents} == {"x": "1998-11-17", "c": "1998"}
    assert sum("has no text" in p.message for p in found.problems) == 2
    assert any("same text" in p.message for p in found.problems)


def test_half_characters_cannot_break_a_table(tmp_path: Path) -> None:
    row = {"id": "a\udc00", "text": "The ferry \ud800 sank.", "title": "x\udfff"}
    (tmp_path / "t.jsonl").write_text(json.dumps(row) + "\n")
    [document] = read.accounts([tmp_path]).documents
    assert (document.text, document.title) == ("The ferry \ufffd sank.", "x\ufffd")
    document.id.encode()


def test_a_web_archive_gives_its_pages(tmp_path: Path) -> None:
    page = (
        b"<html><head><title>Loss</title></head><body><p>The ferry Maid of Asker sank in the strait.</p></body></html>"
    )
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://islander.example/loss\r\n"
        b"WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 1998-11-18T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(http), http)
    )
    (tmp_path / "web.warc.gz").write_bytes(gzip.compress(record))
    [document] = read.accounts([tmp_path]).documents
    assert (document.id, document.source, document.title) == ("web-1", "http://islander.example/loss", "Loss")


def test_names_of_files_cannot_break_out(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_bytes(GOOD)
    [document] = read.accounts([tmp_path]).documents
    assert document.id == "a_b"
    assert clean_id("../../etc/passwd") == "etc_passwd"


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no account could be read"):
        read.accounts([tmp_path])
    with pytest.raises(InputError, match="no such file"):
        read.accounts([tmp_path / "nowhere"])


def test_witnesses_csv_that_names_a_missing_file_is_said(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"a.txt": GOOD, "witnesses.csv": b"file,title\nb.txt,B\na.txt,A\n"})
    assert found.documents[0].title == "A"
    assert "b.txt" in found.problems[0].message


@pytest.mark.parametrize(
    ("given", "edtf"),
    [("2020-11-08", "2020-11-08"), ("2020-13-08", None), ("8 November 2020", "2020-11-08"), ("soon", None), ("1998~", "1998"),
     ("Tue, 17 Nov 1998 20:05:00 GMT", "1998-11-17"), ("", None), (None, None)],
)  # fmt: skip
def test_dates_are_read_as_precise_as_they_are(given: str | None, edtf: str | None) -> None:
    assert edtf_date(given) == edtf


def test_sources_keep_their_names() -> None:
    assert Source("x/a.txt", "a", b"").name == "x/a.txt"
