"""One run of the main job: what it tells of its way, what it did, and what its stages share."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from variorum.config import Config
from variorum.edition.staging import Staging
from variorum.engine.caching import CachingEngine
from variorum.records import File, Problem
from variorum.review.effects import Review

__all__ = ["LATE", "Progress", "Run", "Summary", "given", "hashed", "options"]


LATE = ("title", "two_readers", "interface")
"""Options that change no step's result, only the pages and what counts as checked."""


class Progress:
    """What a run tells of its way; the default says nothing."""

    def begin(self, step: str) -> None:
        """A step begins."""

    def at(self, done: int, total: int | None) -> None:
        """So many parts of the step's work are done, of so many where that is known; may come from any thread."""

    def end(self, step: str, seconds: float, kept: bool) -> None:
        """The step is done; ``kept`` says that its result was there from an earlier run."""


@dataclass(slots=True)
class Summary:
    """What a run did: witnesses, words, problems, and seconds for each step."""

    witnesses: int = 0
    words: int = 0
    unchanged: bool = False
    annotated: int = 0
    decisions: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    config: Config
    staging: Staging
    engine: CachingEngine
    progress: Progress
    summary: Summary
    review: Review = field(default_factory=Review)
    hashes: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    whole: bool = True
    files: pa.Table = field(default_factory=lambda: File.schema().empty_table())

    def timed(self, name: str, work: Callable[[], bool]) -> None:
        """Runs one step between ``begin`` and ``end``; ``work`` says whether its result was kept from before."""
        start = time.perf_counter()
        self.progress.begin(name)
        kept = work()
        self.summary.seconds[name] = time.perf_counter() - start
        self.progress.end(name, self.summary.seconds[name], kept)

    def put(self, name: str, data: pa.Table) -> None:
        """Gives the steps a table, and notes its hash."""
        self.engine.put(name, data)
        self.hashes[name] = _table_hash(data)


def hashed(*parts: object) -> str:
    """The hash of anything that JSON can tell."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def options(config: Config, *but: str) -> dict[str, Any]:
    """The options that can change a result, files by what they hold; how many processes work changes nothing."""
    options = {name: value for name, value in asdict(config).items() if name not in ("processes", *but)}
    if config.gazetteer_table:
        table = Path(config.gazetteer_table)
        options["gazetteer_table"] = hashed(table.read_bytes().hex())[:12] if table.is_file() else str(table)
    return options


def given(config: Config) -> dict[str, Any]:
    """The options that are not as they are by default.

    >>> given(Config(two_readers=True))
    {'two_readers': True}
    """
    usual = asdict(Config())
    return {name: value for name, value in asdict(config).items() if value != usual[name]}


def _table_hash(data: pa.Table) -> str:
    sink = hashlib.sha256(str(data.schema).encode())
    for batch in data.combine_chunks().to_batches():
        sink.update(batch.serialize())
    return sink.hexdigest()
