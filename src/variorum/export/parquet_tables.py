"""Parquet: one file for each table, in a folder or a zip; the types are those of the edition."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["folder", "write", "write_table"]


def write_table(table: pa.Table, out: BinaryIO) -> None:
    """One table as Parquet, compressed with zstd."""
    pq.write_table(table, out, compression="zstd")


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """A zip with a Parquet file for each table."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        for name, table in tables.items():
            held = io.BytesIO()
            write_table(table, held)
            pack.writestr(zipfile.ZipInfo(f"{name}.parquet", (1980, 1, 1, 0, 0, 0)), held.getvalue())


def folder(tables: Mapping[str, pa.Table], out: Path, options: Mapping[str, Any]) -> None:
    """A folder with a Parquet file for each table."""
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        with (out / f"{name}.parquet").open("wb") as stream:
            write_table(table, stream)
