"""Checks: a witness against itself, its sums, subsets, durations, orders, weekdays, repeated figures, headline.

Every check is a small function from a witness's passages to rows that say what the words lead one to expect, what they
state, and why; none says which of the two is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa

from variorum.checks.accounts import age_checks, balance_checks, headline_checks, ratio_checks, total_checks
from variorum.checks.numbers import part_checks, repeat_checks, share_checks, sum_checks, whole_checks
from variorum.checks.times import calendar_checks, clock_checks, duration_checks, order_checks, weekday_checks
from variorum.engine import Engine
from variorum.records import Check, Row, Sentence, Structure, Tied, Time, rows, table
from variorum.sentences import Part, Passage, gathered, homes, nested, opened, parted

__all__ = ["checks_of", "run"]

CHECKS: tuple[Callable[[Sequence[Passage]], Iterator[Check]], ...] = (
    sum_checks, part_checks, share_checks, repeat_checks, whole_checks, order_checks, balance_checks, total_checks,
    ratio_checks,
)  # fmt: skip


MADE = pa.schema([("key", pa.string()), pa.field("checks", pa.list_(pa.struct(list(Check.schema()))))])
UNASKED = (*Sentence.schema().names, "weight", "claims", "quotes", "lineages")
TIES = tuple(name for name in Tied.schema().names if name not in UNASKED)
BESIDE: tuple[type[Row], ...] = (Time, Structure)


def run(engine: Engine) -> None:
    """Writes ``checks``, of each account by itself in any process; tables that are lacking count as empty.

    Linear in the rows of an account, but for sums.
    """
    home = homes(engine)
    home = home.set_column(home.column_names.index("part"), "part", home["witness"])
    beside = {
        f"all_{kind.TABLE}": engine.get(kind.TABLE) if engine.has(kind.TABLE) else kind.schema().empty_table()
        for kind in BESIDE
    }
    beside = {name: data.append_column("part", data["witness"]) for name, data in beside.items()}
    parted(engine, "checks_parts", home, TIES, beside)
    engine.map("checks_made", checks_of, "checks_parts", MADE, keyed=True)
    engine.put("checks", gathered(engine.get("checks_made")["checks"], Check.schema()))


def checks_of(batch: pa.Table) -> pa.Table:
    """The checks of some accounts: the function that engines map over them."""
    parts = list(opened(batch))
    made = [table(Check, list(_checks(part))) for part in parts]
    return pa.table([[part.key for part in parts], nested(made, Check.schema())], schema=MADE)


def _checks(part: Part) -> Iterator[Check]:
    items = part.passages()
    times = rows(Time, part.tables["all_times"])
    headings = [one for one in rows(Structure, part.tables["all_structure"]) if one.kind == "heading"]
    for check in CHECKS:
        yield from check(items)
    yield from weekday_checks(items, times)
    yield from calendar_checks(times)
    yield from duration_checks(items, times)
    yield from clock_checks(items, times)
    yield from age_checks(items, times)
    yield from headline_checks(items, headings)
