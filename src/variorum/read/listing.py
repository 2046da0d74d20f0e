"""The files of a folder of accounts, as bytes: nothing that is no file is opened, and no link leads out unasked."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from variorum.config import Config
from variorum.errors import InputError
from variorum.read.document import Found, Source, several, unreadable
from variorum.read.kinds import quiet
from variorum.records import Problem

__all__ = ["BESIDE", "at_present", "modified", "source", "standard_input", "wanted"]

BESIDE = ("witnesses.csv", "places.csv")
"""Files that stand beside accounts and are none themselves."""


def wanted(folder: Path, config: Config, found: Found) -> list[Path]:
    """The files below a folder that may be accounts, in order; for what cannot be one a problem says why.

    What is hidden, and what stands beside accounts, is left out without a word.
    """
    files = []
    for at in _below(folder, found):
        name = at.relative_to(folder).as_posix()
        reason = _refused(at, folder, config)
        if reason is None:
            files.append(at)
        elif reason:
            found.problems += unreadable(Source(name, at.stem, b""), reason).problems
    return sorted(files)


def _below(folder: Path, found: Found) -> Iterator[Path]:
    """Everything below a folder but folders and what is hidden; links to folders are not gone into."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            inside = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            name = here.relative_to(folder).as_posix()
            found.problems += unreadable(Source(name, here.name, b""), f"cannot be opened ({error.strerror})").problems
            continue
        names = {entry.name for entry in inside}
        for entry in inside:
            if quiet(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if page := _saved_with(entry.name, names):
                    found.problems += _left(folder, here / entry.name, page)
                else:
                    waiting.append(here / entry.name)
            elif entry.name not in BESIDE or here != folder:
                yield here / entry.name


SAVED = re.compile(
    r"(.+)[_-](?:files|file|dateien|fichiers|archivos|ficheros|bestanden|soubory|pliki|tiedostot|filer|elemei)", re.I
)
"""How browsers of several languages name the folder of pictures and scripts that they save with a page."""


def _saved_with(name: str, beside: set[str]) -> str | None:
    """The page with which a browser saved a folder of this name, or None.

    >>> _saved_with("Loss_files", {"Loss.html"}), _saved_with("press_files", {"other.html"})
    ('Loss.html', None)
    """
    match = SAVED.fullmatch(name)
    pages = (f"{match[1]}{ending}" for ending in (".html", ".htm", ".xhtml", ".mht")) if match else ()
    return next((page for page in pages if page in beside), None)


def _left(folder: Path, at: Path, page: str) -> list[Problem]:
    count = sum(len(files) for _, _, files in os.walk(at))
    name = at.relative_to(folder).as_posix()
    message = f"holds {several(count, 'file')} that a browser saved with {page}, which were not read"
    return unreadable(Source(name, at.name, b""), message).problems


def _refused(at: Path, folder: Path, config: Config) -> str | None:
    """Why a path is no file to read; None where it is one, and an empty text where nothing need be said."""
    try:
        if at.is_symlink() and not config.follow_links and folder.resolve() not in at.resolve(strict=True).parents:
            return "is a link that leads out of the folder and was not followed (--set follow_links=true follows it)"
        kind = at.stat().st_mode
    except (OSError, RuntimeError) as error:
        return f"cannot be opened ({getattr(error, 'strerror', None) or 'a link that leads to itself'})"
    if stat.S_ISDIR(kind):
        return "is a link to a folder and was not followed"
    return None if stat.S_ISREG(kind) else "is no file but a pipe, a socket or a device, and was not read"


def source(file: Path, name: str, stem: str, config: Config, found: Found) -> Source | None:
    """A file with its bytes; None, and a problem, where it cannot be had or is too large."""
    limit = config.max_file_mb * 1_000_000
    made = Source(name, stem, b"", config.max_unpacked_mb * 1_000_000, limit, ocr=config.ocr)
    try:
        with file.open("rb") as opened:
            large = os.fstat(opened.fileno()).st_size > limit
            data = b"" if large else opened.read(limit + 1)
    except OSError as error:
        found.problems += unreadable(made, f"cannot be opened ({error.strerror})").problems
        return None
    if large or len(data) > limit:
        reason = f"is larger than {config.max_file_mb} MB and was not read (--set max_file_mb=N raises the limit)"
        found.problems += unreadable(made, reason).problems
        return None
    made.data = data
    return made


def modified(file: Path) -> str | None:
    """When a file was last written to, to the second."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OSError, OverflowError, ValueError):
        return None


def at_present() -> str:
    """The time now, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def standard_input(config: Config) -> Source:
    """What comes in; more than a file may hold raises `InputError`."""
    limit = config.max_file_mb * 1_000_000
    data = sys.stdin.buffer.read(limit + 1)
    if len(data) > limit:
        raise InputError("standard input", f"is larger than {config.max_file_mb} MB", "--set max_file_mb=N")
    return Source("standard input", "stdin", data, config.max_unpacked_mb * 1_000_000, ocr=config.ocr)
