"""Whether a file or folder still holds a form of a name: everything is unpacked and read."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote_plus

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.redact.forms import Finder

__all__ = ["still_there"]


def still_there(path: Path, finder: Finder) -> Iterator[str]:
    """A sentence for each file, or member of one, that holds a form; nothing where none does.

    Looked for are also spellings near to a name, in Cyrillic letters and with endings, as they stand in the files.
    Texts are read as they stand, and with their escapes undone; Parquet, zip (DOCX, ODT) and gzip are unpacked, PDF by
    its text, marks and metadata. Words drawn in pictures are not read.
    """
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    for file in files:
        name = file.name if path.is_file() else file.relative_to(path).as_posix()
        if any(finder.found(name)):
            yield f"{name}: the name of the file"
        for part, text in _texts(file.read_bytes(), name):
            finder.learn((), [text])
            hit = next(finder.found(text), None)
            if hit is not None:
                yield f"{part}: a form of {hit.person.pseudonym}, at {hit.start}"


def _texts(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    if data[:4] == b"PAR1":
        for column in pq.read_table(io.BytesIO(data)).columns:
            yield name, "\n".join(_strings(column))
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            for member in pack.namelist():
                yield f"{name}: {member}", member
                yield from _texts(pack.read(member), f"{name}: {member}")
    elif data[:2] == b"\x1f\x8b":
        yield from _texts(zlib.decompress(data, 47), name)
    elif data[:5] == b"%PDF-":
        yield name, _pdf(data)
    elif data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as pack:
            yield name, "\n".join(pack.getnames())
    else:
        yield name, _plain(data)


def _strings(column: pa.ChunkedArray) -> Iterator[str]:
    for value in column.to_pylist():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (str(v) for v in value)


def _plain(data: bytes) -> str:
    """A text file as it stands, and with the escapes of HTML, JSON and addresses undone."""
    text = data.decode("utf-8", "replace")
    undone = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), unescape(text)).replace("\\n", "\n")
    return text + "\n" + undone + ("\n" + unquote_plus(text) if "%" in text else "")


def _pdf(data: bytes) -> str:
    try:
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_range() for page in document]
        told = [str(v) for v in document.get_metadata_dict().values()]
        told += [mark.get_title() for mark in document.get_toc()]
        return "\n".join([*pages, *told])
    except (ImportError, RuntimeError):
        return data.decode("latin-1")
