"""Plain text with columns of prose side by side, as a converter lays them out: they are read one after the other."""

from __future__ import annotations

import re
from itertools import pairwise

from variorum.read.pdf.columns import bands, is_prose, parted
from variorum.read.pdf.rows import Row, rows_of
from variorum.read.pdf.words import Word

__all__ = ["columns_apart"]

STEP, SIZE = 10.0, 4.0
"""How far lines are apart, and how high letters are, where a letter is as wide as one: a gutter has three blanks."""
LEAST = 6
"""Lines that a pair of columns must have."""
GOES_ON = 0.4
"""Share of the lines of a column that must go on in small letters on its next line, as prose does and lists do not."""
MOST = 2000
"""Lines of a stretch without a blank line pair that is looked at at once."""


def columns_apart(text: str) -> str | None:
    """The text with columns that stand side by side put one after the other, or None where there are none.

    >>> left = ["The crew of the ferry", "had not been told that", "the door was open when", "they left the quay at",
    ...     "Hale, and nobody had", "looked at the lamp."]
    >>> right = ["The court met in May", "and heard the master of", "the ship and three men", "who had seen the lamp",
    ...     "go out, it was told by", "the clerk of the court."]
    >>> made = columns_apart("\\n".join(f"{a:<26}{b}" for a, b in zip(left, right)))
    >>> made == "\\n".join(left) + "\\n\\n" + "\\n".join(right)
    True
    """
    if "   " not in text or text.count("\n") < LEAST - 1:
        return None
    lines = text.split("\n")
    made: list[str] = []
    found = False
    for start in range(0, len(lines), MOST):
        some, changed = _apart(lines[start : start + MOST])
        made += some
        found = found or changed
    return "\n".join(made) if found else None


GAP = re.compile(r"\S {3,}\S")
WIDE = 40
"""Letters of a line that may be one of two columns."""


def _apart(lines: list[str]) -> tuple[list[str], bool]:
    if sum(len(line) >= WIDE and bool(GAP.search(line)) for line in lines) < LEAST:
        return lines, False
    words = [
        Word(match[0], match.start(), match.end(), STEP * number, SIZE)
        for number, line in enumerate(lines)
        for match in re.finditer(r"\S+", line.expandtabs(4))
    ]
    made: list[str] = []
    done, changed = 0, False
    for band, strips in bands(rows_of(words)):
        columns = [rows_of(column) for column in parted(band, strips)] if strips else []
        if len(band) < LEAST or len(columns) < 2 or not all(map(_is_told, columns)):
            continue
        first, last = round(band[0].y / STEP), round(band[-1].y / STEP)
        made += lines[done:first]
        for column in columns:
            made += [*_lines(column), ""]
        done, changed = last + 1, True
        if done >= len(lines) or not lines[done].strip():
            made.pop()
    return [*made, *lines[done:]], changed


def _is_told(column: list[Row]) -> bool:
    return is_prose(column) and _goes_on(column)


def _goes_on(column: list[Row]) -> bool:
    steps = [after.text[:1].islower() for _, after in pairwise(column)]
    return sum(steps) >= GOES_ON * len(steps)


def _lines(column: list[Row]) -> list[str]:
    """The lines of a column, with a blank one where it has one."""
    made: list[str] = []
    for number, row in enumerate(column):
        if number and row.y - column[number - 1].y > 1.5 * STEP:
            made.append("")
        made.append(row.text)
    return made
