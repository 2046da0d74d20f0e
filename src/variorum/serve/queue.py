"""The queue: which rows a person should look at first, the most telling before the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from variorum.records import Stemma
from variorum.review.keys import key

__all__ = ["Queued", "queue"]

BESIDE = 1000.0
"""Rows on which people differ come first."""
AGAIN = 500.0
"""Then those that have changed since somebody judged them."""
UNSURE = 0.25
"""What is less sure comes after what is sure."""
DOUBT = 1.5
"""The weight of a doubtful join of two witnesses; each more adds a half."""
PARALLEL = 0.5
"""The weight of an edge of the stemma whose direction a rule has decided, for each thousand characters."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A row to be checked, how telling it is, and what is asked of it: ``verdict``, ``join`` or ``direction``."""

    table: str
    key: str
    score: float
    ask: str


def queue(tables: Mapping[str, pa.Table]) -> list[Queued]:
    """All rows to be checked, the most telling first; those that count as checked are left out."""
    seen: dict[tuple[str, str], str] = {}
    checked: set[tuple[str, str]] = set()
    for row in tables["reviewed"].to_pylist():
        seen[row["table"], row["row"]] = row["standing"]
        if row["checked"]:
            checked.add((row["table"], row["row"]))
    again = _again(tables["decisions"])
    found = []
    for one in (*_comparisons(tables), *_joins(tables), *_directions(tables)):
        place = (one.table, one.key)
        more = BESIDE if seen.get(place) == "beside" else AGAIN if place in again else 0.0
        if place not in checked or more:
            found.append(Queued(one.table, one.key, round(one.score + more, 4), one.ask))
    return sorted(found, key=lambda q: (-q.score, q.table, q.key))


def _again(decisions: pa.Table) -> set[tuple[str, str]]:
    """The rows of decisions that could not be obeyed."""
    found = set()
    for row in decisions.select(["state", "table", "rows"]).to_pylist():
        if row["state"] == "not obeyed":
            found |= {(table, r) for table in row["table"].split(", ") for r in row["rows"]}
    return found


def _comparisons(tables: Mapping[str, pa.Table]) -> Iterator[Queued]:
    for row in tables["verdicts"].select(["verdict_id", "weight", "sure", "verdict"]).to_pylist():
        weight = row["weight"] * (UNSURE if row["sure"] == "low" else 1.0)
        yield Queued("verdicts", row["verdict_id"], weight, "verdict")


def _joins(tables: Mapping[str, pa.Table]) -> Iterator[Queued]:
    """Events that the program itself doubts, told by two or more."""
    for row in tables["events"].select(["event", "doubt", "witnesses"]).to_pylist():
        if row["doubt"] and row["witnesses"] > 1:
            yield Queued("events", row["event"], DOUBT + 0.5 * (row["witnesses"] - 2), "join")


def _directions(tables: Mapping[str, pa.Table]) -> Iterator[Queued]:
    """Edges of the stemma between two witnesses."""
    size: dict[str, float] = defaultdict(float)
    for row in tables["stemma"].to_pylist():
        if not row["outside"] and Stemma(**row).directed:
            size[key("stemma", row)] += row["characters"]
    for name, characters in size.items():
        yield Queued("stemma", name, min(3.0, PARALLEL * characters / 1000), "direction")
