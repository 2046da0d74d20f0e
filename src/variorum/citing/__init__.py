"""How an account, or words of it, is cited: CSL items, footnotes in three styles, BibTeX, Wikipedia's templates.

Nothing is filled in: an account without a date has none in its citation, one without a publisher none either.
"""

from variorum.citing.forms import bibtex, named_key, template
from variorum.citing.fragments import address, fragment
from variorum.citing.items import clean, csl_item, web_address
from variorum.citing.styles import STYLES, footnotes, with_places

__all__ = [
    "STYLES",
    "address",
    "bibtex",
    "clean",
    "csl_item",
    "footnotes",
    "fragment",
    "named_key",
    "template",
    "web_address",
    "with_places",
]
