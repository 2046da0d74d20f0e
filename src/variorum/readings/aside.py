"""Side by side: sentences that tell one happening, where no rule can judge the difference."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.passages import Passage
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.records import Reading

__all__ = ["aside_rows"]

LINKED = 0.35
MOST = 40


def aside_rows(collation: Collation) -> Iterator[Row]:
    """One row for each event told by two witnesses, and for each linked pair that no event holds together."""
    for event in sorted(collation.told):
        group = collation.told[event]
        if len({p.witness for p in group}) > 1:
            label = collation.events[event].label if event in collation.events else ""
            yield _row("event", label, group[:MOST], 0.0)
    for a, b, link in collation.across(LINKED):
        if not collation.together(a, b):
            yield _row("linked", link.why, [a, b], link.score)


def _row(rule: str, scope: str, group: list[Passage], score: float) -> Row:
    readings = [_whole(p) for p in group]
    first = readings[0]
    other = next((r for r in readings if r.witness != first.witness), readings[-1])
    why = f"{cite(first)}, {cite(other)}: told side by side; no rule can judge how they stand."
    count = len({p.witness for p in group})
    return Row(rule, "account", scope, "unjudged", why, readings, "high", score / 2, count, group)


def _whole(passage: Passage) -> Reading:
    return reading(passage, passage.start, passage.end, "account")
