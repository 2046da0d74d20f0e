"""Sentences: each with all that is tied to it, its content words, and the time and places that it borrows.

``run`` writes the table ``sentences`` anew with these columns; the steps that compare sentences read it by `passages`.
How rare a word or a time is among them all, `Collection` says.
"""

from __future__ import annotations

from variorum.engine import Engine
from variorum.records import Tied, table
from variorum.sentences.counting import counts
from variorum.sentences.once import Sought, folded, once, runs, runs_of, small
from variorum.sentences.parted import Part, emptied, gathered, homes, nested, opened, parted, tied_to
from variorum.sentences.passages import Dated, Passage, foreign, passages, passages_of, read, stories
from variorum.sentences.rarity import Collection, banded
from variorum.sentences.tie import tied
from variorum.sentences.words import content, stem, stems, words_of, written

__all__ = ["Collection", "Dated", "Part", "Passage", "Sought", "banded", "content", "counts", "emptied", "folded",
           "foreign", "gathered", "homes", "nested", "once", "opened", "parted", "passages", "passages_of", "read",
           "run", "runs", "runs_of", "small", "stem", "stems", "stories", "tied_to", "words_of", "written"]  # fmt: skip


def run(engine: Engine) -> None:
    """Reads ``sentences``, what was found in them, ``names`` and ``shared``; writes ``sentences`` with their ties."""
    engine.put("sentences", table(Tied, tied(engine)))
