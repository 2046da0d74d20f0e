"""CSV: one file for each table, in a folder or a zip; lists are JSON, and no cell can run in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from variorum.export.json_tables import flat, plain

__all__ = ["body", "defused", "folder", "head", "write", "write_rows", "write_table"]

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one gains an apostrophe.

    Numbers stay numbers. Readers that need the bare text take JSON or Parquet.

    >>> defused("=HYPERLINK(1)"), defused(-5), defused("-5 degrees"), defused([1, 2]), defused(None)
    ("'=HYPERLINK(1)", -5, "'-5 degrees", '[1, 2]', '')
    """
    if value is None:
        return ""
    if value == []:
        return "[]"
    if isinstance(value, (list, dict)):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
        return (
            "'" + text
            if text.startswith(_RUNS)
            or text.lstrip(" \u00a0\u3000").startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
            else text
        )
    return value


def write_rows(
    columns: list[str], rows: Iterable[Mapping[str, Any]], out: BinaryIO, encoding: str = "utf-8-sig"
) -> None:
    """Rows as CSV in UTF-8 with a mark of order, so that spreadsheets read the letters right; RFC 4180 line ends."""
    text = io.TextIOWrapper(out, encoding=encoding, newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([defused(row.get(c)) for c in columns])
    text.flush()
    text.detach()


def write_table(table: pa.Table, out: BinaryIO, encoding: str = "utf-8-sig") -> None:
    """One table as CSV, column by column in batches: only columns with a cell that must be changed are looked at."""
    text = io.TextIOWrapper(out, encoding=encoding, newline="")
    writer = csv.writer(text)
    writer.writerow(table.column_names)
    _write_body(table, writer)
    text.flush()
    text.detach()


def head(table: pa.Table) -> bytes:
    r"""The line of names with the mark of order, as `write_table` begins.

    >>> head(pa.table({"ship": ["Asker"]}))
    b'\xef\xbb\xbfship\r\n'
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerow(table.column_names)
    return text.getvalue().encode("utf-8-sig")


def body(table: pa.Table) -> bytes:
    r"""The rows of a table, or of a part of one, as `write_table` writes them.

    >>> body(pa.table({"ship": ["Asker"]}))
    b'Asker\r\n'
    """
    text = io.StringIO(newline="")
    _write_body(table, csv.writer(text))
    return text.getvalue().encode("utf-8")


def _write_body(table: pa.Table, writer: Any) -> None:
    for batch in table.to_batches(max_chunksize=5000):
        writer.writerows(zip(*(_cells(column) for column in batch.columns), strict=True))


_ODD = "^[ \u00a0\u3000]*[-=+@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]|\x00"
"""Cells that `defused` changes, as Arrow's regular expression; it may find more, never fewer."""


def _cells(column: pa.Array) -> list[Any]:
    """The cells of a column as they are written; of what is None the writer leaves the cell empty."""
    values: list[Any] = column.to_pylist()
    kind = column.type
    if pa.types.is_string(kind):
        for n in pc.indices_nonzero(pc.fill_null(pc.match_substring_regex(column, _ODD), False)).to_pylist():
            values[n] = defused(values[n])
        return values
    if pa.types.is_list(kind) and flat(kind):
        return ["[]" if value == [] else value and json.dumps(value, ensure_ascii=False) for value in values]
    plain_number = pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_floating(kind)
    return values if plain_number else [defused(value) for value in values]


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """A zip with a CSV file for each table."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, table in tables.items():
            with pack.open(zipfile.ZipInfo(f"{name}.csv", (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as stream:
                write_table(table, stream)  # type: ignore[arg-type]


def folder(tables: Mapping[str, pa.Table], out: Path, options: Mapping[str, Any]) -> None:
    """A folder with a CSV file for each table."""
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        with (out / f"{name}.csv").open("wb") as stream:
            write_table(table, stream)
