"""Running heads and feet, page numbers, and what a browser prints around a page: rows at the edges of pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from variorum.read.pdf.rows import Row

__all__ = ["without_edges"]

EDGE = 3
"""Rows at the top, and at the foot, that may be running heads."""
LONGEST = 110
NUMBER = re.compile(r"\d{1,5}")
ROMAN = re.compile(r"[ivxlc]{1,7}", re.IGNORECASE)
ALONE = re.compile(
    r"(?:page|p\.|seite|стр\.)?\s*[-–—\[(|]?\s*(\d{1,5}|[ivxlc]{1,7})\s*[-–—\])|]?(?:\s*(?:of|/|von|из)\s*\d{1,5})?",
    re.IGNORECASE,
)
SAID = re.compile(r"(?:page|p\.|seite|стр\.)\s*\d|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*(?:of|/)\s*\d{1,4}", re.IGNORECASE)
DATED = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2} \w{3,9} \d{4}|\w{3,9} \d{1,2}, \d{4}"
PRINTED = re.compile(rf"(?:\w{{2,9}},? )?(?:{DATED}),?\s+(?:at )?\d{{1,2}}[:.]\d\d")
ADDRESS = re.compile(r"(?:https?://|file:///|www\.)\S{3,}|about:blank", re.IGNORECASE)
OF = re.compile(r"\d{1,4}\s?/\s?\d{1,4}$")


NEAR = 12
"""Pages before and after in which a running head is looked for."""


@dataclass(slots=True)
class _Page:
    """What is measured of a page: the height of its letters, its widest row, its first and last rows."""

    number: int
    size: float
    width: float
    first: list[str]
    last: list[str]


@dataclass(slots=True, frozen=True)
class _Edge:
    """A row at the edge of a page: its place from the edge, whether at the top, and how far from what follows."""

    page: _Page
    place: int
    top: bool
    row: Row
    apart: float

    @property
    def shape(self) -> str:
        """The words, with every number as the same sign."""
        return NUMBER.sub("#", " ".join(self.row.text.lower().split()))

    @property
    def ends(self) -> list[str]:
        """The rows at this edge of the page."""
        return self.page.first if self.top else self.page.last

    @property
    def stands_apart(self) -> bool:
        """True for a short row of the page's size or less that is farther from the next one than rows are."""
        return self.apart >= 1.35 and self.row.size <= 1.1 * self.page.size and len(self.row.text) <= 70


def without_edges(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows of each page without running heads, page numbers and what a browser prints around a page.

    A row at the edge is one of these where another page near has it in the same place but for its numbers, where its
    number counts the pages, where it stands apart on most pages or on every other one, or where its words say so.
    """
    edges = [edge for number, page in enumerate(pages) if page for edge in _edges(number, page)]
    counts = _counted(edges, len(pages))
    gone: set[int] = set()
    kept: set[tuple[int, bool]] = set()  # edges at which a row was kept: what lies further in is no head
    for edge in sorted(edges, key=lambda edge: edge.place):
        side = (edge.page.number, edge.top)
        if side not in kept and counts.is_running(edge):
            gone.add(id(edge.row))
        else:
            kept.add(side)
    return [[row for row in page if id(row) not in gone] for page in pages]


def _edges(number: int, rows: list[Row]) -> Iterator[_Edge]:
    steps = [after.y - before.y for before, after in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    texts = ["".join(row.text.split()).lower() for row in (*rows[:EDGE], *rows[-EDGE:])]
    width = max(row.x1 - row.x0 for row in rows)
    page = _Page(number, median(row.size for row in rows), width, texts[:EDGE], texts[: -EDGE - 1 : -1])
    for place in range(min(EDGE, (len(rows) + 1) // 2)):
        for top in (True, False):
            at = place if top else len(rows) - 1 - place
            near = at if top else at - 1
            apart = steps[near] / usual if usual > 0 and 0 <= near < len(steps) else 9.0
            yield _Edge(page, place, top, rows[at], apart)


@dataclass(slots=True)
class _Counts:
    """What the edges of all pages have in common."""

    pages: int
    shapes: dict[tuple[bool, str], dict[int, _Edge]] = field(default_factory=lambda: defaultdict(dict))
    heights: dict[tuple[bool, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    steps: Counter[tuple[bool, int]] = field(default_factory=Counter)

    def is_running(self, edge: _Edge) -> bool:
        """Whether an edge is a running head or foot, or a page number."""
        text = " ".join(edge.row.text.split())
        if len(text) > LONGEST:
            return False
        printed = ADDRESS.search(text) and (OF.search(text) or ADDRESS.fullmatch(text))
        if printed or (edge.top and PRINTED.match(text)):
            return True
        counts = any(self.steps[edge.top, step] >= 2 for step in _steps(edge))
        if ALONE.fullmatch(text):
            return counts or self._says_its_number(edge, text)
        return (counts and edge.apart >= 1.2) or self._is_repeated(edge) or self._is_regular(edge)

    def _says_its_number(self, edge: _Edge, text: str) -> bool:
        """A number alone that says it is a page's, or stands apart and is this page's own."""
        if SAID.search(text) and (edge.apart >= 1.2 or edge.place == 0):
            return True
        return edge.apart >= 1.5 and edge.page.number + 1 in _numbers(edge)

    def _is_repeated(self, edge: _Edge) -> bool:
        """The same words but for numbers at the same edge of another page; pages that begin alike are copies."""
        if not any(sign.isalpha() for sign in edge.shape):
            return False
        alike = self.shapes[edge.top, edge.shape]
        near = (alike[at] for at in range(edge.page.number - NEAR, edge.page.number + NEAR + 1) if at in alike)
        others = (other for other in near if other.page is not edge.page and _placed_alike(edge, other))
        return any(len(edge.ends) < EDGE or edge.ends != other.ends for other in others) and _may_run(edge)

    def _is_regular(self, edge: _Edge) -> bool:
        """A row that stands apart at the same height on most pages, or on most odd or even ones."""
        if not edge.stands_apart:
            return False
        pages = self.heights[edge.top, round(edge.row.y / 3)]
        same = [page for page in pages if page % 2 == edge.page.number % 2]
        half = (self.pages + 1 - edge.page.number % 2) // 2
        return len(pages) >= max(3, 0.6 * self.pages) or len(same) >= max(3, 0.6 * half)


def _counted(edges: Sequence[_Edge], pages: int) -> _Counts:
    counts = _Counts(pages)
    for edge in edges:
        counts.shapes[edge.top, edge.shape].setdefault(edge.page.number, edge)
        if edge.stands_apart:
            for height in (round(edge.row.y / 3), round(edge.row.y / 3) + 1):
                counts.heights[edge.top, height].add(edge.page.number)
    for _, top, step in {(edge.page.number, edge.top, step) for edge in edges for step in _steps(edge)}:
        counts.steps[top, step] += 1
    return counts


def _placed_alike(edge: _Edge, other: _Edge) -> bool:
    return edge.place == other.place or abs(other.row.y - edge.row.y) <= 2 * edge.page.size


def _may_run(edge: _Edge) -> bool:
    """False for a line as wide as those of the page and as near to the next one: pages may begin alike."""
    narrow = edge.row.x1 - edge.row.x0 < 0.75 * edge.page.width
    other_size = not 0.93 < edge.row.size / max(edge.page.size, 0.1) < 1.07
    return edge.apart >= 1.25 or other_size or (narrow and edge.place == 0 and edge.row.text[-1:] not in ".,;")


def _numbers(edge: _Edge) -> list[int]:
    """The numbers with which an edge begins or ends."""
    words = edge.row.text.split()
    found = []
    for word in {words[0], words[-1]}:
        bare = word.strip("-–—[]()|.,")
        if NUMBER.fullmatch(bare):
            found.append(int(bare))
        elif ROMAN.fullmatch(bare) and (len(words) == 1 or bare.islower()):
            found.append(_of_roman(bare.lower()))
    return found


def _of_roman(word: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[sign] for sign in word]
    return sum(-v if n + 1 < len(values) and v < values[n + 1] else v for n, v in enumerate(values))


def _steps(edge: _Edge) -> list[int]:
    """By how much each number of an edge is ahead of its page: the same on all pages for a number that counts them."""
    return [number - edge.page.number for number in _numbers(edge)]
