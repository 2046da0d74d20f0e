"""Witnesses as rows that hold all that renditions need of them, and rows as accounts laid out for comparison."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from variorum.lists import toml, words
from variorum.renditions.find import QUOTE_WORDS, Account
from variorum.renditions.likeness import Stack, Unit
from variorum.renditions.words import Rarity, Running, content, stems

__all__ = ["ACCOUNTS", "SHIFT", "STEMS", "WORDS", "keyed", "laid_out", "spread", "stems_of", "weighed"]

FIRST_PERSON = re.compile(rf"\b(?:{'|'.join(sorted(words('sentences', 'first_person')))})\b")
_SET = toml("renditions")["accounts"]
SPEECH: float = _SET["speech"]
LONGEST: int = _SET["longest"]
SHIFT = 2**31
"""A span travels as one number, ``start * SHIFT + end``."""

TEXTS = pa.schema(
    [
        ("key", pa.string()), ("witness", pa.string()), ("text", pa.string()), ("sentences", pa.list_(pa.int64())),
        ("quotes", pa.list_(pa.int64())), ("names", pa.list_(pa.string())),
    ]
)  # fmt: skip
STEMS = pa.schema(
    [
        ("key", pa.string()), ("witness", pa.string()), ("words", pa.list_(pa.string())),
        ("names", pa.list_(pa.string())), ("told", pa.list_(pa.string())), ("times", pa.list_(pa.int64())),
    ]
)  # fmt: skip
WORDS = pa.schema([("witness", pa.string()), ("word", pa.string()), ("sentences", pa.int64())])
ACCOUNTS = pa.schema(
    [
        ("witness", pa.string()), ("key", pa.string()), ("text", pa.string()), ("sentences", pa.list_(pa.int64())),
        ("quotes", pa.list_(pa.int64())), ("names", pa.list_(pa.string())), ("words", pa.list_(pa.string())),
        ("bits", pa.list_(pa.float64())),
    ]
)  # fmt: skip


def _hash(held: bytes) -> str:
    return blake2b(held, digest_size=16).hexdigest()


def _spans(numbers: Sequence[int] | None) -> list[tuple[int, int]]:
    return [divmod(number, SHIFT) for number in sorted(set(numbers or ()))]


def keyed(texts: pa.Table) -> pa.Table:
    """The rows of `TEXTS`, their lists in order, with a key that changes with anything in them."""
    made = []
    for row in texts.to_pylist():
        row["sentences"] = sorted(set(row["sentences"] or ()))[:LONGEST]
        row["quotes"], row["names"] = (sorted(set(row[name] or ())) for name in ("quotes", "names"))
        held = repr([row[name] for name in TEXTS.names[1:]])
        made.append({"key": _hash(held.encode("utf-8", "surrogatepass")), **row})
    return pa.Table.from_pylist(made, TEXTS)


def stems_of(batch: pa.Table) -> pa.Table:
    """The stems of each witness's text and names, and in how many of its sentences it has those of its sentences."""
    made = []
    for row in batch.to_pylist():
        counts: Counter[str] = Counter()
        for start, end in _spans(row["sentences"]):
            counts.update(content(row["text"][start:end]))
        told = sorted(counts)
        names = sorted({stem for name in row["names"] for stem in stems(name)})
        lists = {"names": names, "told": told, "times": [counts[word] for word in told]}
        made.append({"key": row["key"], "witness": row["witness"], "words": sorted(content(row["text"])), **lists})
    return pa.Table.from_pylist(made, STEMS)


def spread(batch: pa.Table) -> pa.Table:
    """In how many of its sentences each witness has each of its stems, a row for each."""
    told, times = (batch[name].combine_chunks() for name in ("told", "times"))
    return pa.table(
        [batch["witness"].take(pc.list_parent_indices(told)), told.flatten(), times.flatten()], schema=WORDS
    )


def weighed(batch: pa.Table, rarity: Rarity) -> pa.Table:
    """The rows with the bits of every stem of their texts, and a key that changes with anything in them."""
    batch = batch.combine_chunks()
    words = batch["words"].combine_chunks()
    coded = words.flatten().dictionary_encode()
    weights = np.array([rarity.bits(word) for word in coded.dictionary.to_pylist()], np.float64)[coded.indices]
    ends = np.cumsum([0, *pc.list_value_length(words).to_pylist()])
    bits = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), pa.array(weights, pa.float64()))
    held = zip(batch["key"].to_pylist(), pairwise(ends.tolist()), strict=True)
    keys = pa.array([_hash(key.encode() + weights[start:end].tobytes()) for key, (start, end) in held], pa.string())
    batch = batch.set_column(batch.schema.get_field_index("key"), "key", keys).append_column("bits", bits)
    return batch.select(ACCOUNTS.names).cast(ACCOUNTS)


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
    sentences, quotes = Stack.of(units, weigh), Stack.of(strings, weigh)
    return Account(row["witness"], sentences, quotes, sentences + quotes, text, Running(text), weigh)


def _inside(sentences: list[tuple[int, int]], said: list[tuple[int, int]]) -> list[bool]:
    """For each sentence, in order, whether more than half of it lies in one quote."""
    made, at = [], 0
    for start, end in sentences:
        while at < len(said) and said[at][1] <= start:
            at += 1
        near = said[at : at + 8]
        made.append(any(min(end, high) - max(start, low) > (end - start) / 2 for low, high in near))
    return made
