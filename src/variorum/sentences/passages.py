"""Sentences as the steps compare them: with everything that is tied to them, read from the table ``sentences``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import pyarrow as pa

from variorum.dates import Days, interval
from variorum.engine import Engine
from variorum.errors import EngineError
from variorum.languages import offers
from variorum.lists import toml
from variorum.records import TABLES, Claim, Figure, Place, Quote, Row, Story, Tied, Time, Witness, rows

__all__ = ["Dated", "Passage", "foreign", "passages", "passages_of", "read", "standing", "stories"]

R = TypeVar("R", bound=Row)
S = TypeVar("S", Time, Figure, Place, Quote)


@dataclass(frozen=True, slots=True)
class Dated:
    """A time at its place in a witness; ``weight`` is 1 for a sentence's own time, less for a borrowed one.

    ``clock`` is the minute of the day where the words tell only the clock and the day is inferred, else None. ``tie``
    is "own" for a time in the sentence's words, "date line" for the line that governs it, "before" for a borrowed one.
    """

    start: int
    end: int
    text: str
    edtf: str
    days: Days
    weight: float = 1.0
    value: str = ""
    clock: int | None = None
    tie: str = "own"


GOVERNED: float = toml("sentences")["tie"]["governed"]
AT_ONCE = 4096
"""Sentences that are Python objects of their rows at one time."""
_CLOCK = re.compile(r"T(\d\d):(\d\d)")


def _clock(time: Time) -> int | None:
    """The minute of the day that a time tells without its day."""
    told = _CLOCK.search(time.value) if time.type == "TIME" and time.anchor else None
    return int(told[1]) * 60 + int(told[2]) if told else None


@dataclass(slots=True)
class Passage:
    """One sentence and what is tied to it; ``number`` is its place in the list of all passages.

    ``kept`` is what was worked out of it (`variorum.sentences.once`).
    """

    number: int
    witness: str
    start: int
    end: int
    text: str
    paragraph: int
    words: Counter[str] = field(default_factory=Counter)
    times: Sequence[Dated] = ()
    borrowed: Dated | None = None
    figures: Sequence[Figure] = ()
    places: Sequence[Place] = ()
    quotes: Sequence[Quote] = ()
    claims: Sequence[Claim] = ()
    yearly: frozenset[str] = frozenset()
    lineages: frozenset[str] = frozenset()
    published: str | None = None
    durations: Sequence[Time] = ()
    near: frozenset[str] = frozenset()
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def clock(self) -> Sequence[Dated]:
        """The passage's own times, or the borrowed one, or nothing."""
        return self.times or ([self.borrowed] if self.borrowed else [])


def read(engine: Engine, kind: type[R]) -> list[R]:
    """The rows of a table, or an empty list when no step has written it."""
    return rows(kind, engine.get(kind.TABLE)) if kind.TABLE in TABLES and engine.has(kind.TABLE) else []


class _Known(Generic[S]):
    """The rows of a table by the place where they begin."""

    def __init__(self, listed: Iterable[S]) -> None:
        self.rows: dict[tuple[str, int], list[S]] = defaultdict(list)
        for row in listed:
            self.rows[row.witness, row.start].append(row)

    def at(self, witness: str, starts: Sequence[int]) -> Sequence[S]:
        return [row for start in dict.fromkeys(starts) for row in self.rows[witness, start]] if starts else ()


def passages(engine: Engine, passing: bool = False) -> list[Passage]:
    """All sentences of a collection, by witness and place, with what is tied to them. Linear in the rows.

    Claims told in passing are left out, unless ``passing`` is asked for. Accounts in a language that
    is not read have none. Raises `EngineError` where nothing is tied to them yet (`variorum.sentences.run`). They are
    more than all tables in memory: whoever asks lets go of them soon, or works on parts (`variorum.sentences.Part`).
    """
    found = passages_of({kind.TABLE: engine.get(kind.TABLE) for kind in _TIED if engine.has(kind.TABLE)})
    return found if passing else [standing(passage) for passage in found]


def foreign(engine: Engine, first: int) -> list[Passage]:
    """The sentences of the accounts that `passages` leaves out, in other languages; numbered from ``first`` on."""
    return passages_of({kind.TABLE: engine.get(kind.TABLE) for kind in _TIED if engine.has(kind.TABLE)}, False, first)


_TIED: tuple[type[Row], ...] = (Tied, Witness, Time, Figure, Place, Quote, Claim)


def standing(passage: Passage) -> Passage:
    """A passage without the claims that are told in passing."""
    p, claims = passage, [claim for claim in passage.claims if not claim.in_passing]
    return Passage(
        p.number, p.witness, p.start, p.end, p.text, p.paragraph, p.words, p.times, p.borrowed, p.figures, p.places,
        p.quotes, claims, p.yearly, p.lineages, p.published, p.durations, p.near,
    )  # fmt: skip


def passages_of(tables: Mapping[str, pa.Table], read: bool = True, first: int = 0) -> list[Passage]:
    """All sentences of some tables with all their claims: of accounts in a language that is read, or of the others."""
    known = _Tables(tables)
    published = _read(tables.get("witnesses"), read)
    found: list[Passage] = []
    for s in _sentences(tables.get("sentences")):
        if s.witness in published:
            found.append(known.passage(first + len(found), s))
            found[-1].published = published[s.witness]
    return found


def _sentences(data: pa.Table | None) -> Iterator[Tied]:
    """The rows of the sentences by witness and place, some at a time."""
    data = Tied.schema().empty_table() if data is None else data
    if "words" not in data.column_names:
        raise EngineError("table sentences", "nothing is tied to its sentences yet", "run variorum.sentences first")
    data = data.sort_by([("witness", "ascending"), ("start", "ascending")])
    for start in range(0, data.num_rows, AT_ONCE):
        yield from rows(Tied, data.slice(start, AT_ONCE))


class _Tables:
    """What may be tied to a sentence, by the place where it begins."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        def read(kind: type[R]) -> list[R]:
            return rows(kind, tables[kind.TABLE]) if kind.TABLE in tables else []

        told = read(Time)
        self.dated = _Known(t for t in told if t.type not in ("DURATION", "SET") and interval(t.edtf) is not None)
        self.lasting = _Known(t for t in told if t.type == "DURATION")
        self.figures, self.places = _Known(read(Figure)), _Known(read(Place))
        self.quotes = _Known(read(Quote))
        self.claims = {claim.claim: claim for claim in read(Claim)}

    def passage(self, number: int, s: Tied) -> Passage:
        """A sentence with what is tied to it."""
        passage = Passage(number, s.witness, s.start, s.end, s.text, s.paragraph, Counter(s.words))
        if s.times:
            passage.times = [self._own(time, s) for time in self.dated.at(s.witness, s.times)]
        if s.borrowed is not None:
            passage.borrowed = _dated(self.dated.at(s.witness, [s.borrowed])[-1], s.weight, "before")
        passage.figures, passage.places = self.figures.at(s.witness, s.figures), self.places.at(s.witness, s.places)
        passage.quotes, passage.durations = self.quotes.at(s.witness, s.quotes), self.lasting.at(s.witness, s.durations)
        if s.claims:
            passage.claims = [self.claims[claim] for claim in s.claims if claim in self.claims]
        passage.yearly, passage.lineages, passage.near = frozenset(s.yearly), frozenset(s.lineages), frozenset(s.near)
        return passage

    def _own(self, time: Time, s: Tied) -> Dated:
        return _dated(time, 1.0, "own") if s.start <= time.start < s.end else _dated(time, GOVERNED, "date line")


def _read(witnesses: pa.Table | None, wanted: bool = True) -> dict[str, str | None]:
    """The witnesses in a language that is read (or is not), with their dates of publication; their texts stay."""
    if witnesses is None:
        return {}
    columns = (witnesses[name].to_pylist() for name in ("witness", "published", "language"))
    return {
        witness: day for witness, day, language in zip(*columns, strict=True) if offers(language, "sentences") is wanted
    }


def _dated(time: Time, weight: float, tie: str) -> Dated:
    days = interval(time.edtf)
    assert time.edtf is not None and days is not None, f"a time without a date is tied: {time}"
    return Dated(time.start, time.end, time.text, time.edtf, days, weight, time.value, _clock(time), tie)


def stories(items: Iterable[Passage], listed: Iterable[Story]) -> list[str]:
    """The story of each passage; an account of which nothing is known is in a story with all such accounts.

    >>> told = [Passage(0, "A", 0, 9, "", 0), Passage(1, "A", 10, 19, "", 0), Passage(2, "B", 0, 9, "", 0)]
    >>> stories(told, [Story("s1", "A", 0, 9, "", 1.0), Story("s2", "A", 10, 19, "", 1.0)])
    ['s1', 's2', '']
    """
    starts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in listed:
        starts[row.witness].append((row.start, row.story))
    for parts in starts.values():
        parts.sort()
    found = []
    for passage in items:
        parts = starts.get(passage.witness, [])
        at = max(0, bisect_left(parts, (passage.start + 1, "")) - 1)
        found.append(parts[at][1] if parts else "")
    return found
