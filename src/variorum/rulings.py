"""Rulings: what people decided of parallels, of edges and of what writers could have known, for the stemma to obey."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from variorum.records import Binding, Parallel

__all__ = ["Rulings"]

JOINS = ("must", "must not")
"""Kinds of bindings that bind events, and not the stemma."""
_TURNED = {"a to b": "b to a", "b to a": "a to b"}


@dataclass(slots=True)
class Rulings:
    """The bindings that concern the stemma, by the pair of witnesses that they are about.

    >>> told = Binding("a to b", "A", 0, 0, "B", 0, 0, None, "d1", "Anna")
    >>> row = Parallel("B", 5, 20, "", "A", 0, 15, "", "verbatim", 90.0)
    >>> Rulings.of([told]).way(row)
    ('b to a', 'Anna decided so')
    """

    pairs: dict[frozenset[str], list[Binding]] = field(default_factory=lambda: defaultdict(list))
    agencies: dict[str, str] = field(default_factory=dict)
    unknown: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, bindings: Iterable[Binding]) -> Rulings:
        """The rulings among all bindings."""
        made = cls()
        for one in bindings:
            if one.kind == "agency":
                made.agencies[one.a_witness] = one.source or ""
            elif one.kind == "not known":
                made.unknown[one.a_witness, one.b_witness] = one.by
            elif one.kind not in JOINS:
                made.pairs[frozenset((one.a_witness, one.b_witness))].append(one)
        return made

    def on(self, row: Parallel) -> Binding | None:
        """The ruling on a parallel: the one on its words before the one on the pair as a whole."""
        held = [b for b in self.pairs.get(frozenset((row.a_witness, row.b_witness)), ()) if _concerns(b, row)]
        return min(held, key=lambda b: (b.a_end == 0, b.decision), default=None)

    def dropped(self, row: Parallel) -> bool:
        """True when people say that it is no parallel."""
        one = self.on(row)
        return one is not None and one.kind == "none"

    def way(self, row: Parallel) -> tuple[str, str] | None:
        """The direction that people decided, with who did; None where nobody did."""
        one = self.on(row)
        if one is None or one.kind == "none":
            return None
        if one.kind == "common source":
            return "undecided", f"both have it from {one.source or 'a third'}, {one.by} decided"
        if one.kind == "unknown":
            return "undecided", f"{one.by} decided that it is unknown"
        turned = one.a_witness != row.a_witness
        return (_TURNED[one.kind] if turned else one.kind), f"{one.by} decided so"

    def barred(self, source: str, target: str) -> str | None:
        """Who says that the writer of ``target`` could not have known ``source``."""
        return self.unknown.get((source, target))

    def thirds(self, row: Parallel) -> list[tuple[str, str, str]]:
        """Source, target and reason of the edges from a third that people decided on."""
        one = self.on(row)
        if one is None or one.kind != "common source" or not one.source:
            return []
        return [(one.source, target, f"{one.by} decided so") for target in (row.a_witness, row.b_witness)]


def _concerns(one: Binding, row: Parallel) -> bool:
    if one.a_end == 0 and one.b_end == 0:
        return True
    a, b = (row.a_start, row.a_end), (row.b_start, row.b_end)
    if one.a_witness == row.b_witness and one.a_witness != row.a_witness:
        a, b = b, a
    return one.a_start < a[1] and a[0] < one.a_end and one.b_start < b[1] and b[0] < one.b_end
