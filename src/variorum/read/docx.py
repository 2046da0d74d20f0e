"""DOCX: paragraphs and tables in their order, by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.table import Table, _Cell

from variorum.read.document import Document, Found, Source, clean_id, unreadable

__all__ = ["read"]

MAX_XML = 50_000_000
"""Bytes that the XML of a file may unpack to, which is read as a tree of ten times its size; a thick book has five."""

MAX_PARTS = 20_000


def read(source: Source) -> Found:
    """The document of a DOCX file; its core properties give title and language."""
    try:
        if bomb := _bomb(source):
            return unreadable(source, bomb)
        opened = docx.Document(io.BytesIO(source.data))
        text = "\n\n".join(_blocks(opened))
    except Exception as error:  # a pack, XML and relations, each of which may be damaged in its own way
        return unreadable(source, f"is damaged, encrypted or no DOCX ({error})")
    if not text.strip():
        return unreadable(source, "holds no text")
    title, language = _known(opened)
    return Found([Document(clean_id(source.stem), text, source.name, title=title, stated=language)])


def _bomb(source: Source) -> str | None:
    """Why a pack is not opened, by what it says of itself; the library that unpacks it holds it to that."""
    with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
        parts = packed.infolist()
    if len(parts) > MAX_PARTS:
        return f"holds more than {MAX_PARTS} parts and was not opened"
    if sum(item.file_size for item in parts) > source.unpacked:
        return f"unpacks to more than {source.unpacked // 10**6} MB and was not opened (--set max_unpacked_mb=N)"
    if sum(item.file_size for item in parts if item.filename.lower().endswith((".xml", ".rels"))) > MAX_XML:
        return f"unpacks to more than {MAX_XML // 10**6} MB of XML and was not opened"
    return None


def _known(opened: docx.document.Document) -> tuple[str | None, str | None]:
    """Title and language; a file whose properties are damaged has none."""
    try:
        known = opened.core_properties
        return known.title or None, (known.language or "").split("-")[0] or None
    except Exception:  # the text is there, and is worth having without a title
        return None, None


def _blocks(opened: docx.document.Document) -> Iterator[str]:
    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(_Cell(cell, block).text.strip() for cell in row._tr.tc_lst)
        elif block.text.strip():
            yield block.text
