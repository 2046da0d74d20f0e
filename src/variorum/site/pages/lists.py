"""The pages that are one list each: witnesses, names, matrix and checks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from variorum import records as r
from variorum.languages import named
from variorum.lists import toml
from variorum.site.citations import of_page
from variorum.site.gathered import OF_EVENTS
from variorum.site.listing import Facet, Item, Listing, story_facet
from variorum.site.pages.overview import most_telling, score_rows, unread, witness_rows
from variorum.site.render import Renderer

__all__ = ["checks", "matrix", "names", "witnesses"]

COLUMNS = 24
FORMS = 12


def witnesses(render: Renderer) -> None:
    """Write the list of witnesses."""
    g = render.g
    items = [
        Item(
            w.witness,
            row,
            {"party": [w.party] if w.party else [], "language": [named(w.language)] if w.language else []},
            f"{w.siglum} {w.title} {w.publisher} {w.party} {w.witness}",
        )
        for w, row in zip(g.witnesses, witness_rows(render, g.witnesses), strict=True)
    ]
    kicker = render.words.cap(render.words.several(len(g.witnesses), "account"))
    deck = (
        "Each account with what it tells, and how much of it stands in a witness that it has its words from. "
        "What is unknown of a witness is left unknown."
    )
    Listing("witnesses", items, [Facet("party", "Party"), Facet("language", "Language")], 100).publish(
        render,
        "witnesses.html",
        current="witnesses.html",
        title="Witnesses",
        kicker=kicker,
        deck=deck,
        cite=of_page(g.about, "Witnesses", "witnesses.html"),
        table=["witnesses"],
    )


@dataclass(slots=True)
class Form:
    """One form of a name, and who uses it how often."""

    form: str
    witnesses: list[str] = field(default_factory=list)
    count: int = 0
    only: bool = False
    loaded: bool = False


def names(render: Renderer) -> None:
    """Write the list of referents and the forms that they bear, those with most forms in most witnesses first."""
    by: dict[tuple[str, str], dict[str, Form]] = defaultdict(dict)
    for n in render.g.names:
        form = by[n.referent, n.kind].setdefault(n.form, Form(n.form))
        form.witnesses.append(n.witness)
        form.count += n.count
    items = [_referent(render, referent, kind, list(forms.values())) for (referent, kind), forms in by.items()]
    items.sort(key=lambda x: (-len(x.facets["by"]) * len(x.facets["several"]), -len(x.facets["by"]), x.key))
    facets = [
        Facet("several", "Forms", "checks", {"several": "several", "one": "one"}, ("several", "one")),
        Facet("kind", "Kind", "checks"),
        _witness_facet(render),
    ]
    several = sum("several" in x.facets["several"] for x in items)
    deck = (
        f"{render.words.cap(render.words.several(len(items), 'referent'))}; {render.words.number(several)} "
        "with more than one form. Each form is a witness’s own word."
    )
    Listing("names", items, facets, 100).publish(
        render,
        "names.html",
        current="names.html",
        title="Names",
        deck=deck,
        cite=of_page(render.g.about, "Names", "names.html"),
        table=["names"],
    )


def _referent(render: Renderer, referent: str, kind: str, forms: list[Form]) -> Item:
    users = list(dict.fromkeys(w for f in forms for w in f.witnesses))
    for f in forms:
        f.only = len(set(f.witnesses)) == 1 and len(users) > 1
        f.loaded = bool(loaded() & set(f.form.lower().split()))
    forms.sort(key=lambda f: (-f.count, f.form))
    html = render.macro("rows.html", "name")(referent, kind, forms[:FORMS], forms[FORMS:])
    spelled = {f.form.lower() for f in forms}
    facets = {"several": ["several" if len(spelled) > 1 else "one"], "kind": [kind], "by": users}
    return Item(referent, html, facets, " ".join([referent, *(f.form for f in forms[:20])]))


@lru_cache(maxsize=1)
def loaded() -> frozenset[str]:
    """Words that take a side or carry a judgement, as the edition's list has them; they are marked, never judged."""
    data = toml("loaded-words")
    return frozenset(word for group in data["words"].values() for word in group)


def _witness_facet(render: Renderer) -> Facet:
    return Facet("by", "Witness", "select", {w.witness: f"{w.siglum} {render.name(w)}" for w in render.g.witnesses})


def matrix(render: Renderer) -> None:
    """Write the matrix: rows are events, columns witnesses."""
    g = render.g
    columns = most_telling(render, COLUMNS, g.events)
    others = {w.witness for w in g.witnesses} - {w.witness for w in columns} - set(g.unread)
    rows = score_rows(render, g.events, columns, others)
    items = [
        Item(
            e.event,
            row,
            {
                "verdict": [g.standing(e.event)],
                "story": [name] if (name := g.stories.name(e.event)) else [],
                "by": g.tellers.get(e.event, []),
                "silent": [s.witness for s in g.silences_of.get(e.event, [])],
            },
            f"{e.label} {' '.join(e.places)}",
        )
        for e, row in zip(g.events, rows, strict=True)
    ]
    labels = {w.witness: f"{w.siglum} {render.name(w)}" for w in g.witnesses}
    facets = [
        Facet("verdict", "Verdict", "checks", {v: render.verdict(v) for v in OF_EVENTS}, OF_EVENTS),
        *story_facet(render),
        Facet("by", "Told by", "select", labels),
        Facet("silent", "Silent", "select", labels),
    ]
    deck = (
        "Each event by each witness: who tells it in its own words, who took it over, who is silent where "
        "something lets it be expected. "
    ) + unread(render)
    Listing("matrix", items, facets, 100).publish(
        render,
        "matrix.html",
        current="matrix.html",
        title="Matrix",
        deck=deck,
        columns=columns,
        others=len(others),
        cite=of_page(g.about, "Matrix", "matrix.html"),
        table=["tells", "silences", "events"],
    )


def checks(render: Renderer) -> None:
    """Write the list of places where a witness's own figures and dates do not fit."""
    g = render.g
    items = [_check(render, n, c) for n, c in enumerate(g.checks)]
    facets = [Facet("kind", "Kind", "checks", render.words.checks), _witness_facet(render)]
    number = len({c.witness for c in g.checks})
    deck = (
        f"{render.words.cap(render.words.several(len(items), 'place'))} in "
        f"{render.words.several(number, 'witness', 'witnesses')} where its own figures or dates do not fit each other. "
        "A misprint, a rounding or a sense that the machine missed can be behind each."
    )
    if not items:
        deck = "No place was found where a witness’s own figures or dates do not fit each other."
    Listing("checks", items, facets, 100).publish(
        render,
        "checks.html",
        current="checks.html",
        title="Checks",
        deck=deck,
        cite=of_page(g.about, "Checks", "checks.html"),
        table=["checks"],
    )


@dataclass(frozen=True, slots=True)
class Words:
    """A span of a witness with its words."""

    witness: str
    start: int
    end: int
    text: str


def _check(render: Renderer, number: int, c: r.Check) -> Item:
    w = render.g.witness.get(c.witness)
    spans = [
        Words(c.witness, s[0], s[1], w.text[s[0] : s[1]])
        for s in c.spans
        if w and len(s) == 2 and 0 <= s[0] < s[1] <= len(w.text)
    ]
    html = render.macro("rows.html", "check")(c, render.words.check(c.kind), spans[:8], "")
    return Item(str(number), html, {"kind": [c.kind], "by": [c.witness]}, f"{c.why} {c.stated} {c.expected}")
