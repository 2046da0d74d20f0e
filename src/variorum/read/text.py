"""Plain text in any encoding: the byte order mark decides, then UTF-8, then what the letters make likely."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from variorum.read.document import Document, Found, Source, clean_id, unreadable

__all__ = ["decode", "read"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 100_000


def decode(data: bytes) -> str | None:
    """The text of some bytes with line ends as ``\\n``, or None where they are no text.

    >>> decode("Здравствуйте, дорогие читатели газеты".encode("cp1251"))
    'Здравствуйте, дорогие читатели газеты'
    >>> decode(bytes(range(256)) * 4) is None
    True
    """
    text = _decoded(data)
    if text is None or _binary(text):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if wide := _wide(data):
        return _strict(data, wide)
    text = _strict(data, "utf-8")
    if text is None:
        likely = _likely(data[:SAMPLE])
        text = data.decode(likely, errors="replace") if likely else None
    return text


def _likely(data: bytes) -> str | None:
    """The encoding that makes the likeliest letters; among equals the commonest one of the West."""
    matches = from_bytes(data)
    best = matches.best()
    if best is None:
        return None
    equal = [match for match in matches if match.chaos <= best.chaos]
    return "cp1252" if any(match.encoding == "cp1252" for match in equal) else best.encoding


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros at every other byte."""
    head = data[:4096]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.05 else None


def _binary(text: str) -> bool:
    head = text[:SAMPLE]
    odd = sum((c < " " and c not in "\t\n\r\f\v") or c == "�" for c in head)
    return odd > max(2, len(head) // 50)


def read(source: Source) -> Found:
    """The one document of a text file.

    >>> read(Source("log.txt", "log", b"The ferry sank.")).documents[0].text
    'The ferry sank.'
    """
    text = decode(source.data)
    if text is None:
        return unreadable(source, "is not text in any encoding that could be told")
    return Found([Document(clean_id(source.stem), text, source.name)])
