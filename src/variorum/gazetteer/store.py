"""The gazetteer as a read-only SQLite file: opened in milliseconds, one small query a name, nothing loaded at start."""

from __future__ import annotations

import os
import sqlite3
import struct
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from variorum.errors import InputError
from variorum.gazetteer.entry import Entry, Finding, kind_bit

__all__ = ["Store", "write_store"]

_TABLES = """
CREATE TABLE entries (number INTEGER PRIMARY KEY, name TEXT, kind TEXT, lat REAL, lon REAL, country TEXT,
                      division TEXT, population INTEGER, radius_km REAL, geonames_id INTEGER);
CREATE TABLE names (key TEXT PRIMARY KEY, numbers BLOB, kinds INTEGER, population INTEGER) WITHOUT ROWID;
CREATE TABLE heads (division TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
"""
_REMEMBERED = 100_000


class Store:
    """A gazetteer file, open for reading; looks names up by key and entries by number, and remembers both.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "own.sqlite"
    ...     write_store(path, [Entry(1, "Port Asker", "town", 10.0, 20.0, "XX", "XX.1", 900)], {"port asker": [1]})
    ...     store = Store(path)
    ...     store.entry(store.find("port asker").numbers[0]).name, store.find("nowhere")
    ('Port Asker', None)
    """

    def __init__(self, path: Path) -> None:
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._base.execute("SELECT 1 FROM names LIMIT 1")
        except sqlite3.Error as error:
            raise InputError(str(path), f"is not a gazetteer ({error})", "delete it and it is built again") from error
        self._found: dict[str, Finding | None] = {}
        self._entries: dict[int, Entry] = {}
        self._heads: dict[str, Entry | None] = {}

    def find(self, key: str) -> Finding | None:
        """What the gazetteer has under a key, or None."""
        try:
            return self._found[key]
        except KeyError:
            pass
        row = self._base.execute("SELECT numbers, kinds, population FROM names WHERE key = ?", (key,)).fetchone()
        found = None if row is None else Finding(struct.unpack(f"<{len(row[0]) // 4}I", row[0]), row[1], row[2])
        if len(self._found) > _REMEMBERED:
            self._found.clear()
        self._found[key] = found
        return found

    def entry(self, number: int) -> Entry:
        """The entry with that number."""
        known = self._entries.get(number)
        if known is None:
            if len(self._entries) > _REMEMBERED:
                self._entries.clear()
            row = self._base.execute("SELECT * FROM entries WHERE number = ?", (number,)).fetchone()
            known = self._entries[number] = Entry(*row)
        return known

    def head(self, division: str) -> Entry | None:
        """The entry that is the division or country of that code itself."""
        if division not in self._heads:
            row = self._base.execute("SELECT number FROM heads WHERE division = ?", (division,)).fetchone()
            self._heads[division] = None if row is None else self.entry(row[0])
        return self._heads[division]


def write_store(path: Path, entries: Iterable[Entry], names: Mapping[str, list[int]]) -> None:
    """Writes a gazetteer file; it appears under its name whole or not at all, whoever else writes it meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    os.close(handle)
    try:
        _fill(Path(temporary), list(entries), names)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _fill(path: Path, entries: list[Entry], names: Mapping[str, list[int]]) -> None:
    base = sqlite3.connect(path)
    try:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        base.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((e.number, e.name, e.kind, e.lat, e.lon, e.country, e.division, e.population, e.radius_km, e.geonames_id)
             for e in entries),
        )  # fmt: skip
        base.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", _packed(entries, names))
        heads = [(e.division, e.number) for e in entries if e.kind in ("country", "province")]
        base.executemany("INSERT OR IGNORE INTO heads VALUES (?, ?)", heads)
        base.commit()
    finally:
        base.close()


def _packed(entries: list[Entry], names: Mapping[str, list[int]]) -> Iterator[tuple[str, bytes, int, int]]:
    by_number = {e.number: e for e in entries}
    for key in sorted(names):
        numbers = list(dict.fromkeys(names[key]))
        found = [by_number[n] for n in numbers]
        kinds = kind_bit(*(e.kind for e in found))
        yield key, struct.pack(f"<{len(numbers)}I", *numbers), kinds, max(e.population for e in found)
