"""Keys of parts: a hash of the rows that a part has in some tables, whatever lies before and behind them there.

The bytes are read where they lie in memory, so that the keys of many small parts cost no more than their rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["keys_of"]

Strip = tuple[memoryview, list[int]]
"""Bytes, and where in them those of each part begin and the last end."""
Bounds = npt.NDArray[np.int64]


def keys_of(names: Sequence[str], columns: Mapping[str, pa.ListArray]) -> list[str]:
    """The key of each part: the hash of its name, and of the rows that it has as a list in each column.

    >>> column = pa.array([[{"ship": "Asker"}], [{"ship": None}], [{"ship": "Asker"}]])
    >>> keys = keys_of(["a", "b", "a"], {"ships": column})
    >>> keys[0] == keys[2] != keys[1]
    True
    """
    digests = [hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=16) for name in names]
    for name, column in columns.items():
        for digest in digests:
            digest.update(name.encode())
        for strip, bounds in _strips(column, np.arange(len(names) + 1)):
            for number, digest in enumerate(digests):
                digest.update(strip[bounds[number] : bounds[number + 1]])
    return [digest.hexdigest() for digest in digests]


def _strips(column: pa.Array, bounds: Bounds) -> Iterator[Strip]:
    """What a column says as bytes: how long each value is, or -1 for none, or whether there is one, and the values."""
    kind = column.type
    if pa.types.is_struct(kind):
        yield _valid(column, bounds)
        for number in range(kind.num_fields):
            yield from _strips(column.field(number), bounds + column.offset)
    elif pa.types.is_list(kind) or pa.types.is_string(kind):
        held = np.frombuffer(column.buffers()[1], np.int32) if len(column) else np.zeros(1, np.int32)
        offsets = held[column.offset : column.offset + len(column) + 1].astype(np.int64)
        lengths = np.diff(offsets)
        none = ~_there(column)
        lengths[none] = -1
        yield _strip(lengths, bounds)
        if pa.types.is_list(kind):
            yield from _strips(column.values, offsets[bounds])
        else:
            yield memoryview(column.buffers()[2] or b""), offsets[bounds].tolist()
    else:
        yield _valid(column, bounds)
        yield _strip(_numbers(column), bounds)


def _there(column: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.is_valid(column).to_numpy(zero_copy_only=False), bool)


def _valid(column: pa.Array, bounds: Bounds) -> Strip:
    return _strip(_there(column).astype(np.uint8), bounds)


def _numbers(column: pa.Array) -> npt.NDArray[np.generic]:
    """The values of a column of numbers, 0 for those that are none."""
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.uint8())
    filled = column.fill_null(0) if column.null_count else column
    return np.asarray(filled.to_numpy(zero_copy_only=False))


def _strip(values: npt.NDArray[np.generic], bounds: Bounds) -> Strip:
    held = np.ascontiguousarray(values).view(np.uint8)
    return held.data, (bounds * values.itemsize).tolist()
