"""The engines: the same steps give the same rows on DuckDB and on Spark."""

import re
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from engines import on_both_engines
from variorum import parallels, renditions, stemma
from variorum.collate import witnesses_of
from variorum.config import Config
from variorum.engine.duckdb import DuckEngine
from variorum.errors import EngineError
from variorum.example import folder
from variorum.read import accounts
from variorum.records import Sentence, Witness, table

DEAD = pa.table(
    {"ship": ["Asker", "Tolven", "Asker"], "who": [["crew"], [], ["passengers", "crew"]], "dead": [4, 0, 27]}
)
TOTAL = pa.schema([("ship", pa.string()), ("dead", pa.int64())])


def total(rows: pa.Table) -> pa.Table:
    return pa.table({"ship": rows["ship"].to_pylist()[:1], "dead": [sum(rows["dead"].to_pylist())]}, TOTAL)


def doubled(rows: pa.Table, by: int) -> pa.Table:
    return pa.table({"ship": rows["ship"], "dead": [n * by for n in rows["dead"].to_pylist()]}, TOTAL)


def sentences_of(witnesses: list[Witness]) -> list[Sentence]:
    """Sentences by full stops and lines: enough for steps that read the table."""
    return [
        Sentence(w.witness, m.start(), m.end(), m[0], n, 0)
        for w in witnesses
        for n, m in enumerate(re.finditer(r"[^.\n]+\.?", w.text))
    ]


def listed(data: pa.Table) -> list[dict[str, Any]]:
    return sorted(data.to_pylist(), key=repr)


@on_both_engines
def test_what_is_put_is_got(engine: Any) -> None:
    engine.put("dead", DEAD)
    assert engine.has("dead")
    assert listed(engine.get("dead")) == listed(DEAD)


@on_both_engines
def test_sql_is_written_once(engine: Any) -> None:
    engine.put("dead", DEAD)
    engine.sql(
        "most",
        "SELECT ship, CAST(sum(dead) AS BIGINT) AS dead, count(*) AS n FROM dead GROUP BY ship HAVING sum(dead) > 0",
    )
    assert engine.get("most").to_pylist() == [{"ship": "Asker", "dead": 31, "n": 2}]


@on_both_engines
def test_functions_map_over_rows_and_groups(engine: Any) -> None:
    engine.put("dead", DEAD)
    engine.map("twice", partial(doubled, by=2), "dead", TOTAL)
    assert sum(engine.get("twice")["dead"].to_pylist()) == 62
    engine.group("totals", total, "dead", ["ship"], TOTAL)
    assert listed(engine.get("totals")) == [{"ship": "Asker", "dead": 31}, {"ship": "Tolven", "dead": 0}]


@on_both_engines
def test_empty_tables_pass_through(engine: Any) -> None:
    engine.put("none", DEAD.slice(0, 0))
    engine.map("twice", partial(doubled, by=2), "none", TOTAL)
    engine.group("totals", total, "none", ["ship"], TOTAL)
    assert engine.get("twice").num_rows == engine.get("totals").num_rows == 0


@on_both_engines
def test_a_failing_query_is_a_sentence(engine: Any) -> None:
    engine.put("dead", DEAD)
    with pytest.raises(EngineError, match="table wrong"):
        engine.sql("wrong", "SELECT nothing FROM dead")
        engine.get("wrong")


@on_both_engines
def test_parallels_by_joins_are_the_same_rows(engine: Any) -> None:
    witnesses = witnesses_of(accounts([folder()]).documents)
    here = DuckEngine(processes=1)
    for one, config in ((here, Config()), (engine, Config(parallels_here=0))):
        one.put("witnesses", table(Witness, witnesses))
        one.put("sentences", table(Sentence, sentences_of(witnesses)))
        parallels.run(one, config)
        renditions.run(one, config)
        stemma.run(one, config)
    for name in ("reuse", "parallels", "stemma", "shared"):
        assert listed(here.get(name)) == listed(engine.get(name)), name
