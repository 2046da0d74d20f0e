"""The engines: the same steps give the same rows on DuckDB and on Spark."""

import os
import re
import subprocess
import sys
import time
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from engines import on_both_engines, path, spark
from news_maker import collection
from variorum import parallels, renditions, reuse, stemma
from variorum.config import Config
from variorum.edition.witnesses import witnesses_of
from variorum.engine.caching import CachingEngine
from variorum.engine.duckdb import DuckEngine
from variorum.errors import EngineError, LanguageError, VariorumError
from variorum.example import folder
from variorum.read import accounts
from variorum.read.document import Document
from variorum.records import TABLES, Sentence, Witness, table

DEAD = pa.table(
    {"ship": ["Asker", "Tolven", "Asker"], "who": [["crew"], [], ["passengers", "crew"]], "dead": [4, 0, 27]}
)
NAN = float("nan")
SAID = pa.schema([("said", pa.string())])
TOTAL = pa.schema([("ship", pa.string()), ("dead", pa.int64())])


def doubled(rows: pa.Table, by: int) -> pa.Table:
    return pa.table({"ship": rows["ship"], "dead": [n * by for n in rows["dead"].to_pylist()]}, TOTAL)


def same(rows: pa.Table) -> pa.Table:
    return rows


def slowly(rows: pa.Table) -> pa.Table:
    time.sleep(0.1)
    return rows


def weight(rows: pa.Table) -> pa.Table:
    """The bytes that came with some rows."""
    return pa.table({"n": [rows.get_total_buffer_size()]}, pa.schema([("n", pa.int64())]))


def types(rows: pa.Table) -> pa.Table:
    return pa.table({"said": [" ".join(map(str, rows.schema.types))]}, SAID)


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
def test_functions_map_over_rows(engine: Any) -> None:
    engine.put("dead", DEAD)
    engine.map("twice", partial(doubled, by=2), "dead", TOTAL)
    assert sum(engine.get("twice")["dead"].to_pylist()) == 62


@on_both_engines
def test_empty_tables_pass_through(engine: Any) -> None:
    engine.put("none", DEAD.slice(0, 0))
    engine.map("twice", partial(doubled, by=2), "none", TOTAL)
    assert engine.get("twice").num_rows == 0


@on_both_engines
def test_a_failing_query_is_a_sentence(engine: Any) -> None:
    engine.put("dead", DEAD)
    with pytest.raises(EngineError, match="table wrong"):
        engine.sql("wrong", "SELECT nothing FROM dead")
        engine.get("wrong")


def broken(rows: pa.Table) -> pa.Table:
    raise ValueError(f"{rows.num_rows} ships have no mast")


def without_language(rows: pa.Table) -> pa.Table:
    raise LanguageError("en_none", "there is no such pipeline", "install it")


@on_both_engines
def test_strange_strings_lists_and_days_pass_through(engine: Any) -> None:
    data = pa.table(
        {
            "text": pa.array(["a\0b", "\U0001f6a2 é", "", None], pa.large_string()),
            "list": [["x", None, "\0"], [], None, [""]],
            "day": pa.array([0, -1, None, 11_000], pa.date32()),
            "time": pa.array([0, 1, None, -86_400_000_001], pa.timestamp("us")),
            "number": [NAN, float("-inf"), None, 5e-324],
            "true": [True, False, None, True],
            "small": pa.array([1, None, -(2**31), 2**31 - 1], pa.int32()),
        }
    )
    engine.put("strange", data)
    engine.map("same", same, "strange", data.schema)
    assert engine.get("same").schema.equals(data.schema)
    assert repr(listed(engine.get("same"))) == repr(listed(data))
    engine.sql("queried", "SELECT * FROM same")
    assert repr(listed(engine.get("queried"))) == repr(listed(data))


@on_both_engines
def test_queries_give_the_same_types(engine: Any) -> None:
    engine.put("dead", DEAD)
    engine.sql(
        "typed",
        """SELECT ship, sum(dead) AS dead, count(*) AS n, avg(dead) AS mean, 0.5 AS half, 1 AS one, sum(dead) / 2 AS part,
        row_number() OVER (ORDER BY ship) AS rank, array_agg(dead) AS each, CAST('2020-01-01' AS DATE) AS day,
        CAST('2020-01-01 10:00:00' AS TIMESTAMP) AS time, max(dead) > 3 AS many
        FROM dead GROUP BY ship""",
    )
    made = engine.get("typed")
    assert [str(kind) for kind in made.schema.types] == [
        *("string", "int64", "int64", "double", "double", "int64", "double", "int64"),
        *("list<element: int64>", "date32[day]", "timestamp[us]", "bool"),
    ]
    assert made.sort_by("ship").select(["ship", "dead", "part", "rank"]).to_pylist() == [
        {"ship": "Asker", "dead": 31, "part": 15.5, "rank": 1},
        {"ship": "Tolven", "dead": 0, "part": 0.0, "rank": 2},
    ]


@on_both_engines
def test_functions_are_handed_the_same_types(engine: Any) -> None:
    engine.put("dead", DEAD.set_column(0, "ship", DEAD["ship"].cast(pa.large_string())))
    engine.map("types", types, "dead", SAID)
    assert set(engine.get("types")["said"].to_pylist()) == {"string list<element: string> int64"}


@on_both_engines
def test_nulls_come_last_in_every_order(engine: Any) -> None:
    engine.put("words", pa.table({"n": [None, 2, 1], "s": ["b", None, "B"]}))
    engine.sql(
        "ranked",
        """SELECT n, row_number() OVER (ORDER BY n) AS up, row_number() OVER (ORDER BY n DESC) AS down,
        row_number() OVER (ORDER BY s) AS word FROM words""",
    )
    assert engine.get("ranked").sort_by("up").to_pylist() == [
        {"n": 1, "up": 1, "down": 2, "word": 1},
        {"n": 2, "up": 2, "down": 1, "word": 3},
        {"n": None, "up": 3, "down": 3, "word": 2},
    ]


@on_both_engines
def test_nan_is_one_value_and_the_largest(engine: Any) -> None:
    engine.put("numbers", pa.table({"x": [NAN, 1.0, NAN, float("inf")]}))
    engine.sql("counted", "SELECT x, count(*) AS n, x > 5 AS large FROM numbers GROUP BY x")
    assert [list(row.values()) for row in engine.get("counted").sort_by("x").to_pylist()][:2] == [
        [1.0, 1, False],
        [float("inf"), 1, True],
    ]
    assert repr(engine.get("counted").sort_by("x").to_pylist()[2:]) == "[{'x': nan, 'n': 2, 'large': True}]"


@on_both_engines
def test_names_of_tables_and_columns_have_no_case(engine: Any) -> None:
    engine.put("dead", DEAD)
    engine.sql("loud", "SELECT dead FROM Dead WHERE SHIP = 'Tolven'")
    assert engine.get("loud").to_pylist() == [{"dead": 0}]


@on_both_engines
def test_a_table_can_be_made_from_itself_and_put_anew(engine: Any) -> None:
    engine.put("dead", DEAD)
    engine.map("dead", partial(doubled, by=2), "dead", TOTAL)
    engine.map("dead", partial(doubled, by=2), "dead", TOTAL)
    engine.sql("dead", "SELECT ship, dead + 1 AS dead FROM dead")
    assert sorted(engine.get("dead")["dead"].to_pylist()) == [1, 17, 109]
    engine.put("dead", DEAD)
    engine.sql("all", "SELECT sum(dead) AS dead FROM dead")
    assert engine.get("all").to_pylist() == [{"dead": 31}]


@on_both_engines
def test_empty_tables_have_their_types(engine: Any) -> None:
    engine.put("none", DEAD.slice(0, 0))
    engine.sql("still", "SELECT ship, who, sum(dead) AS dead FROM none GROUP BY ship, who")
    engine.sql("one", "SELECT count(*) AS n, sum(dead) AS dead FROM none")
    assert engine.get("still").num_rows == 0
    assert [str(kind) for kind in engine.get("still").schema.types] == ["string", "list<element: string>", "int64"]
    assert engine.get("one").to_pylist() == [{"n": 0, "dead": None}]


@on_both_engines
def test_a_function_that_fails_says_why(engine: Any) -> None:
    engine.put("dead", DEAD)
    with pytest.raises(Exception, match="ships have no mast") as raised:
        engine.map("never", broken, "dead", TOTAL)
    assert not isinstance(raised.value, VariorumError)
    with pytest.raises(LanguageError, match="en_none: there is no such pipeline; install it"):
        engine.map("never", without_language, "dead", TOTAL)
    assert not engine.has("never")


@on_both_engines
def test_queries_that_fail_name_their_table(engine: Any) -> None:
    engine.put("dead", DEAD)
    for query in ("SELECT ship FROM nowhere", "SELECT FROM WHERE", "SELECT CAST(ship AS BIGINT) AS n FROM dead"):
        with pytest.raises(EngineError, match="table wrong: the query failed"):
            engine.sql("wrong", query)
    assert not engine.has("wrong")
    for use in (lambda: engine.get("wrong"), lambda: engine.map("x", same, "wrong", DEAD.schema)):
        with pytest.raises(EngineError, match="table wrong: no step has made it"):
            use()


@on_both_engines
def test_work_is_told_until_it_is_done(engine: Any) -> None:
    told: list[tuple[int, int]] = []
    engine.put("many", pa.table({"n": range(3000)}))
    engine.watch(lambda done, total: told.append((done, total)))
    try:
        engine.map("slow", slowly, "many", pa.schema([("n", pa.int64())]))
    finally:
        engine.watch(None)
    assert len(told) > 1 and told[-1][0] == told[-1][1] > 1
    assert all(0 <= done <= total for done, total in told)
    count = len(told)
    engine.map("slow", same, "many", pa.schema([("n", pa.int64())]))
    assert len(told) == count and engine.get("slow").num_rows == 3000


def test_processes_tell_too_and_keep_the_order() -> None:
    told: list[tuple[int, int]] = []
    with DuckEngine(processes=2) as engine:
        engine.watch(lambda done, total: told.append((done, total)))
        engine.put("many", pa.table({"n": range(2000)}))
        engine.map("slow", slowly, "many", pa.schema([("n", pa.int64())]))
        assert engine.get("slow")["n"].to_pylist() == list(range(2000))
        with pytest.raises(ValueError, match="ships have no mast"):
            engine.map("never", broken, "many", TOTAL)
    assert told == [(512, 2000), (1024, 2000), (1536, 2000), (2000, 2000)]


def test_a_part_travels_without_the_table_it_was_cut_from() -> None:
    with DuckEngine(processes=2) as engine:
        data = pa.table({"n": range(50_000)})
        engine.put("many", data)
        engine.map("weights", weight, "many", pa.schema([("n", pa.int64())]))
        assert sum(engine.get("weights")["n"].to_pylist()) < 2 * data.nbytes


KILLED = """
import os, signal, threading, pyarrow as pa
from test_engine import lasting
from variorum.engine.duckdb import DuckEngine
engine = DuckEngine(processes=2)
engine.put("many", pa.table({"n": range(2000)}))
threading.Timer(3, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
engine.map("never", lasting, "many", pa.schema([("n", pa.int64())]))
"""


def lasting(rows: pa.Table) -> pa.Table:
    print(os.getpid(), flush=True)
    time.sleep(60)
    return rows


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_processes_end_where_their_parent_is_killed() -> None:
    begin = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", KILLED], env=os.environ | {"PYTHONPATH": path()}, stdout=subprocess.PIPE
    )
    assert run.returncode < 0 and time.monotonic() - begin < 50, "the pipe ends when the last worker has ended"


@on_both_engines
def test_parallels_by_joins_are_the_same_rows(engine: Any) -> None:
    witnesses = witnesses_of(accounts([folder()]).documents)
    here = DuckEngine(processes=1)
    for one, config in ((here, Config()), (engine, Config(parallels_here=0))):
        one.put("witnesses", table(Witness, witnesses))
        one.put("sentences", table(Sentence, sentences_of(witnesses)))
        reuse.run(one, config)
        renditions.run(one, config)
        parallels.run(one)
        stemma.run(one)
    for name in ("reuse", "parallels", "stemma", "shared"):
        assert listed(here.get(name)) == listed(engine.get(name)), name


@on_both_engines
def test_renditions_among_many_witnesses_are_the_same_rows(engine: Any) -> None:
    """Where not all pairs are compared, the partners of each witness are chosen by a join."""
    made = [Document(a.id, a.text, a.id, published=a.date) for a in collection(36).articles]
    witnesses = witnesses_of(made)
    here = DuckEngine(processes=1)
    for one in (here, engine):
        for name in ("quotes", "places", "actors"):
            one.put(name, TABLES[name].schema().empty_table())
        one.put("witnesses", table(Witness, witnesses))
        one.put("sentences", table(Sentence, sentences_of(witnesses)))
        renditions.run(one, Config())
    assert here.get("rendition_best").num_rows > 36
    for name in ("rendition_best", "renditions"):
        assert here.get(name).num_rows
        assert listed(here.get(name)) == listed(engine.get(name)), name


KEYED = pa.schema([("key", pa.string()), ("dead", pa.int64())])


def doubled_by_key(rows: pa.Table) -> pa.Table:
    return pa.table({"key": rows["key"], "dead": [n * 2 for n in rows["dead"].to_pylist()]}, KEYED)


class Remembered(dict[str, dict[str, bytes]]):
    """A store of what was made, in memory."""

    def known(self, step: str, keys: Any) -> dict[str, bytes]:
        return {key: self.get(step, {})[key] for key in keys if key in self.get(step, {})}

    def keep(self, step: str, made: dict[str, bytes]) -> None:
        self.setdefault(step, {}).update(made)

    def forget(self, step: str, but: Any) -> None:
        self[step] = {key: made for key, made in self.get(step, {}).items() if key in but}


@on_both_engines
def test_rows_that_were_there_before_are_not_worked_on_again(engine: Any) -> None:
    keeping = CachingEngine(engine, Remembered())
    for deaths, new in (({"a": 4, "b": 27}, 2), ({"b": 27, "c": 1}, 1), ({"b": 27, "c": 1}, 0)):
        keeping.begin("step", "1")
        keeping.put("rows", pa.table({"key": list(deaths), "dead": list(deaths.values())}, KEYED))
        keeping.map("made", doubled_by_key, "rows", KEYED, keyed=True)
        assert dict(zip(*keeping.get("made").to_pydict().values(), strict=True)) == {
            k: n * 2 for k, n in deaths.items()
        }
        assert keeping.new == new


@on_both_engines
def test_a_query_that_does_not_last_can_be_mapped_over(engine: Any) -> None:
    engine.put("dead", DEAD)
    engine.sql("crew", "SELECT ship, dead FROM dead WHERE dead > 0", lasting=False)
    engine.map("twice", partial(doubled, by=2), "crew", TOTAL)
    assert sorted(engine.get("twice")["dead"].to_pylist()) == [8, 54]
    engine.clear(but=["dead"])
    assert engine.has("dead") and not engine.has("twice") and not engine.has("crew")


@pytest.mark.spark
def test_no_plan_of_spark_grows_with_the_steps_before_it() -> None:
    engine = spark()
    engine.put("step_0", pa.table({"n": [1, 2, 3]}))
    for step in range(10):
        engine.sql(f"step_{step + 1}", f"SELECT a.n FROM step_{step} a JOIN step_{step} b ON a.n = b.n")
    plan = engine.session.table("step_10")._jdf.queryExecution().toString()
    assert len(plan) < 5000 and sorted(engine.get("step_10")["n"].to_pylist()) == [1, 2, 3]
    assert int(engine.session.conf.get("spark.sql.shuffle.partitions")) < 20
