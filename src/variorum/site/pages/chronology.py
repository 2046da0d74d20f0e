"""Chronology: every event by date, who tells it in how many lineages, how readings stand; a line of time and a map."""

from __future__ import annotations

from typing import Any

from variorum import records as r
from variorum.site import reviews
from variorum.site.band import band
from variorum.site.citations import of_page
from variorum.site.gathered import OF_EVENTS
from variorum.site.listing import Facet, Item, Listing, review_facet
from variorum.site.places import event_places, reach
from variorum.site.press import Press

__all__ = ["publish"]


def publish(press: Press) -> None:
    """Write the list, its data, and the places of its map."""
    g = press.g
    items = [_item(press, e) for e in g.events]
    facets = [
        Facet("verdict", "Verdict", "checks", {v: press.verdict(v) for v in OF_EVENTS}, OF_EVENTS),
        _by(press),
        Facet("party", "Party"),
        Facet("place", "Place"),
        Facet("type", "Type", labels={e.type: press.words.type(e.type) for e in g.events}),
        Facet("kind", "Kind", labels=press.words.kinds),
        *review_facet(press, "events"),
    ]
    places = event_places(press)
    if places:
        press.data("data/places.js", "places", places)
    Listing("chronology", items, facets, 100).publish(
        press,
        "chronology.html",
        current="chronology.html",
        title="Chronology",
        kicker=_kicker(press),
        band=band(press),
        placed=[_listed(p) for p in places],
        cite=of_page(g.about, "Chronology", "chronology.html"),
        table=["events", "tells", "claims"],
    )


def _by(press: Press) -> Facet:
    few = len(press.g.witnesses) <= 14
    labels: dict[str, Any] = {
        w.witness: press.sig(w.witness) if few else f"{w.siglum} {press.name(w)}" for w in press.g.witnesses
    }
    return Facet(
        "by",
        "Told by all of" if few else "Told by",
        "every" if few else "select",
        labels,
        [w.witness for w in press.g.witnesses],
    )


def _item(press: Press, e: r.Event) -> Item:
    g = press.g
    claims, when, verdict = g.told.get(e.event, []), g.when[e.event], g.standing(e.event)
    words = claims[0].text if claims else ""
    html = press.macro("rows.html", "chronology")(e, press.lineages.of(e.event), verdict, words, "")
    tellers = g.tellers.get(e.event, [])
    facets = {
        "verdict": [verdict],
        "by": tellers,
        "party": sorted({g.witness[w].party or "" for w in tellers} - {""}),
        "place": list(dict.fromkeys(e.places)),
        "type": [e.type],
        "kind": [e.kind],
        "review": [reviews.value(g, "events", e.event)],
    }
    find = " ".join([e.label, *e.places, *(c.text for c in claims[:3])])[:400]
    return Item(e.event, html, facets, find, when.low if when else None, when.high if when else None)


def _kicker(press: Press) -> str:
    g = press.g
    dated = [w for w in (g.when[e.event] for e in g.events) if w]
    span = f", {dated[0].words} to {dated[-1].words}" if len(dated) > 1 else ""
    without = len(g.events) - len(dated)
    rest = f"; {press.words.number(without)} without a date, at the end" if without else ""
    return press.words.cap(press.words.several(len(g.events), "event")) + span + rest


def _listed(place: dict[str, Any]) -> dict[str, Any]:
    return {"name": place["name"], "where": reach(place)}
