"""The pages that are one list each: witnesses, names, matrix and checks."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from variorum import records as r
from variorum.languages import named
from variorum.lists import toml
from variorum.site.citations import of_page
from variorum.site.gathered import OF_EVENTS
from variorum.site.listing import Facet, Item, Listing, kept, story_facet
from variorum.site.pages.overview import first_words, most_telling, score_rows, unread, witness_rows
from variorum.site.render import Renderer
from variorum.site.telling import Cell, cells

__all__ = ["checks", "matrix", "names", "witnesses"]

COLUMNS = 24
GROUPED, COVERED = 40, 0.6
"""With more witnesses than this the matrix has a column for each party or publisher, where these tell this share."""
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
    items = [kept(render, json.dumps(of), _named) for of in render.g.names_of]
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


def _named(render: Renderer, key: str) -> Item:
    referent, kind = json.loads(key)
    forms: dict[str, Form] = {}
    for n in render.g.names_of[referent, kind]:
        form = forms.setdefault(n.form, Form(n.form))
        form.witnesses.append(n.witness)
        form.count += n.count
    return _referent(render, referent, kind, list(forms.values()))


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


class Group(NamedTuple):
    """Witnesses of one party or publisher that share a column; ``hue`` is that of all of them, or none."""

    label: str
    members: tuple[str, ...]
    hue: str


@dataclass
class Hued:
    """The hues of the groups, in the order of their columns."""

    listed: list[str]


class Share(NamedTuple):
    """How many witnesses of a group tell an event in their own words, took it over, or are silent."""

    hue: str
    own: int
    taken: int
    silent: int


def _groups(render: Renderer) -> list[Group] | None:
    """The columns of a matrix of many witnesses: parties, or else publishers, where a few of them tell most of it.

    None where the witnesses are few enough for a column each; empty where no grouping says anything.
    """
    g = render.g
    read = [w for w in g.witnesses if w.witness not in g.unread]
    if len(read) <= GROUPED:
        return None
    every = sum(len(g.events_of.get(w.witness, [])) for w in read)
    for kind in ("party", "publisher"):
        by: dict[str, list[str]] = defaultdict(list)
        for w in read:
            by[getattr(w, kind) or ""].append(w.witness)
        named = {label: ids for label, ids in by.items() if label}
        told = {label: sum(len(g.events_of.get(w, [])) for w in ids) for label, ids in named.items()}
        top = sorted(named, key=lambda label: (-told[label], label))[:COLUMNS]
        if len(top) > 1 and sum(told[label] for label in top) >= COVERED * every:
            return [_group(render, label, named[label]) for label in sorted(top)]  # by name, so that rows can stay
    return []


def _group(render: Renderer, label: str, ids: list[str]) -> Group:
    hues = {render.hue(w) for w in ids}
    return Group(label, tuple(ids), hues.pop() if len(hues) == 1 else "many")


def _shares(found: dict[str, Cell], column: Mapping[str, int], hues: Sequence[str]) -> list[Share | None]:
    """The cells of an event for groups of witnesses; none where nobody of a group tells it or is silent."""
    by: dict[int, Counter[str]] = defaultdict(Counter)
    for w, cell in found.items():
        by[column.get(w, len(hues))][cell.kind] += 1
    return [
        Share(hue, by[n]["own"], by[n]["taken"], by[n]["silent"]) if n in by else None for n, hue in enumerate(hues)
    ]


def _grouped(render: Renderer, groups: list[Group]) -> Callable[[Renderer, str], Item]:
    """What makes a row of an event with a cell for each group, and all its tellers under the bars of its lineages."""
    column = render.watched("column", {w: n for n, group in enumerate(groups) for w in group.members})
    hues = render.watched("grouped", Hued([group.hue for group in groups]))

    def item(render: Renderer, key: str) -> Item:
        g = render.g
        e = g.event[key]
        row = render.macro("rows.html", "score_grouped")(
            e,
            _shares(cells(g, render.lineages, key), column, hues.listed),
            first_words(render, e),
            g.standing(key),
            render.lineages.of(key),
            render.doubts(key),
        )
        return _item(render, e, row)

    return item


def matrix(render: Renderer) -> None:
    """Write the matrix: rows are events, columns witnesses, or groups of them where they are many."""
    g = render.g
    groups = _groups(render)
    columns = most_telling(render, COLUMNS, g.events) if groups is None else []
    others = {w.witness for w in g.witnesses} - {w.witness for w in columns} - set(g.unread)
    events = g.events if groups is None else sorted(g.events, key=lambda e: (-e.lineages, -e.witnesses))
    if groups is None:
        rows = score_rows(render, events, columns, others)
        items = [_item(render, e, row) for e, row in zip(events, rows, strict=True)]
    else:
        make = _grouped(render, groups)
        items = [kept(render, e.event, make) for e in events]
    labels = {w.witness: f"{w.siglum} {render.name(w)}" for w in g.witnesses}
    facets = [
        Facet("verdict", "Verdict", "checks", {v: render.verdict(v) for v in OF_EVENTS}, OF_EVENTS),
        *story_facet(render),
        Facet("by", "Told by", "select", labels),
        Facet("silent", "Silent", "select", labels),
    ]
    deck = (
        "Each event by each witness: who tells it in its own words, who took it over, who is silent where "
        "something lets it be expected. " + ("" if groups is None else "What most tell stands first. ")
    ) + unread(render)
    Listing("matrix", items, facets, 100).publish(
        render,
        "matrix.html",
        current="matrix.html",
        title="Matrix",
        deck=deck,
        columns=columns,
        groups=groups,
        others=len(others),
        cite=of_page(g.about, "Matrix", "matrix.html"),
        table=["tells", "silences", "events"],
    )


def _item(render: Renderer, e: r.Event, row: Markup) -> Item:
    g = render.g
    facets = {
        "verdict": [g.standing(e.event)],
        "story": [name] if (name := g.stories.name(e.event)) else [],
        "by": g.tellers.get(e.event, []),
        "silent": [s.witness for s in g.silences_of.get(e.event, [])],
    }
    return Item(e.event, row, facets, f"{e.label} {' '.join(e.places)}")


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
