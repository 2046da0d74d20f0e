"""Comparisons across two claims that people parted: what is not the same happening is not set against each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from variorum.records import Binding, Reading, Verdict
from variorum.review.standing import Court

__all__ = ["apart"]


def apart(
    verdicts: Sequence[Verdict], readings: Iterable[Reading], bindings: Iterable[Binding], court: Court
) -> list[Verdict]:
    """The verdicts, with those between two claims that are not the same happening among the less sure, unjudged.

    Only a comparison of these two alone is changed: one with further readings stands by those. What a person said of
    the comparison itself goes before.
    """
    bars = [one for one in bindings if one.kind == "must not" and not one.whole]
    if not bars:
        return list(verdicts)
    known = {r.reading: r for r in readings}
    judged = {
        row
        for decision, places in court.rows.items()
        if court.states.get(decision) in ("obeyed", "beside")
        for table, row in places
        if table == "verdicts"
    }
    return [
        row
        if row.verdict_id in judged
        else _parted(row, [known[name] for name in row.readings if name in known], bars, court)
        for row in verdicts
    ]


def _parted(row: Verdict, read: Sequence[Reading], bars: Iterable[Binding], court: Court) -> Verdict:
    for one in bars:
        a = [r for r in read if _within(r, one.a_witness, one.a_start, one.a_end)]
        b = [r for r in read if _within(r, one.b_witness, one.b_start, one.b_end)]
        if a and b and len(a) + len(b) == len(read):
            court.on(one.decision, "verdicts", row.verdict_id)
            why = f"{one.by} decided: not the same happening (the rule: {row.verdict}, {row.why})"
            return replace(row, verdict="unjudged", by_rule=row.verdict, sure="low", why=why)
    return row


def _within(row: Reading, witness: str, start: int, end: int) -> bool:
    return row.witness == witness and row.start < end and start < row.end
