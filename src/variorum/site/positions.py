"""Where a place lies, as most mentions of its name were given."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from variorum import records as r
from variorum.site.gathered import Gathered
from variorum.site.hues import Hues

__all__ = ["position"]


def position(g: Gathered, hues: Hues, name: str) -> dict[str, Any] | None:
    """The position that most mentions of a name were given, or None."""
    mentions = [p for p in g.places_by_name.get(name, []) if _on_earth(p)]
    if not mentions:
        return None
    counted: dict[tuple[float, float], list[r.Place]] = defaultdict(list)
    for p in mentions:
        counted[p.lat or 0.0, p.lon or 0.0].append(p)
    chosen = max(counted.values(), key=len)[0]
    radius = chosen.radius_km if chosen.radius_km and math.isfinite(chosen.radius_km) else None
    precision = "area" if chosen.precision in ("area", "near") or radius else "point"
    shown = sorted({hues.of.get(p.witness, "h0") for p in mentions})
    return {
        "name": name,
        "lat": chosen.lat,
        "lon": chosen.lon,
        "precision": precision,
        "radius": radius,
        "hue": shown[0] if len(shown) == 1 else "many",
    }


def _on_earth(p: r.Place) -> bool:
    return p.lat is not None and p.lon is not None and abs(p.lat) <= 90 and abs(p.lon) <= 180 and not p.metonym
