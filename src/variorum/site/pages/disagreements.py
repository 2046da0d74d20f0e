"""Disagreements: every comparison of readings, conflicts and the most telling first, each with its words."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from variorum import records as r
from variorum.site import reviews
from variorum.site.axis import drawn
from variorum.site.citations import of_page
from variorum.site.listing import Facet, Item, Listing, review_facet
from variorum.site.render import DISAGREEMENTS, Renderer
from variorum.site.telling import groups
from variorum.verdicts import Standing

__all__ = ["Side", "publish", "sides"]

SHOWN = tuple(s.value for s in Standing if s is not Standing.SINGLE)


class Side(NamedTuple):
    """Readings alike, and who gives them; only the first few are printed."""

    witnesses: list[str]
    shown: list[r.Reading]
    rest: int


def publish(render: Renderer) -> None:
    """Write the list; single readings are on the pages of their events."""
    g = render.g
    listed = [v for v in g.verdicts if v.verdict != Standing.SINGLE]
    items = [_item(render, v) for v in listed]
    facets = [
        Facet("verdict", "Verdict", "checks", {v: render.verdict(v) for v in SHOWN}, SHOWN),
        Facet("sure", "", "switch", {"low": "the less sure too"}, ("low",)),
        Facet("attribute", "Attribute", "select", {v.attribute: render.words.attribute(v.attribute) for v in listed}),
        Facet("by", "Witness", "select", {w.witness: f"{w.siglum} {render.name(w)}" for w in g.witnesses}),
        Facet("party", "Party"),
        *review_facet(render, "verdicts"),
    ]
    Listing("disagreements", items, facets, DISAGREEMENTS).publish(
        render,
        "disagreements.html",
        current="disagreements.html",
        title="Disagreements",
        kicker=_kicker(render, listed),
        deck=_deck(render, listed),
        cite=of_page(g.about, "Disagreements", "disagreements.html"),
        table=["verdicts", "readings"],
    )


def _item(render: Renderer, v: r.Verdict) -> Item:
    g = render.g
    readings = [g.readings[x] for x in v.readings if x in g.readings]
    event = g.event.get(v.event or "")
    html = render.macro("rows.html", "disagreement")(
        v, heading(render, v, ""), sides(readings), drawn(render, readings), "", [x.witness for x in readings]
    )
    witnesses = list(dict.fromkeys(x.witness for x in readings))
    facets = {
        "verdict": [v.verdict],
        "sure": [v.sure],
        "attribute": [v.attribute],
        "by": witnesses,
        "party": sorted({g.witness[w].party or "" for w in witnesses if w in g.witness} - {""}),
        "review": [reviews.value(g, "verdicts", v.verdict_id)],
    }
    return Item(
        v.verdict_id,
        html,
        facets,
        " ".join([event.label if event else "", v.attribute, v.why, *(x.text for x in readings[:6])])[:600],
    )


def heading(render: Renderer, v: r.Verdict, root: str) -> Markup:
    """What is compared: the attribute, its scope, and the event."""
    scope = (
        Markup(" <small><bdi>{}</bdi></small>").format(v.scope[:90])
        if v.scope and v.scope not in ("total", v.attribute)
        else Markup()
    )
    event = render.event_link(root, v.event) + Markup(": ") if v.event in render.g.event else Markup()
    return Markup("{}{}{}").format(event, render.words.attribute(v.attribute), scope)


def sides(readings: list[r.Reading], most: int = 3) -> list[Side]:
    """The readings, those alike together."""
    found = []
    for group in groups(readings):
        once = {(x.witness, x.text.lower()): x for x in reversed(group)}
        kept = list(reversed(once.values()))[:most]
        found.append(Side(list(dict.fromkeys(x.witness for x in group)), kept, len(once) - len(kept)))
    return found


def _kicker(render: Renderer, listed: list[r.Verdict]) -> str:
    return render.words.cap(render.words.several(len(listed), "comparison")) + " of what the witnesses say on one thing"


def _deck(render: Renderer, listed: list[r.Verdict]) -> Markup:
    sure = [v for v in listed if v.sure != "low"]
    count = {kind: sum(v.verdict == kind for v in sure) for kind in SHOWN}
    number = render.words.number
    low = len(listed) - len(sure)
    first, *judged = (number(count[s]) for s in (Standing.CONFLICT, Standing.COMPATIBLE, Standing.AGREE))
    text = Markup("<strong>{} conflict</strong>, {} compatible, {} agree. ").format(render.words.cap(first), *judged)
    if count[Standing.UNJUDGED]:
        text += Markup("{} stand side by side unjudged, because no rule can judge the words. ").format(
            render.words.cap(number(count[Standing.UNJUDGED]))
        )
    if low:
        text += Markup("{} less sure.").format(
            render.words.cap(render.words.several(low, "comparison is", "comparisons are"))
        )
    return text
