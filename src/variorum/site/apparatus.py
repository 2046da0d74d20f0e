"""The apparatus of a witness: what the others read at each place, numbered in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from variorum import records as r
from variorum.site.marking import Insert, Mark
from variorum.site.press import Press, short
from variorum.site.telling import groups

__all__ = ["Note", "notes"]

MOST = 1500
"""Notes printed for one witness; what lies beyond stands on the pages of the events."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its lemma's span, its kind (a verdict, ``taken`` or ``rendition``) and its HTML without the number."""

    start: int
    end: int
    kind: str
    html: Markup

    def line(self, number: int) -> Markup:
        """The note as a line of the apparatus."""
        return Markup('<li id="n{0}" data-tie="n{0}"><a class="nn" href="#l{0}">{0}</a><i class="mk {1}"></i>{2}</li>').format(number, self.kind, self.html)

    def lemma(self, number: int) -> tuple[Mark, Insert]:
        """The mark on the words in the text, and the number after them that leads to the note."""
        x = " x" if self.kind == "conflict" else ""
        link = Markup('<a class="nr{1}" id="l{0}" href="#n{0}" data-tie="n{0}"><span class="vh">note </span>{0}</a>').format(number, x)
        return Mark(self.start, self.end, f"lm{x}", f"n{number}"), Insert(self.end, 1, link)


def notes(press: Press, w: r.Witness, root: str) -> list[Note]:
    """The notes on a witness, in the order of its text: verdicts first where several share a place."""
    found = [n for reading in press.g.readings_in.get(w.witness, []) for n in _of_reading(press, w, reading, root)]
    found += [_of_parallel(press, w, p, root) for p in press.g.parallels_of.get(w.witness, []) if p.a_witness != p.b_witness]
    return sorted(found, key=lambda n: (n.start, n.end, n.kind))[:MOST]


def _of_reading(press: Press, w: r.Witness, reading: r.Reading, root: str) -> list[Note]:
    made = []
    for v in press.g.verdicts_on.get(reading.reading, []):
        others = [x for x in (press.g.readings.get(k) for k in v.readings) if x is not None and x.witness != w.witness]
        if v.sure != "low" and v.verdict != "single" and others:
            made.append(_verdict_note(press, v, reading, others, root))
    return made[:3]


def _verdict_note(press: Press, v: r.Verdict, reading: r.Reading, others: list[r.Reading], root: str) -> Note:
    parts = [_lemma(reading.text)]
    for n, group in enumerate(groups([reading, *others])):
        rest = [x for x in group if x is not reading]
        if not rest:
            continue
        said = Markup("so {}") if n == 0 else press.q(rest[0].text, 110) + Markup(" {}")
        parts.append(said.format(press.sigs((x.witness for x in rest), 6)))
        if len(parts) > 6:
            parts.append(Markup('<span class="more">and others</span>'))
            break
    link = root + press.verdict_address(v)
    word = press.words.verdicts.get(v.verdict, v.verdict)
    parts.append(Markup('<a class="vw {}" href="{}">{}: {}</a>').format(v.verdict if v.verdict in press.words.verdicts else "other", link, press.words.attribute(v.attribute).lower(), word))
    return Note(reading.start, reading.end, v.verdict if v.verdict in press.words.verdicts else "other", Markup(" ").join(parts))


def _of_parallel(press: Press, w: r.Witness, p: r.Parallel, root: str) -> Note:
    mine_is_a = p.a_witness == w.witness
    start, end, text = (p.a_start, p.a_end, p.a_text) if mine_is_a else (p.b_start, p.b_end, p.b_text)
    other, at, words = (p.b_witness, (p.b_start, p.b_end), p.b_text) if mine_is_a else (p.a_witness, (p.a_start, p.a_end), p.a_text)
    has = "taken over from" if p.direction == ("b to a" if mine_is_a else "a to b") else "taken over by" if p.direction != "undecided" else "the same words in"
    if p.kind == "rendition":
        has = "another rendition in"
    kind = "rendition" if p.kind == "rendition" else "taken"
    body = Markup("") if p.kind == "verbatim" else press.q(words, 140) + Markup(" ")
    link = Markup('<a class="vw" href="{}{}">{} {}</a>').format(root, press.at.span(other, *at), has, press.sig(other))
    return Note(start, end, kind, _lemma(text) + Markup(" ") + body + link)


def _lemma(words: str) -> Markup:
    clean = " ".join(words.split())
    if len(clean) > 42:
        first, last = clean[:24].rsplit(" ", 1)[0], clean[-16:].split(" ", 1)[-1]
        clean = f"{first} … {last}"
    return Markup('<span class="lem"><bdi>{}</bdi></span>').format(short(clean, 60))
