"""The tables beside the pages, as CSV, JSON and Parquet; what is long is put into words only where it changed.

A table is cut where its first column says so, not by counting: where a value begins whose checksum divides by `CUT`.
So a row more changes one part. The text of a part that has the same rows as in the run before is copied from the former
edition's file, while that still is the file that was written.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from variorum.export import csv_tables, json_tables, parquet_tables
from variorum.site.keeping import Shelf

__all__ = ["write"]

CUT = 32
"""One in so many values of the first column begins a part."""
BYTES = 12


class Form(NamedTuple):
    """How a table is written as text: what stands before, between and after its parts, and what makes one."""

    head: Callable[[pa.Table], bytes]
    join: bytes
    tail: Callable[[pa.Table], bytes]
    body: Callable[[pa.Table], bytes]


FORMS = {
    "csv": Form(csv_tables.head, b"", lambda _: b"", csv_tables.body),
    "json": Form(lambda t: b"[\n" if t.num_rows else b"[", b",\n", lambda _: b"\n]\n", json_tables.body),
}


def write(folder: Path, name: str, table: pa.Table, shelf: Shelf | None = None) -> None:
    """Writes a table in every form into a folder; with a shelf, by what the run before left there.

    The file of Parquet appears whole or not at all: `variorum.edition.collate` takes it as the edition's own.
    """
    parts = [(_digest(part), part) for part in _parts(table)]
    for ending, form in FORMS.items():
        _written(folder, f"{name}.{ending}", table, form, parts, shelf)
    making = folder / f"{name}.making"
    with making.open("wb") as stream:
        parquet_tables.write_table(table, stream)
    os.replace(making, folder / f"{name}.parquet")


def _written(
    folder: Path, name: str, table: pa.Table, form: Form, parts: list[tuple[str, pa.Table]], shelf: Shelf | None
) -> None:
    held = {} if shelf is None else _held(shelf, name)
    told = hashlib.sha256()
    places: list[tuple[str, int, int]] = []
    with (folder / name).open("wb") as stream:

        def out(data: bytes | memoryview) -> int:
            told.update(data)
            return stream.write(data)

        at = out(form.head(table))
        for number, (digest, part) in enumerate(parts):
            at += out(form.join) if number else 0
            known = held.get(digest)
            size = out(known if known is not None else form.body(part))
            places.append((digest, at, size))
            at += size
        out(form.tail(table))
    if shelf is not None:
        shelf.leave(name, [told.hexdigest(), places])


def _held(shelf: Shelf, name: str) -> dict[str, memoryview]:
    """The text of each part in the former edition's file, by the digest of its rows; none where the file changed."""
    known = shelf.left(name)
    if known is None:
        return {}
    told, places = known
    try:
        with (shelf.kept.former / "tables" / name).open("rb") as stream:
            data = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return {}
    if hashlib.sha256(data).hexdigest() != told:
        return {}
    return {digest: data[start : start + size] for digest, start, size in places}


def _parts(table: pa.Table) -> Iterator[pa.Table]:
    """The table in parts, in order.

    >>> [part.num_rows for part in _parts(pa.table({"a": ["x"] * 3}))], list(_parts(pa.table({"a": []})))
    ([3], [])
    """
    cuts = [0, *_cuts(table), table.num_rows]
    for start, end in pairwise(cuts):
        if start < end:
            yield table.slice(start, end - start)


def _cuts(table: pa.Table) -> Iterable[int]:
    if not table.num_rows or pa.types.is_nested(table.schema.field(0).type):
        return
    runs = pc.run_end_encode(table.column(0).combine_chunks())
    start = 0
    for value, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        if zlib.crc32(repr(value).encode("utf-8", "surrogatepass")) % CUT == 0:
            yield start
        start = end


def _digest(part: pa.Table) -> str:
    made = hashlib.blake2b(str(part.schema).encode(), digest_size=BYTES)
    for batch in part.combine_chunks().to_batches():
        made.update(batch.serialize())
    return made.hexdigest()
