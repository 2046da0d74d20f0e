"""The first stage of a run: every witness annotated by itself, and what was found in it kept under its key.

A witness is one row, with a column for each table that holds the rows of that table as a list. So it travels from the
worker process to the store and back as Arrow memory, and becomes tables without a Python object for each of their rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate, chain

import pyarrow as pa

from variorum import gazetteer
from variorum.config import Config
from variorum.edition.run import LATE, Run, hashed, options
from variorum.edition.steps import ANNOTATE
from variorum.records import TABLES, Problem, Row, Sentence, Witness, rows, table

__all__ = ["annotate_rows", "annotated"]

KEYED = pa.schema([*Witness.schema(), *((name, pa.string()) for name in ("parts", "edits", "corrections", "key"))])
KINDS: dict[str, type[Row]] = {name: TABLES[name] for name in ANNOTATE.writes} | {"sentences": Sentence}
"""The rows of each table as one witness alone gives them; what is tied to a sentence comes later."""
ANNOTATED = pa.schema(
    [
        pa.field("key", pa.string()),
        *(pa.field(name, pa.list_(pa.struct(list(kind.schema())))) for name, kind in KINDS.items()),
    ]
)


def annotated(run: Run, accounts: pa.Table) -> None:
    """Annotates the witnesses that are new or changed, and gives the run the tables of all."""
    run.engine.begin(ANNOTATE.name, hashed(ANNOTATE.version(), options(run.config, *LATE), gazetteer.version()))
    by = ("witness", "published", "title", "language", "sha256", "parts", "edits", "corrections")
    keys = [hashed(*row) for row in zip(*(accounts[name].to_pylist() for name in by), strict=True)]

    def work() -> bool:
        keyed = accounts.append_column(KEYED.field("key"), pa.array(keys, pa.string()))
        run.engine.put("to_annotate", keyed)
        run.engine.map("annotated", partial(annotate_rows, config=run.config), "to_annotate", ANNOTATED, keyed=True)
        run.summary.annotated = run.engine.new
        made = _ordered(run.engine.get("annotated"), keys)
        run.engine.clear(("witnesses",))
        for name, kind in KINDS.items():
            data = _unnested(made[name], kind.schema())
            if name == "problems":
                run.summary.problems += rows(Problem, data)
                data = table(Problem, run.summary.problems)
            run.put(name, data)
        return run.summary.annotated == 0

    run.timed("annotate", work)


def _ordered(made: pa.Table, keys: Sequence[str]) -> pa.Table:
    """The rows in the order of the keys, in which most engines give them."""
    there = made["key"].to_pylist()
    if there == list(keys):
        return made
    place = {key: number for number, key in enumerate(there)}
    return made.take([place[key] for key in keys])


def annotate_rows(data: pa.Table, config: Config) -> pa.Table:
    """Annotations of a batch of witnesses, a row each: the function that engines map over witnesses."""
    from variorum.annotate import annotate_batch  # the language model is loaded only where something is annotated

    made = [one.tables for one in annotate_batch(data, config)]
    columns = [_nested(kind, [tables[name] for tables in made]) for name, kind in KINDS.items()]
    return pa.table([data["key"].combine_chunks(), *columns], schema=ANNOTATED)


def _nested(kind: type[Row], listed: Sequence[Sequence[Row]]) -> pa.ListArray:
    data = table(kind, chain.from_iterable(listed))
    values = pa.StructArray.from_arrays([column.combine_chunks() for column in data.columns], fields=list(data.schema))
    ends = pa.array(accumulate((len(rows) for rows in listed), initial=0), pa.int32())
    return pa.ListArray.from_arrays(ends, values)


def _unnested(column: pa.ChunkedArray, schema: pa.Schema) -> pa.Table:
    """The rows that a column holds in its lists, as a table."""
    parts = [pa.Table.from_arrays(chunk.flatten().flatten(), schema=schema) for chunk in column.chunks]
    return pa.concat_tables(parts).combine_chunks() if parts else schema.empty_table()
