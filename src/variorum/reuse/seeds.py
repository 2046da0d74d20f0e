"""Seeds: places where two documents, or two places of one, share three words in a row, in any order.

One sort of all 3-word fingerprints gives them; they are handed out document by document, in blocks, so that memory
stays bounded whatever the collection. The same join stands as SQL in `relational` for engines on many machines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.lists import toml
from variorum.reuse.words import Collection, Ints

__all__ = ["LINKS", "MANY", "Seeds", "find_seeds", "fingerprints", "near"]

_SET = toml("reuse")["seeds"]
MANY: int = _SET["many"]
LINKS: int = _SET["links"]
OFTEN: int = _SET["often"]
BLOCK = 2_000_000
GAP: int = _SET["gap"]
SHIFT: int = _SET["shift"]

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Seeds:
    """The seeds of one pair of documents: word positions in ``a`` and in ``b``, sorted by both."""

    a: int
    b: int
    at_a: Ints
    at_b: Ints


def fingerprints(words: Ints) -> Longs:
    """A number for every three words in a row, whatever their order; two shorter than the words.

    >>> one, other = np.array([4, 7, 9], np.int32), np.array([9, 4, 7], np.int32)
    >>> bool(fingerprints(one)[0] == fingerprints(other)[0]), len(fingerprints(one[:2]))
    (True, 0)
    """
    if len(words) < 3:
        return np.zeros(0, np.int64)
    first, second, third = words[:-2], words[1:-1], words[2:]
    low = np.minimum(np.minimum(first, second), third).astype(np.int64)
    high = np.maximum(np.maximum(first, second), third).astype(np.int64)
    middle = first.astype(np.int64) + second + third - low - high
    return (low << 42) + (middle << 21) + high


@dataclass(slots=True)
class Postings:
    """Every place of every fingerprint that occurs twice, sorted by fingerprint and then by place.

    ``place[i]`` is a word of the collection, ``last[i]`` the row after the last one that it is to be joined with, and
    ``rows`` the rows in the order of the places.
    """

    place: Ints
    last: Ints
    rows: Ints


def _postings(collection: Collection) -> tuple[Postings, Ints]:
    document = np.repeat(np.arange(collection.documents, dtype=np.int32), np.diff(collection.first))
    prints = fingerprints(collection.numbers)
    whole = np.flatnonzero(document[:-2] == document[2:]).astype(np.int32)
    order = np.argsort(prints[whole], kind="stable")
    place = whole[order]
    prints = prints[place]
    opens = np.flatnonzero(np.r_[True, prints[1:] != prints[:-1]]) if len(prints) else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[opens, len(prints)])
    keep = np.repeat(sizes > 1, sizes) & ~_too_often(prints, document[place])
    place, prints = place[keep], prints[keep]
    return _bounded(place, prints, document), document


def _too_often(prints: Longs, document: Ints) -> npt.NDArray[np.bool_]:
    """Marks the rows of fingerprints that stand in one document more than `OFTEN` times."""
    if not len(prints):
        return np.zeros(0, np.bool_)
    opens = np.flatnonzero(np.r_[True, (prints[1:] != prints[:-1]) | (document[1:] != document[:-1])])
    sizes = np.diff(np.r_[opens, len(prints)])
    return np.repeat(sizes > OFTEN, sizes)


def _bounded(place: Ints, prints: Longs, document: Ints) -> Postings:
    rows = np.arange(len(place), dtype=np.int64)
    if not len(place):
        empty = np.zeros(0, np.int32)
        return Postings(empty, empty, empty)
    new_print = np.r_[True, prints[1:] != prints[:-1]]
    opens = np.flatnonzero(new_print)
    sizes = np.diff(np.r_[opens, len(prints)])
    last = np.repeat(opens + sizes, sizes)
    new_document = new_print | np.r_[True, document[place][1:] != document[place][:-1]]
    documents = np.add.reduceat(new_document.astype(np.int64), opens)
    bounded = np.where(np.repeat(documents > MANY, sizes), np.minimum(last, rows + LINKS + 1), last)
    return Postings(place, bounded.astype(np.int32), np.argsort(place, kind="stable").astype(np.int32))


def find_seeds(collection: Collection, bits: Floats | None = None, least: float = 0.0) -> Iterator[Seeds]:
    """The seeds of every pair of documents that has two seeds near each other, pair by pair.

    Pairs in which no run of seeds has words of ``least`` bits together are left out; ``bits`` weighs every word.

    Pairs come with ``a`` before or equal to ``b`` in the order of the collection; ``a == b`` is a document's own
    repetition, where ``at_a`` lies before ``at_b``.

    >>> pair, = find_seeds(Collection.of(["the old ferry sank off Port Asker", "Hale said the old ferry sank"]))
    >>> pair.a, pair.b, pair.at_a.tolist(), pair.at_b.tolist()
    (0, 1, [0, 1], [2, 3])
    """
    postings, document = _postings(collection)
    row_of_first = np.searchsorted(postings.place[postings.rows], collection.first)
    partners = (postings.last[postings.rows] - postings.rows - 1).astype(np.int64)
    load = np.r_[0, np.cumsum(partners)]
    weights = bits[collection.numbers] if bits is not None else None
    begin = 0
    while begin < collection.documents:
        ceiling = load[row_of_first[begin]] + BLOCK
        end = int(np.searchsorted(load[row_of_first], ceiling, "right")) - 1
        end = min(max(end, begin + 1), collection.documents)
        here = slice(int(row_of_first[begin]), int(row_of_first[end]))
        for pair, at_a, at_b in _block(collection, postings, document, postings.rows[here], partners[here]):
            keep = near(pair, at_a, at_b)
            pair, at_a, at_b = pair[keep], at_a[keep], at_b[keep]
            if weights is not None:
                keep = strong(pair, at_a, weights, least)
                pair, at_a, at_b = pair[keep], at_a[keep], at_b[keep]
            yield from _by_pair(collection, pair, at_a, at_b)
        begin = end


def _block(
    collection: Collection, postings: Postings, document: Ints, rows: Ints, partners: Longs
) -> Iterator[tuple[Longs, Ints, Ints]]:
    """All seeds of some documents, sorted by pair, then by place in ``a`` and in ``b``: pair, place, place."""
    total = int(partners.sum())
    if not total:
        return
    left = np.repeat(rows, partners)
    step = np.arange(total, dtype=np.int64) - np.repeat(np.cumsum(partners) - partners, partners)
    at_a, at_b = postings.place[left], postings.place[left + 1 + step]
    pair = document[at_a].astype(np.int64) * collection.documents + document[at_b]
    order = np.argsort(pair, kind="stable")
    yield pair[order], at_a[order], at_b[order]


def _by_pair(collection: Collection, pair: Longs, at_a: Ints, at_b: Ints) -> Iterator[Seeds]:
    if not len(pair):
        return
    opens = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]])
    for begin, end in zip(opens.tolist(), [*opens[1:].tolist(), len(pair)], strict=True):
        a, b = divmod(int(pair[begin]), collection.documents)
        yield Seeds(a, b, at_a[begin:end] - collection.first[a], at_b[begin:end] - collection.first[b])


def strong(pair: Longs, at_a: Ints, weights: Floats, least: float) -> npt.NDArray[np.bool_]:
    """Marks the seeds of pairs that have, in some run of seeds in ``a``, words of ``least`` bits together.

    ``weights`` are the bits of every word of the collection. What the seeds of a run cover is the most that any chain
    of them can cover.

    >>> pair, places = np.array([5, 5, 9, 9]), np.array([0, 1, 0, 40], np.int32)
    >>> strong(pair, places, np.full(50, 8.0), 30).tolist()
    [True, True, False, False]
    """
    if not len(pair):
        return np.zeros(0, np.bool_)
    new_pair = np.r_[True, pair[1:] != pair[:-1]]
    gap = np.where(new_pair, GAP + 3, np.r_[0, np.diff(at_a)])
    covered = weights[at_a + 2] * (gap > 0) + weights[at_a + 1] * (gap > 1) + weights[at_a] * (gap > 2)
    runs = np.flatnonzero(gap > GAP + 2)
    best = np.maximum.reduceat(np.add.reduceat(covered, runs), np.flatnonzero(new_pair[runs]))
    marks: npt.NDArray[np.bool_] = (best >= least)[np.cumsum(new_pair) - 1]
    return marks


def near(pair: Longs, at_a: Ints, at_b: Ints) -> npt.NDArray[np.bool_]:
    """Marks seeds, sorted by pair and place, that have another of their pair near on both sides.

    Near is at most `GAP` words away and at most `SHIFT` words off the diagonal; each seed is compared with the three
    after it, so that a repeated phrase between two seeds does not part them.
    """
    keep = np.zeros(len(pair), np.bool_)
    for step in (1, 2, 3):
        if len(pair) <= step:
            break
        over_a = at_a[step:].astype(np.int64) - at_a[:-step]
        over_b = at_b[step:].astype(np.int64) - at_b[:-step]
        close = (pair[step:] == pair[:-step]) & (over_a <= GAP) & (np.abs(over_b) <= GAP)
        close &= (np.abs(over_a - over_b) <= SHIFT) & (over_a > 0)
        keep[step:] |= close
        keep[:-step] |= close
    return keep
