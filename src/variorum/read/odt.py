"""ODT, packed or flat: headings, paragraphs, items, tables and notes in their order; tracked deletions are left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from variorum.read.archives import zip_objection
from variorum.read.blocks import Blocks, squeezed
from variorum.read.document import Document, Found, Source, clean_id, several, unreadable
from variorum.read.trees import Element, all_words, local, member, number_in, parsed

__all__ = ["content", "read"]

SKIPPED = frozenset(
    [
        "tracked-changes",
        "annotation",
        "annotation-end",
        "hidden-text",
        "hidden-paragraph",
        "forms",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "toc-mark",
        "index-source",
        "table-of-content-source",
        "alphabetical-index-source",
        "desc",
        "title",
        "event-listeners",
    ]
)
CONTENTS = frozenset(["table-of-content", "alphabetical-index", "bibliography", "illustration-index", "table-index"])


def read(source: Source) -> Found:
    """The one document of an ODT file."""
    try:
        content_xml, meta_xml = content(source)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        return unreadable(source, f"is damaged or no ODT ({error})")
    if isinstance(content_xml, str):
        return unreadable(source, content_xml)
    root = parsed(content_xml)
    body = None if root is None else next((e for e in root.iter("{*}text") if _in_body(e)), None)
    if root is None or body is None:
        return unreadable(source, "is damaged or no ODT (it has no body)")
    walk = _Walk()
    walk.inside(body)
    for at, note in walk.notes:
        walk.blocks.add(note, "note", at=min(at, walk.blocks.size))
    found = Found()
    if not walk.blocks.text.strip():
        return unreadable(source, "holds no text")
    title, language = _known(parsed(meta_xml) if meta_xml else root)
    if walk.pictures:
        found.say(source.stem, f"{source.name} holds {several(walk.pictures, 'picture')}, not read")
    if walk.comments:
        found.say(source.stem, f"{source.name} holds {several(walk.comments, 'comment')} of its editors, not read")
    document = Document(clean_id(source.stem), walk.blocks.text, source.name, title=title, stated=language)
    document.parts = walk.blocks.parts
    found.documents.append(document)
    return found


def _in_body(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "body"


def content(source: Source) -> tuple[bytes | str, bytes | None]:
    """The XML of a file and of what is known of it; a sentence in place of the first where it is not to be had."""
    if not source.data.startswith(b"PK"):
        return source.data, None
    if objection := zip_objection(source):
        return objection, None
    with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
        manifest = member(packed, "META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            return "is encrypted; save it without a password", None
        xml = member(packed, "content.xml")
        return (xml if xml is not None else "holds no content.xml"), member(packed, "meta.xml")


def _known(root: Element | None) -> tuple[str | None, str | None]:
    """Title and language; the days on which a file was made or changed say nothing of its publication."""
    if root is None:
        return None, None
    found = {}
    for name in ("title", "language"):
        element = next((e for e in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")), None)
        found[name] = squeezed(all_words(element)) or None
    return found["title"], (found["language"] or "").split("-")[0] or None


class _Walk:
    """One walk through the body of a text."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.notes: list[tuple[int, str]] = []
        self.pictures = self.comments = 0
        self.depth = 0
        self.item = False

    def inside(self, element: Element) -> None:
        """The blocks in an element."""
        for child in element:
            self.block(child)

    def block(self, element: Element) -> None:
        """One block, and those in it."""
        name = local(element)
        if name in SKIPPED or name in CONTENTS:
            return
        does: Callable[[Element], None] | None = getattr(self, f"_{name.replace('-', '_')}", None)
        if does is not None:
            does(element)
        else:
            self.inside(element)

    def _p(self, element: Element) -> None:
        self._lines(element, "item" if self.item else "", self.depth or None)

    def _h(self, element: Element) -> None:
        level = next((value for key, value in element.attrib.items() if str(key).endswith("outline-level")), "1")
        self._lines(element, "heading", number_in(str(level), 1))

    def _lines(self, element: Element, kind: str, level: int | None) -> None:
        before = len(self.notes)
        text = self._words(element)
        lead = len(text) - len(text.lstrip())
        start = self.blocks.size + (2 if self.blocks.size else 0) - lead
        self.blocks.add(text, kind, level if kind else None)
        self.notes[before:] = [(max(0, start + at), note) for at, note in self.notes[before:]]
        for box in element.iter("{*}text-box"):
            self.inside(box)
        self.item = False if kind == "item" else self.item

    def _words(self, element: Element, so_far: int = 0) -> str:
        """The words of a paragraph; boxes in it are read after it, notes at the end."""
        pieces = [element.text or ""]
        for child in element:
            name = local(child)
            size = so_far + sum(map(len, pieces))
            if name == "note":
                body = next(child.iter("{*}note-body"), None)
                self.notes.append((size, squeezed(" ".join(all_words(p) for p in body) if body is not None else "")))
            elif name in ("tab", "line-break"):
                pieces.append("\t" if name == "tab" else "\n")
            elif name == "s":
                pieces.append(" ")
            elif name == "annotation":
                self.comments += 1
            elif name in ("frame", "image", "object"):
                self.pictures += name == "image" or any(local(e) == "image" for e in child)
            elif name not in SKIPPED and name != "text-box":
                pieces.append(self._words(child, size))
            pieces.append(child.tail or "")
        return "".join(pieces)

    def _list(self, element: Element) -> None:
        self.depth += 1
        for child in element:
            self.item = local(child) == "list-item"
            self.inside(child)
        self.depth -= 1
        self.item = False

    def _table(self, element: Element) -> None:
        for row in element.iter("{*}table-row"):
            if next((a for a in row.iterancestors("{*}table")), None) is element:
                self.blocks.row([_cell(cell) for cell in row if local(cell) == "table-cell"][:1000])

    def _frame(self, element: Element) -> None:
        self.pictures += any(local(child) == "image" for child in element)
        self.inside(element)


def _cell(element: Element) -> str:
    return " ".join(all_words(p) for p in element.iter("{*}p", "{*}h"))
