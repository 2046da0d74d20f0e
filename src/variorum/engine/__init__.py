"""Where the work is done: one small interface, on DuckDB and processes here, on Spark when one machine is not enough.

A step knows tables by name only. It puts and gets Arrow tables, runs SQL (DuckDB's dialect) over names, and maps
functions over batches of rows or over groups of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import pyarrow as pa

__all__ = ["Engine", "Function"]

Function = Callable[[pa.Table], pa.Table]
"""A picklable function from rows to rows: top-level, or a functools.partial of one."""


class Engine(Protocol):
    """What every engine can do; results are stored under a name and the same on each engine, but for their order."""

    def put(self, name: str, data: pa.Table) -> None:
        """Stores a table under a name, in place of an earlier one."""

    def get(self, name: str) -> pa.Table:
        """The table of that name, read back to this process."""

    def has(self, name: str) -> bool:
        """True when a table of that name is stored."""

    def sql(self, name: str, query: str) -> None:
        """Runs a query over stored tables and stores its rows under ``name``."""

    def map(self, name: str, function: Function, over: str, schema: pa.Schema) -> None:
        """Applies ``function`` to batches of the rows of ``over`` and stores what it gives."""

    def group(self, name: str, function: Function, over: str, by: Sequence[str], schema: pa.Schema) -> None:
        """Applies ``function`` to all rows of each key of ``by`` together and stores what it gives."""
