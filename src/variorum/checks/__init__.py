"""Checks: a witness against itself, its sums, subsets, durations, orders, weekdays, repeated figures, headline.

Every check is a small function from a witness's passages to rows that say what the words lead one to expect, what they
state, and why; none says which of the two is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from variorum.checks.accounts import age_checks, balance_checks, headline_checks, ratio_checks, total_checks
from variorum.checks.numbers import part_checks, repeat_checks, share_checks, sum_checks, whole_checks
from variorum.checks.times import calendar_checks, clock_checks, duration_checks, order_checks, weekday_checks
from variorum.engine import Engine
from variorum.records import Check, Structure, Time, table
from variorum.sentences import Passage, passages, read

__all__ = ["run"]

CHECKS: tuple[Callable[[Sequence[Passage]], Iterator[Check]], ...] = (
    sum_checks, part_checks, share_checks, repeat_checks, whole_checks, order_checks, balance_checks, total_checks,
    ratio_checks,
)  # fmt: skip


def run(engine: Engine) -> None:
    """Writes ``checks``; tables that are lacking count as empty. Linear in the rows of a witness, but for sums."""
    by_witness: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages(engine):
        by_witness[passage.witness].append(passage)
    times: dict[str, list[Time]] = defaultdict(list)
    for time in read(engine, Time):
        times[time.witness].append(time)
    headings: dict[str, list[Structure]] = defaultdict(list)
    for part in read(engine, Structure):
        if part.kind == "heading":
            headings[part.witness].append(part)
    found: list[Check] = []
    for witness, items in by_witness.items():
        for check in CHECKS:
            found += check(items)
        found += weekday_checks(items, times[witness])
        found += calendar_checks(times[witness])
        found += duration_checks(items, times[witness])
        found += clock_checks(items, times[witness])
        found += age_checks(items, times[witness])
        found += headline_checks(items, headings[witness])
    engine.put("checks", table(Check, found))
