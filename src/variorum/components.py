"""Variorum's finders as components of anybody's spaCy pipeline: ``nlp.add_pipe("variorum_times")`` and so on.

``variorum_times`` comes first, so that times are one word for the tagger and the parser; ``variorum_ud`` after a parser
with ClearNLP labels; then ``variorum_names`` and, in this order and as needed, ``variorum_places``,
``variorum_actors``, ``variorum_voices``, ``variorum_quotes``, ``variorum_figures`` and ``variorum_claims``. What is
found stands in ``doc._.variorum``, a `variorum.mentions.Found`; ``doc._.published`` may hold the date of publication
(ISO).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

import variorum.language.labels
import variorum.language.lemmas  # noqa: F401  registers variorum_lemmas
from variorum.config import Config
from variorum.language.names import name
from variorum.language.tokens import dress
from variorum.mentions import Found, times

__all__ = ["find_times", "finder", "names"]

FINDERS = {
    "places": "variorum.mentions.places",
    "actors": "variorum.mentions.actors",
    "voices": "variorum.voices",
    "quotes": "variorum.mentions.quotes",
    "figures": "variorum.mentions.figures",
    "claims": "variorum.claims",
}

if not Doc.has_extension("variorum"):
    Doc.set_extension("variorum", default=None)
    Doc.set_extension("published", default=None)


def found_in(doc: Doc) -> Found:
    """What has been found in a Doc so far."""
    if doc._.variorum is None:
        doc._.variorum = Found("", published=doc._.published)
    found: Found = doc._.variorum
    return found


@Language.component("variorum_times")
def find_times(doc: Doc) -> Doc:
    """Find the times of a Doc and make each one word.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("variorum_times")
    >>> doc = nlp("On 17 May 1961 the ferry sank.")
    >>> doc[1].text, doc._.variorum.times[0].value
    ('17 May 1961', '1961-05-17')
    """
    found = found_in(doc)
    found.times = times.find(doc.text, found.published)
    spans = [doc.char_span(row.start, row.end, alignment_mode="expand") for row in found.times]
    with doc.retokenize() as retokenizer:
        taken = 0
        for span in spans:
            if span is not None and span.start >= taken:
                taken = span.end
                retokenizer.merge(span)
                if len(span) > 1:
                    dress(doc.vocab, span.text)
    whole = [doc.char_span(row.start, row.end, label="TIME", alignment_mode="expand") for row in found.times]
    doc.spans["times"] = SpanGroup(doc, name="times", spans=[span for span in whole if span is not None])
    return doc


@Language.component("variorum_names")
def names(doc: Doc) -> Doc:
    """Write ``doc.spans["names"]``; needs part-of-speech tags and a parse."""
    return name(doc)


def finder(table: str) -> Callable[[Language, str], Callable[[Doc], Doc]]:
    """The factory of a component that fills one table of ``doc._.variorum``."""

    def factory(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        def component(doc: Doc) -> Doc:
            found = found_in(doc)
            find: Any = import_module(FINDERS[table]).find
            setattr(found, table, list(find(doc, found, Config())))
            return doc

        return component

    return factory


variorum_places = Language.factory("variorum_places", func=finder("places"))
variorum_actors = Language.factory("variorum_actors", func=finder("actors"))
variorum_voices = Language.factory("variorum_voices", func=finder("voices"))
variorum_quotes = Language.factory("variorum_quotes", func=finder("quotes"))
variorum_figures = Language.factory("variorum_figures", func=finder("figures"))
variorum_claims = Language.factory("variorum_claims", func=finder("claims"))
