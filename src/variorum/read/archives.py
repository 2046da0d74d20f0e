"""Archives: the files in a ZIP or TAR, the one in a packed file, the pages of a WACZ; nothing is written to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from variorum.read import warc
from variorum.read.document import Found, Source, several, unreadable
from variorum.read.kinds import quiet, stem

__all__ = ["read_packed", "read_tar", "read_wacz", "read_zip", "zip_objection"]

MOST_MEMBERS = 20_000
MOST_XML = 50_000_000
"""Bytes that the XML of one file may unpack to; it is read as a tree of ten times its size. A thick book has five."""

CHUNK = 1 << 20


def zip_objection(source: Source, xml: bool = True) -> str | None:
    """Why a pack is not opened, by what it says of itself; the library that unpacks it holds it to that.

    Raises `zipfile.BadZipFile` where it is none.
    """
    with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_MEMBERS:
        return f"holds more than {MOST_MEMBERS} parts and was not opened"
    if sum(item.file_size for item in parts) > source.unpacked:
        return f"unpacks to more than {source.unpacked // 10**6} MB and was not opened (--set max_unpacked_mb=N)"
    if xml and sum(item.file_size for item in parts if item.filename.lower().endswith((".xml", ".rels"))) > MOST_XML:
        return f"unpacks to more than {MOST_XML // 10**6} MB of XML and was not opened"
    return None


def read_zip(source: Source) -> Found:
    """The files in a ZIP archive, one after the other.

    >>> held = io.BytesIO()
    >>> with zipfile.ZipFile(held, "w") as pack:
    ...     pack.writestr("press/loss.txt", "The ferry sank.")
    >>> [inner] = read_zip(Source("a.zip", "a", held.getvalue())).inside
    >>> inner.name, inner.stem, inner.data
    ('a.zip/press/loss.txt', 'loss', b'The ferry sank.')
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            listed = [
                item for item in packed.infolist() if not item.filename.endswith("/") and not quiet(item.filename)
            ]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        return unreadable(source, f"is damaged or no ZIP ({error})")
    found = Found()
    if len(listed) > MOST_MEMBERS:
        found.say(source.stem, f"{source.name} holds {len(listed)} files; the first {MOST_MEMBERS} were read")
    found.inside = _zipped(source, listed[:MOST_MEMBERS], found)
    return found if listed else unreadable(source, "holds no files")


def _zipped(source: Source, listed: list[zipfile.ZipInfo], found: Found) -> Iterator[Source]:
    with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
        for item in listed:
            inner = source.inner(_place(item.filename), stem(item.filename), b"")
            if item.flag_bits & 1:
                found.say(inner.stem, f"{inner.name} is encrypted; unpack the archive with its password")
                continue
            try:
                with packed.open(item) as opened:
                    inner.data = _limited(opened, source, inner)
            except Exception as error:  # a damaged member, or a way of packing that is not known here
                found.say(inner.stem, f"{inner.name} could not be unpacked ({error})")
                continue
            source.unpacked -= len(inner.data)
            yield inner


def _place(name: str) -> str:
    """The name of a member as a path below the archive, whatever it claims.

    >>> _place("../../etc/passwd"), _place("C:\\\\a\\\\b.txt")
    ('etc/passwd', 'C:/a/b.txt')
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)[:500] or "unnamed"


def _limited(opened: IO[bytes], source: Source, inner: Source) -> bytes:
    """The bytes of a member, up to what the archive may still unpack to; beyond it `OSError`."""
    data = bytearray()
    while block := opened.read(CHUNK):
        data += block
        if len(data) > source.largest:
            raise OSError(f"it is larger than {source.largest // 10**6} MB; --set max_file_mb=N")
        if len(data) > source.unpacked:
            raise OSError("the archive unpacks to more than it may; --set max_unpacked_mb=N")
    inner.unpacked = max(0, source.unpacked - len(data))
    return bytes(data)


def read_tar(source: Source) -> Found:
    """The files in a TAR archive, packed or not; links and devices in it are left out."""
    found = Found()
    found.inside = _of_tar(source, found)
    return found


def _of_tar(source: Source, found: Found) -> Iterator[Source]:
    number = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(source.data), mode="r|*") as opened:
            for item in opened:
                if not item.isfile() or quiet(item.name):
                    continue
                number += 1
                if number > MOST_MEMBERS:
                    found.say(source.stem, f"{source.name} holds more than {MOST_MEMBERS} files; the rest was not read")
                    return
                inner = source.inner(_place(item.name), stem(item.name), b"")
                stream = opened.extractfile(item)
                inner.data = _limited(stream, source, inner) if stream else b""
                source.unpacked -= len(inner.data)
                yield inner
    except Exception as error:  # the files before the damage are worth having
        found.say(source.stem, f"{source.name} breaks off after file {number} ({error})")


def read_packed(source: Source) -> Found:
    """The one file in a packed one (gzip, bzip2, xz)."""
    data = source.data
    name = source.name.rsplit("/", 1)[-1]
    for ending in (".gz", ".bz2", ".xz"):
        name = name[: -len(ending)] if name.lower().endswith(ending) else name
    held = io.BytesIO(data)
    openers: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
        b"\x1f\x8b": lambda held: gzip.GzipFile(fileobj=held),  # type: ignore[dict-item, return-value]
        b"BZ": bz2.BZ2File,
        b"\xfd7": lzma.LZMAFile,
    }
    inner = source.inner(name, stem(name), b"")
    try:
        with openers[data[:2]](held) as opened:
            inner.data = _limited(opened, source, inner)
    except (OSError, EOFError, lzma.LZMAError, ValueError, KeyError) as error:
        return unreadable(source, f"could not be unpacked ({error})")
    return Found(inside=[inner])


# --- WACZ ---------------------------------------------------------------------------------------------------------


def read_wacz(source: Source) -> Found:
    """The pages of a WACZ file: those that its lists of pages name, or all where it has no list."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            held = [name for name in packed.namelist() if name.startswith("archive/")]
            pages = _pages(packed)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        return unreadable(source, f"is damaged or no WACZ ({error})")
    found = Found()
    names = [name for name in held if name.lower().endswith((".warc", ".warc.gz"))]
    found.inside = _of_wacz(source, names, pages, found)
    return found if names else unreadable(source, "holds no web archive")


def _pages(packed: zipfile.ZipFile) -> dict[str, str | None]:
    """The addresses that are pages, each with its title."""
    found: dict[str, str | None] = {}
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if name not in packed.namelist() or packed.getinfo(name).file_size > MOST_XML:
            continue
        for line in packed.read(name).decode("utf-8", "replace").splitlines():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(row, dict) and isinstance(row.get("url"), str):
                found[row["url"]] = row.get("title") if isinstance(row.get("title"), str) else None
    return found


def _of_wacz(source: Source, names: list[str], pages: dict[str, str | None], found: Found) -> Iterator[Source]:
    number = others = 0
    for name in names:
        inner = source.inner(_place(name), source.stem, b"")
        try:
            with zipfile.ZipFile(io.BytesIO(source.data)) as packed, packed.open(name) as opened:
                inner.data = _limited(opened, source, inner)
        except Exception as error:  # one archive of several may be damaged
            found.say(source.stem, f"{inner.name} could not be unpacked ({error})")
            continue
        source.unpacked -= len(inner.data)
        made = warc.read(inner)
        for page in made.inside:
            if pages and page.address not in pages:
                others += 1
                continue
            number += 1
            page.stem = f"{source.stem}-{number}"
            yield page
        for problem in made.said(inner):
            found.say(problem.witness, problem.message)
    if others:
        message = f"{several(others, 'more resource')} that its lists do not name as pages, which were not read"
        found.say(source.stem, f"{source.name} holds {message}")
