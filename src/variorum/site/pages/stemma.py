"""Stemma: who took from whom, as a diagram of arcs that stays readable with five witnesses and with two hundred.

Each witness is a line of text, later ones lower; an arc leads from the giver to the taker, as thick as they share much.
Witnesses that hang together stand together, so that arcs stay short; each arc leads to the passages behind it.
"""

from __future__ import annotations

import json
from collections import Counter
from math import sqrt

from markupsafe import Markup, escape

from variorum import records as r
from variorum.dates import parse
from variorum.site.addresses import file_name
from variorum.site.citations import of_page
from variorum.site.hues import components
from variorum.site.listing import Facet, Item, Listing, kept
from variorum.site.marking import shown
from variorum.site.render import Renderer, short
from variorum.site.safe import filled

__all__ = ["publish"]

MOST_NODES = 240
ROW, AXIS, WIDTH = 28, 400, 900


def publish(render: Renderer) -> None:
    """Write the diagram and the list of its edges."""
    g = render.g
    edges = sorted(g.stemma, key=lambda e: -e.characters)
    groups = _groups(render, edges)
    nodes = [n for group in groups for n in group]
    shown_nodes = nodes[:MOST_NODES]
    items = [kept(render, key, _item) for key in _keys(render, edges)]
    facets = [
        Facet("by", "Witness", "select", {w.witness: f"{w.siglum} {render.name(w)}" for w in g.witnesses}),
        Facet("kind", "Kind", "checks"),
        Facet("outside", "Source", "checks", {"in": "a witness", "out": "outside the collection"}),
    ]
    Listing("stemma", items, facets, 100).publish(
        render,
        "stemma.html",
        current="stemma.html",
        title="Stemma",
        deck=_deck(render, groups, edges),
        diagram=_diagram(render, shown_nodes, edges) if shown_nodes else Markup(),
        left_out=len(nodes) - len(shown_nodes),
        cite=of_page(g.about, "Stemma", "stemma.html"),
        table=["stemma", "parallels"],
    )


def _groups(render: Renderer, edges: list[r.Stemma]) -> list[list[str]]:
    """Nodes that hang together, the largest group first, each from early to late; outside sources before all."""
    outside = {e.source for e in edges if e.outside}
    nodes = list(dict.fromkeys(n for e in edges for n in (e.source, e.target)))

    def age(node: str) -> tuple[int, float, str]:
        witness = render.g.witness.get(node)
        when = parse(witness.published) if witness and node not in outside else None
        return (
            0 if node in outside or witness is None else 1,
            when.point if when else float("inf"),
            render.g.order.get(node, ""),
        )

    return [sorted(group, key=age) for group in components(nodes, ((e.source, e.target) for e in edges))]


def _deck(render: Renderer, groups: list[list[str]], edges: list[r.Stemma]) -> Markup:
    words, inside = render.words, {n for group in groups for n in group} & set(render.g.witness)
    if not edges:
        return Markup("No witness was found to have words from another.")
    alone = len(render.g.witnesses) - len(inside)
    text = filled(
        "<strong>{}</strong> hang together in {}",
        words.cap(words.several(len(inside), "witness", "witnesses")),
        words.several(len(groups), "group"),
    )
    text += filled("; {} no words with another. ", words.several(alone, "shares", "share")) if alone else Markup(". ")
    taken = Counter(e.source for e in edges if e.directed)
    if not taken:
        return text + Markup("Nothing decides who had words from whom.")
    most, number = taken.most_common(1)[0]
    source = render.sig(most) if most in render.g.witness else filled("<bdi>{}</bdi>", shown(most))
    return text + filled("Most took from {}: {}.", source, words.several(number, "witness", "witnesses"))


def _diagram(render: Renderer, nodes: list[str], edges: list[r.Stemma]) -> Markup:
    at = {n: (k + 1) * ROW for k, n in enumerate(nodes)}
    drawn = [e for e in edges if e.source in at and e.target in at]
    largest = max((e.characters for e in drawn), default=1) or 1
    arcs = "".join(_arc(render, e, at, largest) for e in drawn)
    labels = "".join(_node(render, n, at[n]) for n in nodes)
    height = (len(nodes) + 1) * ROW
    return Markup(
        f'<svg class="arcs" viewBox="0 0 {WIDTH} {height}" role="group" '
        f'aria-label="Who took from whom; the list below has every arc">{arcs}{labels}</svg>'
    )


def _arc(render: Renderer, e: r.Stemma, at: dict[str, int], largest: int) -> str:
    y1, y2 = at[e.source], at[e.target]
    reach = min(44 + abs(y2 - y1) * 0.9, (WIDTH - AXIS) / 1.35)
    width = 1.8 if e.kind == "rendition" else 1.2 + 6 * sqrt(max(e.characters, 0) / largest)
    undecided = not e.directed
    way = "in common with" if undecided else "from"
    said = f"{e.passages} passages, {e.characters} characters, {way} {_name(render, e.source)}: {e.kind}"
    label = escape(shown(f"{_name(render, e.target)} has {said}"))
    dash = ' class="rendition"' if e.kind == "rendition" else ' class="near"' if undecided else ""
    path = f"M{AXIS + 9} {y1}C{AXIS + reach * 1.3:.0f} {y1} {AXIS + reach * 1.3:.0f} {y2} {AXIS + 15} {y2}"
    head = f"M{AXIS + 8} {y2}l8-4.500v9z"
    tip = "" if undecided else f'<path class="head" d="{head}"/>'
    href = (
        render.at.pair(*sorted((e.source, e.target), key=lambda w: render.g.order.get(w, "")))
        if _linked(render, e)
        else f"#{edge_id(e)}"
    )
    keys = " ".join(_tie(render, node) for node in (e.source, e.target))
    line = f'<path d="{path}" stroke-width="{width:.1f}"{dash}/>'
    return f'<a class="arc" href="{escape(href)}" data-tie="{keys}"><title>{label}</title>{line}{tip}</a>'


def _linked(render: Renderer, e: r.Stemma) -> bool:
    return render.has_pair(e.source, e.target) or render.has_pair(e.target, e.source)


def _name(render: Renderer, node: str) -> str:
    w = render.g.witness.get(node)
    return w.siglum if w else node


def _tie(render: Renderer, node: str) -> str:
    """What ties a witness to its arcs, for the pointing."""
    w = render.g.witness.get(node)
    return "nx" if w is None else f"n-{file_name(node)}"


def _node(render: Renderer, node: str, y: int) -> str:
    w = render.g.witness.get(node)
    if w is None:
        dot = f'<circle class="out" cx="{AXIS}" cy="{y}" r="4.5"/>'
        label = f'<tspan class="dim">outside: </tspan>{escape(short(node, 40))}'
        return f'<g>{dot}<text x="{AXIS - 12}" y="{y + 5}" text-anchor="end">{label}</text></g>'
    when = parse(w.published)
    date = f'<text class="dim" x="0" y="{y + 5}">{escape(when.words)}</text>' if when else ""
    hue = render.hue(node)
    label = f'{escape(short(render.name(w), 34))} <tspan class="w {hue}">{escape(shown(w.siglum))}</tspan>'
    text = f'<text x="{AXIS - 12}" y="{y + 5}" text-anchor="end">{label}</text>'
    dot = f'<circle class="in" cx="{AXIS}" cy="{y}" r="4.5"/>'
    href, tie = escape(render.at.witness(node)), _tie(render, node)
    return f'<a class="{hue}" data-by="{hue}" data-tie="{tie}" href="{href}">{date}{text}{dot}</a>'


def edge_id(e: r.Stemma) -> str:
    """The address of an edge within the list."""
    return f"edge-{file_name(f'{e.source} {e.target} {e.kind}')}"


def _keys(render: Renderer, edges: list[r.Stemma]) -> list[str]:
    """A key for each edge, in their order: giver, taker, and which of the edges between them it is."""
    place = {id(e): json.dumps([*pair, n]) for pair, held in render.g.edges_of.items() for n, e in enumerate(held)}
    return [place[id(e)] for e in edges]


def _item(render: Renderer, key: str) -> Item:
    source, target, n = json.loads(key)
    e = render.g.edges_of[source, target][n]
    pair = sorted((e.source, e.target), key=lambda w: render.g.order.get(w, ""))
    html = render.macro("rows.html", "edge")(e, edge_id(e), render.at.pair(*pair) if _linked(render, e) else "")
    by = [w for w in (e.source, e.target) if w in render.g.witness]
    return Item(
        edge_id(e),
        html,
        {"by": by, "kind": [e.kind], "outside": ["out" if e.outside else "in"]},
        f"{_name(render, e.source)} {_name(render, e.target)} {e.why}",
    )
