"""The index of an edition: its tables in SQLite, search over all its words, and the queue of what is to be checked.

It is made anew for every edition, beside it, and put in its place in one move; all of it follows from the tables.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from variorum import dates
from variorum.edition import Edition
from variorum.records import TABLES
from variorum.review.keys import key
from variorum.serve.queue import queue
from variorum.site.addresses import Addresses, divide
from variorum.verdicts import worst

__all__ = ["FORM", "build", "is_fresh"]

FORM = 1
"""The form of the index; another one is made anew."""
INDEXED = ("_key", "event", "claim", "referent", "reading", "verdict_id", "decision", "source", "target")
SPANNED = ("witness", "start")
BATCH = 4000
Row = dict[str, Any]
Told = Callable[[int, int], None]


def is_fresh(path: Path, edition: Edition) -> bool:
    """True when the index at a path is that of the edition as it stands."""
    if not path.is_file():
        return False
    base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        held = dict(base.execute("SELECT name, value FROM about"))
        return held.get("edition") == str(edition.manifest.get("key")) and held.get("form") == str(FORM)
    except sqlite3.Error:
        return False
    finally:
        base.close()


def build(edition: Edition, path: Path, told: Told | None = None) -> None:
    """Makes the index of an edition; some twenty seconds for 2,000 accounts."""
    making = path.with_name(path.name + ".making")
    making.unlink(missing_ok=True)
    base = sqlite3.connect(making)
    try:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        tables = edition.tables()
        for number, (name, data) in enumerate(tables.items()):
            _table(base, name, data)
            if told:
                told(number, len(tables) + 2)
        _words(base, tables)
        _queue(base, tables)
        base.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        held = {"edition": str(edition.manifest.get("key")), "form": str(FORM)}
        base.executemany("INSERT INTO about VALUES (?, ?)", held.items())
        base.commit()
        base.execute("ANALYZE")
        base.commit()
    finally:
        base.close()
    os.replace(making, path)
    if told:
        told(len(TABLES) + 2, len(TABLES) + 2)


# --- tables ---------------------------------------------------------------------------------------------------------


def _table(base: sqlite3.Connection, name: str, data: pa.Table) -> None:
    columns = [*data.column_names, "_key"]
    base.execute(f"CREATE TABLE {quoted(name)} ({', '.join(map(quoted, columns))})")
    marks = ", ".join("?" for _ in columns)
    for batch in data.to_batches(max_chunksize=BATCH):
        rows = batch.to_pylist()
        values = ([*map(_plain, row.values()), _clean(key(name, row))] for row in rows)
        base.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", values)
    for column in INDEXED:
        if column in columns:
            base.execute(f"CREATE INDEX {quoted(f'{name} by {column}')} ON {quoted(name)} ({quoted(column)})")
    for side in ("", "a_", "b_"):
        if side + "witness" in columns:
            held = ", ".join(quoted(side + c) for c in SPANNED if side + c in columns)
            base.execute(f"CREATE INDEX {quoted(f'{name} by {side}words')} ON {quoted(name)} ({held})")


def quoted(name: str) -> str:
    """A name as SQL takes it.

    >>> quoted("start")
    '"start"'
    """
    return '"' + name.replace('"', '""') + '"'


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return _clean(json.dumps(value, ensure_ascii=False))
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    """Text that SQLite can hold: lone surrogates replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


# --- words ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Entry:
    """Something that a search finds."""

    kind: str
    text: str
    more: str
    table: str
    key: str
    href: str
    witness: str = ""
    start: int | None = None
    end: int | None = None
    dates: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    verdicts: set[str] = field(default_factory=set)


SCHEMA = """
CREATE TABLE found (
    id INTEGER PRIMARY KEY, kind TEXT, text TEXT, more TEXT, tab TEXT, key TEXT, href TEXT, witness TEXT, start INT,
    "end" INT
);
CREATE TABLE found_dates (id INT, low REAL, high REAL);
CREATE TABLE found_places (id INT, place TEXT);
CREATE TABLE found_verdicts (id INT, verdict TEXT);
CREATE VIRTUAL TABLE words USING fts5 (
    text, more, content='found', content_rowid='id', tokenize="unicode61 remove_diacritics 2", prefix='2 3'
);
"""
AFTER = """
CREATE INDEX found_by_witness ON found (witness);
CREATE INDEX dates_by_id ON found_dates (id);
CREATE INDEX places_by_place ON found_places (place COLLATE NOCASE, id);
CREATE INDEX verdicts_by_verdict ON found_verdicts (verdict, id);
INSERT INTO words (words) VALUES ('optimize');
"""


def _words(base: sqlite3.Connection, tables: Mapping[str, pa.Table]) -> None:
    base.executescript(SCHEMA)
    kinds = (_sentences, _events, _names, _accounts)
    for number, entry in enumerate((entry for kind in kinds for entry in kind(tables)), 1):
        _put(base, number, entry)
    base.executescript(AFTER)


def _put(base: sqlite3.Connection, number: int, e: _Entry) -> None:
    text, more = _clean(e.text), _clean(e.more)
    row = (number, e.kind, text, more, e.table, _clean(e.key), e.href, _clean(e.witness), e.start, e.end)
    base.execute("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    base.execute("INSERT INTO words (rowid, text, more) VALUES (?, ?, ?)", (number, text, more))
    for date in dict.fromkeys(e.dates):
        when = dates.interval(date)
        if when is not None:
            base.execute("INSERT INTO found_dates VALUES (?, ?, ?)", (number, when.first, when.after))
    base.executemany("INSERT INTO found_places VALUES (?, ?)", ((number, _clean(p)) for p in e.places))
    base.executemany("INSERT INTO found_verdicts VALUES (?, ?)", ((number, v) for v in e.verdicts))


class _Within:
    """Rows of a table by the sentence in which they begin."""

    def __init__(self, tables: Mapping[str, pa.Table], name: str, columns: Iterable[str]) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        data = tables[name].select(["witness", "start", *columns])
        for row in data.to_pylist():
            if row["start"] is not None:
                self.rows[row["witness"]].append(row)
        for listed in self.rows.values():
            listed.sort(key=lambda r: r["start"])
        self._at: dict[str, int] = defaultdict(int)

    def upto(self, witness: str, start: int, end: int) -> Iterator[Row]:
        """The rows from ``start`` to ``end``; sentences are asked for in the order of the text."""
        listed, at = self.rows.get(witness, []), self._at[witness]
        while at < len(listed) and listed[at]["start"] < end:
            if listed[at]["start"] >= start:
                yield listed[at]
            at += 1
        self._at[witness] = at


def _sentences(tables: Mapping[str, pa.Table]) -> Iterator[_Entry]:
    texts = {w["witness"]: w["text"] for w in tables["witnesses"].select(["witness", "text"]).to_pylist()}
    at = Addresses({name: divide(text) for name, text in texts.items()})
    times, places = _Within(tables, "times", ["edtf"]), _Within(tables, "places", ["name"])
    readings = _Within(tables, "readings", ["reading"])
    stand = _standings(tables)
    for row in sorted(tables["sentences"].to_pylist(), key=lambda r: (r["witness"], r["start"])):
        span = (row["witness"], row["start"], row["end"])
        entry = _Entry("words", row["text"], "", "sentences", key("sentences", row), at.span(*span), *span)
        entry.dates = [t["edtf"] for t in times.upto(*span) if t["edtf"]]
        entry.places = {p["name"] for p in places.upto(*span)}
        entry.verdicts = {v for r in readings.upto(*span) for v in stand.get(r["reading"], ())}
        yield entry


def _standings(tables: Mapping[str, pa.Table]) -> dict[str, set[str]]:
    """The verdicts that rest on each reading, by the default view."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables["verdicts"].select(["verdict", "readings", "sure"]).to_pylist():
        if row["sure"] != "low":
            for reading in row["readings"]:
                found[reading].add(row["verdict"])
    return found


def _events(tables: Mapping[str, pa.Table]) -> Iterator[_Entry]:
    verdicts: dict[str, list[str]] = defaultdict(list)
    for row in tables["verdicts"].select(["event", "verdict", "sure"]).to_pylist():
        if row["event"] and row["sure"] != "low":
            verdicts[row["event"]].append(row["verdict"])
    for row in tables["events"].to_pylist():
        entry = _Entry("event", row["label"], row["type"], "events", row["event"], Addresses.event(row["event"]))
        entry.dates, entry.places = [row["date"]] if row["date"] else [], set(row["places"])
        entry.verdicts = {worst(verdicts[row["event"]]).value}
        yield entry


def _names(tables: Mapping[str, pa.Table]) -> Iterator[_Entry]:
    forms: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in tables["names"].to_pylist():
        forms[row["kind"], row["referent"]][row["form"]] += row["count"]
    for (kind, referent), counted in sorted(forms.items()):
        row = {"kind": kind, "referent": referent}
        for form in counted:
            yield _Entry("name", form, f"{referent} {kind}", "names", key("names", row), "names.html")


def _accounts(tables: Mapping[str, pa.Table]) -> Iterator[_Entry]:
    at = Addresses({})
    for row in tables["witnesses"].drop_columns(["text"]).to_pylist():
        more = " ".join(row[c] for c in ("witness", "publisher", "party") if row[c])
        entry = _Entry("account", row["title"] or row["witness"], more, "witnesses", row["witness"], "", row["witness"])
        entry.href = at.witness(row["witness"])
        entry.dates = [row["published"]] if row["published"] else []
        yield entry


# --- the queue ------------------------------------------------------------------------------------------------------


def _queue(base: sqlite3.Connection, tables: Mapping[str, pa.Table]) -> None:
    base.execute("CREATE TABLE queue (place INTEGER PRIMARY KEY, tab TEXT, key TEXT, score REAL, ask TEXT)")
    rows = ((n, q.table, _clean(q.key), q.score, q.ask) for n, q in enumerate(queue(tables), 1))
    base.executemany("INSERT INTO queue VALUES (?, ?, ?, ?, ?)", rows)
    base.execute("CREATE INDEX queue_by_row ON queue (tab, key)")
