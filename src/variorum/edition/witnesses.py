"""Documents as witnesses: ordered by their ids, with sigla, and with what their readers know of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from variorum import structure
from variorum.config import Config
from variorum.read.document import Document
from variorum.records import Witness, table

__all__ = ["siglum", "with_cells", "with_gazetteer", "with_parts", "with_title", "witnesses_of"]


def witnesses_of(documents: Iterable[Document]) -> list[Witness]:
    """Documents as witnesses, in the order of their ids, with sigla A ... Z, Aa, Ab ...

    >>> [w.siglum for w in witnesses_of([Document("b", "x", "b.txt"), Document("a", "y", "a.txt")])]
    ['A', 'B']
    """
    listed = sorted(documents, key=lambda d: d.id)
    return [
        Witness(
            d.id, siglum(n), d.title, d.publisher, d.party, d.published, d.language, d.source, _sha(d.text), d.text,
            d.author, d.version_of,
        )
        for n, d in enumerate(listed)
    ]  # fmt: skip


def siglum(number: int) -> str:
    """The siglum of the n-th witness, counted from 0.

    >>> siglum(0), siglum(25), siglum(26), siglum(52), siglum(702)
    ('A', 'Z', 'Aa', 'Ba', 'Aaa')
    """
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if number < 26:
        return letters[number]
    return siglum(number // 26 - 1) + letters[number % 26].lower()


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def with_parts(witnesses: list[Witness], documents: Iterable[Document]) -> pa.Table:
    """The witnesses as a table, with a column ``parts``: what their readers know of their structure."""
    parts = {document.id: structure.packed(document.parts) for document in documents}
    return with_cells(table(Witness, witnesses), "parts", parts)


def with_cells(accounts: pa.Table, name: str, cells: Mapping[str, str]) -> pa.Table:
    """The witnesses with one column more, by their ids; empty where nothing is said of one."""
    column = pa.array([cells.get(w, "") for w in accounts["witness"].to_pylist()], pa.string())
    return accounts.append_column(pa.field(name, pa.string()), column)


def with_title(config: Config, paths: list[str | Path]) -> Config:
    """The options with a title: the one given, else the name of the only folder of accounts.

    >>> with_title(Config(), ["ferry_1998"]).title, with_title(Config(), ["-"]).title
    ('Ferry 1998', None)
    """
    name = Path(paths[0]).resolve().name if len(paths) == 1 and str(paths[0]) != "-" else ""
    words = " ".join(Path(name).stem.replace("_", " ").replace("-", " ").split())
    return config if config.title or not words else config.replaced(title=words[0].upper() + words[1:])


def with_gazetteer(config: Config, paths: Iterable[str | Path]) -> Config:
    """The options with the ``places.csv`` that stands beside the accounts, where none is named and one is there."""
    if config.gazetteer_table is None:
        for path in map(Path, paths):
            beside = (path if path.is_dir() else path.parent) / "places.csv"
            if beside.is_file() and str(path) != "-":
                return config.replaced(gazetteer_table=str(beside))
    return config
