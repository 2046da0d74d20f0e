"""The middle of a country: of its largest piece of land, from the outline in the package countryinfo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

__all__ = ["centre", "middle_of_ring"]


def centre(info: dict[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude of a country's middle; without an outline the package's own point; None without both."""
    best: tuple[float, float, float] | None = None
    for ring in _rings(info.get("geoJSON") or {}):
        found = middle_of_ring(ring)
        if found and (best is None or found[2] > best[2]):
            best = found
    point = info.get("latlng")
    if best is not None:
        return round(best[0], 3), round(best[1], 3)
    return (float(point[0]), float(point[1])) if point and len(point) == 2 else None


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
