"""Places for the maps: a stated position is a point; what is only known to lie in an area is drawn as the area."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from variorum import records as r
from variorum.site.render import Renderer

__all__ = ["event_places", "places_of", "reach"]


def event_places(render: Renderer) -> list[dict[str, Any]]:
    """Every place that events name and whose position is known, with those events; the most named first."""
    events: dict[str, list[str]] = defaultdict(list)
    for event in render.g.events:
        for name in dict.fromkeys(event.places):
            events[name].append(event.event)
    made = [p | {"events": events[p["name"]]} for p in (position(render, name) for name in events) if p]
    return sorted(made, key=lambda p: (-len(p["events"]), p["name"]))


def places_of(render: Renderer, event: r.Event) -> list[dict[str, Any]]:
    """The places of one event, for the small map on its page."""
    found = [position(render, name) for name in dict.fromkeys(event.places)]
    return [p | {"where": reach(p)} for p in found if p]


def position(render: Renderer, name: str) -> dict[str, Any] | None:
    """The position that most mentions of a name were given, or None."""
    if name not in render.positions:
        render.positions[name] = _position(render, name)
    return render.positions[name]


def _position(render: Renderer, name: str) -> dict[str, Any] | None:
    mentions = [p for p in render.g.places_by_name.get(name, []) if _on_earth(p)]
    if not mentions:
        return None
    counted: dict[tuple[float, float], list[r.Place]] = defaultdict(list)
    for p in mentions:
        counted[p.lat or 0.0, p.lon or 0.0].append(p)
    chosen = max(counted.values(), key=len)[0]
    radius = chosen.radius_km if chosen.radius_km and math.isfinite(chosen.radius_km) else None
    precision = "area" if chosen.precision in ("area", "near") or radius else "point"
    hues = sorted({render.hue(p.witness) for p in mentions})
    return {
        "name": name,
        "lat": chosen.lat,
        "lon": chosen.lon,
        "precision": precision,
        "radius": radius,
        "hue": hues[0] if len(hues) == 1 else "many",
    }


def reach(place: dict[str, Any]) -> str:
    """Where a place is, in words: its position, or its position and how far the area reaches."""
    lat, lon = place["lat"], place["lon"]
    at = f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.2f}° {'E' if lon >= 0 else 'W'}"
    if place["precision"] == "point":
        return at
    return f"an area of about {place['radius']:.0f} km around {at}" if place["radius"] else f"an area around {at}"


def _on_earth(p: r.Place) -> bool:
    return p.lat is not None and p.lon is not None and abs(p.lat) <= 90 and abs(p.lon) <= 180 and not p.metonym
