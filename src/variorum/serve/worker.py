"""The child process that makes an edition and its index while the app goes on; it tells of its way in lines of JSON.

``python -m variorum.serve.worker`` reads one job as JSON from standard input: ``accounts``, ``edition``, ``index`` and
``options``; without accounts it makes the index alone. It runs at low priority and ends with a line ``done`` or
``error``.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from variorum.config import Config
from variorum.edition.run import Progress, Summary
from variorum.errors import VariorumError

__all__ = ["main"]

EVERY = 0.2
"""Seconds between two lines about the same step."""


class Lines(Progress):
    """Progress as lines of JSON on standard output; nobody need read them."""

    def __init__(self) -> None:
        self._step, self._last = "", 0.0
        self._lock = threading.Lock()

    def say(self, **told: Any) -> None:
        """Writes one line; where nobody reads any more the work goes on."""
        with self._lock, suppress(OSError, ValueError):
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()

    def begin(self, step: str) -> None:
        self._step, self._last = step, 0.0
        self.say(step=step, done=0, total=None)

    def at(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._last > EVERY:
            self._last = now
            self.say(step=self._step, done=done, total=total)

    def end(self, step: str, seconds: float, kept: bool) -> None:
        self.say(step=step, ended=True, seconds=round(seconds, 2), kept=kept)


def main() -> int:
    """Does the job; 0 where the edition was made, else 1."""
    job = json.load(sys.stdin)
    lines = Lines()
    with suppress(OSError, AttributeError):
        os.nice(5)
    try:
        summary = _made(job, lines)
    except VariorumError as error:
        lines.say(error=str(error))
        return 1
    except Exception as error:  # whatever it is, the app says so in a sentence and goes on with the old pages
        lines.say(error=f"the edition could not be made ({type(error).__name__}: {error})")
        return 1
    lines.say(done=True, **summary)
    return 0


def _made(job: dict[str, Any], lines: Lines) -> dict[str, Any]:
    from variorum.edition import Edition
    from variorum.edition.collate import collate
    from variorum.serve.index import build, is_fresh

    summary = Summary()
    config = Config().replaced(**job.get("options", {}))
    if "accounts" in job:
        edition = collate(job["accounts"], job["edition"], config, progress=lines, summary=summary)
    else:
        edition = Edition(job["edition"])
    if not is_fresh(Path(job["index"]), edition):
        lines.begin("search")
        build(edition, Path(job["index"]), lines.at)
        lines.end("search", 0.0, False)
    return {
        "witnesses": summary.witnesses,
        "words": summary.words,
        "problems": [[p.witness, p.message] for p in summary.problems[:200]],
        "unchanged": summary.unchanged,
    }


if __name__ == "__main__":
    sys.exit(main())
