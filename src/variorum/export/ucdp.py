"""UCDP-like events: low, best and high of the deaths that the witnesses tell, with date and place precision.

The columns are named as in the UCDP Georeferenced Event Dataset. The edition has no opinion on which account is right,
so ``best`` stays empty unless the user names a rule for it; the rule is written into every row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.dates import bounds, order
from variorum.errors import ConfigError
from variorum.export.csv_tables import write_rows
from variorum.export.told import Row, Told, events
from variorum.verdicts import ranked

__all__ = ["RULES", "count", "deaths", "highest", "write"]

COLUMNS = [
    "id",
    "label",
    "type",
    "date_start",
    "date_end",
    "date_prec",
    "where_coordinates",
    "where_prec",
    "latitude",
    "longitude",
    "number_of_sources",
    "number_of_lineages",
    "low",
    "best",
    "high",
    "best_rule",
    "readings",
    "verdict",
    "source_article",
]

ROLES = frozenset(["killed"])


def _latest(readings: list[Row]) -> float | None:
    dated = sorted((x for x in readings if x["as_of"]), key=lambda x: order(x["as_of"]))
    return _middle(dated[-1]) if dated else None


def _median(readings: list[Row]) -> float | None:
    middles = [m for m in (_middle(x) for x in readings) if m is not None]
    return median(middles) if middles else None


RULES: dict[str, Callable[[list[Row]], float | None]] = {
    "lowest": lambda readings: min((x["low"] for x in readings if x["low"] is not None), default=None),
    "highest": lambda readings: max((x["high"] for x in readings if x["high"] is not None), default=None),
    "median": _median,
    "latest": _latest,
}
"""Rules for ``best``: lowest lower bound, highest upper bound, median of middles, latest dated reading."""


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write one row for each event; ``best`` names one of `RULES`, without it the column is empty."""
    rule = options.get("best")
    if rule is not None and rule not in RULES:
        raise ConfigError(f"option best={rule}", "there is no such rule", f"it is one of {', '.join(RULES)}")
    write_rows(COLUMNS, (_row(told, rule) for told in events(tables)), out)


def deaths(told: Told) -> list[Row]:
    """The readings of an event's dead as a whole that have a number."""
    return [x for x in told.readings if (x["role"] or x["attribute"]) in ROLES and x["level"] == "total" and _finite(x)]


def _row(told: Told, rule: str | None) -> Row:
    found = deaths(told)
    span = bounds(told.event["date"])
    place = told.places[0] if told.places else None
    best = RULES[rule](found) if rule and found else None
    return {
        "id": told.event["event"],
        "label": told.event["label"],
        "type": told.event["type"],
        "date_start": span.first if span else None,
        "date_end": span.last if span else None,
        "date_prec": span.precision if span else None,
        "where_coordinates": (told.event["places"] or [None])[0],
        "where_prec": _where(place, told),
        "latitude": place["lat"] if place else None,
        "longitude": place["lon"] if place else None,
        "number_of_sources": told.event["witnesses"],
        "number_of_lineages": told.event["lineages"],
        "low": count(RULES["lowest"](found)),
        "best": count(best),
        "high": count(highest(found)),
        "best_rule": rule or "none named",
        "readings": "; ".join(f"{x['witness']}: {x['text']}" for x in found),
        "verdict": _verdict(told),
        "source_article": "; ".join(told.sigla),
    }


def highest(deaths: list[Row]) -> float | None:
    """The highest upper bound; open where any reading has none, since nobody said where it ends."""
    return None if any(x["high"] is None for x in deaths) else RULES["highest"](deaths)


def _where(place: Row | None, told: Told) -> int | None:
    """UCDP's steps as far as they can be told: 1 a position, 2 near one, 4 an area, 7 a place without a position."""
    if place is None:
        return 7 if told.event["places"] else None
    return {"point": 1, "near": 2}.get(place["precision"], 4)


def _middle(reading: Row) -> float | None:
    low, high = reading["low"], reading["high"]
    if low is None or high is None:
        return float(low if high is None else high) if (low, high) != (None, None) else None
    return (float(low) + float(high)) / 2


def _finite(reading: Row) -> bool:
    ends = [x for x in (reading["low"], reading["high"]) if x is not None]
    return bool(ends) and all(math.isfinite(x) for x in ends)


def count(value: float | None) -> int | float | None:
    """A count without a point where it is whole."""
    return None if value is None else int(value) if value == int(value) else value


def _verdict(told: Told) -> str | None:
    kinds = [v["verdict"] for v in told.verdicts if v["attribute"] in ROLES and v["sure"] != "low"]
    return min(kinds, key=ranked, default=None)
