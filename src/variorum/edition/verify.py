"""Verification: walks an edition and checks every span, hash and reference of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from variorum.edition import Edition
from variorum.errors import EditionError
from variorum.records import TABLES
from variorum.review.log import COPY, Log

__all__ = ["verify"]

SPANS = (
    ("witness", "start", "end", "text"),
    ("a_witness", "a_start", "a_end", "a_text"),
    ("b_witness", "b_start", "b_end", "b_text"),
)
REFERENCES = (
    ("tells", "claim", "claims", "claim"),
    ("tells", "event", "events", "event"),
    ("tells", "act", "acts", "act"),
    ("acts", "event", "events", "event"),
    ("links", "claim_a", "claims", "claim"),
    ("links", "claim_b", "claims", "claim"),
    ("readings", "event", "events", "event"),
    ("readings", "claim", "claims", "claim"),
    ("verdicts", "event", "events", "event"),
    ("verdicts", "readings", "readings", "reading"),
    ("verdicts", "topic", "tolls", "topic"),
    ("verdicts", "repeats", "verdicts", "verdict_id"),
    ("tolls", "event", "events", "event"),
    ("tolls", "verdict_id", "verdicts", "verdict_id"),
    ("tolls", "repeats", "tolls", "toll"),
    ("tolls", "parent", "tolls", "topic"),
    ("events", "part_of", "events", "event"),
    ("silences", "event", "events", "event"),
    ("silences", "witness", "witnesses", "witness"),
    ("agencies", "witness", "witnesses", "witness"),
    ("names", "witness", "witnesses", "witness"),
    ("checks", "witness", "witnesses", "witness"),
)
UNIQUE = (
    ("witnesses", "witness"),
    ("claims", "claim"),
    ("events", "event"),
    ("acts", "act"),
    ("readings", "reading"),
    ("verdicts", "verdict_id"),
    ("tolls", "toll"),
)


def verify(edition: Edition) -> Iterator[str]:
    """A sentence for each fault; nothing where the edition is whole."""
    tables: dict[str, pa.Table] = {}
    for name in TABLES:
        try:
            tables[name] = edition.table(name)
        except EditionError as error:
            yield str(error)
            continue
        yield from _file(edition, name, tables[name])
    if "witnesses" not in tables:
        return
    texts = dict(zip(tables["witnesses"]["witness"].to_pylist(), tables["witnesses"]["text"].to_pylist(), strict=True))
    yield from _hashes(tables["witnesses"])
    for name, data in tables.items():
        if name != "witnesses":
            yield from _spans(name, data, texts)
    yield from _references(tables)
    yield from _review(edition, tables)
    if not edition.site.is_file():
        yield f"{edition.site} is missing"


def _file(edition: Edition, name: str, data: pa.Table) -> Iterator[str]:
    if not data.schema.equals(TABLES[name].schema()):
        yield f"table {name} has other columns than this version knows"
    stated = edition.manifest.get("sha256", {}).get(name)
    actual = hashlib.sha256((edition.folder / "tables" / f"{name}.parquet").read_bytes()).hexdigest()
    if stated != actual:
        yield f"table {name} is not the file that the manifest names (its hash differs)"


def _review(edition: Edition, tables: Mapping[str, pa.Table]) -> Iterator[str]:
    """The copy of the log of decisions and the table of them have the same ids."""
    told = set(tables["decisions"]["decision"].to_pylist()) if "decisions" in tables else set()
    held = set(Log(edition.folder / COPY).decisions)
    if told != held:
        yield f"{COPY} and the table decisions differ in {len(told ^ held)} decisions"


def _hashes(witnesses: pa.Table) -> Iterator[str]:
    for row in witnesses.to_pylist():
        if hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest() != row["sha256"]:
            yield f"witness {row['witness']}: its text has another hash than stated"


def _spans(name: str, data: pa.Table, texts: Mapping[str, str]) -> Iterator[str]:
    for columns in SPANS:
        if not set(columns[:3]) <= set(data.column_names):
            continue
        for number, row in enumerate(data.select([c for c in columns if c in data.column_names]).to_pylist()):
            fault = _span(row, columns, texts)
            if fault:
                yield f"table {name} row {number}: {fault}"
    if name == "checks":
        for number, row in enumerate(data.to_pylist()):
            if any(not 0 <= s <= e <= len(texts.get(row["witness"], "")) for s, e in row["spans"]):
                yield f"table checks row {number}: a span lies outside its witness"


def _span(row: Mapping[str, Any], columns: tuple[str, str, str, str], texts: Mapping[str, str]) -> str | None:
    witness, start, end = (row[c] for c in columns[:3])
    if start is None:
        return None
    if witness not in texts:
        return f"there is no witness {witness}"
    if not 0 <= start <= end <= len(texts[witness]):
        return f"span {start}:{end} lies outside {witness}"
    if columns[3] in row and texts[witness][start:end] != row[columns[3]]:
        return f"span {start}:{end} of {witness} holds other words than the row"
    return None


def _references(tables: Mapping[str, pa.Table]) -> Iterator[str]:
    for name, column in UNIQUE:
        listed = tables[name][column].to_pylist() if name in tables else []
        if len(set(listed)) != len(listed):
            yield f"table {name}: {column} is not unique"
    for name, column, target, key in REFERENCES:
        if name not in tables or target not in tables:
            continue
        known = set(tables[target][key].to_pylist())
        for number, value in enumerate(tables[name][column].to_pylist()):
            for one in value if isinstance(value, list) else [value]:
                if one is not None and one not in known:
                    yield f"table {name} row {number}: {column} {one} is in no row of {target}"
