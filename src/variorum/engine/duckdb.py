"""The engine for one machine: DuckDB for SQL, processes for Python functions."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future
from itertools import chain, islice
from types import TracebackType

import duckdb
import pyarrow as pa
from loky import ProcessPoolExecutor

from variorum.engine import Function, Told
from variorum.engine.processes import DIED, workers
from variorum.engine.rows import BATCH_BYTES, BATCH_ROWS, batches, compact, fitting, plain
from variorum.errors import EngineError

__all__ = ["DuckEngine"]

SHARES = 4
"""Parts of a table for each process, so that one that is done early finds more to do."""
LEAST_BYTES, LEAST_ROWS = 50_000, 8
AHEAD = 3
"""Parts for each process that are given out before the first of them is waited for."""


class DuckEngine:
    """Runs steps on this machine.

    ``processes`` is how many work at once (0: one per core); ``memory_mb`` bounds DuckDB, which then spills to
    ``spill`` (a folder). Functions given to `map` must be picklable. Stored tables lie in memory, and a few
    of their parts for each process while a function is mapped.

    >>> engine = DuckEngine(processes=1)
    >>> engine.put("ships", pa.table({"name": ["Asker", "Tolven"], "dead": [31, 0]}))
    >>> engine.sql("hit", "SELECT name FROM ships WHERE dead > 0")
    >>> engine.get("hit").to_pylist()
    [{'name': 'Asker'}]
    """

    many_machines = False

    def __init__(self, processes: int = 0, memory_mb: int = 4096, spill: str | None = None) -> None:
        self.processes = processes or os.cpu_count() or 1
        self._tables: dict[str, pa.Table] = {}
        self._queries: dict[str, str] = {}
        self._pool: ProcessPoolExecutor | None = None
        self._told: Told | None = None
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
            self._pool = None
        self._connection.close()

    def watch(self, told: Told | None) -> None:
        """From now on ``told(done, total)`` is called, in this thread, as parts of `map` are done."""
        self._told = told

    def put(self, name: str, data: pa.Table) -> None:
        """Stores a table under a name, in place of an earlier one."""
        self._forget(name)
        self._tables[name] = data
        self._connection.register(name, data)

    def get(self, name: str) -> pa.Table:
        """The table of that name; `EngineError` where there is none."""
        if name not in self._tables:
            raise EngineError(f"table {name}", "no step has made it", "this is a mistake in the list of steps")
        return self._tables[name]

    def has(self, name: str) -> bool:
        """True when a table of that name is stored."""
        return name in self._tables or name in self._queries

    def sql(self, name: str, query: str, lasting: bool = True) -> None:
        """Runs a query over stored tables and stores its rows under ``name``, with the types of `plain`.

        Without ``lasting`` the query runs when `map` or `parts` ask for its rows, and these are never all in memory.
        """
        try:
            made = self._connection.sql(query)
            if lasting:
                data = made.to_arrow_table()
                self.put(name, data.cast(plain(data.schema)))
            else:
                self._forget(name)
                self._queries[name] = query
                self._connection.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {query}')
        except (duckdb.Error, pa.ArrowInvalid) as error:
            raise EngineError(f"table {name}", f"the query failed ({error})") from error

    def clear(self, but: Collection[str] = ()) -> None:
        """Forgets all tables but these, and gives their memory back to the machine."""
        for name in [name for name in (*self._tables, *self._queries) if name not in but]:
            self._forget(name)
        pa.default_memory_pool().release_unused()

    def forget(self, names: Iterable[str]) -> None:
        """Forgets these tables, where they are there."""
        for name in names:
            self._forget(name)

    def _forget(self, name: str) -> None:
        if self._tables.pop(name, None) is not None:
            self._connection.unregister(name)
        if self._queries.pop(name, None) is not None:
            self._connection.execute(f'DROP VIEW IF EXISTS "{name}"')

    def map(self, name: str, function: Function, over: str, schema: pa.Schema, keyed: bool = False) -> None:
        """Applies ``function`` to batches of the rows of ``over``, in processes where there is enough to do."""
        done = [part for part in self.parts(function, over, schema) if part.num_rows]
        self.put(name, pa.concat_tables(done) if done else schema.empty_table())

    def parts(self, function: Function, over: str, schema: pa.Schema) -> Iterator[pa.Table]:
        """What ``function`` gives for batches of the rows of ``over``, in their order, as soon as it is there."""
        rows = self._rows(over)
        for part in self._run(function, self._batches(over), rows):
            yield fitting(part, schema)

    def _plain(self, name: str) -> pa.Table:
        data = self.get(name)
        return data.cast(plain(data.schema))

    def _rows(self, name: str) -> int:
        if name in self._queries:
            return int(self._connection.sql(f'SELECT count(*) FROM "{name}"').fetchall()[0][0])
        return int(self.get(name).num_rows)

    def _batches(self, name: str) -> Iterator[pa.Table]:
        """The rows in batches: small enough that all processes have something to do, if there is enough of it."""
        if name not in self._queries:
            data = self._plain(name)
            share = data.nbytes // (self.processes * SHARES) if data.nbytes > BATCH_BYTES // 2 else BATCH_BYTES
            yield from batches(data, max_bytes=max(LEAST_BYTES, min(BATCH_BYTES, share)))
            return
        try:
            rows = max(LEAST_ROWS, min(BATCH_ROWS, self._rows(name) // (self.processes * SHARES)))
            for batch in self._connection.sql(self._queries[name]).to_arrow_reader(BATCH_ROWS):
                data = pa.Table.from_batches([batch])
                yield from batches(data.cast(plain(data.schema)), max_rows=rows)
        except (duckdb.Error, pa.ArrowInvalid) as error:
            raise EngineError(f"table {name}", f"the query failed ({error})") from error

    def _run(self, function: Function, parts: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
        """What the function gives for each part, in the order of the parts."""
        listed = iter(parts)
        first = list(islice(listed, 2))
        done = 0
        if self.processes < 2 or len(first) < 2:
            for part in chain(first, listed):
                made = function(part)
                done += part.num_rows
                self._tell(done, rows)
                yield made
            return
        try:
            for made, size in self._in_processes(function, chain(first, listed)):
                done += size
                self._tell(done, rows)
                yield made
        except DIED as error:
            self._pool = None
            raise EngineError(
                "worker process", "it died, perhaps for want of memory", "run again with --set processes=1"
            ) from error

    def _in_processes(self, function: Function, parts: Iterator[pa.Table]) -> Iterator[tuple[pa.Table, int]]:
        if self._pool is None:
            self._pool = workers(self.processes)
        running: deque[tuple[Future[pa.Table], int]] = deque()
        try:
            for part in parts:
                running.append((self._pool.submit(function, compact(part)), part.num_rows))
                if len(running) >= self.processes * AHEAD:
                    future, size = running.popleft()
                    yield future.result(), size
            while running:
                future, size = running.popleft()
                yield future.result(), size
        finally:
            for future, _ in running:
                future.cancel()

    def _tell(self, done: int, total: int) -> None:
        if self._told is not None:
            self._told(done, total)
