"""The engine for many machines: Apache Spark, with the same SQL (translated by sqlglot) and the same functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlglot
from sqlglot import exp

from variorum import __version__
from variorum.engine import Function, Told
from variorum.engine.rows import fitting, plain
from variorum.engine.spark_jobs import Jobs, check_version
from variorum.engine.spark_session import SQL, start
from variorum.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["SparkEngine", "translated"]

PARTS_A_CORE = 4
"""So that cores that are done early find more to do, a lost worker loses little, and progress can be told."""
MOST_ROWS_PUT = 100_000
RECORDS = "spark.sql.execution.arrow.maxRecordsPerBatch"


def translated(name: str, query: str) -> tuple[str, set[str]]:
    """DuckDB's SQL for the table ``name`` as Spark's, and the tables it reads, in small letters.

    >>> translated("n", "SELECT a::BIGINT AS n FROM T")
    ('SELECT CAST(a AS BIGINT) AS n FROM T', {'t'})
    """
    try:
        parsed = sqlglot.parse_one(query, read="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise EngineError(f"table {name}", f"the query failed ({error})") from error
    return parsed.sql("spark"), {table.name.lower() for table in parsed.find_all(exp.Table)}


def _one_chunk(data: pa.Table) -> pa.Table:
    """The rows in one piece of memory, also where there are none: Spark reads no column of nested rows without one."""
    if data.num_rows:
        return data.combine_chunks()
    return pa.Table.from_batches(
        [pa.RecordBatch.from_arrays([pa.array([], f.type) for f in data.schema], schema=data.schema)]
    )


class SparkEngine:
    """Runs steps on a Spark master: ``local[2]``, ``spark://host:7077`` and others.

    Needs ``pip install 'variorum[spark]'`` (PySpark 4) and Java 17 or later; raises `EngineError` with a sentence where
    one of them is missing. The workers need the same Python with the same Variorum. ``memory`` is Spark's memory in
    this process ("2g"). A Spark session that runs in this process already is used, and left running.

    Each call does its work before it returns; what it made is kept by the workers, in memory and beyond that on their
    disks, and computed again where a worker is lost. What is put goes through this process and its memory, as does what
    is got. A million rows of 110 bytes pass through every call on two cores with the memory that is set here: a map
    takes some 20 s and a get 8 s, where DuckDB takes 4 s and none.
    """

    many_machines = True

    def __init__(self, master: str = "local[*]", processes: int = 0, memory: str | None = None, **settings: str):
        self.session, self._own = start(master, processes, memory, settings)
        self._jobs = Jobs(self.session.sparkContext)
        self._tables: dict[str, pa.Table] = {}
        self._frames: dict[str, DataFrame] = {}
        self._kept: dict[str, DataFrame] = {}  # those of them that are held in memory, with the plans that made them
        self._schemas: dict[str, pa.Schema] = {}
        self._given: set[str] = set()  # tables that were put: they are cut in parts already
        self._closed = False

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the Spark session, or takes its tables out of one that was there before."""
        if self._closed:
            return
        self._closed = True
        if self._own:
            self.session.stop()
            return
        for frame in self._kept.values():
            frame.unpersist()
        for name in self._frames:
            self.session.catalog.dropTempView(name)

    def watch(self, told: Told | None) -> None:
        """From now on ``told(done, total)`` is called, in another thread, as tasks of Spark are done."""
        self._jobs.told = told

    def put(self, name: str, data: pa.Table) -> None:
        """Stores a table under a name, in place of an earlier one; it goes to Spark when first used there."""
        self._forget(name)
        self._tables[name] = data
        self._given.add(name)

    def get(self, name: str) -> pa.Table:
        """The table of that name, collected to this process."""
        if name not in self._tables:
            if name not in self._frames:
                raise EngineError(f"table {name}", "no step has made it", "this is a mistake in the list of steps")
            data = self._quietly(name, self._frames[name].toArrow)
            self._tables[name] = fitting(data, self._schemas.get(name, plain(data.schema)))
        return self._tables[name]

    def has(self, name: str) -> bool:
        """True when a table of that name is stored."""
        return name in self._tables or name in self._frames

    def clear(self, but: Collection[str] = ()) -> None:
        """Forgets all tables but these."""
        for name in {*self._tables, *self._frames}.difference(but):
            self._forget(name)

    def forget(self, names: Iterable[str]) -> None:
        """Forgets these tables, where they are there."""
        for name in names:
            self._forget(name)

    def sql(self, name: str, query: str, lasting: bool = True) -> None:
        """Runs a query over stored tables and stores its rows under ``name``, with the types of `plain`.

        The rows lie with the workers, so that ``lasting`` changes nothing here.
        """
        text, reads = translated(name, query)
        for table in {*self._tables, *self._frames}:
            if table.lower() in reads:
                self._frame(table)
        frame = self._quietly(name, lambda: _plain(self.session.sql(text)))
        self._keep(name, frame, None)

    def parts(self, function: Function, over: str, schema: pa.Schema) -> Iterator[pa.Table]:
        """What ``function`` gives for batches of the rows of ``over``, in one part."""
        self.map("made_of_parts", function, over, schema)
        yield self.get("made_of_parts")
        self._forget("made_of_parts")

    def map(self, name: str, function: Function, over: str, schema: pa.Schema, keyed: bool = False) -> None:
        """Applies ``function`` to batches of the rows of ``over``."""
        frame = self._frame(over)
        steady = [] if over in self._given else _steady(frame)
        if steady:
            frame = frame.repartition(self._parts(), *steady)
        self._keep(name, frame.mapInArrow(_Mapped(function, schema), _spark(schema)), schema)

    def _parts(self) -> int:
        return max(1, int(self.session.sparkContext.defaultParallelism) * PARTS_A_CORE)

    def _frame(self, name: str) -> DataFrame:
        """The table of that name at Spark; one that was put is sent there, in as many parts as there is work for."""
        if name not in self._frames:
            data = self.get(name)
            data = data.cast(plain(data.schema))
            rows = min(MOST_ROWS_PUT, -(-data.num_rows // self._parts()) or 1)
            self.session.conf.set(RECORDS, str(rows))
            try:
                frame = self._quietly(name, lambda: self.session.createDataFrame(_one_chunk(data)))
            finally:
                self.session.conf.set(RECORDS, SQL[RECORDS])
            self._kept[name] = self._frames[name] = frame.persist()
            frame.createOrReplaceTempView(name)
        return self._frames[name]

    def _keep(self, name: str, frame: DataFrame, schema: pa.Schema | None) -> None:
        """Does the work of a frame and stores what it made."""
        frame = frame.persist()
        try:
            self._jobs.run(name, frame.count)
        except BaseException:
            frame.unpersist()
            raise
        self._forget(name)
        self._kept[name] = frame
        self._frames[name] = self._cut(frame)
        if schema is not None:
            self._schemas[name] = schema
        self._frames[name].createOrReplaceTempView(name)

    def _cut(self, frame: DataFrame) -> DataFrame:
        """The same rows without the plan that made them, which would grow with every step; lost parts are made anew."""
        from pyspark.sql import DataFrame

        java: Any = frame
        rows = java._jdf.queryExecution().toRdd()
        spark: Any = self.session
        return DataFrame(spark._jsparkSession.internalCreateDataFrame(rows, java._jdf.schema(), False), self.session)

    def _forget(self, name: str) -> None:
        self._tables.pop(name, None)
        self._schemas.pop(name, None)
        self._given.discard(name)
        self._frames.pop(name, None)
        if name in self._kept:
            self._kept.pop(name).unpersist()

    def _quietly(self, name: str, work: Callable[[], Any]) -> Any:
        """Does what is not worth telling, with the same errors."""
        told, self._jobs.told = self._jobs.told, None
        try:
            return self._jobs.run(name, work)
        finally:
            self._jobs.told = told


def _plain(frame: DataFrame) -> DataFrame:
    """The frame with the types of `plain`."""
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    wanted = from_arrow_schema(plain(to_arrow_schema(frame.schema)), prefer_timestamp_ntz=True)
    return frame.select([frame[f"`{field.name}`"].cast(field.dataType).alias(field.name) for field in wanted])


def _spark(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(plain(schema), prefer_timestamp_ntz=True)


def _steady(frame: DataFrame) -> list[str]:
    """The columns by which rows are spread: those that stay the same when a lost part is computed again.

    Lists come in any order and sums of floats differ in their last digit: spread by these, a row could be lost or
    doubled when a worker dies.
    """
    return [name for name, kind in frame.dtypes if kind in ("string", "bigint", "boolean", "date")]


class _Mapped:
    """A function over batches as Spark calls it; a class so that it can be pickled."""

    def __init__(self, function: Function, schema: pa.Schema) -> None:
        self.function, self.schema, self.version = function, plain(schema), __version__

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        check_version(self.version)
        for batch in batches:
            if batch.num_rows:
                made = self.function(pa.Table.from_batches([batch]))
                yield from fitting(made, self.schema).to_batches()
