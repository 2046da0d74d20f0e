"""Renditions: the same utterance in another translation, retelling or quotation.

Sentences of two witnesses are compared by words and letters (`likeness`), chained where they follow each other on both
sides (`chains`), and quoted strings stand as units of their own (`find`). A paraphrase that shares no words with its
source cannot be told from another sentence on the same subject, and is not promised.
"""

from __future__ import annotations

import re
from itertools import combinations

from variorum.config import Config
from variorum.engine import Engine
from variorum.records import Parallel, Quote, Row, Sentence, Witness, rows, table
from variorum.renditions.find import QUOTE_WORDS, Account, renditions
from variorum.renditions.likeness import Unit
from variorum.renditions.words import Rarity, stems

__all__ = ["Account", "Rarity", "Unit", "renditions", "run"]

FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me|mine|ours)\b")
SPEECH = 0.2
"""A witness with the first person in this share of its sentences, outside quotes, is itself somebody's speech."""


def run(engine: Engine, config: Config) -> None:
    """Reads ``witnesses``, ``sentences``, ``quotes``, ``places``, ``actors``; writes ``renditions``."""
    accounts = _accounts(engine)
    rarity = Rarity.of(unit.words for account in accounts for unit in account.sentences)
    found = [row for a, b in combinations(accounts, 2) for row in renditions(a, b, rarity)]
    engine.put("renditions", table(Parallel, found))


def _by_witness(engine: Engine, kind: type[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows(kind, engine.get(name)) if engine.has(name) else []:
        found.setdefault(row.witness, []).append(row)  # type: ignore[attr-defined]
    return found


def _accounts(engine: Engine) -> list[Account]:
    """Every witness as units of comparison."""
    sentences, quotes = _by_witness(engine, Sentence, "sentences"), _by_witness(engine, Quote, "quotes")
    names: dict[str, set[str]] = {}
    for table_name in ("places", "actors"):
        if engine.has(table_name):
            data = engine.get(table_name)
            for witness, text in zip(data["witness"].to_pylist(), data["text"].to_pylist(), strict=True):
                names.setdefault(witness, set()).update(stems(text))
    return [
        account(
            w,
            [(s.start, s.end) for s in sentences.get(w.witness, [])],
            quotes.get(w.witness, []),
            frozenset(names.get(w.witness, ())),
        )  # type: ignore[attr-defined]
        for w in rows(Witness, engine.get("witnesses"))
    ]


def account(witness: Witness, sentences: list[tuple[int, int]], quotes: list[Quote], names: frozenset[str]) -> Account:
    """A witness as sentences and quoted strings; all spans in characters."""
    said = sorted((quote.start, quote.end) for quote in quotes if quote.direct)
    inside = [
        any(min(end, high) - max(start, low) > (end - start) / 2 for low, high in said) for start, end in sentences
    ]
    own = [span for span, quoted in zip(sentences, inside, strict=True) if not quoted]
    first_person = sum(FIRST_PERSON.search(witness.text, *span) is not None for span in own)
    speech = bool(own) and first_person >= SPEECH * len(own)
    units = [
        Unit.of(witness.text, *span, names, False, quoted or speech)
        for span, quoted in zip(sentences, inside, strict=True)
    ]
    strings = [
        Unit.of(witness.text, start, end, names, True, True)
        for start, end in said
        if len(stems(witness.text[start:end])) >= QUOTE_WORDS
    ]
    return Account(witness.witness, units, strings)
