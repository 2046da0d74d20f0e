"""Renditions: the same utterance in another translation, retelling or quotation.

Sentences of two witnesses are compared by words and letters (`likeness`), chained where they follow each other on both
sides (`chains`), and quoted strings stand as units of their own (`find`). A paraphrase that shares no words with its
source cannot be told from another sentence on the same subject, and is not promised.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import TypeVar

from variorum.config import Config
from variorum.engine import Engine
from variorum.records import Parallel, Quote, Sentence, Witness, rows, table
from variorum.renditions.embedding import load_encoder
from variorum.renditions.find import QUOTE_WORDS, Account, Measure, renditions
from variorum.renditions.likeness import Unit
from variorum.renditions.words import Rarity, Running, stems

__all__ = ["Account", "Measure", "Rarity", "Unit", "account", "partners", "renditions", "run"]

FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me|mine|ours)\b")
SPEECH = 0.2
"""A witness with the first person in this share of its sentences, outside quotes, is itself somebody's speech."""
ALL_PAIRS = 30
PARTNERS = 12
RARE = 12
LONGEST = 1000
R = TypeVar("R", Sentence, Quote)


def run(engine: Engine, config: Config) -> None:
    """Reads ``witnesses``, ``sentences``, ``quotes``, ``places``, ``actors``; writes ``renditions``.

    Every two of up to `ALL_PAIRS` witnesses are compared; in larger collections each witness with the `PARTNERS` that
    share most rare words with it. Of a witness of more than `LONGEST` sentences only these first are read.
    """
    encoder = load_encoder(config.embedding_model) if config.embedding_model else None
    accounts = _accounts(engine)
    measure = Measure(Rarity.of(unit.words for account in accounts for unit in account.sentences), encoder)
    found = [row for a, b in partners(accounts, measure.rarity) for row in renditions(a, b, measure)]
    engine.put("renditions", table(Parallel, found))


def partners(accounts: Sequence[Account], rarity: Rarity) -> list[tuple[Account, Account]]:
    """The pairs of witnesses that are worth comparing sentence by sentence."""
    if len(accounts) <= ALL_PAIRS:
        return list(combinations(accounts, 2))
    having: dict[str, set[int]] = defaultdict(set)
    for number, one in enumerate(accounts):
        for unit in one.sentences:
            for word in unit.words:
                having[word].add(number)
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for word, numbers in having.items():
        if 1 < len(numbers) <= RARE:
            for a, b in combinations(sorted(numbers), 2):
                shared[a][b] += round(rarity.bits(word))
                shared[b][a] += round(rarity.bits(word))
    chosen = {tuple(sorted((a, b))) for a, counts in shared.items() for b, _ in counts.most_common(PARTNERS)}
    return [(accounts[a], accounts[b]) for a, b in sorted(chosen)]


def _by_witness(found: Sequence[R]) -> dict[str, list[R]]:
    kept: dict[str, list[R]] = defaultdict(list)
    for row in found:
        kept[row.witness].append(row)
    return kept


def _accounts(engine: Engine) -> list[Account]:
    """Every witness as units of comparison."""
    sentences = _by_witness(rows(Sentence, engine.get("sentences")))
    quotes = _by_witness(rows(Quote, engine.get("quotes")) if engine.has("quotes") else [])
    names: dict[str, set[str]] = defaultdict(set)
    for name in ("places", "actors"):
        if engine.has(name):
            data = engine.get(name)
            for witness, text in zip(data["witness"].to_pylist(), data["text"].to_pylist(), strict=True):
                names[witness].update(stems(text))
    return [
        account(w, [(s.start, s.end) for s in sentences[w.witness]], quotes[w.witness], frozenset(names[w.witness]))
        for w in rows(Witness, engine.get("witnesses"))
    ]


def account(
    witness: Witness, sentences: list[tuple[int, int]], quotes: list[Quote], names: frozenset[str] = frozenset()
) -> Account:
    """A witness as sentences and quoted strings; spans in characters, ``names`` the stems inside names."""
    text, sentences = witness.text, sorted(sentences)[:LONGEST]
    said = sorted((quote.start, quote.end) for quote in quotes if quote.direct)
    inside = _inside(sentences, said)
    own = [span for span, quoted in zip(sentences, inside, strict=True) if not quoted]
    first_person = sum(FIRST_PERSON.search(text, *span) is not None for span in own)
    speech = bool(own) and first_person >= SPEECH * len(own)
    units = [
        Unit.of(text, *span, names, False, quoted or speech) for span, quoted in zip(sentences, inside, strict=True)
    ]
    strings = [
        Unit.of(text, *span, names, True, True) for span in said if len(stems(text[slice(*span)])) >= QUOTE_WORDS
    ]
    return Account(witness.witness, units, strings, text, Running(text))


def _inside(sentences: list[tuple[int, int]], said: list[tuple[int, int]]) -> list[bool]:
    """For each sentence, in order, whether more than half of it lies in one quote."""
    made, at = [], 0
    for start, end in sentences:
        while at < len(said) and said[at][1] <= start:
            at += 1
        near = said[at : at + 8]
        made.append(any(min(end, high) - max(start, low) > (end - start) / 2 for low, high in near))
    return made
