"""Silences: an event told by others that a witness leaves out although it tells the days before and after it.

Scope cannot prove a silence (trials: near chance), so the rule is narrow: an event of two or more lineages, or with
dead, on a day that lies between days that the silent witness tells, near in time and with a place or name that it
mentions. Short texts and texts with few dates have no scope, hence no silences. The matrix of events and witnesses is
drawn from ``tells``; these rows are only the sentences that can be said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from variorum.dates import Days, in_words, interval
from variorum.engine import Engine
from variorum.lists import toml
from variorum.records import Event, Silence, Tells, Witness, table
from variorum.sentences import Passage, passages, read

__all__ = ["run"]

_SET = toml("silences")["thresholds"]
LEAST_DATED: int = _SET["least_dated"]
MOST_EVENTS: int = _SET["most_events"]
NEAR_DAYS: float = _SET["near_days"]


@dataclass(slots=True)
class _Scope:
    """What a witness covers: the days it tells, sorted, and the places and words it names."""

    days: list[float] = field(default_factory=list)
    dated: int = 0
    places: set[str] = field(default_factory=set)


def run(engine: Engine) -> None:
    """Writes ``silences``; rows only for events with a day, and witnesses with enough dated sentences."""
    items = passages(engine)
    engine.put("silences", table(Silence, _silences(engine, items)))


def _silences(engine: Engine, items: list[Passage]) -> Iterator[Silence]:
    scopes = _scopes(items)
    at = {c.claim: p for p in items for c in p.claims}
    tellers: dict[str, set[str]] = defaultdict(set)
    dead: set[str] = set()
    for row in read(engine, Tells):
        if passage := at.get(row.claim):
            tellers[row.event].add(passage.witness)
            if any(f.role == "killed" for f in passage.figures):
                dead.add(row.event)
    names = [w.witness for w in read(engine, Witness)] or sorted(scopes)
    told = [e for e in read(engine, Event) if _told_well(e, e.event in dead)]
    for event in sorted(told, key=lambda e: (-e.lineages, e.event not in dead, e.event))[:MOST_EVENTS]:
        when = interval(event.date)
        if when is None:
            continue
        for witness in names:
            scope = scopes.get(witness)
            if scope and witness not in tellers[event.event] and (reason := _expected(scope, when, event)):
                yield Silence(event.event, witness, f"{_told(event, event.event in dead)}; {reason}")


def _told_well(event: Event, dead: bool) -> bool:
    """An act or a sum of acts with a day, told by two lineages, or by one with a number of dead."""
    when = interval(event.date)
    return when is not None and when.length <= 3 and (event.lineages > 1 or dead) and event.kind in ("act", "sum")


def _scopes(items: list[Passage]) -> dict[str, _Scope]:
    found: dict[str, _Scope] = defaultdict(_Scope)
    for passage in items:
        scope = found[passage.witness]
        scope.places.update(p.name for p in passage.places)
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
    if event.places and not shared:
        return None
    place = f" and names {shared[0]} elsewhere" if shared else ""
    before, after = round(when.first - earlier), round(later - when.after) + 1
    day = in_words(event.date)
    return f"this account tells a day {_number(before)} before {day} and one {_number(after)} after{place}"


def _number(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _told(event: Event, dead: bool) -> str:
    number = f"{event.lineages} independent accounts tell it" if event.lineages > 1 else "one account tells it"
    return number + (", with a number of dead" if dead else "")
