"""The reading order of a page: bands from top to bottom, columns from left to right, tables row by row.

A *gutter* is a strip without words beside which words stand in several rows below each other. Where it parts lines of
prose it parts columns, which are read one after the other, whatever the order in which they were drawn; where it parts
short words it parts the cells of a table. The method is that of recursive cuts along white space (Nagy and Seth 1984),
with runs of rows in the place of whole regions, so that a title over two columns does not hide them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mean, median

from variorum.read.pdf.rows import Row, rows_of
from variorum.read.pdf.words import Word

__all__ = ["Line", "bands", "is_prose", "ordered", "parted"]

GUTTER = 0.75
"""The least width of a gutter, in heights of the letters beside it."""
LEAST = 3
"""Rows with words on both sides that make a gutter."""
DEEPEST = 8
MOST_ROWS = 2000
"""Rows of a page; a large newspaper has six hundred."""

Strip = tuple[float, float]


@dataclass(slots=True)
class Line:
    """A line of prose, or a row of a table with its ``cells``, in reading order, and the edges of its column."""

    row: Row
    left: float
    right: float
    cells: list[list[Word]] = field(default_factory=list)
    column: int = 0


def ordered(rows: list[Row], depth: int = 0) -> list[Line]:
    """The lines of a page, or of a part of it, in reading order; a page of very many rows is read row by row."""
    found: list[Line] = []
    if len(rows) > MOST_ROWS:
        return [Line(row, row.x0, row.x1) for row in rows]
    for band, strips in bands(rows):
        if not strips or depth >= DEEPEST:
            left, right = min(row.x0 for row in band), max(row.x1 for row in band)
            found += [Line(row, left, right) for row in band]
            continue
        found += _in_columns(band, strips, depth)
    return found


def _in_columns(band: list[Row], strips: list[Strip], depth: int) -> list[Line]:
    """A band with gutters: columns of prose, or a table."""
    columns = [rows_of(words) for words in parted(band, strips)]
    if _are_line_numbers(columns[0]) and len(columns) > 1:
        rest = [word for column in columns[1:] for row in column for word in row.words]
        return ordered(rows_of(rest), depth + 1)
    if all(is_prose(column) for column in columns):
        found = []
        for number, column in enumerate(_in_order(columns)):
            for line in ordered(column, depth + 1):
                line.column = line.column * 10 + number + 1
                found.append(line)
        return found
    return list(_table(band, strips))


def _in_order(columns: list[list[Row]]) -> list[list[Row]]:
    """Columns as they are read: from the right where most letters are written from there."""
    text = "".join(row.text for column in columns for row in column[:40])
    right = sum("\u0590" <= sign <= "\u08ff" for sign in text)
    return columns[::-1] if right > sum(sign.isascii() and sign.isalpha() for sign in text) else columns


def parted(band: Sequence[Row], strips: Sequence[Strip]) -> list[list[Word]]:
    """The words of a band by the columns between its gutters."""
    middles = [(a + b) / 2 for a, b in strips]
    columns: list[list[Word]] = [[] for _ in range(len(strips) + 1)]
    for row in band:
        for word in row.words:
            columns[sum((word.x0 + word.x1) / 2 > middle for middle in middles)].append(word)
    return [column for column in columns if column]


def is_prose(column: list[Row]) -> bool:
    """True for rows that fill their column with words."""
    if len(column) < LEAST:
        return False
    width = max(row.x1 for row in column) - min(row.x0 for row in column)
    words = mean(len(row.words) for row in column)
    letters = sum(sign.isalpha() for row in column for sign in row.text)
    signs = sum(not sign.isspace() for row in column for sign in row.text)
    return words >= 3 and letters > 0.6 * signs and median((row.x1 - row.x0) / max(width, 1) for row in column) >= 0.6


COUNTED = re.compile(r"\d{1,4}")


def _are_line_numbers(column: list[Row]) -> bool:
    """True for numbers beside the lines, each one or five more than the one above."""
    if len(column) < 5 or not all(len(row.words) == 1 and COUNTED.fullmatch(row.words[0].text) for row in column):
        return False
    steps = [int(after.text) - int(before.text) for before, after in pairwise(column)]
    regular = max(steps.count(1), steps.count(5))
    gaps = [after.y - before.y for before, after in pairwise(column)]
    return regular >= 0.9 * len(steps) and max(gaps) < 2.2 * median(gaps)


# --- bands and gutters --------------------------------------------------------------------------------------------


def bands(rows: list[Row]) -> Iterator[tuple[list[Row], list[Strip]]]:
    """Runs of rows, each with the gutters that all of it has."""
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        end, strips = _run(rows, at)
        if strips:
            if plain:
                yield plain, []
                plain = []
            yield rows[at:end], strips
            at = end
        else:
            plain.append(rows[at])
            at += 1
    if plain:
        yield plain, []


def _run(rows: list[Row], at: int) -> tuple[int, list[Strip]]:
    """The longest run of rows from ``at`` on that a gutter goes through, and its gutters."""
    strips = _gaps(rows[at])
    best: tuple[int, list[Strip]] = (at, [])
    if not any(a > rows[at].x0 and b < rows[at].x1 for a, b in strips) and len(rows[at].words) > 8:
        return best
    end = at + 1
    while end < len(rows):
        if _far(rows, at, end):
            break
        met = _met(strips, _gaps(rows[end]), GUTTER * rows[end].size)
        if end - at == LEAST and not any(_both_sides(rows[at:end], strip, 1) for strip in met):
            break
        if len(met) < 3:  # only what lies outside all words is left
            break
        strips = met
        end += 1
    inner = [strip for strip in strips if _both_sides(rows[at:end], strip, LEAST)]
    return (_without_tail(rows, at, end, inner[0]), inner) if inner else best


def _without_tail(rows: list[Row], at: int, end: int, strip: Strip) -> int:
    """Where a run ends: lines far below its last full row that stand on one side alone belong to what follows."""
    full = [n for n in range(at, end) if rows[n].x0 < strip[0] and rows[n].x1 > strip[1]]
    usual = median([b.y - a.y for a, b in pairwise(rows[at : full[-1] + 1])] or [rows[at].size])
    for n in range(full[-1] + 1, end):
        if rows[n].y - rows[n - 1].y > 1.6 * max(usual, 0.1):
            return n
    return end


def _far(rows: list[Row], at: int, end: int) -> bool:
    """True where the next row is far below those of the run."""
    step = rows[end].y - rows[end - 1].y
    usual = median([b.y - a.y for a, b in zip(rows[at:end], rows[at + 1 : end], strict=False)] or [step])
    return step > 4 * max(usual, rows[end].size)


def _gaps(row: Row) -> list[Strip]:
    """The strips of a row without words, with those left and right of it."""
    least = GUTTER * row.size
    found: list[Strip] = []
    at = float("-inf")
    for word in row.words:
        if word.x0 - at >= least:
            found.append((at, word.x0))
        at = max(at, word.x1)
    found.append((at, float("inf")))
    return found


def _met(one: Sequence[Strip], other: Sequence[Strip], least: float) -> list[Strip]:
    """The strips that two lists have in common, of a least width."""
    found: list[Strip] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if end - start >= least:
            found.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


def _both_sides(rows: Sequence[Row], strip: Strip, least: int) -> bool:
    """True where rows have words on both sides of a strip: so many of them, or as many on each."""
    left = sum(any(word.x1 <= strip[0] + 0.1 for word in row.words) for row in rows)
    right = sum(any(word.x0 >= strip[1] - 0.1 for word in row.words) for row in rows)
    both = sum(
        any(word.x1 <= strip[0] + 0.1 for word in row.words) and any(word.x0 >= strip[1] - 0.1 for word in row.words)
        for row in rows
    )
    return left >= least and right >= least and both >= min(least, 2)


# --- tables -------------------------------------------------------------------------------------------------------


def _table(band: list[Row], strips: list[Strip]) -> Iterator[Line]:
    """The rows of a table; a cell of several lines is one."""
    left, right = min(row.x0 for row in band), max(row.x1 for row in band)
    middles = [(a + b) / 2 for a, b in strips]
    held: Line | None = None
    while band and len(band[0].words) and _above(band, middles):  # a title over the table
        yield Line(band[0], left, right)
        band = band[1:]
    wide = _wide_step(band)
    for number, row in enumerate(band):
        cells: list[list[Word]] = [[] for _ in range(len(strips) + 1)]
        for word in row.words:
            cells[sum((word.x0 + word.x1) / 2 > middle for middle in middles)].append(word)
        step = row.y - band[number - 1].y if number else 0.0
        begins = step >= wide if wide else bool(cells[0])
        if held is not None and not begins:
            held.cells = [a + b for a, b in zip(held.cells, cells, strict=True)]
            held.row.words += row.words
            continue
        if held is not None:
            yield held
        held = Line(Row(list(row.words), row.y, row.size), left, right, cells)
    if held is not None:
        yield held


def _above(band: Sequence[Row], middles: Sequence[float]) -> bool:
    """True for a first row that stands in the first column alone, over one that has more."""
    ends = max(word.x1 for word in band[0].words)
    return len(band) > 1 and ends < middles[0] and max(word.x1 for word in band[1].words) > middles[0]


def _wide_step(band: Sequence[Row]) -> float:
    """The step that parts the rows of a table whose cells have several lines; 0 where the first cell parts them."""
    steps = sorted(after.y - before.y for before, after in pairwise(band))
    if len(steps) < 3:
        return 0.0
    small, large = steps[0], steps[-1]
    if large < 1.35 * small:
        return 0.0
    middle = (small + large) / 2
    wide = sum(step >= middle for step in steps)
    return middle if 2 <= wide < 0.8 * len(steps) and wide >= 0.15 * len(steps) else 0.0
