"""Files that were dropped on the page: kept as accounts under safe names and within limits, never run or unpacked."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path, PurePosixPath, PureWindowsPath

from starlette.datastructures import FormData, UploadFile

from variorum.serve.words import ENDINGS

__all__ = ["received", "safe_name"]

_UNSAFE = re.compile(r"[^\w .()+,=@-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST = 120


def safe_name(given: str) -> str:
    """A name for a file that was dropped: its last part, without signs that mean something to a system.

    >>> safe_name("../../etc/pass\\x00wd"), safe_name("C:\\\\accounts\\\\Öl & Rauch.html")
    ('pass wd', 'Öl Rauch.html')
    >>> safe_name(".htaccess"), safe_name("con.txt")
    ('htaccess', '_con.txt')
    """
    last = PureWindowsPath(PurePosixPath(given.replace("\x00", " ")).name).name
    clean = " ".join(_UNSAFE.sub(" ", last).split()).lstrip(".- ") or "account"
    stem, dot, ending = clean.rpartition(".")
    short = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) < 12 else clean[:LONGEST]
    return f"_{short}" if _RESERVED.fullmatch(short) else short


def received(form: FormData, folder: Path, most_mb: int) -> tuple[list[str], list[str]]:
    """Keeps the files of a form in a folder; gives the names that were kept, and a sentence for each that was not."""
    kept: list[str] = []
    refused: list[str] = []
    for item in form.getlist("files"):
        if not isinstance(item, UploadFile) or not item.filename:
            continue
        name = safe_name(item.filename)
        why = _refused(name, item, most_mb)
        if why:
            refused.append(f"{name}: {why}")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        kept.append(_keep(item, folder, name))
    return kept, refused


def _refused(name: str, item: UploadFile, most_mb: int) -> str:
    size = item.size or 0
    if size > most_mb * 1_000_000:
        return f"is larger than {most_mb} MB"
    if not size:
        return "is empty"
    if PurePosixPath(name.lower()).suffix not in ENDINGS:
        return "is of no kind that is read here; docs/reading.md lists them"
    return ""


def _keep(item: UploadFile, folder: Path, name: str) -> str:
    """Writes a file whole or not at all, under a name that is free; the same file twice is kept once."""
    stem, dot, ending = name.rpartition(".")
    number, free = 2, name
    while (folder / free).exists():
        if _same(item, folder / free):
            return free
        free, number = (f"{stem} {number}.{ending}" if dot else f"{name} {number}"), number + 1
    making = folder / f".{free}.making"
    item.file.seek(0)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        shutil.copyfileobj(item.file, out)
    os.replace(making, folder / free)
    return free


def _same(item: UploadFile, path: Path) -> bool:
    if path.stat().st_size != item.size:
        return False
    item.file.seek(0)
    with path.open("rb") as held:
        while block := held.read(1 << 20):
            if item.file.read(1 << 20) != block:
                return False
    return True
