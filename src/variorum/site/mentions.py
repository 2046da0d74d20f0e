"""The layers of a witness's text: times, places, names, figures, quotations and claims, each with its small label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from variorum import records as r
from variorum.dates import in_words
from variorum.site.gathered import Gathered
from variorum.site.marking import Insert, Mark
from variorum.site.render import short
from variorum.site.safe import filled

__all__ = ["Layers"]

Labelled = tuple[int, int, str, str]


class Layers:
    """Every mention of every witness, read once."""

    def __init__(self, gathered: Gathered) -> None:
        self.g = gathered

    @cached_property
    def _mentions(self) -> dict[str, list[Labelled]]:
        found: dict[str, list[Labelled]] = defaultdict(list)
        for t in self.g.rows(r.Time):
            found[t.witness].append((t.start, t.end, "time", in_words(t.edtf, "short") if t.edtf else t.value))
        for p in self.g.rows(r.Place):
            found[p.witness].append(
                (
                    p.start,
                    p.end,
                    "place",
                    "" if p.name == p.text and p.precision == "point" else f"{p.name}, {p.precision}",
                )
            )
        for a in self.g.rows(r.Actor):
            found[a.witness].append((a.start, a.end, "name", a.referent if a.referent and a.referent != a.text else ""))
        for f in self.g.rows(r.Figure):
            found[f.witness].append((f.start, f.end, "fig", f"{_interval(f.low, f.high)} {f.role}".strip()))
        for q in self.g.rows(r.Quote):
            found[q.witness].append(
                (q.start, q.end, "quote", f"said by {q.speaker}" if q.speaker else "speaker not named")
            )
        for c in (c for c in self.g.claims.values() if not c.in_passing):
            found[c.witness].append((c.start, c.end, "claim", ""))
        for rows in found.values():
            rows.sort()
        return found

    def of(self, witness: str, start: int, end: int) -> tuple[list[Mark], list[Insert]]:
        """The marks and labels between two offsets."""
        inside = [m for m in self._mentions.get(witness, []) if m[0] < end and start < m[1]]
        return [Mark(a, b, f"m-{kind}") for a, b, kind, _ in inside], list(_tags(inside))


def _tags(mentions: Iterable[Labelled]) -> Iterable[Insert]:
    for _, end, kind, label in mentions:
        if label:
            yield Insert(end, 0, filled('<span class="tag t-{}">{}</span>', kind, short(label, 60)))


def _interval(low: float | None, high: float | None) -> str:
    """An interval as the margin prints it.

    >>> _interval(31, 31), _interval(34, None), _interval(None, 9), _interval(153, 187)
    ('31', '34 or more', 'up to 9', '153 to 187')
    """
    if low is not None and low == high:
        return f"{low:,.10g}"
    if low is None:
        return f"up to {high:,.10g}" if high is not None else ""
    return f"{low:,.10g} or more" if high is None else f"{low:,.10g} to {high:,.10g}"
