"""Structure: the parts of an account that its form tells apart: headings, items, cells, captions, datelines, bylines.

A reader knows the parts of its format (`Part`); what it does not know is derived from the lines of the text. Parts of
a kind in `HIDDEN` belong to the page and not to the account: they stay in the text and no finder reads them.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from variorum.structure import lines
from variorum.structure.boilerplate import Paged, repeated

__all__ = [
    "BESIDE", "HIDDEN", "KINDS", "Paged", "Part", "clipped", "governed", "hidden", "masked", "packed", "parts",
    "repeated", "unpacked",
]  # fmt: skip

KINDS = {
    "heading": "a heading; level 1 is the highest; it governs up to the next one of its level or a higher one",
    "item": "an item of a list; level is its depth",
    "cell": "a cell of a table; level is its column, and the first one of a row governs the row",
    "note": "a foot- or endnote; at is where its mark stands",
    "cue": "words of a recording; level is when they are spoken, in thousandths of a second",
    "dateline": "place, day or agency before the first sentence; it governs up to the next one",
    "byline": "who wrote it",
    "date": "a line or cell that is only a date, with what it governs",
    "caption": "what stands under a picture",
    "counter": "a counter of views, or the number of a page",
    "boilerplate": "menus, share bars, legal lines and the like",
    "page": "where a page begins; level is its number",
    "word": "a word that was read from a picture; level is how sure that was, of 100",
    "doubtful": "words that may have been read wrongly; no figure rests on them",
    "foreign": "a paragraph in another language than its account",
    "withdrawn": "words that the page itself has struck out; at is where they stood",
}
"""The kinds of parts and what each one is."""

HIDDEN = frozenset(("caption", "counter", "boilerplate", "foreign", "withdrawn"))
"""Kinds that no finder reads."""

BESIDE = HIDDEN | {"page", "word"}
"""Kinds that a finder need not know: those that it does not read, and those that say how the text was read."""


class Part(NamedTuple):
    """A stretch of an account's text with its kind; ``until`` ends the stretch that it governs.

    ``level`` is the rank of a heading, the depth of an item, the column of a cell. ``at`` is the place in the text to
    which a note, or words that were withdrawn, belong.
    """

    start: int
    end: int
    kind: str
    level: int | None = None
    until: int | None = None
    at: int | None = None


def parts(text: str, known: Sequence[Part] = ()) -> list[Part]:
    """The parts of a text in order: those that its reader knows, and those that its lines show.

    >>> text = "THE LOSS OF THE FERRY\\n\\nPORT ASKER, 18 Nov (SPA) - The ferry sank.\\n\\nPhoto: the quay"
    >>> [(part.kind, text[part.start:part.end]) for part in parts(text)]
    [('heading', 'THE LOSS OF THE FERRY'), ('dateline', 'PORT ASKER, 18 Nov (SPA) -'), ('caption', 'Photo: the quay')]
    """
    shaped = any(part.kind in ("heading", "item", "cell") for part in known)
    taken = sorted((p for p in known if p.kind in HIDDEN or p.kind in ("heading", "cell", "byline")), key=_order)
    derived = [Part(*one) for one in lines.derived(text, shaped) if not _within(one[0], one[1], taken)]
    return governed(text, [*known, *derived])


def _order(part: Part) -> tuple[int, int, str]:
    return part.start, -part.end, part.kind


def _within(start: int, end: int, taken: Sequence[Part]) -> bool:
    """True where a stretch lies in one of some parts that are sorted by their start."""
    index = bisect_right(taken, start, key=lambda part: part.start)
    return any(end <= part.end for part in taken[max(0, index - 8) : index])


def governed(text: str, listed: Iterable[Part]) -> list[Part]:
    """Parts in order; headings and datelines that do not yet say so govern up to the next one, or the end."""
    ordered = sorted(set(listed), key=_order)
    ends: dict[int, int] = {}
    below: dict[int, int] = {}  # level of a heading: where the next heading of that level or a higher one begins
    dateline = len(text)
    for index in range(len(ordered) - 1, -1, -1):
        part = ordered[index]
        if part.kind == "heading":
            level = part.level or 6
            ends[index] = min((at for rank, at in below.items() if rank <= level), default=len(text))
            below = {rank: at for rank, at in below.items() if rank < level} | {level: part.start}
        elif part.kind == "dateline":
            ends[index], dateline = dateline, part.start
    return [p._replace(until=ends[i]) if p.until is None and i in ends else p for i, p in enumerate(ordered)]


def hidden(listed: Iterable[Part]) -> list[tuple[int, int, str]]:
    """The stretches that no finder reads, in order and without overlap, each with its kind.

    >>> hidden([Part(0, 9, "boilerplate"), Part(4, 6, "caption"), Part(12, 20, "heading")])
    [(0, 9, 'boilerplate')]
    """
    found: list[tuple[int, int, str]] = []
    for part in sorted((p for p in listed if p.kind in HIDDEN and p.end > p.start), key=_order):
        if found and part.start < found[-1][1]:
            start, end, kind = found[-1]
            found[-1] = (start, max(end, part.end), kind)
        else:
            found.append((part.start, part.end, part.kind))
    return found


def masked(text: str, listed: Iterable[tuple[int, int, str]]) -> str:
    """The text with line ends in the place of the letters of some stretches; every offset stays.

    >>> masked("It sank. Share this! All died.", [(9, 20, "boilerplate")])
    'It sank. \\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n All died.'
    """
    pieces, at = [], 0
    for start, end, _ in listed:
        pieces += [text[at:start], "\n" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def clipped(listed: Iterable[Part], size: int) -> list[Part]:
    """Parts of a text that was cut at ``size`` characters.

    >>> clipped([Part(0, 9, "heading", 1, 40), Part(12, 20, "item")], 10)
    [Part(start=0, end=9, kind='heading', level=1, until=10, at=None)]
    """

    def cut(offset: int | None) -> int | None:
        return None if offset is None else min(offset, size)

    kept = (part for part in listed if 0 <= part.start <= part.end <= size)
    return [part._replace(until=cut(part.until), at=cut(part.at)) for part in kept]


def packed(listed: Sequence[Part]) -> str:
    """Parts as one cell of a table, empty where there are none.

    >>> unpacked(packed([Part(0, 9, "heading", 1)]))
    [Part(start=0, end=9, kind='heading', level=1, until=None, at=None)]
    """
    return json.dumps(listed, separators=(",", ":")) if listed else ""


def unpacked(cell: str | None) -> list[Part]:
    """The parts that `packed` made a cell of."""
    return [Part(*one) for one in json.loads(cell)] if cell else []
