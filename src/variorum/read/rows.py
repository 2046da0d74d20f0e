"""Rows of a table as accounts: whichever format the table came in, its columns are known by the same names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from variorum.read.columns import fields_of, plain_name, wanted
from variorum.read.document import NUMERIC, Document, Entry, Found, Source, clean_id, edtf_date, several, unreadable
from variorum.read.text import lines

__all__ = ["Numbered", "accounts", "below_names", "entry", "told", "words_of"]

Numbered = tuple[int, Mapping[str, Any]]
LOOKED_AT = 1000
"""Rows that are looked at to tell which columns there are and how their dates are written."""


@dataclass(slots=True)
class Table:
    """A table while it is read: where it comes from, what its columns hold, and what was found."""

    source: Source
    fields: dict[str, str]
    found: Found
    order: str | None = None
    single: bool = False
    odd_dates: list[str] = field(default_factory=list)


def accounts(source: Source, numbered: Iterable[Numbered], found: Found, single: bool = False) -> Found:
    """The accounts of some rows; rows of a list of files become entries, and what is missing is said.

    With ``single`` the one row is the whole file, and has its id.

    >>> rows = [(2, {"headline": "Loss", "body": "The ferry sank.", "published_at": "1998-11-18"})]
    >>> [found] = accounts(Source("a.csv", "a", b""), rows, Found()).documents
    >>> found.id, found.title, found.published, found.text
    ('a-2', 'Loss', '1998-11-18', 'The ferry sank.')
    """
    rows = iter(numbered)
    first = list(islice(rows, LOOKED_AT))
    if not first:
        return found if found.problems else unreadable(source, "holds no rows")
    names = list(dict.fromkeys(name for _, row in first for name in row if isinstance(name, str)))
    table = Table(source, fields_of(names, source.columns), found, source.order, single)
    missing = [name for of, name in source.columns.items() if of not in table.fields]
    if missing and "text" not in table.fields:
        return _refuse(found, source, f"has no column '{missing[0]}'; {wanted(names)}")
    listing = _is_list(names, table.fields)
    if "text" not in table.fields and not listing:
        if "summary" not in table.fields:
            return _refuse(found, source, wanted(names))
        table.fields["text"] = table.fields.pop("summary")
        found.say(source.stem, f"{source.name} has no full texts; its column '{table.fields['text']}' was read")
    table.order = table.order or _order(first, table.fields.get("published"))
    for number, row in chain(first, rows):
        if listing:
            found.entries.append(entry(row, table.fields, f"{source.name} row {number}", table.order))
        else:
            _account(table, number, row)
    _say_dates(table)
    return found


def _refuse(found: Found, source: Source, message: str) -> Found:
    found.say(source.stem, f"{source.name} {message}")
    return found


LISTS = (
    {"archive status", "archive location"},
    {"link", "archive status"},
    {"item type", "file attachments"},
    {"item type", "key"},
)
"""Columns by which a list of works or of archived pages is known, even where it holds words too."""


def _is_list(names: Iterable[str], fields: Mapping[str, str]) -> bool:
    """True for a table that says something of files beside it."""
    plain = {plain_name(name) for name in names}
    if any(marks <= plain for marks in LISTS):
        return True
    return (
        "text" not in fields
        and bool({"file", "url"} & set(fields))
        and len({"file", "url", "title", "published"} & set(fields)) > 1
    )


def _account(table: Table, number: int, row: Mapping[str, Any]) -> None:
    source, fields, found = table.source, table.fields, table.found
    id = _id(table, number, row)
    text = words_of(row.get(fields["text"]))
    if not text.strip() and "summary" in fields and (text := words_of(row.get(fields["summary"]))).strip():
        found.say(id, f"{source.name} row {number} has no full text; its {fields['summary']} was read")
    if not text.strip():
        found.say(id, f"{source.name} row {number} has no text")
        return
    url = _told(row, fields, "url")
    document = _worded(Source(source.name, id, b""), lines(text), url or source.name)
    if document is None:
        found.say(id, f"{source.name} row {number} holds no text beside its mark-up")
        return
    published = _told(row, fields, "published")
    document.published = edtf_date(published, table.order) or document.published
    if published and not edtf_date(published, table.order):
        table.odd_dates.append(published)
    for name in ("title", "publisher", "author", "party", "language"):
        if value := _told(row, fields, name):
            setattr(document, name, value)
    document.id, document.address = id, url if url and "/" in url else None
    document.captured = edtf_date(_told(row, fields, "captured"))
    document.member = None if table.single else f"row {number}"
    found.documents.append(document)


HEAD_WITHIN = 20
"""Rows in which the line of names is looked for, below a title or a note."""

MOST_ROWS = 5_000_000


def below_names(listed: Iterable[Sequence[Any]], source: Source) -> Iterator[Numbered]:
    """The rows below the line of names, each by these names, with its number.

    The line of names is the one of the first rows that has most names which are known. Where none has any, and the
    first one looks like a row of data, columns are named by their numbers.

    >>> list(below_names([["Collected by hand"], [], ["date", "text"], ["1998", "It sank."]], Source("a", "a", b"")))
    [(4, {'date': '1998', 'text': 'It sank.'})]
    """
    waiting: list[tuple[int, Sequence[Any]]] = []
    names: list[str] | None = None
    for number, row in enumerate(listed, start=1):
        if number > MOST_ROWS:
            return
        if not any(cell not in (None, "") for cell in row):
            continue
        waiting.append((number, row))
        if names is None and ("text" in fields_of(_names(row), source.columns) or len(waiting) >= HEAD_WITHIN):
            names, waiting = _begun(waiting, source)
        if names is not None:
            yield from ((n, dict(zip(names, one, strict=False))) for n, one in waiting)
            waiting = []
    if names is None and waiting:
        names, waiting = _begun(waiting, source)
        yield from ((n, dict(zip(names, one, strict=False))) for n, one in waiting)


def _begun(
    waiting: list[tuple[int, Sequence[Any]]], source: Source
) -> tuple[list[str], list[tuple[int, Sequence[Any]]]]:
    """The names of the columns, and the rows that were read and stand below them."""
    known = [len(fields_of(_names(row), source.columns)) for _, row in waiting]
    at = max(range(len(waiting)), key=lambda n: (known[n], -n))
    if not known[at] and any(_is_data(cell) for cell in waiting[0][1]):
        return [str(n) for n in range(1, len(waiting[0][1]) + 1)], waiting
    width = max(len(row) for _, row in waiting[at:])
    return _names([*waiting[at][1], *[""] * (width - len(waiting[at][1]))]), waiting[at + 1 :]


def _is_data(cell: Any) -> bool:
    """True for a cell that names no column: a sentence, or a day."""
    text = str(cell or "")
    return len(text) > 60 or (len(text) > 7 and edtf_date(text) is not None)


def _names(row: Sequence[Any]) -> list[str]:
    """Names of columns; a second one of a name, and one without a name, gets a number."""
    names: list[str] = []
    for number, cell in enumerate(row, start=1):
        bare = str(cell if cell is not None else "").strip().lstrip("\ufeff")
        names.append(bare if bare and bare not in names else f"{bare or 'column'} {number}")
    return names


MARKUP = re.compile(
    r"\s*<(?:!doctype|html|body|p|div|article|section|span|h[1-6]|ul|table|br|figure|strong|em|b|i|a)\b[^>]*>", re.I
)
TAGS = re.compile(r"</(?:p|div|a|span|em|strong|li|h[1-6]|b|i|td)>|<br\s*/?>", re.I)


def _worded(source: Source, text: str, address: str) -> Document | None:
    """The document of a cell; one that holds HTML is read as a page."""
    if MARKUP.match(text) or len(TAGS.findall(text[:20_000])) > 1:
        from variorum.read import html  # a large library, which few tables need

        source.data = b"<meta charset=utf-8>" + text.encode("utf-8", "replace")
        made = html.read_page(source, address).documents
        return made[0] if made else None
    return Document(source.stem, text, address)


def words_of(value: Any) -> str:
    """The words of a cell, whatever it holds; of a list (as in exports of chats) the words of its parts.

    >>> words_of("The ferry"), words_of(["See ", {"type": "link", "text": "here"}]), words_of(None), words_of(3)
    ('The ferry', 'See here', '', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        plain = all(isinstance(part, str) for part in value)
        return ("\n\n" if plain else "").join(words_of(part) for part in value[:100_000])
    if isinstance(value, dict):
        return words_of(value.get("text"))
    return ""


def _id(table: Table, number: int, row: Mapping[str, Any]) -> str:
    given = _told(row, table.fields, "id")
    if given:
        return clean_id(given)
    return clean_id(table.source.stem) if table.single else f"{clean_id(table.source.stem)}-{number}"


def _told(row: Mapping[str, Any], fields: Mapping[str, str], name: str) -> str | None:
    return told(row.get(fields[name])) if name in fields else None


def told(value: Any) -> str | None:
    """A cell as words on one line, or None where it holds none.

    >>> told(" Loss "), told({"name": "Islander"}), told(["en", "fr"]), told(None), told("nan")
    ('Loss', 'Islander', 'en', None, None)
    """
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("@value")
    if isinstance(value, list):
        value = next((one for one in value if one), None)
        return told(value) if not isinstance(value, list) else None
    if value is None or isinstance(value, bool | bytes):
        return None
    try:
        text = str(value).strip()
    except ValueError:  # a number of more digits than Python writes
        return None
    return None if text.lower() in ("", "nan", "none", "null", "n/a", "nat") else text


def entry(row: Mapping[str, Any], fields: Mapping[str, str], place: str, order: str | None = None) -> Entry:
    """What a row of a list says of an account elsewhere.

    >>> entry({"file": "a.pdf; notes.html", "title": "Loss"}, {"file": "file", "title": "title"}, "row 2").files
    ['a.pdf', 'notes.html']
    """
    made = Entry(place=place)
    for part in (_told(row, fields, "file") or "").split(";"):
        name = part.strip()
        (made.addresses if "://" in name else made.files).extend([name] if name else [])
    if url := _told(row, fields, "url"):
        made.addresses.append(url)
    for name in ("title", "publisher", "author", "party", "language", "encoding"):
        if value := _told(row, fields, name):
            made.known[name] = value
    if published := edtf_date(_told(row, fields, "published"), order):
        made.known["published"] = published
    made.text = words_of(row.get(fields["text"])) or None if "text" in fields else None
    return made


def _order(rows: Iterable[Numbered], name: str | None) -> str | None:
    """Whether the days or the months of a column of dates come first, where one of them shows it."""
    seen = set()
    for _, row in rows:
        if name and (match := NUMERIC.match(str(row.get(name) or "").strip())):
            first, second = int(match[1]), int(match[3])
            seen |= {"day first"} if first > 12 else {"month first"} if second > 12 else set()
    return seen.pop() if len(seen) == 1 else None


def _say_dates(table: Table) -> None:
    if not table.odd_dates:
        return
    first, count = table.odd_dates[0][:60], len(table.odd_dates)
    how = "can be read two ways" if NUMERIC.match(first) else "are not understood"
    advice = "; --set times_numeric_order='day first' or 'month first' says which" if NUMERIC.match(first) else ""
    message = (
        f"dates such as '{first}' {how}, so the day of publication of {several(count, 'account')} is unknown{advice}"
    )
    table.found.say(table.source.stem, f"{table.source.name}: {message}")
