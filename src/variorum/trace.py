"""Text reuse alone: parallels and stemma of plain texts, without parsing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from variorum import parallels, reuse, stemma, structure
from variorum.config import Config
from variorum.engine import Engine, Told
from variorum.records import Parallel, Stemma, Structure, Witness, rows, table
from variorum.structure import Part

__all__ = ["trace"]


def trace(
    witnesses: Iterable[Witness],
    config: Config,
    engine: Engine | None = None,
    told: Told | None = None,
    parts: Mapping[str, Sequence[Part]] | None = None,
) -> Iterator[Parallel | Stemma]:
    """The passages that the witnesses share, each with its direction, then the edges of the stemma.

    ``parts`` are what readers know of their structure: menus, captions and the like are compared with nothing.

    Without an engine nothing is loaded but number libraries: no language model, no database. An engine gives the
    rows in the same order, from collections that this process could not compare; it stays open. Texts may be in any
    language that parts words with spaces. Time grows with the words; ``told(done, total)`` hears how far the work is.

    >>> song = "Nobody saw the old ferry leave the quay that morning, and nobody asked the harbour master why it went."
    >>> def account(name: str, day: str, text: str) -> Witness:
    ...     return Witness(name, name, None, None, None, day, None, "", "", text)
    >>> early, late = account("early", "1998-11-17", song), account("late", "1998-11-18", "We are told: " + song)
    >>> parallel, edge = trace([late, early], Config())
    >>> parallel.a_text == song, parallel.direction, edge.source, edge.target
    (True, 'a to b', 'early', 'late')
    """
    listed = list(witnesses)
    hidden = {w.witness: list(_hidden(w, (parts or {}).get(w.witness, ()))) for w in listed}
    if engine is not None:
        engine.watch(told)
        engine.put("witnesses", table(Witness, listed))
        engine.put("structure", table(Structure, (row for found in hidden.values() for row in found)))
        reuse.run(engine, config)
        parallels.run(engine)
        stemma.run(engine)
        yield from rows(Parallel, engine.get("parallels"))
        yield from rows(Stemma, engine.get("stemma"))
        return
    prose = [
        replace(w, text=structure.masked(w.text, [(p.start, p.end, p.kind) for p in hidden[w.witness]])) for w in listed
    ]
    compared = table(Parallel, reuse.within(prose, told=told))
    found = rows(Parallel, reuse.cut_anew(compared, table(Witness, listed)))
    known = parallels.knowledge(listed, found)
    made = parallels.oriented(found, known)
    yield from made
    yield from stemma.related(made, listed, known.credits)


def _hidden(witness: Witness, known: Sequence[Part]) -> Iterator[Structure]:
    """The stretches of a witness that are no prose of it."""
    for start, end, kind in structure.hidden(structure.parts(witness.text, known)):
        yield Structure(witness.witness, start, end, witness.text[start:end], kind)
