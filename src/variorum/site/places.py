"""Places for the maps: a stated position is a point; what is only known to lie in an area is drawn as the area."""

from __future__ import annotations

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
    made = [p | {"events": events[p["name"]]} for p in (render.positions[name] for name in events) if p]
    return sorted(made, key=lambda p: (-len(p["events"]), p["name"]))


def places_of(render: Renderer, event: r.Event) -> list[dict[str, Any]]:
    """The places of one event, for the small map on its page."""
    found = [render.positions[name] for name in dict.fromkeys(event.places)]
    return [p | {"where": reach(p)} for p in found if p]


def reach(place: dict[str, Any]) -> str:
    """Where a place is, in words: its position, or its position and how far the area reaches."""
    lat, lon = place["lat"], place["lon"]
    at = f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.2f}° {'E' if lon >= 0 else 'W'}"
    if place["precision"] == "point":
        return at
    return f"an area of about {place['radius']:.0f} km around {at}" if place["radius"] else f"an area around {at}"
