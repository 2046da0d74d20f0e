"""SQLite: every table in one database that opens in Datasette; lists are JSON, the common joins indexed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.export.json_tables import plain

__all__ = ["write"]

KEYS = {"witnesses": "witness", "claims": "claim", "events": "event", "readings": "reading", "verdicts": "verdict_id"}
INDEXED = ("witness", "event", "claim", "a_witness", "b_witness", "referent")
VIEW = """CREATE VIEW told AS SELECT e.event, e.label, e.date, w.siglum, c.witness, c.text, c.start, c."end"
FROM events e JOIN tells t ON t.event = e.event JOIN claims c ON c.claim = t.claim
JOIN witnesses w ON w.witness = c.witness"""


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write the database; the view ``told`` joins events with the words that tell them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edition.db"
        base = sqlite3.connect(path)
        base.execute("PRAGMA journal_mode = OFF")  # nobody reads it before it is whole
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA user_version = 1")  # so that a database without a table is a file too
        try:
            for name, table in tables.items():
                _table(base, name, table)
            if {"events", "tells", "claims", "witnesses"} <= set(tables):
                base.execute(VIEW)
            base.commit()
        finally:
            base.close()
        with path.open("rb") as made:
            shutil.copyfileobj(made, out)


def _table(base: sqlite3.Connection, name: str, table: pa.Table) -> None:
    columns = ", ".join(f"{_name(f.name)} {_type(f.type)}" for f in table.schema)
    base.execute(f"CREATE TABLE {_name(name)} ({columns})")
    marks = ", ".join("?" for _ in table.column_names)
    for batch in table.to_batches(max_chunksize=5000):
        rows = [[_value(v) for v in row.values()] for row in batch.to_pylist()]
        base.executemany(f"INSERT INTO {_name(name)} VALUES ({marks})", rows)
    for column in INDEXED:
        if column in table.column_names:
            unique = (
                "UNIQUE " if KEYS.get(name) == column and len(set(table[column].to_pylist())) == table.num_rows else ""
            )
            base.execute(f"CREATE {unique}INDEX {_name(f'{name}_{column}')} ON {_name(name)} ({_name(column)})")


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"


def _value(value: Any) -> Any:
    if isinstance(value, (list, dict)):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return plain(value)
