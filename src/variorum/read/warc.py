"""WARC: the HTML pages of a web archive, each a document with its address."""

from __future__ import annotations

import gzip
import io
from types import SimpleNamespace

from warcio import archiveiterator
from warcio.archiveiterator import ArchiveIterator

from variorum.read import html, text
from variorum.read.document import Found, Source, unreadable

__all__ = ["read"]

archiveiterator.sys = SimpleNamespace(stderr=SimpleNamespace(write=lambda text: None))
"""The library would print its warnings on the user's terminal; what matters becomes a problem."""

MAX_RECORD = 50_000_000
"""Bytes of one page; what follows is left out."""


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
    number = 0
    packed = source.data.startswith(b"\x1f\x8b")
    data = Unpacked(source.data, source.unpacked) if packed else io.BytesIO(source.data)
    try:
        for number, record in enumerate(ArchiveIterator(data), start=1):
            if record.rec_type == "response" and record.http_headers is not None:
                _page(source, number, record, found)
    except Exception as error:  # the records before the damage are worth having
        found.say(source.stem, f"{source.name} breaks off after record {number} ({error})")
    if not found.documents and not found.problems:
        return unreadable(source, "holds no pages")
    return found


def _page(source: Source, number: int, record: object, found: Found) -> None:
    kind = (record.http_headers.get_header("Content-Type") or "").lower()  # type: ignore[attr-defined]
    status = record.http_headers.get_statuscode()  # type: ignore[attr-defined]
    address = record.rec_headers.get_header("WARC-Target-URI") or source.name  # type: ignore[attr-defined]
    if status != "200" or not ("html" in kind or "text/plain" in kind):
        return
    data = record.content_stream().read(MAX_RECORD)  # type: ignore[attr-defined]
    inner = Source(address, f"{source.stem}-{number}", data)
    made = html.read_page(inner, address) if "html" in kind else text.read(inner)
    found.documents += made.documents
    for problem in made.problems:
        found.say(problem.witness, problem.message)
