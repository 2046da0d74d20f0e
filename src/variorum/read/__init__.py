"""Reading: files, folders and tables become documents, a file per format; nothing unreadable stops the others."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from variorum.config import Config
from variorum.errors import InputError
from variorum.read import listing, tongue
from variorum.read.beside import Lists, plain_address, with_entry
from variorum.read.columns import chosen
from variorum.read.document import Document, Entry, Found, Source, clean_id, several
from variorum.read.kinds import always_read, stem
from variorum.read.reading import Reading, reading
from variorum.records import File, Problem
from variorum.structure import clipped

__all__ = ["ENDINGS", "Document", "Found", "accounts"]

ENDINGS = always_read()
"""Endings of files that are read; others are told by their first bytes."""


def accounts(
    paths: Iterable[str | Path], config: Config | None = None, tick: Callable[[str], None] | None = None
) -> Found:
    """Every document of the files, folders and tables at ``paths`` (``-`` is standard input), and every problem.

    Ids are unique: of two files with one stem the second gets ``~2``. Documents with the same text are folded into
    the first, which is said in a problem row. ``files`` has a row for each account and for each file that gave none.
    ``tick`` is called with each file's name. Raises `InputError` where a path does not exist or nothing at all could be
    read.
    """
    config, found, listed = config or Config(), Found(), list(paths)
    begun = listing.at_present()
    columns = chosen(config.columns)
    rooms = [_Room(str(path), config, columns, found) for path in listed]
    for room in rooms:
        for made in room.readings(tick or (lambda name: None)):
            room.made.append(made)
        room.again()
    for room in rooms:
        _collected(room, config, found)
    found.documents = _versions(_folded(_unique(found.documents), found))
    found.files = _settled(found)
    found.problems += tongue.told(found.documents)
    if config.read_time:
        found.files = [replace(row, read=begun) for row in found.files]
    found.problems = [_printable(problem) for problem in found.problems]
    if not found.documents:
        reasons = "; ".join(p.message for p in found.problems[:3]) or "the folder is empty"
        raise InputError(
            " ".join(map(str, listed)), f"no account could be read ({reasons})", "see 'variorum collate --help'"
        )
    return found


# --- one path -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Room:
    """One of the paths that were given: a folder, a file, or standard input, and what came of its files."""

    path: str
    config: Config
    columns: dict[str, str]
    found: Found
    folder: Path = field(init=False)
    lists: dict[str, Entry] = field(init=False)
    made: list[Reading] = field(default_factory=list)

    def __post_init__(self) -> None:
        at = Path(self.path)
        if self.path != "-" and not at.exists():
            raise InputError(self.path, "there is no such file or folder", "check the path")
        self.folder = at if at.is_dir() else at.parent
        self.lists = {} if self.path == "-" else _witnesses(self.folder, self.config, self.found)

    def readings(self, tick: Callable[[str], None]) -> Iterator[Reading]:
        """What comes of each file, in order."""
        if self.path == "-":
            yield reading(self._ready(listing.standard_input(self.config)), {})
            return
        at = Path(self.path)
        for file in listing.wanted(at, self.config, self.found) if at.is_dir() else [at]:
            tick(file.name)
            if made := self._reading(file, ()):
                yield made

    def _reading(self, file: Path, beside: tuple[str, ...]) -> Reading | None:
        name = file.relative_to(self.folder).as_posix()
        source = listing.source(file, name, stem(file.name), self.config, self.found)
        if source is None:
            return None
        source.beside = beside
        return reading(self._ready(source), self.lists, file, listing.modified(file))

    def _ready(self, source: Source) -> Source:
        source.columns, source.order = self.columns, self.config.times_numeric_order
        return source

    def again(self) -> None:
        """Files whose encoding was guessed are read again where files beside them use one that came close."""
        sure = {encoding for made in self.made for encoding in made.sure}
        for number, made in enumerate(self.made):
            if (likely := made.doubtful & sure) and made.path is not None:
                self.made[number] = self._reading(made.path, tuple(sorted(likely))) or made


def _witnesses(folder: Path, config: Config, found: Found) -> dict[str, Entry]:
    """The rows of ``witnesses.csv`` by file name."""
    file = folder / "witnesses.csv"
    if not file.is_file():
        return {}
    from variorum.read.columns import fields_of
    from variorum.read.rows import entry
    from variorum.read.tables import cells
    from variorum.read.text import told

    source = listing.source(file, "witnesses.csv", "witnesses", config, found)
    said = Found()
    try:
        listed = cells(told(source, said) or "") if source else []
    except csv.Error as error:
        said.say("witnesses.csv", f"witnesses.csv could not be read ({error})")
        listed = []
    known = fields_of(listed[0], {}) if listed else {}
    if listed and "file" not in known:
        columns = ", ".join(listed[0])
        said.say(
            "witnesses.csv", f"witnesses.csv has no column 'file', so it says nothing of any file; it has {columns}"
        )
    made: dict[str, Entry] = {}
    for number, row in enumerate(listed if "file" in known else [], start=2):
        one = entry(row, known, f"witnesses.csv row {number}", config.times_numeric_order)
        one.files, one.exact, one.text = [(row.get(known["file"]) or "").strip()], True, None
        if one.files[0]:
            made[one.files[0]] = one
    found.problems += said.said(source) if source else said.problems
    return made


# --- all of them --------------------------------------------------------------------------------------------------


def _collected(room: _Room, config: Config, found: Found) -> None:
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
            for lists in (works, own):
                entry = lists.of(document, row.sha256, row.file, lone)
                document = with_entry(document, entry)
                used.add(id(entry))
            document.origin = made.base + (document.origin or 0)
            if kept := _kept(document, config, found):
                found.documents.append(kept)
    found.problems += _said(room)
    _unused(room, used, config, found)


ALIKE = 10
"""Files of one kind that are refused one by one; the others of a folder are counted."""


def _said(room: _Room) -> Iterator[Problem]:
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


def _unused(room: _Room, used: set[int], config: Config, found: Found) -> None:
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


def _printable(problem: Problem) -> Problem:
    return replace(problem, message=_plain(problem.message, MESSAGE))


def _unique(documents: list[Document]) -> list[Document]:
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


def _folded(documents: list[Document], found: Found) -> list[Document]:
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


def _versions(documents: list[Document]) -> list[Document]:
    """Documents of one address, captured or printed at several times, are versions of the first."""
    captures: dict[str, list[Document]] = {}
    for document in documents:
        if document.address and "/" in document.address:
            captures.setdefault(plain_address(document.address), []).append(document)
    for listed in captures.values():
        listed.sort(key=lambda d: (d.captured or d.published or "~", d.id))
        for later in listed[1:]:
            later.version_of = listed[0].id
    return documents


def _settled(found: Found) -> list[File]:
    """The table of files: a row for each account, and for each file that gave none."""
    rows = [_row(found, document, document.id, "account") for document in found.documents]
    rows += [row for row in found.files if row.became != "account"]
    rows = [
        File.from_dict({k: _plain(v) if isinstance(v, str) else v for k, v in row.to_dict().items()}) for row in rows
    ]
    return sorted(rows, key=lambda row: (row.file, row.member or "", row.witness or "", row.became))
