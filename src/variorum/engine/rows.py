"""What both engines do with rows: parts of a table, and the types that every engine gives."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

__all__ = ["batches", "compact", "fitting", "plain"]

BATCH_ROWS = 512
BATCH_BYTES = 400_000


def batches(data: pa.Table, max_rows: int = BATCH_ROWS, max_bytes: int = BATCH_BYTES) -> Iterator[pa.Table]:
    """The table in slices of at most ``max_rows`` rows and about ``max_bytes`` bytes.

    >>> [part.num_rows for part in batches(pa.table({"n": range(5)}), max_rows=2)]
    [2, 2, 1]
    """
    if not data.num_rows:
        return
    rows = max(1, min(max_rows, data.num_rows * max_bytes // max(1, data.nbytes)))
    for start in range(0, data.num_rows, rows):
        yield data.slice(start, rows)


def compact(data: pa.Table) -> pa.Table:
    """The same rows without the table that they were cut from, which would else travel with every part of it.

    >>> import pickle
    >>> part = pa.table({"n": range(100_000)}).slice(0, 10)
    >>> len(pickle.dumps(compact(part))) < 1000 and compact(part).equals(part)
    True
    """
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, data.schema) as stream:
        stream.write_table(data)
    return pa.ipc.open_stream(sink.getvalue()).read_all()


def fitting(data: pa.Table, schema: pa.Schema) -> pa.Table:
    """The columns of the schema in its order and with its types; `ValueError` or `KeyError` where they do not fit."""
    return data.select(schema.names).cast(schema)


def plain(schema: pa.Schema) -> pa.Schema:
    """The types in which every engine gives the rows of a query, and hands rows to functions.

    Whole numbers are 64 bits wide, other numbers are floats, strings and lists are not large, times have no zone: sums
    of whole numbers are 128 bits wide for DuckDB and 64 for Spark, ``row_number()`` is 64 for DuckDB and 32 for Spark.

    >>> plain(pa.schema([("n", pa.decimal128(38, 0)), ("of", pa.list_(pa.int32())), ("x", pa.decimal128(4, 2))])).types
    [DataType(int64), ListType(list<element: int64>), DataType(double)]
    """
    return pa.schema([pa.field(field.name, _plain(field.type)) for field in schema])


def _plain(kind: pa.DataType) -> pa.DataType:
    types = pa.types
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return pa.list_(pa.field("element", _plain(kind.value_type)))
    if types.is_struct(kind):
        return pa.struct([pa.field(field.name, _plain(field.type)) for field in kind])
    if types.is_integer(kind) or (types.is_decimal(kind) and kind.scale == 0):
        return pa.int64()
    if types.is_floating(kind) or types.is_decimal(kind):
        return pa.float64()
    if types.is_large_string(kind) or types.is_string_view(kind) or types.is_dictionary(kind):
        return pa.string()
    return pa.timestamp("us") if types.is_timestamp(kind) else kind
