"""What kind of file some bytes are: by their first bytes, else by the name, else by how their text begins."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import Any

from variorum import lists
from variorum.read.document import Source
from variorum.read.encodings import decoded

__all__ = ["Refusal", "always_read", "ending", "kind_of", "named", "quiet", "stem"]

HEAD = 8192


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind that is known and not read: what it is, and what to do."""

    what: str
    do: str

    def __str__(self) -> str:
        return f"is {self.what} and was not read" + (f"; {self.do}" if self.do else "")


@cache
def _table() -> dict[str, Any]:
    return lists.toml("formats")


def named(kind: str) -> str:
    """A kind in words.

    >>> named("jsonl")
    'JSON Lines'
    """
    return str(_table()["names"].get(kind, kind))


def quiet(name: str) -> bool:
    """True for what a system leaves in folders and archives by itself, and what is hidden."""
    known = _table()["quiet"]["names"].split()
    parts = (part for part in name.replace("\\", "/").split("/") if part not in (".", ".."))
    return any(part in known or part.startswith(".") for part in parts)


@cache
def _endings() -> dict[str, str | Refusal]:
    found: dict[str, str | Refusal] = {}
    for one in _table()["refused"]:
        found |= dict.fromkeys(one["endings"].split(), Refusal(one["what"], one["do"]))
    for kind, listed in _table()["endings"].items():
        found |= dict.fromkeys(listed.split(), kind)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def ending(name: str) -> str:
    """The ending of a file's name that tells its kind, or nothing.

    >>> ending("crawl.WARC.gz"), ending("notes")
    ('.warc.gz', '')
    """
    small = name.lower()
    return next((one for one in _endings() if small.endswith(one)), "")


def always_read() -> tuple[str, ...]:
    """The endings of files that hold accounts and are read with what is installed here.

    >>> ".epub" in always_read(), ".doc" in always_read()
    (True, False)
    """
    others = _table()["other"]["kinds"].split()
    return tuple(one for kind, listed in _table()["endings"].items() if kind not in others for one in listed.split())


def stem(name: str) -> str:
    """A file's name without its folder and its ending.

    >>> stem("press/crawl.warc.gz"), stem("v1.2 final")
    ('crawl', 'v1.2 final')
    """
    name = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    known = ending(name)
    return name[: -len(known)] if known and len(name) > len(known) else name


def kind_of(source: Source) -> str | Refusal:
    """The kind of a source.

    >>> kind_of(Source("a.txt", "a", b"%PDF-1.7")), kind_of(Source("a.bin", "a", b"The ferry sank."))
    ('pdf', 'text')
    >>> print(kind_of(Source("a.txt", "a", bytes.fromhex("89504e470d0a1a0a"))))
    is a picture and was not read; its text can be had by OCR (ocrmypdf makes a PDF of it that is read)
    """
    known = source.kind or _endings().get(ending(source.name))
    strong = _by_bytes(source, known)
    if strong is not None:
        return strong
    if isinstance(known, Refusal) and not _text_after_all(source, known):
        return known
    if isinstance(known, str) and known not in ("text", "doc", "xls", "html", "xml", "mail", "mhtml", "mbox"):
        return known
    return _by_text(source.data, known if isinstance(known, str) else None)


def _text_after_all(source: Source, known: Refusal) -> bool:
    """True for text under a name that is used for other things too, such as ``statement.bin``."""
    return known.what.startswith("a program") and b"\0" not in source.data[:HEAD]


# --- first bytes --------------------------------------------------------------------------------------------------

MAGIC = (
    (b"%PDF", "pdf"), (b"PAR1", "parquet"), (b"WARC/", "warc"), (b"filedesc://", "warc"), (b"{\\rtf", "rtf"),
    (b"WEBVTT", "subtitles"), (b"bplist00", "webarchive"),
    (b"BZh", "packed"), (b"\xfd7zXZ", "packed"),
)  # fmt: skip


def _by_bytes(source: Source, known: str | Refusal | None) -> str | Refusal | None:
    head = source.data[:HEAD]
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in MAGIC:
        if bare.startswith(magic):
            return "tar" if kind == "packed" and known == "tar" else kind
    if head.startswith(b"\x1f\x8b"):
        return known if known in ("warc", "tar") else "packed"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(source.data, known)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(source.data, known)
    if head[4:8] == b"ftyp":
        return _refused("a film or a sound")
    return next((Refusal(one["what"], one["do"]) for one in _table()["refused"] if _starts(bare, head, one)), None)


def _starts(bare: bytes, head: bytes, one: dict[str, str]) -> bool:
    """True for the first bytes of a refused kind; as few letters may be a word, a control sign must follow them."""
    for magic in one["magic"].split():
        sign = bytes.fromhex(magic if len(magic) % 2 == 0 else magic + "0")
        told = len(sign) > 3 or any(byte < 9 for byte in head[:64])
        if told and (head.startswith(sign) or (len(sign) > 3 and bare.startswith(sign))):
            return True
    return False


def _refused(what: str) -> Refusal:
    return next(Refusal(one["what"], one["do"]) for one in _table()["refused"] if one["what"] == what)


OFFICE = ("docx", "xlsx", "odt", "ods", "epub", "wacz")


def _zipped(data: bytes, known: str | Refusal | None) -> str | Refusal:
    """What a pack is, by the parts that it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist()[:20_000])
            kind = packed.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    except Exception:  # a damaged pack may be told by what stands in it in the clear
        names, kind = set(), data[30:120].decode("ascii", "replace")
    told = _packed_kind(names, kind)
    return known if told == "zip" and known in OFFICE else told


def _packed_kind(names: set[str], kind: str) -> str | Refusal:
    """The first of these that fits: by the kind that the pack names, by its folders, by its parts."""
    folders = {name.partition("/")[0] for name in names if "/" in name}
    for told in (_open_kind(names, kind, folders), _office_kind(names, folders)):
        if told is not None:
            return told
    return "wacz" if "datapackage.json" in names and "archive" in folders else "zip"


def _open_kind(names: set[str], kind: str, folders: set[str]) -> str | Refusal | None:
    """Books and OpenDocument."""
    if "epub" in kind or ("META-INF/container.xml" in names and any(name.endswith(".opf") for name in names)):
        return "epub"
    for part, of in (("opendocument.text", "odt"), ("opendocument.spreadsheet", "ods")):
        if part in kind:
            return of
    if "opendocument.presentation" in kind or "ppt" in folders:
        return _refused("slides")
    return Refusal("a drawing or a formula of OpenDocument", "save it as PDF") if "opendocument" in kind else None


def _office_kind(names: set[str], folders: set[str]) -> str | Refusal | None:
    """Files of Office and of iWork."""
    if "xl/workbook.bin" in names or "Index/Tables.zip" in names:
        return _refused("a spreadsheet of a kind that is not read")
    if "xl" in folders:
        return "xlsx"
    if "Index/Document.iwa" in names or "Index.zip" in names:
        return _refused("a text of a word processor that is not read")
    return "docx" if "[Content_Types].xml" in names else None


def _compound(data: bytes, known: str | Refusal | None) -> str | Refusal:
    """The kind of an OLE2 file, by the names of its streams, which stand in it as UTF-16."""

    def has(name: str) -> bool:
        return (name + "\0").encode("utf-16-le") in data

    if has("__properties_version1.0"):
        return "msg"
    if has("WordDocument"):
        return "doc"
    if has("EncryptedPackage"):
        return Refusal("encrypted", "remove its password and try again")
    if has("PowerPoint Document"):
        return _refused("slides")
    if has("Workbook") or has("Book"):
        return "xls"
    return (
        known
        if known in ("msg", "doc", "xls")
        else Refusal("a file of Microsoft's OLE kind", "save it as DOCX, XLSX or PDF")
    )


# --- how the text begins ------------------------------------------------------------------------------------------

HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|div|p|h1|table|article|section|span|center|font)\b",
    re.I | re.S,
)
XML = re.compile(
    r"\s*(?:<\?xml\b|<!DOCTYPE\s+(?!html)|<[A-Za-z_][\w:.-]*(?:\s+[\w:.-]+\s*=\s*[\"'][^\"']*[\"'])*\s*/?>)"
)
FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\n]*\n(?:[ \t]+[^\n]*\n)*")
MAIL_FIELDS = frozenset(
    [
        "from",
        "to",
        "cc",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "received",
        "return-path",
        "delivered-to",
        "reply-to",
        "sender",
        "in-reply-to",
        "references",
        "x-mailer",
        "x-originating-ip",
        "snapshot-content-location",
    ]
)
TELLING = frozenset(
    [
        "message-id",
        "mime-version",
        "content-transfer-encoding",
        "received",
        "return-path",
        "delivered-to",
        "snapshot-content-location",
    ]
)
CUES = re.compile(
    r"\s*(?:(?:\d{1,6}\s*\n)?\[?\d{1,2}:\d\d(?::\d\d)?[,.]\d{1,3}(?:\s*-->\s*|,)\d{1,2}:\d\d|\[Script Info\])"
)
LATEX = re.compile(r"\\(?:documentclass|documentstyle|begin\{document\})")
LATEX_PIECE = re.compile(
    r"\\(?:(?:sub)*section\*?|chapter|emph|textbf|textit|footnote|begin|item|cite[pt]?|label|paragraph)\b"
)
WORKS = re.compile(r"\s*(?:TY  - |PMID- )")
MBOX = re.compile(r"From \S+[^\n]{0,60}\d{4}[^\n]{0,20}\n[A-Za-z-]{2,40}:")


def _by_text(data: bytes, known: str | None) -> str | Refusal:
    """The kind of a text by how it begins; ``known`` is what its name says."""
    made = decoded(data[:HEAD] if len(data) > HEAD else data)
    head = (made.text if made else "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n ")
    if mail := _mail(head, known):
        return mail
    if known == "html":
        return "html"
    if HTML.match(head) and not (known == "xml" and not re.search(r"<html\b", head, re.I)):
        return "html"
    if XML.match(head) and (known in ("xml", "xls", "doc") or head.startswith("<?xml") or data.rstrip().endswith(b">")):
        return "xml"
    if known in ("xml", "mail", "mbox", "mhtml"):
        return known
    if known in ("doc", "xls"):
        return _office_text(head, known)
    return _plain(data, head)


def _mail(head: str, known: str | None) -> str | None:
    if MBOX.match(head):
        return "mbox"
    names, at = set(), 0
    if known == "mail" and (count := re.match(r"\d+[ \t]*\n", head)):  # Apple Mail writes the length before the message
        at = count.end()
    while match := FIELD.match(head, at):
        names.add(match[1].lower())
        at = match.end()
    mails = names & MAIL_FIELDS
    if len(mails) < 2 or not (names & TELLING or known in ("mail", "mhtml", "mbox")):
        return None
    related = "multipart/related" in head[:at].lower()
    saved = "snapshot-content-location" in names or "<saved by" in head[:at].lower()
    return (
        "mhtml"
        if saved or (known in ("mhtml", "html", "doc", "xls") and related)
        else ("mhtml" if known == "mhtml" else "mail")
    )


def _office_text(head: str, known: str) -> str | Refusal:
    """Text under the name of an office file: programs of the web write tables and reports so."""
    if known == "xls" and ("\t" in head.split("\n")[0] or ";" in head.split("\n")[0] or "," in head.split("\n")[0]):
        return "csv"
    return "text" if known == "doc" else Refusal("no spreadsheet that could be told", "save it as XLSX or CSV")


def _plain(data: bytes, head: str) -> str:
    if CUES.match(head):
        return "subtitles"
    if WORKS.match(head):
        return "works"
    if head[:1] in ("{", "[") and _json(data, head):
        return "jsonl" if _lines_of_json(head) else "json"
    if LATEX.search(head) or len(LATEX_PIECE.findall(head)) > 4:
        return "latex"
    return "csv" if _table_of_accounts(head) else "text"


def _json(data: bytes, head: str) -> bool:
    if _lines_of_json(head):
        return True
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return bool(re.match(r"[\[{]\s*(?:\{\s*)?\"[^\"\n]{1,200}\"\s*:", head))
    return True


def _lines_of_json(head: str) -> bool:
    """True where each of the first lines is an object of its own."""
    listed = [line for line in head.split("\n")[:3] if line.strip()]
    try:
        return len(listed) > 1 and all(isinstance(json.loads(line), dict) for line in listed[:2])
    except (ValueError, RecursionError):
        return False


def _table_of_accounts(head: str) -> bool:
    """True for a first line that names columns, one of them for the words of an account."""
    from variorum.read.columns import fields_of

    first = head.split("\n", 1)[0]
    for sign in "\t;,|":
        names = [name.strip(" \"'").lower() for name in first.split(sign)]
        if len(names) > 1 and len(first) < 2000:
            known = fields_of(names, {})
            if "text" in known and len(known) > 1:
                return True
    return False
