"""Voices: whose words stand where in one witness, worked out once for quotes, figures and claims.

`find` joins strings in marks (`marks`, `beside`), what leads to them (`lines`), reports in the parsed sentence
(`reports`, `accords`, `counted`) and whole speeches (`speeches`), and leaves the strings that nobody utters (`kinds`)
in ``found.marks``. `Voices` says whose word a span is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from spacy.tokens import Doc

from variorum.config import Config
from variorum.language.tree import tree_of
from variorum.mentions import Found
from variorum.records import Voice
from variorum.voices.assemble import assemble
from variorum.voices.chains import rows_of, tells
from variorum.voices.setting import Setting

__all__ = ["Voices", "find"]


def find(doc: Doc, found: Found, config: Config | None = None) -> list[Voice]:
    """The voices of a witness, in order; also fills ``found.marks``.

    A row inside another has the names of both in its chain, outermost first. ``how`` says what shows the voice: marks,
    clause, accord (``according to``), speech, label (``HALE:``), count (``put the toll at 12``), to, object or charge.

    >>> from variorum.language import parse
    >>> [doc] = parse(["The mayor said that ten men had died, while the bishop put the toll at twelve."])
    >>> [(row.text, row.chain, row.how) for row in find(doc, Found("A"))]
    [('that ten men had died', ['The mayor'], 'clause'), ('the toll at twelve', ['the bishop'], 'count')]
    """
    setting = Setting(tree_of(doc), found)
    outer, inner, marks = assemble(setting)
    found.marks[:] = sorted(marks, key=lambda mark: mark.start)
    return rows_of(setting, outer, inner)


class Voices:
    """Whose word a span of a witness is, by the rows of its voices."""

    def __init__(self, rows: Sequence[Voice]) -> None:
        self.rows = sorted((r for r in rows if tells(r.how, r.tier)), key=lambda row: (row.start, -row.end))
        self._starts = [row.start for row in self.rows]
        self._reach = list(accumulate((row.end for row in self.rows), max))

    def at(self, start: int, end: int) -> list[str]:
        """The chain of voices over a span, outermost first; empty where the witness speaks itself.

        The innermost row that holds the span counts; the cue that interrupts a quotation is not part of it.

        >>> row = Voice("A", 0, 9, "Ten died.", "Ana Hale", None, None, ["Ana Hale"], None, None)
        >>> Voices([row]).at(0, 3), Voices([row]).at(10, 12)
        (['Ana Hale'], [])
        """
        index = bisect_right(self._starts, start) - 1
        while index >= 0 and self._reach[index] >= end:
            row = self.rows[index]
            interrupts = row.cue_start is not None and row.cue_start <= start < (row.cue_end or 0)
            if end <= row.end and not interrupts:
                return row.chain
            index -= 1
        return []
