"""Spark jobs of one engine: how far they are, and a sentence for each way in which they fail."""

from __future__ import annotations

import itertools
import re
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from variorum import __version__, errors
from variorum.engine import Told
from variorum.errors import EngineError, VariorumError

if TYPE_CHECKING:
    from pyspark import SparkContext

__all__ = ["Jobs", "check_version"]

T = TypeVar("T")
EVERY = 0.2
"""Seconds between two looks at the tasks."""
OTHER = "Variorum of another version"
NUMBERS = itertools.count(1)


class Jobs:
    """Runs work that makes Spark jobs, and tells ``told`` of their tasks."""

    def __init__(self, context: SparkContext) -> None:
        self.context = context
        self.told: Told | None = None

    def run(self, table: str, work: Callable[[], T]) -> T:
        """What ``work`` gives; raises `EngineError` with the table's name, or `RuntimeError` where a function failed.

        A `VariorumError` that a function raised on a worker is raised here.
        """
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        group = f"variorum-{next(NUMBERS)}"
        self.context.setJobGroup(group, f"table {table}", True)
        watch = _Watch(self.context, group, self.told) if self.told else None
        try:
            done = work()
        except (PySparkException, Py4JError) as error:
            raise failure(table, str(error)) from error
        finally:
            if watch:
                watch.stop()
            self.context.setLocalProperty("spark.jobGroup.id", None)  # type: ignore[arg-type]
        if watch:
            watch.finish()
        return done


class _Watch:
    """A thread that looks at the tasks of a group of jobs."""

    def __init__(self, context: SparkContext, group: str, told: Told) -> None:
        self.tracker, self.group, self.told = context.statusTracker(), group, told
        self.last = (0, 0)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, name=group, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread."""
        self._end.set()
        self._thread.join()

    def finish(self) -> None:
        """Tells that all is done."""
        total = max(self.last[1], tasks(self.tracker, self.group)[1], 1)
        if self.last != (total, total):
            self.told(total, total)

    def _look(self) -> None:
        while not self._end.wait(EVERY):
            now = tasks(self.tracker, self.group)
            if now[1] and now != self.last:
                self.last = now
                self.told(*now)


def tasks(tracker: Any, group: str) -> tuple[int, int]:
    """Tasks done and tasks known, of all stages of a group of jobs that have begun."""
    jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(group)]
    stages = {stage for job in jobs if job for stage in job.stageIds}
    known = [stage for stage in map(tracker.getStageInfo, sorted(stages)) if stage]
    begun = [stage for stage in known if stage.numActiveTasks or stage.numCompletedTasks]
    return sum(min(s.numCompletedTasks, s.numTasks) for s in begun), sum(s.numTasks for s in begun)


def check_version(version: str) -> None:
    """Called on the workers: another Variorum there would make other results."""
    if version != __version__:
        raise RuntimeError(f"{OTHER}: {__version__} on a worker, {version} where the work was given out")


def failure(table: str, said: str) -> Exception:
    """The error to raise where Spark says ``said``.

    >>> print(failure("prints", "... ModuleNotFoundError: No module named 'variorum'"))
    the workers: have no Variorum; install it there, for the Python that PYSPARK_PYTHON names
    """
    if "No module named 'variorum" in said:
        return _workers("have no Variorum", "install it there, for the Python that PYSPARK_PYTHON names")
    if OTHER in said:
        return _workers("have " + said[said.index(OTHER) :].splitlines()[0], "install the same version")
    if "PYTHON_VERSION_MISMATCH" in said:
        here = ".".join(map(str, sys.version_info[:2]))
        return _workers(f"have another Python than {here}", "set PYSPARK_PYTHON to a Python of that version there")
    if found := re.search(r'Cannot run program "([^"]+)"', said):
        return _workers(f"have no {found[1]}", "set PYSPARK_PYTHON to the Python that has Variorum there")
    if "Python worker exited unexpectedly" in said:
        return EngineError(
            f"table {table}", "a Python process of a worker died, perhaps for want of memory", "give workers more"
        )
    if "Traceback (most recent call last)" in said:
        return _raised(said)
    return EngineError(f"table {table}", f"the query failed ({said[:500]})")


def _workers(what: str, advice: str) -> EngineError:
    return EngineError("the workers", what, advice)


def _raised(said: str) -> Exception:
    """What a function raised on a worker: its last line, as an error of ours where it was one."""
    python = said[said.index("Traceback (most recent call last)") :].partition("\n\tat ")[0]
    lines = re.findall(r"^(?:\w+\.)*[A-Z]\w*(?:: .*)?$", python, re.MULTILINE)
    last = lines[-1] if lines else python[-500:]
    name, _, text = last.partition(": ")
    kind = getattr(errors, name.rpartition(".")[2], None) if name.startswith("variorum.errors.") else None
    if isinstance(kind, type) and issubclass(kind, VariorumError):
        where, _, what = text.partition(": ")
        return kind(where, what)
    return RuntimeError(last)
