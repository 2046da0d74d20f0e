"""Search: one file of entries, indexed in the reader's own browser."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from variorum.site.citations import of_page
from variorum.site.render import Renderer, short

__all__ = ["publish"]

MOST = 30_000
"""Entries of the index. Beyond it the words of witnesses are left out, last ones first; the page says so."""

Entry = tuple[str, str, str, str, str]


def publish(render: Renderer) -> None:
    """Write the page and its entries: events, witnesses, names, the claims' words, sentences of unread accounts."""
    g = render.g
    entries = list(_short(render))
    room = max(MOST - len(entries), 0)
    claims = list(_words(render))
    referents = len({n.referent for n in g.names})
    said = f"{len(g.events):,} events, {len(g.witnesses):,} witnesses, {referents:,} names "
    said += f"and the words of {min(len(claims), room):,} claims"
    if len(claims) > room:
        said += f" (of {len(claims):,}; the rest are in the table of claims)"
    sentences = list(_sentences(render))
    left = max(room - len(claims), 0)
    if sentences:
        said += f", {min(len(sentences), left):,} sentences of accounts of which no claims are made"
    render.data("data/search.js", "search", entries + claims[:room] + sentences[:left])
    render.page(
        "search.html",
        "search.html",
        current="search.html",
        title="Search",
        said=said,
        cite=of_page(g.about, "Search", "search.html"),
    )


def _short(render: Renderer) -> Iterable[Entry]:
    g = render.g
    for e in g.events:
        when = g.when[e.event]
        yield (
            "event",
            short(e.label, 200),
            " · ".join([*([when.words] if when else []), *e.places])[:160],
            render.at.event(e.event),
            "",
        )
    for w in g.witnesses:
        yield (
            "witness",
            f"{w.siglum} {short(w.title or w.witness, 200)}",
            short(w.publisher or "", 100),
            render.at.witness(w.witness),
            render.hue(w.witness),
        )
    for referent in dict.fromkeys(n.referent for n in g.names):
        yield ("name", short(referent, 120), "", "names.html#?find=" + _quoted(referent), "")


def _words(render: Renderer) -> Iterable[Entry]:
    for c in (c for c in render.g.claims.values() if not c.in_passing):
        w = render.g.witness.get(c.witness)
        if w is not None:
            yield (
                "words",
                short(c.text, 240),
                w.siglum,
                render.at.span(c.witness, c.start, c.end),
                render.hue(c.witness),
            )


def _sentences(render: Renderer) -> Iterable[Entry]:
    """The sentences of accounts in languages of which no claims are made."""
    data = render.g.tables.get("sentences") if render.g.unread else None
    if data is None:
        return
    for witness, start, end, text in zip(
        *(data[name].to_pylist() for name in ("witness", "start", "end", "text")), strict=True
    ):
        w = render.g.witness.get(witness)
        if w is not None and witness in render.g.unread:
            yield ("words", short(text, 240), w.siglum, render.at.span(witness, start, end), render.hue(witness))


def _quoted(text: str) -> str:
    return quote(short(text, 120), safe="", errors="replace")
