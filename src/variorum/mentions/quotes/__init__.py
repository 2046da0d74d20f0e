"""Quotations and reported speech of one witness: speaker, cue and content.

Quotes are the voices that stand in no other (`variorum.voices`): strings in marks, reports, speeches and labelled
lines. What is *said* and the *stance* one is said to take are two tiers of the same row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc

from variorum.config import Config
from variorum.language.tree import Tree, tree_of
from variorum.lists import toml
from variorum.mentions import Found
from variorum.records import Quote, Voice
from variorum.voices.carriers import is_agency
from variorum.voices.chains import tells
from variorum.voices.words import share

__all__ = ["find"]

DIRECT = frozenset({"marks", "speech", "label"})
REACH: int = toml("limits")["quotes"]["said_on"]
"""How many dated times after the start of a sentence are looked at for the time when something was said."""


def find(doc: Doc, found: Found, config: Config | None = None) -> list[Quote]:
    """The quotes of a parsed witness, in order, from ``found.voices``.

    ``direct`` is True where the words stand in marks (or are a speech without marks); a *mixed* quotation, a clause of
    which a part stands in marks, has the extent of the clause. ``start`` and ``end`` leave out the outer marks; a
    quotation that its cue interrupts (``"A," Hale said. "B."``) is one row, its cue inside.

    >>> from spacy.lang.en import English
    >>> from variorum.voices import find as find_voices
    >>> doc = English()('“The ferry sank,” said Ana Hale. They call it the “Maid of Asker”.')
    >>> found = Found("A")
    >>> found.voices = find_voices(doc, found)
    >>> [quote.text for quote in find(doc, found)], [(mark.text, mark.kind) for mark in found.marks]
    (['The ferry sank,'], [('Maid of Asker', 'name')])
    """
    tree, times = tree_of(doc), dated(found)
    rows = found.voices
    return [
        quote(row, rows[number + 1 : number + 9], when(row, tree, times))
        for number, row in enumerate(rows)
        if row.level == 0 and row.how != "count"
    ]


def quote(row: Voice, inner: Sequence[Voice], date: str | None) -> Quote:
    """The quote of a voice; where a report inside fills most of it, the chain goes on to the one who speaks there."""
    least = share("fills") * (row.end - row.start)
    inner = [v for v in inner if v.end <= row.end and tells(v.how, v.tier) and v.how != "count"]
    filling = next((v for v in reversed(inner) if v.end - v.start >= least), None)
    if filling is not None and is_agency(row.speaker):
        row = filling  # "..., said the mayor, according to" an agency: the mayor's words
    chain = row.chain if filling is None else filling.chain
    return Quote(
        row.witness, row.start, row.end, row.text, row.speaker, row.speaker_start, row.speaker_end,
        row.cue_start, row.cue_end, row.how in DIRECT, date, row.tier, list(chain),
    )  # fmt: skip


def dated(found: Found) -> list[tuple[int, int, str]]:
    """The times with a date, in order."""
    return sorted((t.start, t.end, t.edtf) for t in found.times if t.edtf and t.type in ("DATE", "TIME"))


def when(row: Voice, tree: Tree, times: Sequence[tuple[int, int, str]]) -> str | None:
    """When it was said: the time nearest to the cue in its sentence, outside the words themselves."""
    if row.cue_start is None or row.cue_end is None or not times or not tree.parsed:
        return None
    sentence = tree[tree.holding(row.cue_start)].sentence
    index = bisect_left(times, (sentence.start_char, -1, ""))
    near = [
        (min(abs(start - row.cue_end), abs(row.cue_start - end)), value)
        for start, end, value in times[index : index + REACH]
        if start < sentence.end_char and (row.how == "speech" or not row.start <= start < row.end)
    ]
    return min(near, key=lambda one: one[0])[1] if near else None
