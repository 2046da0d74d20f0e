"""Claims: what one witness says happened, clause by clause: type, doers, place, date, polarity, modality, voice.

`find` reads every clause of the parsed witness. Its type is that of its trigger (``data/triggers.csv``, neutral types
after PLOVER, see ``data/plover.csv``); a happening without a trigger has the type ``other``. The claim's span is the
clause.
"""

from __future__ import annotations

from spacy.tokens import Doc

from variorum.claims.compose import compose
from variorum.claims.entries import dated
from variorum.config import Config
from variorum.language.tree import tree_of
from variorum.mentions import Found
from variorum.records import Claim

__all__ = ["find"]


def find(doc: Doc, found: Found, config: Config | None = None) -> list[Claim]:
    """The claims of a parsed witness, in order; ``claim`` is ``{witness}.c{n}``.

    Needs a dependency parse (an unparsed document gives none); uses ``found.times, places, figures, quotes`` where they
    are there. ``place`` holds several places joined by ``; ``; ``figures`` the start offsets of figures in the clause.

    >>> from spacy.lang.en import English
    >>> find(English()("The ferry sank."), Found("A"))
    []
    """
    tree = tree_of(doc)
    return dated(tree, found, compose(tree, found))
