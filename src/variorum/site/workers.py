"""Several processes that print one site: each sets the edition once and prints what it is given."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from loky import as_completed

from variorum.engine.processes import DIED, workers
from variorum.errors import EngineError
from variorum.records import Problem

__all__ = ["ALL", "Share", "Task", "Told", "Work", "at_once"]

Told = Callable[[int, int], None]


class Share(NamedTuple):
    """One of several shares of the rows of a table; which share has a row does not change with the other rows.

    >>> sum(Share(n, 3).has("a") for n in range(3)), ALL.has("a")
    (1, True)
    """

    number: int
    of: int

    def has(self, key: str) -> bool:
        """True where the row with this key belongs to it."""
        return zlib.crc32(key.encode("utf-8", "surrogatepass")) % self.of == self.number


ALL = Share(0, 1)
Task = tuple[str, Share]


class Work(NamedTuple):
    """What the processes do: ``prepare`` makes a renderer of the edition, once in each of them, ``printed`` a task.

    Both are picklable: top-level functions, or a `functools.partial` of one.
    """

    prepare: Callable[[Mapping[str, pa.Table]], Any]
    printed: Callable[[Any, Task], list[Problem]]
    processes: int | None


SET: dict[Path, Any] = {}
"""The renderer of this process; it prints one edition and then ends."""


def at_once(
    tables: Mapping[str, pa.Table],
    folder: Path,
    work: Work,
    tasks: list[Task],
    told: Told | None,
) -> list[Problem]:
    """Prints all tasks in processes and gives back what went wrong, in the order of the tasks.

    The tables lie in a folder of their own while the renderers run, as memory that all of them map.
    """
    shelf = folder / ".tables"
    shutil.rmtree(shelf, ignore_errors=True)
    shelf.mkdir(parents=True)
    for name, data in tables.items():
        with pa.OSFile(str(shelf / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, data.schema) as writer:
            writer.write_table(data)
    run = partial(_print, shelf, list(tables), work)
    pool = workers(work.processes or os.cpu_count() or 1)
    try:
        waiting = [pool.submit(run, task) for task in tasks]
        for done, _ in enumerate(as_completed(waiting), 1):
            if told:
                told(done, len(tasks))
        return [problem for future in waiting for problem in future.result()]
    except DIED as error:
        reason, advice = "it died, perhaps for want of memory", "run again with --set processes=1"
        raise EngineError("worker process", reason, advice) from error
    finally:
        pool.shutdown(kill_workers=True)
        shutil.rmtree(shelf, ignore_errors=True)


def _print(shelf: Path, names: list[str], work: Work, task: Task) -> list[Problem]:
    if shelf not in SET:
        tables = {name: pa.ipc.open_file(pa.memory_map(str(shelf / f"{name}.arrow"))).read_all() for name in names}
        SET[shelf] = work.prepare(tables)
    return work.printed(SET[shelf], task)
