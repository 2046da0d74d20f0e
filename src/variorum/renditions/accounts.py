"""Witnesses as rows that hold all that renditions need of them, and rows as accounts laid out for comparison."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import pyarrow as pa

from variorum.lists import toml, words
from variorum.renditions.find import QUOTE_WORDS, Account
from variorum.renditions.likeness import Stack, Unit
from variorum.renditions.words import Rarity, Running, content, stems

__all__ = ["ACCOUNTS", "SHIFT", "WORDS", "laid_out", "stems_of", "weighed"]

FIRST_PERSON = re.compile(rf"\b(?:{'|'.join(sorted(words('sentences', 'first_person')))})\b")
_SET = toml("renditions")["accounts"]
SPEECH: float = _SET["speech"]
LONGEST: int = _SET["longest"]
SHIFT = 2**31
"""A span travels as one number, ``start * SHIFT + end``."""

WORDS = pa.schema([("witness", pa.string()), ("word", pa.string()), ("sentences", pa.int64())])
ACCOUNTS = pa.schema(
    [
        ("witness", pa.string()), ("key", pa.string()), ("text", pa.string()), ("sentences", pa.list_(pa.int64())),
        ("quotes", pa.list_(pa.int64())), ("names", pa.list_(pa.string())), ("words", pa.list_(pa.string())),
        ("bits", pa.list_(pa.float64())),
    ]
)  # fmt: skip


def _spans(numbers: Sequence[int] | None) -> list[tuple[int, int]]:
    return [divmod(number, SHIFT) for number in sorted(set(numbers or ()))]


def stems_of(batch: pa.Table) -> pa.Table:
    """In how many of its sentences each witness has each of its stems."""
    made: list[tuple[str, str, int]] = []
    for row in batch.to_pylist():
        counts: dict[str, int] = {}
        for start, end in _spans(row["sentences"])[:LONGEST]:
            for word in content(row["text"][start:end]):
                counts[word] = counts.get(word, 0) + 1
        made += [(row["witness"], word, counts[word]) for word in sorted(counts)]
    columns = zip(*made, strict=True) if made else ([], [], [])
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, WORDS, strict=True)], schema=WORDS)


def weighed(batch: pa.Table, rarity: Rarity) -> pa.Table:
    """The rows with the bits of every stem of their texts, and a key that changes with anything in them."""
    made = []
    for row in batch.to_pylist():
        row["sentences"] = [start * SHIFT + end for start, end in _spans(row["sentences"])[:LONGEST]]
        row["quotes"] = sorted(set(row["quotes"] or ()))
        row["names"] = sorted({stem for name in row["names"] or () for stem in stems(name)})
        row["words"] = sorted(content(row["text"]))
        row["bits"] = [rarity.bits(word) for word in row["words"]]
        held = [row[name] for name in ACCOUNTS.names if name != "key"]
        row["key"] = blake2b(repr(held).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        made.append(row)
    return pa.Table.from_pylist(made, ACCOUNTS)


class _Known(dict[str, float]):
    """The bits of an account's stems; one that its text does not have as a word of its own is worth nothing."""

    def __missing__(self, word: str) -> float:
        return 0.0


def laid_out(row: Mapping[str, Any]) -> Account:
    """A row of `ACCOUNTS` as an account: sentences and quoted strings as units."""
    text, names = row["text"], row["names"]
    spans, said = _spans(row["sentences"]), _spans(row["quotes"])
    inside = _inside(spans, said)
    own = [span for span, quoted in zip(spans, inside, strict=True) if not quoted]
    first_person = sum(FIRST_PERSON.search(text, *span) is not None for span in own)
    speech = bool(own) and first_person >= SPEECH * len(own)
    named, weigh = frozenset(names), _Known(zip(row["words"], row["bits"], strict=True)).__getitem__
    units = [Unit.of(text, *span, named, False, quoted or speech) for span, quoted in zip(spans, inside, strict=True)]
    strings = [
        Unit.of(text, *span, named, True, True) for span in said if len(stems(text[slice(*span)])) >= QUOTE_WORDS
    ]
    stacks = [Stack.of(part, weigh) for part in (units, strings, [*units, *strings])]
    return Account(row["witness"], stacks[0], stacks[1], stacks[2], text, Running(text), weigh)


def _inside(sentences: list[tuple[int, int]], said: list[tuple[int, int]]) -> list[bool]:
    """For each sentence, in order, whether more than half of it lies in one quote."""
    made, at = [], 0
    for start, end in sentences:
        while at < len(said) and said[at][1] <= start:
            at += 1
        near = said[at : at + 8]
        made.append(any(min(end, high) - max(start, low) > (end - start) / 2 for low, high in near))
    return made
