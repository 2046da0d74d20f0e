"""Text reuse: passages of the same wording, verbatim or edited, in any two witnesses or twice in one.

Method, step by step: words as numbers (`words`); places that share three words in any order (`seeds`); chains of
these, aligned word by word (`align`); each shared word weighed by how unlikely it is there (`weights`); pieces put
together and moved to sentence edges (`passages`). What each step earns was measured by a trial; see docs/parallels.md.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow.compute as pc

from variorum.config import Config
from variorum.engine import Engine, Told
from variorum.records import Parallel, Witness, rows, table
from variorum.reuse import relational
from variorum.reuse.compare import Documents, compare
from variorum.reuse.prose import cut_anew, prose

__all__ = ["Documents", "compare", "cut_anew", "run", "within"]


def run(engine: Engine, config: Config) -> None:
    """Writes the table ``reuse``: rows of `Parallel`, kind verbatim or close, direction undecided.

    Reads ``witnesses`` and, where they exist, ``structure``, ``sentences``, ``places``, ``actors``. Collections of
    up to ``parallels_here`` characters are compared in this process, larger ones, and all on many machines, by the
    engine's joins, with the same rows.
    """
    witnesses = prose(engine)
    engine.put("reuse_witnesses", witnesses)
    size = pc.sum(pc.utf8_length(witnesses["text"])).as_py() or 0
    if engine.many_machines or size > config.parallels_here:
        engine.put("reuse", cut_anew(relational.join(engine), engine.get("witnesses")))
        return
    known = Documents([], [], _spans(engine, ["sentences"]), _spans(engine, ["places", "actors"]))
    found = table(Parallel, within(rows(Witness, witnesses), known))
    engine.put("reuse", cut_anew(found, engine.get("witnesses")))


def within(witnesses: Iterable[Witness], known: Documents | None = None, told: Told | None = None) -> list[Parallel]:
    """All passages that the witnesses share; ``known`` may bring their sentences and names, in characters.

    ``told(done, total)`` hears how many witnesses have been compared with all that follow them.

    They are read in the order of publication: a passage in very many of them is linked to the next few that have it.
    """
    ordered = sorted(witnesses, key=lambda witness: (witness.published or "", witness.witness))
    known = known or Documents([], [])
    ids, texts = [witness.witness for witness in ordered], [witness.text for witness in ordered]
    return list(compare(Documents(ids, texts, known.sentences, known.names), told))


def _spans(engine: Engine, names: list[str]) -> dict[str, list[tuple[int, int]]]:
    """The character spans of some tables by witness, in order; tables that do not exist are left out."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for name in names:
        if engine.has(name):
            columns = [engine.get(name)[column].to_pylist() for column in ("witness", "start", "end")]
            for witness, start, end in zip(*columns, strict=True):
                spans.setdefault(witness, []).append((start, end))
    return {witness: sorted(found) for witness, found in spans.items()}
