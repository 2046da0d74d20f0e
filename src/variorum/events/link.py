"""Links: which sentences of a collection belong together, with a score, the shared words and the reason.

Pairs come from an inverted index in SQL: sentences that share a word in at most 15 % of them (and at most 120), a told
day, a figure. Beyond some thousand sentences a pair needs more in common, and each sentence keeps its best ones, so
that the work stays near linear. The score is a logistic function of the features, whose prior falls with the size of
the collection: true pairs grow like n, pairs like n squared.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from variorum.engine import Engine
from variorum.events.features import FEATURES, Compared, compare
from variorum.lists import toml
from variorum.records import Link
from variorum.sentences import Collection, Passage, content, nested, opened, written

__all__ = ["POSTED", "POSTINGS", "Joined", "acts_linked", "candidates", "joined", "posted_parts", "probability"]

SMALL: int = toml("limits")["events"]["small"]
SMALLEST: int = toml("limits")["events"]["smallest"]
"""The prior rises no further in smaller collections."""
MOST_SENTENCES: float = toml("limits")["events"]["most_sentences"]
"""A word in more sentences makes no pairs."""
PLACE_WORDS: int = toml("limits")["events"]["place_words"]
"""So many words at most are taken for those of a place alone."""
AT_ONCE: int = toml("limits")["events"]["at_once"]
PAIRS = """
SELECT x.passage AS a, y.passage AS b, ROUND(SUM(x.idf), 6) AS mass FROM {over} x JOIN {over} y
ON x.item = y.item AND x.passage < y.passage WHERE x.passage >= {first} AND x.passage < {after} AND y.passage > {first}
GROUP BY x.passage, y.passage HAVING ROUND(SUM(x.idf), 6) >= {least}
"""
BEST = """
SELECT a, b, mass FROM (
    SELECT a, b, mass, ROW_NUMBER() OVER (PARTITION BY a ORDER BY mass DESC, b) AS i,
    ROW_NUMBER() OVER (PARTITION BY b ORDER BY mass DESC, a) AS j FROM event_pairs
) ranked WHERE i <= 30 OR j <= 30
"""
POSTED = pa.schema([("item", pa.string()), ("witness", pa.string()), ("start", pa.int64()), ("idf", pa.float64())])
POSTINGS = pa.schema([("key", pa.string()), pa.field("posted", pa.list_(pa.struct(list(POSTED))))])


class Joined:
    """Two passages, the probability that they tell the same happening, and why; ``thin`` where they have but a word."""

    __slots__ = ("a", "b", "score", "shared", "thin", "why")

    def __init__(
        self, a: Passage, b: Passage, score: float, shared: tuple[str, ...], why: str, thin: bool = False
    ) -> None:
        self.a, self.b, self.score, self.shared, self.why, self.thin = a, b, score, shared, why, thin


def probability(values: tuple[float, ...], size: int, across: bool = False, act: float = 0.0) -> float:
    """The score of a pair from its features, among ``size`` sentences.

    ``across`` where they lie in two stories; ``act`` is how likely claims of both tell one act.

    >>> nothing, much = (0.0,) * 10, (5.0, 5.0, 4.0, 4.0, 0.0, 1.0, 0.6, 0.5, 0.0, 0.0)
    >>> probability(nothing, 600) < 0.01 < 0.9 < probability(much, 600)
    True
    >>> probability(much, 600) > probability(much, 6000)
    True
    """
    table = toml("events")
    weights = table["weights"]
    logit = table["prior"]["intercept"] + math.log(table["prior"]["sentences"] / max(size, SMALLEST))
    logit += float(table["prior"]["across"]) if across else 0.0
    logit += float(table["acts"]["weight"]) * max(0.0, act - float(table["acts"]["from"]))
    logit += sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


def joined(
    collection: Collection,
    pairs: Iterable[tuple[int, int]],
    story: Sequence[str],
    acts: Mapping[tuple[int, int], Link],
    least: float = 0.05,
) -> list[Joined]:
    """Those of some pairs of passages, and of those that ``acts`` links, whose probability is ``least`` or more.

    ``story`` is that of each passage; the best pairs come first.
    """
    found = []
    size = Counter(story)
    items = collection.items
    for x, y in sorted({(min(pair), max(pair)) for pair in pairs} | acts.keys()):
        a, b = items[x], items[y]
        seen = compare(collection, a, b)
        across = story[x] != story[y]
        act = acts.get((x, y))
        score = probability(seen.values, collection.size if across else size[story[x]], across, act.score if act else 0)
        if score >= least and act is None and _only_where(a, b, seen.shared):
            score = lowered(score)
        if score >= least:
            shared = tuple(written(a.text, seen.shared))
            why = _why(shared, seen.time, seen.values)
            why = f"{why}; {act.why}" if act else why
            found.append(Joined(a, b, score, shared, why, _thin(a, b, seen)))
    return sorted(found, key=lambda j: (-j.score, j.a.number, j.b.number))


def _only_where(a: Passage, b: Passage, shared: Sequence[str]) -> bool:
    """True when two sentences share no word but those of a place that both name: a town sees many things in a day."""
    if not shared or len(shared) > PLACE_WORDS:
        return False
    named = [content(" ".join(p.text for p in passage.places)) for passage in (a, b)]
    return all(word in named[0] and word in named[1] for word in shared)


def _thin(a: Passage, b: Passage, seen: Compared) -> bool:
    """True when two sentences have no more than a word in common: no figure, and no time in the words of both."""
    own = a.times and b.times and seen.values[FEATURES.index("time")]
    return len(seen.shared) < 2 and not own and not seen.values[FEATURES.index("figure")]


def lowered(score: float) -> float:
    """The probability of a pair that shares only a place.

    >>> lowered(0.5) < 0.5
    True
    """
    odds = score / (1 - score) * math.exp(float(toml("events")["prior"]["place"]))
    return odds / (1 + odds)


def acts_linked(items: Sequence[Passage], told: Iterable[Link]) -> dict[tuple[int, int], Link]:
    """The surest link of acts between two sentences of two accounts."""
    at = {claim.claim: passage for passage in items for claim in passage.claims}
    bar = float(toml("events")["acts"]["from"])
    found: dict[tuple[int, int], Link] = {}
    for link in (one for one in told if one.score >= bar):
        a, b = at.get(link.claim_a), at.get(link.claim_b)
        if a is not None and b is not None and a.witness != b.witness:
            key = (min(a.number, b.number), max(a.number, b.number))
            if key not in found or found[key].score < link.score:
                found[key] = link
    return found


def _why(shared: tuple[str, ...], time: str, values: tuple[float, ...]) -> str:
    parts = []
    if shared:
        parts.append("both have " + ", ".join(f"“{word}”" for word in shared[:3]))
    if time:
        parts.append(f"their times meet (“{time}”)")
    for name, words in (
        ("figure", "the same figure in the same role"),
        ("yearly day", "a day of every year"),
        ("times apart", "but their own times do not meet"),
    ):
        if values[FEATURES.index(name)]:
            parts.append(words)
    return "; ".join(parts)


def candidates(engine: Engine, over: str, size: int) -> str:
    """The name of the table of pairs to compare, ``a`` and ``b``, from postings (``item``, ``passage``, ``idf``).

    Some sentences at a time are paired with all behind them, so that memory holds the likely pairs alone.
    """
    small = size <= SMALL
    found = []
    for first in range(0, max(1, size), AT_ONCE):
        query = PAIRS.format(over=over, first=first, after=first + AT_ONCE, least=3.0 if small else 9.0)
        engine.sql("event_pairs", query)
        found.append(engine.get("event_pairs"))
    engine.put("event_pairs", pa.concat_tables(found))
    if not small:
        engine.sql("event_best", BEST)
    return "event_pairs" if small else "event_best"


def posted_parts(batch: pa.Table) -> pa.Table:
    """What the sentences of some parts are found by, each with its rarity: the function that engines map over them."""
    parts = list(opened(batch))
    made = []
    for part in parts:
        collection = Collection(part.passages(), part.counts())
        limit = min(max(12.0, 0.15 * collection.size), MOST_SENTENCES)
        rows = [(key, p.witness, p.start, idf) for p in collection.items for key, idf in _keys(collection, p, limit)]
        made.append(pa.table([list(column) for column in zip(*rows, strict=True)] or [[]] * 4, schema=POSTED))
    return pa.table([[part.key for part in parts], nested(made, POSTED)], schema=POSTINGS)


def _keys(collection: Collection, passage: Passage, limit: float) -> Iterator[tuple[str, float]]:
    for word in passage.words:
        if 1 < collection.frequency[word] <= limit:
            yield word, collection.idf[word]
    seen: set[int] = set()
    for time in passage.times:
        if time.days.length <= 3 and collection.meeting(time.days) <= limit:
            seen.update(range(int(time.days.first), math.ceil(time.days.after)))
    for day in sorted(seen):
        yield f"day {day}", 3.0
    for day in sorted({math.floor(t.days.first) for t in passage.times if t.days.length <= 1}):
        for place in sorted({p.name for p in passage.places if p.kind != "country"}):
            yield f"day {day} at {place}", 9.0
    for figure in passage.figures:
        if figure.low is not None and figure.low > 2:
            yield f"figure {figure.role} {figure.low:g}", 3.0
