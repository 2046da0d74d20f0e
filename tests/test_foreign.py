"""Nothing of the evaluation data and no path of a machine stands in the program, its documents and its tests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("src", "docs", "tests", "benchmarks", "tools", "training")
FILES = (*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "pyproject.toml")),)
TABLES_OF_THE_WORLD = ("provinces.csv",)
"""Gazetteers name every place of a kind, those of the evaluation data too."""

COLLECTIONS = {
    "b188692e1fc6",
    "77a676b32234",
    "6d8cb9bb9a3d",
    "4887316ba3f6",
    "bfbc4dd448c8",
    "86fbc47eccc8",
    "0184b11e7cee",
    "41650ced761d",
    "cba9ee22ac19",
    "2197f77b56a3",
    "e2f2e16b54cd",
    "560050ec19aa",
    "fb60473cc171",
    "d5606a0bfb60",
    "85a32e339165",
    "e69b50021630",
    "5b2520c30531",
    "40d91281bf7f",
    "d96825a4d463",
    "cd8c8302c885",
    "c2b83cfc1dc9",
    "b8a7866de306",
    "0f6ee1972a26",
    "e2b3dd19a62d",
    "f55232adb4eb",
    "c909d548245f",
    "aa660498566f",
    "aad0bdbec9e3",
    "a684a050e98b",
}
"""Names of collections, corpora, and of what they tell, as `mark` writes them, so that they do not stand here."""

MACHINE = re.compile(r"(?<![\w.$}])/(?:work|home|root|Users)/\w|(?<!\w)[A-Z]:\\Users\\")


def mark(words: str) -> str:
    """What is kept of a name: ``python -c "from test_foreign import mark; print(mark('name'))"`` in tests/ adds one."""
    return hashlib.sha256(words.lower().encode()).hexdigest()[:12]


def texts() -> Iterator[Path]:
    for path in (*FILES, *(p for folder in FOLDERS for p in sorted((ROOT / folder).rglob("*")))):
        if path.is_file() and not {"__pycache__", "node_modules"} & set(path.parts):
            yield path


def words_of(path: Path) -> str:
    """What stands in a file; of one that is no text, nothing."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def named(text: str) -> set[str]:
    """The words and pairs of words of a text that are names of evaluation data."""
    words = re.findall(r"[a-z]+[0-9]*", text.lower())
    every = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    return {one for one in every if mark(one) in COLLECTIONS}


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_evaluation_collection_is_named(folder: str) -> None:
    found = {}
    for path in texts():
        if folder in path.parts and path.name not in TABLES_OF_THE_WORLD:
            found[path.relative_to(ROOT).as_posix()] = named(f"{path.stem} {words_of(path)}")
    assert len(found) > 2
    assert {name: names for name, names in found.items() if names} == {}


def test_no_path_of_a_machine() -> None:
    lines = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts()
        if path.name != Path(__file__).name
        for number, line in enumerate(words_of(path).splitlines(), start=1)
        if MACHINE.search(line)
    }
    assert lines == set(), "evaluation data is found by VARIORUM_DATA, all else from the file itself"


def test_a_name_and_a_path_would_be_found() -> None:
    assert mark("Tolven 1998") != mark("tolven")
    assert (
        MACHINE.search("/home/ana/x") and not MACHINE.search("at http://x/home/ana") and not MACHINE.search("a/work/b")
    )
