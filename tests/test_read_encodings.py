"""Encodings without a mark: each is read right, or its doubt is said; what a list or the files beside say counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casebook import cases
from variorum import read
from variorum.read.encodings import canonical, declared, decoded

POLISH = "The clerk of Bełżyce, Wacław Żmudziński, counted 19 dead."


@pytest.mark.parametrize("case", cases("encodings"))
def test_case(case: dict[str, Any]) -> None:
    made = decoded(case["text"].encode(case["encoding"]))
    assert made is not None
    if not case.get("doubt"):
        assert made.text == case["text"], made
    assert made.encoding == case.get("read_as", made.encoding)
    assert made.text == case["text"] or made.doubt


def test_bytes_that_are_wrong_in_utf_8_are_read_and_said() -> None:
    made = decoded("Wacław counted the café’s dead at Bełżyce: ".encode() + b"na\xefve.")
    assert made is not None and made.text.endswith("naïve.") and "Wacław" in made.text
    assert made.doubt and "in 1 place" in made.doubt


def test_a_name_that_may_be_two_is_said_to_be_guessed() -> None:
    made = decoded("He met Ştefan.".encode("cp1250"))
    assert made is not None and made.doubt and "guessed" in made.doubt


@pytest.mark.parametrize(("head", "name"), [
    (b'<?xml version="1.0" encoding="KOI8-R"?>', "KOI8-R"), (b"<meta charset=utf-8>", "utf-8"), (b'<meta content="text/html; charset=windows-1250">', "windows-1250"),
    (b"<p>charset</p>", None), (b"", None),
])  # fmt: skip
def test_the_head_names_the_encoding(head: bytes, name: str | None) -> None:
    assert declared(head) == name


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Windows-1250", "cp1250"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("base64", None),
        ("x\0y", None),
        ("", None),
        (None, None),
    ],
)
def test_names_of_encodings(name: str | None, known: str | None) -> None:
    assert canonical(name) == known


def folder(tmp_path: Path, files: dict[str, bytes]) -> read.Found:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return read.accounts([tmp_path])


def test_witnesses_csv_may_name_the_encoding(tmp_path: Path) -> None:
    found = folder(tmp_path, {"a.txt": POLISH.encode("cp852"), "witnesses.csv": b"file,encoding\na.txt,cp852\n"})
    assert found.documents[0].text == POLISH and not found.problems
    assert found.files[0].encoding == "cp852"


def test_an_encoding_that_does_not_exist_is_said(tmp_path: Path) -> None:
    found = folder(
        tmp_path, {"a.txt": POLISH.encode("cp1250"), "witnesses.csv": b"file,encoding\na.txt,windows-9999\n"}
    )
    assert found.documents[0].text == POLISH
    assert "windows-9999" in found.problems[0].message


def test_what_the_files_beside_use_settles_a_doubt(tmp_path: Path) -> None:
    unsure = "He met Ştefan."
    assert folder(tmp_path, {"b.txt": unsure.encode("cp1250")}).problems
    beside = "Ştefan Ţepeneag, Wacław Żmudziński şi Oldřich Křepelka au scris: nouă oameni, în Târgovişte."
    found = folder(tmp_path, {"a.txt": beside.encode("cp1250"), "b.txt": unsure.encode("cp1250")})
    assert {d.id: d.text for d in found.documents} == {"a": beside, "b": unsure}
    assert not found.problems


def test_a_page_is_read_as_its_head_or_its_server_says(tmp_path: Path) -> None:
    page = f"<html><head><meta charset=iso-8859-2></head><body><p>{POLISH}</p></body></html>"
    assert POLISH in folder(tmp_path, {"a.html": page.encode("iso8859-2")}).documents[0].text
    lying = page.replace("iso-8859-2", "iso-8859-1")
    (tmp_path / "a.html").unlink()
    assert POLISH in folder(tmp_path, {"b.html": lying.encode("utf-8")}).documents[0].text
