"""BibTeX entries and Wikipedia's templates, made of the item of an account; nothing in a title can end a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from variorum.citing.items import clean
from variorum.dates import in_words, parse

__all__ = ["bibtex", "named_key", "template"]

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_WIKI = str.maketrans(
    {"|": "{{!}}", "{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;", "<": "&lt;", ">": "&gt;", "'": "&#39;"}
)


def named_key(*parts: str) -> str:
    """A key of letters, digits and hyphens, for BibTeX and for names of references.

    >>> named_key("A gale, at last", "001")
    'a-gale-at-last-001'
    """
    return re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower())[:48].strip("-") or "account"


def bibtex(item: Mapping[str, Any], key: str, date: str | None = None, note: str = "") -> str:
    """An entry for biblatex; ``date`` is the EDTF date of publication, which biblatex reads itself.

    >>> print(bibtex({"title": "50% & more", "URL": "https://example.org/a_b"}, "a", "1998-11~"))
    @online{a,
      title = {50\\% \\& more},
      date = {1998-11~},
      url = {https://example.org/a_b},
    }
    """
    link = str(item.get("URL", ""))
    fields = {
        "title": _tex(item.get("title", "")),
        "author": " and ".join("{" + _tex(a["literal"]) + "}" for a in item.get("author", [])),
        "organization" if link else "journaltitle": _tex(item.get("container-title", "")),
        "date": date if date and parse(date) else "",
        "url": link,
        "langid": str(item.get("language", "")),
        "note": _tex(note),
    }
    kind = "online" if link else "article" if item.get("container-title") else "unpublished"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + "\n".join(lines) + "\n}"


def _tex(text: object) -> str:
    return "".join(_TEX.get(sign, sign) for sign in clean(text))


def template(item: Mapping[str, Any], date: str | None = None, quote: str = "", name: str = "") -> str:
    """The ``{{cite web}}`` or ``{{cite news}}`` of an account, within ``<ref name=...>`` where a name is given.

    >>> template({"title": "A | gale", "container-title": "Hale Courier"}, "1998-11", "Nine died")
    '{{cite news |title=A {{!}} gale |work=Hale Courier |date=November 1998 |quote=Nine died}}'
    """
    link = str(item.get("URL", ""))
    language = str(item.get("language", ""))
    fields = {
        "author": "; ".join(str(a["literal"]) for a in item.get("author", [])),
        "title": item.get("title", ""),
        "website" if link else "work": item.get("container-title", ""),
        "date": in_words(date) if _wiki_date(date) else "",
        "access-date": _day(item.get("accessed")),
        "language": "" if language == "en" else language,
        "quote": quote,
    }
    said = "".join(f" |{k}={_wiki(v)}" for k, v in fields.items() if v)
    said = f"{{{{cite {'web' if link else 'news'}{said}{f' |url={_wiki(link)}' if link else ''}}}}}"
    return f'<ref name="{name}">{said}</ref>' if name else said


def _wiki(text: object) -> str:
    return clean(text).translate(_WIKI)


def _wiki_date(edtf: str | None) -> bool:
    """True for a plain day, month or year, which the templates know."""
    return edtf is not None and parse(edtf) is not None and bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", edtf))


def _day(seen: Any) -> str:
    parts = (seen or {}).get("date-parts", [[]])[0]
    return in_words("-".join(f"{n:02d}" for n in parts)) if parts else ""
