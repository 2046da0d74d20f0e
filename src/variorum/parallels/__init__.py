"""Parallels: the same wording or the same utterance in two witnesses, with its direction and the reason for it.

Brings together what `variorum.reuse` and `variorum.renditions` found, and says of each which side has it from which,
and which sources are direct. Nothing is guessed: without a date, a credit, a quotation or a containment the direction
stays undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from variorum.credits import credited
from variorum.engine import Engine
from variorum.parallels.direction import Known, decide
from variorum.parallels.sources import direct_sources
from variorum.records import Binding, Parallel, Quote, Witness, rows, table
from variorum.rulings import Rulings

__all__ = ["Known", "knowledge", "once", "oriented", "run"]


def run(engine: Engine) -> None:
    """Reads ``reuse``, ``renditions``, ``alignments``, ``witnesses``, ``quotes``; writes ``parallels``.

    What people decided (``bindings``) goes before every reason.
    """
    reuse, renditions = (
        rows(Parallel, engine.get(name)) if engine.has(name) else [] for name in ("reuse", "renditions")
    )
    rulings = Rulings.of(rows(Binding, engine.get("bindings")) if engine.has("bindings") else [])
    aligned = rows(Parallel, engine.get("alignments")) if engine.has("alignments") else []
    found = [row for row in [*once(reuse, renditions), *aligned] if not rulings.dropped(row)]
    quotes = rows(Quote, engine.get("quotes")) if engine.has("quotes") else []
    known = knowledge(rows(Witness, engine.get("witnesses")), found, quotes, rulings)
    engine.put("parallels", table(Parallel, oriented(found, known)))


def knowledge(
    witnesses: Iterable[Witness],
    found: Sequence[Parallel],
    quotes: Iterable[Quote] = (),
    rulings: Rulings | None = None,
) -> Known:
    """What the reasons need: the witnesses, and the credits and quotes of those that share a passage."""
    by_name = {witness.witness: witness for witness in witnesses}
    sharing = {name for row in found for name in (row.a_witness, row.b_witness)}
    rulings = rulings or Rulings()
    known = Known(by_name, credited(by_name.values(), sharing, rulings.agencies), rulings=rulings)
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


def once(reuse: Iterable[Parallel], renditions: Iterable[Parallel]) -> list[Parallel]:
    """All rows but those that tell the same twice.

    Two versions of a speech are shown sentence by sentence: a row of close wording gives way to the renditions that
    make it up. Any other row of wording makes those renditions superfluous that lie in it for the most part.
    """
    told: dict[tuple[str, str], list[Parallel]] = {}
    for row in renditions:
        told.setdefault((row.a_witness, row.b_witness), []).append(row)
    kept = [row for row in reuse if not _made_up(row, told.get((row.a_witness, row.b_witness), ()))]
    wording: dict[tuple[str, str], list[Parallel]] = {}
    for row in kept:
        wording.setdefault((row.a_witness, row.b_witness), []).append(row)
    for pair, listed in told.items():
        kept += [row for row in listed if not any(_covers(other, row) for other in wording.get(pair, ()))]
    return kept


def _made_up(row: Parallel, renditions: Iterable[Parallel]) -> bool:
    """True when a row of close wording is made up, for more than half on both sides, of several renditions."""
    inside = [other for other in renditions if other.kind == "rendition" and _covers(row, other)]
    a = sum(min(row.a_end, other.a_end) - max(row.a_start, other.a_start) for other in inside)
    b = sum(min(row.b_end, other.b_end) - max(row.b_start, other.b_start) for other in inside)
    several = row.kind == "close" and len(inside) > 1
    return several and a * 2 > row.a_end - row.a_start and b * 2 > row.b_end - row.b_start


def _covers(row: Parallel, other: Parallel) -> bool:
    """True when the other row lies in this one, for more than half on both sides."""
    a = min(row.a_end, other.a_end) - max(row.a_start, other.a_start)
    b = min(row.b_end, other.b_end) - max(row.b_start, other.b_start)
    return a * 2 > other.a_end - other.a_start and b * 2 > other.b_end - other.b_start
