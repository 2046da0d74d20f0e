"""The middle of a country: of its largest piece of land, from the outline in the package countryinfo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

__all__ = ["centre", "middle_of_ring"]


MAINLAND = 0.6
"""Where the largest piece of land has a smaller share of a country than this, the country is islands."""


def centre(info: dict[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude of a country's middle, or None without outline and point.

    Halfway between the package's own point and the middle of the largest piece of land, since both are conventions;
    for a country of islands its own point alone.
    """
    pieces = [found for ring in _rings(info.get("geoJSON") or {}) if (found := middle_of_ring(ring))]
    point = info.get("latlng")
    told = (float(point[0]), float(point[1])) if point and len(point) == 2 else None
    if not pieces:
        return told
    best = max(pieces, key=lambda piece: piece[2])
    if told is None:
        return round(best[0], 3), round(best[1], 3)
    if best[2] < MAINLAND * sum(piece[2] for piece in pieces):
        return told
    return round((best[0] + told[0]) / 2, 3), round((best[1] + told[1]) / 2, 3)


def _rings(shape: dict[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """The outer rings of every polygon of a feature collection."""
    for feature in shape.get("features") or []:
        geometry = feature.get("geometry") or {}
        polygons = geometry.get("coordinates") or []
        for polygon in [polygons] if geometry.get("type") == "Polygon" else polygons:
            if polygon:
                yield polygon[0]


def middle_of_ring(ring: Sequence[Sequence[float]]) -> tuple[float, float, float] | None:
    """Latitude, longitude and area (in square degrees) of a closed ring of [longitude, latitude] pairs.

    >>> middle_of_ring([[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]])
    (1.0, 1.0, 4.0)
    """
    area = lat = lon = 0.0
    for (x0, y0, *_), (x1, y1, *_) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area += cross
        lon += (x0 + x1) * cross
        lat += (y0 + y1) * cross
    if abs(area) < 1e-9:
        return None
    return lat / (3 * area), lon / (3 * area), abs(area) / 2
