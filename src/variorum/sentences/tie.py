"""Ties everything that is known to the sentence in which it stands.

A sentence without a time borrows the last one of its paragraph at weight 1/2, of the paragraph before at 1/4, and
nothing from farther away (measured in the method notes of this step). Below a date line it has that line's date, whose
offset then lies outside the sentence; where none of its claims happened on it ("had been killed") it only borrows it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from variorum.dates import interval
from variorum.engine import Engine
from variorum.governing import Governing
from variorum.lists import toml
from variorum.records import Claim, Figure, Name, Place, Quote, Row, Sentence, Shared, Structure, Tied, Time, Witness
from variorum.sentences.passages import read
from variorum.sentences.words import content, stem

__all__ = ["tied"]

_SET = toml("sentences")["tie"]
APPOSED: int = _SET["apposed"]
HERE: float = _SET["here"]
BEFORE: float = _SET["before"]


@dataclass(slots=True)
class _Open:
    """A sentence while things are tied to it."""

    row: Sentence
    words: list[str] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    durations: list[Time] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    quotes: list[int] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    yearly: set[str] = field(default_factory=set)
    lineages: set[str] = field(default_factory=set)
    near: frozenset[str] = frozenset()
    borrowed: tuple[int | None, float] = (None, 1.0)

    def closed(self) -> Tied:
        """The sentence as a row."""
        s = self.row
        return Tied(
            s.witness, s.start, s.end, s.text, s.sentence, s.paragraph, self.words, [t.start for t in self.times],
            *self.borrowed, [t.start for t in self.durations], self.figures, self.places,
            self.quotes, self.claims, sorted(self.yearly), sorted(self.near), sorted(self.lineages),
        )  # fmt: skip


def tied(engine: Engine) -> list[Tied]:
    """The sentences of all witnesses, each with what stands in it, by witness and place. Linear in the rows."""
    listed = sorted(read(engine, Sentence), key=lambda s: (s.witness, s.start))
    found = [_Open(row) for row in listed]
    places = _Places(found)
    _tie_times(engine, places)
    for one in found:
        one.times = _refined(one.times)
    _tie_mentions(engine, places)
    _tie_stretches(engine, places)
    _words(found, read(engine, Name))
    _govern(engine, found)
    _borrow(found, dict(_columns(engine, Witness, "witness", "published")))
    return [one.closed() for one in found]


class _Places:
    """Finds the sentence that holds an offset of a witness."""

    def __init__(self, found: Sequence[_Open]) -> None:
        self.starts: dict[str, list[int]] = defaultdict(list)
        self.items: dict[str, list[_Open]] = defaultdict(list)
        for one in found:
            self.starts[one.row.witness].append(one.row.start)
            self.items[one.row.witness].append(one)

    def at(self, witness: str, offset: int) -> _Open | None:
        index = bisect_right(self.starts.get(witness, []), offset) - 1
        if index < 0:
            return None
        one = self.items[witness][index]
        return one if offset < one.row.end else None

    def across(self, witness: str, start: int, end: int) -> Iterable[_Open]:
        """Every sentence that the span touches."""
        index = max(0, bisect_right(self.starts.get(witness, []), start) - 1)
        for one in self.items.get(witness, [])[index:]:
            if one.row.start >= end:
                return
            if one.row.end > start:
                yield one


def _tie_times(engine: Engine, places: _Places) -> None:
    for time in read(engine, Time):
        one = places.at(time.witness, time.start)
        if one is None or time.type == "SET" or time.passing:
            continue
        if time.type == "DURATION":
            one.durations.append(time)
        elif interval(time.edtf) is not None:
            one.times.append(time)
        elif time.value.startswith("XXXX-") and len(time.value) == 10:
            one.yearly.add(time.value[5:])


def _refined(times: list[Time]) -> list[Time]:
    """The times of a sentence without those that the next one makes exact: "early that autumn, on 12 October 1998"."""
    if len(times) < 2:
        return times
    kept = []
    for time, after in zip(times, [*times[1:], None], strict=True):
        wide, fine = interval(time.edtf), interval(after.edtf) if after else None
        exact = after is not None and after.start - time.end <= APPOSED and wide and fine and fine.inside(wide)
        if not exact or wide == fine:
            kept.append(time)
    return kept


def _columns(engine: Engine, kind: type[Row], *names: str) -> Iterator[tuple[Any, ...]]:
    """Some columns of a table, row by row; nothing where the table is not there."""
    if not engine.has(kind.TABLE):
        return iter(())
    data = engine.get(kind.TABLE)
    return zip(*(data[name].to_pylist() for name in names), strict=True)


def _tie_mentions(engine: Engine, places: _Places) -> None:
    for witness, start in _columns(engine, Figure, "witness", "start"):
        if one := places.at(witness, start):
            one.figures.append(start)
    for witness, start, name, metonym, kind in _columns(engine, Place, "witness", "start", "name", "metonym", "kind"):
        if one := places.at(witness, start):
            one.places.append(start)
            if not metonym and kind != "country":
                one.named.add(name)
    for witness, start, claim in _columns(engine, Claim, "witness", "start", "claim"):
        if one := places.at(witness, start):
            one.claims.append(claim)


def _tie_stretches(engine: Engine, places: _Places) -> None:
    """Ties quotes to all sentences that they touch, lineages to those of which they hold half."""
    for witness, start, end in _columns(engine, Quote, "witness", "start", "end"):
        for one in places.across(witness, start, end):
            one.quotes.append(start)
    for part in read(engine, Shared):
        for one in places.across(part.witness, part.start, part.end):
            start, end = one.row.start, one.row.end
            if 2 * (min(end, part.end) - max(start, part.start)) >= end - start:
                one.lineages.add(part.lineage)


def _words(found: Sequence[_Open], names: Sequence[Name]) -> None:
    """The content words of every sentence, with the one-word spellings of one referent taken as one word."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if name.form.isalpha():
            forms[name.referent][stem(name.form)] += name.count
    same: dict[str, str] = {}
    for counted in forms.values():
        first = min(counted, key=lambda f: (-counted[f], f))
        for form in counted:
            if form != first and form not in forms and form[:1] == first[:1]:
                same[form] = first
    for one in found:
        one.words = [same.get(word, word) for word in content(one.row.text)]


def _govern(engine: Engine, found: Sequence[_Open]) -> None:
    """Ties the date of the line that governs it to each sentence without a time of its own."""
    governing = _lines(engine)
    dates: dict[str, str | None] = dict(_columns(engine, Claim, "claim", "date")) if governing else {}
    for one in found:
        lines = governing.get(one.row.witness) if not one.times else None
        governor = lines.at(one.row.start) if lines else None
        if governor is None or interval(governor.date) is None:
            continue
        if not one.claims or any(dates[claim] == governor.date for claim in one.claims):
            one.times.append(governor.time)
        else:
            one.borrowed = (governor.time.start, HERE)


def _lines(engine: Engine) -> dict[str, Governing]:
    """The date lines of each account that has any."""
    lines: dict[str, list[Structure]] = defaultdict(list)
    for part in read(engine, Structure):
        if part.kind == "date":
            lines[part.witness].append(part)
    times: dict[str, list[Time]] = defaultdict(list)
    for time in read(engine, Time) if lines else ():
        if time.witness in lines:
            times[time.witness].append(time)
    return {witness: Governing(listed, times[witness]) for witness, listed in lines.items()}


def _today(time: Time, published: str | None) -> bool:
    """The day of publication, told as "today" or by its weekday: no sentence after it happened on it for that."""
    return time.edtf == published and not any(c.isdigit() for c in time.text)


def _borrow(found: Sequence[_Open], published: Mapping[str, str | None]) -> None:
    """Gives sentences without times the last one told, and those without places the ones told last in the paragraph."""
    for before, one in pairwise(found):
        named = frozenset(before.named)
        if (before.row.witness, before.row.paragraph) == (one.row.witness, one.row.paragraph):
            one.near = named or before.near
    last: Time | None = None
    at: tuple[str, int] = ("", 0)
    for one in found:
        here = (one.row.witness, one.row.paragraph)
        if here[0] != at[0]:
            last = None
        if last is not None and not one.times and one.borrowed[0] is None and here[1] - at[1] <= 1:
            one.borrowed = (last.start, HERE if here[1] == at[1] else BEFORE)
        if one.times and one.times[-1].start >= one.row.start and not _today(one.times[-1], published.get(here[0])):
            last, at = one.times[-1], here
        elif here[0] != at[0]:
            at = here
