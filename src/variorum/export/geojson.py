"""GeoJSON (RFC 7946): one feature for each event at each of its places.

A place known only as an area is a polygon of its rough size; a point is given only where a position is stated. The
property ``precision`` says which it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import asin, atan2, cos, degrees, pi, radians, sin
from typing import Any, BinaryIO

import pyarrow as pa

from variorum.export.json_tables import plain
from variorum.export.told import Told, events
from variorum.verdicts import Standing

__all__ = ["circle", "write"]

EARTH_KM = 6371.0088
ASSUMED_KM = 15.0
"""The radius of an area of unknown size."""


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write a FeatureCollection; events whose places have no known position are features without a geometry."""
    features = [f for told in events(tables) for f in _features(told)]
    out.write(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode("utf-8", "replace")
    )


def _features(told: Told) -> list[dict[str, Any]]:
    if not told.places:
        return [{"type": "Feature", "id": told.event["event"], "geometry": None, "properties": _properties(told, None)}]
    return [
        {
            "type": "Feature",
            "id": f"{told.event['event']}/{n}",
            "geometry": _geometry(place),
            "properties": _properties(told, place),
        }
        for n, place in enumerate(told.places)
    ]


def _geometry(place: Mapping[str, Any]) -> dict[str, Any]:
    radius = place["radius_km"]
    if place["precision"] in ("area", "near") or radius:
        return {"type": "Polygon", "coordinates": [circle(place["lat"], place["lon"], radius or ASSUMED_KM)]}
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]]}


def _properties(told: Told, place: Mapping[str, Any] | None) -> dict[str, Any]:
    kept = {k: told.event[k] for k in ("event", "label", "kind", "type", "date", "witnesses", "lineages", "doubt")}
    kept |= {
        "told_by": told.sigla,
        "words": [c["text"] for c in told.claims[:12]],
        "conflicts": [v["why"] for v in told.verdicts if v["verdict"] == Standing.CONFLICT],
    }
    if place is not None:
        kept |= {
            "place": place["name"],
            "precision": place["precision"],
            "radius_km": place["radius_km"],
            "geonames_id": place["geonames_id"],
        }
    made: dict[str, Any] = plain(kept)
    return made


def circle(lat: float, lon: float, radius_km: float, corners: int = 32) -> list[list[float]]:
    """A ring around a point, counter-clockwise and closed, longitudes kept within 180 degrees.

    >>> ring = circle(57.8, -6.6, 10)
    >>> len(ring), ring[0] == ring[-1]
    (33, True)
    """
    reach, a, b = radius_km / EARTH_KM, radians(lat), radians(lon)
    ring = []
    for n in range(corners):
        bearing = -2 * pi * n / corners
        y = asin(sin(a) * cos(reach) + cos(a) * sin(reach) * cos(bearing))
        x = b + atan2(sin(bearing) * sin(reach) * cos(a), cos(reach) - sin(a) * sin(y))
        ring.append([round((degrees(x) + 180) % 360 - 180, 6), round(degrees(y), 6)])
    return [*ring, ring[0]]
