"""Stemma: who has what from whom, for each pair of witnesses; and lineages, passage by passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.credits import Credit, credited
from variorum.engine import Engine
from variorum.records import Actor, Binding, Parallel, Sentence, Shared, Stemma, Witness, rows, table
from variorum.rulings import Rulings
from variorum.stemma.common import Saying, common_sources, sayings
from variorum.stemma.edges import edges, lineages, strengthened

__all__ = ["edges", "lineages", "related", "run"]


def run(engine: Engine) -> None:
    """Reads ``parallels``, ``witnesses`` and what people decided (``bindings``); writes ``stemma`` and ``shared``.

    ``actors`` and ``sentences`` tell on whose word something is given; where they are lacking nothing is.
    """
    rulings = Rulings.of(rows(Binding, engine.get("bindings")) if engine.has("bindings") else [])
    parallels = [row for row in rows(Parallel, engine.get("parallels")) if not row.across]
    witnesses = rows(Witness, engine.get("witnesses"))
    sharing = {name for row in parallels for name in (row.a_witness, row.b_witness)}
    credits = credited(witnesses, sharing, rulings.agencies)
    actors = rows(Actor, engine.get("actors")) if engine.has("actors") else []
    sentences = rows(Sentence, engine.get("sentences")) if engine.has("sentences") else []
    made = related(parallels, witnesses, credits, rulings, sayings(actors, sentences))
    engine.put("stemma", table(Stemma, made))
    engine.put("shared", table(Shared, lineages(parallels)))


def related(
    parallels: Sequence[Parallel],
    witnesses: Sequence[Witness],
    credits: Mapping[str, Sequence[Credit]],
    rulings: Rulings | None = None,
    said: Mapping[str, Sequence[Saying]] | None = None,
) -> list[Stemma]:
    """All edges: who has it from whom, who shares a source, each with its strength."""
    common = common_sources(parallels, witnesses, credits, said)
    return strengthened([*edges(parallels, credits, rulings, common), *common], parallels, witnesses)
