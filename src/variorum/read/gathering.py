"""The accounts of all paths together: with what lists say of them, each id and each text once, a row for each file."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from variorum.config import Config
from variorum.read.beside import SHARED, Lists, archived_at, plain_address, with_entry
from variorum.read.document import Document, Entry, Found, Source, clean_id, several
from variorum.read.kinds import stem
from variorum.read.reading import Reading
from variorum.read.room import Room
from variorum.records import File, Problem
from variorum.structure import clipped

__all__ = ["CONTROLS", "collected", "folded", "printable", "settled", "unique", "versions"]


def collected(room: Room, config: Config, found: Found) -> None:
    """The documents of a path with what the lists beside them say, its problems and its files."""
    works = Lists()
    works.add(entry for made in room.made for entry in made.entries)
    own = Lists()
    own.add(room.lists.values())
    names = Counter(document.source.rsplit("/", 1)[-1] for made in room.made for document in made.documents)
    used: set[int] = set()
    for made in room.made:
        made.base = len(found.files)
        found.files += made.files
        for document in made.documents:
            row = made.files[document.origin or 0]
            lone = names[document.source.rsplit("/", 1)[-1]] == 1
            member = bool(row.member or document.member)
            files = [name for name in (document.source, row.file) if not member or name != row.file]
            for lists in (works, own):
                if member and (whole := lists.of_container(row.file)):
                    document = with_entry(document, whole, SHARED)
                    used.add(id(whole))
                entry = lists.of(document, row.sha256, files, lone)
                document = with_entry(document, entry)
                used.add(id(entry))
            document.origin = made.base + (document.origin or 0)
            if kept := _kept(document, config, found):
                found.documents.append(kept)
    found.problems += _said(room)
    _unused(room, used, config, found)


ALIKE = 10
"""Files of one kind that are refused one by one; the others of a folder are counted."""


def _said(room: Room) -> Iterator[Problem]:
    """The problems of the files of a path; hundreds of pictures need not be named each."""
    refused: dict[str, list[Reading]] = {}
    for made in room.made:
        alike = refused.setdefault(made.files[0].format, []) if made.files[0].became == "refused" else []
        alike.append(made)
        if len(alike) <= ALIKE:
            yield from made.said()
    for kind, alike in refused.items():
        if len(alike) > ALIKE:
            names = ", ".join(made.name for made in alike[ALIKE : ALIKE + 3])
            more = f"{len(alike) - ALIKE} more files ({names} ...) are each {kind} and were not read"
            yield Problem(clean_id(alike[ALIKE].name), None, None, "read", more)


def _unused(room: Room, used: set[int], config: Config, found: Found) -> None:
    """Entries that belong to no account: those with words of their own become one, the others are said."""
    said = Found()
    for name, entry in sorted(room.lists.items()):
        if id(entry) not in used and not _is_file(room.folder, name):
            said.say(name, f"witnesses.csv names {name}, which is not in the folder")
    found.problems += said.said(Source("witnesses.csv", "witnesses", b""))
    for made in room.made:
        missing = []
        for number, entry in enumerate(made.entries, start=1):
            if id(entry) in used:
                continue
            document = _own_words(made, entry, number)
            if document and (kept := _kept(document, config, found)):
                found.documents.append(kept)
            else:
                missing.append(entry)
        if missing:
            found.problems.append(_missing(made, missing))


def _missing(made: Reading, entries: list[Entry]) -> Problem:
    first = entries[0]
    example = first.known.get("title") or next(iter([*first.files, *first.addresses]), first.place)
    message = (
        f"{made.name} names {several(len(entries), 'work')} that no account here was found to be, such as {example}"
    )
    return Problem(clean_id(made.name), None, None, "read", message)


def _own_words(made: Reading, entry: Entry, number: int) -> Document | None:
    if not entry.text or not entry.text.strip():
        return None
    address = next(iter(entry.addresses), None)
    document = Document(
        f"{clean_id(stem(made.name))}-{number}", entry.text, address or entry.place, member=f"row {number}"
    )
    document.origin = made.base
    return with_entry(document, entry)


def _is_file(folder: Path, name: str) -> bool:
    """True where a name of a table is a file; a name that no file can have is none."""
    try:
        return (folder / name).is_file()
    except (OSError, ValueError):
        return False


LONE = re.compile("[\ud800-\udfff]")
"""Halves of a character that JSON can name and no table can hold."""

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Signs that steer a terminal or a line of print: they have no place in a title or a message."""

TITLE, MESSAGE = 2000, 1000
"""Characters of what is known of an account, and of a message; the rest is cut."""


def _kept(document: Document, config: Config, found: Found) -> Document | None:
    """The document as tables can hold it, not longer than the limit; None, and a problem, where it has no text."""
    text = LONE.sub("\ufffd", document.text) if LONE.search(document.text) else document.text
    if not text.strip():
        found.problems.append(Problem(document.id, None, None, "read", f"{document.source} holds no text"))
        return None
    if len(text) > config.max_characters:
        text = text[: config.max_characters]
        message = (
            f"{document.source} is longer than {config.max_characters} characters, and what follows was not read "
            "(--set max_characters=N raises the limit)"
        )
        found.problems.append(Problem(document.id, None, None, "read", message))
    known: dict[str, Any] = {
        f.name: _plain(value)
        for f in fields(document)
        if f.name != "text" and isinstance(value := getattr(document, f.name), str)
    }
    document = replace(document, **(known | {"text": text}))
    document.parts = clipped(document.parts, len(text))
    return document


def _plain(words: str, most: int = TITLE) -> str:
    """Words on one line without control signs or half characters.

    >>> _plain("The ferry\\n\\x1b[2Jsank")
    'The ferry [2Jsank'
    """
    words = CONTROLS.sub(" ", LONE.sub("\ufffd", words[: most + 1]))
    return words if len(words) <= most else words[:most] + "…"


def printable(problem: Problem) -> Problem:
    return replace(problem, message=_plain(problem.message, MESSAGE))


def unique(documents: list[Document]) -> list[Document]:
    taken = {document.id for document in documents}
    seen: set[str] = set()
    counts: dict[str, int] = {}
    out = []
    for document in documents:
        id = document.id
        while id in seen or (id != document.id and id in taken):
            counts[document.id] = counts.get(document.id, 1) + 1
            id = f"{document.id}~{counts[document.id]}"
        seen.add(id)
        out.append(document if id == document.id else replace(document, id=id))
    return out


def folded(documents: list[Document], found: Found) -> list[Document]:
    first: dict[str, Document] = {}
    said: dict[str, Found] = {}
    for document in documents:
        key = hashlib.sha256(" ".join(document.text.split()).encode("utf-8", "surrogatepass")).hexdigest()
        kept = first.setdefault(key, document)
        if kept is not document:
            captured = f", captured {document.captured}," if document.captured else ""
            text = f"{document.source}{captured} has the same text as {kept.source} and is folded into it"
            said.setdefault(document.source, Found()).say(document.id, text)
            found.files.append(_row(found, document, kept.id, "folded"))
    found.problems += [p for name, one in said.items() for p in one.said(Source(name, name, b""))]
    return sorted(first.values(), key=lambda d: d.id)


def _row(found: Found, document: Document, witness: str, became: str) -> File:
    """The row of an account in the table of files."""
    row = found.files[document.origin or 0]
    return replace(
        row,
        witness=witness,
        became=became,
        member="/".join(part for part in (row.member, document.member) if part) or None,
        address=document.address or row.address,
        captured=document.captured or row.captured,
    )


def versions(documents: list[Document]) -> list[Document]:
    """Documents of one address, captured or printed at several times, are versions of the first."""
    captures: dict[str, list[Document]] = {}
    for document in documents:
        if document.address and "/" in document.address:
            document.captured = document.captured or archived_at(document.address)
            captures.setdefault(plain_address(document.address), []).append(document)
    for listed in captures.values():
        listed.sort(key=lambda d: (d.captured or d.published or "~", d.id))
        for later in listed[1:]:
            if (later.captured and listed[0].captured) or _alike(later.text, listed[0].text):
                later.version_of = listed[0].id
    return documents


ALIKE_WORDS = 0.3
"""Share of the words of the shorter text that two rows of one address must have in common to be versions of one
account; posts of one channel bear its address too."""


def _alike(one: str, other: str) -> bool:
    a, b = (set(re.findall(r"\w{4,}", text[:20_000].lower())) for text in (one, other))
    return len(a & b) > ALIKE_WORDS * max(1, min(len(a), len(b)))


def settled(found: Found) -> list[File]:
    """The table of files: a row for each account, and for each file that gave none."""
    rows = [_row(found, document, document.id, "account") for document in found.documents]
    rows += [row for row in found.files if row.became != "account"]
    rows = [
        File.from_dict({k: _plain(v) if isinstance(v, str) else v for k, v in row.to_dict().items()}) for row in rows
    ]
    return sorted(rows, key=lambda row: (row.file, row.member or "", row.witness or "", row.became))
