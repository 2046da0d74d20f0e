"""Languages: in which one an account is written, what the program offers for it, and where its sentences end.

A language is a pack: a folder ``data/<code>/`` whose ``pack.toml`` says what is offered. Whoever is about to use rules
of one language asks `offers`; a text in a language without a pack keeps its sentences, the extents of its quotations,
its ISO dates and the passages that it shares with others, and has no other rows.
"""

from __future__ import annotations

from variorum.languages.identify import direction, foreign_paragraphs, identify
from variorum.languages.packs import code_of, named, offers, packs, told
from variorum.languages.plain import iso_dates, sentences

__all__ = [
    "code_of",
    "direction",
    "foreign_paragraphs",
    "identify",
    "iso_dates",
    "named",
    "offers",
    "packs",
    "sentences",
    "told",
]
