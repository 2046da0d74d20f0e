"""What a page reads of an edition, noted while it is made: as long as all of that stays the same, so does the page.

Pages reach an edition's rows through objects with indexes (`Gathered` and its like). `Notes.over` puts a watcher before
such an object. What is looked up in an index is noted with its key; what is read as a whole (a list, a number, the keys
of an index) is noted as a whole. A value is noted by its digest, which two runs can compare. Whatever is worked out
once and kept (a cached property) is worked out without being watched, and noted as what it gives.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import fields, is_dataclass
from operator import attrgetter
from types import FunctionType, MethodType
from typing import Any, TypeVar

import pyarrow as pa

from variorum import records as r

__all__ = ["Lazy", "Notes", "digest"]

Read = tuple[str, Any]
"""What was read: the way to an index or value, and the key; `WHOLE` where all of it was read."""
WHOLE = "\x00all"
K = TypeVar("K")
V = TypeVar("V")
PLAIN = frozenset([str, int, float, bool, type(None), bytes])
BYTES = 12
"""Bytes of a digest: by chance two values have the same once in 2 to the 96."""
_COLUMNS: dict[type, Callable[[Any], Any]] = {}
_ROWS: dict[type, tuple[str, Callable[[Any], Any]]] = {}


def digest(value: Any) -> bytes:
    """The hash of a value; one that cannot be told in plain parts never has the same twice.

    >>> digest(r.Claim("a", 0, 4, "sank", "a.c1", "accident", "sank")) == digest(
    ...     r.Claim("a", 0, 4, "sank", "a.c1", "accident", "sank")
    ... )
    True
    >>> digest([1, 2]) == digest([2, 1]), digest({"b", "a"}) == digest({"a", "b"}), digest(1) == digest("1")
    (False, True, False)
    >>> digest(object()) == digest(object())
    False
    """
    try:
        told = marshal.dumps(_plain(value), 0)  # of this version the bytes depend on the value alone
    except (TypeError, ValueError):
        return os.urandom(BYTES)
    return hashlib.blake2b(told, digest_size=BYTES).digest()


def _plain(value: Any) -> Any:
    """A value in parts that `marshal` can write; what has the same parts and another kind is told apart."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is list:
        return [_plain(one) for one in value]
    row = _ROWS.get(kind)
    if row is None and issubclass(kind, r.Row):
        row = _ROWS[kind] = (kind.__name__, _columns(kind))
    if row is not None:
        return (row[0], row[1](value))  # its cells are plain, or lists of what is plain
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, tuple):
        return (kind.__name__, *map(_plain, value))
    if issubclass(kind, dict):
        return ("dict", *((_plain(key), _plain(one)) for key, one in value.items()))
    if issubclass(kind, set | frozenset):
        return ("set", *sorted(map(_plain, value), key=repr))
    if is_dataclass(kind):
        return (kind.__name__, _plain(_columns(kind)(value)))
    if kind is pa.Table:
        batches = (batch.serialize().to_pybytes() for batch in value.combine_chunks().to_batches())
        return ("table", str(value.schema), *(hashlib.sha256(one).digest() for one in batches))
    raise TypeError(f"{kind.__name__} has no plain parts")


def _columns(kind: type) -> Callable[[Any], Any]:
    known = _COLUMNS.get(kind)
    if known is None:
        known = _COLUMNS[kind] = attrgetter(*(f.name for f in fields(kind)))
    return known


class Lazy(dict[K, V]):
    """A dictionary whose values are made when they are first asked for, each from its key alone.

    >>> Lazy(len)["ferry"]
    5
    """

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        made = self[key] = self._make(key)
        return made


class Notes:
    """Watches the objects that pages read, each under the name of its root.

    What was read between `begin` and `end` is given by its way: a path of attributes, and the key in an index.

    >>> notes = Notes()
    >>> told = notes.root("told", {"a": [1], "b": [2]})
    >>> notes.begin()
    >>> told["a"], told.get("c")
    ([1], None)
    >>> notes.end()
    {'told': ['a', 'c']}
    """

    def __init__(self) -> None:
        self._roots: dict[str, Any] = {}
        self._paths: dict[int, str] = {}
        self._over: dict[str, Any] = {}
        self._digests: dict[str, dict[Any, bytes]] = {}
        self._at: dict[str, Any] = {}
        self.reading: set[Read] | None = None

    def root(self, path: str, one: Any) -> Any:
        """The watcher before an object that is reached under a name of its own; the first of a name stays.

        One that was let go would leave its id to another object, which would then be taken for it.
        """
        if path not in self._roots:
            self._roots[path] = one
            self._paths[id(one)] = path
        return self.over(path, self._roots[path])

    def begin(self) -> None:
        """From here on what is read is noted."""
        self.reading = set()

    def end(self) -> dict[str, list[Any]]:
        """What was read since `begin`: the keys of each index, in order; `WHOLE` where all of it was read."""
        read, self.reading = self.reading or set(), None
        made: dict[str, list[Any]] = {}
        for path, key in sorted(read, key=lambda one: (one[0], repr(one[1]))):
            made.setdefault(path, []).append(key)
        return made

    def over(self, path: str, value: Any) -> Any:
        """A watcher before a value that has parts; another value is itself, and noted as a whole."""
        known = self._over.get(path)
        if known is not None:
            return known
        path = self._paths.get(id(value), path)
        if isinstance(value, dict | set | frozenset):
            made: Any = Index(value, path, self)
        elif _has_parts(value):
            made = Watched(value, path, self)
        else:
            if self.reading is not None and not callable(value):
                self.reading.add((path, WHOLE))
            return value
        self._over[path] = made
        return made

    def _told(self, path: str, key: Any) -> bytes:
        try:
            return digest(self._value(path, key))
        except (ValueError, KeyError, IndexError, TypeError, OverflowError, AttributeError):
            return os.urandom(BYTES)  # what rested on it is made anew, and says what is wrong

    def _value(self, path: str, key: Any) -> Any:
        held = self._at[path] if path in self._at else self._at.setdefault(path, self._reached(path))
        if key == WHOLE:
            return held
        if not isinstance(held, dict):
            return key in held
        if key in held or isinstance(held, Lazy):
            return held[key]
        return ()  # what is missing is no list, dictionary or word

    def _reached(self, path: str) -> Any:
        first, *names = path.split(".")
        held = self._roots[first]
        for name in names:
            held = getattr(held, name)
        return held

    def digest(self, read: Mapping[str, list[Any]]) -> str:
        """One digest for all that was read, as `end` gives it."""
        parts: list[bytes] = []
        for path, keys in read.items():
            known = self._digests.setdefault(path, {})
            for key in keys:
                one = tuple(key) if type(key) is list else key
                told = known.get(one)
                if told is None:
                    told = known[one] = self._told(path, one)
                parts.append(told)
        return hashlib.blake2b(b"".join(parts), digest_size=BYTES).hexdigest()


def _has_parts(value: Any) -> bool:
    """True for the objects that hold indexes: not for a row, and not for what is compared as one value."""
    kind = type(value)
    if not kind.__module__.startswith("variorum.") or issubclass(kind, r.Row | tuple | str | type):
        return False
    return hasattr(value, "__dict__") or any(isinstance(getattr(value, f.name), dict) for f in fields(value))


class Watched:
    """Before an object: its methods read through the watcher, its attributes are noted.

    Methods, and watchers before what has parts, are found once: nothing is noted until something in them is read.
    """

    def __init__(self, one: Any, path: str, notes: Notes) -> None:
        self._watched_one, self._watched_as, self._watched_by = one, path, notes

    def __getattr__(self, name: str) -> Any:
        one = self._watched_one
        for kind in type(one).__mro__:
            if name in kind.__dict__:
                held = kind.__dict__[name]
                if isinstance(held, FunctionType):
                    self.__dict__[name] = MethodType(held, self)
                    return self.__dict__[name]
                break
        found = self._watched_by.over(f"{self._watched_as}.{name}", getattr(one, name))
        if isinstance(found, Watched | Index):
            self.__dict__[name] = found
        return found


class Index(Mapping[Any, Any]):
    """Before a dictionary or a set: each key that is looked up is noted; who goes through it reads all of it."""

    __slots__ = ("_held", "_notes", "_path")

    def __init__(self, held: Any, path: str, notes: Notes) -> None:
        self._held, self._path, self._notes = held, path, notes

    def _note(self, key: Any) -> None:
        if self._notes.reading is not None:
            self._notes.reading.add((self._path, key))

    def __getitem__(self, key: Any) -> Any:
        if (reading := self._notes.reading) is not None:
            reading.add((self._path, key))
        return self._held[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key, or another where there is none."""
        if (reading := self._notes.reading) is not None:
            reading.add((self._path, key))
        return self._held.get(key, default)

    def __contains__(self, key: object) -> bool:
        if (reading := self._notes.reading) is not None:
            reading.add((self._path, key))
        return key in self._held

    def __iter__(self) -> Iterator[Any]:
        self._note(WHOLE)
        return iter(self._held)

    def __len__(self) -> int:
        self._note(WHOLE)
        return len(self._held)

    def keys(self) -> KeysView[Any]:
        """All keys."""
        self._note(WHOLE)
        return self._held.keys()  # type: ignore[no-any-return]

    def values(self) -> ValuesView[Any]:
        """All values."""
        self._note(WHOLE)
        return self._held.values()  # type: ignore[no-any-return]

    def items(self) -> ItemsView[Any, Any]:
        """All keys with their values."""
        self._note(WHOLE)
        return self._held.items()  # type: ignore[no-any-return]
