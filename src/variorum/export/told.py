"""What several formats ask of an edition: its events with who tells them, where they are, and in which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

__all__ = ["Told", "events", "rows"]

Row = dict[str, Any]


@dataclass
class Told:
    """One event: its row, the claims that tell it, its sigla, its verdicts, readings and placed places."""

    event: Row
    claims: list[Row] = field(default_factory=list)
    sigla: list[str] = field(default_factory=list)
    verdicts: list[Row] = field(default_factory=list)
    readings: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)


IN_PASSING = "act"
"""The type of claims that only name an act."""


def rows(tables: Mapping[str, pa.Table], name: str) -> list[Row]:
    """The rows of a table; a table that is missing has none."""
    table = tables.get(name)
    found: list[Row] = [] if table is None else table.to_pylist()
    return found


BATCH = 500
"""Events whose rows are held as Python values at once."""


def events(tables: Mapping[str, pa.Table]) -> Iterator[Told]:
    """Every event with what belongs to it, in the order of the table; some hundred are held at once.

    >>> list(events({}))
    []
    """
    table = tables.get("events")
    if table is None:
        return
    sigla: dict[str, str] = dict(_columns(tables, "witnesses", "witness", "siglum"))
    positions = _positions(tables)
    at = {"claims": _told_by(tables), **{name: _at(tables, name) for name in ("verdicts", "readings")}}
    for start in range(0, table.num_rows, BATCH):
        batch = table.slice(start, BATCH).to_pylist()
        held = {name: _taken(tables, name, [at[name].get(e["event"], []) for e in batch]) for name in at}
        for n, event in enumerate(batch):
            told = Told(event, held["claims"][n], [], held["verdicts"][n], held["readings"][n])
            told.sigla = list(dict.fromkeys(str(sigla.get(c["witness"], c["witness"])) for c in told.claims))
            told.places = [positions[p] for p in dict.fromkeys(event["places"] or []) if p in positions]
            yield told


def _columns(tables: Mapping[str, pa.Table], name: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    table = tables.get(name)
    if table is not None:
        yield from zip(*(table[column].to_pylist() for column in columns), strict=True)


def _told_by(tables: Mapping[str, pa.Table]) -> dict[str, list[int]]:
    """For each event the rows of the claims that tell it, none in passing."""
    number = {c: n for n, (c, kind) in enumerate(_columns(tables, "claims", "claim", "type")) if kind != IN_PASSING}
    found: dict[str, list[int]] = defaultdict(list)
    for claim, event in _columns(tables, "tells", "claim", "event"):
        if claim in number:
            found[event].append(number[claim])
    return found


def _at(tables: Mapping[str, pa.Table], name: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for n, (event,) in enumerate(_columns(tables, name, "event")):
        found[event].append(n)
    return found


def _taken(tables: Mapping[str, pa.Table], name: str, wanted: list[list[int]]) -> list[list[Row]]:
    """The rows of a table by lists of their numbers."""
    flat = [n for numbers in wanted for n in numbers]
    if not flat:
        return [[] for _ in wanted]
    held = iter(tables[name].take(flat).to_pylist())
    return [[next(held) for _ in numbers] for numbers in wanted]


def _positions(tables: Mapping[str, pa.Table]) -> dict[str, Row]:
    """For each place name the position that most mentions of it were given."""
    counts: dict[str, Counter[tuple[float, float]]] = defaultdict(Counter)
    first: dict[tuple[str, float, float], int] = {}
    for n, (name, lat, lon) in enumerate(_columns(tables, "places", "name", "lat", "lon")):
        if lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180:  # no number is neither
            counts[name][lat, lon] += 1
            first.setdefault((name, lat, lon), n)
    best = {name: first[name, *count.most_common(1)[0][0]] for name, count in counts.items()}
    return dict(zip(best, (held[0] for held in _taken(tables, "places", [[n] for n in best.values()])), strict=True))
