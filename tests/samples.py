"""A small file of every format that is read, made around one sentence."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq

import hostile

__all__ = ["SAMPLES"]


def _html(words: str) -> bytes:
    return f"<!doctype html><html lang=en><title>Loss</title><body><article><p>{words}</p></article></html>".encode()


def _table(sep: str) -> Callable[[str], bytes]:
    return lambda words: f'id{sep}text\nrow{ord(sep)}{sep}"{words}"\n'.encode()


def _lines(words: str) -> bytes:
    return json.dumps({"id": f"line{len(words)}", "text": words}).encode() + b"\n"


def _parquet(words: str) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table({"id": ["column"], "text": [words]}), held)
    return held.getvalue()


def _warc(words: str) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _html(words)
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://islander.example/{}\r\nWARC-Record-ID: <urn:uuid:{}>\r\n"
        "WARC-Date: 1998-11-18T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n"
    )
    return head.format(len(words), len(words), len(page)).encode() + page + b"\r\n\r\n"


def _docx(words: str) -> bytes:
    return hostile.docx_of(hostile.WORDS.replace("The ferry sank.", words).encode())


def _pdf(words: str) -> bytes:
    return hostile.pdf_of(f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET".encode())


SAMPLES: dict[str, Callable[[str], bytes]] = {
    ".txt": str.encode,
    ".text": str.encode,
    ".md": str.encode,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
    ".docx": _docx,
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".csv": _table(","),
    ".tsv": _table("\t"),
    ".parquet": _parquet,
    ".warc": _warc,
    ".warc.gz": lambda words: gzip.compress(_warc(words), mtime=0),
}
"""By ending: what makes a file's bytes of a sentence of plain letters."""
