"""The one happening that a collection is about: all figures of one role stand in one row across all witnesses.

A collection has a main event when more than two in five of its dated sentences lie within two days of its commonest
day. The row is the toll's history: who said how many, as of when.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from variorum.dates import Days
from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.figures import counted_row, vague
from variorum.readings.judge import Row
from variorum.readings.scope import Counted

__all__ = ["MAIN", "main_day", "main_event_rows"]

_SET = toml("readings")["main_event"]
SHARE: float = _SET["share"]
AROUND: float = _SET["around"]
MOST: int = _SET["most"]
FAR: float = _SET["far"]
MAIN = "main event"
"""The scope of its rows."""


def main_day(collation: Collation) -> Days | None:
    """The commonest day with two days to each side, when more than 40 % of the dated sentences lie there."""
    told = sorted(t.days.first // 1 for p in collation.items for t in p.times[:1] if t.days.length <= 3)
    if len(told) < 10:
        return None
    best = max(told, key=lambda d: (_within(told, d - AROUND, d + AROUND + 1), -d))
    window = Days(best - AROUND, best + AROUND + 1)
    return window if _within(told, *window) > SHARE * len(told) else None


def _within(told: Sequence[float], first: float, after: float) -> int:
    return bisect_left(told, after) - bisect_left(told, first)


def main_event_rows(collation: Collation, figures: Sequence[Counted]) -> Iterator[Row]:
    """One row for each role of people, of figures that are undated or of the main days; rows of two witnesses at least.

    The verdict is that of the largest figure of each witness, which is its toll; smaller ones may be parts of it.
    """
    window = main_day(collation)
    if window is None:
        return
    grouped: dict[str, list[Counted]] = defaultdict(list)
    for f in figures:
        if not f.loose and f.kind == "people" and f.level == "total" and _here(f, window):
            for role in f.roles:
                grouped[role].append(f)
    for _, group in sorted(grouped.items()):
        tolls = _tolls(group)
        row = counted_row("main event", tolls) if len(tolls) > 1 else None
        if row is not None:
            row.readings = [r for f in group[:MOST] for r in f.readings()]
            row.passages = [f.passage for f in group[:MOST]]
            row.scope = ", ".join(x for x in (MAIN, row.scope) if x)
            yield row


def _tolls(group: Sequence[Counted]) -> list[Counted]:
    """The largest figure of each witness, but plurals without a number ("millions") far above all that is counted."""
    counted = max((f.amount.low for f in group if not vague(f)), default=math.inf)
    best: dict[str, Counted] = {}
    for f in group:
        held = best.get(f.passage.witness)
        wild = vague(f) and f.amount.low > FAR * counted
        if not wild and (held is None or f.amount.middle > held.amount.middle):
            best[f.passage.witness] = f
    return [best[w] for w in sorted(best)][:MOST]


def _here(f: Counted, window: Days) -> bool:
    if f.when is not None:
        return f.when.meets(window) and f.when.length < 100
    return f.context is None or f.context.gap(window) < 30
