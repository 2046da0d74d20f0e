"""The first divisions of countries (provinces, states, regions): their names are ours, their points come from towns.

The list of towns says only a code for the division that a town lies in. A table of divisions with their seats, and the
package countryinfo's lists of provinces, give these codes names; a division's point is the middle between the mean of
its towns and the centre of their bounding box, because weighting by population pulls it to one city.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from variorum.gazetteer.keys import fold

__all__ = ["Division", "Told", "Town", "area_of", "divisions"]


class Town(NamedTuple):
    """A town as the package gives it; ``code`` is its division's within the country.

    ``keys`` are those of its name and its alternates.
    """

    number: int
    name: str
    lat: float
    lon: float
    country: str
    code: str
    population: int
    alternates: Sequence[str]
    cyrillic: Sequence[str] = ()
    keys: Sequence[str] = ()


class Told(NamedTuple):
    """A division as a table tells it; ``alternates`` are parted by ;, ``middle`` is its rough centre where told."""

    country: str
    name: str
    seat: str
    alternates: str = ""
    middle: tuple[float, float] | None = None


class Division(NamedTuple):
    """A division with its area as a point and a radius in km; ``first`` is False for one inside another."""

    name: str
    alternates: tuple[str, ...]
    country: str
    code: str
    lat: float
    lon: float
    radius_km: float
    population: int
    first: bool


def area_of(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Latitude, longitude and radius in km of the area in which the points lie.

    >>> area_of([(10.0, 20.0), (12.0, 20.0)])
    (11.0, 20.0, 111.2)
    """
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    if max(lons) - min(lons) > 180:
        lons = [x + 360 if x < 0 else x for x in lons]
    lat = (sum(lats) / len(lats) + (min(lats) + max(lats)) / 2) / 2
    lon = (sum(lons) / len(lons) + (min(lons) + max(lons)) / 2) / 2
    north = (max(lats) - min(lats)) / 2 * 111.2
    east = (max(lons) - min(lons)) / 2 * 111.2 * math.cos(math.radians(lat))
    return round(lat, 4), round((lon + 180) % 360 - 180, 4), round(max(north, east, 5.0), 1)


def divisions(towns: Iterable[Town], table: Iterable[Told], lists: Mapping[str, Sequence[str]]) -> list[Division]:
    """The named divisions: from the table, then from lists of names by country."""
    members: dict[tuple[str, str], list[Town]] = defaultdict(list)
    named: dict[tuple[str, str], Town] = {}
    for town in towns:
        members[town.country, town.code].append(town)
        for key in town.keys:
            held = named.get((town.country, key))
            if held is None or held.population < town.population:
                named[town.country, key] = town
    rows = list(table)
    tabled = {(row.country, fold(name)) for row in rows for name in (row.name, *row.alternates.split(";"))}
    rows += [Told(c, n, n) for c, names in sorted(lists.items()) for n in names if (c, fold(n)) not in tabled]
    return _matched(rows, members, named)


def _matched(
    rows: Iterable[Told],
    members: Mapping[tuple[str, str], list[Town]],
    named: Mapping[tuple[str, str], Town],
) -> list[Division]:
    taken: set[tuple[str, str]] = set()
    found: list[Division] = []
    for country, name, seat, alternates, middle in rows:
        town = named.get((country, fold(seat)))
        if town is None:
            continue
        also = tuple(a for a in alternates.split(";") if a)
        inside = members[country, town.code]
        if (country, town.code) in taken and fold(name) == fold(seat):
            continue
        if (country, town.code) in taken:
            found.append(Division(name, also, country, town.code, town.lat, town.lon, 60.0, town.population, False))
        else:
            taken.add((country, town.code))
            lat, lon, radius = area_of([(t.lat, t.lon) for t in inside])
            lat, lon = middle or (lat, lon)
            people = sum(t.population for t in inside)
            found.append(Division(name, also, country, town.code, lat, lon, radius, people, True))
    return found
