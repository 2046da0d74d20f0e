"""Positions in a text: latitude and longitude in degrees, minutes and seconds or decimals, and military grids (MGRS).

>>> [(p.lat, p.lon) for p in positions("The wreck lies at 59°23′N 21°42′E, 4 km off.")]
[(59.38333, 21.7)]
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from variorum.lists import toml

__all__ = ["Position", "positions"]

_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,8})?"
_DEGREES = (
    rf"{_NUMBER}\s?(?:°|º|deg\.?|degrees)?"
    rf"(?:\s?{_NUMBER}\s?(?:['′’]|min\.?|minutes|m\b))?(?:\s?{_NUMBER}\s?(?:[\"″”]|''|sec\.?|seconds))?"
)
_GLUE = r"\s?[,;/]?\s?(?:and\s|by\s)?"
_LAT, _LON = r"(?:N|S|North|South|north|south)(?:\.|\b)", r"(?:E|W|O|East|West|east|west)(?:\.|\b)"
_NAMED = r"(?:(?:[Ll]at(?:itude)?|[Ll]ong?(?:itude)?)\.?:?\s?)?"
_BEHIND = re.compile(
    rf"{_NAMED}(?P<lat>{_DEGREES})\s?(?P<ns>{_LAT}){_GLUE}{_NAMED}(?P<lon>{_DEGREES})\s?(?P<ew>{_LON})"
)
_BEFORE = re.compile(rf"\b(?P<ns>[NS])\s?(?P<lat>{_DEGREES}){_GLUE}(?P<ew>[EW])\s?(?P<lon>{_DEGREES})")
_BARE = re.compile(r"(?<![\d.,°-])(?P<lat>-?[0-9]{1,2}\.[0-9]{4,8}), ?(?P<lon>-?[0-9]{1,3}\.[0-9]{4,8})(?![\d.°])")
_GRID = re.compile(
    r"\b(?P<zone>[0-9]{1,2})(?P<band>[C-HJ-NP-X])\s?(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])\s?(?P<east>[0-9]{2,5})\s?(?P<north>[0-9]{2,5})\b"
)
_PART = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_EXACT_KM: float = toml("limits")["places"]["exact_km"]


class Position(NamedTuple):
    """Where a position stands in a text, what it says in degrees, and how exact it is in kilometres."""

    start: int
    end: int
    lat: float
    lon: float
    reach_km: float

    @property
    def exact(self) -> bool:
        """Whether it is drawn as a point."""
        return self.reach_km <= _EXACT_KM


def positions(text: str) -> list[Position]:
    """The positions of a text, in order and apart from each other; what lies off the globe is none."""
    if _PART.search(text) is None:
        return []
    found: list[Position] = []
    for one in sorted([*_degrees(text), *_grids(text)]):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def _degrees(text: str) -> Iterator[Position]:
    for pattern in (_BEHIND, _BEFORE, _BARE):
        for match in pattern.finditer(text):
            told = match.groupdict()
            lat, lon = _value(told["lat"]), _value(told["lon"])
            lat = -lat if told.get("ns", "")[:1] in ("S", "s") else lat
            lon = -lon if told.get("ew", "")[:1] in ("W", "w") else lon
            if abs(lat) <= 90 and abs(lon) <= 180 and _meant(text, match):
                end = match.end() - match.group().endswith(".")
                yield Position(match.start(), end, round(lat, 5), round(lon, 5), _reach(told["lat"]))


@cache
def _led() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:{toml('place_words')['coordinates']['led']})\b[^.;]{{0,30}}|\()$", re.IGNORECASE)


def _meant(text: str, match: re.Match[str]) -> bool:
    """Whether numbers are a position: "33 north and 4 east" lacks its degrees, a pair of decimals must be led in."""
    if match.re is _BARE:
        return _led().search(text, max(0, match.start() - 40), match.start()) is not None
    told = match["lat"].strip()
    return not told.isdigit() or "lat" in match.group().lower()[:4]


def _value(told: str) -> float:
    """Degrees, with their minutes and seconds."""
    parts = [float(part.replace(",", ".")) for part in _PART.findall(told)]
    value = math.fsum(part / 60.0**n for n, part in enumerate(parts[:3]))
    return -value if told.startswith("-") else value


def _reach(told: str) -> float:
    """Kilometres that the last digit told stands for, half of them to either side."""
    parts = _PART.findall(told)
    _, _, decimals = parts[-1].replace(",", ".").partition(".")
    steps: float = 60.0 ** (len(parts[:3]) - 1) * 10.0 ** len(decimals)
    return 111.0 / steps / 2


# --- the military grid, by the formulas of the transverse Mercator projection on WGS 84 (NGA.STND.0037) ---
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"


def _grids(text: str) -> Iterator[Position]:
    for match in _GRID.finditer(text):
        east, north = match["east"], match["north"]
        zone, columns = int(match["zone"]), _COLUMNS[(int(match["zone"]) - 1) % 3]
        if len(east) != len(north) or not 1 <= zone <= 60 or match["square"][0] not in columns:
            continue
        size = 10 ** (5 - len(east))
        easting = (columns.index(match["square"][0]) + 1) * 100_000 + (int(east) + 0.5) * size
        row = (_ROWS.index(match["square"][1]) - (5 if zone % 2 == 0 else 0)) % 20
        placed = _in_band(zone, match["band"], easting, row * 100_000 + (int(north) + 0.5) * size)
        if placed is not None:
            yield Position(match.start(), match.end(), *placed, size / 2000)


def _in_band(zone: int, band: str, easting: float, northing: float) -> tuple[float, float] | None:
    """The position whose northing, which repeats every 2,000 km, falls into the band of latitude."""
    low = -80 + 8 * _BANDS.index(band)
    high = low + (12 if band == "X" else 8)
    for turn in range(5):
        lat, lon = _from_utm(zone, easting, northing + 2_000_000 * turn, south=band < "N")
        if low - 0.1 <= lat <= high + 0.1:
            return round(lat, 5), round(lon, 5)
    return None


def _from_utm(zone: int, easting: float, northing: float, south: bool) -> tuple[float, float]:
    """Latitude and longitude of a point of a zone, by the series of Krueger to the third order of the flattening.

    >>> _from_utm(31, 448251.8, 5411932.7, south=False)
    (48.8582, 2.2945)
    """
    flattening, radius, scale = 1 / 298.257223563, 6_378_137.0, 0.9996
    n = flattening / (2 - flattening)
    meridian = radius / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    beta = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
    delta = (2 * n - 2 * n**2 / 3 - 2 * n**3, 7 * n**2 / 3 - 8 * n**3 / 5, 56 * n**3 / 15)
    xi = (northing - (10_000_000 if south else 0)) / (scale * meridian)
    eta = (easting - 500_000) / (scale * meridian)
    xi_, eta_ = xi, eta
    for j, b in enumerate(beta, start=1):
        xi_ -= b * math.sin(2 * j * xi) * math.cosh(2 * j * eta)
        eta_ -= b * math.cos(2 * j * xi) * math.sinh(2 * j * eta)
    chi = math.asin(math.sin(xi_) / math.cosh(eta_))
    lat = chi + sum(d * math.sin(2 * j * chi) for j, d in enumerate(delta, start=1))
    lon = math.atan2(math.sinh(eta_), math.cos(xi_)) + math.radians(zone * 6 - 183)
    return round(math.degrees(lat), 5), round(math.degrees(lon), 5)
