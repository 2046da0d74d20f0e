"""What a person at the terminal sees of a run: bars while it works, nothing of them in a pipe, a summary at the end."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from variorum.edition import Edition
from variorum.edition.run import Progress, Summary
from variorum.export.questions import counted

__all__ = ["Bars", "say"]


class Bars(Progress):
    """A bar for the step that runs, with time left; steps that are done stay as lines with their seconds."""

    def __init__(self, quiet: bool = False) -> None:
        self.console = Console(stderr=True)
        self.shown = self.console.is_terminal and not quiet
        self.bars = RichProgress(
            TextColumn("{task.description:<12}"), BarColumn(30), MofNCompleteColumn(), TimeElapsedColumn(),
            TimeRemainingColumn(), console=self.console, transient=True, disable=not self.shown,
        )  # fmt: skip
        self.task: int | None = None

    def __enter__(self) -> Bars:
        self.bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.bars.stop()

    def begin(self, step: str) -> None:
        self.task = self.bars.add_task(step, total=None)

    def at(self, done: int, total: int | None) -> None:
        if self.task is not None:
            self.bars.update(self.task, completed=done, total=total)  # type: ignore[arg-type]

    def end(self, step: str, seconds: float, kept: bool) -> None:
        if self.task is not None:
            self.bars.remove_task(self.task)  # type: ignore[arg-type]
            self.task = None
        if self.shown:
            self.console.print(f"{step:<12} {'kept' if kept else f'{seconds:.1f} s'}", style="dim", highlight=False)


def say(edition: Edition, summary: Summary) -> None:
    """The summary of a run, on standard error, and the page to open, on standard output."""
    err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    for problem in summary.problems:
        err.print(f"problem: {problem.message}" + (f" (in {problem.witness})" if problem.step != "read" else ""))
    if summary.unchanged:
        err.print(f"Nothing has changed since {edition.folder} was made.")
    else:
        counts = edition.manifest["rows"]
        read = [counted(summary.witnesses, "witness", "witnesses"), counted(summary.words, "word")]
        made = [counted(counts[name], name[:-1]) for name in ("events", "parallels", "verdicts")]
        err.print(
            f"{', '.join(read)} ({summary.annotated:,} newly read), {', '.join(made)}, "
            f"{counted(len(summary.problems), 'problem')}; {sum(summary.seconds.values()):.1f} s{_memory()}."
        )
        err.print("Seconds: " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in summary.seconds.items()) + ".")
    err.print("Open the edition in a browser:")
    print(edition.site)


def _memory() -> str:
    """The most memory this process has had, in MB, where the system tells.

    Its workers are left out: what the system counts for a child begins with its parent's memory, not its own.
    """
    try:
        import resource
    except ImportError:
        return ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f", at most {peak // (1024 if sys.platform != 'darwin' else 1024 * 1024)} MB beside worker processes"
