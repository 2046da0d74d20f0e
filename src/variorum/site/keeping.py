"""Pieces of the site that are kept from one run to the next, each with what it was made of.

The pieces of one task lie in one file of the work folder. A piece is taken from there only where everything that was
read while it was made has the same digest now, and was made by the same program with the same options. A page itself
lies in the former edition, and is taken over only while its bytes are those that were written.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from variorum.site.noting import Notes

__all__ = ["Kept", "Shelf", "sha", "taken_over"]

HEAD = struct.Struct("<IQ")


class Kept(NamedTuple):
    """Where pieces are kept, the former edition, and what all pieces rest on: program and options as one hash."""

    folder: Path
    former: Path
    key: str


class Shelf:
    """The pieces of one task: those of the run before, and those that this run leaves to the next."""

    def __init__(self, kept: Kept, task: str, notes: Notes, key: str) -> None:
        self.kept, self.notes = kept, notes
        self._key = f"{kept.key} {key}"
        self._file = kept.folder / f"{task}.pieces"
        self._before = self._loaded()
        self._after: dict[str, Any] = {}
        self.made = 0

    def piece(self, name: str, make: Callable[[], Any], good: Callable[[Any], bool] = lambda _: True) -> Any:
        """What ``make`` gives as plain values, or what it gave before, where that is still true and ``good``."""
        known = self._before.get(name)
        if known is not None:
            read, told, value = known
            if self.notes.digest(read) == told and good(value):
                self._after[name] = known
                return value
        self.notes.begin()
        try:
            value = make()
        finally:
            now = self.notes.end()
        self.made += 1
        self._after[name] = (now, self.notes.digest(now), value)
        return value

    def left(self, name: str) -> Any | None:
        """What the run before left under a name, or None."""
        known = self._before.get(name)
        return known and known[-1]

    def leave(self, name: str, value: Any) -> None:
        """Leaves something to the next run, as plain values."""
        self._after[name] = ({}, "", value)

    def save(self) -> None:
        """Writes the pieces down, whole or not at all."""
        told = json.dumps({"key": self._key, "pieces": self._after}, separators=(",", ":")).encode()
        body = HEAD.pack(0, len(told))[4:] + pa.compress(told, codec="zstd", asbytes=True)
        making = self._file.with_suffix(".making")
        making.parent.mkdir(parents=True, exist_ok=True)
        making.write_bytes(HEAD.pack(zlib.crc32(body), 0)[:4] + body)
        os.replace(making, self._file)

    def _loaded(self) -> dict[str, Any]:
        """The pieces of the run before; none where they were made otherwise, or are damaged."""
        try:
            data = self._file.read_bytes()
            crc, size = HEAD.unpack_from(data)
            if crc != zlib.crc32(memoryview(data)[4:]):
                return {}
            told = json.loads(pa.decompress(data[HEAD.size :], size, codec="zstd", asbytes=True))
        except (OSError, struct.error, pa.ArrowException, ValueError):
            return {}
        return dict(told["pieces"]) if told["key"] == self._key else {}


def sha(data: bytes) -> str:
    """The hash by which a page is known again."""
    return hashlib.sha256(data).hexdigest()


def taken_over(former: Path, new: Path, files: list[list[str]]) -> bool:
    """True where all files of a piece were there as they were written, and now are in the new folder too.

    They are the same files under a second name where the system allows that; nothing writes into them.
    """
    try:
        if not all(sha((former / path).read_bytes()) == told for path, told in files):
            return False
        for path, _ in files:
            _linked(former / path, new / path)
    except OSError:
        return False
    return True


def _linked(there: Path, here: Path) -> None:
    here.parent.mkdir(parents=True, exist_ok=True)
    here.unlink(missing_ok=True)
    try:
        os.link(there, here)
    except OSError:
        shutil.copyfile(there, here)
