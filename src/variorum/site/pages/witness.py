"""The page of a witness: its full text with marks in layers, and in the margin what the others read at that place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from variorum import records as r
from variorum.dates import in_words
from variorum.languages import direction, named, told
from variorum.site.addresses import anchor
from variorum.site.apparatus import Note, notes
from variorum.site.citations import of_witness
from variorum.site.gathered import Gathered
from variorum.site.marking import Insert, Mark, marked
from variorum.site.mentions import Layers
from variorum.site.pages.event import taken_near
from variorum.site.render import Renderer, joined
from variorum.site.safe import filled
from variorum.site.workers import ALL, Share
from variorum.structure import HIDDEN
from variorum.verdicts import Standing

__all__ = ["paragraphs", "printed_paragraphs", "publish"]

MISREAD = ("misread", "long s", "mojibake")
"""Repairs that change letters; where words were put together the page shows nothing."""
_BLANK = re.compile(r"\n[ \t\r]*\n\s*|\f\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is printed, with the events it tells and its notes."""

    number: int
    start: int
    end: int
    html: Markup
    events: list[str]
    notes: list[Markup]
    dir: str
    kind: str


def publish(render: Renderer, share: Share = ALL) -> None:
    """Write a page for every witness of a share of them, several for a very long one."""
    layers = render.once("layers", Layers)
    only = render.once("only", _only_here)
    for w in render.g.witnesses:
        if share.has(w.witness):
            render.pages(w.witness, partial(_witness, render, layers, w.witness, only))


def printed_paragraphs(render: Renderer, w: r.Witness) -> list[tuple[int, int]]:
    """The paragraphs of a witness as the edition's sentences have them, or else as its text shows them.

    What is no prose of it, such as a caption or a menu, stands in paragraphs of its own.
    """
    starts = render.g.paragraph_starts.get(w.witness)
    spans = paragraphs(w.text)
    if starts:
        starts = [0, *starts[1:]]
        spans = list(zip(starts, [*starts[1:], len(w.text)], strict=True))
    parted = [cut for span in spans for cut in _parted(span, _aside(render, w.witness))]
    return [(a, a + len(w.text[a:b].rstrip())) for a, b in parted if w.text[a:b].strip()]


def _aside(render: Renderer, witness: str) -> list[r.Structure]:
    """The stretches of a witness that no finder read."""
    return [row for row in render.g.structure.get(witness, []) if row.kind in HIDDEN]


def _parted(span: tuple[int, int], aside: list[r.Structure]) -> Iterable[tuple[int, int]]:
    """A stretch, cut where something that was not read begins and ends."""
    at, end = span
    for row in aside:
        if at <= row.start < end:
            yield at, row.start
            yield row.start, min(row.end, end)
            at = min(row.end, end)
    yield at, end


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text: between blank lines, or each line where lines are long.

    >>> paragraphs("one\\n\\ntwo\\nlines")
    [(0, 3), (5, 14)]
    """
    found: list[tuple[int, int]] = []
    at = 0
    for gap in [*((m.start(), m.end()) for m in _BLANK.finditer(text)), (len(text), len(text))]:
        if text[at : gap[0]].strip():
            found += _lines(text, at, gap[0])
        at = gap[1]
    return found


def _lines(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    lines = text[start:end].split("\n")
    if len(lines) == 1 or max(len(x) for x in lines) <= 110:
        return [(start, end)]
    found, at = [], start
    for line in lines:
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _witness(render: Renderer, layers: Layers, key: str, only: Mapping[str, list[r.Name]]) -> None:
    g, root = render.g, "../"
    w = g.witness[key]
    noted = notes(render, w, root)
    starts = render.at.parts[w.witness]
    anchors = _anchors(render, w.witness)
    spans = printed_paragraphs(render, w)
    head = {
        "kicker": _kicker(w) + _versions(render, w),
        "deck": _deck(render, w),
        "tally": _tally(render, noted),
        "pages": len(starts),
        "w": w,
    }
    told = [e for _, span in _inside(spans, (0, len(w.text))) for e in _told(render, w, span)]
    numbers = {e: n for n, e in enumerate(dict.fromkeys(told), 1)}
    for part, (start, end) in enumerate(zip(starts, [*starts[1:], len(w.text)], strict=True)):
        path = render.at.witness(w.witness, part)
        context = (
            {"silent": [], "shares": [], "checks": [], "only": []}
            if part
            else _around(render, w, only.get(key, []), root)
        )
        render.page(
            path,
            "witness.html",
            current="witnesses.html",
            title=f"{w.siglum}: {w.title or w.witness}",
            part=part,
            told=numbers,
            pager=_pager(render, w, part, len(starts)),
            paragraphs=_printed(render, layers, w, spans, (start, end), noted, anchors),
            cite=of_witness(g.about, w, path),
            table=["witnesses", "claims", "readings"],
            **head,
            **context,
        )


def _around(render: Renderer, w: r.Witness, only: list[r.Name], root: str) -> dict[str, list[object]]:
    g = render.g
    return {
        "silent": list(g.silences_in.get(w.witness, [])[:200]),
        "shares": list(_shares(render, w, root)),
        "checks": list(g.checks_of.get(w.witness, [])),
        "only": list(only),
    }


def _kicker(w: r.Witness) -> Markup:
    bits = [
        w.publisher,
        f"by {w.author}" if w.author else None,
        w.party if w.party != w.publisher else None,
        in_words(w.published, "short") if w.published else "date of publication unknown",
        named(w.language) if w.language else "language unknown",
    ]
    return Markup(" · ").join(filled("<bdi>{}</bdi>", str(b)[:120]) for b in bits if b) + filled(
        " · {} words", f"{len(w.text.split()):,}"
    )


def _versions(render: Renderer, w: r.Witness) -> Markup:
    """The way to the other versions of a witness's address; empty where there are none."""
    group = render.g.versions_with.get(w.witness)
    if group is None:
        return Markup()
    said = render.words.several(len(group), "version")
    return filled(' · <a href="../{}">one of {} of its address</a>', render.at.versions(group[0].witness), said)


def _deck(render: Renderer, w: r.Witness) -> Markup:
    g, words = render.g, render.words
    if w.witness in g.unread:
        read, _ = told(w.language)
        has = joined([*(read or ["dates in ISO form"]), "its sentences", "quotations", "shared passages"])
        how = "read in part" if read else "not read"
        return filled("It is in {}, which is {}: it has {}, and no events.", g.unread[w.witness], how, has)
    text = filled("Tells {}.", words.several(len(g.events_of.get(w.witness, [])), "event"))
    if doubtful := sum(row.kind == "doubtful" for row in g.structure.get(w.witness, [])):
        text += filled(
            " {} may have been read wrongly: underlined here, and no figure or date rests on them.",
            words.cap(words.several(doubtful, "of its words", "of its words")),
        )
    by: Counter[str] = Counter()
    for t in taken_near(render, w.witness):
        by[t.source] += len(w.text[t.start : t.end].split())
    if by:
        sources = [
            filled("{} in {}", f"{n:,} words" if not k else f"{n:,}", render.sig(source))
            for k, (source, n) in enumerate(by.most_common(5))
        ]
        text += filled(" Of its words, {} stand in a witness that it has them from.", joined(sources))
    return text


def _tally(render: Renderer, noted: list[Note]) -> Markup:
    count = Counter(n.kind for n in noted)
    kinds = [k for k in (*Standing, "taken", "rendition") if count[k]]
    return filled("{}: ", render.words.several(len(noted), "note")) + Markup(" ").join(
        render.verdict(k, count[k]) for k in kinds
    )


def _pager(render: Renderer, w: r.Witness, part: int, parts: int) -> Markup:
    links = [
        filled('<a href="../{}">{}</a>', render.at.witness(w.witness, n), n + 1)
        if n != part
        else filled("<b aria-current='page'>{}</b>", n + 1)
        for n in range(parts)
    ]
    if parts > 24:
        links = [x for n, x in enumerate(links) if n in (0, parts - 1) or abs(n - part) < 8 or n % (parts // 8) == 0]
    return filled(
        '<nav class="pager" aria-label="Parts of this text"><span>Part</span> {}</nav>', Markup(" ").join(links)
    )


def _anchors(render: Renderer, witness: str) -> list[tuple[int, int]]:
    """The spans to which other pages lead."""
    g = render.g
    found = {(c.start, c.end) for c in g.claims_in.get(witness, []) if not c.in_passing or c.claim in g.tells}
    found |= {(x.start, x.end) for x in g.readings_in.get(witness, [])}
    for p in g.parallels_of.get(witness, []):
        found |= {
            (s, e) for w, s, e in ((p.a_witness, p.a_start, p.a_end), (p.b_witness, p.b_start, p.b_end)) if w == witness
        }
    found |= {(span[0], span[1]) for c in g.checks_of.get(witness, []) for span in c.spans if len(span) == 2}
    return sorted(found)


def _printed(
    render: Renderer,
    layers: Layers,
    w: r.Witness,
    spans: list[tuple[int, int]],
    part: tuple[int, int],
    noted: list[Note],
    anchors: list[tuple[int, int]],
) -> list[Paragraph]:
    marks, inserts = layers.of(w.witness, *part)
    for number, note in enumerate(noted, 1):
        if part[0] < note.end and note.start < part[1]:
            mark, insert = note.lemma(number)
            marks.append(mark)
            inserts.append(insert)
    taken = [t for t in taken_near(render, w.witness) if part[0] < t.end and t.start < part[1]]
    marks += [Mark(t.start, t.end, f"cp t{render.hue(t.source)[1:]}") for t in taken]
    inserts += [
        Insert(t.end, 0, filled('<span class="src" aria-hidden="true">{}</span>', render.sig(t.source))) for t in taken
    ]
    inserts += [
        Insert(s, -1, filled('<span class="at" id="{}"></span>', anchor(s, e)))
        for s, e in anchors
        if part[0] <= s < part[1]
    ]
    inserts += [
        Insert(row.at, 2, filled('<del title="struck out by the account itself">{}</del> ', row.text))
        for row in _aside(render, w.witness)
        if row.at is not None and part[0] <= row.at < part[1]
    ]
    inserts += [
        Insert(row.end, 1, filled('<small class="rep" lang="en" title="{}">{}</small>', row.rule, row.new))
        for row in render.g.repairs.get(w.witness, [])
        if row.rule in MISREAD and part[0] <= row.end < part[1]
    ]
    doubtful = (row for row in render.g.structure.get(w.witness, []) if row.kind == "doubtful")
    marks += [Mark(row.start, row.end, "dbt") for row in doubtful if part[0] < row.end and row.start < part[1]]
    marks.sort()
    inserts.sort()
    printed, placed = [], set[Insert]()
    for number, span in _inside(spans, part):
        put = [i for i in inserts if span[0] <= i.at <= span[1] and i not in placed]
        placed.update(put)  # where two paragraphs touch, what stands between them is put in once
        printed.append(_paragraph(render, w, number, span, marks, put, noted))
    return printed


def _inside(spans: list[tuple[int, int]], part: tuple[int, int]) -> Iterable[tuple[int, tuple[int, int]]]:
    for number, (start, end) in enumerate(spans, 1):
        if start < part[1] and part[0] < end:
            yield number, (max(start, part[0]), min(end, part[1]))


def _paragraph(
    render: Renderer,
    w: r.Witness,
    number: int,
    span: tuple[int, int],
    marks: list[Mark],
    inserts: list[Insert],
    noted: list[Note],
) -> Paragraph:
    start, end = span
    here = [m for m in marks[: bisect_right(marks, end, key=lambda m: m.start)] if m.end > start]
    lines = [n.line(k) for k, n in enumerate(noted, 1) if start <= n.start < end]
    html = marked(w.text, start, end, here, inserts)
    kind = next((row.kind for row in render.g.structure.get(w.witness, []) if _is(row, start, end)), "")
    return Paragraph(number, start, end, html, _told(render, w, span)[:12], lines, direction(w.text[start:end]), kind)


def _told(render: Renderer, w: r.Witness, span: tuple[int, int]) -> list[str]:
    """The events that a stretch of a witness tells, in the order of its words."""
    claims = _claims_in(render, w.witness, *span)
    return list(dict.fromkeys(e for c in claims for e in render.g.tells.get(c, []) if e in render.g.event))


def _is(row: r.Structure, start: int, end: int) -> bool:
    """True where a paragraph is a heading, or lies in a part that no finder read."""
    if row.kind == "heading":
        return row.start <= start + 2 and end <= row.end + 2
    return row.kind in HIDDEN and row.start <= start and end <= row.end


def _claims_in(render: Renderer, witness: str, start: int, end: int) -> Iterable[str]:
    return (c.claim for c in render.g.claims_in.get(witness, []) if start <= c.start < end)


def _shares(render: Renderer, w: r.Witness, root: str) -> Iterable[Markup]:
    by: dict[str, list[r.Parallel]] = defaultdict(list)
    for p in render.g.parallels_of.get(w.witness, []):
        by[p.b_witness if p.a_witness == w.witness else p.a_witness].append(p)
    for other, rows in sorted(by.items(), key=lambda x: -len(x[1]))[:100]:
        if other in render.g.witness:
            a, b = sorted((w.witness, other), key=lambda k: render.g.order[k])
            number = render.words.several(len(rows), "passage")
            name = filled(
                "{} with {} <bdi>{}</bdi>",
                render.words.cap(number),
                render.sig(other),
                render.name(render.g.witness[other])[:60],
            )
            yield (filled('<a href="{}{}">{}</a>', root, render.at.pair(a, b), name) if render.has_pair(a, b) else name)


def _only_here(g: Gathered) -> dict[str, list[r.Name]]:
    """Forms that one witness alone uses for a referent that others name too."""
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for n in g.names:
        users[n.referent, n.form.lower()].add(n.witness)
        named[n.referent].add(n.witness)
    found: dict[str, list[r.Name]] = defaultdict(list)
    for n in g.names:
        if len(users[n.referent, n.form.lower()]) == 1 and len(named[n.referent]) > 1 and len(found[n.witness]) < 60:
            found[n.witness].append(n)
    return found
