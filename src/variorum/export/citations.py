"""Citations as files: BibTeX and CSL-JSON of the accounts, footnotes and Wikipedia's references for every question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

import pyarrow as pa

from variorum import records as r
from variorum.citing import STYLES, address, bibtex, csl_item, footnotes, named_key, template, web_address, with_places
from variorum.errors import ConfigError
from variorum.export.questions import Around, Question, accounts, attribute, captured, questions, records

__all__ = ["bibtex_file", "cited", "csl_file", "footnote_file", "references", "wiki_file"]

Tables = Mapping[str, pa.Table]
LONG = 300
"""Words quoted in a footnote are cut at this many characters."""


def references(tables: Tables, style: str) -> dict[str, str]:
    """The reference of each account in a style; an unknown style raises `ConfigError`."""
    if style not in STYLES:
        raise ConfigError(f"option style={style}", "there is no such style", f"it is one of {', '.join(STYLES)}")
    seen = captured(tables)
    return footnotes((csl_item(w, seen.get(w.witness)) for w in records(tables, r.Witness)), style)


def csl_file(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The accounts as CSL-JSON, for Zotero, Pandoc and others."""
    seen = captured(tables)
    items = [csl_item(w, seen.get(w.witness)) for w in records(tables, r.Witness)]
    out.write((json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def bibtex_file(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """The accounts as BibTeX, with biblatex's fields; the siglum stands in the note."""
    seen = captured(tables)
    used: set[str] = set()
    for w in records(tables, r.Witness):
        key = named_key(w.witness)
        key = key if key not in used else f"{key}-{len(used)}"
        used.add(key)
        made = bibtex(csl_item(w, seen.get(w.witness)), key, w.published, f"account {w.siglum}")
        out.write((made + "\n\n").encode("utf-8", "replace"))
    out.write(b"% made by Variorum; the field date holds EDTF, which biblatex reads\n")


def footnote_file(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """A text with a footnote for each question, that names every account, place and wording, then the accounts."""
    style = str(options.get("style", STYLES[0]))
    known, cites = accounts(tables), references(tables, style)
    lines = ["FOOTNOTES", ""]
    around = Around(tables)
    for q in questions(tables):
        lines += [_head(q), footnote(q, known, cites, around), ""]
    lines += ["ACCOUNTS", ""]
    lines += [f"{w.siglum}. {cites[w.witness]}" for w in known.values()]
    out.write(("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _head(q: Question) -> str:
    return f"[{q.verdict.verdict_id}] {attribute(q.verdict.attribute)}, {q.about} ({q.verdict.verdict})".replace(
        "\n", " "
    )


def footnote(q: Question, known: Mapping[str, r.Witness], cites: Mapping[str, str], around: Around) -> str:
    """One footnote for a whole question: each account once, with all its places and the words there."""
    places: dict[str, list[r.Reading]] = {}
    for x in q.readings:
        if x.witness in known:
            places.setdefault(x.witness, []).append(x)
    return "; ".join(cited(listed, known[w], cites[w], around) for w, listed in places.items()) + "."


def cited(listed: list[r.Reading], w: r.Witness, reference: str, around: Around) -> str:
    """The reference of an account with the places and words of readings, and the address of the first words."""
    link = address(web_address(w.source), w.text, listed[0].start, listed[0].end)
    placed = reference.replace(w.source, link) if link and w.source in reference else reference
    said = dict.fromkeys((f"characters {x.start}–{x.end}", short(around.said(x), x.text)) for x in listed)
    return with_places(placed, list(said))


def short(sentence: str, words: str) -> str:
    """The sentence, or from it what can be quoted at a decent length around the words."""
    if len(sentence) <= LONG:
        return sentence
    if len(words) > LONG:
        return words[:LONG].rpartition(" ")[0] + " …"
    at = sentence.find(words)
    low, high = max(at - LONG // 2, 0), at + len(words) + LONG // 2
    before = sentence[low:at] if low == 0 else "… " + sentence[low:at].partition(" ")[2]
    after = sentence[at + len(words) : high]
    return before + words + (after if high >= len(sentence) else after.rpartition(" ")[0] + " …")


def wiki_file(tables: Tables, out: BinaryIO, options: Mapping[str, Any]) -> None:
    """A text in Wikipedia's markup: what each account says on each question, with its reference and quotation."""
    known, seen = accounts(tables), captured(tables)
    items = {key: csl_item(w, seen.get(key)) for key, w in known.items()}
    around = Around(tables)
    for q in questions(tables):
        text = "\n".join([f"<!-- {_head(q).replace('--', '—')} -->", *_refs(q, known, items, around), "", ""])
        out.write(text.encode("utf-8", "replace"))
    out.write(b"<!-- made by Variorum -->\n")


def _refs(
    q: Question, known: Mapping[str, r.Witness], items: Mapping[str, Mapping[str, Any]], around: Around
) -> Iterable[str]:
    for x in q.readings:
        w = known.get(x.witness)
        if w is not None:
            link = address(web_address(w.source), w.text, x.start, x.end)
            item = {**items[w.witness], **({"URL": link} if link else {})}
            name = named_key(w.witness, str(x.start), str(x.end))
            yield f"* {template(item, w.published, short(around.said(x), x.text), name)}"
