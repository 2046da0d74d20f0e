"""Safari's web archives: a property list with the page, its address and the files that it shows."""

from __future__ import annotations

import plistlib

from variorum.read import html
from variorum.read.document import Found, Source, unreadable

__all__ = ["read"]


def read(source: Source) -> Found:
    """The page of a web archive.

    >>> page = {"WebResourceData": b"<p>The ferry sank.</p>", "WebResourceURL": "http://islander.example/loss"}
    >>> made = read(Source("a.webarchive", "a", plistlib.dumps({"WebMainResource": page}, fmt=plistlib.FMT_BINARY)))
    >>> made.documents[0].text, made.documents[0].address
    ('The ferry sank.', 'http://islander.example/loss')
    """
    try:
        held = plistlib.loads(source.data)
    except Exception as error:  # the library follows references in hostile bytes
        return unreadable(source, f"is damaged or no web archive ({type(error).__name__})")
    main = held.get("WebMainResource") if isinstance(held, dict) else None
    data = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(data, bytes):
        return unreadable(source, "is a property list and holds no page")
    address = main.get("WebResourceURL")
    named = main.get("WebResourceTextEncodingName")
    inner = Source(source.name, source.stem, data, hint=named if isinstance(named, str) else None)
    made = html.read_page(inner, address if isinstance(address, str) and address else source.name)
    for document in made.documents:
        document.address = address if isinstance(address, str) and "://" in address else None
    source.encoding = inner.encoding
    return made
