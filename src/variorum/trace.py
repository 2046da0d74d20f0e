"""Text reuse alone: parallels and stemma of plain texts, without parsing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from variorum import parallels, reuse, stemma
from variorum.config import Config
from variorum.engine import Engine, Told
from variorum.records import Parallel, Stemma, Witness, rows, table

__all__ = ["trace"]


def trace(
    witnesses: Iterable[Witness], config: Config, engine: Engine | None = None, told: Told | None = None
) -> Iterator[Parallel | Stemma]:
    """The passages that the witnesses share, each with its direction, then the edges of the stemma.

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
    if engine is not None:
        engine.watch(told)
        engine.put("witnesses", table(Witness, witnesses))
        reuse.run(engine, config)
        parallels.run(engine)
        stemma.run(engine)
        yield from rows(Parallel, engine.get("parallels"))
        yield from rows(Stemma, engine.get("stemma"))
        return
    listed = list(witnesses)
    found = reuse.within(listed, told=told)
    known = parallels.knowledge(listed, found)
    made = parallels.oriented(found, known)
    yield from made
    yield from stemma.edges(made, known.credits)
