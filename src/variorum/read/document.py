"""What a reader gives: documents with what is known of them, and the problems met on the way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from variorum.records import File, Problem
from variorum.structure import Part

__all__ = ["Document", "Entry", "Found", "Source", "clean_id", "edtf_date", "several", "unreadable"]


MOST_PROBLEMS = 100
"""Problems that one file may have listed; the rest is counted."""


@dataclass(slots=True)
class Document:
    """One account as read, before it becomes a witness.

    ``language`` is one that a person gave; ``stated`` is what the file says of itself, often its template's. ``parts``
    are those that the file's own format tells apart. ``address`` is where it was found, ``captured`` when it was taken
    from there, ``version_of`` the id of the first capture of the same address, ``member`` its place in a file that
    holds several, ``origin`` the number of its file.
    """

    id: str
    text: str
    source: str
    title: str | None = None
    publisher: str | None = None
    party: str | None = None
    published: str | None = None
    language: str | None = None
    stated: str | None = None
    author: str | None = None
    parts: list[Part] = field(default_factory=list)
    address: str | None = None
    captured: str | None = None
    version_of: str | None = None
    member: str | None = None
    origin: int | None = None


@dataclass(slots=True)
class Source:
    """A file to read: its bytes, its name for messages, its stem for the id, and how many bytes it may unpack to.

    One file in it may have the ``largest`` number.

    ``encoding`` is the one that a person names, and after reading the one that was used; ``hint`` is what a server or a
    container names, ``others`` came close, and ``beside`` are those of files in the same folder. ``kind`` is
    the kind that a container names. A file in a file has its ``member`` name, and for web archives ``address`` and
    ``captured``. ``columns`` are names of columns that the user chose, by the field that each is to fill, and ``order``
    says how 4/5/1921 is meant. ``ocr`` are the languages in which Tesseract reads pictures of text, by its own codes;
    empty for not at all.
    """

    name: str
    stem: str
    data: bytes
    unpacked: int = 1_000_000_000
    largest: int = 200_000_000
    encoding: str | None = None
    hint: str | None = None
    others: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    kind: str | None = None
    member: str | None = None
    address: str | None = None
    captured: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    order: str | None = None
    ocr: str = "eng"

    def inner(self, member: str, stem: str, data: bytes) -> Source:
        """A file that this one holds.

        >>> Source("mail.eml", "mail", b"").inner("list.csv", "mail-list", b"").name
        'mail.eml/list.csv'
        """
        place = f"{self.member}/{member}" if self.member else member
        made = Source(f"{self.name}/{member}", stem, data, self.unpacked, beside=self.beside, member=place)
        made.columns, made.order, made.largest, made.ocr = self.columns, self.order, self.largest, self.ocr
        return made


@dataclass(slots=True)
class Entry:
    """What a list beside the accounts says of one of them, and the names by which it may be known.

    ``files`` are names of files (``exact``: paths from the list's own folder), ``hashes`` SHA-256 of their bytes,
    ``addresses`` where they were found. ``text`` is the account itself, where the list holds it.
    """

    files: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    place: str = ""
    exact: bool = False


@dataclass(slots=True)
class Found:
    """Documents and problems that a reader found in one source.

    ``inside`` are files that it holds and that are still to be read, ``entries`` what it says of other files, ``files``
    what became of each file.
    """

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsaid: int = 0
    inside: Iterable[Source] = ()
    entries: list[Entry] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    def say(self, name: str, message: str) -> None:
        """A problem of the account ``name``; beyond the first hundred they are only counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(clean_id(name), None, None, "read", message))
        else:
            self.unsaid += 1

    def said(self, source: Source) -> list[Problem]:
        """The problems, and how many more there were.

        >>> found = Found()
        >>> for row in range(103):
        ...     found.say("a", f"a.csv row {row} has no text")
        >>> found.said(Source("a.csv", "a", b""))[-1].message
        'a.csv has 3 more problems of this kind'
        """
        if not self.unsaid:
            return self.problems
        return [*self.problems, *unreadable(source, f"has {self.unsaid} more problems of this kind").problems]


def unreadable(source: Source, message: str) -> Found:
    """No document, and the reason why.

    >>> unreadable(Source("a.pdf", "a", b""), "is empty").problems[0].message
    'a.pdf is empty'
    """
    return Found(problems=[Problem(clean_id(source.stem), None, None, "read", f"{source.name} {message}")])


def clean_id(name: str) -> str:
    """A name that is safe as an id, a file name and a word on a page: no control signs, slashes or long tails.

    >>> clean_id("../bad\\nname")
    'bad_name'
    """
    kept = "".join("_" if _odd(c) else c for c in name[:1000])
    return kept.strip(" ._")[:120].rstrip(" ._") or "unnamed"


def _odd(sign: str) -> bool:
    return sign in '/\\:*?"<>|' or unicodedata.category(sign)[0] == "C" or unicodedata.category(sign) in ("Zl", "Zp")


def several(number: int, noun: str) -> str:
    """A number with its noun.

    >>> several(1, "page"), several(3, "page"), several(2, "summary")
    ('1 page', '3 pages', '2 summaries')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"


ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?=$|[T\s]|[~?%])")
SLASHED = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?!\d)|(\d{4})(\d\d)(\d\d)(?=$|[T\s]|\d{6}$)")
NUMERIC = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})(?!\d)")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+)?"
TOLD = (
    (re.compile(rf"{WEEKDAY}(\d\d?)(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{MONTH}[\s,-]+(\d{{4}})(?!\d)", re.I), (2, 1, 0)),
    (re.compile(rf"{WEEKDAY}{MONTH}\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I), (2, 0, 1)),
    (
        re.compile(rf"{WEEKDAY}{MONTH}\s+(\d\d?)\s+\d\d:\d\d:\d\d\s+(?:[+-]\d{{4}}|[A-Z]{{3,4}})?\s*(\d{{4}})$", re.I),
        (2, 0, 1),
    ),
    (re.compile(rf"{MONTH},?\s+(\d{{4}})$", re.I), (1, 0)),
)
"""Dates in words, each with the places of year, month and day among its groups."""

SECONDS = re.compile(r"-?\d{9,10}(?:\d{3})?(?:\.\d*)?$")


def edtf_date(value: object, order: str | None = None) -> str | None:
    """A date as EDTF, as precise as it is given and no more; None where it is not understood.

    ``order`` ("day first", "month first") reads ``4/5/1921``, which without it is not understood. Seconds since 1970
    are dates in Greenwich.

    >>> edtf_date("1998-11-18T06:00:00Z"), edtf_date("18 November 1998"), edtf_date("1998-11"), edtf_date("last week")
    ('1998-11-18', '1998-11-18', '1998-11', None)
    >>> edtf_date("4/5/1921"), edtf_date("4/5/1921", "day first"), edtf_date("25/4/1921"), edtf_date(911347200)
    (None, '1921-05-04', '1921-04-25', '1998-11-18')
    """
    text = " ".join(str(value if value is not None else "")[:200].split())
    if match := ISO.match(text):
        return _checked(*match.groups())
    if match := SLASHED.match(text):
        return _checked(*(match.groups()[:3] if match[1] else match.groups()[3:]))
    if SECONDS.match(text):
        return _seconds(float(text))
    if match := NUMERIC.match(text):
        return _numeric(match, order)
    for form, places in TOLD:
        if match := form.match(text):
            told = [match.groups()[place] for place in places]
            return _checked(told[0], str(MONTHS.index(told[1].lower()[:3]) + 1), *told[2:])
    return None


def _numeric(match: re.Match[str], order: str | None) -> str | None:
    first, sign, second, year = match.groups()
    if int(first) > 12 or (sign == "." and order is None):
        order = "day first"
    elif int(second) > 12:
        order = "month first"
    if order is None and first != second:
        return None
    return _checked(year, second, first) if order == "day first" else _checked(year, first, second)


def _seconds(number: float) -> str | None:
    if abs(number) > 1e11:  # thousandths
        number /= 1000
    try:
        return datetime.fromtimestamp(number, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return None


def _checked(year: str, month: str | None = None, day: str | None = None) -> str | None:
    try:
        datetime(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)
