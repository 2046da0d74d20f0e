"""Places told by their distance and direction from another: "10 km north of Hale" is an area with its own middle.

>>> bearing("The bridge lies 12 miles south-west of Hale.", 39)
(16, 19.3, 225.0)
"""

from __future__ import annotations

import math
import re
from functools import cache

from variorum.lists import toml

__all__ = ["bearing", "moved"]

_FAR: int = toml("limits")["places"]["bearing"]
_EARTH_KM = 6371.0


@cache
def _told() -> re.Pattern[str]:
    words = toml("place_words")["bearing"]
    units, numbers = "|".join(sorted(words["units"], key=len, reverse=True)), "|".join(words["numbers"])
    sides = "|".join(sorted(words["sides"], key=len, reverse=True))
    amount = rf"[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?|(?:{numbers})"
    return re.compile(
        rf"\b(?P<amount>{amount})[ -](?P<unit>{units})\.? (?:away )?(?:to the |due )?(?P<side>{sides})(?:wards?)? of "
        rf"(?:(?:the |downtown |central )?(?:(?:{words['before']}) of )?)?$",
        re.IGNORECASE,
    )


def bearing(text: str, place: int) -> tuple[int, float, float] | None:
    """Where a distance and direction before a place begin, the kilometres, and the degrees from north; None without."""
    found = _told().search(text, max(0, place - _FAR), place)
    if found is None:
        return None
    words = toml("place_words")["bearing"]
    amount = words["numbers"].get(found["amount"].lower())
    number = float(amount) if amount is not None else float(found["amount"].replace(",", "."))
    side = re.sub(r"[ -]", "", found["side"].lower())
    return found.start(), round(number * words["units"][found["unit"].lower()], 1), float(words["sides"][side])


def moved(lat: float, lon: float, kilometres: float, degrees: float) -> tuple[float, float]:
    """The point so many kilometres from another in a direction, on a sphere.

    >>> moved(36.2, 37.16, 10, 0)
    (36.2899, 37.16)
    """
    turn, far = math.radians(degrees), kilometres / _EARTH_KM
    low = math.radians(lat)
    high = math.asin(math.sin(low) * math.cos(far) + math.cos(low) * math.sin(far) * math.cos(turn))
    across = math.atan2(math.sin(turn) * math.sin(far) * math.cos(low), math.cos(far) - math.sin(low) * math.sin(high))
    return round(math.degrees(high), 4), round((lon + math.degrees(across) + 540) % 360 - 180, 4)
