"""What an element is: shown or not, struck out, a note mark, a power, a table of data, a zone that holds no prose."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

from variorum.lists import toml, words
from variorum.read import superscripts
from variorum.read.superscripts import is_mark

__all__ = ["BLOCKS", "UNSEEN", "Sizes", "is_data", "is_struck", "is_unseen", "note_mark", "power", "tokens", "zone"]

BLOCKS = words("html", "elements", "blocks")
"""Elements that begin a line of their own."""

UNSEEN = words("html", "elements", "unseen")
"""Elements whose text is no prose, or is not shown."""

HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
STRUCK = re.compile(r"line-through", re.IGNORECASE)
CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Sizes:
    """How many letters of text every element holds, and the whole page."""

    def __init__(self, tree: Any) -> None:
        self.of: dict[Any, int] = {}
        for element in reversed(list(tree.iter())):
            if not isinstance(element.tag, str) or element.tag in UNSEEN:
                self.of[element] = 0
                continue
            own = _letters(element.text)
            self.of[element] = own + sum(self.of.get(child, 0) + _letters(child.tail) for child in element)
        self.whole = max(1, self.of.get(tree, 0))

    def wide(self, element: Any) -> bool:
        """True for an element that holds much of the page, which is therefore no menu, whatever it is called."""
        return bool(self.of.get(element, 0) > toml("boilerplate")["weights"]["wide"] * self.whole)


def _letters(text: str | None) -> int:
    return len(text) - text.count(" ") - text.count("\n") if text else 0


def is_unseen(element: Any, sizes: Sizes) -> bool:
    """True for what a reader is not shown."""
    get = element.get
    if get("hidden") is not None or get("aria-hidden") == "true" or HIDDEN.search(get("style") or ""):
        return not sizes.wide(element)
    return bool(tokens(element) & words("boilerplate", "zones", "technical"))


def is_struck(element: Any, sizes: Sizes) -> bool:
    """True for words that the page itself has struck out, not for most of the page by a mark that was not closed."""
    struck = element.tag in ("del", "s", "strike") or bool(STRUCK.search(element.get("style") or ""))
    return struck and not sizes.wide(element)


def note_mark(element: Any, before: str) -> str:
    """The address to which a note mark leads (``#`` where it leads nowhere), or nothing for what is no mark.

    >>> from lxml import html
    >>> def sup(inner, before):
    ...     return note_mark(html.fragment_fromstring(f"<sup>{inner}</sup>"), before)
    >>> sup("3", "about 90"), sup('<a href="#n2">2</a>', "1,200"), sup("th", "the 4"), sup("2", "20 km")
    ('#', '#n2', '', '')
    """
    inner = " ".join("".join(element.itertext()).split())
    if element.tag == "sup":
        if not is_mark(inner, before):
            return ""
        link = next(element.iter("a"), None)
        return _leads(link) if link is not None else "#"
    if element.tag == "a" and _leads(element) != "#" and len(inner) <= 6:
        bracketed = inner[:1] in "[(" or not inner[:1].isalnum()
        glued = before[-1:].isalnum() or before[-1:] in '.,;:!?"”’)'
        if (bracketed and is_mark(inner, "")) or (glued and inner.isdigit()) or inner in ("↑", "^", "↩", "↩︎"):
            return _leads(element)
    return ""


def _leads(link: Any) -> str:
    address = (link.get("href") or "").strip()
    return address if address.startswith("#") and len(address) > 1 else "#"


def power(element: Any, before: str) -> str:
    """The sign for a power of a unit (``km²``) or of ten (``10^6``), or nothing."""
    return superscripts.power("".join(element.itertext()), before) if element.tag == "sup" else ""


def is_data(table: Any) -> bool:
    """True for a table of data, False for one that only lays out the page.

    A table with head cells may hold lists.

    >>> from lxml import html
    >>> def told(inner):
    ...     return is_data(html.fragment_fromstring(f"<table>{inner}</table>"))
    >>> told("<tr><th>Hale<td>31<tr><th>Tolven<td>12"), told("<tr><td>Home<td><h1>Loss</h1><p>She sank.")
    (True, False)
    """
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    rows = cells = long = 0
    headed = next(table.iter("th"), None) is not None
    for element in table.iter():
        if element is table or not isinstance(element.tag, str):
            continue
        if element.tag in words("html", "elements", "layout") and not (headed and element.tag in ("ul", "ol")):
            return False
        rows += element.tag == "tr"
        if element.tag in ("td", "th"):
            cells += 1
            long += sum(len(part.split()) for part in element.itertext()) > 60
    return rows >= 1 and 2 * cells >= 3 * rows and not long * 3 > cells


def tokens(element: Any) -> frozenset[str]:
    """The words of an element's class, id and role; ``relatedLinks`` is also ``related`` and ``links``."""
    named = " ".join(element.get(name) or "" for name in ("class", "id", "role"))
    return _tokens(named[:500]) if named.strip() else frozenset()


@cache
def _zone_words() -> dict[str, str]:
    listed = toml("boilerplate")["zones"]
    return {word: name for name, told in listed.items() if name != "technical" for word in told.split()}


def _tokens(named: str) -> frozenset[str]:
    found = set()
    about = tuple(toml("boilerplate")["names"]["about"].split())
    for name in named.split():
        if name.lower().startswith(about):
            continue
        found.add(name.lower())
        parts = [part.lower() for part in CAMEL.findall(name)]
        found.update(parts)
        found.update(a + b for a, b in pairwise(parts))
    return frozenset(found)


def zone(element: Any, above: str, sizes: Sizes) -> str:
    """The zone of an element: the one it stands in, or one that its tag or its names tell, or none."""
    tag = element.tag
    if tag in ("html", "body", "main", "article"):
        return above
    if sizes.wide(element):  # readers may have written more than the account is long
        beside = sizes.whole - sizes.of[element] >= toml("boilerplate")["weights"]["account"]
        return "comments" if beside and tokens(element) & words("boilerplate", "zones", "comments") else above
    if above and above not in ("caption", "byline"):
        return above
    if tag == "nav":
        return "navigation"
    if tag == "footer" and not any(up.tag in ("article", "blockquote", "figure") for up in element.iterancestors()):
        return "legal"
    if tag == "figcaption":
        return "caption"
    named = tokens(element)
    if not named:
        return above
    told = _zone_words()
    limits = toml("boilerplate")["sizes"]
    for word in sorted(named):
        if word in told and sizes.of.get(element, 0) <= limits.get(told[word], sizes.whole):
            return told[word]
    if named & words("boilerplate", "captions", "words"):
        return "caption"
    if named & words("boilerplate", "bylines", "words") and sizes.of.get(element, 0) < 200:
        return "byline"
    return above
