"""What several formats ask of an edition: its events with who tells them, where they are, and in which words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
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


def events(tables: Mapping[str, pa.Table]) -> list[Told]:
    """Every event with what belongs to it."""
    claims = {c["claim"]: c for c in rows(tables, "claims")}
    sigla: dict[str, str] = {w["witness"]: w["siglum"] for w in rows(tables, "witnesses")}
    made = {e["event"]: Told(e) for e in rows(tables, "events")}
    for tell in rows(tables, "tells"):
        if tell["event"] in made and tell["claim"] in claims and claims[tell["claim"]]["type"] != IN_PASSING:
            made[tell["event"]].claims.append(claims[tell["claim"]])
    for name in ("verdicts", "readings"):
        for row in rows(tables, name):
            if row["event"] in made:
                getattr(made[row["event"]], name).append(row)
    positions = _positions(tables)
    for told in made.values():
        told.sigla = list(dict.fromkeys(str(sigla.get(c["witness"], c["witness"])) for c in told.claims))
        told.places = [positions[p] for p in dict.fromkeys(told.event["places"] or []) if p in positions]
    return list(made.values())


def _positions(tables: Mapping[str, pa.Table]) -> dict[str, Row]:
    """For each place name the position that most mentions of it were given."""
    counts: dict[str, Counter[tuple[float, float]]] = defaultdict(Counter)
    first: dict[tuple[str, float, float], Row] = {}
    for p in rows(tables, "places"):
        lat, lon = p["lat"], p["lon"]
        if (
            lat is None
            or lon is None
            or not (math.isfinite(lat) and math.isfinite(lon))
            or abs(lat) > 90
            or abs(lon) > 180
        ):
            continue
        counts[p["name"]][lat, lon] += 1
        first.setdefault((p["name"], lat, lon), p)
    return {name: first[name, *count.most_common(1)[0][0]] for name, count in counts.items()}
