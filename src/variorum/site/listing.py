"""Long lists: static pages that read without a script, and the same rows as data for filters that need one.

A list is written as pages of ``size`` rows. With the script the reader filters over all of it: the facets of every row
are one small file, the rows themselves lie in chunks that are loaded when they are shown. The state of the filters
lives in the address after ``#?``, so that a view can be sent to somebody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from variorum.site.render import Renderer
from variorum.site.reviews import LABELS, VALUES

__all__ = ["Facet", "Item", "Listing", "kept", "review_facet", "story_facet"]

CHUNK = 200
FEW = 40


@dataclass(frozen=True, slots=True)
class Item:
    """One row: its HTML, the values of its facets, the words that a search finds, and a range on the line of time."""

    key: str
    html: Markup
    facets: Mapping[str, Sequence[str]]
    find: str = ""
    low: float | None = None
    high: float | None = None


def kept(render: Renderer, key: str, make: Callable[[Renderer, str], Item]) -> Item:
    """The row that ``make`` gives for a key, or gave in an earlier run, where it would be the same.

    It looks up by its key all that it prints.
    """
    if render.shelf is None:
        return make(render, key)

    def told() -> list[Any]:
        item = make(render, key)
        facets = {name: list(values) for name, values in item.facets.items()}
        return [item.key, str(item.html), facets, item.find, item.low, item.high]

    name, html, *rest = render.shelf.piece(key, told)
    return Item(name, Markup(html), *rest)


@dataclass(slots=True)
class Facet:
    """A filter: ``checks`` keeps rows with any ticked value, ``every`` those with all, ``select`` those with one.
    A ``switch`` hides the rows that have its one value until it is ticked.

    ``labels`` print the values. A select of more than `FEW` values is filled in by the script, from the data.
    """

    name: str
    legend: str
    kind: str = "select"
    labels: Mapping[str, Any] = field(default_factory=dict)
    order: Sequence[str] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def printed(self) -> list[tuple[str, Any, int]]:
        """The values that the page itself prints."""
        return self.values if len(self.counts) <= FEW else []

    @property
    def values(self) -> list[tuple[str, Any, int]]:
        """Value, label and number of rows; in the given order, else the most frequent first."""
        ordered = [v for v in self.order if v in self.counts] + sorted(
            (v for v in self.counts if v not in self.order), key=lambda v: (-self.counts[v], v)
        )
        return [(v, self.labels.get(v, v), self.counts[v]) for v in ordered]


def review_facet(render: Renderer, table: str) -> list[Facet]:
    """The filter by review, for a list of a table of which people have seen any row."""
    if not any(name == table for name, _ in render.g.reviewed):
        return []
    return [Facet("review", "Review", "select", LABELS, VALUES)]


def story_facet(render: Renderer) -> list[Facet]:
    """The filter by story, for a collection that tells several."""
    stories = render.g.stories
    return [Facet("story", "Story", "select", stories.label, list(stories.label))] if stories.several else []


@dataclass
class Listing:
    """A list of any length under one name, which is also the name of its page."""

    name: str
    items: list[Item]
    facets: list[Facet]
    size: int = 100
    noun: str = "row"

    def publish(self, render: Renderer, template: str, **context: Any) -> None:
        """Write the pages and, for the script, the facets and the chunks of rows."""
        self._count()
        pages = max((len(self.items) + self.size - 1) // self.size, 1)
        for page in range(pages):
            rows = self.items[page * self.size : (page + 1) * self.size]
            render.page(self.page(page), template, listing=self, rows=rows, page=page, pages=pages, **context)
        self._write_data(render, pages)

    def page(self, number: int) -> str:
        """The file of a page, counted from 0."""
        return f"{self.name}.html" if number == 0 else f"{self.name}-{number + 1}.html"

    def _count(self) -> None:
        for facet in self.facets:
            facet.counts = dict(Counter(v for item in self.items for v in item.facets.get(facet.name, ())))

    def _write_data(self, render: Renderer, pages: int) -> None:
        columns: dict[str, Any] = {}
        for facet in self.facets:
            index = {v: n for n, (v, _, _) in enumerate(facet.values)}
            columns[facet.name] = {
                "values": list(index),
                "rows": [[index[v] for v in item.facets.get(facet.name, ())] for item in self.items],
            }
            if len(index) > FEW:
                columns[facet.name]["labels"] = [
                    f"{render.translator.say(Markup(label).striptags())} ({count})" for _, label, count in facet.values
                ]
        data = {
            "size": self.size,
            "chunk": CHUNK,
            "facets": columns,
            "keys": [i.key for i in self.items],
            "find": [i.find.lower() for i in self.items],
            "low": [i.low for i in self.items],
            "high": [i.high for i in self.items],
        }
        render.data(f"data/{self.name}.js", f"list:{self.name}", data)
        if pages > 1:
            for n in range(0, len(self.items), CHUNK):
                render.data(
                    f"data/{self.name}-rows-{n // CHUNK}.js",
                    f"rows:{self.name}:{n // CHUNK}",
                    [render.translator.page(str(i.html)) for i in self.items[n : n + CHUNK]],
                )
