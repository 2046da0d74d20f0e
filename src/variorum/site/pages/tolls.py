"""Tolls: how many, as who counted them and up to when; readings of one question in order of value, with a chart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from variorum import records as r
from variorum.dates import in_words
from variorum.site.axis import drawn
from variorum.site.citations import of_page
from variorum.site.listing import Facet, Item, Listing, kept, story_facet
from variorum.site.marking import shown
from variorum.site.render import Renderer
from variorum.site.safe import filled
from variorum.site.steps import charted
from variorum.site.topics import Entry, Topic, figure
from variorum.verdicts import Standing

__all__ = ["Card", "card", "cards", "publish"]

SIZE = 25
"""Topics on a page of the list."""
ROWS = 12
"""Readings of a topic that are printed openly; the others are folded away."""
CHILDREN = 8
"""Narrower topics of a topic that are printed with it."""
STANDING = ("course", *(s.value for s in Standing))


class Line(NamedTuple):
    """A reading of a topic as a row of its table."""

    figure: str
    row: r.Toll
    counted_by: str
    as_of: str
    printed_by: list[str]


class Card(NamedTuple):
    """A topic as it is printed; ``lines`` and ``more`` are its readings in order of value."""

    topic: Topic
    said: Markup
    chart: Markup
    note: str
    lines: list[Line]
    more: list[Line]
    children: list[Card]
    left_out: int
    place: str


def publish(render: Renderer) -> None:
    """Write the list of topics that several accounts tell of, or one in several states; nothing where there is none."""
    g = render.g
    if not g.topics:
        return
    listed = [topic for topic in g.topics if not topic.alone]
    items = [kept(render, topic.key, _item) for topic in listed]
    roles = {topic.first.role: render.words.attribute(topic.first.role) for topic in listed}
    facets = [
        Facet("role", "Of whom", "select", roles),
        Facet("verdict", "Verdict", "checks", {s: standing(render, s) for s in STANDING}, STANDING),
        Facet("by", "Witness", "select", {w.witness: f"{w.siglum} {render.name(w)}" for w in g.witnesses}),
        *story_facet(render),
    ]
    Listing("tolls", items, facets, SIZE).publish(
        render,
        "tolls.html",
        current="tolls.html",
        title="Tolls",
        deck=_deck(render, listed),
        cite=of_page(g.about, "Tolls", "tolls.html"),
        table=["tolls"],
    )


def _deck(render: Renderer, kept: list[Topic]) -> Markup:
    words = render.words
    conflicts = sum(topic.standing == Standing.CONFLICT for topic in kept)
    courses = sum(topic.course for topic in kept)
    text = filled("{} of how many. ", words.cap(words.several(len(kept), "question")))
    if conflicts:
        text += filled("On <strong>{} the figures conflict</strong>. ", words.number(conflicts))
    if courses:
        text += filled(
            "{} only grow with the day up to which they count: a course, no conflict. ",
            words.cap(words.several(courses, "toll", "tolls")) if courses > 1 else "One toll’s figures",
        )
    alone = len(render.g.topics) - len(kept)
    if alone:
        text += filled(
            "{} that one account alone tells {} in the table.",
            words.cap(words.several(alone, "more question")),
            "is" if alone == 1 else "are",
        )
    return text


def _item(render: Renderer, key: str) -> Item:
    topic = render.g.topic[key]
    html = render.macro("rows.html", "toll")(card(render, topic), "")
    facets = {
        "role": [topic.first.role],
        "verdict": sorted({t.standing for t in (topic, *topic.children)}),
        "by": topic.witnesses,
        "story": [name] if (name := render.g.stories.name(topic.first.event or "")) else [],
    }
    words = [topic.label, *(c.label for c in topic.children), *(e.row.text for e in topic.entries[:8])]
    return Item(topic.key, html, facets, " ".join(words)[:600])


def standing(render: Renderer, kind: str) -> Markup:
    """The mark and word of how a topic stands; a course says that it is no conflict."""
    if kind == "course":
        return Markup('<span class="v course">a course, no conflict</span>')
    return render.verdict(kind)


def cards(render: Renderer, found: Iterable[Topic], most: int) -> list[Card]:
    """The first few of some topics that have something to compare, to be printed on another page."""
    return [card(render, topic, within=False) for topic in found if not topic.alone][:most]


def card(render: Renderer, topic: Topic, within: bool = True) -> Card:
    """A topic with its chart and its table; with ``within`` the narrower ones in it too."""
    chart = charted(render, topic)
    held = [render.g.readings[e.row.reading] for e in topic.entries if e.row.reading in render.g.readings]
    lines = [_line(entry) for entry in topic.entries]
    children = [child for child in topic.children if not child.alone] if within else []
    verdict = render.g.verdict.get(topic.first.verdict_id or "")
    return Card(
        topic,
        _said(render, topic),
        chart.svg or drawn(render, held),
        chart.note,
        lines[:ROWS],
        lines[ROWS:],
        [card(render, child, within=False) for child in children[:CHILDREN]],
        len(topic.children) - len(children[:CHILDREN]),
        render.verdict_address(verdict) if verdict else "",
    )


def _line(entry: Entry) -> Line:
    row = entry.row
    counted = shown(row.counted_by or "")
    return Line(
        figure(row.low, row.high), row, counted, in_words(row.as_of, "short") if row.as_of else "", entry.printed_by
    )


def _said(render: Renderer, topic: Topic) -> Markup:
    """The lowest and the highest figure, and who prints them."""
    low, high = topic.entries[0], topic.entries[-1]
    if len(topic.entries) == 1:
        return filled("{}, printed by {}.", figure(low.row.low, low.row.high), render.sigs(low.printed_by, 6))
    return filled(
        "From {} ({}) to {} ({}).",
        figure(low.row.low, low.row.high),
        _who(render, low),
        figure(high.row.low, high.row.high),
        _who(render, high),
    )


def _who(render: Renderer, entry: Entry) -> Markup:
    as_of = in_words(entry.row.as_of, "short") if entry.row.as_of else ""
    by = filled("<bdi>{}</bdi>, ", shown(entry.row.counted_by)[:60]) if entry.row.counted_by else Markup()
    day = filled(", {}", as_of) if as_of else Markup()
    return by + render.sigs(entry.printed_by, 4) + day
