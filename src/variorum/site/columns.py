"""Passages that two accounts share as a drawing: two columns of lines, with what only one of them has underlined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from variorum.site.differences import compared
from variorum.site.marking import shown
from variorum.site.safe import filled

__all__ = ["columns"]

WIDTH, LEFT, RIGHT, LINE, LETTERS = 640, 16, 332, 18, 42
"""The drawing's width, where its columns begin, the height of a line and about how many letters it holds."""
MOST_PASSAGES, MOST_LINES = 12, 90
"""Passages, and lines of the longer column, that are drawn; what is left out is said."""

Word = tuple[str, bool]


def columns(heads: tuple[str, str], passages: Sequence[tuple[str, str]]) -> Markup:
    """The passages of two accounts, each pair side by side, under what the accounts are called.

    >>> made = columns(("A", "B"), [("nine men drowned", "ten men drowned")])
    >>> '<tspan class="own">nine</tspan> men drowned' in made, '<tspan class="own">ten</tspan> men drowned' in made
    (True, True)
    """
    parts = [_text(x, 18, filled("{}", shown(head)), "side") for x, head in zip((LEFT, RIGHT), heads, strict=True)]
    y, drawn = 42, 0
    for a, b in passages[:MOST_PASSAGES]:
        if y > MOST_LINES * LINE:
            break
        pieces = compared(a, b)
        sides = [
            list(_lines(_words((p.a, p.same) for p in pieces))),
            list(_lines(_words((p.b, p.same) for p in pieces))),
        ]
        for x, lines in zip((LEFT, RIGHT), sides, strict=True):
            parts += [_text(x, y + n * LINE, line) for n, line in enumerate(lines[:MOST_LINES])]
        y += max(1, *(min(len(lines), MOST_LINES) for lines in sides)) * LINE + 12
        drawn += 1
        parts.append(filled('<path class="hair" d="M{} {}H{}"/>', LEFT, y - LINE + 2, WIDTH - LEFT))
    if len(passages) > drawn:
        parts.append(_text(LEFT, y + 4, filled("{} more are in the edition.", len(passages) - drawn), "small"))
        y += LINE
    return filled('<svg class="columns" viewBox="0 0 {} {}">{}</svg>', WIDTH, y, Markup("").join(parts))


def _words(pieces: Iterable[Word]) -> Iterator[Word]:
    """The words of pieces, each with whether both have it; one that is longer than a line is cut."""
    for text, same in pieces:
        for word in re.findall(rf"\S{{1,{LETTERS}}}", text):
            yield word, same


def _lines(words: Iterable[Word]) -> Iterator[Markup]:
    line: list[Word] = []
    for word in words:
        if line and sum(len(w) + 1 for w, _ in line) + len(word[0]) > LETTERS:
            yield _line(line)
            line = []
        line.append(word)
    if line:
        yield _line(line)


def _line(words: list[Word]) -> Markup:
    """A line with the words of one account alone marked, neighbours together."""
    said: list[tuple[list[str], bool]] = []
    for word, same in words:
        if said and said[-1][1] == same:
            said[-1][0].append(word)
        else:
            said.append(([word], same))
    mark = Markup('<tspan class="own">{}</tspan>')
    return Markup(" ").join((Markup("{}") if same else mark).format(shown(" ".join(w))) for w, same in said)


def _text(x: int, y: int, said: Markup, look: str = "") -> Markup:
    return filled('<text{} x="{}" y="{}">{}</text>', Markup(f' class="{look}"') if look else "", x, y, said)
