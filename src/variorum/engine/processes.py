"""Worker processes: they take one thread each for numbers, and end soon after a parent that was killed."""

from __future__ import annotations

import os
import threading
import time

from loky import ProcessPoolExecutor
from loky.process_executor import BrokenProcessPool, TerminatedWorkerError

from variorum.config import ONE_THREAD

__all__ = ["DIED", "workers"]

DIED = (BrokenProcessPool, TerminatedWorkerError)
"""What a pool raises when one of its workers died."""


def workers(processes: int) -> ProcessPoolExecutor:
    """A pool of so many worker processes; they begin when there is work, and end after a minute without."""
    return ProcessPoolExecutor(processes, timeout=60, env=ONE_THREAD, initializer=_follow, initargs=(os.getpid(),))


def _follow(parent: int) -> None:
    """In a worker: ends it within a second or two of a parent that was killed and could not say so."""

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=look, name="parent", daemon=True).start()
