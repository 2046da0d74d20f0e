"""Events in the columns of event coders: ACLED-like rows and PLOVER records, with a codebook of our types.

Nothing is filled in: a day that nobody told is left empty, and a count of dead stands only by a rule that was named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.dates import bounds
from variorum.errors import ConfigError
from variorum.export import ucdp
from variorum.export.csv_tables import write_rows
from variorum.export.told import Row, Told, events
from variorum.lists import rows as listed

__all__ = ["ACLED", "acled", "plover"]

ACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "date_start", "date_end", "event_type",
    "sub_event_type", "actor1", "actor2", "country", "location", "latitude", "longitude", "geo_precision", "source",
    "notes",
    "fatalities", "fatalities_low", "fatalities_high", "fatalities_rule",
]  # fmt: skip
"""The columns, as in ACLED's codebook, and those that say what theirs cannot: spans of days, bounds and the rule."""
PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
"""UCDP's steps of dates as ACLED's: a day, some days or a week, a month; wider ones have none."""


def _types() -> dict[str, dict[str, str]]:
    return {row["type"]: row for row in listed("plover")}


def acled(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """A row for each event whose type has a counterpart in ACLED; ``best`` names the rule of ``fatalities``."""
    rule = options.get("best")
    if rule is not None and rule not in ucdp.RULES:
        raise ConfigError(f"option best={rule}", "there is no such rule", f"it is one of {', '.join(ucdp.RULES)}")
    types = _types()
    told = [t for t in events(tables) if types.get(t.event["type"], {}).get("acled_event_type")]
    write_rows(ACLED, (_acled(t, types[t.event["type"]], rule) for t in told), out)


def _acled(told: Told, kind: Mapping[str, str], rule: str | None) -> Row:
    span = bounds(told.event["date"])
    day = span.first if span and span.precision == 1 else None
    place = told.places[0] if told.places else None
    deaths = ucdp.deaths(told)
    return {
        "event_id_cnty": told.event["event"],
        "event_date": day,
        "year": span.first[:-6] if span and span.first and span.last and span.first[:-6] == span.last[:-6] else None,
        "time_precision": PRECISION.get(span.precision) if span else None,
        "date_start": span.first if span else None,
        "date_end": span.last if span else None,
        "event_type": kind["acled_event_type"],
        "sub_event_type": kind["acled_sub_event_type"],
        "actor1": _said(told, "agent"),
        "actor2": _said(told, "patient"),
        "country": place.get("country") if place else None,
        "location": (told.event["places"] or [None])[0],
        "latitude": place["lat"] if place else None,
        "longitude": place["lon"] if place else None,
        "geo_precision": {"point": 1, "near": 2}.get(place["precision"], 3) if place else None,
        "source": "; ".join(told.sigla),
        "notes": " | ".join(dict.fromkeys(f"{c['witness']}: {c['text']}" for c in told.claims[:6])),
        "fatalities": ucdp.count(ucdp.RULES[rule](deaths)) if rule and deaths else None,
        "fatalities_low": ucdp.count(ucdp.RULES["lowest"](deaths)),
        "fatalities_high": ucdp.count(ucdp.highest(deaths)),
        "fatalities_rule": rule or "none named",
    }


def _said(told: Told, role: str) -> str | None:
    """The name that most accounts give to a role, where any gives one."""
    names = [c[role] for c in told.claims if c[role]]
    return max(dict.fromkeys(names), key=names.count, default=None)


def plover(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """A JSON record a line for each event of a PLOVER type; what PLOVER has no type for is left out."""
    types = _types()
    for told in events(tables):
        if types.get(told.event["type"], {}).get("origin") == "PLOVER":
            out.write((json.dumps(_plover(told), ensure_ascii=False) + "\n").encode("utf-8", "replace"))


def _plover(told: Told) -> Row:
    span = bounds(told.event["date"])
    places = [
        {
            "name": p["name"],
            "lat": p["lat"],
            "lon": p["lon"],
            "precision": p["precision"],
            "geonames_id": p["geonames_id"],
        }
        for p in told.places
    ]
    return {
        "id": told.event["event"],
        "event_type": told.event["type"].upper(),
        "date": {"edtf": told.event["date"], "start": span.first if span else None, "end": span.last if span else None},
        "source": sorted({c["agent"] for c in told.claims if c["agent"]}),
        "recipient": sorted({c["patient"] for c in told.claims if c["patient"]}),
        "location": places,
        "text": [
            {"doc_id": c["witness"], "start": c["start"], "end": c["end"], "text": c["text"]} for c in told.claims
        ],
        "num_sources": told.event["witnesses"],
        "num_lineages": told.event["lineages"],
    }
