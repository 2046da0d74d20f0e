"""Lists beside the accounts (``witnesses.csv``, exports of Zotero and others): which row is of which account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from variorum.read.document import Document, Entry, edtf_date

__all__ = ["SHARED", "Lists", "archived_at", "plain_address", "with_entry"]

SHORTEST = 12
"""Characters of a title by which an account may be known; shorter ones (News, Letter) are many accounts'."""


@dataclass(slots=True)
class Lists:
    """Entries by the names under which their account may be found; what two entries share is nobody's."""

    entries: list[Entry] = field(default_factory=list)
    by_hash: dict[str, Entry | None] = field(default_factory=dict)
    by_file: dict[str, Entry | None] = field(default_factory=dict)
    by_name: dict[str, Entry | None] = field(default_factory=dict)
    by_address: dict[str, Entry | None] = field(default_factory=dict)
    by_title: dict[str, Entry | None] = field(default_factory=dict)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take more entries in."""
        for entry in entries:
            self.entries.append(entry)
            for digest in entry.hashes:
                _put(self.by_hash, digest, entry)
            for file in entry.files:
                _put(self.by_file, _plain_file(file), entry)
                if not entry.exact:
                    _put(self.by_name, _plain_file(file).rsplit("/", 1)[-1], entry)
            for address in entry.addresses:
                _put(self.by_address, plain_address(address), entry)
            if len(title := _plain_title(entry.known.get("title"))) >= SHORTEST:
                _put(self.by_title, title, entry)

    def of_container(self, file: str) -> Entry | None:
        """The entry of a file that holds several accounts."""
        return self.by_file.get(_plain_file(file))

    def of(self, document: Document, digest: str = "", files: Iterable[str] = (), lone: bool = True) -> Entry | None:
        """The entry of an account: by its bytes, its file, its address, and last by its title.

        ``files`` are names of its file; ``lone`` says that no other account has a file of that name.

        >>> lists = Lists()
        >>> lists.add([Entry(["files/12/loss.html"], known={"publisher": "Islander"})])
        >>> lists.of(Document("loss", "", "loss.html"), files=["loss.html"]).known
        {'publisher': 'Islander'}
        """
        places = [_plain_file(file) for file in files]
        addresses = [plain_address(a) for a in (document.address, document.source) if a and "://" in a]
        tried: list[tuple[Mapping[str, Entry | None], list[str]]] = [
            (self.by_hash, [digest]),
            (self.by_file, places),
            (self.by_name, [place.rsplit("/", 1)[-1] for place in places if lone]),
            (self.by_address, addresses),
            (self.by_title, [_plain_title(document.title)]),
        ]
        for listed, keys in tried:
            for key in keys:
                if key and (entry := listed.get(key)) is not None:
                    return entry
        return None


def _put(listed: dict[str, Entry | None], key: str, entry: Entry) -> None:
    if key:
        listed[key] = entry if listed.get(key, entry) is entry else None


def _plain_file(name: str) -> str:
    return unquote(name.strip()).replace("\\", "/").removeprefix("./").strip("/").casefold()


def _plain_title(title: str | None) -> str:
    return " ".join(re.findall(r"\w+", (title or "").casefold()))


def plain_address(address: str) -> str:
    """An address without what does not tell pages apart: scheme, ``www.``, fragment, marks of campaigns, an archive.

    >>> plain_address("https://www.Islander.example/loss/?utm_source=x#top"), plain_address("http://islander.example/loss")
    ('islander.example/loss', 'islander.example/loss')
    >>> plain_address("https://web.archive.org/web/19981118070000/http://islander.example/loss")
    'islander.example/loss'
    """
    address = ARCHIVED.sub("", address.strip()[:2000])
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    query = "&".join(sorted(p for p in parts.query.split("&") if p and not CAMPAIGN.match(p)))
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(\d{4,14})[a-z_]{0,4}/")


def archived_at(address: str) -> str | None:
    """When the Internet Archive captured a page, by the address that it gives it.

    >>> archived_at("https://web.archive.org/web/19981118070000/http://islander.example/loss")
    '1998-11-18T07:00:00Z'
    """
    match = ARCHIVED.match(address)
    if match is None or (day := edtf_date(match[1][:8])) is None:
        return None
    clock = match[1][8:]
    return f"{day}T{clock[:2]}:{clock[2:4]}:{clock[4:]}Z" if len(clock) == 6 else day


CAMPAIGN = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid)(?:=|$)")
FIELDS = ("title", "publisher", "author", "party", "published", "language")
SHARED = ("publisher", "party", "language")
"""What accounts in one file have in common."""


def with_entry(document: Document, entry: Entry | None, names: Iterable[str] = FIELDS) -> Document:
    """The document with what a list says of it, which is believed where both say something.

    >>> with_entry(Document("a", "", "a.txt", title="x"), Entry(known={"title": "Loss"})).title
    'Loss'
    """
    if entry is None:
        return document
    given: dict[str, Any] = {name: entry.known[name] for name in names if name in entry.known}
    if document.address is None and entry.addresses and names is FIELDS:
        given["address"] = entry.addresses[0]
    return replace(document, **given)
