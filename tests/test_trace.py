"""`trace`: what a user gets who wants text reuse only."""

from __future__ import annotations

import subprocess
import sys

from variorum.config import Config
from variorum.records import Parallel, Stemma, Witness
from variorum.trace import trace

PASSAGE = "Nobody saw the old ferry leave the quay that morning, and nobody asked the harbour master why it went."


def witness(name: str, text: str, published: str | None) -> Witness:
    return Witness(name, name, None, None, None, published, None, "", "", text)


def test_parallels_come_first_and_then_edges() -> None:
    listed = [
        witness("a", PASSAGE + " The council met.", "1998-11-19"),
        witness("b", "Rain fell. " + PASSAGE, "1998-11-17"),
        witness("c", "The fair was well attended this year.", None),
    ]
    parallel, edge = trace(listed, Config())
    assert isinstance(parallel, Parallel) and isinstance(edge, Stemma)
    assert (parallel.a_text, parallel.b_text, parallel.direction) == (PASSAGE, PASSAGE, "b to a")
    assert (edge.source, edge.target, edge.passages, edge.characters) == ("b", "a", 1, len(PASSAGE))


def test_nothing_in_nothing_out() -> None:
    assert list(trace([], Config())) == []
    assert list(trace([witness("a", "", None), witness("b", PASSAGE, "nonsense")], Config())) == []


def test_no_language_model_is_imported() -> None:
    asks = (
        "import sys, variorum.trace; print([m for m in ('spacy', 'duckdb', 'pandas', 'sklearn') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
