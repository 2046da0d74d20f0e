"""What a page says of itself: JSON-LD, OpenGraph, Dublin Core, microdata, ``<time>``, and its title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from variorum.lists import toml
from variorum.read.document import edtf_date

__all__ = ["Known", "known"]

ARTICLES = re.compile(
    r"(?:^|/)(?:\w*article|blogposting|report|liveblogposting|\w*posting|\w*webpage|creativework|book|analysis\w*)$",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"publish|posted|pubdate|entry-date|post-date|article-date|dateline|timestamp|date-created", re.IGNORECASE
)
MOST = 200
"""Objects of JSON-LD of one page that are looked at, and letters of a name."""


@dataclass(slots=True)
class Known:
    """What is known of a page; None where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    author: str | None = None
    language: str | None = None


def known(tree: Any) -> Known:
    """What a page says of itself; of several dates that of publication, never that of a change.

    >>> from lxml import html
    >>> page = html.document_fromstring('''<title>Blast | Hale Post</title><script type="application/ld+json">
    ...   {"@graph": [{"@type": "NewsArticle", "datePublished": "1999-02-03T08:00", "publisher": {"name": "Hale Post"},
    ...    "author": [{"name": "Ana Hale"}]}]}</script>''')
    >>> known(page)
    Known(title='Blast', publisher='Hale Post', published='1999-02-03', author='Ana Hale', language=None)
    """
    metas = _metas(tree)
    article = next(_articles(tree), {})
    publisher = (
        _name(article.get("publisher")) or _name(article.get("sourceOrganization")) or _first(metas, "publisher")
    )
    told = _words(article.get("headline")) or _first(metas, "title")
    return Known(
        title=told or _title(tree, publisher),
        publisher=publisher,
        published=_published(tree, article, metas),
        author=_name(article.get("author")) or _author(metas),
        language=_language(tree, article, metas),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or "").split())
        names = (meta.get("property"), meta.get("name"), meta.get("itemprop"), meta.get("http-equiv"))
        for name in " ".join(name for name in names if name).lower().split():
            if content:
                found.setdefault(name, content)
    return found


def _first(metas: dict[str, str], what: str) -> str | None:
    return next(_all(metas, what), None)


def _all(metas: dict[str, str], what: str) -> Iterator[str]:
    """What the page's head says of one thing, by the names that ``data/html.toml`` has for it."""
    return (metas[name] for name in toml("html")["metadata"][what].split() if name in metas)


# --- JSON-LD -----------------------------------------------------------------------------------------------------


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that are articles or pages, those of one with a date of publication first."""
    found = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += [one for one in _objects(_parsed(script.text)) if _is_article(one)]
    yield from sorted(found, key=lambda one: (not one.get("datePublished"), not one.get("headline")))


def _parsed(text: str | None) -> Any:
    words = (text or "").strip()
    for opening, closing in (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>")):
        words = words.removeprefix(opening).removesuffix(closing).strip()
    try:
        return json.loads(words.rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object of a tree of JSON, the outer ones first; no more than a few hundred."""
    waiting, seen = [data], 0
    while waiting and seen < MOST:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one[:MOST]
        elif isinstance(one, dict):
            seen += 1
            yield one
            waiting += [
                one[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
                if key in one
            ]


def _is_article(one: dict[str, Any]) -> bool:
    kinds = one.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and ARTICLES.search(kind) for kind in listed)


def _words(value: Any) -> str | None:
    """A value as words, or None where it is none."""
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(value.split())[: MOST * 10] or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    """The names of a person or a body, or of several."""
    listed = value if isinstance(value, list) else [value]
    names = [_words(one.get("name") if isinstance(one, dict) else one) for one in listed[:10]]
    return _without_addresses([name for name in names if name])


def _without_addresses(names: list[str]) -> str | None:
    kept = [name for name in dict.fromkeys(names) if not name.startswith(("http:", "https:", "//", "@"))]
    return ", ".join(kept)[:MOST] or None


# --- one by one --------------------------------------------------------------------------------------------------


def _author(metas: dict[str, str]) -> str | None:
    return _without_addresses(list(_all(metas, "author"))[:1])


def _published(tree: Any, article: dict[str, Any], metas: dict[str, str]) -> str | None:
    for told in (_words(article.get("datePublished")), *_all(metas, "published"), *_times(tree)):
        if told and (day := edtf_date(told)):
            return day
    return None


def _times(tree: Any) -> Iterator[str]:
    """The dates of elements that say they tell the day of publication."""
    marked = [
        one
        for one in tree.iter()
        if isinstance(one.tag, str) and "datepublished" in (one.get("itemprop") or "").lower()
    ]
    for one in marked:
        yield one.get("datetime") or one.get("content") or " ".join(one.itertext())
    times = [one for one in tree.iter("time") if one.get("datetime") or one.text]
    told = [one for one in times if one.get("pubdate") is not None or PUBLISHED.search(_named(one))]
    if not told and len({(one.get("datetime") or "")[:10] for one in times}) == 1 and _heads(times[0]):
        told = times[:1]
    for one in told[:3]:
        yield one.get("datetime") or " ".join(one.itertext())


def _named(element: Any) -> str:
    """The names of an element and of the two around it."""
    ups = [element, *list(element.iterancestors())[:2]]
    return " ".join(f"{up.get('class') or ''} {up.get('id') or ''}" for up in ups)


def _heads(time: Any) -> bool:
    """True for a time in the head of an article, before its first paragraph."""
    article = next((up for up in time.iterancestors() if up.tag in ("article", "main", "header", "body")), None)
    if article is None:
        return False
    for element in article.iter("p", "time"):
        if element is time:
            return True
        if element.tag == "p" and len("".join(element.itertext()).split()) > 20:
            return False
    return False


def _language(tree: Any, article: dict[str, Any], metas: dict[str, str]) -> str | None:
    told = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    told = told or _words(article.get("inLanguage")) or _first(metas, "language") or ""
    return re.split(r"[-_,; ]", told.strip())[0].lower() or None


def _title(tree: Any, publisher: str | None) -> str | None:
    """The title without the publisher's name at its end; where there is none, the first heading."""
    title = " ".join((tree.findtext(".//title") or "").split())
    for sign in (" | ", " - ", " – ", " — ", " :: ", " » "):
        head, _, tail = title.rpartition(sign)
        if head and publisher and tail.strip().lower() == publisher.strip().lower():
            title = head.strip()
    if not title:
        heading = next(tree.iter("h1"), None)
        title = " ".join("".join(heading.itertext()).split()) if heading is not None else ""
    return title or None
