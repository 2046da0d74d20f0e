"""Stemma: who has what from whom, for each pair of witnesses; and lineages, passage by passage."""

from __future__ import annotations

from variorum.credits import credited
from variorum.engine import Engine
from variorum.records import Binding, Parallel, Shared, Stemma, Witness, rows, table
from variorum.rulings import Rulings
from variorum.stemma.edges import edges, lineages

__all__ = ["edges", "lineages", "run"]


def run(engine: Engine) -> None:
    """Reads ``parallels``, ``witnesses`` and what people decided (``bindings``); writes ``stemma`` and ``shared``."""
    rulings = Rulings.of(rows(Binding, engine.get("bindings")) if engine.has("bindings") else [])
    parallels = rows(Parallel, engine.get("parallels"))
    sharing = {name for row in parallels for name in (row.a_witness, row.b_witness)}
    credits = credited(rows(Witness, engine.get("witnesses")), sharing, rulings.agencies)
    engine.put("stemma", table(Stemma, edges(parallels, credits, rulings)))
    engine.put("shared", table(Shared, lineages(parallels)))
