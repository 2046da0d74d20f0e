"""Tables of accounts: JSON Lines, CSV, TSV and Parquet with the columns id, text and, where known, date and others."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.read.document import Document, Found, Source, clean_id, edtf_date, unreadable
from variorum.read.text import decode

__all__ = ["cells", "read_csv", "read_jsonl", "read_parquet"]

COLUMNS = frozenset([
    "id", "text", "url", "source", "title", "publisher", "series", "party", "published", "date", "language", "lang",
])  # fmt: skip
"""The columns that are asked for."""

ROW = 500
"""Bytes that a row takes beside its words."""

Numbered = tuple[int, Mapping[str, Any]]
csv.field_size_limit(2**31 - 1)


def read_jsonl(source: Source) -> Found:
    """One document a line; a line that is no JSON object becomes a problem, the others go on.

    >>> lines = b'{"id": "a", "text": "The ferry sank.", "date": "1998-11-17"}\\nnot json\\n'
    >>> found = read_jsonl(Source("x.jsonl", "x", lines))
    >>> found.documents[0].published, found.problems[0].message
    ('1998-11-17', 'x.jsonl line 2 is no JSON object')
    """
    text = decode(source.data)
    if text is None:
        return unreadable(source, "is not text")
    found = Found()
    return _documents(source, _json_rows(source, text, found), found)


def _json_rows(source: Source, text: str, found: Found) -> Iterator[Numbered]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            yield number, row
        else:
            found.say(source.stem, f"{source.name} line {number} is no JSON object")


def cells(text: str, tabs: bool = False) -> list[dict[str, str]]:
    """The rows of a CSV (or TSV) text by the names in its first line, in lower case.

    >>> cells("ID,Text\\n1,The ferry sank.\\n")
    [{'id': '1', 'text': 'The ferry sank.'}]
    """
    reader = csv.reader(io.StringIO(text), delimiter="\t" if tabs else ",")
    head = [name.strip().lower() for name in next(reader, [])]
    return [dict(zip(head, row, strict=False)) for row in reader if row]


def read_csv(source: Source) -> Found:
    """One document a row of a CSV or TSV file with a column ``text``."""
    text = decode(source.data)
    if text is None:
        return unreadable(source, "is not text")
    try:
        listed = cells(text, source.name.endswith(".tsv"))
    except csv.Error as error:
        return unreadable(source, f"is no CSV ({error})")
    if listed and "text" not in listed[0]:
        return unreadable(source, "has no column 'text', so it is no table of accounts")
    return _documents(source, enumerate(listed, start=2), Found())


def read_parquet(source: Source) -> Found:
    """One document a row of a Parquet file with a column ``text``."""
    found = Found()
    try:
        opened = pq.ParquetFile(io.BytesIO(source.data))
        if "text" not in opened.schema_arrow.names:
            return unreadable(source, "has no column 'text', so it is no table of accounts")
        return _documents(source, enumerate(_batches(source, opened, found), start=1), found)
    except (pa.ArrowException, OSError, ValueError) as error:
        found.say(source.stem, f"{source.name} is damaged or no Parquet ({error})")
        return found


def _batches(source: Source, opened: pq.ParquetFile, found: Found) -> Iterator[Mapping[str, Any]]:
    """The rows, a few at a time: a small file may repeat one text a thousand million times."""
    names = [name for name in opened.schema_arrow.names if name in COLUMNS]
    left = source.unpacked
    held: dict[Any, Any] = {}  # a text that is repeated is kept once
    for batch in opened.iter_batches(batch_size=100, columns=names):
        for row in batch.to_pylist():
            left -= sum(len(cell) for cell in row.values() if isinstance(cell, str)) + ROW
            if left < 0:
                more = f"unpacks to more than {source.unpacked // 10**6} MB; what follows was not read"
                found.say(source.stem, f"{source.name} {more} (--set max_unpacked_mb=N)")
                return
            if isinstance(text := row["text"], str):
                row["text"] = held.setdefault(text, text)
            yield row


def _documents(source: Source, numbered: Iterable[Numbered], found: Found) -> Found:
    for number, row in numbered:
        text = row.get("text")
        if not isinstance(text, str) or not text.strip():
            found.say(_id(source, number, row), f"{source.name} row {number} has no text")
            continue
        found.documents.append(_document(source, number, row, text))
    if not found.documents and not found.problems:
        found.problems += unreadable(source, "holds no rows").problems
    return found


def _document(source: Source, number: int, row: Mapping[str, Any], text: str) -> Document:
    def known(*names: str) -> str | None:
        return next((_told(row[name]) for name in names if row.get(name) not in (None, "")), None)

    return Document(
        _id(source, number, row),
        text.replace("\r\n", "\n").replace("\r", "\n"),
        known("url", "source") or source.name,
        title=known("title"),
        publisher=known("publisher", "series"),
        party=known("party"),
        published=edtf_date(known("published", "date")),
        language=known("language", "lang"),
    )


def _told(value: Any) -> str:
    """A cell as words, whatever it holds."""
    try:
        return str(value)
    except ValueError:  # a number of more digits than Python writes
        return "unreadable"


def _id(source: Source, number: int, row: Mapping[str, Any]) -> str:
    given = row.get("id")
    return clean_id(_told(given)) if given not in (None, "") else f"{clean_id(source.stem)}-{number}"
