"""Where the work is done: one small interface, on DuckDB and processes here, on Spark when one machine is not enough.

A step knows tables by name only. It puts and gets Arrow tables, runs SQL (DuckDB's dialect) over names, and maps
functions over batches of rows. Each call has done its work when it returns.

What a query must keep to, so that it says the same on both engines: rows have no order, unless a function asks for it
(``row_number() OVER (ORDER BY ...)`` over keys without ties); sums of floats are rounded, for they are added in any
order; ``array_agg`` takes no nulls and gives no order; names of columns differ in more than their case.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol

import pyarrow as pa

__all__ = ["Engine", "Function", "Told"]

Function = Callable[[pa.Table], pa.Table]
"""A picklable function from rows to rows: top-level, or a functools.partial of one."""

Told = Callable[[int, int], None]
"""What hears of an engine's work: how many rows (on Spark: tasks) of the call that runs are done, and of how many."""


class Engine(Protocol):
    """What every engine can do; results are stored under a name and the same on each engine, but for their order."""

    many_machines: bool
    """True where data may be larger than this machine holds, so that joins belong to the engine."""

    def put(self, name: str, data: pa.Table) -> None:
        """Stores a table under a name, in place of an earlier one."""

    def get(self, name: str) -> pa.Table:
        """The table of that name, read back to this process."""

    def has(self, name: str) -> bool:
        """True when a table of that name is stored."""

    def clear(self, but: Collection[str] = ()) -> None:
        """Forgets all tables but these."""

    def forget(self, names: Iterable[str]) -> None:
        """Forgets these tables, where they are there, so that their memory is free for what comes."""

    def sql(self, name: str, query: str, lasting: bool = True) -> None:
        """Runs a query over stored tables and stores its rows under ``name``.

        Without ``lasting`` its rows are only handed to `map` and `parts`, and never lie in memory all at once.
        """

    def map(self, name: str, function: Function, over: str, schema: pa.Schema, keyed: bool = False) -> None:
        """Applies ``function`` to batches of the rows of ``over`` and stores what it gives.

        ``keyed`` says that these rows have a column ``key`` that changes with anything that the result depends on, and
        that the rows made carry the key of the row that they come from; an engine may keep them by it.
        """

    def parts(self, function: Function, over: str, schema: pa.Schema) -> Iterator[pa.Table]:
        """What `map` would store, part by part as it is done; no other call may come before the last part."""

    def watch(self, told: Told | None) -> None:
        """From now on ``told(done, total)`` is called as rows (on Spark: tasks) of a call are done; None ends it.

        It may be called from another thread than the engine's, and ``total`` may grow while a call runs. A call that
        has parts at all ends with ``done == total``.
        """

    def close(self) -> None:
        """Ends what the engine has started; a second call does nothing."""
