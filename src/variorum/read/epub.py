"""EPUB: the chapters of a book in the order of its spine, with what its package says of it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from urllib.parse import unquote

from variorum.read import html
from variorum.read.archives import zip_objection
from variorum.read.blocks import Blocks, squeezed
from variorum.read.document import Document, Found, Source, clean_id, edtf_date, several, unreadable
from variorum.read.trees import Element, all_words, local, member, parsed

__all__ = ["read"]

PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def read(source: Source) -> Found:
    """The one document of a book."""
    found = Found()
    try:
        if objection := zip_objection(source):
            return unreadable(source, objection)
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            return _book(source, packed, found)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        return unreadable(source, f"is damaged or no EPUB ({error})")


def _book(source: Source, packed: zipfile.ZipFile, found: Found) -> Found:
    place = _package(packed)
    root = parsed(member(packed, place) or b"") if place else None
    if place is None or root is None:
        return unreadable(source, "is damaged or no EPUB (it names no package)")
    if member(packed, "META-INF/rights.xml") or b"EncryptedData" in (member(packed, "META-INF/encryption.xml") or b""):
        found.say(source.stem, f"{source.name} has parts that are encrypted; those cannot be read")
    blocks = Blocks()
    lost = []
    for chapter in _spine(root):
        name = posixpath.normpath(posixpath.join(posixpath.dirname(place), chapter))
        data = member(packed, name)
        made = html.read(Source(f"{source.name}/{name}", source.stem, data)) if data else None
        if made is None or not made.documents:
            lost.append(chapter)
            continue
        blocks.text_of(made.documents[0].text, made.documents[0].parts)
    if not blocks.text.strip():
        return unreadable(source, "holds no text (its pages may be pictures)" if lost else "holds no chapters")
    if lost:
        shown = ", ".join(lost[:3]) + (" ..." if len(lost) > 3 else "")
        found.say(source.stem, f"{source.name}: {several(len(lost), 'page')} of the book ({shown}) held no text")
    found.documents.append(_document(source, root, blocks))
    return found


def _package(packed: zipfile.ZipFile) -> str | None:
    """The place of the package in the pack."""
    container = parsed(member(packed, "META-INF/container.xml") or b"")
    named: list[str | None] = (
        [e.get("full-path") for e in container.iter("{*}rootfile")] if container is not None else []
    )
    listed = [name for name in named if name and name in packed.namelist()]
    return next(iter([*listed, *(name for name in packed.namelist() if name.endswith(".opf"))]), None)


def _spine(root: Element) -> list[str]:
    """The names of the chapters in their order; tables of contents and what stands outside the order are left out."""
    items = {e.get("id"): e for e in root.iter("{*}item")}
    chapters = []
    for ref in root.iter("{*}itemref"):
        item = items.get(ref.get("idref"))
        if item is None or ref.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        if (item.get("media-type") or "").split(";")[0] in PAGES and item.get("href"):
            chapters.append(unquote(str(item.get("href")).split("#")[0]))
    return list(dict.fromkeys(chapters))


def _document(source: Source, root: Element, blocks: Blocks) -> Document:
    known: dict[str, str] = {}
    for element in root.iter("{http://purl.org/dc/elements/1.1/}*"):
        name = local(element)
        value = squeezed(all_words(element))
        event = next((str(v) for k, v in element.attrib.items() if str(k).endswith("event")), "publication")
        if value and (name != "date" or event == "publication"):
            known.setdefault(name, value)
    return Document(
        clean_id(source.stem),
        blocks.text,
        source.name,
        title=known.get("title"),
        publisher=known.get("publisher"),
        author=known.get("creator"),
        published=edtf_date(known.get("date")),
        stated=(known.get("language") or "").split("-")[0].lower() or None,
        parts=blocks.parts,
    )
