"""WARC: the pages and documents of a web archive, each with its address and the time at which it was captured."""

from __future__ import annotations

import gzip
import io
import logging
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from warcio import archiveiterator
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader

from variorum.read.document import Found, Source, several, unreadable

__all__ = ["read"]

archiveiterator.sys = SimpleNamespace(stderr=SimpleNamespace(write=lambda text: None))
"""The library would print its warnings on the user's terminal; what matters becomes a problem."""

logging.getLogger("warcio").setLevel(logging.CRITICAL)

MAX_RECORD = 50_000_000
"""Bytes of one page; what follows is left out."""

KINDS = {
    "html": "html", "text/plain": "text", "pdf": "pdf", "officedocument.wordprocessing": "docx",
    "msword": "doc", "rtf": "rtf", "epub": "epub", "opendocument.text": "odt", "message/rfc822": "mail",
    "text/vtt": "subtitles", "text/csv": "csv",
}  # fmt: skip
"""What a resource is called on the web, and the kind that it is read as."""


class Unpacked(io.RawIOBase):
    """The bytes of a gzip file, unpacked while they are read, up to a limit; beyond it `OSError`."""

    def __init__(self, data: bytes, most: int) -> None:
        self.left = self.most = most
        self.inner = gzip.GzipFile(fileobj=io.BytesIO(data))

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        if self.left <= 0:
            raise OSError(f"it unpacks to more than {self.most // 10**6} MB; --set max_unpacked_mb=N")
        data = self.inner.read(min(size, CHUNK) if size >= 0 else CHUNK)
        self.left -= len(data)
        return data


CHUNK = 1 << 20


def read(source: Source) -> Found:
    """The pages of a WARC file, compressed or not; ids are the file's stem and the record's number."""
    found = Found()
    found.inside = _pages(source, found)
    return found


def _pages(source: Source, found: Found) -> Iterator[Source]:
    number = pages = 0
    left: Counter[str] = Counter()
    data = Unpacked(source.data, source.unpacked) if source.data.startswith(b"\x1f\x8b") else io.BytesIO(source.data)
    try:
        for number, record in enumerate(ArchiveIterator(data, arc2warc=True), start=1):
            reason = _left_out(record)
            if reason is None:
                pages += 1
                if page := _page(source, number, record, found):
                    yield page
            elif reason:
                left[reason] += 1
    except Exception as error:  # the records before the damage are worth having
        found.say(source.stem, f"{source.name} breaks off after record {number} ({error})")
    if left:
        listed = ", ".join(several(count, reason) for reason, count in sorted(left.items()))
        found.say(source.stem, f"{source.name} also holds {listed}, not read")
    if not pages and not found.problems:
        found.problems += unreadable(source, "holds no pages").problems


def _type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").lower()


def _kind(record: Any) -> str | None:
    return next((kind for part, kind in KINDS.items() if part in _type(record)), None)


def _left_out(record: Any) -> str | None:
    """Why a record is no page, in a word; None where it is one, and nothing where nothing need be said."""
    if record.rec_type == "revisit":
        return "record of a page that had not changed"
    if record.rec_type not in ("response", "resource"):
        return ""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if address.startswith(("dns:", "urn:", "metadata:", "screenshot:", "thumbnail:")):
        return ""
    if record.rec_type == "response":
        if record.http_headers is None:
            return ""
        status = record.http_headers.get_statuscode()
        if status != "200":
            return f"answer with status {status[:3]}"
    if _kind(record) is None:
        family = _type(record).split("/")[0].split(";")[0].strip()
        names = {"image": "picture", "video": "film", "audio": "sound", "font": "font"}
        return names.get(family, "script, style sheet or other resource")
    return None


def _page(source: Source, number: int, record: Any, found: Found) -> Source | None:
    address = record.rec_headers.get_header("WARC-Target-URI") or source.name
    data = record.content_stream().read(MAX_RECORD + 1)
    if len(data) > MAX_RECORD:
        found.say(source.stem, f"{address} is larger than {MAX_RECORD // 10**6} MB; the rest of it was not read")
    page = source.inner(f"record {number}", f"{source.stem}-{number}", data[:MAX_RECORD])
    page.name, page.kind, page.address = address, _kind(record), address
    page.captured = (record.rec_headers.get_header("WARC-Date") or "")[:20] or None
    _, sign, charset = _type(record).partition("charset=")
    page.hint = charset.split(";")[0].strip(" \"'") or None if sign else None
    packing = (record.http_headers.get_header("Content-Encoding") or "").lower() if record.http_headers else ""
    if packing and packing not in BufferedReader.DECOMPRESSORS and b"<" not in data[:1000]:
        found.say(
            page.stem, f"{address} is packed in a way ({packing[:20]}) that is not unpacked here; pip install brotli"
        )
        return None
    return page
