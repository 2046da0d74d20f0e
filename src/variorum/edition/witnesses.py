"""Documents as witnesses: ordered by their ids, with sigla, and with what their readers know of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa

from variorum import lists, ocr, structure
from variorum.config import Config
from variorum.ocr import Account
from variorum.read.document import Document
from variorum.records import Witness, table

__all__ = ["sigla", "with_cells", "with_gazetteer", "with_parts", "with_title", "witnesses_of"]


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SILENT = "bcdfghjklmnpqrstvwxz"
"""Letters of the sigla of large editions: without vowels, so that none spells a word."""
ROOM = 3
"""So many times more sigla than accounts: one that is added seldom claims the siglum of another."""


def witnesses_of(documents: Iterable[Document]) -> list[Witness]:
    """Documents as witnesses, in the order of their ids, with their `sigla`.

    >>> [w.siglum for w in witnesses_of([Document("b", "x", "b.txt"), Document("a", "y", "a.txt")])]
    ['A', 'B']
    """
    listed = sorted(documents, key=lambda d: d.id)
    return [
        Witness(
            d.id, mark, d.title, d.publisher, d.party, d.published, d.language, d.source, _sha(d.text), d.text,
            d.author, d.version_of,
        )
        for d, mark in zip(listed, sigla([d.id for d in listed]), strict=True)
    ]  # fmt: skip


def sigla(ids: Sequence[str]) -> list[str]:
    """The sigla of witnesses, by their sorted ids: A to Z in their order, or in a larger edition letters from the ids.

    There an account that is added takes a siglum that is free, and moves none but one whose siglum it has a claim to:
    the siglum of an account rests on its own id, not on how many stand before it. Such letters spell no words.

    >>> sigla(["courier", "islander"])
    ['A', 'B']
    >>> ids = [f"n{n:02}" for n in range(40)]
    >>> dict(zip(ids, sigla(ids))).items() <= dict(zip([*ids, "x"], sigla([*ids, "x"]))).items()
    True
    """
    if len(ids) <= len(LETTERS):
        return list(LETTERS[: len(ids)])
    length = next(n for n in count(1) if len(SILENT) ** n >= ROOM * len(ids))
    taken: dict[str, str] = {}
    for key in ids:
        tried = (_letters(key, attempt, length) for attempt in count())
        taken[next(one for one in tried if one not in taken and not _doubled(one))] = key
    return list(taken)


def _letters(key: str, attempt: int, length: int) -> str:
    number = int(_sha(f"{attempt} {key}"), 16)
    return "".join(SILENT[number // len(SILENT) ** n % len(SILENT)] for n in range(length)).capitalize()


def _doubled(siglum: str) -> bool:
    """True for a siglum with one letter twice in a row, such as no edition wants to print."""
    return any(a == b for a, b in pairwise(siglum.lower()))


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def with_parts(witnesses: list[Witness], documents: Iterable[Document]) -> pa.Table:
    """The witnesses as a table, with what is known before they are read one by one.

    A column ``parts`` is what their readers know of their structure, and what a look over all of them shows; a column
    ``edits`` how those are mended that a machine read from print.
    """
    parts = {document.id: list(document.parts) for document in documents}
    paged = (structure.Paged(w.witness, w.publisher or _site(w.source), w.text) for w in witnesses)
    for name, start, end in structure.repeated(paged):
        parts.setdefault(name, []).append(structure.Part(start, end, "boilerplate"))
    pictured = {name for name, listed in parts.items() if any(part.kind == "word" for part in listed)}
    accounts = {w.witness: Account(w.text, w.language, w.witness in pictured) for w in witnesses}
    mended = ocr.survey(accounts)
    for name, one in mended.items():
        parts.setdefault(name, []).extend(structure.Part(start, end, "doubtful") for start, end in one.doubtful)
    known = with_cells(table(Witness, witnesses), "parts", {name: structure.packed(p) for name, p in parts.items()})
    edits = {name: json.dumps([(e.start, e.end, e.new, e.rule) for e in one.edits]) for name, one in mended.items()}
    return with_cells(known, "edits", edits)


def _site(source: str) -> str:
    """The site that an account was found at, or nothing for a file."""
    return urlsplit(source).hostname or "" if source.startswith(("http://", "https://")) else ""


def with_cells(accounts: pa.Table, name: str, cells: Mapping[str, str]) -> pa.Table:
    """The witnesses with one column more, by their ids; empty where nothing is said of one."""
    column = pa.array([cells.get(w, "") for w in accounts["witness"].to_pylist()], pa.string())
    return accounts.append_column(pa.field(name, pa.string()), column)


def with_title(config: Config, paths: list[str | Path]) -> Config:
    """The options with a title: the one given, else the name of the only folder of accounts.

    A name such as ``texts`` says nothing: the folder above it is asked (data/titles.toml has these names).

    >>> [with_title(Config(), [path]).title for path in ("ferry_1998", "-", "the-flood/accounts")]
    ['Ferry 1998', None, 'The flood']
    """
    if config.title or len(paths) != 1 or str(paths[0]) == "-":
        return config
    path = Path(paths[0]).resolve()
    words = next((w for one in (path, path.parent) if (w := _title(one)).lower() not in _bare()), _title(path))
    return config.replaced(title=words[0].upper() + words[1:]) if words else config


def _title(path: Path) -> str:
    return " ".join(path.stem.replace("_", " ").replace("-", " ").split())


def _bare() -> frozenset[str]:
    return frozenset(("", *lists.toml("titles")["bare"].split()))


def with_gazetteer(config: Config, paths: Iterable[str | Path]) -> Config:
    """The options with the ``places.csv`` that stands beside the accounts, where none is named and one is there."""
    if config.gazetteer_table is None:
        for path in map(Path, paths):
            beside = (path if path.is_dir() else path.parent) / "places.csv"
            if beside.is_file() and str(path) != "-":
                return config.replaced(gazetteer_table=str(beside))
    return config
