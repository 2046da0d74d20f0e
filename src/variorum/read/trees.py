"""XML as a tree: nothing is loaded from elsewhere, entities cannot grow, and names are read without their namespace."""

from __future__ import annotations

import re
import zipfile
from html.entities import name2codepoint
from typing import TypeAlias

from lxml import etree

__all__ = ["Element", "all_words", "local", "member", "number_in", "parsed"]

Element: TypeAlias = etree._Element
ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,9});")
KNOWN = {b"amp", b"lt", b"gt", b"quot", b"apos"}


def parsed(data: bytes) -> Element | None:
    """The root of an XML file, as much of it as can be read; None where it is no XML.

    >>> parsed(b"<p>caf&eacute;</p>").text
    'café'
    """
    if b"<!ENTITY" not in data[:65_536]:
        data = ENTITY.sub(_numbered, data)
    parser = etree.XMLParser(
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element | None = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    return root


def _numbered(match: re.Match[bytes]) -> bytes:
    number = None if match[1] in KNOWN else name2codepoint.get(match[1].decode("ascii"))
    return match[0] if number is None else b"&#%d;" % number


def local(element: Element) -> str:
    """The name of an element without its namespace.

    >>> local(parsed(b'<a:p xmlns:a="x"/>'))
    'p'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def number_in(told: str | None, other: int) -> int:
    """The number that an attribute tells, 9,999 at most; ``other`` where it tells none.

    >>> number_in("3", 1), number_in("x", 1), number_in("²", 1), number_in("9" * 9000, 1)
    (3, 1, 1, 9999)
    """
    return int(told[:4]) if told is not None and told.isascii() and told.isdecimal() else other


def all_words(element: Element | None) -> str:
    """All words of an element, its blanks as they stand."""
    return "" if element is None else "".join(str(text) for text in element.itertext())


def member(packed: zipfile.ZipFile, name: str, most: int = 50_000_000) -> bytes | None:
    """The bytes of a part of a pack, or None where it is not there; one larger than ``most`` raises `ValueError`."""
    try:
        info = packed.getinfo(name)
    except KeyError:
        return None
    if info.file_size > most:
        raise ValueError(f"{name} unpacks to more than {most // 10**6} MB")
    return packed.read(info)
