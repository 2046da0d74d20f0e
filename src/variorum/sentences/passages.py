"""Sentences as the steps compare them: with everything that is tied to them, read from the table ``sentences``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from variorum.dates import Days, interval
from variorum.engine import Engine
from variorum.errors import EngineError
from variorum.languages import offers
from variorum.records import TABLES, Claim, Figure, Place, Quote, Row, Tied, Time, rows

__all__ = ["Dated", "Passage", "passages", "read"]

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


GOVERNED = 0.8
"""What the date of a line that governs a sentence weighs beside a time in its own words."""
_CLOCK = re.compile(r"T(\d\d):(\d\d)")


def _clock(time: Time) -> int | None:
    """The minute of the day that a time tells without its day."""
    told = _CLOCK.search(time.value) if time.type == "TIME" and time.anchor else None
    return int(told[1]) * 60 + int(told[2]) if told else None


@dataclass(slots=True)
class Passage:
    """One sentence and what is tied to it; ``number`` is its place in the list of all passages."""

    number: int
    witness: str
    start: int
    end: int
    text: str
    paragraph: int
    words: Counter[str] = field(default_factory=Counter)
    times: list[Dated] = field(default_factory=list)
    borrowed: Dated | None = None
    figures: list[Figure] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    yearly: frozenset[str] = frozenset()
    lineages: frozenset[str] = frozenset()
    published: str | None = None
    durations: list[Time] = field(default_factory=list)
    near: frozenset[str] = frozenset()

    @property
    def clock(self) -> list[Dated]:
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

    def at(self, witness: str, starts: Sequence[int]) -> list[S]:
        return [row for start in dict.fromkeys(starts) for row in self.rows[witness, start]] if starts else []


def passages(engine: Engine) -> list[Passage]:
    """All sentences of a collection, by witness and place, with what is tied to them. Linear in the rows.

    Accounts in a language that is not read have none. Raises `EngineError` where nothing is tied to them yet
    (`variorum.sentences.run`).
    """
    published = _read(engine)
    if engine.has("sentences") and "words" not in engine.get("sentences").column_names:
        raise EngineError("table sentences", "nothing is tied to its sentences yet", "run variorum.sentences first")
    tied = sorted((s for s in read(engine, Tied) if s.witness in published), key=lambda s: (s.witness, s.start))
    told = read(engine, Time)
    dated = _Known(t for t in told if t.type not in ("DURATION", "SET") and interval(t.edtf) is not None)
    lasting, figures = _Known(t for t in told if t.type == "DURATION"), _Known(read(engine, Figure))
    places, quotes = _Known(read(engine, Place)), _Known(read(engine, Quote))
    claims = {claim.claim: claim for claim in read(engine, Claim) if not claim.in_passing}
    found = []
    for number, s in enumerate(tied):
        passage = Passage(number, s.witness, s.start, s.end, s.text, s.paragraph, Counter(s.words))
        for time in dated.at(s.witness, s.times):
            own = s.start <= time.start < s.end
            passage.times.append(_dated(time, 1.0 if own else GOVERNED, "own" if own else "date line"))
        if s.borrowed is not None:
            passage.borrowed = _dated(dated.at(s.witness, [s.borrowed])[-1], s.weight, "before")
        passage.figures, passage.places = figures.at(s.witness, s.figures), places.at(s.witness, s.places)
        passage.quotes, passage.durations = quotes.at(s.witness, s.quotes), lasting.at(s.witness, s.durations)
        passage.claims = [claims[claim] for claim in s.claims if claim in claims]
        passage.yearly, passage.lineages, passage.near = frozenset(s.yearly), frozenset(s.lineages), frozenset(s.near)
        passage.published = published.get(s.witness)
        found.append(passage)
    return found


def _read(engine: Engine) -> dict[str, str | None]:
    """The witnesses in a language that is read, with their dates of publication; their texts stay where they are."""
    if not engine.has("witnesses"):
        return {}
    columns = (engine.get("witnesses")[name].to_pylist() for name in ("witness", "published", "language"))
    return {witness: day for witness, day, language in zip(*columns, strict=True) if offers(language, "sentences")}


def _dated(time: Time, weight: float, tie: str) -> Dated:
    days = interval(time.edtf)
    assert time.edtf is not None and days is not None, f"a time without a date is tied: {time}"
    return Dated(time.start, time.end, time.text, time.edtf, days, weight, time.value, _clock(time), tie)
