"""Footnotes by citeproc-py, in styles of our own in ``data/csl``: after the manuals of Chicago, MLA and APA."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from variorum.citing.items import clean

__all__ = ["STYLES", "footnotes", "with_places"]

STYLES = ("chicago", "mla", "apa")
"""The names of the styles; each is ``data/csl/<name>.csl``."""


@cache
def _style(name: str) -> Any:
    data = files("variorum").joinpath("data", "csl", f"{name}.csl").read_bytes()
    return CitationStylesStyle(BytesIO(data), validate=False)


def footnotes(items: Iterable[Mapping[str, Any]], style: str = "chicago") -> dict[str, str]:
    """The reference of each item by its id, as plain text.

    >>> item = {"id": "a", "type": "article-newspaper", "title": "A gale", "container-title": "Hale Courier"}
    >>> [footnotes([item], style)["a"] for style in STYLES]
    ['“A gale,” Hale Courier.', '“A gale.” Hale Courier.', 'A gale. (n.d.). Hale Courier.']
    """
    listed = list(items)
    source = CiteProcJSON([{**item, "id": f"i{n}"} for n, item in enumerate(listed)])
    shelf = CitationStylesBibliography(_style(style), source, formatter.plain)
    return {str(item["id"]): _reference(shelf, f"i{n}", item) for n, item in enumerate(listed)}


def _reference(shelf: Any, key: str, item: Mapping[str, Any]) -> str:
    citation = Citation([CitationItem(key)])
    shelf.register(citation)
    return _ended(clean(shelf.cite(citation, lambda _: None)), str(item.get("URL", "")))


def _ended(said: str, link: str) -> str:
    """The reference with commas and stops inside the quotation marks, one stop at its end and none after an address."""
    said = re.sub(r"([?!])”[.,]", r"\1”", said)
    said = re.sub(r"\.?”([.,])", r"\1”", said)
    said = re.sub(r"(?<!\.)([.?!])\.(?=\s|$)", r"\1", said)
    if link and said.endswith(link):
        return said
    return said if said.endswith((".", "!", "?", ".”", "!”", "?”")) else said + "."


def with_places(reference: str, places: Iterable[tuple[str, str]]) -> str:
    """A reference with the places of words in the account, each with the words, without a stop at its end.

    >>> with_places("“A gale,” Hale Courier.", [("characters 4–8", "nine"), ("characters 20–28", "“Ten,” he said.")])
    '“A gale,” Hale Courier, characters 4–8: “nine”; characters 20–28: “‘Ten,’ he said.”'
    """
    said = reference.removesuffix(".")
    said = said[:-2] + "”" if said.endswith(".”") else said
    return f"{said}, " + "; ".join(f"{where}: “{_within(words)}”" for where, words in places)


def _within(words: str) -> str:
    """Words as they stand within quotation marks: marks of their own become single ones."""
    inner = re.sub(r'"([^"]*)"', r"‘\1’", clean(words))
    return inner.translate({ord("“"): "‘", ord("”"): "’", ord("«"): "‘", ord("»"): "’", ord('"'): "’"})
