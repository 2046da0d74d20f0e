"""All passages that a collection's documents share, as rows: seeds, pieces and passages put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from variorum.engine import Told
from variorum.lists import toml
from variorum.records import Parallel
from variorum.reuse.align import Scale, find_pieces
from variorum.reuse.passages import APART, FEW, Passage, merge, snap
from variorum.reuse.seeds import Seeds, find_seeds
from variorum.reuse.sentences import light_sentences
from variorum.reuse.weights import Floats, needed_bits, unigram_bits
from variorum.reuse.words import Collection

__all__ = ["Comparison", "Documents", "Whole", "compare", "parallel_row"]

_SET = toml("reuse")["compare"]
BESIDE: float = _SET["beside"]
OWN: float = _SET["own"]
SEEDS: float = _SET["seeds"]
NAME: float = _SET["name"]


@dataclass(slots=True)
class Documents:
    """What is compared: ids and texts in one order; sentences and names of a document, where they are known.

    ``sentences`` and ``names`` map an id to character spans.
    """

    ids: Sequence[str]
    texts: Sequence[str]
    sentences: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    names: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@dataclass(slots=True)
class Whole:
    """The size of the whole collection, and how often it has each word, where only a part of it is at hand."""

    documents: int
    words: int
    counts: dict[str, int] = field(default_factory=dict)

    def bits(self, words: list[str]) -> Floats:
        """The bits of the words given.

        >>> Whole(2, 8, {"ferry": 2, "the": 4}).bits(["the", "ferry"]).tolist()
        [1.0, 2.0]
        """
        return np.log2(max(1, self.words) / np.array([float(self.counts.get(word, 1)) for word in words] or [1.0]))


class Comparison:
    """The collection read once, and what pairs of its documents need again and again."""

    def __init__(self, documents: Documents, whole: Whole | None = None) -> None:
        self.documents = documents
        self.collection = Collection.of(documents.texts)
        if whole is None:
            self.bits = unigram_bits(self.collection.counts)
            whole = Whole(len(documents.ids), len(self.collection.numbers))
        else:
            self.bits = whole.bits(self.collection.words_by_number)
        self.few = whole.documents < FEW
        self.needed = needed_bits(whole.words, whole.documents)
        self.edges = lru_cache(maxsize=4096)(self._edges)
        self.running = lru_cache(maxsize=8)(self._running)
        self.light = lru_cache(maxsize=4096)(self._light)

    def spans(self, document: int) -> list[tuple[int, int]]:
        """The sentences of a document in characters."""
        known = self.documents.sentences.get(self.documents.ids[document])
        return light_sentences(self.documents.texts[document]) if known is None else known

    def _edges(self, document: int) -> tuple[list[int], list[tuple[int, int]]]:
        """The numbers of the words that begin the sentences that have words, with these sentences' spans."""
        first, last = self.collection.first[document], self.collection.first[document + 1]
        starts = self.collection.starts[first:last]
        spans = self.spans(document)
        begins = np.searchsorted(starts, [span[0] for span in spans]).tolist()
        after = [*begins[1:], len(starts)]
        kept = [i for i in range(len(spans)) if begins[i] < after[i]]
        return [begins[i] for i in kept] + [len(starts)], [spans[i] for i in kept]

    def _running(self, document: int) -> list[float]:
        return [0.0, *np.cumsum(self.bits[self.collection.words(document)]).tolist()]

    def _light(self, document: int) -> Floats | None:
        names = self.documents.names.get(self.documents.ids[document])
        if not names:
            return None
        first, last = self.collection.first[document], self.collection.first[document + 1]
        factors = np.ones(last - first)
        starts = self.collection.starts[first:last]
        for start, end in names:
            low, high = np.searchsorted(starts, [start, end])
            factors[low:high] = NAME
        return factors

    def passages(self, seeds: Seeds) -> list[Passage]:
        """The passages of one pair of documents, when the best of its pieces weighs enough."""
        needed = self.needed + (OWN if self.few and seeds.a == seeds.b else 0)
        sides = self.collection.words(seeds.a), self.collection.words(seeds.b)
        pieces = find_pieces(seeds, sides, Scale(self.bits, self.running(seeds.a), needed, self.light(seeds.a)))
        if not pieces:
            return []
        passages = merge(pieces, FEW if self.few else APART)
        return [passage for passage in passages if passage.bits >= BESIDE * needed]

    def side(self, document: int, start: int, end: int) -> tuple[int, int]:
        """The characters of a passage's words in a document, moved to sentence edges where these are near."""
        edges, spans = self.edges(document)
        start, end, moved = snap(start, end, edges)
        if moved:
            return spans[edges.index(start)][0], spans[edges.index(end) - 1][1]
        return self.collection.span(document, start, end)

    def row(self, seeds: Seeds, passage: Passage) -> Parallel:
        """The passage as a row."""
        a = self.side(seeds.a, passage.a_start, passage.a_end)
        b = self.side(seeds.b, passage.b_start, passage.b_end)
        ids, texts = self.documents.ids, self.documents.texts
        return parallel_row((ids[seeds.a], texts[seeds.a], a), (ids[seeds.b], texts[seeds.b], b), passage)


def parallel_row(
    a: tuple[str, str, tuple[int, int]], b: tuple[str, str, tuple[int, int]], passage: Passage
) -> Parallel:
    """A passage as a row of the table, the side with the smaller id (or the earlier place) first."""
    (a_id, a_text, a_span), (b_id, b_text, b_span) = sorted((a, b), key=lambda side: (side[0], side[2]))
    kind = "verbatim" if passage.shared >= 0.95 and not passage.reordered else "close"
    why = f"{passage.shared:.0%} of the words are the same" + (", in another order" if passage.reordered else "")
    a_words, b_words = a_text[slice(*a_span)], b_text[slice(*b_span)]
    bits = round(passage.bits, 1)
    return Parallel(a_id, *a_span, a_words, b_id, *b_span, b_words, kind, bits, "undecided", why)


def compare(documents: Documents, told: Told | None = None) -> Iterator[Parallel]:
    """All passages that two documents share, or that one repeats, in the order of the documents.

    ``told(done, total)`` hears how many documents have been compared with all that follow them.

    >>> song = "Nobody saw the old ferry leave the quay that morning, and nobody asked the harbour master why it went."
    >>> texts = ["It was a cold day in autumn. " + song, song + " Hale kept silent.", "The council met twice."]
    >>> row, = compare(Documents(["a", "b", "c"], texts))
    >>> row.a_witness, row.b_witness, row.kind, row.a_text == song
    ('a', 'b', 'verbatim', True)
    """
    comparison = Comparison(documents)
    done = 0
    for seeds in find_seeds(comparison.collection, comparison.bits, SEEDS * comparison.needed):
        if told and seeds.a > done:
            done = seeds.a
            told(done, len(documents.ids))
        for passage in comparison.passages(seeds):
            yield comparison.row(seeds, passage)
