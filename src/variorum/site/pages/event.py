"""The page of an event: what each witness says in its own words, the readings with their verdicts, who is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from variorum import records as r
from variorum.dates import in_words
from variorum.site.addresses import file_name
from variorum.site.axis import drawn
from variorum.site.citations import of_page
from variorum.site.lineages import Lineage, Taken
from variorum.site.marking import Mark, marked, shown
from variorum.site.pages.disagreements import heading, sides
from variorum.site.pages.tolls import cards
from variorum.site.places import places_of
from variorum.site.render import Renderer, joined
from variorum.site.safe import filled
from variorum.site.workers import ALL, Share
from variorum.verdicts import Standing

__all__ = ["embedded", "picture", "publish"]

WHOLE = frozenset(["account"])
"""Attributes whose reading is a whole sentence: it is set side by side, and not underlined word for word."""

SIDE_BY_SIDE = 16
"""How many witnesses are set side by side; the rest of a much-told event is folded away."""

TOLLS = 4
"""Questions of how many that are printed with an event."""


@dataclass(frozen=True, slots=True)
class Told:
    """One witness's words on the event, and their place."""

    witness: r.Witness
    passages: list[Markup]
    href: str
    address: str


@dataclass(frozen=True, slots=True)
class Column:
    """Witnesses of one lineage side by side under one bar."""

    head: Markup
    tellers: list[Told]


def publish(render: Renderer, share: Share = ALL) -> None:
    """Write a page for every event of a share of them, each leading to the one before and after it in time."""
    for event in render.g.events:
        if share.has(event.event):
            render.pages(event.event, partial(_page, render, event.event))


def _page(render: Renderer, key: str) -> None:
    g, root = render.g, "../"
    event = g.event[key]
    groups = render.lineages.of(event.event)
    columns, folded = _columns(render, event.event, groups)
    every = g.verdicts_of.get(event.event, [])
    again = [v for v in every if v.repeats in g.verdict]
    verdicts = [v for v in every if v.repeats not in g.verdict]
    path = render.at.event(event.event)
    render.page(
        path,
        "event.html",
        current="event.html",
        picture=picture(event) if event.event in g.pictured else "",
        title=event.label,
        event=event,
        kicker=_kicker(render, event),
        deck=_deck(render, event, groups, verdicts) + _folded(render, event),
        lineages=columns,
        folded=folded,
        silent=g.silences_of.get(event.event, [])[:SIDE_BY_SIDE],
        places=places_of(render, event),
        verdicts=[_verdict(render, v, root) for v in verdicts if v.sure != "low" and v.verdict != Standing.UNJUDGED],
        unjudged=[_verdict(render, v, root) for v in verdicts if v.sure != "low" and v.verdict == Standing.UNJUDGED],
        unsure=[_verdict(render, v, root) for v in verdicts if v.sure == "low"],
        again=[_verdict(render, v, root) for v in again],
        tolls=cards(render, g.topics_of.get(event.event, []), TOLLS),
        parts_of=_parts(render, event, root),
        cite=of_page(g.about, event.label, path, lasting=True),
        table=["events", "readings", "verdicts"],
    )


def picture(event: r.Event) -> str:
    """The name of an event's picture, without its ending.

    >>> picture(r.Event("e1", "", "", "", None, [], None, 1, 1))
    'event-e1'
    """
    return f"event-{file_name(event.event)}"


def embedded(render: Renderer, event: r.Event) -> Markup:
    """An event by itself, with its words, its judged readings and its tolls: to be printed on a page of its own."""
    groups = render.lineages.of(event.event)
    sure = [v for v in render.g.verdicts_of.get(event.event, []) if v.sure != "low"]
    judged = [_verdict(render, v, "") for v in sure if v.verdict != Standing.UNJUDGED]
    tolls = cards(render, render.g.topics_of.get(event.event, []), TOLLS)
    made: Markup = render.macro("event-parts.html", "whole")(
        event,
        _deck(render, event, groups, sure),
        _columns(render, event.event, groups)[0],
        judged,
        [render.macro("rows.html", "toll")(c, "", False) for c in tolls],
    )
    return made


def _kicker(render: Renderer, event: r.Event) -> Markup:
    words = [render.words.kinds.get(event.kind, event.kind), render.words.type(event.type)]
    text = filled("Event · {} · {}", in_words(event.date, "short"), ", ".join(w for w in words if w))
    for word, other in zip(("earlier", "later"), render.g.beside[event.event], strict=True):
        if other is not None:
            text += filled(" · {}: {}", word, render.event_link("../", other))
    return text


def _deck(render: Renderer, event: r.Event, groups: list[Lineage], verdicts: list[r.Verdict]) -> Markup:
    """Who tells it and where they conflict; a witness that only a reading sets beside it is drawn, and so counted."""
    words = render.words
    drawn = sum(len(group.tellers) for group in groups)
    more = drawn > event.witnesses
    told = words.several(drawn if more else event.witnesses, "witness", "witnesses")
    text = filled(
        "Told by <strong>{} in {}</strong>: {}.",
        told,
        words.several(len(groups) if more else event.lineages, "lineage"),
        render.lins(groups),
    )
    sure = [v for v in verdicts if v.sure != "low"]
    against = [words.attribute(v.attribute).lower() for v in sure if v.verdict == Standing.CONFLICT]
    conflicts = list(dict.fromkeys(against))
    if conflicts:
        number = len(against)
        text += filled(
            " Of {}, <strong>{} in conflict</strong>: {}.",
            words.several(len(sure), "comparison"),
            words.number(number) + (" is" if number == 1 else " are"),
            joined(conflicts[:6]),
        )
    elif sure and not render.g.unsure(event.event):
        text += _unopposed(render, sure)
    return text


def _unopposed(render: Renderer, sure: Sequence[r.Verdict]) -> Markup:
    """What is said where no conflict is known: what no rule has judged may still be one."""
    open_ones = sum(v.verdict == Standing.UNJUDGED for v in sure)
    if not open_ones:
        return Markup(" No two readings of it were found in conflict.")
    rest = render.words.cap(render.words.several(open_ones, "comparison"))
    verb = "is" if open_ones == 1 else "are"
    return filled(" {} of it {} for the reader: no rule can judge how they stand.", rest, verb)


def _folded(render: Renderer, event: r.Event) -> Markup:
    """What the page folds away, with the way to it: it never denies what it hides."""
    unsure = render.g.unsure(event.event)
    if not unsure:
        return Markup()
    against = sum(v.verdict == Standing.CONFLICT for v in unsure)
    most = filled(", {} in conflict", render.words.number(against)) if against else Markup()
    said = render.words.cap(render.words.several(len(unsure), "less sure comparison"))
    return filled(' <a href="#less-sure">{}</a>{}, {} folded below.', said, most, "is" if len(unsure) == 1 else "are")


def _columns(render: Renderer, event: str, groups: list[Lineage]) -> tuple[list[Column], list[r.Claim]]:
    columns, left = [], SIDE_BY_SIDE
    claims: dict[str, list[r.Claim]] = {}
    for claim in render.g.told.get(event, []):
        claims.setdefault(claim.witness, []).append(claim)
    folded: list[r.Claim] = []
    for group in groups:
        kept, rest = group.tellers[: max(left, 0)], group.tellers[max(left, 0) :]
        left -= len(kept)
        folded += [claims[t.witness][0] for t in rest]
        if kept:
            columns.append(Column(_head(render, group), [_told(render, event, claims[t.witness]) for t in kept]))
    return columns, folded


def _head(render: Renderer, group: Lineage) -> Markup:
    if len(group.tellers) == 1:
        return Markup("On its own")
    if not group.joins:
        return Markup("One lineage")
    said = [filled("{} took from {}", render.sig(taker), render.sig(giver)) for taker, giver in group.joins[:4]]
    return filled("One lineage: {}", joined(said))


def _told(render: Renderer, event: str, claims: list[r.Claim]) -> Told:
    w = render.g.witness[claims[0].witness]
    spans = _merged(w.text, claims)
    marks = _marks(render, event, w, spans)
    passages = [_passage(w, span, marks) for span in spans[:6]]
    last = claims[-1].end
    return Told(
        w,
        passages,
        render.at.span(w.witness, claims[0].start, claims[0].end),
        f"{w.siglum}, at {claims[0].start}–{last}",
    )


def _merged(text: str, claims: list[r.Claim]) -> list[tuple[int, int]]:
    """The claims' spans; those with little between them in one."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((max(c.start, 0), min(c.end, len(text))) for c in claims):
        if spans and start <= spans[-1][1] + 3:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif start < end:
            spans.append((start, end))
    return spans


def _passage(w: r.Witness, span: tuple[int, int], marks: list[Mark]) -> Markup:
    end = min(span[1], span[0] + 1500)
    words = marked(w.text, span[0], end, marks)
    return words + Markup(' <span class="gap">[…]</span>') if end < span[1] else words


def _marks(render: Renderer, event: str, w: r.Witness, spans: list[tuple[int, int]]) -> list[Mark]:
    def near(start: int, end: int) -> bool:
        return any(start < b and a < end for a, b in spans)

    hue = render.hue(w.witness)
    found = [
        Mark(x.start, x.end, f"own {hue}", tie(v))
        for x in render.g.readings_of.get(event, [])
        if x.witness == w.witness and near(x.start, x.end)
        for v in render.g.verdicts_on.get(x.reading, [])
        if v.verdict in (Standing.CONFLICT, Standing.COMPATIBLE, Standing.UNJUDGED) and v.attribute not in WHOLE
    ]
    return found + [
        Mark(t.start, t.end, f"cp t{render.hue(t.source)[1:]}")
        for t in taken_near(render, w.witness)
        if near(t.start, t.end)
    ]


def taken_near(render: Renderer, witness: str) -> list[Taken]:
    """What a witness took over, renditions left out: their words are its own."""
    return render.lineages.sources.get(witness, [])


def tie(v: r.Verdict) -> str:
    """The key that ties a verdict to the words it rests on, for the pointing."""
    return "v-" + shown(v.verdict_id).replace(" ", "_")


def _verdict(render: Renderer, v: r.Verdict, root: str) -> Markup:
    readings = [render.g.readings[x] for x in v.readings if x in render.g.readings]
    event = filled("{}", render.words.attribute(v.attribute))
    scope = heading(render, v, root) if v.event not in render.g.event else event
    if v.scope and v.scope not in ("total", v.attribute):
        scope = event + filled("<small><bdi>{}</bdi></small>", shown(v.scope)[:90])
    made: Markup = render.macro("rows.html", "collation")(
        v, scope, sides(readings, 2), drawn(render, readings), tie(v), root, [x.witness for x in readings]
    )
    return made


def _parts(render: Renderer, event: r.Event, root: str) -> list[Any]:
    lines = [filled("a part of {}", render.event_link(root, event.part_of))] if event.part_of else []
    return lines + [
        filled("has the part {}", render.event_link(root, part.event))
        for part in render.g.parts_of.get(event.event, [])[:200]
    ]
