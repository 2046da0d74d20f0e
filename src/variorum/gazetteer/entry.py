"""An entry of a gazetteer: one place with its kind, its point or area, and what it lies in."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AREAS", "KINDS", "TOWNS", "Entry", "Finding", "kind_bit"]

KINDS = (
    "country", "province", "district", "city", "town", "village", "region", "continent", "sea", "lake", "river",
    "mountain", "island", "bay", "strait", "canal", "street", "building", "place", "people", "capital",
)  # fmt: skip
"""Every kind an entry may have; ``province`` is a country's first division, ``district`` the one below it, ``people``
an adjective that speaks for its country and is itself no place; ``capital`` a city that is its country's capital."""

TOWNS = frozenset({"capital", "city", "town", "village"})
"""Kinds that are drawn as pins."""

AREAS = frozenset({"country", "province", "district", "region", "continent", "sea", "lake", "river", "mountain",
                   "island", "bay", "strait", "canal"})  # fmt: skip
"""Kinds that are drawn as areas, never as pins."""

_BIT = {kind: 1 << number for number, kind in enumerate(KINDS)}


def kind_bit(*kinds: str) -> int:
    """The kinds as one number, a bit for each.

    >>> kind_bit("country", "district")
    5
    """
    return sum(_BIT[k] for k in set(kinds))


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of a gazetteer; ``division`` is country and first division, as in "US.LA"; radius in kilometres."""

    number: int
    name: str
    kind: str
    lat: float | None
    lon: float | None
    country: str
    division: str
    population: int = 0
    radius_km: float = 0.0
    geonames_id: int | None = None

    @property
    def is_area(self) -> bool:
        """True when the place is drawn as an area."""
        return self.kind in AREAS


@dataclass(frozen=True, slots=True)
class Finding:
    """What a gazetteer has under one key: entry numbers, their kinds as bits, and the largest population."""

    numbers: tuple[int, ...]
    kinds: int
    population: int
