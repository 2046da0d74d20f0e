"""HTML: the prose of a page with its structure, what its head says of it, and what was left out."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from variorum.lists import toml
from variorum.read.document import Document, Found, Source, clean_id, unreadable
from variorum.read.encodings import declared
from variorum.read.html import metadata
from variorum.read.html.blocks import blocks
from variorum.read.html.choice import chosen
from variorum.read.html.composition import Composed, composed
from variorum.read.text import told

__all__ = ["read", "read_page"]

LARGE = 50_000
"""Characters of a page, and of a tag, from which on a tag may have too many attributes."""

MOST_ATTRIBUTES = 5_000

TAG = re.compile(
    r"<[a-zA-Z][^\s>/]*+(?:[\s/=]|[^\s=>/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+)*+"
)
"""A tag up to its end, as the parser reads it."""

DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")


def read(source: Source) -> Found:
    """The document of an HTML file."""
    return read_page(source, source.name)


def read_page(source: Source, address: str) -> Found:
    """The document of a page that was found at ``address``; metadata come from the page only and are never guessed.

    Menus, share bars, legal lines and lists of links are left out, or stay as parts that no finder reads where they
    stand inside the account; captions, notes and struck-out words are parts too. A page of which much prose was left
    out says so in a problem.

    >>> page = b"<html lang=en><title>Loss</title><p>The ferry Maid of Asker sank in the strait.</p></html>"
    >>> [found] = read_page(Source("a.html", "a", page), "a.html").documents
    >>> found.title, found.stated, found.text
    ('Loss', 'en', 'The ferry Maid of Asker sank in the strait.')
    """
    found = Found()
    page = told(source, found, declared(source.data))
    page = DECLARATION.sub("", page, count=1) if page and page.lstrip()[:5] == "<?xml" else page
    if page and len(page) > LARGE:
        page = TAG.sub(_thinned, page)
    try:
        tree = lxml_html.document_fromstring(page) if page and page.strip() else None
    except (etree.LxmlError, ValueError):
        tree = None
    if page is None or tree is None:
        return unreadable(source, "holds no HTML that could be parsed")
    made = composed(chosen(blocks(tree), page))
    if not made.text.strip():
        return unreadable(source, "holds no text beside its mark-up")
    known = metadata.known(tree)
    found.documents.append(
        Document(
            clean_id(source.stem),
            made.text,
            address,
            title=known.title,
            publisher=known.publisher,
            published=known.published,
            stated=known.language,
            author=known.author,
            parts=made.parts,
        )
    )
    if made.lost:
        found.say(source.stem, f"{source.name} {_loss(made)}")
    for zone, words in made.beside.items():
        what = toml("boilerplate")["said"].get(zone, zone)
        found.say(source.stem, f"{source.name} has {words:,} words in {what}, which were not read")
    return found


def _loss(made: Composed) -> str:
    first = made.lost[0]
    words = sum(len(one.split()) for one in made.lost)
    count = f"{len(made.lost)} paragraphs" if len(made.lost) > 1 else "one paragraph"
    return f"has {words:,} words in {count} beside the account, which were not read; the first begins: {first[:80]!r}"


def _thinned(tag: re.Match[str]) -> str:
    """A tag without its attributes where it has thousands, with which the parser would be busy for hours."""
    thin = len(tag[0]) < LARGE or len(tag[0].split(None, MOST_ATTRIBUTES)) <= MOST_ATTRIBUTES
    return tag[0] if thin else tag[0].split(None, 1)[0]
