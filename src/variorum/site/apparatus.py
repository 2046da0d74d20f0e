"""The apparatus of a witness: what the others read at each place, numbered in the order of the text.

Everything said of the same words is one note. A passage within a longer one shared with the same witness is not noted
again, nor is a loan through a third witness where a direct one covers the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from variorum import records as r
from variorum.site.marking import Insert, Mark
from variorum.site.render import Renderer, short
from variorum.site.safe import filled
from variorum.site.telling import groups
from variorum.verdicts import Standing

__all__ = ["Note", "notes"]

MOST = 1500
"""Notes printed for one witness; what lies beyond stands on the pages of the events."""
LINES = 5
LONG = 90
"""A lemma longer than this many characters is numbered but not underlined, so that the text stays readable."""

RANK = (*(s.value for s in Standing if s is not Standing.SINGLE), "other", "taken", "rendition")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said of some words: its kind (a verdict, ``taken`` or ``rendition``), whom it is about, its HTML."""

    start: int
    end: int
    kind: str
    about: frozenset[str]
    html: Markup
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Everything said of the same words; ``kind`` is that of its weightiest line."""

    start: int
    end: int
    kind: str
    html: Markup

    def line(self, number: int) -> Markup:
        """The note as a line of the apparatus."""
        return filled(
            '<li id="n{0}" data-tie="n{0}"><a class="nn" href="#l{0}">{0}</a><i class="mk {1}"></i>{2}</li>',
            number,
            self.kind,
            self.html,
        )

    def lemma(self, number: int) -> tuple[Mark, Insert]:
        """The mark on the words in the text, and the number after them that leads to the note."""
        x = " x" if self.kind == Standing.CONFLICT else ""
        link = filled(
            '<a class="nr{1}" id="l{0}" href="#n{0}" data-tie="n{0}"><span class="vh">note </span>{0}</a>', number, x
        )
        classes = f"lm{x}" if x or self.end - self.start <= LONG else "ll"
        return Mark(self.start, self.end, classes, f"n{number}"), Insert(self.end, 1, link)


def notes(render: Renderer, w: r.Witness, root: str) -> list[Note]:
    """The notes on a witness, in the order of its text."""
    entries = [e for reading in render.g.readings_in.get(w.witness, []) for e in _of_reading(render, w, reading, root)]
    shared = [e for p in _telling(render, w.witness) for e in _of_parallel(render, w, p, root)]
    entries = [e for e in entries if not (e.whole and _noted(e, shared))] + shared
    by: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        by[entry.start, entry.end].append(entry)
    return [_note(w, span, by[span]) for span in sorted(by)][:MOST]


def _note(w: r.Witness, span: tuple[int, int], entries: list[Entry]) -> Note:
    entries.sort(key=lambda e: RANK.index(e.kind))
    lines = list(dict.fromkeys(e.html for e in entries))
    rest = len(lines) - LINES
    more = filled(' <span class="more">and {} more</span>', rest) if rest > 0 else Markup()
    html = _lemma(w.text[span[0] : span[1]]) + Markup(" ") + Markup('<span class="sep"> · </span>').join(lines[:LINES])
    return Note(*span, entries[0].kind, html + more)


def _noted(entry: Entry, shared: list[Entry]) -> bool:
    """True when a shared passage says the same of these words: the same witnesses, most of the same place."""
    length = entry.end - entry.start
    near = [e for e in shared if min(e.end, entry.end) - max(e.start, entry.start) > length * 0.5]
    return entry.about <= frozenset(x for e in near for x in e.about)


# --- readings ---


def _of_reading(render: Renderer, w: r.Witness, reading: r.Reading, root: str) -> list[Entry]:
    made = []
    for v in render.g.verdicts_on.get(reading.reading, []):
        others = [x for k in v.readings if (x := render.g.readings.get(k)) is not None and x.witness != w.witness]
        if v.sure != "low" and v.verdict != Standing.SINGLE and others:
            made.append(_verdict_entry(render, v, reading, others, root))
    return made[:4]


def _verdict_entry(render: Renderer, v: r.Verdict, reading: r.Reading, others: list[r.Reading], root: str) -> Entry:
    parts: list[Markup] = []
    for n, group in enumerate(groups([reading, *others])):
        rest = [x for x in group if x is not reading]
        if rest and len(parts) < LINES:
            said = Markup("so") if n == 0 else render.q(rest[0].text, 110)
            parts.append(said + " " + render.sigs((x.witness for x in rest), 6))
    kind = v.verdict if v.verdict in RANK else "other"
    word, attribute = render.words.verdicts.get(v.verdict, v.verdict), render.words.attribute(v.attribute).lower()
    first = others[0]
    place = (
        render.verdict_address(v)
        if v.event in render.g.event
        else render.at.span(first.witness, first.start, first.end)
    )
    link = filled('<a class="vw {}" href="{}{}">{}: {}</a>', kind, root, place, attribute, word)
    about = frozenset(x.witness for x in others)
    return Entry(reading.start, reading.end, kind, about, Markup(" ").join([*parts, link]), v.attribute == "account")


# --- parallels ---


def _telling(render: Renderer, witness: str) -> list[r.Parallel]:
    """The parallels worth a note: the longest with each other witness, direct ones where there are any."""
    listed = [p for p in render.g.parallels_of.get(witness, []) if p.a_witness != p.b_witness]
    listed.sort(key=lambda p: (not p.direct, -(p.a_end - p.a_start)))
    kept: list[r.Parallel] = []
    for p in listed:
        start, end, other = _side(p, witness)
        held = [_side(k, witness) for k in kept]
        direct = [k.direct for k in kept]
        same = any(s <= start and end <= e and o == other for s, e, o in held)
        covered = not p.direct and any(d and s <= start and end <= e for (s, e, _), d in zip(held, direct, strict=True))
        if not same and not covered:
            kept.append(p)
    return kept


def _side(p: r.Parallel, witness: str) -> tuple[int, int, str]:
    return (p.a_start, p.a_end, p.b_witness) if p.a_witness == witness else (p.b_start, p.b_end, p.a_witness)


def _of_parallel(render: Renderer, w: r.Witness, p: r.Parallel, root: str) -> Iterable[Entry]:
    start, end, other = _side(p, w.witness)
    mine_is_a = p.a_witness == w.witness
    at, words = ((p.b_start, p.b_end), p.b_text) if mine_is_a else ((p.a_start, p.a_end), p.a_text)
    if p.direction == "undecided":
        has = "the same words in" if p.kind == "verbatim" else "nearly the same words in"
    else:
        has = "taken over from" if p.direction == ("b to a" if mine_is_a else "a to b") else "taken over by"
    kind = "rendition" if p.kind == "rendition" else "taken"
    has = "told in another language in" if p.across else "another rendition in" if kind == "rendition" else has
    body = Markup() if p.kind == "verbatim" else render.q(words, 140) + Markup(" ")
    place = root + render.at.span(other, *at)
    link = filled('<a class="vw" href="{}">{} {}</a>', place, has, render.sig(other))
    yield Entry(start, end, kind, frozenset([other]), body + link)


def _lemma(words: str) -> Markup:
    clean = " ".join(words.split())
    if len(clean) > 42:
        first, last = clean[:24].rsplit(" ", 1)[0], clean[-16:].split(" ", 1)[-1]
        clean = f"{first} … {last}"
    return filled('<span class="lem"><bdi>{}</bdi></span>', short(clean, 60))
