"""Which stretches are compared: all where they are few, else those that share rare words, by an index in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import pyarrow as pa

from variorum.engine import Engine
from variorum.lists import toml
from variorum.stories.likeness import Likeness
from variorum.stories.stretches import Stretch

__all__ = ["candidates"]

POSTINGS = pa.schema([("key", pa.string()), ("stretch", pa.int64()), ("idf", pa.float64())])
PAIRS = """
SELECT x.stretch AS a, y.stretch AS b, ROUND(SUM(x.idf), 6) AS mass FROM story_postings x JOIN story_postings y
ON x.key = y.key AND x.stretch < y.stretch GROUP BY x.stretch, y.stretch
"""
BEST = """
SELECT a, b FROM (
    SELECT a, b, ROW_NUMBER() OVER (PARTITION BY a ORDER BY mass DESC, b) AS i,
    ROW_NUMBER() OVER (PARTITION BY b ORDER BY mass DESC, a) AS j FROM story_pairs
) ranked WHERE i <= {best} OR j <= {best}
"""


def candidates(engine: Engine, items: Sequence[Stretch], like: Likeness) -> Iterator[tuple[int, int]]:
    """The pairs of stretches to compare, by their numbers, the smaller first."""
    table = toml("stories")["pairs"]
    if len(items) <= table["all"]:
        yield from combinations(range(len(items)), 2)
        return
    keys: list[str] = []
    numbers: list[int] = []
    rarity: list[float] = []
    for item in items:
        rare = sorted(
            (w for w in item.words if 1 < like.frequency[w] <= table["most"]), key=lambda w: (-like.idf[w], w)
        )
        for word in rare[: table["keys"]]:
            keys.append(word)
            numbers.append(item.number)
            rarity.append(like.idf[word])
    engine.put("story_postings", pa.table([keys, numbers, rarity], schema=POSTINGS))
    engine.sql("story_pairs", PAIRS)
    engine.sql("story_best", BEST.format(best=int(table["best"])))
    pairs = engine.get("story_best").sort_by([("a", "ascending"), ("b", "ascending")])
    yield from zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True)
