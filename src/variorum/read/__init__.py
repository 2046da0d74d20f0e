"""Reading: files, folders and tables become documents, a file per format; nothing unreadable stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from variorum.config import Config
from variorum.errors import InputError
from variorum.read import listing, tongue
from variorum.read.columns import chosen
from variorum.read.document import Document, Found
from variorum.read.gathering import collected, folded, printable, settled, unique, versions
from variorum.read.kinds import always_read
from variorum.read.room import Room

__all__ = ["ENDINGS", "Document", "Found", "accounts"]

ENDINGS = always_read()
"""Endings of files that are read; others are told by their first bytes."""


def accounts(
    paths: Iterable[str | Path], config: Config | None = None, tick: Callable[[str], None] | None = None
) -> Found:
    """Every document of the files, folders and tables at ``paths`` (``-`` is standard input), and every problem.

    Ids are unique: of two files with one stem the second gets ``~2``. Documents with the same text are folded into
    the first, which is said in a problem row. ``files`` has a row for each account and for each file that gave none.
    ``tick`` is called with each file's name. Raises `InputError` where a path does not exist or nothing at all could be
    read.
    """
    config, found, listed = config or Config(), Found(), list(paths)
    begun = listing.at_present()
    columns = chosen(config.columns)
    rooms = [Room(str(path), config, columns, found) for path in listed]
    for room in rooms:
        for made in room.readings(tick or (lambda name: None)):
            room.made.append(made)
        room.again()
    for room in rooms:
        collected(room, config, found)
    found.documents = versions(folded(unique(found.documents), found))
    found.files = settled(found)
    found.problems += tongue.told(found.documents)
    if config.read_time:
        found.files = [replace(row, read=begun) for row in found.files]
    found.problems = [printable(problem) for problem in found.problems]
    if not found.documents:
        reasons = "; ".join(p.message for p in found.problems[:3]) or "the folder is empty"
        raise InputError(
            " ".join(map(str, listed)), f"no account could be read ({reasons})", "see 'variorum collate --help'"
        )
    return found
