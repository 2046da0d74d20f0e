"""JSON: ``{"variorum": version, "tables": {name: [row, ...]}}``, written row by row."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, BinaryIO

import pyarrow as pa

from variorum import __version__

__all__ = ["plain", "write", "write_table"]


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write every table, in the order given; numbers without a JSON form (nan, infinity) become null.

    >>> import io
    >>> out = io.BytesIO()
    >>> write({"silences": pa.table({"event": ["e1"], "witness": ["A"]})}, out, {})
    >>> json.loads(out.getvalue())["tables"]
    {'silences': [{'event': 'e1', 'witness': 'A'}]}
    """
    out.write(f'{{"variorum": {json.dumps(__version__)}, "tables": {{'.encode())
    for number, (name, table) in enumerate(tables.items()):
        out.write((", " if number else "").encode() + f"\n{json.dumps(name)}: [".encode())
        _rows(table, out)
        out.write(b"]")
    out.write(b"\n}}\n")


def _rows(table: pa.Table, out: BinaryIO) -> None:
    first = True
    for batch in table.to_batches(max_chunksize=2000):
        lines = [json.dumps(plain(row), ensure_ascii=False) for row in batch.to_pylist()]
        if lines:
            out.write((("\n" if first else ",\n") + ",\n".join(lines)).encode("utf-8", "replace"))
            first = False


def plain(value: Any) -> Any:
    """A value that JSON can hold.

    >>> plain({"a": [1.0, float("inf")]})
    {'a': [1.0, None]}
    """
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


def write_table(table: pa.Table, out: BinaryIO) -> None:
    """One table as a JSON list of rows."""
    out.write(b"[")
    _rows(table, out)
    out.write(b"\n]\n")
