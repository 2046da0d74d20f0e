"""The steps from witnesses to an edition's tables, in order, as data.

A step is kept under the hash of the tables it reads, of the options and of the source of its own modules: it runs again
only when one of these has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from variorum.config import Config
from variorum.engine import Engine

__all__ = ["ANNOTATE", "STEPS", "Step", "fingerprint"]

HERE = Path(__file__).resolve().parent
MENTIONS = ("structure", "sentences", "times", "places", "actors", "figures", "quotes", "marks", "claims")
GROUND = ("spans.py", "records.py", "lists.py", "groups.py", "verdicts.py", "dates", "data")


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its name is its module's; ``reads`` and ``writes`` are tables, ``also`` further sources it is made of."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    also: tuple[str, ...] = ()
    does: str = ""

    def run(self, engine: Engine, config: Config) -> None:
        """Reads its tables from the engine and leaves there what it writes."""
        function: Callable[[Engine, Config], None] = import_module(f"variorum.{self.name}").run
        function(engine, config)

    def version(self) -> str:
        """The hash of the step's own source."""
        return fingerprint((self.name, *self.also))


ANNOTATE = Step(
    "annotate",
    ("witnesses",),
    (*MENTIONS, "problems"),
    ("repair.py", "structure", "language", "mentions", "claims", "gazetteer"),
    "sentences, mentions and claims",
)

PASSAGES = ("passages.py", "rarity.py")
MIXED = ("witnesses", *MENTIONS, "parallels", "shared", "names")
TOLD = ("links", "events", "tells")
SPOKEN = ("witnesses", "sentences", "quotes", "places", "actors")

STEPS: tuple[Step, ...] = (
    Step("names", ("witnesses", *MENTIONS), ("names",), ("gazetteer",), "who and what is called how"),
    Step("parallels", SPOKEN, ("reuse",), PASSAGES, "the same wording"),
    Step("renditions", (*SPOKEN, "reuse"), ("renditions",), PASSAGES, "the same utterance"),
    Step(
        "stemma",
        ("witnesses", "quotes", "reuse", "renditions"),
        ("parallels", "stemma", "shared"),
        PASSAGES,
        "who took from whom",
    ),
    Step("events", MIXED, TOLD, PASSAGES, "claims that tell the same happening"),
    Step("readings", (*MIXED, *TOLD), ("readings", "verdicts"), PASSAGES, "who says what, and how it stands"),
    Step("silences", (*MIXED, *TOLD, "readings"), ("silences",), PASSAGES, "what is left out"),
    Step("checks", (*MIXED, *TOLD, "readings"), ("checks",), PASSAGES, "what does not add up"),
)
"""Every step that sees all witnesses together."""


def fingerprint(parts: tuple[str, ...]) -> str:
    """The hash of the source files of some modules or folders of the package, and of the ground under them all."""
    digest = hashlib.sha256()
    for part in sorted({*parts, *GROUND}):
        digest.update(part.encode() + b"\0" + _source(part).encode())
    return digest.hexdigest()


@cache
def _source(part: str) -> str:
    digest = hashlib.sha256()
    path = HERE / part if (HERE / part).exists() else HERE / f"{part}.py"
    if not path.exists():
        raise FileNotFoundError(f"the source of a step is not there: {path}")
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts and "example" not in file.parts:
            digest.update(file.relative_to(HERE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
