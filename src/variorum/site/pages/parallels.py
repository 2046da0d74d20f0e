"""Parallels: which witnesses share passages, and each pair face to face, with what was changed in the wording."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from variorum import records as r
from variorum.site.citations import of_page
from variorum.site.differences import MOST_WORDS, Piece, compared, likeness
from variorum.site.listing import Facet, Item, Listing, kept
from variorum.site.marking import Insert, Mark, marked
from variorum.site.pages.witness import printed_paragraphs
from variorum.site.render import Renderer
from variorum.site.retellings import retellings
from variorum.site.safe import filled
from variorum.site.workers import ALL, Share

__all__ = ["face_to_face", "publish"]

WHOLE = 30_000
"""Witnesses up to this many characters stand whole on a pair's page; of longer ones only the paragraphs concerned."""
MOST_PASSAGES = 300
TRIANGLE = 20
MOST_RETELLINGS = 80
"""The surest retellings on the page; the rest stand in the table ``links``."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A parallel, seen from a pair: its number on the page, its sides in the pair's order, who has it from whom."""

    number: int
    row: r.Parallel
    a: tuple[int, int]
    b: tuple[int, int]
    said: Markup
    pieces: list[Any]
    alike: int
    cut: bool


def publish(render: Renderer) -> None:
    """Write the list of pairs."""
    g = render.g
    items = [kept(render, json.dumps(pair), _item) for pair in g.pairs]
    again = retellings(g.tables.get("links"), g.claims)
    facets = [
        Facet("by", "Witness", "select", {w.witness: f"{w.siglum} {render.name(w)}" for w in g.witnesses}),
        Facet("kind", "Kind", "checks", render.words.parallels, ("verbatim", "close", "rendition")),
        Facet("party", "Party"),
    ]
    Listing("parallels", items, facets, 100).publish(
        render,
        "parallels.html",
        current="parallels.html",
        title="Parallels",
        deck=_deck(render),
        triangle=_triangle(render),
        again=again[:MOST_RETELLINGS],
        all_again=len(again),
        cite=of_page(g.about, "Parallels", "parallels.html"),
        table=["parallels"],
    )


def pairs(render: Renderer, share: Share = ALL) -> None:
    """Write a page for each of a share of the pairs that share most."""
    for pair in render.g.pairs:
        if share.has(" ".join(pair)) and render.has_pair(*pair):
            render.pages(json.dumps(pair), partial(_pair, render, pair))


def _words(rows: list[r.Parallel]) -> int:
    """The words that passages share; sentences in two languages share none."""
    return sum(len(p.a_text.split()) for p in rows if not p.across)


def _item(render: Renderer, key: str) -> Item:
    a, b = json.loads(key)
    g, pair = render.g, (a, b)
    rows = g.pairs[pair]
    kinds = Counter(p.kind for p in rows)
    longest = max(rows, key=lambda p: p.a_end - p.a_start)
    html = render.macro("rows.html", "pair")(
        g.witness[a],
        g.witness[b],
        render.at.pair(a, b) if render.has_pair(a, b) else "",
        _words(rows),
        kinds,
        _direction(render, pair, rows),
        longest,
        "",
    )
    party = {g.witness[w].party or "" for w in pair} - {""}
    return Item(
        f"{a} {b}",
        html,
        {"by": [a, b], "kind": list(kinds), "party": sorted(party)},
        f"{render.name(g.witness[a])} {render.name(g.witness[b])} {longest.a_text[:160]}",
    )


def _taker(p: r.Parallel) -> str | None:
    return {"a to b": p.b_witness, "b to a": p.a_witness}.get(p.direction)


def _direction(render: Renderer, pair: tuple[str, str], rows: list[r.Parallel]) -> Markup:
    """Who has it from whom, where the passages agree on that."""
    takers = {_taker(p) for p in rows}
    if len(takers) == 1 and (taker := next(iter(takers))) is not None:
        giver = pair[0] if taker == pair[1] else pair[1]
        return filled("{} from {}", render.sig(taker), render.sig(giver))
    return Markup("undecided") if takers == {None} else Markup("both ways, or undecided")


def _deck(render: Renderer) -> Markup:
    g, words = render.g, render.words
    kinds = Counter(p.kind for p in g.parallels)
    said = [f"{kinds[k]:,} {render.words.parallels[k]}" for k in ("verbatim", "close", "rendition") if kinds[k]]
    if not said:
        return Markup("No passage was found that two witnesses share.")
    return filled(
        "<strong>{}</strong> of witnesses share {}: {}. A rendition is one utterance in two translations "
        "or retellings, or the same told in two languages.",
        words.cap(words.several(len(g.pairs), "pair")),
        words.several(len(g.parallels), "passage"),
        ", ".join(said),
    )


def _triangle(render: Renderer) -> list[Any]:
    """Words shared by each two witnesses, where they are few enough for a table."""
    g = render.g
    if not 2 <= len(g.witnesses) <= TRIANGLE or not g.pairs:
        return []
    ids = [w.witness for w in g.witnesses]
    return [
        (g.witness[b], [(_words(g.pairs[a, b]) if (a, b) in g.pairs else 0, render.at.pair(a, b)) for a in ids[:n]])
        for n, b in enumerate(ids)
    ]


def _pair(render: Renderer, pair: tuple[str, str]) -> None:
    g, (a, b) = render.g, pair
    rows = g.pairs[pair]
    passages = _passages(render, pair, rows)
    path = render.at.pair(a, b)
    title = f"{g.witness[a].siglum} and {g.witness[b].siglum}"
    render.page(
        path,
        "pair.html",
        current="parallels.html",
        title=f"Parallels of {title}",
        a=g.witness[a],
        b=g.witness[b],
        passages=passages,
        left_out=len(rows) - len(passages),
        left=_column(render, a, [(p, p.a) for p in passages]),
        right=_column(render, b, [(p, p.b) for p in passages]),
        words_shared=_words(rows),
        told_across=sum(p.across for p in rows),
        direction=_direction(render, pair, rows),
        most=MOST_WORDS,
        cite=of_page(g.about, f"Parallels of {title}", path, lasting=True),
        table=["parallels"],
    )


def face_to_face(render: Renderer, pair: tuple[str, str]) -> Markup:
    """The passages of a pair by themselves, word by word: to be printed on a page of its own."""
    a, b = (render.g.witness[w] for w in pair)
    passages = _passages(render, pair, render.g.pairs[pair])
    made: Markup = render.macro("pair-parts.html", "passages")(passages, a, b, MOST_WORDS, "")
    return made


def _passages(render: Renderer, pair: tuple[str, str], rows: list[r.Parallel]) -> list[Passage]:
    turned = [
        (p, (p.a_start, p.a_end), (p.b_start, p.b_end), p.a_text, p.b_text)
        if p.a_witness == pair[0]
        else (p, (p.b_start, p.b_end), (p.a_start, p.a_end), p.b_text, p.a_text)
        for p in rows
    ]
    turned.sort(key=lambda x: (x[1], x[2]))
    return [_passage(render, n, *one) for n, one in enumerate(turned[:MOST_PASSAGES], 1)]


def _passage(
    render: Renderer, number: int, p: r.Parallel, a: tuple[int, int], b: tuple[int, int], x: str, y: str
) -> Passage:
    pieces = [Piece(False, x, y)] if p.across else compared(x, y)
    return Passage(
        number, p, a, b, _said(render, p), pieces, likeness(pieces), max(len(x.split()), len(y.split())) > MOST_WORDS
    )


def _said(render: Renderer, p: r.Parallel) -> Markup:
    taker = _taker(p)
    if p.across:
        return Markup("told in two languages, likeness {:.2f} of 1").format(p.score)
    if taker is None:
        return Markup("which of the two had it first is undecided")
    giver = p.a_witness if taker == p.b_witness else p.b_witness
    return filled("{} has it from {}", render.sig(taker), render.sig(giver))


def _column(render: Renderer, witness: str, passages: list[tuple[Passage, tuple[int, int]]]) -> list[Markup]:
    """A witness's paragraphs with its passages marked and numbered; where the text is long, only those concerned."""
    text = render.g.witness[witness].text
    marks = [Mark(s, e, "par", f"p{p.number}") for p, (s, e) in passages]
    inserts = [
        Insert(
            s,
            0,
            filled('<a class="pno" href="#p{0}" data-pair="{0}" data-kind="{1}">{0}</a>', p.number, p.row.kind),
        )
        for p, (s, _) in passages
    ]
    whole, out, gap = len(text) <= WHOLE, [], False
    for start, end in printed_paragraphs(render, render.g.witness[witness]):
        here = [m for m in marks if m.start < end and start < m.end]
        if here or whole:
            low, high = (
                (start, end)
                if whole
                else (max(start, min(m.start for m in here) - 300), min(end, max(m.end for m in here) + 300))
            )
            out.append(marked(text, low, high, here, [i for i in inserts if low <= i.at < high]))
            gap = False
        elif not gap:
            out.append(Markup('<span class="gap">[…]</span>'))
            gap = True
    return out
