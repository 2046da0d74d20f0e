"""Reading: files, folders and tables become documents, a file per format; nothing unreadable stops the others."""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from importlib import import_module
from pathlib import Path

from variorum.config import Config
from variorum.errors import InputError
from variorum.read.document import Document, Found, Source, clean_id, edtf_date, unreadable
from variorum.records import Problem

__all__ = ["Document", "Found", "accounts"]

TEXT, HTML, PDF, DOCX, JSONL, CSV, PARQUET, WARC = "text", "html", "pdf", "docx", "jsonl", "csv", "parquet", "warc"
ENDINGS = {
    ".txt": TEXT, ".text": TEXT, ".md": TEXT, ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".pdf": PDF, ".docx": DOCX,
    ".jsonl": JSONL, ".ndjson": JSONL, ".csv": CSV, ".tsv": CSV, ".parquet": PARQUET, ".warc": WARC, ".warc.gz": WARC,
}  # fmt: skip
READERS = {
    TEXT: ("text", "read"),
    HTML: ("html", "read"),
    PDF: ("pdf", "read"),
    DOCX: ("docx", "read"),
    JSONL: ("tables", "read_jsonl"),
    CSV: ("tables", "read_csv"),
    PARQUET: ("tables", "read_parquet"),
    WARC: ("warc", "read"),
}
MAGIC = (
    (b"%PDF", PDF),
    (b"PK\x03\x04", DOCX),
    (b"PAR1", PARQUET),
    (b"WARC/", WARC),
    (b"<!doctype html", HTML),
    (b"<html", HTML),
)
BESIDE = ("witnesses.csv", "places.csv")
"""Files that stand beside accounts and are none themselves."""


def accounts(
    paths: Iterable[str | Path], config: Config | None = None, tick: Callable[[str], None] | None = None
) -> Found:
    """Every document of the files, folders and tables at ``paths`` (``-`` is standard input), and every problem.

    Ids are unique: of two files with one stem the second gets ``~2``. Documents with the same text are folded into
    the first, which is said in a problem row. ``tick`` is called with each file's name. Raises `InputError` where a
    path does not exist or nothing at all could be read.
    """
    config = config or Config()
    found = Found()
    listed = list(paths)
    for path in listed:
        for source, known in _sources(str(path), config, found):
            if tick:
                tick(source.name)
            made = _read(source)
            found.documents += [_storable(_with(document, known)) for document in made.documents]
            found.problems += made.problems
    found.documents = _folded(_unique(found.documents), found)
    if not found.documents:
        reasons = "; ".join(p.message for p in found.problems[:3]) or "the folder is empty"
        raise InputError(
            " ".join(map(str, listed)), f"no account could be read ({reasons})", "see 'variorum collate --help'"
        )
    return found


def _read(source: Source) -> Found:
    if not source.data.strip():
        return unreadable(source, "is empty")
    try:
        return _reader(source)(source)
    except (RecursionError, MemoryError, ValueError, OSError, AssertionError, TypeError, LookupError) as error:
        return unreadable(source, f"could not be read ({type(error).__name__}: {error})")


def _reader(source: Source) -> Callable[[Source], Found]:
    """The reading function of the source's kind; each needs a library of its own, which is loaded only when wanted."""
    module, function = READERS[_kind(source)]
    reader: Callable[[Source], Found] = getattr(import_module(f"variorum.read.{module}"), function)
    return reader


def _kind(source: Source) -> str:
    name = source.name.lower()
    for ending, kind in ENDINGS.items():
        if name.endswith(ending):
            return kind
    head = source.data[:512].lstrip().lower()
    for magic, kind in MAGIC:
        if head.startswith(magic.lower()):
            return kind
    return JSONL if head.startswith(b'{"') else TEXT


def _sources(path: str, config: Config, found: Found) -> Iterator[tuple[Source, dict[str, dict[str, str]]]]:
    if path == "-":
        yield Source("standard input", "stdin", sys.stdin.buffer.read()), {}
        return
    at = Path(path)
    if not at.exists():
        raise InputError(path, "there is no such file or folder", "check the path")
    folder = at if at.is_dir() else at.parent
    known = _known(folder, found)
    files = sorted(p for p in at.rglob("*") if _wanted(p, at)) if at.is_dir() else [at]
    for file in files:
        name = file.relative_to(folder).as_posix()
        data = _bytes(file, name, config, found)
        if data is not None:
            yield Source(name, _stem(file.name), data), known


def _wanted(file: Path, folder: Path) -> bool:
    inside = file.relative_to(folder)
    hidden = any(part.startswith(".") for part in inside.parts)
    return file.is_file() and not hidden and file.name not in BESIDE


def _stem(name: str) -> str:
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


def _bytes(file: Path, name: str, config: Config, found: Found) -> bytes | None:
    def problem(message: str) -> None:
        found.problems.append(Problem(clean_id(file.stem), None, None, "read", f"{name} {message}"))

    try:
        if file.stat().st_size > config.max_file_mb * 1_000_000:
            problem(f"is larger than {config.max_file_mb} MB and was not read (--set max_file_mb=N raises the limit)")
            return None
        return file.read_bytes()
    except OSError as error:
        problem(f"cannot be opened ({error.strerror})")
        return None


def _known(folder: Path, found: Found) -> dict[str, dict[str, str]]:
    """The rows of ``witnesses.csv`` by file name."""
    file = folder / "witnesses.csv"
    if not file.is_file():
        return {}
    from variorum.read.tables import cells
    from variorum.read.text import decode

    try:
        listed = cells(decode(file.read_bytes()) or "")
    except (OSError, csv.Error) as error:
        found.problems.append(
            Problem("witnesses.csv", None, None, "read", f"witnesses.csv could not be read ({error})")
        )
        return {}
    missing = sorted(row["file"] for row in listed if row.get("file") and not (folder / row["file"]).is_file())
    for name in missing:
        text = f"witnesses.csv names {name}, which is not in the folder"
        found.problems.append(Problem(clean_id(name), None, None, "read", text))
    return {row["file"]: row for row in listed if row.get("file")}


def _with(document: Document, known: dict[str, dict[str, str]]) -> Document:
    row = known.get(document.source)
    if row is None:
        return document
    given = {
        name: row[name].strip() for name in ("title", "publisher", "party", "language") if (row.get(name) or "").strip()
    }
    published = edtf_date(row.get("published"))
    return replace(document, **given, published=published or document.published)


LONE = re.compile("[\ud800-\udfff]")
"""Halves of a character that JSON can name and no table can hold."""


def _storable(document: Document) -> Document:
    """The document with every lone surrogate as the replacement character; lengths and offsets stay."""
    changes = {
        f.name: LONE.sub("\ufffd", value)
        for f in fields(document)
        if isinstance(value := getattr(document, f.name), str) and LONE.search(value)
    }
    return replace(document, **changes) if changes else document


def _unique(documents: list[Document]) -> list[Document]:
    seen: dict[str, int] = {}
    out = []
    for document in documents:
        count = seen[document.id] = seen.get(document.id, 0) + 1
        out.append(document if count == 1 else replace(document, id=f"{document.id}~{count}"))
    return out


def _folded(documents: list[Document], found: Found) -> list[Document]:
    first: dict[str, Document] = {}
    for document in documents:
        key = hashlib.sha256(" ".join(document.text.split()).encode("utf-8", "surrogatepass")).hexdigest()
        kept = first.setdefault(key, document)
        if kept is not document:
            text = f"{document.source} has the same text as {kept.source} and is folded into it"
            found.problems.append(Problem(document.id, None, None, "read", text))
    return sorted(first.values(), key=lambda d: d.id)
