"""Parts: sentences with all that is tied to them, cut so that each part can be worked on by itself, in any process.

A part is one row, with a column for each table that holds the part's rows as a list, and a key, the hash of all that.
So one account more changes the keys of the parts to which it adds, and an engine that keeps what was made by key works
on these only. The rows are cut and counted as Arrow memory, without a Python object for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from variorum.dates import Days
from variorum.engine import Engine
from variorum.errors import EngineError
from variorum.languages import offers
from variorum.records import Claim, Figure, Place, Quote, Row, Sentence, Story, Tied, Time, Witness
from variorum.sentences.keys import keys_of
from variorum.sentences.passages import Passage, passages_of
from variorum.sentences.rarity import Counts

__all__ = ["Part", "emptied", "gathered", "homes", "nested", "opened", "parted", "tied", "tied_to"]

TIES: dict[str, type[Row]] = {
    "times": Time, "borrowed": Time, "durations": Time, "figures": Figure, "places": Place, "quotes": Quote,
    "claims": Claim,
}  # fmt: skip
"""The columns of a sentence that name rows of other tables, and whose."""
KNOWN = ("witness", "published", "language")
HOMES = """
WITH numbered AS (
    SELECT witness, story, start, row_number() OVER (PARTITION BY witness ORDER BY start, story) AS place,
    lead(start) OVER (PARTITION BY witness ORDER BY start, story) AS until FROM stories
)
SELECT t.witness AS witness, t.start AS start, coalesce(s.story, '') AS part FROM part_sentences t
LEFT JOIN numbered s ON t.witness = s.witness AND (s.place = 1 OR s.start <= t.start)
AND (s.until IS NULL OR t.start < s.until)
"""


def homes(engine: Engine) -> pa.Table:
    """The story of each sentence as its part: ``witness``, ``start``, ``part``; of accounts that are read only.

    It says what `variorum.sentences.stories` says of passages.
    """
    sentences = tied(engine)
    witnesses = engine.get("witnesses") if engine.has("witnesses") else Witness.schema().empty_table()
    read = [
        w for w, code in zip(*(witnesses[n].to_pylist() for n in ("witness", "language")), strict=True)
        if offers(code, "sentences")
    ]  # fmt: skip
    known = sentences.select(["witness", "start"])
    engine.put("part_sentences", known.filter(pc.is_in(known["witness"], pa.array(read, pa.string()))))
    if not engine.has("stories"):
        engine.put("stories", Story.schema().empty_table())
    engine.sql("part_homes", HOMES)
    return engine.get("part_homes")


def parted(
    engine: Engine, name: str, home: pa.Table, ties: Sequence[str], more: Mapping[str, pa.Table] | None = None
) -> None:
    """Stores a table of parts under ``name``.

    ``home`` has ``witness``, ``start`` and ``part`` of every sentence of every part; ``ties`` are the columns of
    `variorum.records.Tied` that are needed, of which those that name rows of other tables bring these rows with them.
    ``more`` are tables with a column ``part``, whose rows go to that part in their order, those of no part nowhere.
    """
    names = pc.unique(home["part"]).sort()
    home = _coded(home, names)
    sentences = tied(engine)
    at, held = _taken(sentences, home.select(["part", "witness", "start"]))
    held = held.select([*Sentence.schema().names, *ties, *(["weight"] if "borrowed" in ties else [])])
    columns = {"sentences": _grouped(at, held, len(names)), "witnesses": _witnesses(engine, home, len(names))}
    for kind in dict.fromkeys(TIES[tie] for tie in ties if tie in TIES):
        wanted = _named(at, held, [tie for tie in ties if TIES.get(tie) is kind])
        data = engine.get(kind.TABLE) if engine.has(kind.TABLE) else kind.schema().empty_table()
        columns[kind.TABLE] = _grouped(*_taken(data, wanted), len(names))
    for table, rows in (more or {}).items():
        rows = _coded(rows, names)
        rows = rows.append_column("row", pa.array(range(rows.num_rows), pa.int64()))
        rows = rows.sort_by([("part", "ascending"), ("row", "ascending")])
        columns[table] = _grouped(rows["part"], rows.drop_columns(["part", "row"]), len(names))
    keys = pa.array(keys_of(names.to_pylist(), columns), pa.string())
    engine.put(name, pa.table({"key": keys, "part": names, **columns}))


def tied_to(sentences: pa.Table, tie: str) -> pa.Table:
    """What a column of the sentences names: ``witness`` and ``start`` of the sentence, and ``item``, a row for each.

    >>> told = pa.table({"witness": ["A"], "start": [0], "claims": [["A.c0", "A.c1"]]})
    >>> tied_to(told, "claims").to_pylist()[1]
    {'witness': 'A', 'start': 0, 'item': 'A.c1'}
    """
    rows, items = _flat(sentences[tie].combine_chunks())
    return sentences.select(["witness", "start"]).take(rows).append_column("item", items)


def emptied(data: pa.Table, names: Sequence[str]) -> pa.Table:
    """The rows without what their columns of these names say: nothing where that may be, else "", 0, false or no items.

    >>> schema = pa.schema([pa.field("ship", pa.string(), False), ("dead", pa.int64())])
    >>> emptied(pa.table([["Asker"], [31]], schema), ["ship", "dead"]).to_pylist()
    [{'ship': '', 'dead': None}]
    """
    for name in names:
        of = data.schema.field(name)
        value: object = (
            None if of.nullable else [] if pa.types.is_list(of.type) else "" if of.type == pa.string() else 0
        )
        column = pa.array([value] * data.num_rows).cast(of.type)
        data = data.set_column(data.column_names.index(name), of, column)
    return data


def _flat(column: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The place of the row of each item of a column of lists, or of those that are not null, and the items."""
    if pa.types.is_list(column.type):
        return pc.list_parent_indices(column), pc.list_flatten(column)
    return pc.indices_nonzero(pc.is_valid(column)), column.drop_null()


def tied(engine: Engine) -> pa.Table:
    """The table ``sentences`` with its ties, or an empty one; `EngineError` where nothing is tied to them yet."""
    data = engine.get("sentences") if engine.has("sentences") else Tied.schema().empty_table()
    if "words" not in data.column_names:
        raise EngineError("table sentences", "nothing is tied to its sentences yet", "run variorum.sentences first")
    return data


def _coded(data: pa.Table, names: pa.Array) -> pa.Table:
    """The rows of known parts, with the place of their part in place of its name."""
    at = data.column_names.index("part")
    coded = data.set_column(at, "part", pc.index_in(data["part"], names).cast(pa.int64()))
    return coded.filter(pc.is_valid(coded["part"]))


def _witnesses(engine: Engine, home: pa.Table, size: int) -> pa.ListArray:
    """What must be known of the witnesses of each part."""
    data = engine.get("witnesses") if engine.has("witnesses") else Witness.schema().empty_table()
    return _grouped(*_taken(data.select(KNOWN), _once(home.select(["part", "witness"]))), size)


def _once(data: pa.Table) -> pa.Table:
    return data.group_by(data.column_names).aggregate([])


def _named(at: pa.Array, sentences: pa.Table, ties: Sequence[str]) -> pa.Table:
    """The part and the place of every row that some columns of sentences name."""
    found = []
    for tie in ties:
        column = sentences[tie].combine_chunks()
        rows, names = _flat(column)
        told = [pc.take(at, rows), *([pc.take(sentences["witness"], rows)] if tie != "claims" else []), names]
        found.append(pa.table(told, ["part", "claim"] if tie == "claims" else ["part", "witness", "start"]))
    return _once(pa.concat_tables(found))


def _taken(data: pa.Table, wanted: pa.Table) -> tuple[pa.ChunkedArray, pa.Table]:
    """The rows that are wanted and the part of each, by part and place; ``wanted`` names them by all other columns."""
    by = [name for name in wanted.column_names if name != "part"]
    order = [name for name in ("witness", "start") if name in data.column_names]
    held = data.select(list(dict.fromkeys([*by, *order])))
    held = held.append_column("row", pa.array(range(data.num_rows), pa.int64()))
    found = wanted.join(held, by, join_type="inner")
    found = found.sort_by([(name, "ascending") for name in ("part", *order, "row")]).combine_chunks()
    return found["part"], data.take(found["row"])


def _grouped(at: pa.ChunkedArray, data: pa.Table, size: int) -> pa.ListArray:
    """Rows as a list for each of ``size`` parts; ``at`` are the parts' numbers in rising order."""
    return _listed(data, np.bincount(at.to_numpy(), minlength=size).tolist())


def nested(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.ListArray:
    """Tables of one schema as one list each.

    >>> rows = pa.table({"dead": [31, 4]})
    >>> nested([rows, rows.slice(0, 0)], rows.schema).to_pylist()
    [[{'dead': 31}, {'dead': 4}], []]
    """
    return _listed(pa.concat_tables([schema.empty_table(), *tables]), [one.num_rows for one in tables])


def _listed(data: pa.Table, sizes: Sequence[int]) -> pa.ListArray:
    """The rows in lists of some sizes."""
    columns = [column.combine_chunks() for column in data.columns]
    values = pa.StructArray.from_arrays(columns, fields=list(data.schema))
    return pa.ListArray.from_arrays(pa.array(accumulate(sizes, initial=0), pa.int32()), values)


def gathered(column: pa.ChunkedArray, schema: pa.Schema) -> pa.Table:
    """The rows that a column holds in its lists, as a table."""
    chunks = [pa.RecordBatch.from_struct_array(chunk.flatten()) for chunk in column.chunks]
    return pa.Table.from_batches(chunks, schema if not chunks else None).cast(schema).combine_chunks()


@dataclass(frozen=True, slots=True)
class Part:
    """A part as a function of an engine works on it: its key, its name, and its rows by table."""

    key: str
    name: str
    tables: Mapping[str, pa.Table]

    def passages(self, passing: bool = False) -> list[Passage]:
        """Its sentences as `variorum.sentences.passages` gives them, numbered from 0 on by witness and place."""
        if passing:
            return passages_of(self.tables)
        claims = self.tables.get(Claim.TABLE, Claim.schema().empty_table())
        return passages_of({**self.tables, Claim.TABLE: claims.filter(pc.not_equal(claims["type"], Claim.PASSING))})

    def counts(self) -> Counts:
        """What it is told of the whole collection (`variorum.sentences.counting`)."""
        sizes, told, moments = (self.tables[name] for name in ("size", "rarity", "moments"))
        first, after, met = (moments[name].to_pylist() for name in ("first", "after", "n"))
        meeting = {Days(a, b): n for a, b, n in zip(first, after, met, strict=True)}
        words = dict(zip(told["word"].to_pylist(), told["n"].to_pylist(), strict=True))
        size, dated = (sum(sizes[name].to_pylist()) for name in ("n", "dated"))
        return Counts(size, words, dated, meeting)

    def foreign(self, first: int) -> list[Passage]:
        """Its sentences in languages that are not read, numbered from ``first`` on."""
        return passages_of(self.tables, False, first)


def opened(batch: pa.Table) -> Iterator[Part]:
    """The parts that some rows of a table of `parted` are."""
    columns = {name: batch[name].combine_chunks() for name in batch.column_names if name not in ("key", "part")}
    for row, (key, name) in enumerate(zip(batch["key"].to_pylist(), batch["part"].to_pylist(), strict=True)):
        tables = {}
        for table, column in columns.items():
            one = column.slice(row, 1).flatten()
            tables[table] = pa.Table.from_batches([pa.RecordBatch.from_struct_array(one)])
        yield Part(key, name, tables)
