"""Which column of a table, or key of an object, holds the words of an account, its title, its date and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from variorum import lists
from variorum.errors import ConfigError

__all__ = ["FIELDS", "chosen", "fields_of", "flat", "plain_name", "wanted"]


@cache
def _names() -> dict[str, tuple[str, ...]]:
    table = lists.toml("columns")["fields"]
    return {field: tuple(plain_name(n) for n in listed.split("|")) for field, listed in table.items()}


FIELDS = (
    "text",
    "id",
    "title",
    "publisher",
    "author",
    "party",
    "published",
    "url",
    "language",
    "file",
    "captured",
    "encoding",
    "summary",
)
"""What a column can hold."""


def plain_name(name: str) -> str:
    """A name of a column in small letters, its words parted by one space.

    >>> plain_name(" Published_At "), plain_name("Full-Text")
    ('published at', 'full text')
    """
    return " ".join(re.sub(r"[\s_-]+", " ", name.replace("\ufeff", "").strip().lower()).split())


def fields_of(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """The columns that fill each field, by the field; ``given`` are those that the user chose.

    >>> fields_of(["url", "published_at", "headline", "body"], {})
    {'text': 'body', 'title': 'headline', 'published': 'published_at', 'url': 'url'}
    >>> fields_of(["Artikel", "Datum"], {"text": "artikel", "published": "Datum"})
    {'text': 'Artikel', 'published': 'Datum'}
    """
    listed = list(names)
    plain: dict[str, str] = {}
    for name in listed:
        plain.setdefault(plain_name(name), name)
    found = {}
    for field in FIELDS:
        if field in given:
            if plain_name(given[field]) in plain:
                found[field] = plain[plain_name(given[field])]
            continue
        taken = {*found.values(), *given.values()}
        match = next((plain[one] for one in _names()[field] if one in plain and plain[one] not in taken), None)
        if match is not None:
            found[field] = match
    return found


def chosen(columns: str) -> dict[str, str]:
    """The option ``columns``: pairs ``field=name`` parted by commas.

    >>> chosen("text=Artikel, published = Datum")
    {'text': 'Artikel', 'published': 'Datum'}
    >>> chosen("words=Artikel")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    variorum.errors.ConfigError: option columns: there is no field 'words'; ...
    """
    found = {}
    for pair in filter(str.strip, columns.split(",")):
        field, sign, name = (part.strip() for part in pair.partition("="))
        if not sign or not name:
            raise ConfigError(
                "option columns", f"{pair.strip()!r} is no pair", "write --set columns=text=NAME,published=NAME"
            )
        if field not in FIELDS:
            raise ConfigError("option columns", f"there is no field {field!r}", f"there are {', '.join(FIELDS)}")
        found[field] = name
    return found


def wanted(names: Iterable[str]) -> str:
    """The sentence for a table in which no column is known to hold the words of an account.

    >>> wanted(["no", "place"]).split("; ")[1:]
    ["its columns are 'no', 'place'", 'name one with --set columns=text=NAME']
    """
    listed = [str(name)[:60] for name in names]
    shown = ", ".join(f"'{name}'" for name in listed[:20]) + (" ..." if len(listed) > 20 else "")
    told = f"its columns are {shown}" if listed else "it names no columns"
    return f"has no column that is known to hold the words of an account; {told}; name one with --set columns=text=NAME"


DEEP = 3


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """An object with the values of objects inside it under dotted names.

    >>> flat({"title": "Loss", "source": {"id": None, "name": "Islander"}})
    {'title': 'Loss', 'source.id': None, 'source.name': 'Islander'}
    """
    return dict(_flat(row, "", 0))


def _flat(row: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, dict) and depth < DEEP:
            yield from _flat(value, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}", value
