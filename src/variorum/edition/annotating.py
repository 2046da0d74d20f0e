"""The first stage of a run: every witness annotated by itself, and what is known of it kept under its key."""

from __future__ import annotations

import json
import zlib
from functools import partial

import pyarrow as pa

from variorum import gazetteer
from variorum.config import Config
from variorum.edition.run import Run, hashed, options
from variorum.edition.steps import ANNOTATE
from variorum.records import TABLES, Problem, Witness, rows, table

__all__ = ["annotate_rows", "annotated"]

BATCH = 500
"""Witnesses whose annotations are made rows of tables at a time."""
KEYED = pa.schema([*Witness.schema(), pa.field("parts", pa.string()), pa.field("key", pa.string())])
ANNOTATED = pa.schema([("key", pa.string()), ("rows", pa.binary())])


def annotated(run: Run, accounts: pa.Table) -> None:
    """Annotates the witnesses that are new or changed, and gives the run the tables of all."""
    run.engine.begin(ANNOTATE.name, hashed(ANNOTATE.version(), options(run.config, "title"), gazetteer.version()))
    by = ("witness", "published", "title", "language", "sha256", "parts")
    keys = [hashed(*row) for row in zip(*(accounts[name].to_pylist() for name in by), strict=True)]

    def work() -> bool:
        keyed = accounts.append_column(KEYED.field("key"), pa.array(keys, pa.string()))
        run.engine.put("to_annotate", keyed)
        run.engine.map("annotated", partial(annotate_rows, config=run.config), "to_annotate", ANNOTATED, keyed=True)
        run.summary.annotated = run.engine.new
        made = run.engine.get("annotated")
        run.engine.clear(("witnesses",))
        packed = dict(zip(made["key"].to_pylist(), made["rows"].to_pylist(), strict=True))
        for name, data in _unpacked([packed[key] for key in keys]).items():
            if name == "problems":
                run.summary.problems += rows(Problem, data)
                data = table(Problem, run.summary.problems)
            run.put(name, data)
        return run.summary.annotated == 0

    run.timed("annotate", work)


def _unpacked(packed: list[bytes]) -> dict[str, pa.Table]:
    """The annotations of all witnesses, in their order, as tables; some witnesses at a time are Python objects."""
    parts: dict[str, list[pa.Table]] = {name: [TABLES[name].schema().empty_table()] for name in ANNOTATE.writes}
    for start in range(0, len(packed), BATCH):
        made = [json.loads(zlib.decompress(one)) for one in packed[start : start + BATCH]]
        for name, tables in parts.items():
            kind = TABLES[name]
            tables.append(table(kind, [kind.from_dict(row) for one in made for row in one.get(name, ())]))
    return {name: pa.concat_tables(tables).combine_chunks() for name, tables in parts.items()}


def annotate_rows(data: pa.Table, config: Config) -> pa.Table:
    """Annotations of a batch of witnesses, each as packed JSON: the function that engines map over witnesses."""
    from variorum.annotate import lines  # the language model is loaded only where something is annotated

    packed = [zlib.compress(line.encode(), 1) for line in lines(data, config)["line"].to_pylist()]
    return pa.table([data["key"].combine_chunks(), pa.array(packed, pa.binary())], schema=ANNOTATED)
