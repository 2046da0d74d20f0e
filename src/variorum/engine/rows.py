"""What both engines do with rows: parts of a table, groups of it, its order, and the types that every engine gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["batches", "compact", "fitting", "groups", "ordered", "packed", "plain"]

BATCH_ROWS = 512
BATCH_BYTES = 400_000
PACK_ROWS = 4096
ROW = "_row"


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


def groups(data: pa.Table, by: Sequence[str]) -> Iterator[pa.Table]:
    """The rows of each key, keys ascending, rows in their order; rows without a key are a group too, and so are NaN.

    >>> [part["n"].to_pylist() for part in groups(pa.table({"k": ["b", "a", "b"], "n": [1, 2, 3]}), ["k"])]
    [[2], [1, 3]]
    """
    if not data.num_rows:
        return
    if not by:
        yield data
        return
    data = data.append_column(ROW, pa.array(range(data.num_rows)))
    data = data.sort_by([(key, "ascending") for key in by] + [(ROW, "ascending")]).drop_columns(ROW)
    is_new = pa.array([False] * (data.num_rows - 1), pa.bool_())
    for key in by:
        codes = data.column(key).combine_chunks().dictionary_encode("encode").indices
        is_new = pc.or_(is_new, pc.not_equal(codes.slice(1), codes.slice(0, len(codes) - 1)))
    cuts = [0, *(n for n, new in enumerate(is_new.to_pylist(), 1) if new), data.num_rows]
    for start, end in pairwise(cuts):
        yield data.slice(start, end - start)


def ordered(data: pa.Table) -> pa.Table:
    """The rows in the order of their plain columns, then of their lists: every engine hands a function the same.

    >>> ordered(pa.table({"n": [2, None, 1]}))["n"].to_pylist()
    [1, 2, None]
    """
    keys = [(field.name, "ascending") for field in data.schema if not pa.types.is_nested(field.type)]
    lists = [field.name for field in data.schema if pa.types.is_nested(field.type)]
    keyed = data
    for number, name in enumerate(lists):
        keyed = keyed.append_column(f"{ROW}{number}", pa.array(map(repr, data[name].to_pylist()), pa.string()))
        keys.append((f"{ROW}{number}", "ascending"))
    return keyed.sort_by(keys).select(data.column_names) if keys else data


def packed(parts: list[pa.Table], max_rows: int = PACK_ROWS) -> Iterator[pa.Table]:
    """Whole groups joined to packs of about ``max_rows`` rows, so that small groups do not travel alone."""
    pack: list[pa.Table] = []
    size = 0
    for part in parts:
        if pack and size + part.num_rows > max_rows:
            yield pa.concat_tables(pack)
            pack, size = [], 0
        pack.append(part)
        size += part.num_rows
    if pack:
        yield pa.concat_tables(pack)


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
