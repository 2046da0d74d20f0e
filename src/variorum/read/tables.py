"""Tables of accounts: CSV of any delimiter, and Parquet; a row is an account."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.read import rows
from variorum.read.columns import FIELDS, fields_of
from variorum.read.document import Found, Source, unreadable
from variorum.read.text import told
from variorum.read.works import is_collectors, of_collector

__all__ = ["cells", "read_csv", "read_parquet"]

ROW = 500
"""Bytes that a row takes beside its words."""

csv.field_size_limit(2**31 - 1)
DELIMITERS = ",;\t|"


def cells(text: str, tabs: bool = False) -> list[dict[str, str]]:
    """The rows of a CSV text by the names in its first lines; its delimiter is told by the first lines.

    >>> cells("id;text\\n1;The ferry, it is said, sank.\\n")
    [{'id': '1', 'text': 'The ferry, it is said, sank.'}]
    """
    listed = rows.below_names(_parsed(text, tabs), Source("", "", b""))
    return [{name: str(cell) for name, cell in row.items()} for _, row in listed]


def _parsed(text: str, tabs: bool) -> list[list[str]]:
    """The rows of a CSV text; one of tabs in which quotation marks part nothing is read without them."""
    text, delimiter = _opened(text, tabs)
    listed = _with_quotes(text, delimiter) if delimiter == "\t" else None
    if listed is None:
        held = io.StringIO(text)
        bare = delimiter == "\t"
        listed = list(csv.reader(held, delimiter=delimiter, quoting=csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL))
    width = len(listed[0]) if listed else 0
    return [row + [""] * (width - len(row)) if any(cell.strip() for cell in row) else [] for row in listed]


def _with_quotes(text: str, delimiter: str) -> list[list[str]] | None:
    """The rows of a text in which quotation marks stand around whole cells only; else None."""
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _opened(text: str, tabs: bool) -> tuple[str, str]:
    """The text from its first row on, and its delimiter."""
    text = text.lstrip("\ufeff\n")
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # a line that Excel writes
        return rest, first.strip()[4]
    return text, _delimiter(text) or ("\t" if tabs else ",")


def _delimiter(text: str) -> str | None:
    """The sign that parts the first lines into the most columns alike, names that are known counting double."""
    best: tuple[float, str] | None = None
    for sign in DELIMITERS:
        counts = Counter[int]()
        head: list[str] = []
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text[:200_000]), delimiter=sign)):
                head = head or row
                counts[len(row)] += bool(row)
                if number > 50:
                    break
        except csv.Error:
            continue
        width = len(head)
        if width < 2:
            continue
        known = len(fields_of([name.strip(' "') for name in head], {}))
        alike = counts[width] / max(1, counts.total())
        if best is None or (known * 2 + alike * width**0.5) > best[0]:
            best = (known * 2 + alike * width**0.5, sign)
    return best[1] if best else None


def read_csv(source: Source) -> Found:
    """One document a row of a CSV or TSV file; a list of files becomes entries.

    >>> read_csv(Source("a.csv", "a", b"id;date;text\\nx;1998-11-17;The ferry, it is said, sank.\\n")).documents[0].text
    'The ferry, it is said, sank.'
    """
    found = Found()
    text = told(source, found)
    if text is None:
        return unreadable(source, "is not text")
    try:
        parsed = _parsed(text.replace("\0", ""), source.name.lower().endswith((".tsv", ".tab")))
    except csv.Error as error:
        return unreadable(source, f"is no CSV ({error})")
    listed = list(rows.below_names(parsed, source))
    if listed and is_collectors(listed[0][1]):
        found.entries += of_collector([row for _, row in listed], source.name)
        return found
    return rows.accounts(source, listed, found) if listed else unreadable(source, "holds no rows")


def read_parquet(source: Source) -> Found:
    """One document a row of a Parquet file."""
    found = Found()
    try:
        opened = pq.ParquetFile(io.BytesIO(source.data))
        return rows.accounts(source, enumerate(_batches(source, opened, found), start=1), found)
    except (pa.ArrowException, OSError, ValueError) as error:
        found.say(source.stem, f"{source.name} is damaged or no Parquet ({error})")
        return found


def _batches(source: Source, opened: pq.ParquetFile, found: Found) -> Iterator[Mapping[str, Any]]:
    """The rows, a few at a time: a small file may repeat one text a thousand million times."""
    fields = fields_of(opened.schema_arrow.names, source.columns)
    names = list(fields.values()) if "text" in fields else opened.schema_arrow.names[: len(FIELDS)]
    left = source.unpacked
    held: dict[Any, Any] = {}  # a text that is repeated is kept once
    for batch in opened.iter_batches(batch_size=100, columns=names):
        for row in batch.to_pylist():
            left -= sum(len(cell) for cell in row.values() if isinstance(cell, str)) + ROW
            if left < 0:
                more = f"unpacks to more than {source.unpacked // 10**6} MB; what follows was not read"
                found.say(source.stem, f"{source.name} {more} (--set max_unpacked_mb=N)")
                return
            for name, cell in row.items():
                if isinstance(cell, str):
                    row[name] = held.setdefault(cell, cell)
                elif isinstance(cell, list | dict):  # a list may claim a thousand million items
                    row[name] = None
            yield row
