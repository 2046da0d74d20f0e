"""Search over the words of an edition: phrases, beginnings of words, words near each other; by witness, date, place,
verdict.

What a user types never reaches SQLite as it is: it is read here and written anew, each word in quotation marks.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from variorum import dates
from variorum.errors import InputError
from variorum.serve.store import Store

__all__ = ["Hit", "Query", "expression", "search"]

MOST_WORDS = 40
COUNTED = 1000
"""Beyond so many hits they are not counted."""
_PIECE = re.compile(r'(-?)"([^"]*)"(\*?)|(NEAR/(\d{1,3}))|(-?)([^\s"]+)', re.ASCII | re.IGNORECASE)
ON, OFF = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: words, and the filters."""

    words: str = ""
    kind: str = ""
    witness: str = ""
    place: str = ""
    verdict: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, with its words marked."""

    kind: str
    html: Markup
    text: str
    more: str
    table: str
    key: str
    href: str
    witness: str

    def to_dict(self) -> dict[str, Any]:
        """The hit as plain data, without markup."""
        return {name: getattr(self, name) for name in ("kind", "text", "more", "table", "key", "href", "witness")}


def expression(words: str) -> str:
    """A query in FTS5's language: all words, ``"phrases"``, ``begin*``, ``a NEAR/5 b``, ``a OR b``, ``-without``.

    >>> expression('ferry "no order" Ask*')
    '"ferry" "no order" "Ask" *'
    >>> expression("bell NEAR/3 rung OR horn -fog")
    'NEAR("bell" "rung", 3) OR "horn" NOT "fog"'
    >>> expression('col:x) OR ("')
    '"col:x)" OR "("'
    """
    terms, without = _terms(words)
    made = " ".join(_joined(terms))
    if not made:
        return ""
    for one in without:
        made += f" NOT {one}"
    return made


def _terms(words: str) -> tuple[list[str], list[str]]:
    terms: list[str] = []
    without: list[str] = []
    for match in list(_PIECE.finditer(words))[:MOST_WORDS]:
        if match[4]:
            terms.append(f"NEAR/{int(match[5])}")
            continue
        word = match[2] if match[7] is None else match[7]
        if match[7] == "OR":
            terms.append("OR")
            continue
        prefix = bool(match[3]) if match[7] is None else word.endswith("*")
        plain = word.rstrip("*").replace("\x00", "").replace('"', '""').strip()
        if not plain:
            continue
        made = f'"{plain}"' + (" *" if prefix else "")
        (without if match[1] or match[6] else terms).append(made)
    return terms, without


def _joined(terms: list[str]) -> Iterator[str]:
    """The terms with NEAR put around its two words, and OR only where it stands between two."""
    at = 0
    ready = False
    while at < len(terms):
        term = terms[at]
        after = terms[at + 1] if at + 1 < len(terms) else ""
        if term == "OR" or term.startswith("NEAR/"):
            if term == "OR" and ready and after and after != "OR" and not after.startswith("NEAR/"):
                yield "OR"
            at += 1
            continue
        if after.startswith("NEAR/") and at + 2 < len(terms) and terms[at + 2][0] == '"':
            yield f"NEAR({term} {terms[at + 2]}, {after[5:]})"
            at += 3
        else:
            yield term
            at += 1
        ready = True


def search(store: Store, query: Query, most: int = 50, after: int = 0) -> tuple[list[Hit], int]:
    """The hits of a query, the best first, and how many there are (at most `COUNTED`, plus one for more)."""
    words = expression(query.words)
    where, values = _filters(query)
    if not words and not where:
        return [], 0
    source, shown, order = "found f", "f.text AS marked", "f.id"
    if words:
        source = "words w JOIN found f ON f.id = w.rowid"
        where, values = ["words MATCH ?", *where], [words, *values]
        shown, order = f"highlight(words, 0, '{ON}', '{OFF}') AS marked", "bm25(words, 2.0, 1.0), f.id"
    condition = " AND ".join(where)
    rows_query = f"SELECT f.*, {shown} FROM {source} WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?"
    count_query = f"SELECT COUNT(*) FROM (SELECT 1 FROM {source} WHERE {condition} LIMIT {COUNTED + 1})"
    try:
        rows = store.all(rows_query, *values, min(most, 200), min(after, 100_000))
        total = store.count(count_query, *values)
    except sqlite3.OperationalError as error:
        raise InputError("search", f"cannot be read ({query.words[:80]})", 'write words, "phrases", begin*') from error
    return [_hit(row) for row in rows], total


def _filters(query: Query) -> tuple[list[str], list[Any]]:
    where: list[str] = []
    values: list[Any] = []
    for column, value in (("kind", query.kind), ("witness", query.witness)):
        if value:
            where.append(f"f.{column} = ?")
            values.append(value)
    if query.place:
        where.append("f.id IN (SELECT id FROM found_places WHERE place = ? COLLATE NOCASE)")
        values.append(query.place)
    if query.verdict:
        where.append("f.id IN (SELECT id FROM found_verdicts WHERE verdict = ?)")
        values.append(query.verdict)
    low, high = _day(query.since, "since"), _day(query.until, "until")
    if low is not None or high is not None:
        where.append("f.id IN (SELECT id FROM found_dates WHERE low < ? AND high > ?)")
        values += [high.after if high else 1e12, low.first if low else -1e12]
    return where, values


def _day(text: str, name: str) -> dates.Days | None:
    if not text.strip():
        return None
    when = dates.interval(text.strip())
    if when is None:
        raise InputError(name, f"{text[:40]!r} is no date", "write 1998-11-17, 1998-11 or 1998")
    return when


def _hit(row: dict[str, Any]) -> Hit:
    marked = str(escape(row["marked"])).replace(ON, "<mark>").replace(OFF, "</mark>")
    names = ("text", "more", "tab", "key", "href", "witness")
    return Hit(row["kind"], Markup(marked), *(row[name] for name in names))
