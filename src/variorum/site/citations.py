"""A page as a citation: in words, BibTeX, CSL-JSON and Wikipedia's cite template.

The edition has no author and no date of its own unless its maker gives them (``about``): nothing is filled in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from variorum import records as r
from variorum.dates import parse
from variorum.site.marking import shown

__all__ = ["Citation", "of_page", "of_witness"]


@dataclass(frozen=True, slots=True)
class Citation:
    """The forms of one citation, each with its label."""

    forms: list[tuple[str, str]]


def of_page(about: Mapping[str, Any], heading: str, path: str, lasting: bool = False) -> Citation:
    """How to cite a page of the edition; one that is ``lasting`` without the edition's hash, which it may outlive.

    >>> of_page({"title": "Two ships", "edition": "3f9c"}, "Chronology", "chronology.html").forms[0][1]
    '“Chronology”, in Two ships (Variorum edition 3f9c), chronology.html.'
    """
    title, mark = shown(about.get("title", "Edition")), "" if lasting else shown(about.get("edition", ""))
    made = shown(about.get("made", ""))
    address = shown(about.get("address", "")).rstrip("/") + "/" + path if about.get("address") else path
    name = f"Variorum edition{' ' + mark if mark else ''}{', ' + made if made else ''}"
    fields = {"title": heading, "booktitle": title, "note": name, "howpublished": address}
    csl = {
        "id": _key(title, path),
        "type": "chapter",
        "title": heading,
        "container-title": title,
        "edition": mark,
        "URL": address,
    }
    return Citation(
        [
            ("In words", f"“{heading}”, in {title} ({name}), {address}."),
            ("BibTeX", _bibtex("incollection", _key(title, path), fields)),
            ("CSL-JSON", json.dumps([csl], ensure_ascii=False, indent=1)),
            ("Wikipedia", _template("cite web", {"title": heading, "website": title, "url": address})),
        ]
    )


def of_witness(about: Mapping[str, Any], w: r.Witness, path: str) -> Citation:
    """How to cite a witness, and where it stands in the edition; what is unknown is left out."""
    title, publisher = shown(w.title or w.witness), shown(w.publisher or "")
    date = parse(w.published)
    said = ", ".join(x for x in (f"“{title}”", publisher, date.words if date else "") if x)
    edition = shown(about.get("title", "Edition"))
    link = w.source if re.match(r"https?://[^\s<>\"']+$", w.source) else ""
    fields = {
        "title": title,
        "publisher": publisher,
        "date": w.published or "",
        "url": link,
        "note": f"witness {shown(w.siglum)} of {edition}, {path}",
    }
    csl = {
        "id": _key(title, w.witness),
        "type": "document",
        "title": title,
        "publisher": publisher,
        "issued": {"raw": w.published or ""},
        "URL": link,
    }
    return Citation(
        [
            ("In words", f"{said}; witness {shown(w.siglum)} of {edition}, {path}."),
            ("BibTeX", _bibtex("misc", _key(title, w.witness), fields)),
            (
                "CSL-JSON",
                json.dumps([{k: v for k, v in csl.items() if v and v != {"raw": ""}}], ensure_ascii=False, indent=1),
            ),
            (
                "Wikipedia",
                _template(
                    "cite news",
                    {
                        "title": title,
                        "publisher": publisher,
                        "date": date.words if date and date.exact else "",
                        "url": link,
                    },
                ),
            ),
        ]
    )


def _key(*parts: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower())[:48].strip("-") or "edition"


def _bibtex(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [
        "  " + name + " = {" + re.sub(r"[{}\\]", "", shown(value)) + "}" for name, value in fields.items() if value
    ]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


def _template(name: str, fields: Mapping[str, str]) -> str:
    safe = {k: re.sub(r"[|{}\[\]\n]", " ", shown(v)).strip() for k, v in fields.items() if v}
    return "{{" + name + "".join(f" |{k}={v}" for k, v in safe.items()) + "}}"
