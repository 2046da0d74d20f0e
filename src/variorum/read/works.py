"""Lists of works that stand beside accounts: CSL-JSON and RIS (Zotero and others), and the CSV of the auto-archiver."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from variorum.read.document import Entry, Found, Source, edtf_date, unreadable
from variorum.read.rows import told as one_line
from variorum.read.text import told

__all__ = ["is_collectors", "is_work", "of_collector", "of_csl", "read_ris"]

# --- CSL-JSON -----------------------------------------------------------------------------------------------------

CSL = frozenset(
    ("type", "issued", "URL", "container-title", "publisher", "author", "accessed", "citation-key", "abstract")
)
TYPES = frozenset(
    [
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "bill",
        "book",
        "broadcast",
        "chapter",
        "collection",
        "dataset",
        "document",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "event",
        "figure",
        "graphic",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "pamphlet",
        "paper-conference",
        "patent",
        "performance",
        "periodical",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "review-book",
        "software",
        "song",
        "speech",
        "standard",
        "thesis",
        "treaty",
        "webpage",
    ]
)
"""The types of CSL 1.0.2."""


def is_work(row: Mapping[str, Any]) -> bool:
    """True for an item of CSL-JSON, or of Zotero's own JSON.

    >>> is_work({"type": "article-newspaper", "title": "Loss", "issued": {"date-parts": [[1998, 11, 18]]}})
    True
    """
    if "itemType" in row and ("title" in row or "key" in row):
        return True
    return row.get("type") in TYPES and len(CSL & set(row)) > 1 and not row.get("text") and not row.get("body")


HOLDERS = ("container-title", "publicationTitle", "websiteTitle", "blogTitle", "publisher")
"""Where a work appeared, the nearest first."""


def of_csl(works: Iterable[Mapping[str, Any]], name: str) -> Iterator[Entry]:
    """What a list in CSL-JSON says of each work.

    >>> work = {"type": "webpage", "title": "Loss", "issued": {"date-parts": [["1998", 11]]}, "URL": "http://a.example/1"}
    >>> [entry] = of_csl([work], "z.json")
    >>> entry.known, entry.addresses
    ({'title': 'Loss', 'published': '1998-11'}, ['http://a.example/1'])
    """
    for number, work in enumerate(works, start=1):
        made = Entry(place=f"{name} item {number}")
        issued = work.get("issued") or work.get("date")
        fields = {
            "title": work.get("title"),
            "publisher": next((work[key] for key in HOLDERS if work.get(key)), None),
            "language": work.get("language"),
            "author": _names(work.get("author") or work.get("creators")),
        }
        made.known = {key: text for key, value in fields.items() if (text := one_line(value))}
        if published := _issued(issued):
            made.known["published"] = published
        made.addresses += [text for key in ("URL", "url") if (text := one_line(work.get(key)))]
        made.files += [text for key in ("file", "attachment", "source-file") if (text := one_line(work.get(key)))]
        attached = work.get("attachments")
        for one in attached if isinstance(attached, list) else ():
            if isinstance(one, dict):
                made.files += [text for key in ("path", "filename") if (text := one_line(one.get(key)))]
        yield made


def _names(value: Any) -> str | None:
    """The names of a list of authors."""
    listed = [one for one in value[:20] if isinstance(one, dict)] if isinstance(value, list) else []
    keys = ("given", "firstName", "family", "lastName", "literal", "name")
    named = (" ".join(str(one[key]) for key in keys if one.get(key)) for one in listed)
    return ", ".join(filter(None, named)) or None


def _issued(value: Any) -> str | None:
    """A date of CSL: numbers, or text."""
    if not isinstance(value, dict):
        return edtf_date(one_line(value))
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [str(part).zfill(2) for part in parts[0][:3] if str(part).isdigit()]
        return edtf_date("-".join(numbers))
    return edtf_date(one_line(value.get("raw") or value.get("literal")))


# --- RIS ----------------------------------------------------------------------------------------------------------

TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
TITLE, PUBLISHER, DATE = ("TI", "T1", "CT", "BT"), ("JO", "JF", "T2", "JA", "SO", "PB", "JT"), ("DA", "Y1", "PY", "DP")
ADDRESS, FILE = ("UR", "LK", "L2"), ("L1", "L4", "FN")


def read_ris(source: Source) -> Found:
    """What a list in RIS says of each work.

    >>> data = b"TY  - NEWS\\nTI  - Loss\\nDA  - 1998/11/18/\\nL1  - files/loss.pdf\\nER  -\\n"
    >>> [entry] = read_ris(Source("z.ris", "z", data)).entries
    >>> entry.known, entry.files
    ({'title': 'Loss', 'published': '1998-11-18'}, ['files/loss.pdf'])
    """
    found = Found()
    text = told(source, found)
    if text is None:
        return unreadable(source, "is not text")
    for number, work in enumerate(_records(text), start=1):
        made = Entry(place=f"{source.name} item {number}")
        for field, tags in (
            ("title", TITLE),
            ("publisher", PUBLISHER),
            ("language", ("LA",)),
            ("author", ("AU", "A1")),
        ):
            if value := next((work[tag][0] for tag in tags if tag in work), None):
                made.known[field] = value
        dates = (edtf_date(value.strip("/ ")) for tag in DATE for value in work.get(tag, ()))
        if published := next(filter(None, dates), None):
            made.known["published"] = published
        made.addresses += [value for tag in ADDRESS for value in work.get(tag, ()) if "://" in value]
        made.files += [value.removeprefix("file://") for tag in FILE for value in work.get(tag, ())]
        found.entries.append(made)
    return found if found.entries else unreadable(source, "holds no works")


def _records(text: str) -> Iterator[dict[str, list[str]]]:
    work: dict[str, list[str]] = {}
    for line in text.split("\n"):
        match = TAG.match(line)
        if match and match[1] not in ("TY", "ER", "PMID"):
            work.setdefault(match[1], []).append(match[2].strip())
        elif match and work:
            yield work
            work = {}
    if work:
        yield work


# --- the auto-archiver --------------------------------------------------------------------------------------------

LONGEST = 1_000_000
"""Characters of a cell that is read as a value of Python."""


def is_collectors(row: Mapping[str, str]) -> bool:
    """True for a row of the CSV that the auto-archiver (bellingcat/auto-archiver, module csv_db) writes."""
    return {"status", "metadata", "media"} <= {name.lower() for name in row}


def of_collector(listed: Iterable[Mapping[str, str]], name: str) -> Iterator[Entry]:
    """What the auto-archiver's CSV says of each address: title, day, text, and the files that were kept.

    >>> known = "{'title': 'Loss', 'content': 'It sank.', 'timestamp': datetime.datetime(1998, 11, 18, 7, 0)}"
    >>> row = {"status": "x: success", "metadata": known, "media": "[{'filename': 'k/a.html'}]"}
    >>> [entry] = of_collector([row], "db.csv")
    >>> entry.known, entry.files, entry.text
    ({'title': 'Loss', 'published': '1998-11-18'}, ['k/a.html'], 'It sank.')
    """
    for number, row in enumerate(listed, start=2):
        row = {key.lower(): value for key, value in row.items()}
        known, media = _value(row.get("metadata")), _value(row.get("media"))
        made = Entry(place=f"{name} row {number}")
        if isinstance(known, dict):
            made.addresses += [text for key in ("url", "original_url") if (text := one_line(known.get(key)))]
            made.known = {"title": title} if (title := one_line(known.get("title"))) else {}
            if published := edtf_date(one_line(known.get("timestamp"))):
                made.known["published"] = published
            made.text = next((known[key] for key in ("content", "text") if isinstance(known.get(key), str)), None)
        for one in media if isinstance(media, list) else ():
            _media(one, made)
        yield made


def _media(one: Any, made: Entry) -> None:
    if not isinstance(one, dict):
        return
    made.files += [text for key in ("filename", "_key", "key") if (text := one_line(one.get(key)))]
    properties = one.get("properties")
    if isinstance(properties, dict) and (digest := one_line(properties.get("hash"))):
        made.hashes.append(digest.rsplit(":", 1)[-1].lower())


DATETIME = re.compile(
    r"datetime\.datetime\((\d{4}), (\d{1,2}), (\d{1,2})(?:, \d{1,6}){0,4}"
    r"(?:, (?:fold|tzinfo)=[\w.]{1,40}(?:\([^()]{0,200}(?:\([^()]{0,200}\))?[^()]{0,50}\))?){0,2}\)"
)


def _value(text: str | None) -> Any:
    """A cell that holds a value of Python as text; dates in it become ISO dates."""
    if not text or len(text) > LONGEST:
        return None
    text = DATETIME.sub(lambda m: f"'{m[1]}-{int(m[2]):02}-{int(m[3]):02}'", text)
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return None
