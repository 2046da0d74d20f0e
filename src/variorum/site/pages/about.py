"""About this edition: sources with hashes, versions, options, problems, downloads, and what the method cannot tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from variorum import records as r
from variorum.site.citations import of_page
from variorum.site.downloads import write
from variorum.site.marking import shown
from variorum.site.render import Renderer
from variorum.site.reviews import left_out
from variorum.site.workers import ALL, Share

__all__ = ["publish", "tables"]

MOST = 500


@dataclass(frozen=True, slots=True)
class Download:
    """A table of the edition, to be taken away."""

    name: str
    rows: int
    text: str


def publish(render: Renderer) -> None:
    """Write the page."""
    g = render.g
    downloads = [_download(name, table) for name, table in g.tables.items() if name in r.TABLES]
    render.page(
        "about.html",
        "about.html",
        current="about.html",
        title="About",
        deck=_deck(render),
        limits=render.words.limits,
        facts=_facts(g.about),
        downloads=downloads,
        sources=_sources(render)[:MOST],
        others=_others(render)[:MOST],
        problems=g.problems[:MOST],
        review=g.about.get("review") or [],
        left_out=left_out(g),
        orphans=g.rows(r.Orphan)[:MOST],
        cite=of_page(g.about, "About this edition", "about.html"),
    )


def _sources(render: Renderer) -> list[tuple[r.Witness, r.File | None]]:
    """Each witness with its file."""
    files = {row.witness: row for row in render.g.rows(r.File) if row.became == "account"}
    return [(witness, files.get(witness.witness)) for witness in render.g.witnesses]


BECAME = {
    "container": "holds the files that are named with it",
    "metadata": "says something of other accounts",
    "folded": "has the same text as another account",
    "refused": "is of a kind that is not read",
    "nothing": "gave no account",
}
"""What became of files that are no account."""


def _others(render: Renderer) -> list[tuple[r.File, str]]:
    """The files that are no account of their own, and what became of them."""
    rows = (row for row in render.g.rows(r.File) if row.became != "account")
    return [(row, BECAME.get(row.became, row.became)) for row in rows]


def _deck(render: Renderer) -> str:
    g, words = render.g, render.words
    return (
        f"Variorum read {words.several(len(g.witnesses), 'account')} and set "
        f"{words.several(len(g.claims), 'claim')} of theirs side by side. "
        "Serif type is a witness speaking; all else is the edition. Every line leads to the words it rests on."
    )


def _facts(about: Mapping[str, Any]) -> list[tuple[str, str]]:
    facts = [("Program", f"Variorum {about.get('version', '')}")]
    for key, name in (
        ("edition", "Edition (hash of its tables)"),
        ("made", "Made"),
        ("engine", "Engine"),
        ("model", "Language model"),
        ("address", "Published at"),
    ):
        if about.get(key):
            facts.append((name, shown(about[key])))
    options = about.get("options")
    if isinstance(options, Mapping):
        facts += [(f"Option {key}", shown(value)) for key, value in options.items()]
    return facts


def _download(name: str, table: pa.Table) -> Download:
    text = (r.TABLES[name].__doc__ or "").split("\n")[0].replace("``", "").rstrip(".")
    return Download(name, table.num_rows, text)


def tables(render: Renderer, share: Share = ALL) -> None:
    """Write a share of the tables beside the pages, as CSV, JSON and Parquet."""
    folder = render.folder / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in render.g.tables.items():
        if name in r.TABLES and share.has(name):
            write(folder, name, table, render.shelf)
