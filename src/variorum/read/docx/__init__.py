"""DOCX: all that a reader of the file sees, in order, with headings, items, cells and notes as parts.

What is tracked as inserted is in, what is tracked as deleted or moved away is out; comments are out. Whatever was left
out is said. Considered python-docx: it leaves out insertions, content controls, nested tables, notes and text boxes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from variorum.read.document import Document, Found, Source, clean_id, unreadable
from variorum.read.docx.body import Body
from variorum.read.docx.styles import Styles
from variorum.read.docx.text import Text

__all__ = ["read"]

MAX_XML = 50_000_000
"""Bytes that the XML of a file may unpack to, which is read as a tree of ten times its size; a thick book has five."""

MAX_PARTS = 20_000
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an old Office file, in which encrypted ones are wrapped too."""


def read(source: Source) -> Found:
    """The document of a DOCX file; its core properties give title and language."""
    if source.data.startswith(COMPOUND):
        return unreadable(source, "is encrypted, or an old DOC under another name; save it as DOCX without a password")
    try:
        if bomb := _bomb(source):
            return unreadable(source, bomb)
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            return _document(source, Pack(packed))
    except Exception as error:  # a pack, XML and relations, each of which may be damaged in its own way
        return unreadable(source, f"is damaged, encrypted or no DOCX ({error})")


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


@dataclass(slots=True)
class Pack:
    """The parts of a file: trees by the kind of their relation to the main part."""

    packed: zipfile.ZipFile
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.names = set(self.packed.namelist())

    def tree(self, name: str) -> Any:
        """The XML of a part, or None where it is not there; nothing outside the file is looked at."""
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        return etree.fromstring(self.packed.read(name), parser)

    def related(self, part: str) -> dict[str, str]:
        """The parts to which one is related, by the last word of the relation's type."""
        folder, name = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        for relation in tree if tree is not None else ():
            if isinstance(relation.tag, str) and relation.get("TargetMode") != "External":
                kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
                target = relation.get("Target") or ""
                at = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                found.setdefault(kind, at)
        return found


def _document(source: Source, pack: Pack) -> Found:
    main = pack.related("").get("officeDocument", "word/document.xml")
    tree = pack.tree(main)
    if tree is None:
        return unreadable(source, "holds no document of Word")
    related = pack.related(main)

    def part(kind: str) -> Any:
        return pack.tree(related.get(kind, f"{posixpath.dirname(main)}/{kind}.xml"))

    styles = Styles(part("styles"))
    text = Text()
    body = Body(text, styles)
    body.walk(tree)
    body.notes(part("footnotes"), part("endnotes"))
    text.finish()
    found = Found()
    for sentence in body.left_out(part("comments")):
        found.say(source.stem, f"{source.name} {sentence}")
    if not text.whole.strip():
        return Found(problems=found.problems + unreadable(source, "holds no text").problems)
    title, language = _known(pack)
    found.documents.append(
        Document(
            clean_id(source.stem),
            text.whole,
            source.name,
            title=title,
            stated=language or styles.language,
            parts=text.parts,
        )
    )
    return found


def _known(pack: Pack) -> tuple[str | None, str | None]:
    """Title and language; a file whose properties are damaged has none."""
    try:
        tree = pack.tree(pack.related("").get("core-properties", "docProps/core.xml"))
    except etree.LxmlError:  # the text is there, and is worth having without a title
        return None, None
    known = (
        {} if tree is None else {etree.QName(e).localname: " ".join((e.text or "").split()) for e in tree.iter("{*}*")}
    )
    return known.get("title") or None, known.get("language", "").split("-")[0] or None
