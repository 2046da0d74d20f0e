"""One file of the folder, whatever it holds: its kind is told, its reader asked, and files inside it read in turn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from variorum.read.document import MOST_PROBLEMS, Document, Entry, Found, Source, clean_id, several, unreadable
from variorum.read.kinds import Refusal, kind_of, named
from variorum.records import File, Problem

__all__ = ["Reading", "reading"]

READERS = {
    "text": ("variorum.read.text", "read"),
    "markdown": ("variorum.read.markdown", "read"),
    "html": ("variorum.read.html", "read"),
    "pdf": ("variorum.read.pdf", "read"),
    "docx": ("variorum.read.docx", "read"),
    "jsonl": ("variorum.read.jsons", "read_lines"),
    "json": ("variorum.read.jsons", "read_json"),
    "csv": ("variorum.read.tables", "read_csv"),
    "xlsx": ("variorum.read.sheets", "read_xlsx"),
    "ods": ("variorum.read.sheets", "read_ods"),
    "parquet": ("variorum.read.tables", "read_parquet"),
    "warc": ("variorum.read.warc", "read"),
    "wacz": ("variorum.read.archives", "read_wacz"),
    "zip": ("variorum.read.archives", "read_zip"),
    "tar": ("variorum.read.archives", "read_tar"),
    "packed": ("variorum.read.archives", "read_packed"),
    "mail": ("variorum.read.mail", "read"),
    "mbox": ("variorum.read.mail", "read_mbox"),
    "mhtml": ("variorum.read.mail", "read_mhtml"),
    "webarchive": ("variorum.read.webarchive", "read"),
    "msg": ("variorum.read.msg", "read"),
    "rtf": ("variorum.read.rtf", "read"),
    "epub": ("variorum.read.epub", "read"),
    "odt": ("variorum.read.odt", "read"),
    "xml": ("variorum.read.xml", "read"),
    "subtitles": ("variorum.read.subtitles", "read"),
    "latex": ("variorum.read.latex", "read"),
    "doc": ("variorum.read.outside", "read_doc"),
    "xls": ("variorum.read.outside", "read_xls"),
    "works": ("variorum.read.works", "read_ris"),
}
"""The reading function of each kind; each needs a library of its own, which is loaded only when wanted."""

DEEPEST = 5
"""Archives in archives that are opened."""


@dataclass(slots=True)
class Reading:
    """What came of one file of the folder: accounts, problems, entries of lists, and a row for each file in it.

    ``lists`` are the rows of the ``witnesses.csv`` beside it; ``sure`` are encodings that were told without doubt,
    ``doubtful`` those among which one was guessed. ``base`` is where its rows begin in the table of files.
    """

    path: Path | None
    name: str
    lists: Mapping[str, Entry]
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    sure: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    unsaid: int = 0
    base: int = 0

    def say(self, listed: list[Problem]) -> None:
        """More problems; beyond the first hundred of a file they are only counted."""
        room = max(0, MOST_PROBLEMS - len(self.problems))
        self.problems += listed[:room]
        self.unsaid += len(listed) - room if len(listed) > room else 0

    def said(self) -> list[Problem]:
        """The problems, and how many more there were."""
        if not self.unsaid:
            return self.problems
        more = f"{self.name} has {several(self.unsaid, 'more problem')}, which are not listed"
        return [*self.problems, Problem(clean_id(self.name), None, None, "read", more)]


def reading(
    source: Source, lists: Mapping[str, Entry], path: Path | None = None, modified: str | None = None
) -> Reading:
    """What comes of a file and of all that is in it.

    >>> made = reading(Source("a.txt", "a", b"The ferry sank."), {})
    >>> made.documents[0].text, made.files[0].became
    ('The ferry sank.', 'account')
    """
    made = Reading(path, source.name, lists)
    _into(made, source, 0, modified)
    return made


def _into(made: Reading, source: Source, depth: int, modified: str | None) -> None:
    """Reads a source, and what is inside it, into what was made so far."""
    if (entry := made.lists.get(source.name)) and "encoding" in entry.known:
        source.encoding = entry.known["encoding"]
    number = len(made.files)
    kind, found = _read(source)
    became = "refused" if isinstance(kind, Refusal) else "nothing"
    told = kind.what if isinstance(kind, Refusal) else named(kind)
    row = File(
        made.name, source.member, None, became, told, hashlib.sha256(source.data).hexdigest(), len(source.data),
        modified=modified, address=source.address, captured=source.captured,
    )  # fmt: skip
    made.files.append(row)
    inside = 0
    for inner in _inside(source, found):
        if depth + 1 >= DEEPEST:
            found.say(inner.stem, f"{inner.name} lies in more than {DEEPEST} archives and was not read")
            break
        inside += 1
        left = inner.unpacked
        _into(made, inner, depth + 1, modified)
        source.unpacked -= left - inner.unpacked  # what archives in it unpacked to counts here as well
    for document in found.documents:
        document.origin = number
        document.address = document.address or source.address
        document.captured = document.captured or source.captured
    became = "account" if found.documents else "container" if inside else "metadata" if found.entries else row.became
    made.files[number] = File.from_dict(row.to_dict() | {"became": became, "encoding": _encoding(made, source)})
    made.documents += found.documents
    made.entries += found.entries
    made.say(found.said(source))


def _encoding(made: Reading, source: Source) -> str | None:
    """The encoding in which a source was read, and whether that was sure, is kept for the files beside it."""
    if source.encoding and not source.encoding.startswith("utf"):
        if source.others:
            made.doubtful |= {source.encoding, *source.others}
        else:
            made.sure.add(source.encoding)
    return source.encoding


def _inside(source: Source, found: Found) -> Iterator[Source]:
    """The files in a file; an archive that fails on the way keeps those before."""
    try:
        yield from found.inside
    except Exception as error:  # whatever a library stumbles over, the files before it are worth having
        found.say(source.stem, f"{source.name} could not be read to its end ({type(error).__name__}: {error})")


def _read(source: Source) -> tuple[str | Refusal, Found]:
    if not source.data.strip():
        return "nothing", unreadable(source, "is empty")
    try:
        kind = kind_of(source)
        if isinstance(kind, Refusal):
            return kind, unreadable(source, str(kind))
        return kind, _reader(kind)(source)
    except Exception as error:  # many libraries read hostile bytes here, and the other files are worth having
        return "unknown", unreadable(source, f"could not be read ({type(error).__name__}: {error})")


def _reader(kind: str) -> Callable[[Source], Found]:
    module, function = READERS[kind]
    found: Callable[[Source], Found] = getattr(import_module(module), function)
    return found
