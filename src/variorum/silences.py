"""Silences: an event told by others that a witness leaves out although it tells the days before and after it.

Scope cannot prove a silence (trials: near chance), so the rule is narrow: an event that nobody doubts, of three or more
lineages, or of two with dead, on a day that lies between days that the silent witness tells, near in time and with a
place that it names. It must be a whole happening that is left out: no link leads from the witness to the event, and no
sentence of it shares two of the words that the tellers have in common. It must have been written after the event. The
matrix of events and witnesses is drawn from ``tells``; these rows are only the sentences that can be said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from variorum.dates import Days, in_words, interval
from variorum.engine import Engine
from variorum.lists import toml
from variorum.records import Claim, Event, Figure, Link, Place, Row, Silence, Tells, Tied, Time, Witness, table
from variorum.sentences import Passage, passages_of, read, tied_to, words_of

__all__ = ["run"]

ASKED: tuple[type[Row], ...] = (Tied, Witness, Time, Figure, Place)
"""What is asked of sentences: no claims, which are most of their memory."""

_SET = toml("silences")["thresholds"]
LEAST_DATED: int = _SET["least_dated"]
MOST_EVENTS: int = _SET["most_events"]
NEAR_DAYS: float = _SET["near_days"]
LEAST_LINEAGES: int = _SET["least_lineages"]
LEAST_WITH_DEAD: int = _SET["least_with_dead"]
ALIKE: int = _SET["alike"]


@dataclass(slots=True)
class _Scope:
    """What a witness covers: the days it tells, sorted, and the places and words it names."""

    days: list[float] = field(default_factory=list)
    dated: int = 0
    places: set[str] = field(default_factory=set)


def run(engine: Engine) -> None:
    """Writes ``silences``; rows only for events with a day, and witnesses with enough dated sentences."""
    tables = {kind.TABLE: engine.get(kind.TABLE) for kind in ASKED if engine.has(kind.TABLE)}
    engine.put("silences", table(Silence, _silences(engine, passages_of(tables))))


def _silences(engine: Engine, items: list[Passage]) -> Iterator[Silence]:
    links, tells = read(engine, Link), read(engine, Tells)
    scopes = _scopes(items)
    at = _tellers(engine, items, {row.claim for row in tells}.union(*((x.claim_a, x.claim_b) for x in links)))
    passages_of: dict[str, dict[int, Passage]] = defaultdict(dict)
    for row in tells:
        if passage := at.get(row.claim):
            passages_of[row.event][passage.number] = passage
    dead = {e for e, held in passages_of.items() if any(f.role == "killed" for p in held.values() for f in p.figures)}
    written = {w.witness: interval(w.published) for w in read(engine, Witness)}
    told = [e for e in read(engine, Event) if _told_well(e, e.event in dead)]
    told = sorted(told, key=lambda e: (-e.lineages, e.event not in dead, e.event))[:MOST_EVENTS]
    words = {word for event in told for passage in passages_of[event.event].values() for word in passage.words}
    known = _Known(items, at, links, words)
    for event in told:
        when = interval(event.date)
        if when is None:
            continue
        telling = known.of(list(passages_of[event.event].values()))
        for witness in sorted(scopes):
            if witness in telling or _before(written.get(witness), when):
                continue
            if reason := _expected(scopes[witness], when, event):
                yield Silence(event.event, witness, f"{_told(event, event.event in dead)}; {reason}")


def _tellers(engine: Engine, items: list[Passage], asked: set[str]) -> dict[str, Passage]:
    """The sentence of each claim that is asked for and stands for itself."""
    found = {(p.witness, p.start): p for p in items}
    claims = engine.get("claims") if engine.has("claims") else Claim.schema().empty_table()
    ids = pa.array(sorted(asked), pa.string())
    claims = claims.filter(pc.is_in(claims["claim"], ids))
    standing = claims.filter(pc.not_equal(claims["type"], Claim.PASSING))["claim"]
    told = tied_to(engine.get("sentences"), "claims")
    told = told.filter(pc.is_in(told["item"], standing.combine_chunks()))
    columns = (told[name].to_pylist() for name in ("witness", "start", "item"))
    return {c: found[w, s] for w, s, c in zip(*columns, strict=True) if (w, s) in found}


def _told_well(event: Event, dead: bool) -> bool:
    """An act with a day that nobody doubts, told by several lineages."""
    when = interval(event.date)
    enough = event.lineages >= (LEAST_WITH_DEAD if dead else LEAST_LINEAGES)
    return when is not None and when.length <= 3 and enough and event.kind in ("act", "sum") and not event.doubt


def _before(written: Days | None, when: Days) -> bool:
    """True when an account was written before the event: it could not tell it."""
    return written is not None and written.after <= when.first


def _places(passage: Passage) -> set[str]:
    """The words of its places: many happenings have one place."""
    return {word for place in passage.places for word in words_of(place.text)}


class _Known:
    """Which accounts tell an event, or something so like it that a silence would be a guess."""

    def __init__(self, items: list[Passage], at: dict[str, Passage], links: list[Link], asked: set[str]) -> None:
        self._holding: dict[str, list[Passage]] = defaultdict(list)
        for passage in items:
            for word in passage.words.keys() & asked:
                self._holding[word].append(passage)
        self._linked: dict[int, set[str]] = defaultdict(set)
        for link in links:
            a, b = at.get(link.claim_a), at.get(link.claim_b)
            if a is not None and b is not None:
                self._linked[a.number].add(b.witness)
                self._linked[b.number].add(a.witness)

    def of(self, passages: list[Passage]) -> set[str]:
        """The tellers, those linked to them, and those with a sentence that shares two words of two tellers."""
        found = {p.witness for p in passages}
        for passage in passages:
            found |= self._linked[passage.number]
        tellers: dict[str, set[str]] = defaultdict(set)
        for passage in passages:
            for word in passage.words.keys() - _places(passage):
                tellers[word].add(passage.witness)
        shared: Counter[int] = Counter()
        witness: dict[int, str] = {}
        for word in (w for w, by in tellers.items() if len(by) > 1):
            for passage in self._holding[word]:
                shared[passage.number] += 1
                witness[passage.number] = passage.witness
        return found | {witness[n] for n, count in shared.items() if count >= ALIKE}


def _scopes(items: list[Passage]) -> dict[str, _Scope]:
    found: dict[str, _Scope] = defaultdict(_Scope)
    for passage in items:
        scope = found[passage.witness]
        scope.places.update(p.name for p in passage.places if p.kind not in ("country", "continent"))
        for time in passage.times:
            if time.days.length <= 3:
                scope.days.append(time.days.first)
        scope.dated += bool(passage.times)
    for scope in found.values():
        scope.days.sort()
    return dict(found)


def _expected(scope: _Scope, when: Days, event: Event) -> str | None:
    """Why the event was to be expected there, or None."""
    if scope.dated < LEAST_DATED:
        return None
    index = bisect_left(scope.days, when.first)
    earlier = scope.days[index - 1] if index else None
    later = next((d for d in scope.days[index : index + 200] if d >= when.after), None)
    if earlier is None or later is None or when.first - earlier > NEAR_DAYS or later - when.after > NEAR_DAYS:
        return None
    shared = [p for p in event.places if p in scope.places]
    if not shared:
        return None
    place = f" and names {shared[0]} elsewhere"
    before, after = round(when.first - earlier), round(later - when.after) + 1
    day = in_words(event.date)
    return f"this account tells a day {_number(before)} before {day} and one {_number(after)} after{place}"


def _number(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _told(event: Event, dead: bool) -> str:
    return f"{event.lineages} independent accounts tell it" + (", with a number of dead" if dead else "")
