"""HTML: the main text by trafilatura, and what the page's own head says of it."""

from __future__ import annotations

import logging
import re

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from variorum.read.document import Document, Found, Source, clean_id, edtf_date, unreadable
from variorum.read.text import decode

__all__ = ["read", "read_page"]

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

TITLES = ("og:title", "dc.title", "twitter:title")
PUBLISHERS = ("og:site_name", "dc.publisher", "publisher", "application-name")
DATES = ("article:published_time", "dc.date", "dc.date.issued", "date", "pubdate", "datepublished", "publish-date")


LARGE = 50_000
"""Characters of a page, and of a tag, from which on a tag may have too many attributes."""

MOST_ATTRIBUTES = 5_000

TAG = re.compile(
    r"<[a-zA-Z][^\s>/]*+(?:[\s/=]|[^\s=>/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+)*+"
)
"""A tag up to its end, as the parser reads it."""


def read(source: Source) -> Found:
    """The document of an HTML file."""
    return read_page(source, source.name)


def read_page(source: Source, address: str) -> Found:
    """The document of a page that was found at ``address``; metadata come from its head only and are never guessed.

    >>> page = b"<html lang=en><title>Loss</title><p>The ferry Maid of Asker sank in the strait.</p></html>"
    >>> [found] = read_page(Source("a.html", "a", page), "a.html").documents
    >>> found.title, found.stated, found.text
    ('Loss', 'en', 'The ferry Maid of Asker sank in the strait.')
    """
    page = _text(source.data)
    if page and len(page) > LARGE:
        page = TAG.sub(_thinned, page)
    try:
        tree = lxml_html.document_fromstring(page) if page and page.strip() else None
    except (etree.LxmlError, ValueError):
        tree = None
    if page is None or tree is None:
        return unreadable(source, "holds no HTML that could be parsed")
    text = _main_text(page) or _all_text(tree)
    if not text.strip():
        return unreadable(source, "holds no text beside its mark-up")
    known = _metas(tree)
    return Found([
        Document(
            clean_id(source.stem),
            text,
            address,
            title=_first(known, TITLES) or _title(tree),
            publisher=_first(known, PUBLISHERS),
            published=edtf_date(_first(known, DATES)),
            stated=(tree.get("lang") or "").split("-")[0] or None,
        )
    ])  # fmt: skip


def _thinned(tag: re.Match[str]) -> str:
    """A tag without its attributes where it has thousands, with which the parser would be busy for hours."""
    thin = len(tag[0]) < LARGE or len(tag[0].split(None, MOST_ATTRIBUTES)) <= MOST_ATTRIBUTES
    return tag[0] if thin else tag[0].split(None, 1)[0]


def _text(data: bytes) -> str | None:
    head = data[:2048].lower()
    for name in (b"windows-1251", b"windows-1252", b"iso-8859-1", b"iso-8859-9", b"koi8-r"):
        if b"charset=" in head and name in head:
            return data.decode(name.decode(), errors="replace")
    return decode(data)


def _main_text(page: str) -> str | None:
    """The text without menus and the like; None where the library finds none, or stumbles over the page."""
    try:
        found: str | None = trafilatura.extract(page, include_comments=False, include_tables=True, deduplicate=False)
    except Exception:  # whatever it stumbles over, all the page's text is still to be had
        return None
    return found


def _all_text(tree: lxml_html.HtmlElement) -> str:
    for odd in tree.xpath("//script|//style|//noscript|//template"):
        odd.drop_tree()
    lines = (line.strip() for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _metas(tree: lxml_html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := (meta.get("content") or "").strip():
            found.setdefault(name.lower(), content)
    return found


def _first(known: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((known[name] for name in names if name in known), None)


def _title(tree: lxml_html.HtmlElement) -> str | None:
    title = tree.findtext(".//title")
    return " ".join(title.split()) or None if title else None
