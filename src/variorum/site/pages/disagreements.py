"""Disagreements: every comparison of readings, conflicts and the most telling first, each with its words."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from variorum import records as r
from variorum.site import reviews
from variorum.site.axis import drawn
from variorum.site.citations import of_page
from variorum.site.listing import Facet, Item, Listing, kept, review_facet, story_facet
from variorum.site.render import DISAGREEMENTS, Renderer
from variorum.site.safe import filled
from variorum.site.telling import groups
from variorum.verdicts import Standing

__all__ = ["Side", "publish", "side_by_side", "sides"]

SHOWN = tuple(s.value for s in Standing if s is not Standing.SINGLE)


class Side(NamedTuple):
    """Readings alike, and who gives them; only the first few are printed."""

    witnesses: list[str]
    shown: list[r.Reading]
    rest: int


def publish(render: Renderer) -> None:
    """Write the list of what was judged; single readings are on the pages of their events."""
    listed = render.judged
    kinds = tuple(kind for kind in SHOWN if kind != Standing.UNJUDGED)
    Listing(
        "disagreements",
        [kept(render, v.verdict_id, _item) for v in listed],
        _facets(render, listed, kinds),
        DISAGREEMENTS,
    ).publish(
        render,
        "disagreements.html",
        current="disagreements.html",
        title="Disagreements",
        kicker=_kicker(render, listed),
        deck=_deck(render, listed),
        cite=of_page(render.g.about, "Disagreements", "disagreements.html"),
        table=["verdicts", "readings"],
    )


def side_by_side(render: Renderer) -> None:
    """Write the list of what belongs together and no rule can judge."""
    listed = render.unjudged
    facets = _facets(render, listed, (Standing.UNJUDGED.value,))
    Listing("side-by-side", [kept(render, v.verdict_id, _item) for v in listed], facets, DISAGREEMENTS).publish(
        render,
        "side-by-side.html",
        current="side-by-side.html",
        title="Side by side",
        kicker=_kicker(render, listed),
        deck=_beside(render, listed),
        cite=of_page(render.g.about, "Side by side", "side-by-side.html"),
        table=["verdicts", "readings"],
    )


def _facets(render: Renderer, listed: list[r.Verdict], kinds: tuple[str, ...]) -> list[Facet]:
    g = render.g
    return [
        Facet("verdict", "Verdict", "checks", {v: render.verdict(v) for v in kinds}, kinds),
        Facet("sure", "", "switch", {"low": "the less sure too"}, ("low",)),
        Facet("again", "", "switch", {"again": "those too that say the same again"}, ("again",)),
        Facet("attribute", "Attribute", "select", {v.attribute: render.words.attribute(v.attribute) for v in listed}),
        *story_facet(render),
        Facet("by", "Witness", "select", {w.witness: f"{w.siglum} {render.name(w)}" for w in g.witnesses}),
        Facet("party", "Party"),
        *review_facet(render, "verdicts"),
    ]


def _item(render: Renderer, key: str) -> Item:
    g = render.g
    v = g.verdict[key]
    readings = [g.readings[x] for x in v.readings if x in g.readings]
    event = g.event.get(v.event or "")
    html = render.macro("rows.html", "disagreement")(
        v, heading(render, v, ""), sides(readings), drawn(render, readings), "", [x.witness for x in readings]
    )
    witnesses = list(dict.fromkeys(x.witness for x in readings))
    facets = {
        "verdict": [v.verdict],
        "sure": [v.sure],
        "again": ["again"] if v.repeats in g.verdict else [],
        "attribute": [v.attribute],
        "by": witnesses,
        "story": [name] if (name := g.stories.name(v.event or "")) else [],
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
        filled(" <small><bdi>{}</bdi></small>", v.scope[:90])
        if v.scope and v.scope not in ("total", v.attribute)
        else Markup()
    )
    event = render.event_link(root, v.event) + Markup(": ") if v.event in render.g.event else Markup()
    return filled("{}{}{}", event, render.words.attribute(v.attribute), scope)


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
    words, number = render.words, render.words.number
    sure = [v for v in listed if v.sure != "low"]
    count = {kind: sum(v.verdict == kind for v in sure) for kind in SHOWN}
    first, *judged = (number(count[s]) for s in (Standing.CONFLICT, Standing.COMPATIBLE, Standing.AGREE))
    text = filled("<strong>{} conflict</strong>, {} compatible, {} agree. ", words.cap(first), *judged)
    low = len(listed) - len(sure)
    if low:
        text += filled("{} less sure. ", words.cap(words.several(low, "comparison is", "comparisons are")))
    if render.unjudged:
        text += filled(
            '{} <a href="side-by-side.html">side by side unjudged</a>, because no rule can judge.',
            words.cap(words.several(len(render.unjudged), "more stands", "more stand")),
        )
    return text


def _beside(render: Renderer, listed: list[r.Verdict]) -> Markup:
    if not listed:
        return Markup("Nothing stands side by side unjudged.")
    return filled(
        "{} speak of one thing, but no rule can judge how they stand: the reader compares the words.",
        render.words.cap(render.words.several(len(listed), "comparison whose readings", "comparisons whose readings")),
    )
