"""The index of an edition as it is read: rows by their keys, lists of rows, words in their sentences."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from variorum.records import TABLES
from variorum.review.anchors import Text
from variorum.review.grammar import MENTIONS
from variorum.serve.index import quoted

__all__ = ["Page", "Store", "Words"]

Row = dict[str, Any]
MOST = 500
"""Rows of a list that are given at once."""
LONGEST = 2000
"""Characters that a mention has at most, where those at a place are looked for."""
AROUND = 160
"""Characters before and after words whose sentence is longer than that."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and how many there are."""

    rows: list[Row]
    total: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A row to be checked, at its place in the queue, and what is asked of it."""

    place: int
    table: str
    key: str
    ask: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a witness in their sentence."""

    witness: str
    start: int
    end: int
    before: str
    text: str
    after: str


class Store:
    """An index that is read, by any number of threads; a desk for decisions (`variorum.review.subjects`)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self.all("SELECT name FROM about")  # an index that cannot be read is found out here

    def _base(self) -> sqlite3.Connection:
        base: sqlite3.Connection | None = getattr(self._local, "base", None)
        if base is None:
            uri = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            base = self._local.base = sqlite3.connect(uri, uri=True, check_same_thread=False)
            base.row_factory = sqlite3.Row
            base.execute("PRAGMA query_only = ON")
        return base

    def all(self, sql: str, *values: Any) -> list[Row]:
        """The rows of a query."""
        return [dict(row) for row in self._base().execute(sql, values)]

    def one(self, sql: str, *values: Any) -> Row | None:
        """The first row of a query."""
        row = self._base().execute(sql, values).fetchone()
        return None if row is None else dict(row)

    def count(self, sql: str, *values: Any) -> int:
        """The number that a query gives."""
        return int(self._base().execute(sql, values).fetchone()[0])

    @property
    def edition(self) -> str:
        """The key of the edition that this is the index of."""
        row = self.one("SELECT value FROM about WHERE name = 'edition'")
        return str(row["value"]) if row else ""

    # --- rows ---

    def row(self, table: str, key: str) -> Row | None:
        """The row of a table with this key."""
        if table not in TABLES:
            return None
        row = self.one(f"SELECT * FROM {quoted(table)} WHERE _key = ? LIMIT 1", key)
        return None if row is None else told(table, row)

    def rows(self, table: str, wanted: Mapping[str, str], most: int = 100, after: int = 0) -> Page:
        """The rows of a table whose columns have these values, in the order of the table.

        Raises ``KeyError`` with the name of a column that is not there.
        """
        columns = {*TABLES[table].schema().names, "_key"}
        for name in wanted:
            if name not in columns:
                raise KeyError(name)
        where = " AND ".join(f"CAST({quoted(name)} AS TEXT) = ?" for name in wanted) or "1"
        values = list(wanted.values())
        total = self.count(f"SELECT COUNT(*) FROM {quoted(table)} WHERE {where}", *values)
        page = f"SELECT * FROM {quoted(table)} WHERE {where} ORDER BY rowid LIMIT ? OFFSET ?"
        return Page([told(table, row) for row in self.all(page, *values, min(most, MOST), after)], total)

    def text(self, witness: str) -> Text | None:
        """The text of a witness."""
        row = self.one("SELECT sha256, text FROM witnesses WHERE witness = ?", witness)
        return None if row is None else Text(witness, row["sha256"], row["text"])

    def telling(self, event: str) -> Sequence[Row]:
        """The claims that tell an event."""
        query = (
            "SELECT c.* FROM tells t JOIN claims c ON c.claim = t.claim WHERE t.event = ? AND t.relation <> 'whole' "
            "AND c.type <> 'act' ORDER BY c.witness, c.start"
        )
        return [told("claims", row) for row in self.all(query, event)]

    def events(self, claim: str) -> Sequence[str]:
        """The events that a claim tells."""
        query = "SELECT event FROM tells WHERE claim = ? AND relation <> 'whole'"
        return [row["event"] for row in self.all(query, claim)]

    def readings(self, names: Iterable[str]) -> Sequence[Row]:
        """The readings of these ids, in the order of the witnesses and their texts."""
        listed = list(names)[:900]
        marks = ", ".join("?" for _ in listed) or "NULL"
        query = f"SELECT * FROM readings WHERE reading IN ({marks}) ORDER BY witness, start"
        return [told("readings", row) for row in self.all(query, *listed)]

    def forms(self, kind: str, referent: str) -> Sequence[str]:
        """The forms of a name, the most frequent first."""
        query = (
            "SELECT form FROM names WHERE kind = ? AND referent = ? GROUP BY form "
            "ORDER BY SUM(count) DESC, form LIMIT 60"
        )
        return [row["form"] for row in self.all(query, kind, referent)]

    @cached_property
    def _queue(self) -> dict[str, list[Asked]]:
        rows = self.all("SELECT place, tab, key, ask FROM queue ORDER BY place")
        listed: dict[str, list[Asked]] = {"": []}
        for row in rows:
            one = Asked(row["place"], row["tab"], row["key"], row["ask"])
            listed[""].append(one)
            listed.setdefault(one.table, []).append(one)
        return listed

    def queue(self, table: str = "") -> list[Asked]:
        """The rows to be checked, in their order; of one table alone where it is named."""
        return self._queue.get(table, [])

    @cached_property
    def queued(self) -> frozenset[tuple[str, str]]:
        """Table and key of all rows to be checked."""
        return frozenset((one.table, one.key) for one in self.queue())

    def mentions(self, witness: str, start: int, end: int) -> list[Row]:
        """The mentions that touch some words of a witness: table, key, start, end, text."""
        found = []
        for table in MENTIONS.values():
            query = (
                f'SELECT _key AS key, start, "end", text FROM {table} '
                'WHERE witness = ? AND start < ? AND start > ? AND "end" > ? ORDER BY start LIMIT 20'
            )
            found += [{"table": table, **row} for row in self.all(query, witness, end, start - LONGEST, start)]
        return found

    # --- words ---

    @cached_property
    def sigla(self) -> dict[str, str]:
        """The siglum of each witness."""
        return {row["witness"]: row["siglum"] for row in self.all("SELECT witness, siglum FROM witnesses")}

    @cached_property
    def names(self) -> dict[str, str]:
        """What each witness is called: its publisher, or its title, or its id."""
        query = "SELECT witness, COALESCE(publisher, title, witness) AS name FROM witnesses"
        return {row["witness"]: row["name"] for row in self.all(query)}

    def words(self, witness: str, start: int, end: int) -> Words | None:
        """Words of a witness in their sentence; None where there are none."""
        query = 'SELECT start, "end", text FROM sentences WHERE witness = ? AND start <= ? ORDER BY start DESC LIMIT 1'
        row = self.one(query, witness, start)
        if row is not None and end <= row["end"]:
            at, held = start - row["start"], row["text"]
            before, after = held[:at], held[at + end - start :]
            cut = before[-AROUND:].partition(" ")[2] if len(before) > AROUND else before
            rest = after[:AROUND].rpartition(" ")[0] if len(after) > AROUND else after
            left, right = "… " if cut != before else "", " …" if rest != after else ""
            return Words(witness, start, end, left + cut, held[at : at + end - start], rest + right)
        text = self.text(witness)
        if text is None or not 0 <= start < end <= len(text.text):
            return None
        return Words(witness, start, end, "", text.text[start:end], "")


@cache
def _lists(table: str) -> frozenset[str]:
    schema = TABLES[table].schema()
    return frozenset(field.name for field in schema if pa.types.is_list(field.type))


@cache
def _truths(table: str) -> frozenset[str]:
    schema = TABLES[table].schema()
    return frozenset(field.name for field in schema if pa.types.is_boolean(field.type))


def told(table: str, row: Row) -> Row:
    """A row of the index as the table has it, with its key."""
    lists, truths = _lists(table), _truths(table)
    made: Row = {}
    for name, value in row.items():
        if name in lists:
            made[name] = json.loads(value) if value else []
        else:
            made[name] = bool(value) if name in truths and value is not None else value
    return made
