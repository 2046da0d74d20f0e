"""WARC: the HTML pages of a web archive, each a document with its address."""

from __future__ import annotations

import io

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from variorum.read import html, text
from variorum.read.document import Found, Source, clean_id, unreadable
from variorum.records import Problem

__all__ = ["read"]

MAX_RECORD = 50_000_000


def read(source: Source) -> Found:
    """The pages of a WARC file, compressed or not; ids are the file's stem and the record's number."""
    found = Found()
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(source.data)), start=1):
            if record.rec_type == "response" and record.http_headers is not None:
                _page(source, number, record, found)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        problem = f"{source.name} breaks off after record {number} ({error})"
        found.problems.append(Problem(clean_id(source.stem), None, None, "read", problem))
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
    found.problems += made.problems
