"""Making the pages anew while the app goes on: one child process at a time, and how far it is."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from variorum.config import ONE_THREAD

__all__ = ["Runs", "State", "worker"]

Told = Callable[["State"], Awaitable[None]]


@dataclass(slots=True)
class State:
    """How far a run is: ``waiting``, ``running``, ``done`` or ``failed``; the steps with their seconds."""

    state: str = "waiting"
    step: str = ""
    done: int = 0
    total: int | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)
    message: str = ""
    problems: list[list[str]] = field(default_factory=list)
    by: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The state as plain data."""
        names = ("state", "step", "done", "total", "steps", "message", "problems", "by")
        return {name: getattr(self, name) for name in names}


async def worker(job: Mapping[str, Any]) -> asyncio.subprocess.Process:
    """A child process that does a job (`variorum.serve.worker`)."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "variorum.serve.worker", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        limit=4_000_000, env={**os.environ, **ONE_THREAD},
    )  # fmt: skip
    assert child.stdin is not None
    child.stdin.write(json.dumps(job).encode())
    child.stdin.close()
    return child


class Runs:
    """Runs of the worker; ``told`` hears of every change, ``made`` is awaited when an edition was made."""

    def __init__(self, told: Told, made: Callable[[], Awaitable[None]]) -> None:
        self.state = State()
        self._told, self._made = told, made
        self._task: asyncio.Task[None] | None = None
        self._child: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        """True while a child works."""
        return self.state.state == "running"

    def begin(self, job: Mapping[str, Any], by: str) -> bool:
        """Starts a run; False where one is under way."""
        if self.running:
            return False
        self.state = State("running", by=by)
        self._task = asyncio.create_task(self._run(dict(job)))
        return True

    async def _run(self, job: dict[str, Any]) -> None:
        try:
            await self._told(self.state)
            await self._work(job)
            if self.state.state == "running":
                self.state.state, self.state.message = "failed", "the run ended before it was done; start it again"
            if self.state.state == "done":
                await self._made()
        except OSError as error:
            self.state.state, self.state.message = "failed", f"no process could be started ({error.strerror})"
        finally:
            self._child = None
            await self._told(self.state)

    async def _work(self, job: dict[str, Any]) -> None:
        self._child = child = await worker(job)
        assert child.stdout is not None
        async for line in child.stdout:
            with suppress(ValueError):
                self._hear(json.loads(line))
            if self.running:  # that it is done is told when the new pages can be had
                await self._told(self.state)
        code = await child.wait()
        if code < 0 and self.state.state == "running":
            self.state.state = "failed"
            self.state.message = (
                "the run was ended; nothing was lost, and it goes on where it stopped when you start it again"
            )

    def _hear(self, line: dict[str, Any]) -> None:
        state = self.state
        if "error" in line:
            state.state, state.message = "failed", str(line["error"])
        elif line.get("done") is True:
            state.state, state.problems = "done", line.get("problems", [])
            state.message = f"{line.get('witnesses', 0)} accounts, {line.get('words', 0):,} words"
        elif line.get("ended"):
            state.steps.append({"step": line["step"], "seconds": line["seconds"], "kept": line["kept"]})
        else:
            state.step, state.done, state.total = str(line.get("step", "")), line.get("done", 0), line.get("total")

    async def stop(self) -> None:
        """Ends a run; what was made so far is kept for the next one."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                self._child.terminate()
        if self._task is not None:
            with suppress(asyncio.CancelledError, TimeoutError):
                await asyncio.wait_for(self._task, 10)
