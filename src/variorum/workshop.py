"""The folder beside an edition in which it is made: the lock, what was kept of earlier runs, and the new edition.

An edition ``war`` is made in ``.war.variorum`` beside it. Nothing in the edition changes until the new one is whole;
then both folders change places in one move.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.errors import EditionError

__all__ = ["Workshop", "parquet_bytes"]

EXCHANGE = 2
AT_CWD = -100


def parquet_bytes(data: pa.Table, path: Path) -> str:
    """Writes a table as Parquet, the same bytes for the same rows, and gives its SHA-256."""
    pq.write_table(data, path, compression="zstd", write_statistics=False)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class Workshop:
    """Where an edition is made; a context manager that holds the lock.

    Raises `EditionError` where another run holds it or the folder cannot be written.
    """

    def __init__(self, edition: Path) -> None:
        self.edition = edition.absolute()
        self.folder = self.edition.parent / f".{self.edition.name}.variorum"
        self._lock: int | None = None
        self._kept: sqlite3.Connection | None = None

    def __enter__(self) -> Workshop:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise EditionError(
                str(self.edition), f"cannot be written there ({error.strerror})", "choose another -o"
            ) from error
        self._take()
        self.recover()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._kept is not None:
            self._kept.close()
        if self._lock is not None:
            os.close(self._lock)

    def _take(self) -> None:
        assert self._lock is not None
        try:
            _lock_file(self._lock)
        except OSError as error:
            holder = os.pread(self._lock, 200, 0).decode(errors="replace").strip() if hasattr(os, "pread") else ""
            os.close(self._lock)
            self._lock = None
            raise EditionError(
                str(self.edition), f"another run is making it ({holder or 'unknown process'})", "wait for it, or end it"
            ) from error
        os.ftruncate(self._lock, 0)
        os.write(self._lock, f"process {os.getpid()}".encode())

    def recover(self) -> None:
        """Puts the old edition back if a run was killed between two moves, and clears what was half made."""
        old = self.folder / "old"
        if old.exists() and not self.edition.exists():
            os.replace(old, self.edition)
        for name in ("old", "new"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def new(self) -> Path:
        """An empty folder for the new edition."""
        shutil.rmtree(self.folder / "new", ignore_errors=True)
        (self.folder / "new" / "tables").mkdir(parents=True)
        return self.folder / "new"

    def publish(self) -> None:
        """Puts the new edition in the place of the old one."""
        new, old = self.folder / "new", self.folder / "old"
        if not self.edition.exists():
            os.replace(new, self.edition)
            return
        if _exchanged(new, self.edition):
            shutil.rmtree(new, ignore_errors=True)
            return
        os.replace(self.edition, old)
        os.replace(new, self.edition)
        shutil.rmtree(old, ignore_errors=True)

    # what earlier runs made -------------------------------------------------------------------------------------

    def step_tables(self, key: str, names: Iterable[str]) -> dict[str, pa.Table] | None:
        """The tables that a step made under this key, or None where they are not all there and whole."""
        folder = self.folder / "steps" / key
        try:
            return {name: pq.read_table(folder / f"{name}.parquet") for name in names}
        except (OSError, pa.ArrowException):
            return None

    def keep_step(self, key: str, tables: Mapping[str, pa.Table]) -> None:
        """Keeps the tables of a step; they appear whole or not at all."""
        target = self.folder / "steps" / key
        making = self.folder / "steps" / f"{key}.making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        for name, data in tables.items():
            parquet_bytes(data, making / f"{name}.parquet")
        shutil.rmtree(target, ignore_errors=True)
        os.replace(making, target)

    def forget_steps(self, but: set[str]) -> None:
        """Deletes kept steps that the finished run did not use."""
        folder = self.folder / "steps"
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name not in but:
                shutil.rmtree(path, ignore_errors=True)

    def _database(self) -> sqlite3.Connection:
        if self._kept is None:
            self._kept = _opened(self.folder / "annotations.sqlite")
        return self._kept

    def annotation(self, key: str) -> dict[str, list[dict[str, Any]]] | None:
        """The rows kept for a witness under this key, by table, or None."""
        found = self._database().execute("SELECT rows FROM kept WHERE key = ?", (key,)).fetchone()
        if found is None:
            return None
        made: dict[str, list[dict[str, Any]]] = json.loads(zlib.decompress(found[0]))
        return made

    def keep_annotations(self, made: Iterable[tuple[str, Mapping[str, list[dict[str, Any]]]]]) -> None:
        """Keeps the rows of some witnesses, in one transaction."""
        database = self._database()
        packed = (
            (key, zlib.compress(json.dumps(tables, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1))
            for key, tables in made
        )
        with database:
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", packed)

    def forget_annotations(self, but: set[str]) -> None:
        """Deletes what was kept for witnesses that are no longer there or have changed."""
        database = self._database()
        with database:
            known = {key for (key,) in database.execute("SELECT key FROM kept")}
            database.executemany("DELETE FROM kept WHERE key = ?", ((key,) for key in known - but))


def _opened(path: Path) -> sqlite3.Connection:
    try:
        database = sqlite3.connect(path)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, rows BLOB) WITHOUT ROWID")
        return database
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        database = sqlite3.connect(path)
        database.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, rows BLOB) WITHOUT ROWID")
        return database


def _lock_file(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _exchanged(new: Path, old: Path) -> bool:
    """Swaps two folders in one move, where the system can (Linux: renameat2)."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(swap(AT_CWD, os.fsencode(new), AT_CWD, os.fsencode(old), EXCHANGE) == 0)
