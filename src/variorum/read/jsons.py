"""JSON: a list of accounts, one account, or a list somewhere inside an object; JSON Lines; lists of works."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from variorum import lists
from variorum.read import rows
from variorum.read.columns import fields_of, flat, plain_name, wanted
from variorum.read.document import Document, Found, Source, clean_id, unreadable
from variorum.read.text import told
from variorum.read.works import is_work, of_csl

__all__ = ["read_json", "read_lines"]

DEEP = 5
"""Levels of objects in which a list of accounts is looked for."""


def read_lines(source: Source) -> Found:
    """One document a line; a line that is no JSON object becomes a problem, the others go on.

    >>> lines = b'{"id": "a", "text": "The ferry sank.", "date": "1998-11-17"}\\nnot json\\n'
    >>> found = read_lines(Source("x.jsonl", "x", lines))
    >>> found.documents[0].published, found.problems[0].message
    ('1998-11-17', 'x.jsonl line 2 is no JSON object')
    """
    found = Found()
    text = told(source, found)
    if text is None:
        return unreadable(source, "is not text")
    return rows.accounts(source, _lines(source, text, found), found)


def _lines(source: Source, text: str, found: Found) -> Iterator[rows.Numbered]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            yield number, flat(row)
        else:
            found.say(source.stem, f"{source.name} line {number} is no JSON object")


def read_json(source: Source) -> Found:
    """The accounts of a JSON file: of a list, of one object, or of the largest list of accounts in an object.

    >>> data = b'{"ok": true, "articles": [{"content": "The ferry sank.", "publishedAt": "1998-11-18T07:00Z"}]}'
    >>> [document] = read_json(Source("x.json", "x", data)).documents
    >>> document.text, document.published
    ('The ferry sank.', '1998-11-18')
    """
    found = Found()
    text = told(source, found)
    if text is None:
        return unreadable(source, "is not text")
    try:
        value = json.loads(text)
    except RecursionError:
        return unreadable(source, "is JSON that is nested too deep")
    except ValueError as error:
        if len([line for line in text.split("\n", 3)[:3] if line.strip()[:1] == "{"]) > 1:
            return rows.accounts(source, _lines(source, text, found), found)
        return unreadable(source, f"is damaged JSON ({str(error)[:100]})")
    return _accounts(source, value, found)


def _accounts(source: Source, value: Any, found: Found) -> Found:
    works = value.get("items") if isinstance(value, dict) else value
    if isinstance(works, list) and works and all(isinstance(one, dict) and is_work(one) for one in works[:50]):
        found.entries += of_csl(works, source.name)
        return found
    listed = max(_lists(value, 0, source), key=len, default=None)
    if listed is not None:
        return rows.accounts(
            source, ((n, flat(row)) for n, row in enumerate(listed, start=1) if isinstance(row, dict)), found
        )
    if isinstance(value, dict) and _is_account(flat(value), source):
        return rows.accounts(source, [(1, flat(value))], found, single=True)
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return _texts(source, value, found)
    return unreadable(source, _nothing(value))


def _is_account(row: dict[str, Any], source: Source) -> bool:
    """True for one object that is an account, and not the settings or the description of something.

    >>> _is_account({"name": "ferry", "version": "1.0", "description": "A small library."}, Source("a.json", "a", b""))
    False
    """
    fields = fields_of(row, source.columns)
    weak = {plain_name(name) for name in lists.toml("columns")["weak"]["names"].split("|")}
    certain = "text" in fields and plain_name(fields["text"]) not in weak
    return certain or ("text" in fields and bool({"published", "url", "author"} & set(fields)))


def _unwrapped(row: dict[str, Any]) -> dict[str, Any]:
    """An object without the one key that holds all of it.

    >>> _unwrapped({"_id": "7", "_source": {"text": "The ferry sank."}})
    {'_id': '7', 'text': 'The ferry sank.'}
    """
    for key in lists.toml("columns")["wrapped"]["keys"].split():
        inner = row.get(key)
        if isinstance(inner, dict) and "text" not in row and len(inner) >= 1:
            return {name: value for name, value in row.items() if name != key and not isinstance(value, dict)} | inner
    return row


def _lists(value: Any, depth: int, source: Source) -> Iterator[list[Any]]:
    """Lists of objects that have words, down to some depth; a list inside such an object is not looked at."""
    if isinstance(value, list) and (objects := _objects(value, source)):
        yield objects
    elif depth < DEEP and isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value[:1000]:
            yield from _lists(one, depth + 1, source)


def _objects(listed: list[Any], source: Source) -> list[Any]:
    """A list whose objects have words, as they stand or without what wraps them; empty where they have none."""
    if _have_words(listed[:50], source):
        return listed
    unwrapped = [_unwrapped(one) if isinstance(one, dict) else one for one in listed]
    return unwrapped if _have_words(unwrapped[:50], source) else []


def _have_words(listed: list[Any], source: Source) -> bool:
    return "text" in fields_of({name for one in listed if isinstance(one, dict) for name in flat(one)}, source.columns)


def _texts(source: Source, listed: list[str], found: Found) -> Found:
    for number, text in enumerate(listed, start=1):
        if len(text.split()) > 3:
            found.documents.append(
                Document(f"{clean_id(source.stem)}-{number}", text, source.name, member=f"row {number}")
            )
        else:
            found.say(source.stem, f"{source.name} row {number} holds no words of an account")
    return found


def _nothing(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return wanted(flat(value[0]))
    return wanted(flat(value)) if isinstance(value, dict) else "is JSON that holds no list of accounts"
