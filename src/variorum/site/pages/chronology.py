"""Chronology: every event by date, who tells it in how many lineages, how readings stand; a line of time and a map."""

from __future__ import annotations

from typing import Any

from variorum.site import reviews
from variorum.site.band import band
from variorum.site.citations import of_page
from variorum.site.gathered import OF_EVENTS
from variorum.site.listing import Facet, Item, Listing, kept, review_facet, story_facet
from variorum.site.places import event_places, reach
from variorum.site.render import Renderer

__all__ = ["publish"]


def publish(render: Renderer) -> None:
    """Write the list, its data, and the places of its map."""
    g = render.g
    items = [kept(render, e.event, _item) for e in g.events]
    facets = [
        Facet("verdict", "Verdict", "checks", {v: render.verdict(v) for v in OF_EVENTS}, OF_EVENTS),
        *story_facet(render),
        _by(render),
        Facet("party", "Party"),
        Facet("place", "Place"),
        Facet("type", "Type", labels={e.type: render.words.type(e.type) for e in g.events}),
        Facet("kind", "Kind", labels=render.words.kinds),
        *review_facet(render, "events"),
    ]
    places = event_places(render)
    if places:
        render.data("data/places.js", "places", places)
    Listing("chronology", items, facets, 100).publish(
        render,
        "chronology.html",
        current="chronology.html",
        title="Chronology",
        kicker=_kicker(render),
        band=band(render),
        placed=[_listed(p) for p in places],
        cite=of_page(g.about, "Chronology", "chronology.html"),
        table=["events", "tells", "claims"],
    )


def _by(render: Renderer) -> Facet:
    few = len(render.g.witnesses) <= 14
    labels: dict[str, Any] = {
        w.witness: render.sig(w.witness) if few else f"{w.siglum} {render.name(w)}" for w in render.g.witnesses
    }
    return Facet(
        "by",
        "Told by all of" if few else "Told by",
        "every" if few else "select",
        labels,
        [w.witness for w in render.g.witnesses],
    )


def _item(render: Renderer, key: str) -> Item:
    g = render.g
    e = g.event[key]
    claims, when, verdict = g.told.get(e.event, []), g.when[e.event], g.standing(e.event)
    words = claims[0].text if claims else ""
    html = render.macro("rows.html", "chronology")(
        e, render.lineages.of(e.event), verdict, words, "", render.doubts(e.event)
    )
    tellers = g.tellers.get(e.event, [])
    facets = {
        "verdict": [verdict],
        "story": [name] if (name := g.stories.name(e.event)) else [],
        "by": tellers,
        "party": sorted({g.witness[w].party or "" for w in tellers} - {""}),
        "place": list(dict.fromkeys(e.places)),
        "type": [e.type],
        "kind": [e.kind],
        "review": [reviews.value(g, "events", e.event)],
    }
    find = " ".join([e.label, *e.places, *(c.text for c in claims[:3])])[:400]
    return Item(e.event, html, facets, find, when.low if when else None, when.high if when else None)


def _kicker(render: Renderer) -> str:
    g = render.g
    dated = [w for w in (g.when[e.event] for e in g.events) if w]
    span = f", {dated[0].words} to {dated[-1].words}" if len(dated) > 1 else ""
    without = len(g.events) - len(dated)
    rest = f"; {render.words.number(without)} without a date, at the end" if without else ""
    return render.words.cap(render.words.several(len(g.events), "event")) + span + rest


def _listed(place: dict[str, Any]) -> dict[str, Any]:
    return {"name": place["name"], "where": reach(place)}
