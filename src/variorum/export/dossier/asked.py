"""The questions of a dossier: what stands apart with both sides' words, and what is agreed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from variorum import records as r
from variorum.dates import in_words, parse
from variorum.export.dossier.model import (
    MOST_ROWS,
    Bar,
    Block,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    left_out,
    runs,
)
from variorum.export.dossier.notes import Notes
from variorum.export.questions import Question, attribute, called, counted
from variorum.verdicts import Standing

__all__ = ["Asked", "interval"]

MOST_QUESTIONS = 1000
"""Questions of one kind that are printed at most; that more are left out is said."""
SECTIONS = {
    Standing.CONFLICT: (
        "Where the accounts do not meet",
        "The readings of one question that cannot both stand as they are told.",
    ),
    Standing.COMPATIBLE: (
        "Readings that differ and may both stand",
        "Numbers or dates that overlap, or that were given at different times.",
    ),
    Standing.UNJUDGED: ("Side by side", "These belong together, but no rule can judge how they stand."),
}
DAYS = ("date", "time", "begin", "end")
_DURATION = re.compile(r"P[\dT.X]")
FEW, MANY = 3, 12
"""A picture has no fewer values than this, unless one is an interval, and no more: two numbers need none."""


class Asked:
    """The questions of an edition, each printed once, with the accounts as `Notes` cites them.

    Rows on one attribute of one event are one question where their readings are numbers or days; where they agree, only
    those that agree on the same value.
    """

    def __init__(self, asked: Iterable[Question], notes: Notes) -> None:
        self.notes = notes
        self.of: dict[str, list[list[Question]]] = defaultdict(list)
        together: dict[tuple[object, ...] | None, list[Question]] = {}
        for q in asked:
            key = _joined(q)
            if key in together:
                together[key].append(q)
                continue
            group = [q]
            self.of[q.verdict.verdict].append(group)
            if key is not None:
                together[key] = group

    def apart(self, standing: Standing) -> Iterator[Block]:
        """The questions of a verdict, each with its reasons, a table of all sides, and a picture of its numbers."""
        groups = self.of.get(standing, [])
        if not groups:
            return
        head, lead = SECTIONS[standing]
        yield Heading(head)
        yield Paragraph(runs(f"{lead} {counted(len(groups), 'question')}."), keep=True)
        for group in groups[:MOST_QUESTIONS]:
            yield from self._question(group)
        yield from left_out(len(groups), MOST_QUESTIONS, "question")

    def agreed(self) -> Iterator[Block]:
        """What several accounts say alike, a paragraph each: the words of the first, and who says so too."""
        groups = self.of.get(Standing.AGREE, [])
        if not groups:
            return
        yield Heading("Where the accounts agree")
        lead = "Several accounts say the same. The words are those of the first; the footnote leads to all of them."
        yield Paragraph(runs(f"{lead} {counted(len(groups), 'question')}."), keep=True)
        for group in groups[:MOST_QUESTIONS]:
            yield from self._agreement(group)
        yield from left_out(len(groups), MOST_QUESTIONS, "question")

    def _agreement(self, group: list[Question]) -> Iterator[Block]:
        listed = self._readings(group)
        by: dict[str, r.Reading] = {}
        for x in listed:
            by.setdefault(x.witness, x)
        if not by:
            return
        first, *others = by.values()
        values = dict.fromkeys(value for x in listed if (value := self._value(x)))
        how = "; ".join(values) or self._how(group[0].verdict)
        head = Run(f"{self._heading(group[0])}{': ' if how else '.'}", "note")
        yield Paragraph(runs(head, Run(how, "strong")), keep=True)
        sigla = [self.notes.known[w].siglum for w in by]
        also = Run(f" Also {', '.join(sigla[1:])}." if others else "", "note")
        foot = self.notes.feet((x.witness, x.start, x.end) for x in by.values())
        lead = Run(f"{sigla[0]}  ", "strong")
        said = runs(lead, *self.notes.reading(first, noted=False), replace(also, foot=foot))
        yield Paragraph(said, "quote")

    @staticmethod
    def _how(verdict: r.Verdict) -> str:
        """How readings without a value agree: the end of the reason, after the words of both."""
        return verdict.why.rpartition("”: ")[2].rstrip(".") if "”: " in verdict.why else ""

    def _question(self, group: list[Question]) -> Iterator[Block]:
        yield Heading(self._heading(group[0]), 2)
        for why in dict.fromkeys(q.verdict.why for q in group):
            yield Paragraph(runs(self.notes.named(why)), keep=True)
        listed = self._readings(group)
        values = [self._value(x) for x in listed]
        said = [(_who(self.notes.known[x.witness]), runs(*self.notes.reading(x))) for x in listed]
        if any(values):
            rows = tuple((*row, runs(value)) for row, value in zip(said, values, strict=True))
            yield Table(("Account", "In its words", "Read as"), rows[:MOST_ROWS], (26, 56, 18))
        elif said:
            yield Table(("Account", "In its words"), tuple(said[:MOST_ROWS]), (26, 74))
        yield from left_out(len(said), MOST_ROWS, "reading")
        yield from self._figure(group[0].verdict.attribute, listed)

    def _heading(self, q: Question) -> str:
        """The attribute, and the event with its number in the chronology."""
        name = attribute(q.verdict.attribute)
        if q.event is None:
            return f"{name}: {q.verdict.scope}".rstrip(": ")
        number = self.notes.number.get(q.event.event)
        return f"{name}: {called(q.event.label, spare=False)} (event {number})"

    def _readings(self, group: list[Question]) -> list[r.Reading]:
        """The readings of a question, the words of an account once."""
        found: dict[tuple[str, int, int], r.Reading] = {}
        for q in group:
            for x in q.readings:
                if x.witness in self.notes.known:
                    found.setdefault((x.witness, x.start, x.end), x)
        return list(found.values())

    def _value(self, x: r.Reading) -> str:
        """What a reading was read as: an interval, a day with its hour where one is told, or its value."""
        if x.low is not None or x.high is not None:
            return interval(x.low, x.high)
        told = self.notes.clock.get((x.witness, x.start, x.end)) or x.date or x.value
        if x.attribute in DAYS and parse(told) is not None:
            return in_words(told, "short")
        return x.value if x.value and x.value != x.text and not _DURATION.match(x.value) else ""

    def _figure(self, name: str, listed: list[r.Reading]) -> Iterator[Figure]:
        """A picture where the readings are different numbers."""
        bars: dict[tuple[float | None, float | None], list[str]] = {}
        for x in listed:
            if x.low is not None or x.high is not None:
                bars.setdefault((x.low, x.high), []).append(self.notes.known[x.witness].siglum)
        wide = any(low != high for low, high in bars)
        if FEW - wide <= len(bars) <= MANY:
            drawn = tuple(Bar(", ".join(dict.fromkeys(who)), low, high) for (low, high), who in bars.items())
            said = "; ".join(f"{bar.label}: {interval(bar.low, bar.high)}" for bar in drawn)
            yield Figure(drawn, f"{attribute(name)}, as each account has it. {said}.")


def _joined(q: Question) -> tuple[object, ...] | None:
    """What a question shares with others that are one with it; None where it stands alone."""
    if q.event is None or not _measured(q):
        return None
    key = (q.verdict.verdict, q.event.event, q.verdict.attribute)
    first = q.readings[0]
    return (*key, first.low, first.high, first.date) if q.verdict.verdict == Standing.AGREE else key


def _measured(q: Question) -> bool:
    """True where every reading is a number or a day."""
    return all(x.low is not None or x.high is not None or x.attribute in DAYS for x in q.readings)


def _who(w: r.Witness) -> tuple[Run, ...]:
    """The account of a reading: siglum, title, and whose it is."""
    behind = " · ".join(x for x in (w.publisher, w.party) if x)
    return runs(Run(f"{w.siglum}  ", "strong"), w.title or w.witness, Run(f" ({behind})" if behind else "", "note"))


def interval(low: float | None, high: float | None) -> str:
    """An interval in words.

    >>> interval(31, 31), interval(34, None), interval(None, 9), interval(1200, 1500), interval(None, None)
    ('31', '34 or more', 'up to 9', '1,200 to 1,500', 'no number')
    """
    if low is None and high is None:
        return "no number"
    if low is None or high is None:
        return f"up to {high:,g}" if low is None else f"{low:,g} or more"
    return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"
