"""The gazetteer: names of places, what they may mean, and where that is; built once into the user's cache.

The folder is ``VARIORUM_CACHE`` where that is set, else ``variorum`` in ``XDG_CACHE_HOME`` or ``~/.cache``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from variorum.errors import InputError
from variorum.gazetteer import own
from variorum.gazetteer.build import Progress, build
from variorum.gazetteer.entry import AREAS, KINDS, TOWNS, Entry, Finding, kind_bit
from variorum.gazetteer.keys import exact_key, fold
from variorum.gazetteer.store import Store

try:
    import fcntl
except ImportError:  # a system without POSIX locks
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "AREAS", "KINDS", "TOWNS", "Entry", "Finding", "Gazetteer", "Progress", "add", "cache_folder", "ensure",
    "exact_key", "fold", "kind_bit", "listed", "open_gazetteer", "remove",
]  # fmt: skip

VERSION = 4
"""Goes up whenever the tables or the way of building change, so that an old file is not read by new code."""


def cache_folder() -> Path:
    """Where the gazetteer and those that a user has added are kept."""
    own = os.environ.get("VARIORUM_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "variorum"


def is_built() -> bool:
    """True when the index is there and `ensure` has nothing to do."""
    return (cache_folder() / f"gazetteer-{VERSION}.sqlite").exists()


def ensure(progress: Progress | None = None) -> Path:
    """The gazetteer's file, built when it is not there yet (about twenty seconds, once); ``progress`` hears of it."""
    path = cache_folder() / f"gazetteer-{VERSION}.sqlite"
    if path.exists():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path.with_suffix(".lock")):
            if not path.exists():
                build(path, progress)
    except OSError as error:
        advice = "set VARIORUM_CACHE to a folder that can be written"
        raise InputError(str(path.parent), f"the gazetteer cannot be built here ({error.strerror})", advice) from error
    return path


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Waits while another process builds; where the system has no such locks, each builds for itself."""
    with lock.open("w") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Gazetteer:
    """The built gazetteer and those that a user has added, asked as one; added ones come first.

    Where ``settles``, a name that the first one has is not looked for in the others: a table that stands beside
    accounts knows what they mean.

    Numbers of entries tell the files apart: ``number * files + index of the file``.
    """

    def __init__(self, stores: list[Store], settles: bool = False) -> None:
        self._stores = stores
        self._settles = settles
        self._found: dict[str, Finding | None] = {}

    def find(self, key: str) -> Finding | None:
        """What the gazetteers have under a key (see `fold`, `exact_key`), or None."""
        if len(self._stores) == 1:
            return self._stores[0].find(key)
        many = len(self._stores)
        got = [(i, f) for i, s in enumerate(self._stores) if (f := s.find(key)) is not None]
        if self._settles and got and got[0][0] == 0:
            got = got[:1]
        if not got:
            return None
        numbers = tuple(n * many + i for i, f in got for n in f.numbers)
        kinds = 0
        for _, found in got:
            kinds |= found.kinds
        return Finding(numbers, kinds, max(f.population for _, f in got))

    def entry(self, number: int) -> Entry:
        """The entry with that number."""
        many = len(self._stores)
        return self._stores[number % many].entry(number // many) if many > 1 else self._stores[0].entry(number)

    def added(self, number: int) -> bool:
        """True for an entry of a gazetteer that a user has added; the built one is asked last."""
        return number % len(self._stores) < len(self._stores) - 1

    def head(self, division: str) -> Entry | None:
        """The entry that is the division ("US.LA") or country ("US") of that code itself."""
        return next((e for s in self._stores if (e := s.head(division)) is not None), None)


def open_gazetteer(progress: Progress | None = None, table: str | None = None) -> Gazetteer:
    """The gazetteers of this machine, opened once a process; ``table`` is one more for this run, asked first and alone
    for the names it has."""
    paths = (*own.listed(_own()), ensure(progress))
    if table:
        paths = (_for_a_run(Path(table)), *paths)
    return _opened(tuple((p, p.stat().st_mtime_ns) for p in paths), bool(table))


@cache
def _opened(paths: tuple[tuple[Path, int], ...], settles: bool) -> Gazetteer:
    return Gazetteer([Store(path) for path, _ in paths], settles)


@cache
def _for_a_run(table: Path) -> Path:
    """The index of a table that stands beside accounts, kept under the hash of what the table holds."""
    try:
        held = hashlib.sha256(table.read_bytes()).hexdigest()[:24]
    except OSError as error:
        raise InputError(str(table), f"cannot be read as a gazetteer ({error.strerror})") from error
    folder = cache_folder() / "tables" / held
    known = own.listed(folder)
    if known:
        return known[0]
    gazetteer = Gazetteer([Store(ensure())])
    return own.take_in(table, folder, lambda name: _codes(gazetteer, name))[0]


def version() -> str:
    """The hash of which gazetteers are asked: it changes when one is added, replaced or removed."""
    digest = hashlib.sha256(str(VERSION).encode())
    for path in own.listed(_own()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _own() -> Path:
    return cache_folder() / "gazetteers"


def add(path: Path, progress: Progress | None = None) -> int:
    """Adds a table of places or a GeoNames dump to those that are asked; returns how many places it has.

    A gazetteer added before under the same file name is replaced. Raises `InputError` with the line that is wrong.
    """
    gazetteer = Gazetteer([Store(ensure(progress))])
    return own.take_in(path, _own(), lambda name: _codes(gazetteer, name))[1]


def listed() -> list[str]:
    """The names of the gazetteers that were added."""
    return [path.stem for path in own.listed(_own())]


def remove(name: str) -> None:
    """Takes an added gazetteer away again; raises `InputError` when there is none of that name."""
    own.remove(name, _own())


def _codes(gazetteer: Gazetteer, name: str) -> tuple[str, str] | None:
    finding = gazetteer.find(fold(name)) or gazetteer.find(exact_key(name))
    entries = [gazetteer.entry(n) for n in finding.numbers] if finding else []
    larger = [e for kind in ("country", "province", "district") for e in entries if e.kind == kind]
    best = larger[0] if larger else max(entries, key=lambda e: e.population, default=None)
    head = gazetteer.head(name.upper()) if best is None else best
    return None if head is None else (head.country, head.division)
