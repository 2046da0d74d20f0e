"""Texts that a machine read from print: words that it broke or misread are mended where that is sure, or marked.

A text is taken for such a reading where a share of its words stands in no dictionary. It is then mended by its own
words, by those of the other accounts of the collection, and by a dictionary of its language: each repair is an edit
with its rule, and the text as read stays as it is. What cannot be mended for sure is doubtful.
"""

from __future__ import annotations

from variorum.ocr.lexicon import Lexicon, lexicon
from variorum.ocr.survey import Account, Mending, survey

__all__ = ["Account", "Lexicon", "Mending", "lexicon", "survey"]
