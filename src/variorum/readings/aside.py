"""Side by side: sentences that tell one happening, and words taken over, where no rule can judge the difference."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.passages import Passage
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.records import Reading

__all__ = ["aside_rows", "same_words_rows"]

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


def same_words_rows(collation: Collation) -> Iterator[Row]:
    """Passages that two witnesses have in the same or nearly the same words say the same: they agree."""
    at: dict[str, list[Passage]] = {}
    for passage in collation.items:
        at.setdefault(passage.witness, []).append(passage)
    for p in collation.parallels:
        if p.kind not in ("verbatim", "close") or p.a_witness == p.b_witness:
            continue
        a = Reading(p.a_witness, p.a_start, p.a_end, p.a_text, "", None, "account", value=p.a_text)
        b = Reading(p.b_witness, p.b_start, p.b_end, p.b_text, "", None, "account", value=p.b_text)
        holders = [
            q for w, r in ((p.a_witness, a), (p.b_witness, b)) for q in at.get(w, []) if q.start <= r.start < q.end
        ]
        changed = _numbers(p.a_text) ^ _numbers(p.b_text)
        if changed:
            yield Row(
                "changed number", "other", "", "conflict" if p.kind == "verbatim" or p.score > 0.6 else "unjudged",
                f"{cite(a)}, {cite(b)}: the same words with other numbers ({', '.join(sorted(changed))}).", [a, b],
                "high", 0.5, 1, holders,
            )  # fmt: skip
        else:
            why = f"{cite(a)}, {cite(b)}: the same words{'' if p.kind == 'verbatim' else ', nearly'}."
            yield Row("same words", "account", "", "agree", why, [a, b], "high", 0.0, 1, holders)


def _numbers(text: str) -> set[str]:
    return {w.strip(".,").replace(",", "") for w in text.split() if w[:1].isdigit()}
