"""TEI P5 (https://tei-c.org): questions as a critical apparatus, shared passages word by word, every account's text.

Each account is a witness of ``listWit``. A question is an ``app`` whose ``rdg`` hold the accounts' own words and point
to the anchors around these words in the text of the account. Passages that two accounts share are printed once, with
an ``app`` where the wording differs (the method that TEI calls parallel segmentation).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

import pyarrow as pa
from lxml import etree
from lxml.builder import ElementMaker
from rapidfuzz.distance import Indel

from variorum import __version__
from variorum import records as r
from variorum.citing import web_address
from variorum.dates import bounds, in_words
from variorum.export.questions import Question, accounts, attribute, counted, edition_title, questions, records

__all__ = ["segments", "write"]

NS = "http://www.tei-c.org/ns/1.0"
ID, SPACE = "{http://www.w3.org/XML/1998/namespace}id", "{http://www.w3.org/XML/1998/namespace}space"
E = ElementMaker(namespace=NS, nsmap={None: NS})
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLOCK = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")
LONGEST = 2000
"""Words of a passage that are compared; longer ones are cut here, and it is said."""


def write(tables: Mapping[str, pa.Table], out: BinaryIO, options: Mapping[str, Any]) -> None:
    """Write the edition as one TEI document, account by account, so that a large one need not be held as a whole."""
    known = accounts(tables)
    ids = {key: f"wit-{n}" for n, key in enumerate(known, 1)}
    asked = questions(tables)
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{NS}}}TEI", nsmap={None: NS}):
            file.write(_header(edition_title(tables, options), known, ids))
            with file.element(f"{{{NS}}}text"), file.element(f"{{{NS}}}body"):
                with file.element(f"{{{NS}}}div", type="questions"):
                    file.write(E.head("What the accounts say"), E.p(counted(len(asked), "question") + "."))
                    for number, q in enumerate(asked, 1):
                        file.write(_question(number, q, ids))
                with file.element(f"{{{NS}}}div", type="passages"):
                    file.write(E.head("Passages that accounts share"), E.p("Common words once, variants as readings."))
                    for p in records(tables, r.Parallel):
                        if p.kind != "rendition" and p.a_witness in ids and p.b_witness in ids:
                            file.write(_passage(p, ids))
                with file.element(f"{{{NS}}}div", type="accounts"):
                    file.write(E.head("The accounts"), E.p(counted(len(known), "account") + "."))
                    anchors = _anchors(asked, known)
                    for key, w in known.items():
                        file.write(_account(w, ids[key], anchors.get(key, [])))


def seen(text: object) -> str:
    """Text that XML can hold, sign for sign."""
    return _UNSEEN.sub("\ufffd", str(text))


def _header(title: str, known: Mapping[str, r.Witness], ids: Mapping[str, str]) -> Any:
    witnesses = [_witness(w, ids[key]) for key, w in known.items()]
    source = E.listWit(*witnesses) if witnesses else E.p("no account")
    method = E.variantEncoding(method="parallel-segmentation", location="internal")
    made = f"Made by Variorum {__version__}. It says what each account says, never which of them is right."
    return E.teiHeader(
        E.fileDesc(E.titleStmt(E.title(seen(title))), E.publicationStmt(E.p(made)), E.sourceDesc(source)),
        E.encodingDesc(method),
    )


def _witness(w: r.Witness, key: str) -> Any:
    parts = [E.title(seen(w.title or w.witness))]
    parts += [E.author(seen(w.author))] if w.author else []
    parts += [E.publisher(seen(w.publisher))] if w.publisher else []
    parts += [_date(w.published)] if w.published else []
    link = web_address(w.source)
    parts += [E.ref(link, target=link)] if link else []
    made = E.witness(E.bibl(*parts), n=seen(w.siglum))
    made.set(ID, key)
    return made


def _date(edtf: str) -> Any:
    """A date in words, with its first and last day where it has them."""
    span, made = bounds(edtf), E.date(seen(in_words(edtf)))
    if span and span.first and span.first == span.last:
        made.set("when", span.first)
    elif span:
        for name, day in (("notBefore", span.first), ("notAfter", span.last)):
            if day:
                made.set(name, day)
    return made


def _question(number: int, q: Question, ids: Mapping[str, str]) -> Any:
    listed = [x for x in q.readings if x.witness in ids]
    app = E.app(type=re.sub(r"\W+", "-", q.verdict.verdict) or "other")
    for n, x in enumerate(listed, 1):
        key = f"q-{number}-{n}"
        app.append(E.rdg(seen(x.text), wit=f"#{ids[x.witness]}", corresp=f"#{key}-a #{key}-b"))
    when = [E.p(_date(q.event.date))] if q.event and q.event.date else []
    made = E.div(
        E.head(seen(f"{attribute(q.verdict.attribute)}: {q.about}")),
        *when,
        E.p(app),
        E.p(seen(q.verdict.why)),
        type="question",
    )
    made.set(ID, f"q-{number}")
    made.set("n", re.sub(r"\s+", "-", seen(q.verdict.verdict_id)))
    return made


def _anchors(asked: Iterable[Question], known: Mapping[str, r.Witness]) -> dict[str, list[tuple[int, str]]]:
    """For each account the places of anchors in its text, in their order."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, q in enumerate(asked, 1):
        for n, x in enumerate((x for x in q.readings if x.witness in known), 1):
            found[x.witness] += [(x.start, f"q-{number}-{n}-a"), (x.end, f"q-{number}-{n}-b")]
    return {key: sorted(points) for key, points in found.items()}


def _account(w: r.Witness, key: str, anchors: list[tuple[int, str]]) -> Any:
    made = E.div(E.head(seen(w.title or w.witness)), type="account", corresp=f"#{key}")
    blocks = [(m.start(), m.end()) for m in _BLOCK.finditer(w.text)] or [(0, len(w.text))]
    at = 0
    for n, (start, end) in enumerate(blocks):
        last = n == len(blocks) - 1
        until = at
        while until < len(anchors) and (last or anchors[until][0] <= end):
            until += 1
        made.append(_block(w.text, start, end, anchors[at:until]))
        at = until
    return made


def _block(text: str, start: int, end: int, anchors: list[tuple[int, str]]) -> Any:
    """A paragraph; its ``n`` is the offset of its first character in the text of the account."""
    made = E.p(n=str(start))
    made.set(SPACE, "preserve")
    at, last = start, None
    for place, key in anchors:
        place = min(max(place, at), end)
        _say(made, last, text[at:place])
        last = E.anchor()
        last.set(ID, key)
        made.append(last)
        at = place
    _say(made, last, text[at:end])
    return made


def _say(parent: Any, last: Any, words: str) -> None:
    if last is None:
        parent.text = (parent.text or "") + seen(words)
    else:
        last.tail = (last.tail or "") + seen(words)


def _passage(p: r.Parallel, ids: Mapping[str, str]) -> Any:
    a, b = ids[p.a_witness], ids[p.b_witness]
    made = E.p(n=f"{p.a_start}-{p.a_end}", corresp=f"#{a} #{b}")
    last = None
    for one, two in segments(p.a_text, p.b_text):
        if one == two:
            _say(made, last, one)
        else:
            last = E.app(E.rdg(seen(one), wit=f"#{a}"), E.rdg(seen(two), wit=f"#{b}"))
            made.append(last)
    return made


def segments(a: str, b: str) -> list[tuple[str, str]]:
    """Two passages in step: pieces that are equal, and pieces where they differ. Runs of space count as one.

    >>> segments("171 were brought ashore", "About 170 were brought ashore")
    [('171', 'About 170'), (' were brought ashore', ' were brought ashore')]
    """
    one, two = a.split()[:LONGEST], b.split()[:LONGEST]
    pieces: list[tuple[list[str], list[str]]] = []
    for step in Indel.opcodes(one, two):
        left, right = one[step.src_start : step.src_end], two[step.dest_start : step.dest_end]
        if pieces and step.tag != "equal" and pieces[-1][0] != pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + left, pieces[-1][1] + right)
        else:
            pieces.append((left, right))
    return [_spaced(left, right, n > 0, n < len(pieces) - 1) for n, (left, right) in enumerate(pieces)]


def _spaced(left: list[str], right: list[str], before: bool, after: bool) -> tuple[str, str]:
    """Both sides of a piece as text; equal words bring the spaces that part them from what differs."""
    one, two = " ".join(left), " ".join(right)
    if one != two:
        return one, two
    said = " " * before + one + " " * after
    return said, said
