"""An account as an item of CSL-JSON (https://github.com/citation-style-language/schema), with what is known of it."""

from __future__ import annotations

import re
from typing import Any

from variorum import records as r
from variorum.dates import calendar, in_words, parse

__all__ = ["clean", "csl_item", "web_address"]

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'{}|\\^`\x00-\x20\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


def clean(text: object) -> str:
    r"""Text on one line, without signs that no format can hold.

    >>> clean("a\n b\x00c")
    'a b c'
    """
    return " ".join(_UNSEEN.sub(" ", str(text)).split())


def web_address(source: str | None) -> str:
    """The source where it is an address of the web, else nothing.

    >>> web_address("https://example.org/a"), web_address("folder/a.txt"), web_address("javascript:x")
    ('https://example.org/a', '', '')
    """
    return source if source and _ADDRESS.fullmatch(source) else ""


def csl_item(w: r.Witness, captured: str | None = None) -> dict[str, Any]:
    """The account as an item; ``captured`` is the day on which its address was read, where that is known.

    >>> item = csl_item(r.Witness("a", "A", "A gale", "Hale Courier", None, "1998-11", "en", "a.txt", "", ""))
    >>> item["type"], item["container-title"], item["issued"], "URL" in item
    ('article-newspaper', 'Hale Courier', {'date-parts': [[1998, 11]]}, False)
    """
    link = web_address(w.source)
    item: dict[str, Any] = {
        "id": w.witness,
        "type": "webpage" if link else "article-newspaper" if w.publisher else "manuscript",
        "title": clean(w.title or w.witness),
    }
    if w.author:
        item["author"] = [{"literal": clean(w.author)}]
    if w.publisher:
        item["container-title"] = clean(w.publisher)
    if (date := csl_date(w.published)) is not None:
        item["issued"] = date
    if w.language:
        item["language"] = w.language
    if link:
        item["URL"] = link
        seen = csl_date((captured or "")[:10] or None)
        if seen is not None:
            item["accessed"] = seen
    return item


def csl_date(edtf: str | None) -> dict[str, Any] | None:
    """A date as CSL has it: parts where it is one plain day, month or year, else its words. Before our era: -1 is 1 BC.

    >>> csl_date("1998-11-17"), csl_date("1999-02~"), csl_date("-0327"), csl_date("soon")
    ({'date-parts': [[1998, 11, 17]]}, {'date-parts': [[1999, 2]], 'circa': True}, {'date-parts': [[-328]]}, None)
    >>> csl_date("1998-24")
    {'literal': 'winter 1998–99'}
    """
    when = parse(edtf)
    if when is None or edtf is None:
        return None
    plain = re.fullmatch(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?:T[\d:.Z+-]*)?([~?%]?)", edtf)
    if plain is None or when.low is None:
        return {"literal": in_words(edtf)}
    year, month, day = calendar(when.low)
    parts = [year if year > 0 else year - 1, month, day][: 1 + (plain[2] is not None) + (plain[3] is not None)]
    return {"date-parts": [parts], **({"circa": True} if plain[4] else {})}
