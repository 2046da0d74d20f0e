"""A witness's words with marks laid over them, as safe HTML.

Marks may overlap in any way: the text is cut where a mark begins or ends and each piece carries the classes of the
marks that cover it. One pass, whatever the number of marks; every character comes out once, escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from markupsafe import Markup, escape

__all__ = ["Insert", "Mark", "marked", "shown"]

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Mark(NamedTuple):
    """Words from ``start`` to ``end`` that carry ``classes``; ``key`` ties them to a note or reading elsewhere."""

    start: int
    end: int
    classes: str
    key: str = ""


class Insert(NamedTuple):
    """HTML put in at an offset; the lower ``rank`` comes first, anchors before what ends there."""

    at: int
    rank: int
    html: Markup


def shown(text: object) -> str:
    """Text with the characters that no page can hold replaced one for one.

    >>> shown("a" + chr(0) + "b" + chr(0xD800))
    'a\ufffdb\ufffd'
    """
    return _UNSEEN.sub(lambda m: " " if m[0] in "\x0b\x0c\x85" else "\ufffd", str(text))


def marked(text: str, start: int, end: int, marks: Iterable[Mark], inserts: Iterable[Insert] = ()) -> Markup:
    """The words of ``text[start:end]`` with the marks on them.

    >>> print(marked("the <ferry> sank", 0, 16, [Mark(4, 11, "own"), Mark(0, 7, "cp h1")]))
    <span class="cp h1">the </span><span class="cp h1 own">&lt;fe</span><span class="own">rry&gt;</span> sank
    """
    steps, points = _steps(marks, start, end), sorted(i for i in inserts if start <= i.at <= end)
    cuts = sorted({start, end, *(s[0] for s in steps), *(p.at for p in points)})
    on: dict[str, int] = {}
    keys: dict[str, int] = {}
    out: list[str] = []
    step = point = 0
    for here, then in zip(cuts, [*cuts[1:], end], strict=True):
        while point < len(points) and points[point].at == here:
            out.append(points[point].html)
            point += 1
        while step < len(steps) and steps[step][0] == here:
            _, change, classes, key = steps[step]
            _count(on, classes, change)
            _count(keys, key, change)
            step += 1
        if here < then:
            out.append(_piece(text[here:then], on, keys))
    return Markup("".join(out))


def _steps(marks: Iterable[Mark], start: int, end: int) -> list[tuple[int, int, str, str]]:
    steps = []
    for mark in marks:
        low, high = max(mark.start, start), min(mark.end, end)
        if low < high:
            steps += [(low, 1, mark.classes, mark.key), (high, -1, mark.classes, mark.key)]
    return sorted(steps)


def _count(held: dict[str, int], key: str, change: int) -> None:
    number = held.get(key, 0) + change
    if number and key:
        held[key] = number
    else:
        held.pop(key, None)


def _piece(words: str, on: dict[str, int], keys: dict[str, int]) -> str:
    html = str(escape(shown(words)))
    if not on:
        return html
    active = " ".join(sorted({c for group in on for c in group.split()}))
    tie = f' data-tie="{escape(" ".join(islice(keys, 6)))}"' if keys else ""
    return f'<span class="{escape(active)}"{tie}>{html}</span>'
