"""A district whose area no table gives: it lies where the text's other places of the same division lie."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.gazetteer import TOWNS, Entry, Gazetteer
from variorum.mentions.places.resolve import Naming

__all__ = ["middle_of_division"]


def middle_of_division(
    namings: Sequence[Naming], entry: Entry, gazetteer: Gazetteer
) -> tuple[float | None, float | None, float | None]:
    """Latitude, longitude and radius in km for an entry without a point.

    The mean of the text's towns in its division, with the reach of a district; without any the division itself.
    """
    inside = [
        n.best for n in namings
        if n.best is not None and n.best.division == entry.division and n.best.kind in TOWNS and n.best.lat is not None
    ][:50]  # fmt: skip
    if inside:
        lat = sum(e.lat for e in inside if e.lat is not None) / len(inside)
        lon = sum(e.lon for e in inside if e.lon is not None) / len(inside)
        return round(lat, 4), round(lon, 4), max(50.0, entry.radius_km)
    head = gazetteer.head(entry.division)
    return (head.lat, head.lon, head.radius_km) if head is not None else (None, None, None)
