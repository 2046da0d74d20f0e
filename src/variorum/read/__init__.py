"""Reading: files, folders and tables become documents, a file per format; nothing unreadable stops the others."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from variorum.config import Config
from variorum.errors import InputError
from variorum.read import listing, tongue
from variorum.read.document import Document, Found, Source, edtf_date, unreadable
from variorum.records import Problem
from variorum.structure import clipped

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
            found.documents += [d for one in made.documents if (d := _kept(_with(one, known), config, found))]
            found.problems += made.said(source)
    found.documents = _folded(_unique(found.documents), found)
    found.problems += tongue.told(found.documents)
    found.problems = [_printable(problem) for problem in found.problems]
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
    except Exception as error:  # seven libraries read hostile bytes here, and the other files are worth having
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
        yield listing.standard_input(config), {}
        return
    at = Path(path)
    if not at.exists():
        raise InputError(path, "there is no such file or folder", "check the path")
    folder = at if at.is_dir() else at.parent
    known = _known(folder, config, found)
    for file in listing.wanted(at, config, found) if at.is_dir() else [at]:
        name = file.relative_to(folder).as_posix()
        source = listing.source(file, name, _stem(file.name), config, found)
        if source is not None:
            yield source, known


def _stem(name: str) -> str:
    for ending in sorted(ENDINGS, key=len, reverse=True):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name


def _known(folder: Path, config: Config, found: Found) -> dict[str, dict[str, str]]:
    """The rows of ``witnesses.csv`` by file name."""
    file = folder / "witnesses.csv"
    if not file.is_file():
        return {}
    from variorum.read.tables import cells
    from variorum.read.text import decode

    source = listing.source(file, "witnesses.csv", "witnesses", config, found)
    try:
        listed = cells(decode(source.data) or "") if source else []
    except csv.Error as error:
        found.problems.append(
            Problem("witnesses.csv", None, None, "read", f"witnesses.csv could not be read ({error})")
        )
        return {}
    missing = sorted({row["file"] for row in listed if row.get("file") and not _is_file(folder, row["file"])})
    said = Found()
    for name in missing:
        said.say(name, f"witnesses.csv names {name}, which is not in the folder")
    found.problems += said.said(Source("witnesses.csv", "witnesses", b""))
    return {row["file"]: row for row in listed if row.get("file")}


def _is_file(folder: Path, name: str) -> bool:
    """True where a name of a table is a file; a name that no file can have is none."""
    try:
        return (folder / name).is_file()
    except (OSError, ValueError):
        return False


def _with(document: Document, known: dict[str, dict[str, str]]) -> Document:
    row = known.get(document.source)
    if row is None:
        return document
    given: dict[str, Any] = {
        name: row[name].strip()
        for name in ("title", "publisher", "party", "language", "author")
        if (row.get(name) or "").strip()
    }
    published = edtf_date(row.get("published"))
    return replace(document, **given, published=published or document.published)


LONE = re.compile("[\ud800-\udfff]")
"""Halves of a character that JSON can name and no table can hold."""

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Signs that steer a terminal or a line of print: they have no place in a title or a message."""

TITLE, MESSAGE = 2000, 1000
"""Characters of what is known of an account, and of a message; the rest is cut."""


def _kept(document: Document, config: Config, found: Found) -> Document | None:
    """The document as tables can hold it, not longer than the limit; None, and a problem, where it has no text."""
    text = LONE.sub("\ufffd", document.text) if LONE.search(document.text) else document.text
    if not text.strip():
        found.problems.append(Problem(document.id, None, None, "read", f"{document.source} holds no text"))
        return None
    if len(text) > config.max_characters:
        text = text[: config.max_characters]
        message = (
            f"{document.source} is longer than {config.max_characters} characters, and what follows was not read "
            "(--set max_characters=N raises the limit)"
        )
        found.problems.append(Problem(document.id, None, None, "read", message))
    known: dict[str, Any] = {
        f.name: _plain(value)
        for f in fields(document)
        if f.name != "text" and isinstance(value := getattr(document, f.name), str)
    }
    document = replace(document, **(known | {"text": text}))
    document.parts = clipped(document.parts, len(text))
    return document


def _plain(words: str, most: int = TITLE) -> str:
    """Words on one line without control signs or half characters.

    >>> _plain("The ferry\\n\\x1b[2Jsank")
    'The ferry [2Jsank'
    """
    words = CONTROLS.sub(" ", LONE.sub("\ufffd", words[: most + 1]))
    return words if len(words) <= most else words[:most] + "…"


def _printable(problem: Problem) -> Problem:
    return replace(problem, message=_plain(problem.message, MESSAGE))


def _unique(documents: list[Document]) -> list[Document]:
    taken = {document.id for document in documents}
    seen: set[str] = set()
    counts: dict[str, int] = {}
    out = []
    for document in documents:
        id = document.id
        while id in seen or (id != document.id and id in taken):
            counts[document.id] = counts.get(document.id, 1) + 1
            id = f"{document.id}~{counts[document.id]}"
        seen.add(id)
        out.append(document if id == document.id else replace(document, id=id))
    return out


def _folded(documents: list[Document], found: Found) -> list[Document]:
    first: dict[str, Document] = {}
    said: dict[str, Found] = {}
    for document in documents:
        key = hashlib.sha256(" ".join(document.text.split()).encode("utf-8", "surrogatepass")).hexdigest()
        kept = first.setdefault(key, document)
        if kept is not document:
            text = f"{document.source} has the same text as {kept.source} and is folded into it"
            said.setdefault(document.source, Found()).say(document.id, text)
    found.problems += [p for name, one in said.items() for p in one.said(Source(name, name, b""))]
    return sorted(first.values(), key=lambda d: d.id)
