"""Stemma: for each parallel which side has it from which, and why; direct sources; lineages.

Nothing is guessed: without a date, a credit, a quotation or a containment the direction stays undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from variorum.config import Config
from variorum.engine import Engine
from variorum.records import Parallel, Quote, Shared, Stemma, Witness, rows, table
from variorum.stemma.credits import find_credits, plain_name
from variorum.stemma.direction import Known, decide
from variorum.stemma.edges import edges, lineages
from variorum.stemma.sources import direct_sources

__all__ = ["edges", "knowledge", "lineages", "once", "oriented", "run"]


def run(engine: Engine, config: Config) -> None:
    """Reads ``reuse``, ``renditions``, ``witnesses``, ``quotes``; writes ``parallels``, ``stemma`` and ``shared``."""
    reuse, renditions = (
        rows(Parallel, engine.get(name)) if engine.has(name) else [] for name in ("reuse", "renditions")
    )
    found = once(reuse, renditions)
    quotes = rows(Quote, engine.get("quotes")) if engine.has("quotes") else []
    known = knowledge(rows(Witness, engine.get("witnesses")), found, quotes)
    parallels = oriented(found, known)
    engine.put("parallels", table(Parallel, parallels))
    engine.put("stemma", table(Stemma, edges(parallels, known)))
    engine.put("shared", table(Shared, lineages(parallels)))


def knowledge(witnesses: Iterable[Witness], found: Sequence[Parallel], quotes: Iterable[Quote] = ()) -> Known:
    """What the reasons need: the witnesses, and the credits and quotes of those that share a passage."""
    by_name = {witness.witness: witness for witness in witnesses}
    publishers = {plain_name(witness.publisher): witness.publisher for witness in by_name.values() if witness.publisher}
    sharing = {name for row in found for name in (row.a_witness, row.b_witness)}
    credits = {name: find_credits(by_name[name].text, publishers) for name in sorted(sharing)}
    known = Known(by_name, {name: list_ for name, list_ in credits.items() if list_})
    for quote in quotes:
        known.quotes.setdefault(quote.witness, []).append(quote)
    return known


def oriented(found: Iterable[Parallel], known: Known) -> list[Parallel]:
    """The parallels with direction, reason and direct source, in a fixed order."""
    decided = []
    for row in found:
        direction, reason = decide(row, known)
        why = "; ".join(part for part in (row.why, reason) if part)
        decided.append(replace(row, direction=direction, why=why))
    decided.sort(key=lambda row: (row.a_witness, row.a_start, row.b_witness, row.b_start, row.a_end, row.b_end))
    return direct_sources(decided, known)


def once(reuse: Sequence[Parallel], renditions: Iterable[Parallel]) -> list[Parallel]:
    """All rows but those renditions that lie, on both sides, for the most part in a row of the same wording."""
    wording: dict[tuple[str, str], list[Parallel]] = {}
    for row in reuse:
        wording.setdefault((row.a_witness, row.b_witness), []).append(row)
    new = [
        row for row in renditions
        if not any(_covers(other, row) for other in wording.get((row.a_witness, row.b_witness), ()))
    ]  # fmt: skip
    return [*reuse, *new]


def _covers(row: Parallel, other: Parallel) -> bool:
    a = min(row.a_end, other.a_end) - max(row.a_start, other.a_start)
    b = min(row.b_end, other.b_end) - max(row.b_start, other.b_start)
    return a * 2 > other.a_end - other.a_start and b * 2 > other.b_end - other.b_start
