"""JSON: ``{"variorum": version, "tables": {name: [row, ...]}}``, written row by row."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from variorum import __version__

__all__ = ["body", "plain", "write"]


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
    for lines in _lines(table):
        out.write((b"\n" if first else b",\n") + lines)
        first = False


def _lines(table: pa.Table) -> Iterator[bytes]:
    names = (f"{json.dumps(name, ensure_ascii=False)}: ".replace("%", "%%") for name in table.column_names)
    row = "{" + ", ".join(f"{name}%s" for name in names) + "}"
    for batch in finite(table).to_batches(max_chunksize=2000):
        if batch.num_rows:
            columns = (_told(column) for column in batch.columns)
            yield ",\n".join(map(row.__mod__, zip(*columns, strict=True))).encode("utf-8", "replace")


_APART = json.JSONEncoder(ensure_ascii=False, separators=("\n", ": ")).encode
_ONE = json.JSONEncoder(ensure_ascii=False).encode


def _told(column: pa.Array) -> list[str]:
    """Each cell of a column as JSON: all at once, since no cell that is no list holds a line's end as JSON."""
    cells = column.to_pylist()
    if pa.types.is_nested(column.type):
        cells = cells if flat(column.type) else plain(cells)
        return ["[]" if cell == [] else _ONE(cell) for cell in cells]
    return _APART(cells)[1:-1].split("\n")


def body(table: pa.Table) -> bytes:
    """The rows of a table, or of a part of one, as `write` has them between the brackets of a table.

    >>> body(pa.table({"ship": ["Asker", "Tolven"]}))
    b'{"ship": "Asker"},\\n{"ship": "Tolven"}'
    """
    return b",\n".join(_lines(table))


def finite(table: pa.Table) -> pa.Table:
    """The table with null for every number that is none (nan, infinity), in its columns of numbers.

    >>> finite(pa.table({"low": [1.0, float("inf")]}))["low"].to_pylist()
    [1.0, None]
    """
    for n, field in enumerate(table.schema):
        if pa.types.is_floating(field.type):
            column = pc.if_else(pc.is_finite(table.column(n)), table.column(n), None)
            table = table.set_column(n, pa.field(field.name, field.type), column)
    return table


def flat(kind: pa.DataType) -> bool:
    """True where no value of a type can hold a number that is none, but for a plain number itself."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return flat(kind.value_type) and not pa.types.is_floating(kind.value_type)
    return not pa.types.is_nested(kind)


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
