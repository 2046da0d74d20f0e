"""Quotations and reported speech of one witness: speaker, cue and content.

`find` joins four sources: strings in marks (`marks`), reports in the parsed sentence (`reports`, `accords`), whole
speeches without marks (`speeches`), and tells apart the strings that nobody utters (`kinds`), which it leaves in
``found.marks``. What is *said* and the *stance* one is said to take are two tiers of the same row.
"""

from __future__ import annotations

from spacy.tokens import Doc

from variorum.config import Config
from variorum.language.tree import tree_of
from variorum.mentions import Found
from variorum.records import Quote
from variorum.voices.assemble import assemble

__all__ = ["find"]


def find(doc: Doc, found: Found, config: Config | None = None) -> list[Quote]:
    """The quotes of a parsed witness, in order; also fills ``found.marks``.

    ``direct`` is True where the words stand in marks (or are a speech without marks); a *mixed* quotation, a clause of
    which a part stands in marks, has the extent of the clause. ``start`` and ``end`` leave out the outer marks; a
    quotation that its cue interrupts (``"A," Hale said. "B."``) is one row, its cue inside.

    >>> from spacy.lang.en import English
    >>> doc = English()('“The ferry sank,” said Ana Hale. They call it the “Maid of Asker”.')
    >>> found = Found("A")
    >>> [quote.text for quote in find(doc, found)], [(mark.text, mark.kind) for mark in found.marks]
    (['The ferry sank,'], [('Maid of Asker', 'name')])
    """
    quotes, marks = assemble(tree_of(doc), found)
    found.marks[:] = marks
    return quotes
