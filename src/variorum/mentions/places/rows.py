"""From settled names to rows: the point or area of each place, how precise it is, and what else it might have been.

A place no gazetteer has is never given a pin. It has the area of what the text says it lies in, else only the
neighbourhood of the nearest place of the text ("near"), else nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.gazetteer import AREAS, TOWNS, Entry, Gazetteer
from variorum.lists import toml
from variorum.mentions.places.candidates import Candidate
from variorum.mentions.places.divided import middle_of_division
from variorum.mentions.places.resolve import Naming, contains
from variorum.mentions.places.words import Words
from variorum.records import Place

__all__ = ["Settled", "row"]

NEAR_KM: float = toml("limits")["places"]["near_km"]
_MOST_ALTERNATIVES: int = toml("limits")["places"]["alternatives"]


@dataclass(frozen=True, slots=True)
class Settled:
    """A text with its candidates kept as places, the container of each (or None) and the name of each, settled."""

    witness: str
    words: Words
    kept: Sequence[Candidate]
    inside: Sequence[int | None]
    namings: Sequence[Naming]
    which: Sequence[int]
    gazetteer: Gazetteer

    def naming(self, number: int) -> Naming:
        """The name of a candidate."""
        return self.namings[self.which[number]]

    def form(self, number: int) -> str:
        """A candidate's own words."""
        candidate = self.kept[number]
        return self.words.text[self.words.starts[candidate.first] : self.words.ends[candidate.last - 1]]


@dataclass(frozen=True, slots=True)
class _Where:
    lat: float | None
    lon: float | None
    precision: str
    radius_km: float | None
    country: str
    division: str


def row(settled: Settled, number: int, metonym: bool) -> Place:
    """The row of one place."""
    candidate, naming = settled.kept[number], settled.naming(number)
    start, end = settled.words.starts[candidate.first], settled.words.ends[candidate.last - 1]
    text, best = settled.words.text[start:end], naming.best
    where = _known(settled, best, candidate) if best else _unknown(settled, number)
    kind = _kind(candidate, best)
    typed_area = best is not None and best.kind in TOWNS and kind in AREAS
    return Place(
        witness=settled.witness, start=start, end=end, text=text,
        name=best.name if best and not typed_area else " ".join(text.split()), kind=kind,
        lat=where.lat, lon=where.lon, geonames_id=best.geonames_id if best and not typed_area else None,
        within=_within(settled, number, where, best), precision=where.precision, radius_km=where.radius_km,
        metonym=metonym, alternatives=_alternatives(settled.gazetteer, naming), country=where.country or None,
    )  # fmt: skip


def _kind(candidate: Candidate, best: Entry | None) -> str:
    told = candidate.typed or candidate.told
    if best is None:
        return told or "place"
    if best.kind == "capital" and told not in AREAS:
        return "city"
    if best.kind in TOWNS and told in (TOWNS | {"district", "province", "region", "island"}):
        return told or best.kind
    return best.kind


def _known(settled: Settled, best: Entry, candidate: Candidate) -> _Where:
    if best.lat is None:
        lat, lon, radius = middle_of_division(settled.namings, best, settled.gazetteer)
        return _Where(lat, lon, "area", radius, best.country, best.division)
    kind = _kind(candidate, best)
    if kind in AREAS or best.is_area:
        radius = best.radius_km or (30.0 if kind == "district" else NEAR_KM)
        return _Where(best.lat, best.lon, "area", radius, best.country, best.division)
    return _Where(best.lat, best.lon, "point", None, best.country, best.division)


def _unknown(settled: Settled, number: int) -> _Where:
    """The area of the container, else the neighbourhood of the nearest place of the text that has a point."""
    container = settled.inside[number]
    if container is not None and (outer := settled.naming(container).best) is not None and outer.lat is not None:
        return _Where(outer.lat, outer.lon, "area", outer.radius_km or 30.0, outer.country, outer.division)
    nearest = _nearest(settled, number)
    if nearest is None or nearest.lat is None:
        return _Where(None, None, "none", None, "", "")
    if nearest.is_area:
        return _Where(nearest.lat, nearest.lon, "area", nearest.radius_km or NEAR_KM, nearest.country, nearest.division)
    return _Where(nearest.lat, nearest.lon, "near", NEAR_KM, nearest.country, nearest.division)


_REACH: int = toml("limits")["places"]["beside"]


def _nearest(settled: Settled, number: int) -> Entry | None:
    """The place with a point that stands nearest in the text: a town, else any area."""
    kept, area = settled.kept, None
    here = kept[number].first
    near = range(max(0, number - _REACH), min(len(kept), number + _REACH + 1))
    for other in sorted(near, key=lambda n: abs(kept[n].first - here)):
        best = settled.naming(other).best
        if best is None or best.lat is None or best.kind == "people":
            continue
        if best.kind in TOWNS:
            return best
        area = area or best
    return area


def _within(settled: Settled, number: int, where: _Where, best: Entry | None) -> str | None:
    """What it lies in, smallest first: the text's own container, the division, the country."""
    gazetteer, names = settled.gazetteer, []
    container = settled.inside[number]
    if container is not None:
        outer = settled.naming(container).best
        told = outer is None or best is None or outer.kind not in ("country", "province") or contains(outer, best)
        names += [outer.name if outer else settled.form(container)] if told else []
    for code in (where.division, where.country):
        head = gazetteer.head(code) if code else None
        if head is not None and (best is None or head != best):
            names.append(head.name)
    return ", ".join(dict.fromkeys(names)) or None


def _alternatives(gazetteer: Gazetteer, naming: Naming) -> list[str]:
    found = [_described(gazetteer, entry) for _, entry in naming.scores[1 : _MOST_ALTERNATIVES + 1]]
    return list(dict.fromkeys(found))


def _described(gazetteer: Gazetteer, entry: Entry) -> str:
    heads = [gazetteer.head(code) for code in dict.fromkeys((entry.division, entry.country)) if code]
    names = [h.name for h in heads if h is not None and h != entry]
    return ", ".join([entry.name, *names])
