"""The one happening that a story is about: all figures of one role stand in one row across all of its accounts.

A story has a main event when more than two in five of its dated sentences lie within two days of its commonest day, and
half of its accounts that tell days tell one of these. The row is the toll's history: who said how many, as of when.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from variorum.dates import Days
from variorum.lists import toml, words
from variorum.readings.collation import Collation
from variorum.readings.figures import counted_row, vague
from variorum.readings.judge import Row
from variorum.readings.kindred import supports
from variorum.readings.scope import Counted
from variorum.sentences import Passage
from variorum.verdicts import Standing

__all__ = ["MAIN", "Main", "main_event_rows", "main_of"]

_SET = toml("readings")["main_event"]
SHARE: float = _SET["share"]
AROUND: float = _SET["around"]
LEAST: int = _SET["least"]
TELLERS: float = _SET["tellers"]
SHORT: float = _SET["short"]
MOST: int = _SET["most"]
FAR: float = _SET["far"]
THINGS = frozenset(words("readings", "main_event", "things"))
MANY: int = _SET["many"]
SMALL: int = toml("readings")["chance"]["small"]
TOO_FAR: float = toml("readings")["chance"]["far"]
MAIN = "main event"
"""The scope of its rows."""


@dataclass(frozen=True, slots=True)
class Main:
    """The main event of a story: its day with those around it, and the days on which something else was counted."""

    window: Days
    others: frozenset[float] = frozenset()


def main_of(passages: Sequence[Passage]) -> Days | None:
    """The commonest day of a story with two days to each side; None where it has no main event."""
    told = [(p.witness, t.days.first // 1) for p in passages for t in p.times[:1] if t.days.length <= SHORT]
    if len(told) < LEAST:
        return None
    often = Counter(day for _, day in told)
    by = Counter(day for _, day in set(told))
    best = max(often, key=lambda d: (by[d], often[d], _within(often, Days(d - AROUND, d + AROUND + 1)), -d))
    window = Days(best - AROUND, best + AROUND + 1)
    tellers = {w for w, day in told if window.first <= day < window.after}
    enough = len(tellers) >= max(2.0, TELLERS * len({w for w, _ in told}))
    return window if enough and _within(often, window) > SHARE * len(told) else None


def _within(often: Counter[float], days: Days) -> int:
    return sum(n for day, n in often.items() if days.first <= day < days.after)


def _others(figures: Iterable[Counted], day: float) -> frozenset[float]:
    """The days beside the main one on which an account counts as well as on it: those of another happening."""
    counted: dict[str, set[float]] = defaultdict(set)
    for f in figures:
        if f.own and f.when is not None and f.when.length <= 1 and f.role in words("readings", "roles", "grows"):
            counted[f.passage.witness].add(f.when.first // 1)
    return frozenset(d for days in counted.values() if day in days for d in days) - {day}


def main_event_rows(collation: Collation, figures: Sequence[Counted]) -> Iterator[Row]:
    """One row for each story and role of people, of undated figures and those of the main days; two accounts at least.

    The verdict is that of the largest figure of each witness, which is its toll; smaller ones may be parts of it.
    """
    told: dict[str, list[Counted]] = defaultdict(list)
    for f in figures:
        told[collation.story_of[f.passage.number] if collation.story_of else ""].append(f)
    for story, passages in collation.stories().items():
        window = main_of(passages)
        if window is not None:
            main = Main(window, _others(told[story], window.first + AROUND))
            yield from _rows(collation, [f for f in told[story] if _here(f, main)])


def _rows(collation: Collation, figures: Iterable[Counted]) -> Iterator[Row]:
    grouped: dict[str, list[Counted]] = defaultdict(list)
    for f in figures:
        if not f.loose and (f.kind == "people" or f.role in THINGS) and f.level == "total":
            for role in f.roles:
                grouped[role].append(f)
    for _, group in sorted(grouped.items()):
        tolls = _tolls(group)
        row = counted_row("main event", tolls) if len(tolls) > 1 else None
        if row is not None:
            group = [f for f in group if _beside(f, tolls) and not _wild(f, group)]
            row.readings = [r for f in group[:MOST] for r in f.readings()]
            row.passages = [f.passage for f in group[:MOST]]
            row.scope = ", ".join(x for x in (MAIN, row.scope) if x)
            if row.verdict == Standing.CONFLICT and _doubtful(row, tolls):
                row.evidence["told of one"] = float(supports(collation, *row.pair)) if row.pair else 0.0
            yield row


def _doubtful(row: Row, tolls: Sequence[Counted]) -> bool:
    """True where one of the two numbers on which the verdict rests is small, or far from the other.

    What many accounts tell of is one toll, be it one of few or of many.
    """
    if len(tolls) >= MANY:
        return False
    held = [f.amount.middle for f in tolls if row.pair and any(f.passage is p for p in row.pair)]
    return min(held) < SMALL or max(held) > TOO_FAR * min(held)


def _beside(f: Counted, tolls: Sequence[Counted]) -> bool:
    """True where a figure is a toll or near one: far smaller ones are parts of it, or of another happening."""
    return f.amount.middle * TOO_FAR > min(toll.amount.middle for toll in tolls)


def _tolls(group: Sequence[Counted]) -> list[Counted]:
    """The largest figure of each witness, but for plurals far above all that is counted ("millions").

    Where others count several, an account that tells of one victim tells no toll.
    """
    best: dict[str, Counted] = {}
    for f in group:
        held = best.get(f.passage.witness)
        if not _wild(f, group) and (held is None or f.amount.middle > held.amount.middle):
            best[f.passage.witness] = f
    most = max((f.amount.middle for f in best.values()), default=0.0)
    return [best[w] for w in sorted(best) if best[w].amount.high != 1 or most < SMALL][:MOST]


def _wild(f: Counted, group: Iterable[Counted]) -> bool:
    """True for a plural far above all that is counted ("a toll of millions", of money)."""
    counted = max((x.amount.low for x in group if not vague(x)), default=math.inf)
    return vague(f) and f.amount.low > FAR * counted


def _here(f: Counted, main: Main) -> bool:
    if f.when is None:
        return f.context is None or f.context.gap(main.window) < 30
    if f.when.length <= 1 and f.when.first // 1 in main.others:
        return False
    return f.when.meets(main.window) and f.when.length < 100
