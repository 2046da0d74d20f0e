"""An engine that keeps what a function made of each row, under the row's key, and runs it only for rows that are new.

A step says with ``keyed`` that the rows it maps over have a column ``key``, which changes with anything that the result
depends on, and that the rows it makes carry the key of the row that they come from. What was made is kept while the
work goes on, so a run that is killed loses at most the batches that were under way.
"""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

import pyarrow as pa

from variorum.engine import Engine, Function, Told

__all__ = ["CachingEngine", "Store"]

MADE = pa.schema([("key", pa.string()), ("made", pa.binary())])
SECONDS = 1.0
"""How long results wait at most before they are written down."""
HEAD = struct.Struct("<IQ")
TOGETHER = 256
"""Keys whose rows are unpacked into one piece of memory."""
AT_ONCE = 5000
"""Rows that many machines are given at once; in between results are written down."""


class Store(Protocol):
    """Where results lie from one run to the next, by step and key."""

    def known(self, step: str, keys: Iterable[str]) -> dict[str, bytes]:
        """What is there of these keys."""

    def keep(self, step: str, made: Mapping[str, bytes]) -> None:
        """Writes results down; they are there whole or not at all."""

    def forget(self, step: str, but: Iterable[str]) -> None:
        """Deletes all that a step made but these keys."""


class CachingEngine:
    """Another engine, with a memory; ``version`` is that of the step that runs, under which it remembers."""

    def __init__(self, inner: Engine, store: Store) -> None:
        self.inner, self.store = inner, store
        self.many_machines = inner.many_machines
        self.step, self.version = "", ""
        self.new = 0

    def begin(self, step: str, version: str) -> None:
        """From here on maps are those of this step; what it made under another version is forgotten when it maps.

        ``new`` counts the keyed rows that were not there and had to be worked on.
        """
        self.step, self.version, self.new = step, version, 0

    def close(self) -> None:
        """Ends what the other engine has started."""
        self.inner.close()

    def put(self, name: str, data: pa.Table) -> None:
        """Stores a table under a name, in place of an earlier one."""
        self.inner.put(name, data)

    def get(self, name: str) -> pa.Table:
        """The table of that name."""
        return self.inner.get(name)

    def has(self, name: str) -> bool:
        """True when a table of that name is stored."""
        return self.inner.has(name)

    def clear(self, but: Collection[str] = ()) -> None:
        """Forgets all tables but these."""
        self.inner.clear(but)

    def forget(self, names: Iterable[str]) -> None:
        """Forgets these tables, where they are there."""
        self.inner.forget(names)

    def sql(self, name: str, query: str, lasting: bool = True) -> None:
        """Runs a query over stored tables and stores its rows under ``name``."""
        self.inner.sql(name, query, lasting)

    def watch(self, told: Told | None) -> None:
        """``told(done, total)`` hears of the parts of a map as they are done."""
        self.inner.watch(told)

    def parts(self, function: Function, over: str, schema: pa.Schema) -> Iterator[pa.Table]:
        """What ``function`` gives for batches of the rows of ``over``, batch by batch."""
        return self.inner.parts(function, over, schema)

    def map(self, name: str, function: Function, over: str, schema: pa.Schema, keyed: bool = False) -> None:
        """Applies ``function`` to batches of the rows of ``over``; with ``keyed`` only to those that are new."""
        if not keyed:
            self.inner.map(name, function, over, schema)
            return
        self.inner.sql("kept_keys", f"SELECT key FROM {over}")
        keys = list(dict.fromkeys(self.inner.get("kept_keys")["key"].to_pylist()))
        step = f"{self.step} {name}"
        stored = {f"{self.version} {key}": key for key in keys}
        made = {stored[long]: packed for long, packed in self.store.known(step, stored).items() if whole(packed)}
        missing = [key for key in keys if key not in made]
        self.new += len(missing)
        if missing:
            made |= self._missing(step, missing, function, over, schema)
        self.store.forget(step, stored)
        parts = [_together([made.pop(key) for key in keys[n : n + TOGETHER]], schema) for n in _every(len(keys))]
        self.inner.put(name, pa.concat_tables(parts) if parts else schema.empty_table())

    def _missing(
        self, step: str, keys: list[str], function: Function, over: str, schema: pa.Schema
    ) -> dict[str, bytes]:
        """What the function makes of the rows with these keys, written down while the work goes on."""
        made: dict[str, bytes] = {}
        waiting: dict[str, bytes] = {}
        last = time.monotonic()
        try:
            for new in self._worked(keys, function, over, schema):
                made |= new
                waiting |= {f"{self.version} {key}": packed for key, packed in new.items()}
                if time.monotonic() - last > SECONDS:
                    self.store.keep(step, waiting)
                    waiting, last = {}, time.monotonic()
        finally:
            self.store.keep(step, waiting)
        return made

    def _worked(self, keys: list[str], function: Function, over: str, schema: pa.Schema) -> Iterator[dict[str, bytes]]:
        at_once = AT_ONCE if self.many_machines else len(keys)
        for start in range(0, len(keys), at_once):
            some = pa.array(keys[start : start + at_once], pa.string())
            self.inner.put("kept_wanted", pa.table({"key": some}))
            query = f"SELECT o.* FROM {over} o JOIN kept_wanted w ON o.key = w.key"
            self.inner.sql("kept_rows", query, lasting=False)
            for part in self.inner.parts(_Packing(function, schema), "kept_rows", MADE):
                yield dict(zip(part["key"].to_pylist(), part["made"].to_pylist(), strict=True))


class _Packing:
    """A function over rows whose results are packed by the key of the row that they come from."""

    def __init__(self, function: Function, schema: pa.Schema) -> None:
        self.function, self.schema = function, schema

    def __call__(self, batch: pa.Table) -> pa.Table:
        keys = list(dict.fromkeys(batch["key"].to_pylist()))
        made = self.function(batch).select(self.schema.names).cast(self.schema)
        packs = dict.fromkeys(keys, b"")
        places: dict[str, list[int]] = {}
        for place, key in enumerate(made["key"].to_pylist()):
            places.setdefault(key, []).append(place)
        for key, rows in places.items():
            packs[key] = packed(made.take(rows))
        return pa.table([keys, list(packs.values())], schema=MADE)


def _every(length: int) -> range:
    return range(0, length, TOGETHER)


def _together(made: list[bytes], schema: pa.Schema) -> pa.Table:
    """The rows of several keys as one piece of memory."""
    parts = [unpacked(one, schema) for one in made if one]
    return pa.concat_tables(parts).combine_chunks() if parts else schema.empty_table()


def packed(rows: pa.Table) -> bytes:
    """Rows as bytes, without their schema: a check sum, their size, and an Arrow record batch under Zstandard.

    >>> rows = pa.table({"ship": ["Asker"], "dead": [31]})
    >>> unpacked(packed(rows), rows.schema).to_pylist()
    [{'ship': 'Asker', 'dead': 31}]
    >>> whole(packed(rows)), whole(packed(rows)[:-1])
    (True, False)
    """
    batch = rows.combine_chunks().to_batches()[0].serialize()
    body: bytes = HEAD.pack(0, batch.size)[4:] + pa.compress(batch, codec="zstd", asbytes=True)
    return HEAD.pack(zlib.crc32(body), 0)[:4] + body


def whole(data: bytes) -> bool:
    """True for what `packed` made, or for nothing; False where it was damaged on the disk."""
    return not data or (len(data) >= HEAD.size and HEAD.unpack_from(data)[0] == zlib.crc32(memoryview(data)[4:]))


def unpacked(data: bytes, schema: pa.Schema) -> pa.Table:
    """The rows that `packed` made bytes of."""
    _, size = HEAD.unpack_from(data)
    batch = pa.decompress(pa.py_buffer(data).slice(HEAD.size), size, codec="zstd")
    return pa.Table.from_batches([pa.ipc.read_record_batch(batch, schema)])
