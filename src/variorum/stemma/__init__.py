"""Stemma: who has what from whom, for each pair of witnesses; and lineages, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from variorum.credits import Credit, credited, plain_name
from variorum.engine import Engine
from variorum.lists import toml
from variorum.records import Actor, Agency, Binding, Parallel, Sentence, Shared, Stemma, Witness, rows, table
from variorum.rulings import Rulings
from variorum.stemma.common import Saying, common_sources, sayings
from variorum.stemma.edges import edges, lineages, strengthened

__all__ = ["agencies", "edges", "lineages", "related", "run"]


def run(engine: Engine) -> None:
    """Reads ``parallels``, ``witnesses`` and what people decided (``bindings``); writes ``stemma``, ``shared`` and
    ``agencies``.

    ``actors`` and ``sentences`` tell on whose word something is given; where they are lacking nothing is.
    """
    rulings = Rulings.of(rows(Binding, engine.get("bindings")) if engine.has("bindings") else [])
    parallels = [row for row in rows(Parallel, engine.get("parallels")) if not row.across]
    witnesses = rows(Witness, engine.get("witnesses"))
    sharing = {name for row in parallels for name in (row.a_witness, row.b_witness)}
    every = credited(witnesses, [w.witness for w in witnesses], rulings.agencies)
    credits = {name: found for name, found in every.items() if name in sharing}
    actors = rows(Actor, engine.get("actors")) if engine.has("actors") else []
    sentences = rows(Sentence, engine.get("sentences")) if engine.has("sentences") else []
    made = related(parallels, witnesses, credits, rulings, sayings(actors, sentences))
    engine.put("stemma", table(Stemma, made))
    engine.put("shared", table(Shared, lineages(parallels)))
    engine.put("agencies", table(Agency, agencies(witnesses, rulings.agencies, every)))


def agencies(
    witnesses: Sequence[Witness],
    known: Mapping[str, str] | None = None,
    every: Mapping[str, Sequence[Credit]] | None = None,
) -> Iterator[Agency]:
    """Each account with the agencies that it credits, in the order of agencies; one row for each, its first credit.

    ``known`` are agencies whose copy people say that an account prints. The agency's own accounts are not listed.
    ``every`` are the credits of all witnesses, where they have been looked for.

    >>> text = "PORT ASKER (AP) - Two boats sank."
    >>> row = Witness("A", "A", None, "The Asker Herald", None, None, "en", "", "", text)
    >>> [(a.witness, a.text, a.agency) for a in agencies([row])]
    [('A', 'AP', 'Associated Press')]
    """
    names = frozenset(toml("credits")["agencies"].values()) | frozenset((known or {}).values())
    own = {w.witness: plain_name(w.publisher or "") for w in witnesses}
    first: dict[tuple[str, str], Agency] = {}
    for witness, credits in (credited(witnesses, own, known) if every is None else every).items():
        for c in credits:
            if c.source in names and plain_name(c.source) != own[witness]:
                first.setdefault(
                    (c.source, witness), Agency(witness, c.start, c.end, c.text if c.end else "", c.source)
                )
    for key in sorted(first):
        yield first[key]


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
