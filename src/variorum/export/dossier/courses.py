"""Figures over time: each toll of a dossier by the day up to which it counts, with who counted and who printed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyarrow as pa

from variorum import records as r
from variorum.citing import clean
from variorum.dates import in_words, order
from variorum.export.dossier.asked import interval
from variorum.export.dossier.model import (
    MOST_ROWS,
    Bar,
    Block,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    left_out,
    runs,
)
from variorum.export.dossier.notes import Notes
from variorum.export.questions import attribute, counted, records

__all__ = ["courses"]

Key = tuple[str | None, float | None, float | None, str | None]
MOST_BARS = 12
"""Bars of a picture; more are not drawn, since the table says it better."""


def courses(tables: Mapping[str, pa.Table], notes: Notes) -> Iterator[Block]:
    """The tolls that were given as of two days or more and are not all one number; nothing where there is none.

    >>> list(courses({}, Notes({}, "chicago")))
    []
    """
    topics: dict[str, list[r.Toll]] = defaultdict(list)
    for toll in records(tables, r.Toll):
        if toll.witness in notes.known:
            topics[toll.topic].append(toll)
    kept = [rows for rows in topics.values() if _moves(rows)]
    if not kept:
        return
    yield Heading("Figures over time")
    lead = "Each figure by the day up to which it counts: the day that is told with it, else the day of the account. "
    yield Paragraph(runs(f"{lead}{counted(len(kept), 'toll')}."), keep=True)
    for rows in kept[:MOST_ROWS]:
        yield from _course(rows, notes)
    yield from left_out(len(kept), MOST_ROWS, "toll")


def _moves(rows: list[r.Toll]) -> bool:
    days = {row.as_of for row in rows if row.as_of}
    return len(days) > 1 and len({(row.low, row.high) for row in rows}) > 1


def _course(rows: list[r.Toll], notes: Notes) -> Iterator[Block]:
    head = rows[0]
    place = head.label.removeprefix(head.role).lstrip(", ")
    yield Heading(f"{attribute(head.role)}: {clean(place)}".rstrip(": "), 2)
    if head.course:
        yield Paragraph(runs("They only grow with the day up to which they count: a course, no conflict."), keep=True)
    grouped: dict[Key, list[r.Toll]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (order(row.as_of), row.low or row.high or 0, row.position)):
        grouped[row.as_of, row.low, row.high, row.counted_by].append(row)
    listed = list(grouped.items())
    yield Table(
        ("As of", "Figure", "Counted by", "Printed by"),
        tuple(_row(key, held, notes) for key, held in listed[:MOST_ROWS]),
        (18, 30, 28, 24),
    )
    yield from left_out(len(listed), MOST_ROWS, "figure")
    bars = [Bar(_label(key, held, notes), key[1], key[2]) for key, held in listed]
    if len(bars) <= MOST_BARS:
        said = "; ".join(f"{bar.label}: {interval(bar.low, bar.high)}" for bar in bars)
        yield Figure(tuple(bars), f"{attribute(head.role)}, by the day up to which each counts. {said}.")


def _row(key: Key, held: list[r.Toll], notes: Notes) -> tuple[tuple[Run, ...], ...]:
    as_of, low, high, counted_by = key
    printed = list({row.witness: row for row in held}.values())
    sigla = ", ".join(notes.known[row.witness].siglum for row in printed)
    foot = notes.feet((row.witness, row.start, row.end) for row in printed)
    words = clean(held[0].text)
    figure = runs(Run(interval(low, high), "strong"), f"  “{words}”")
    return (
        runs(in_words(as_of, "short") if as_of else "not told"),
        figure,
        runs(counted_by or "not named"),
        runs(Run(sigla, "", foot)),
    )


def _label(key: Key, held: list[r.Toll], notes: Notes) -> str:
    day = in_words(key[0], "short") if key[0] else "no day"
    return f"{day} {', '.join(dict.fromkeys(notes.known[row.witness].siglum for row in held))}"
