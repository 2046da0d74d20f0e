"""Where an account comes from: the table of files, versions of one address, lists beside the accounts, and limits."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from samples import pack
from variorum import read
from variorum.config import Config
from variorum.edition import Edition
from variorum.edition.collate import collate
from variorum.errors import InputError
from variorum.records import File, Witness, table

TOLD, MORE = (
    "The quay at Tolven broke on 4 May 1961, killing 12 men.",
    "The quay broke; it killed 13 men, says the mayor.",
)


def accounts(folder: Path, files: dict[str, bytes | str], config: Config | None = None) -> read.Found:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return read.accounts([folder], config)


def messages(found: read.Found) -> str:
    return " | ".join(problem.message for problem in found.problems)


def record(address: str, when: str, words: str, kind: str = "text/html", status: str = "200 OK") -> bytes:
    body = (
        f"<html><head><title>Quay</title></head><body><article><p>{words}</p></article></body></html>".encode()
        if "html" in kind
        else words.encode()
    )
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Record-ID: <urn:uuid:{len(words)}>\r\nWARC-Date: {when}\r\n"
    return (
        head.encode()
        + b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (len(http), http)
    )


# --- the table of files -------------------------------------------------------------------------------------------


def test_every_file_has_a_row_with_its_bytes(tmp_path: Path) -> None:
    data = pack({"in/a.txt": TOLD.encode(), "in/b.jpg": b"\xff\xd8\xff\xe0\0\x10"})
    found = accounts(
        tmp_path,
        {"c.txt": MORE, "d.zip": data, "e.txt": MORE, "f.txt": b"", "sub/g.txt": "Łódź is calm.".encode("cp1250")},
    )
    rows = [(f.file, f.member, f.witness, f.became, f.format, f.bytes) for f in found.files]
    assert rows == [
        ("c.txt", None, "c", "account", "plain text", len(MORE)), ("d.zip", None, None, "container", "ZIP", len(data)),
        ("d.zip", "in/a.txt", "a", "account", "plain text", len(TOLD)), ("d.zip", "in/b.jpg", None, "refused", "a picture", 6),
        ("e.txt", None, "c", "folded", "plain text", len(MORE)), ("f.txt", None, None, "nothing", "nothing", 0), ("sub/g.txt", None, "g", "account", "plain text", 13),
    ]  # fmt: skip
    assert all(
        f.sha256 == hashlib.sha256((tmp_path / f.file).read_bytes()).hexdigest()
        for f in found.files
        if f.member is None
    )
    assert {f.encoding for f in found.files} == {None, "utf-8", "cp1250"}
    assert len({f.modified for f in found.files}) == 1


def test_a_row_of_a_table_is_a_member(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"a.csv": f'id,url,text\nx,http://islander.example/1,"{TOLD}"\n'})
    [row] = found.files
    assert (row.file, row.member, row.witness, row.address) == ("a.csv", "row 2", "x", "http://islander.example/1")


def test_the_time_of_reading_is_kept_where_it_is_asked_for(tmp_path: Path) -> None:
    assert accounts(tmp_path, {"a.txt": TOLD}).files[0].read is None
    stamp = accounts(tmp_path, {"a.txt": TOLD}, Config(read_time=True)).files[0].read
    assert stamp and stamp.endswith("Z") and len(stamp) == 20


def test_an_edition_holds_the_files_and_shows_them(tmp_path: Path) -> None:
    warc = record("http://islander.example/quay", "1961-05-05T07:00:00Z", TOLD) + record(
        "http://www.islander.example/quay/", "1961-05-09T07:00:00Z", MORE
    )
    accounts(
        tmp_path / "in",
        {
            "web.warc": warc,
            "note.txt": "The clerk of Tolven wrote on 5 May 1961 that the quay broke.",
            "x.jpg": b"\xff\xd8\xff\xe0\0\x10",
        },
    )
    edition = collate(tmp_path / "in", tmp_path / "out", Config(processes=1))
    rows = {row.witness: row for row in edition.records(File)}
    assert rows["web-1"].captured == "1961-05-05T07:00:00Z" and rows["web-1"].address == "http://islander.example/quay"
    versions = {w.witness: w.version_of for w in edition.records(Witness)}
    assert versions == {"note": None, "web-1": None, "web-2": "web-1"}
    page = (edition.folder / "about.html").read_text("utf-8")
    for shown in (
        rows["note"].sha256,
        "record 2",
        "captured 1961-05-09 07:00:00",
        "a version of",
        "x.jpg",
        "is of a kind that is not read",
    ):
        assert shown in page
    before = Edition(tmp_path / "out").manifest
    assert collate(tmp_path / "in", tmp_path / "out", Config(processes=1)).manifest == before


def test_a_folder_that_a_browser_saved_with_a_page_and_many_pictures_are_counted(tmp_path: Path) -> None:
    page = f"<html><body><article><p>{TOLD}</p></article></body></html>"
    files = {
        "Quay.html": page,
        "Quay_files/a.js": "var x = 1;",
        "Quay_files/in/b.css": "p{}",
        "other_files/note.txt": MORE,
    }
    found = accounts(tmp_path, files | {f"{n:02}.jpg": b"\xff\xd8\xff\xe0\0\x10" for n in range(30)})
    assert sorted(d.id for d in found.documents) == ["Quay", "note"]
    assert "Quay_files holds 2 files that a browser saved with Quay.html" in messages(found)
    assert (
        "20 more files (10.jpg, 11.jpg, 12.jpg ...) are each a picture" in messages(found) and len(found.problems) == 12
    )
    assert sum(f.became == "refused" for f in found.files) == 30


def test_a_list_in_a_folder_below_speaks_of_its_files(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"in/a.txt": TOLD, "in/witnesses.csv": "file,title\na.txt,Quay\n"})
    assert [d.title for d in found.documents] == ["Quay"]


# --- web archives -------------------------------------------------------------------------------------------------


def test_of_a_web_archive_pages_and_documents_are_read_and_the_rest_counted(tmp_path: Path) -> None:
    warc = (
        record("http://islander.example/a", "1961-05-05T07:00:00Z", TOLD) + record("http://islander.example/b.txt", "1961-05-05T07:00:00Z", MORE, "text/plain; charset=utf-8")
        + record("http://islander.example/x.php", "1961-05-05T07:00:00Z", "A page that a program made, of nine words.") + record("http://islander.example/c.css", "1961-05-05T07:00:00Z", "p{}", "text/css")
        + record("http://islander.example/gone", "1961-05-05T07:00:00Z", "Not found", status="404 Not Found")
    )  # fmt: skip
    found = accounts(tmp_path, {"web.warc.gz": gzip.compress(warc)})
    assert [d.id for d in found.documents] == ["web-1", "web-2", "web-3"]
    assert "1 answer with status 404" in messages(found) and "1 script, style sheet or other resource" in messages(
        found
    )


def test_the_charset_of_the_server_counts(tmp_path: Path) -> None:
    warc = record("http://islander.example/a", "1961-05-05T07:00:00Z", TOLD, "text/html; charset=windows-1251")
    body = "Мост упал ночью."
    warc = warc.replace(TOLD.encode(), body.encode("cp1251"))
    warc = warc.replace(b"Content-Length: ", b"X-Old: ").replace(b"X-Old: ", b"Content-Length: ", 1)
    size = len(warc[warc.index(b"HTTP/1.1") :]) - 4
    warc = (
        warc[: warc.index(b"Content-Length: ")] + b"Content-Length: %d\r\n\r\n" % size + warc[warc.index(b"HTTP/1.1") :]
    )
    assert body in accounts(tmp_path, {"web.warc": warc}).documents[0].text


def test_of_a_wacz_the_pages_of_its_list_are_read(tmp_path: Path) -> None:
    warc = record("http://islander.example/a", "1961-05-05T07:00:00Z", TOLD) + record(
        "http://islander.example/frame", "1961-05-05T07:00:00Z", MORE
    )
    pages = '{"format": "json-pages-1.0"}\n{"url": "http://islander.example/a", "title": "Quay", "ts": "1961-05-05T07:00:00Z"}\n'
    parts = {
        "datapackage.json": b"{}",
        "archive/data.warc.gz": gzip.compress(warc),
        "pages/pages.jsonl": pages.encode(),
        "indexes/index.cdx": b"x",
    }
    found = accounts(
        tmp_path, {"site.wacz": pack(parts), "all.wacz": pack({k: v for k, v in parts.items() if "pages" not in k})}
    )
    assert {d.id: d.text for d in found.documents} == {"all-1": TOLD, "all-2": MORE}
    assert "1 more resource" in messages(found) and "folded" in messages(found)
    assert [f.member for f in found.files if f.file == "site.wacz"] == [None, "archive/data.warc.gz/record 1"]


def test_captures_of_one_address_are_versions(tmp_path: Path) -> None:
    rows = [
        ("http://islander.example/quay", "1961-05-05", TOLD), ("https://www.islander.example/quay?utm_source=x", "1961-05-07", MORE), ("http://islander.example/other", "1961-05-05", "Another matter altogether."),
        ("https://web.archive.org/web/19610509000000/http://islander.example/quay", "1961-05-09", "The quay broke; 14 men died."),
    ]  # fmt: skip
    data = "\n".join(
        json.dumps({"id": f"v{n}", "url": url, "date": day, "text": text}) for n, (url, day, text) in enumerate(rows)
    )
    found = accounts(tmp_path, {"a.jsonl": data})
    assert {d.id: d.version_of for d in found.documents} == {"v0": None, "v1": "v0", "v2": None, "v3": "v0"}


def test_posts_of_one_channel_are_no_versions(tmp_path: Path) -> None:
    rows = [
        ("a", TOLD),
        ("b", "Tomorrow the market opens again at seven."),
        ("c", "Bread is scarce; ask at the school."),
    ]
    data = "\n".join(json.dumps({"id": n, "url": "https://chat.example/tolven", "text": text}) for n, text in rows)
    assert {d.version_of for d in accounts(tmp_path, {"a.jsonl": data}).documents} == {None}


# --- lists beside the accounts ------------------------------------------------------------------------------------

ZOTERO = [
    {"id": "x/1", "type": "article-newspaper", "title": "The quay has broken at Tolven", "container-title": "Islander", "issued": {"date-parts": [["1961", 5, 5]]}, "URL": "http://islander.example/quay", "language": "en"},
    {"id": "x/2", "type": "book", "title": "A history of piers and quays", "publisher": "Moss", "issued": {"date-parts": [[1970]]}},
]  # fmt: skip


def test_a_list_in_csl_json_says_what_is_known(tmp_path: Path) -> None:
    page = f"<html><head><title>The Quay Has Broken at Tolven</title></head><body><article><p>{TOLD}</p></article></body></html>"
    found = accounts(tmp_path, {"page.html": page, "zotero.json": json.dumps(ZOTERO)})
    [document] = found.documents
    assert (document.publisher, document.published, document.address) == (
        "Islander",
        "1961-05-05",
        "http://islander.example/quay",
    )
    assert (
        "zotero.json names 1 work that no account here was found to be, such as A history of piers and quays"
        in messages(found)
    )
    assert [(f.file, f.became) for f in found.files] == [("page.html", "account"), ("zotero.json", "metadata")]


def test_a_list_in_ris_and_one_in_csv_find_their_files(tmp_path: Path) -> None:
    ris = "TY  - NEWS\nTI  - Quay\nJO  - Islander\nDA  - 1961/05/05/\nL1  - files/12/Tolven%20quay.txt\nER  - \n\nTY  - RPRT\nTI  - Gone\nPY  - 1962\nER  - \n"
    csv = '"Key","Item Type","Publication Year","Title","Publication Title","Url","Date","File Attachments","Notes"\n"K","newspaperArticle","1961","Bridge","Courier","http://courier.example/1","1961-05-06","/data/ann/Zotero/storage/AB/other.txt","x"\n'
    found = accounts(tmp_path, {"Tolven quay.txt": TOLD, "deep/other.txt": MORE, "my.ris": ris, "zotero.csv": csv})
    known = {d.id: (d.title, d.publisher, d.published) for d in found.documents}
    assert known == {"Tolven quay": ("Quay", "Islander", "1961-05-05"), "other": ("Bridge", "Courier", "1961-05-06")}
    assert "my.ris names 1 work" in messages(found)


def test_zoteros_own_json_finds_its_files(tmp_path: Path) -> None:
    item = {"itemType": "newspaperArticle", "title": "Quay", "publicationTitle": "Islander", "date": "5 May 1961", "creators": [{"firstName": "Ana", "lastName": "Hale"}],
            "attachments": [{"title": "x", "path": "storage/AB/a.txt"}]}  # fmt: skip
    [document] = accounts(
        tmp_path, {"in/a.txt": TOLD, "my.json": json.dumps({"config": {}, "items": [item]})}
    ).documents
    assert (document.title, document.publisher, document.published, document.author) == (
        "Quay",
        "Islander",
        "1961-05-05",
        "Ana Hale",
    )


def test_a_row_for_a_file_of_many_accounts_tells_what_they_share(tmp_path: Path) -> None:
    table = "file,title,publisher,party\na.csv,All of it,Islander,Left\n"
    found = accounts(
        tmp_path,
        {"a.csv": f'id,title,url,text\nx,Quay,http://a.example/1,"{TOLD}"\ny,,,"{MORE}"\n', "witnesses.csv": table},
    )
    assert {d.id: (d.title, d.publisher, d.party) for d in found.documents} == {
        "x": ("Quay", "Islander", "Left"),
        "y": (None, "Islander", "Left"),
    }
    assert not found.problems


def test_two_files_of_one_name_are_nobodys_by_their_name(tmp_path: Path) -> None:
    ris = "TY  - NEWS\nTI  - Quay\nL1  - files/12/a.txt\nER  - \n"
    found = accounts(tmp_path, {"one/a.txt": TOLD, "two/a.txt": MORE, "my.ris": ris})
    assert {d.title for d in found.documents} == {None}


def collector(rows: list[tuple[str, str, str]]) -> str:
    import csv

    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(["status", "metadata", "media"])
    writer.writerows(rows)
    return held.getvalue()


def test_the_auto_archivers_csv_finds_files_by_hash_and_keeps_words_without_a_file(tmp_path: Path) -> None:
    digest = hashlib.sha256(TOLD.encode()).hexdigest()
    known = "{'_processed_at': datetime.datetime(1961, 5, 9, 7, 0, 1, 5, tzinfo=datetime.timezone.utc), 'url': 'http://islander.example/quay', 'title': 'Quay', 'timestamp': datetime.datetime(1961, 5, 5, 7, 0, tzinfo=datetime.timezone.utc)}"
    media = f"[{{'filename': 'tmp/xyz.html', 'urls': ['https://store.example/xyz'], 'properties': {{'hash': 'SHA-256:{digest}'}}}}]"
    post = "{'url': 'http://chat.example/7', 'content': 'The quay is gone, twelve of us are dead.', 'timestamp': datetime.datetime(1961, 5, 4, 21, 0)}"
    evil = "__import__('os').system('touch /tmp/evil')"
    data = collector(
        [
            ("wayback: success", known, media),
            ("telegram: success", post, "[]"),
            ("x", evil, evil),
            ("no archiver", "{'url': 'http://gone.example/'}", "[]"),
        ]
    )
    found = accounts(tmp_path, {"renamed.txt": TOLD, "db.csv": data})
    got = {d.id: (d.title, d.published, d.address) for d in found.documents}
    assert got["renamed"] == ("Quay", "1961-05-05", "http://islander.example/quay")
    assert got["db-2"] == (None, "1961-05-04", "http://chat.example/7")
    assert "names 2 works" in messages(found) and not Path("/tmp/evil").exists()


def test_the_auto_archivers_sheet(tmp_path: Path) -> None:
    data = "Link,Archive status,Archive location,Upload timestamp,Upload title,Text content\nhttp://islander.example/quay,success,https://store.example/quay.html,1961-05-05T07:00:00,Quay,\nhttp://chat.example/7,success,,1961-05-04,Post,The quay is gone and twelve are dead.\n"
    found = accounts(
        tmp_path,
        {"sheet.csv": data, "a.jsonl": json.dumps({"id": "a", "url": "http://islander.example/quay", "text": TOLD})},
    )
    assert {d.id: (d.title, d.published) for d in found.documents} == {
        "a": ("Quay", "1961-05-05"),
        "sheet-2": ("Post", "1961-05-04"),
    }


@pytest.mark.parametrize(("column", "cells", "address"), [
    ("url", ("https://herald.example/fire", ""), "https://herald.example/fire"),
    ("source", ("https://herald.example/fire", ""), "https://herald.example/fire"),
    ("source", ("https://herald.example/fire", "the archive of the Herald"), None), ("remark", ("", ""), None),
])  # fmt: skip
def test_a_column_of_addresses_beside_files_is_their_address(
    column: str, cells: tuple[str, str], address: str | None, tmp_path: Path
) -> None:
    table = f"file,title,{column}\na.txt,Fire,{cells[0]}\nb.txt,Quay,{cells[1]}\n"
    found = accounts(tmp_path, {"a.txt": TOLD, "b.txt": MORE, "witnesses.csv": table})
    assert next(d.address for d in found.documents if d.title == "Fire") == address


def test_witnesses_csv_wins_and_may_be_of_any_delimiter_and_name_members(tmp_path: Path) -> None:
    ris = "TY  - NEWS\nTI  - Quay\nJO  - Islander\nL1  - a.txt\nER  - \n"
    table = "file;title;party;published\na.txt;Mine;Left;5 May 1961\nb.zip/in/c.txt;Packed;;\nnone.txt;x;;\n"
    found = accounts(
        tmp_path, {"a.txt": TOLD, "b.zip": pack({"in/c.txt": MORE.encode()}), "my.ris": ris, "witnesses.csv": table}
    )
    got = {d.id: (d.title, d.publisher, d.party, d.published) for d in found.documents}
    assert got == {"a": ("Mine", "Islander", "Left", "1961-05-05"), "c": ("Packed", None, None, None)}
    assert "names none.txt, which is not in the folder" in messages(found)
    found = accounts(tmp_path, {"witnesses.csv": "name,title\na.txt,x\n"})
    assert "has no column 'file'" in messages(found)


# --- limits -------------------------------------------------------------------------------------------------------


def tar(members: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as out:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            out.addfile(info)
    return held.getvalue()


ZEROS = b"0" * 30_000_000


@pytest.mark.parametrize(("name", "data"), [
    ("bomb.zip", lambda: pack({f"{n}.txt": ZEROS for n in range(5)})), ("bomb.zip", lambda: pack({"in.zip": pack({"a.txt": ZEROS * 4})})), ("bomb.tar.gz", lambda: tar({f"{n}.txt": ZEROS for n in range(5)})),
    ("bomb.gz", lambda: gzip.compress(ZEROS * 5)), ("bomb.epub", lambda: pack({"mimetype": b"application/epub+zip", "a.xml": ZEROS * 4})),
    ("bomb.odt", lambda: pack({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": ZEROS * 2})), ("bomb.xlsx", lambda: pack({"xl/workbook.xml": b"", "xl/sharedStrings.xml": ZEROS * 4})),
])  # fmt: skip
def test_a_bomb_is_said_and_the_others_are_read(tmp_path: Path, name: str, data: object) -> None:
    found = accounts(tmp_path, {"good.txt": TOLD, name: data()}, Config(max_unpacked_mb=50, max_file_mb=40))  # type: ignore[operator]
    assert any(d.id == "good" for d in found.documents)
    assert "bomb" in messages(found) and ("unpack" in messages(found) or "larger than" in messages(found))
    assert sum(len(d.text) for d in found.documents) < 100_000_000


def test_archives_in_an_archive_share_what_they_may_unpack_to(tmp_path: Path) -> None:
    inner = {f"{n}.zip": pack({"a.txt": f"{n} men left. ".encode() * 2_000_000}) for n in range(6)}
    found = accounts(tmp_path, {"good.txt": TOLD, "bomb.zip": pack(inner)}, Config(max_unpacked_mb=60))
    assert sum(len(d.text) for d in found.documents) < 62_000_000
    assert "unpacks to more than it may" in messages(found)


def test_links_and_devices_in_an_archive_are_left_out(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"a.tar.gz": tar({"../a.txt": TOLD.encode()}, {"passwd": "/etc/passwd"})})
    assert [d.source for d in found.documents] == ["a.tar.gz/a.txt"]


def test_a_file_of_500_mb_is_a_sentence_and_takes_no_memory(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TOLD)
    with (tmp_path / "huge.mbox").open("wb") as file:
        os.truncate(file.fileno(), 500_000_000)
    assert "huge.mbox is larger than 200 MB" in messages(read.accounts([tmp_path]))


def test_hostile_names_of_members_steer_nothing(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"a.zip": pack({"x\x1b[2J\n.txt": TOLD.encode(), "con:<script>.txt": MORE.encode()})})
    assert {d.id for d in found.documents} == {"x_[2J", "con__script"}
    assert not any(c in problem.message for problem in found.problems for c in "\x1b\n")
    for row in found.files:
        row.to_dict()


def test_names_that_are_no_text_fit_the_tables(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"quay\xff.txt")).write_text(TOLD)
    found = accounts(
        tmp_path,
        {"a.tar.gz": tar({"\udcff.txt": MORE.encode()}), "b.zip": pack({"\0": b"x", "good.txt": b"The quay is calm."})},
    )
    assert len(found.documents) == 4
    table(File, found.files)


def test_rows_of_the_auto_archiver_that_are_cut_off(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"a.txt": TOLD, "db.csv": "status,metadata,media\nok\nok,x\n"})
    assert "db.csv names 2 works" in messages(found)


def test_a_library_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    accounts(tmp_path, {"web.warc": record("http://islander.example/a b", "1961-05-05T07:00:00Z", TOLD)})
    assert capfd.readouterr() == ("", "")


def test_a_thousand_problems_in_an_archive_are_counted(tmp_path: Path) -> None:
    found = accounts(tmp_path, {"good.txt": TOLD, "a.zip": pack({f"{n}.txt": b"" for n in range(1000)})})
    assert len(found.problems) == 101 and "900 more problems" in found.problems[-1].message
    assert sum(f.file == "a.zip" for f in found.files) == 1001


def test_an_archive_with_nothing_to_read_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a picture"):
        accounts(tmp_path, {"a.zip": pack({"a.jpg": b"\xff\xd8\xff\xe0\0\x10"})})
