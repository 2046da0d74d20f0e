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
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.errors import EditionError

__all__ = ["Staging", "beside", "file_hash", "lock_file", "parquet_bytes"]

EXCHANGE = 2
AT_CWD = -100


def parquet_bytes(data: pa.Table, path: Path) -> str:
    """Writes a table as Parquet, the same bytes for the same rows, and gives its SHA-256."""
    pq.write_table(data, path, compression="zstd", write_statistics=False)
    return file_hash(path)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def beside(edition: Path) -> Path:
    """The folder beside an edition in which it is made.

    >>> beside(Path("/out/ferry")).as_posix()
    '/out/.ferry.variorum'
    """
    return edition.absolute().parent / f".{edition.absolute().name}.variorum"


class Staging:
    """Where an edition is made; a context manager that holds the lock.

    Raises `EditionError` where another run holds it or the folder cannot be written.
    """

    def __init__(self, edition: Path) -> None:
        self.edition = edition.absolute()
        self.folder = beside(self.edition)
        self._lock: int | None = None
        self._kept: sqlite3.Connection | None = None

    def __enter__(self) -> Staging:
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
            lock_file(self._lock)
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
        for path in (*(self.folder / name for name in ("old", "new", "spill")), *self.folder.glob("steps/*.making")):
            shutil.rmtree(path, ignore_errors=True)

    def note(self, name: str, held: Mapping[str, Any]) -> None:
        """Notes something about the run, as JSON, whole or not at all; on a full disk in the room of the last note."""
        making = self.folder / f"{name}.making"
        text = json.dumps(held, indent=1, sort_keys=True) + "\n"
        try:
            making.write_text(text, encoding="utf-8")
        except OSError:
            making.unlink(missing_ok=True)
            (self.folder / name).unlink(missing_ok=True)
            making.write_text(text, encoding="utf-8")
        os.replace(making, self.folder / name)

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
            self._kept = _opened(self.folder / "kept.sqlite")
        return self._kept

    def known(self, step: str, keys: Iterable[str]) -> dict[str, bytes]:
        """What a step made of rows with these keys, packed; keys that are not there are left out."""
        wanted, found = set(keys), {}
        for key, made in self._database().execute("SELECT key, made FROM kept WHERE step = ?", (step,)):
            if key in wanted:
                found[key] = made
        return found

    def keep(self, step: str, made: Mapping[str, bytes]) -> None:
        """Keeps what a step made of some rows, in one transaction."""
        database = self._database()
        with database:
            entries = ((step, key, data) for key, data in made.items())
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", entries)

    def forget(self, step: str, but: Iterable[str]) -> None:
        """Deletes what a step made of rows that are no longer there or have changed."""
        database = self._database()
        with database:
            known = {key for (key,) in database.execute("SELECT key FROM kept WHERE step = ?", (step,))}
            database.executemany(
                "DELETE FROM kept WHERE step = ? AND key = ?", ((step, key) for key in known.difference(but))
            )


def _opened(path: Path) -> sqlite3.Connection:
    """The database; a file that is none any more is begun anew, as all in it can be made again."""
    try:
        return _connected(path)
    except sqlite3.OperationalError:  # no room, no permission: nothing is wrong with what is there
        raise
    except sqlite3.DatabaseError:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("CREATE TABLE IF NOT EXISTS kept (step TEXT, key TEXT, made BLOB, PRIMARY KEY (step, key))")
        return database
    except sqlite3.Error:
        database.close()
        raise


def lock_file(handle: int) -> None:
    """Locks an open file for this process alone; raises ``OSError`` where another holds it."""
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
