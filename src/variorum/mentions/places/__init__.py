"""Places: the names of places in a text, and which place each means.

Found by the gazetteer, by words of kind and by where words stand; weighed fact by fact (`facts`); settled together
(`resolve`). Peoples ("the Askerans") are not places, though they speak for their country when names are settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from variorum.gazetteer import Gazetteer, open_gazetteer
from variorum.language.tree import tree_of
from variorum.lists import toml
from variorum.mentions.places.bearings import bearing, moved
from variorum.mentions.places.candidates import Candidate, candidates
from variorum.mentions.places.containers import containers, neighbours
from variorum.mentions.places.coordinates import Position, positions
from variorum.mentions.places.facts import Sight, facts
from variorum.mentions.places.metonymy import is_metonym
from variorum.mentions.places.readings import gather
from variorum.mentions.places.resolve import Naming, settle
from variorum.mentions.places.rows import Settled, row
from variorum.mentions.places.weights import likelihood
from variorum.mentions.places.words import Words, covered, labels_of, split
from variorum.records import Place
from variorum.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from variorum.config import Config
    from variorum.mentions import Found

__all__ = ["THRESHOLD", "find", "find_in_text"]

BLUR: float = toml("limits")["places"]["blur"]
"""The reach of "10 km north of X" as a share of the distance: directions are told in eighths of a circle."""
THRESHOLD: float = toml("limits")["places"]["threshold"]
"""Log odds above which a candidate is taken for a place; below 0, since a missed place costs a reader more."""


def find(doc: Doc, found: Found, config: Config) -> list[Place]:
    """The places of a parsed text; the layer of names, where there is one, is one fact more."""
    layer = doc.spans.get("names", None)
    labelled = None if layer is None else [(Span(s.start_char, s.end_char), s.label_) for s in layer]
    times = [Span(t.start, t.end) for t in found.times]
    return find_in_text(tree_of(doc).text, found.witness, times, labelled, config.gazetteer_table)


def find_in_text(
    text: str,
    witness: str = "",
    times: Iterable[Span] = (),
    labelled: Iterable[tuple[Span, str]] | None = None,
    table: str | None = None,
) -> list[Place]:
    """The places of a plain text, in order; ``times`` are spans that name times ("March"), never places.

    ``table`` is a gazetteer for this run alone, asked first.
    """
    gazetteer, words, told = open_gazetteer(table=table), split(text), positions(text)
    taken = covered(words, [*times, *(Span(p.start, p.end) for p in told)])
    every = candidates(words, gazetteer, taken)
    labels = None if labelled is None else labels_of(words, labelled)
    sight = Sight(words, every, labels, gazetteer)
    named = labels is not None
    kept = [c for c in every if not c.is_people and likelihood(facts(sight, c), named) > THRESHOLD]
    settled = _settled(witness, words, kept, [c for c in every if c.is_people], gazetteer)
    rows = (row(settled, n, False) for n in range(len(kept)))
    by_name = [
        replace(place, metonym=True) if is_metonym(words, candidate, place.kind) else place
        for candidate, place in zip(kept, rows, strict=True)
    ]
    away = [area for place in by_name if (area := _away(text, place)) is not None]
    places = [*by_name, *away, *(_position(text, witness, one) for one in told)]
    return sorted(places, key=lambda place: (place.start, -place.end))


def _away(text: str, place: Place) -> Place | None:
    """The area that lies so far from a place in some direction: "10 km north of Hale"."""
    told = bearing(text, place.start) if place.lat is not None and place.precision != "near" else None
    if told is None or place.lat is None or place.lon is None:
        return None
    start, kilometres, degrees = told
    lat, lon = moved(place.lat, place.lon, kilometres, degrees)
    name, within = " ".join(text[start : place.end].split()), ", ".join(w for w in (place.name, place.within) if w)
    reach = round(max(1.0, BLUR * kilometres, place.radius_km or 0.0), 1)
    return Place(
        place.witness, start, place.end, text[start : place.end], name, "place", lat, lon, None, within, "area", reach,
        country=place.country,
    )  # fmt: skip


def _position(text: str, witness: str, one: Position) -> Place:
    """A place that is told by its latitude and longitude."""
    words = text[one.start : one.end]
    precision, reach = ("point", None) if one.exact else ("area", round(one.reach_km, 2))
    name = " ".join(words.split())
    return Place(witness, one.start, one.end, words, name, "place", one.lat, one.lon, None, None, precision, reach)


def _settled(
    witness: str, words: Words, kept: Sequence[Candidate], peoples: Sequence[Candidate], gazetteer: Gazetteer
) -> Settled:
    inside = containers(words, kept, gazetteer)
    namings, which = gather(words, kept, inside, gazetteer)
    for n, other in enumerate(neighbours(words, kept)):
        if other is not None and which[n] != which[other]:
            namings[which[n]].beside.append(namings[which[other]])
    settle([*namings, *_voting(words, peoples, gazetteer)])
    return Settled(witness, words, kept, inside, namings, which, gazetteer)


def _voting(words: Words, peoples: Sequence[Candidate], gazetteer: Gazetteer) -> list[Naming]:
    """The peoples that a text names, as names that vote for their country and mean no place."""
    counted: dict[str, Naming] = {}
    for people in peoples:
        key = words.key(people.first, people.last)
        if key not in counted:
            entries = [gazetteer.entry(n) for n in people.finding.numbers[:5]]
            counted[key] = Naming(key, entries, count=0, votes_only=True)
        counted[key].count += 1
    return list(counted.values())
