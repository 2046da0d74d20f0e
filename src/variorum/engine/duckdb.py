"""The engine for one machine: DuckDB for SQL, processes for Python functions."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from types import TracebackType

import duckdb
import pyarrow as pa
from loky import ProcessPoolExecutor
from loky.process_executor import BrokenProcessPool, TerminatedWorkerError

from variorum.engine import Function, Told
from variorum.engine.rows import batches, compact, fitting, groups, ordered, packed, plain
from variorum.errors import EngineError

__all__ = ["DuckEngine"]

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Workers share the cores already; their number libraries take one thread each."""

AHEAD = 4
"""Parts sent for each process before the first comes back: enough that none waits, few in memory."""


class DuckEngine:
    """Runs steps on this machine.

    ``processes`` is how many work at once (0: one per core); ``memory_mb`` bounds DuckDB, which then spills to
    ``spill`` (a folder). Functions given to `map` and `group` must be picklable. Stored tables lie in memory, and
    a few of their parts for each process while a function is mapped.

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
        """From now on ``told(done, total)`` is called, in this thread, as parts of `map` and `group` are done."""
        self._told = told

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
        """Runs a query over stored tables and stores its rows under ``name``, with the types of `plain`."""
        try:
            made = self._connection.sql(query).to_arrow_table()
            self.put(name, made.cast(plain(made.schema)))
        except (duckdb.Error, pa.ArrowInvalid) as error:
            raise EngineError(f"table {name}", f"the query failed ({error})") from error

    def map(self, name: str, function: Function, over: str, schema: pa.Schema) -> None:
        """Applies ``function`` to batches of the rows of ``over``, in processes where there is enough to do."""
        self.put(name, self._joined(function, list(batches(self._plain(over))), schema))

    def group(self, name: str, function: Function, over: str, by: Sequence[str], schema: pa.Schema) -> None:
        """Applies ``function`` to all rows of each key together, in the order of their plain columns."""
        packs = list(packed(list(groups(self._plain(over), by))))
        self.put(name, self._joined(_Groups(function, tuple(by), schema), packs, schema))

    def _plain(self, name: str) -> pa.Table:
        data = self.get(name)
        return data.cast(plain(data.schema))

    def _joined(self, function: Function, parts: list[pa.Table], schema: pa.Schema) -> pa.Table:
        done = [fitting(part, schema) for part in self._run(function, parts) if part.num_rows]
        return pa.concat_tables(done) if done else schema.empty_table()

    def _run(self, function: Function, parts: list[pa.Table]) -> list[pa.Table]:
        """What the function gives for each part, in the order of the parts."""
        if self.processes < 2 or len(parts) < 2:
            done = []
            for part in parts:
                done.append(function(part))
                self._tell(len(done), len(parts))
            return done
        try:
            return self._run_in_processes(function, parts)
        except (BrokenProcessPool, TerminatedWorkerError) as error:
            self._pool = None
            raise EngineError(
                "worker process", "it died, perhaps for want of memory", "run again with --set processes=1"
            ) from error

    def _run_in_processes(self, function: Function, parts: list[pa.Table]) -> list[pa.Table]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.processes, timeout=60, env=ONE_THREAD, initializer=_follow, initargs=(os.getpid(),)
            )
        waiting = iter(enumerate(parts))
        running: dict[Future[pa.Table], int] = {}
        done: dict[int, pa.Table] = {}
        try:
            while len(done) < len(parts):
                for number, part in islice(waiting, self.processes * AHEAD - len(running)):
                    running[self._pool.submit(function, compact(part))] = number
                for one in wait(running, return_when=FIRST_COMPLETED).done:
                    done[running.pop(one)] = one.result()  # the first part that fails ends the call
                    self._tell(len(done), len(parts))
        finally:
            for one in running:
                one.cancel()
        return [done[number] for number in range(len(parts))]

    def _tell(self, done: int, total: int) -> None:
        if self._told is not None:
            self._told(done, total)


def _follow(parent: int) -> None:
    """In a worker: ends it within a second or two of a parent that was killed and could not say so."""

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=look, name="parent", daemon=True).start()


class _Groups:
    """Applies a function to each group of a pack of whole groups; a class so that it can be pickled."""

    def __init__(self, function: Function, by: tuple[str, ...], schema: pa.Schema) -> None:
        self.function, self.by, self.schema = function, by, schema

    def __call__(self, pack: pa.Table) -> pa.Table:
        made = [self.function(ordered(part)) for part in groups(pack, self.by)]
        return pa.concat_tables([fitting(part, self.schema) for part in made])
