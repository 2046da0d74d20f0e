"""DOCX: paragraphs and tables in their order, by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from variorum.read.document import Document, Found, Source, clean_id, unreadable

__all__ = ["read"]

MAX_UNPACKED = 400_000_000
"""Bytes that a file may unpack to; more is taken for an attack (a zip bomb)."""


def read(source: Source) -> Found:
    """The document of a DOCX file; its core properties give title and language."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MAX_UNPACKED:
                return unreadable(source, f"unpacks to more than {MAX_UNPACKED // 10**6} MB and was not opened")
        opened = docx.Document(io.BytesIO(source.data))
        text = "\n\n".join(_blocks(opened))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, OSError) as error:
        return unreadable(source, f"is damaged, encrypted or no DOCX ({error})")
    if not text.strip():
        return unreadable(source, "holds no text")
    known = opened.core_properties
    language = (known.language or "").split("-")[0] or None
    return Found([Document(clean_id(source.stem), text, source.name, title=known.title or None, language=language)])


def _blocks(opened: docx.document.Document) -> Iterator[str]:
    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text.strip() for cell in row.cells)
        elif block.text.strip():
            yield block.text
