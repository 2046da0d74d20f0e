"""The engine for one machine: DuckDB for SQL, processes for Python functions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from loky import ProcessPoolExecutor
from loky.process_executor import BrokenProcessPool, TerminatedWorkerError

from variorum.engine import Function
from variorum.errors import EngineError

__all__ = ["DuckEngine"]

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Workers share the cores already; their number libraries take one thread each."""

BATCH_ROWS = 512
BATCH_BYTES = 400_000


class DuckEngine:
    """Runs steps on this machine.

    ``processes`` is how many work at once (0: one per core); ``memory_mb`` bounds DuckDB, which then spills to
    ``spill`` (a folder). Functions given to `map` and `group` must be picklable.

    >>> engine = DuckEngine(processes=1)
    >>> engine.put("ships", pa.table({"name": ["Asker", "Tolven"], "dead": [31, 0]}))
    >>> engine.sql("hit", "SELECT name FROM ships WHERE dead > 0")
    >>> engine.get("hit").to_pylist()
    [{'name': 'Asker'}]
    """

    def __init__(self, processes: int = 0, memory_mb: int = 4096, spill: str | None = None) -> None:
        self.processes = processes or os.cpu_count() or 1
        self._tables: dict[str, pa.Table] = {}
        self._pool: ProcessPoolExecutor | None = None
        self._connection = duckdb.connect()
        self._connection.execute(f"SET memory_limit = '{int(memory_mb)}MB'")
        self._connection.execute(f"SET threads = {self.processes}")
        self._connection.execute("SET enable_progress_bar = false")
        if spill:
            self._connection.execute("SET temp_directory = $1", [spill])

    def __enter__(self) -> DuckEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker processes and the database."""
        if self._pool is not None:
            self._pool.shutdown(kill_workers=True)
        self._connection.close()

    def put(self, name: str, data: pa.Table) -> None:
        """Stores a table under a name, in place of an earlier one."""
        self._tables[name] = data
        self._connection.register(name, data)

    def get(self, name: str) -> pa.Table:
        """The table of that name; `EngineError` where there is none."""
        if name not in self._tables:
            raise EngineError(f"table {name}", "no step has made it", "this is a mistake in the list of steps")
        return self._tables[name]

    def has(self, name: str) -> bool:
        """True when a table of that name is stored."""
        return name in self._tables

    def sql(self, name: str, query: str) -> None:
        """Runs a query over stored tables and stores its rows under ``name``."""
        try:
            self.put(name, self._connection.sql(query).to_arrow_table())
        except duckdb.Error as error:
            raise EngineError(f"table {name}", f"the query failed ({error})") from error

    def map(self, name: str, function: Function, over: str, schema: pa.Schema) -> None:
        """Applies ``function`` to batches of the rows of ``over``, in processes where there is enough to do."""
        self.put(name, self._joined(function, list(batches(self.get(over))), schema))

    def group(self, name: str, function: Function, over: str, by: Sequence[str], schema: pa.Schema) -> None:
        """Applies ``function`` to all rows of each key together, in the order of their plain columns."""
        packs = list(packed(list(groups(self.get(over), by))))
        self.put(name, self._joined(_Groups(function, tuple(by)), packs, schema))

    def _joined(self, function: Function, parts: list[pa.Table], schema: pa.Schema) -> pa.Table:
        done = [part.select(schema.names).cast(schema) for part in self._run(function, parts) if part.num_rows]
        return pa.concat_tables(done) if done else schema.empty_table()

    def _run(self, function: Function, parts: list[pa.Table]) -> Iterator[pa.Table]:
        if self.processes < 2 or len(parts) < 2:
            return map(function, parts)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.processes, timeout=60, env=ONE_THREAD)
        try:
            return iter(list(self._pool.map(function, parts)))
        except (BrokenProcessPool, TerminatedWorkerError) as error:
            self._pool = None
            raise EngineError(
                "worker process", "it died, perhaps for want of memory", "run again with --set processes=1"
            ) from error


class _Groups:
    """Applies a function to each group of a pack of whole groups; a class so that it can be pickled."""

    def __init__(self, function: Function, by: tuple[str, ...]) -> None:
        self.function, self.by = function, by

    def __call__(self, pack: pa.Table) -> pa.Table:
        made = [self.function(ordered(part)) for part in groups(pack, self.by)]
        return pa.concat_tables(made) if made else pack.slice(0, 0)


def batches(data: pa.Table, max_rows: int = BATCH_ROWS, max_bytes: int = BATCH_BYTES) -> Iterator[pa.Table]:
    """The table in slices of at most ``max_rows`` rows and about ``max_bytes`` bytes.

    >>> [part.num_rows for part in batches(pa.table({"n": range(5)}), max_rows=2)]
    [2, 2, 1]
    """
    if not data.num_rows:
        return
    rows = max(1, min(max_rows, data.num_rows * max_bytes // max(1, data.nbytes)))
    for start in range(0, data.num_rows, rows):
        yield compact(data.slice(start, rows))


def compact(data: pa.Table) -> pa.Table:
    """A slice without the rest of what it was cut from, which would travel to other processes with it."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, data.schema) as writer:
        writer.write_table(data)
    return pa.ipc.open_stream(sink.getvalue()).read_all()


def groups(data: pa.Table, by: Sequence[str]) -> Iterator[pa.Table]:
    """The rows of each key, keys ascending, rows in their order.

    >>> [part["n"].to_pylist() for part in groups(pa.table({"k": ["b", "a", "b"], "n": [1, 2, 3]}), ["k"])]
    [[2], [1, 3]]
    """
    if not data.num_rows:
        return
    data = data.append_column("_row", pa.array(range(data.num_rows)))
    data = data.sort_by([(key, "ascending") for key in by] + [("_row", "ascending")]).drop_columns("_row")
    keys = [data.column(key).combine_chunks() for key in by]
    change: pa.Array | None = None
    for key in keys:
        differs = pc.fill_null(pc.not_equal(key.slice(1), key.slice(0, len(key) - 1)), True)
        change = differs if change is None else pc.or_(change, differs)
    cuts = [0] + [i + 1 for i, is_new in enumerate(change.to_pylist() if change is not None else []) if is_new]
    for start, end in zip(cuts, [*cuts[1:], data.num_rows], strict=True):
        yield data.slice(start, end - start)


def ordered(data: pa.Table) -> pa.Table:
    """The rows in the order of their plain columns, so that every engine hands a function the same."""
    keys = [(f.name, "ascending") for f in data.schema if not pa.types.is_nested(f.type)]
    return data.sort_by(keys) if keys else data


def packed(parts: list[pa.Table], max_rows: int = 4096) -> Iterator[pa.Table]:
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
