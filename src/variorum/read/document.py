"""What a reader gives: documents with what is known of them, and the problems met on the way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from variorum.records import Problem
from variorum.structure import Part

__all__ = ["Document", "Found", "Source", "clean_id", "edtf_date", "unreadable"]


MOST_PROBLEMS = 100
"""Problems that one file may have listed; the rest is counted."""


@dataclass(slots=True)
class Document:
    """One account as read, before it becomes a witness.

    ``language`` is one that a person gave; ``stated`` is what the file says of itself, often its template's. ``parts``
    are those that the file's own format tells apart.
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


@dataclass(slots=True)
class Source:
    """A file to read: its bytes, its name for messages, its stem for the id, and bytes that it may unpack to."""

    name: str
    stem: str
    data: bytes
    unpacked: int = 1_000_000_000


@dataclass(slots=True)
class Found:
    """Documents and problems that a reader found in one source."""

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsaid: int = 0

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


ISO = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T\s]|[~?%])")
FORMS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%a, %d %b %Y", "%d.%m.%Y", "%Y%m%d", "%Y/%m/%d")


def edtf_date(value: object) -> str | None:
    """A date as EDTF, as precise as it is given and no more; None where it is not understood.

    >>> edtf_date("1998-11-18T06:00:00Z"), edtf_date("18 November 1998"), edtf_date("1998-11"), edtf_date("last week")
    ('1998-11-18', '1998-11-18', '1998-11', None)
    """
    text = str(value or "").strip()
    if match := ISO.match(text):
        return _checked(match)
    for form in FORMS:
        words = " ".join(text.split()[: len(form.split())])
        try:
            return datetime.strptime(words, form).date().isoformat()
        except ValueError:
            continue
    return None


def _checked(match: re.Match[str]) -> str | None:
    year, month, day = match.groups()
    try:
        datetime(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)
