"""XML: TEI, feeds (RSS, Atom), scans read by OCR (ALTO, PAGE), lists of accounts, and the blocks of any other text."""

from __future__ import annotations

import re
from html import unescape

from variorum.read import rows
from variorum.read.blocks import Blocks, squeezed
from variorum.read.columns import fields_of
from variorum.read.document import Document, Found, Source, clean_id, edtf_date, unreadable
from variorum.read.encodings import declared, decoded
from variorum.read.markup import Walk, words
from variorum.read.trees import Element, all_words, local, parsed

__all__ = ["read"]


DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")


def read(source: Source) -> Found:
    """The accounts of an XML file.

    >>> data = b"<TEI><text><head>Loss</head><p>The ferry <del>floated</del> <hi>sank</hi>.</p></text></TEI>"
    >>> read(Source("a.xml", "a", data)).documents[0].text
    'Loss\\n\\nThe ferry sank.'
    """
    found = Found()
    root = _root(source, found)
    if root is None:
        return unreadable(source, "is damaged or no XML")
    name, space = local(root), str(root.tag)
    if "opendocument" in space:
        from variorum.read import odt

        return odt.read(source)
    if name.lower() == "html":
        from variorum.read import html

        return html.read(source)
    if name in words()["wiki"]:
        return unreadable(source, "is a dump of a wiki and was not read; save its pages as HTML")
    if name in words()["data"]:
        return unreadable(source, f"is XML of data ({name[:40]}) and was not read")
    if name in ("package", "wordDocument") or "wordprocessingml" in space:
        return unreadable(source, "is a text of Word as XML and was not read; save it as DOCX")
    if name in ("TEI", "teiCorpus", "TEI.2"):
        return _tei(source, root, found)
    if name == "Workbook" and "spreadsheet" in space:
        from variorum.read import sheets

        return sheets.of_workbook(source, root)
    if name in words()["spoken"]:
        return _spoken(source, root, found)
    if name in ("rss", "feed", "RDF"):
        return _feed(source, root, found)
    if name in ("alto", "PcGts"):
        return _scan(source, root, found)
    return _other(source, root, found)


def _root(source: Source, found: Found) -> Element | None:
    """The root; the parser is given UTF-8, so that a wrong or missing declaration is no matter."""
    made = decoded(source.data, source.encoding, source.beside, source.hint or declared(source.data))
    if made is None:
        return None
    source.encoding, source.others = made.encoding, made.others
    if made.doubt:
        found.say(source.stem, f"{source.name} {made.doubt}; a column 'encoding' in witnesses.csv can name it")
    return parsed(DECLARATION.sub("", made.text.lstrip("\ufeff"), count=1).encode("utf-8", "replace"))


def _one(source: Source, blocks: Blocks, found: Found, stem: str | None = None) -> Document | None:
    if not blocks.text.strip():
        return None
    document = Document(clean_id(stem or source.stem), blocks.text, source.name, parts=blocks.parts)
    found.documents.append(document)
    return document


# --- TEI ----------------------------------------------------------------------------------------------------------


def _tei(source: Source, root: Element, found: Found) -> Found:
    texts = [e for e in root.iter("{*}TEI", "TEI", "{*}TEI.2", "TEI.2") if any(local(c) == "text" for c in e)]
    for number, tei in enumerate(texts, start=1):
        walk = Walk()
        for text in tei:
            if local(text) == "text":
                walk.inside(text)
        walk.end()
        document = _one(source, walk.blocks, found, None if len(texts) == 1 else f"{source.stem}-{number}")
        if document is None:
            found.say(source.stem, f"{source.name} text {number} holds no words")
            continue
        document.member = None if len(texts) == 1 else f"text {number}"
        _header(document, next((c for c in tei if local(c) == "teiHeader"), None))
        document.stated = document.stated or _language(tei)
    return found if found.documents or found.problems else unreadable(source, "holds no text")


def _language(element: Element) -> str | None:
    value = element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return value.split("-")[0].lower() or None


def _header(document: Document, header: Element | None) -> None:
    """Title, publisher and day of the source where one is described, else of the file's own edition."""
    if header is None:
        return
    described = [*header.iter("{*}sourceDesc", "sourceDesc"), *header.iter("{*}publicationStmt", "publicationStmt")]
    document.title = _first(header, ("titleStmt",), "title") or _first(header, ("sourceDesc",), "title")
    for part in described:
        for date in part.iter("{*}date", "date"):
            when = date.get("when") or date.get("when-iso") or date.get("notBefore") or squeezed(all_words(date))
            document.published = document.published or edtf_date(when)
        document.publisher = document.publisher or _first(part, (), "publisher")
    document.author = _first(header, ("titleStmt", "sourceDesc"), "author")
    languages = [e.get("ident") or "" for e in header.iter("{*}language", "language")]
    document.stated = (languages[0].split("-")[0].lower() or None) if len(languages) == 1 else None


def _first(element: Element, within: tuple[str, ...], name: str) -> str | None:
    for child in element.iter():
        inside = not within or any(local(above) in within for above in child.iterancestors())
        if local(child) == name and inside and (words := squeezed(all_words(child))):
            return words
    return None


# --- subtitles ----------------------------------------------------------------------------------------------------

CLOCK = re.compile(r"(?:(\d{1,3}):(\d{1,2}):)?(\d{1,7}(?:\.\d{1,6})?)(?::\d+)?(s|ms|)")


def _spoken(source: Source, root: Element, found: Found) -> Found:
    """The words of subtitles in XML: TTML, and what YouTube gives."""
    from variorum.read import subtitles

    cues = []
    for element in root.iter("{*}p", "p", "{*}text", "text"):
        begin = _thousandths(element.get("begin") or element.get("start") or element.get("t"))
        if element.get("t"):
            begin //= 1000
        words = unescape(squeezed(" ".join(str(text) for text in element.itertext())))
        cues.append(subtitles.Cue(begin, begin, ((None, words),) if words else ()))
    return subtitles.document_of(source, cues, found, _language(root))


def _thousandths(value: str | None) -> int:
    """A time as thousandths of a second."""
    match = CLOCK.match(value or "")
    if match is None:
        return 0
    hours, minutes, seconds, unit = match.groups()
    scale = 1 if unit == "ms" else 1000
    return int((int(hours or 0) * 3600 + int(minutes or 0) * 60) * 1000 + float(seconds) * scale)


# --- feeds --------------------------------------------------------------------------------------------------------


def _feed(source: Source, root: Element, found: Found) -> Found:
    items = [e for e in root.iter() if local(e) in ("item", "entry")]
    channel = next((squeezed(all_words(c)) for e in (root, *root) for c in e if local(c) == "title"), None)
    listed = []
    for number, item in enumerate(items, start=1):
        row: dict[str, str | None] = {"publisher": channel}
        for child in item:
            name, value = local(child), all_words(child)
            if name == "link":
                row.setdefault("url", child.get("href") or value.strip() or None)
            elif name == "source":
                row["publisher"] = squeezed(value) or channel
            elif name == "encoded":
                row["text"] = value
            elif name in ("published", "pubDate", "date", "issued"):
                row["published"] = value
            elif name == "updated":
                row.setdefault("published", value)
            else:
                row.setdefault({"content": "text", "guid": "guid-address"}.get(name, name), _marked_up(child, value))
        if "text" not in row:
            row["text"] = row.pop("description", None) or row.pop("summary", None)
        listed.append((number, row))
    return rows.accounts(source, listed, found) if listed else unreadable(source, "is a feed without items")


def _marked_up(element: Element, value: str) -> str:
    """The words of an element of a feed; XHTML in it is kept as such, to be read as a page."""
    if len(element) and element.get("type") == "xhtml":
        from lxml import etree

        return str(etree.tostring(element, encoding="unicode", method="html"))
    return value


# --- scans --------------------------------------------------------------------------------------------------------


def _scan(source: Source, root: Element, found: Found) -> Found:
    """The lines of pages that a program for OCR read."""
    blocks = Blocks()
    for block in root.iter("{*}TextBlock", "TextBlock", "{*}TextRegion", "TextRegion"):
        lines = [_scanned_line(line) for line in block.iter("{*}TextLine", "TextLine")]
        blocks.add("\n".join(line for line in lines if line))
    if _one(source, blocks, found) is None:
        return unreadable(source, "holds no text (its pages were not read by OCR)")
    return found


def _scanned_line(line: Element) -> str:
    """The words of a line of ALTO (as attributes) or PAGE (as text)."""
    words = []
    for child in line:
        name = local(child)
        if name == "String":
            words.append(str(child.get("CONTENT") or ""))
        elif name == "HYP":
            words[-1:] = [(words[-1] if words else "") + str(child.get("CONTENT") or "-")]
        elif name == "TextEquiv":
            return squeezed(all_words(next((e for e in child if local(e) == "Unicode"), None)))
    return " ".join(word for word in words if word)


# --- anything else ------------------------------------------------------------------------------------------------


def _other(source: Source, root: Element, found: Found) -> Found:
    """A list of accounts where elements have a child for their words, else the blocks of the whole file."""
    records = _records(root, source)
    if records:
        listed = [(number, _record(one)) for number, one in enumerate(records, start=1)]
        return rows.accounts(source, listed, found, single=len(listed) == 1)
    walk = Walk()
    walk.inside(root)
    walk.end()
    text = walk.blocks.text
    blocks = [block for block in text.split("\n\n") if block.strip()]
    words = [len(block.split()) for block in blocks]
    if sum(count for count in words if count > 4) < 0.4 * max(1, sum(words)):
        return unreadable(source, f"is XML of data ({local(root)[:40]}) and was not read")
    document = _one(source, walk.blocks, found)
    if document is not None:
        leaves = {
            local(e): squeezed(all_words(e))
            for e in reversed(list(root.iter()))
            if not len(e) and (e.text or "").strip()
        }
        named = fields_of([name for name, value in leaves.items() if len(value) < 300], {})
        for field in ("title", "publisher", "author"):
            if field in named:
                setattr(document, field, leaves[named[field]])
        document.published = edtf_date(leaves[named["published"]], source.order) if "published" in named else None
        document.stated = document.stated or _language(root)
    return found


def _records(root: Element, source: Source) -> list[Element]:
    """Elements of one name whose children are fields, one of them the words; the root itself may be one."""
    for level in (list(root), [root], [e for child in root for e in child]):
        names = {local(e) for e in level if len(e)}
        whole = [e for e in level if len(e) and _has_words(e, source)]
        if whole and len(names) == 1 and len(whole) > 0.5 * len(level):
            return [e for e in level if len(e)]
    return []


def _has_words(element: Element, source: Source) -> bool:
    fields = fields_of([local(child) for child in element if local(child)], source.columns)
    return "text" in fields and bool({"title", "published", "id", "url"} & set(fields))


def _record(element: Element) -> dict[str, str]:
    row: dict[str, str] = {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
    for child in element:
        name = local(child)
        if name and name not in row:
            walk = Walk()
            walk.inside(child)
            row[name] = walk.blocks.text
    return row
