"""The steps from witnesses to an edition's tables, in order, as data.

A step is kept under the hash of the tables it reads, of the options and of the sources it rests on (`sources`): it
runs again only when one of these has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from variorum.config import Config
from variorum.edition.sources import fingerprint
from variorum.engine import Engine

__all__ = ["ANNOTATE", "STEPS", "Step"]

MENTIONS = ("structure", "sentences", "times", "places", "actors", "figures", "quotes", "marks", "claims")


@dataclass(frozen=True, slots=True)
class Step:
    """A step: ``home`` is the module whose ``run`` does it, ``reads`` and ``writes`` are tables.

    ``options`` are those that change what it makes; only where there are some is ``run`` given the configuration.
    ``outside`` is the module that says whether something beyond the package is there on which the step rests.
    """

    name: str
    home: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    does: str
    options: tuple[str, ...] = ()
    outside: str | None = None

    def run(self, engine: Engine, config: Config) -> None:
        """Reads its tables from the engine and leaves there what it writes."""
        function: Callable[..., None] = import_module(self.home).run
        function(engine, *([config] if self.options else []))

    def version(self) -> str:
        """The hash of the sources that the step rests on."""
        own = fingerprint(self.home)
        return own if self.outside is None or not import_module(self.outside).installed() else f"{own} and more"


ANNOTATE = Step(
    "annotate",
    "variorum.annotate",
    ("witnesses",),
    (*MENTIONS, "voices", "repairs", "problems"),
    "sentences, mentions and claims",
)

MIXED = ("witnesses", *MENTIONS, "parallels", "shared", "names")
ALL = ("witnesses", *MENTIONS, "shared", "names")
TOLD = ("links", "events", "tells")
CARDS = (*TOLD, "acts")
SPOKEN = ("witnesses", "structure", "sentences", "quotes", "places", "actors")
RENDERED = (*SPOKEN, "reuse")
ANCHORED = ("witnesses", "sentences", "times", "figures", "places")
REUSED = ("witnesses", "quotes", "reuse", "renditions", "alignments", "bindings")

STEPS: tuple[Step, ...] = (
    Step("names", "variorum.names", ("witnesses", *MENTIONS), ("names",), "who and what is called how"),
    Step("reuse", "variorum.reuse", SPOKEN, ("reuse",), "the same wording", ("parallels_here",)),
    Step("renditions", "variorum.renditions", RENDERED, ("renditions",), "the same utterance", ("embedding_model",)),
    Step(
        "alignment",
        "variorum.alignment",
        ANCHORED,
        ("alignments",),
        "the same in two languages",
        outside="variorum.alignment.meaning",
    ),
    Step("parallels", "variorum.parallels", REUSED, ("parallels",), "who took from whom"),
    Step(
        "stemma",
        "variorum.stemma",
        ("witnesses", "parallels", "bindings", "actors", "sentences"),
        ("stemma", "shared", "agencies"),
        "sources and lineages",
    ),
    Step("sentences", "variorum.sentences", ALL, ("sentences",), "what is tied to each sentence"),
    Step("stories", "variorum.stories", MIXED, ("stories",), "accounts of one main happening"),
    Step("acts", "variorum.acts", (*MIXED, "stories"), ("doings", "act_links"), "claims that tell the same act"),
    Step(
        "events",
        "variorum.events",
        (*MIXED, "bindings", "stories", "doings", "act_links"),
        CARDS,
        "claims that tell the same happening",
    ),
    Step(
        "readings",
        "variorum.readings",
        (*MIXED, *TOLD, "stories"),
        ("readings", "verdicts", "tolls"),
        "who says what, and how it stands",
    ),
    Step("silences", "variorum.silences", (*MIXED, *TOLD, "readings"), ("silences",), "what is left out"),
    Step("checks", "variorum.checks", (*MIXED, *TOLD, "readings"), ("checks",), "what does not add up"),
)
"""Every step that sees all witnesses together."""
