"""The engine for many machines: Apache Spark, with the same SQL (translated by sqlglot) and the same functions."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlglot

from variorum.engine import Function
from variorum.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SparkEngine", "translated"]

ROWS_A_BATCH = 512


def translated(query: str) -> str:
    """DuckDB's SQL as Spark's.

    >>> translated("SELECT a::BIGINT AS n FROM t")
    'SELECT CAST(a AS BIGINT) AS n FROM t'
    """
    return sqlglot.transpile(query, read="duckdb", write="spark")[0]


class SparkEngine:
    """Runs steps on a Spark master: ``local[2]``, ``spark://host:7077`` and others.

    Needs ``pip install 'variorum[spark]'`` (PySpark 4) and Java 17 or later; raises `EngineError` with a sentence where
    one of them is missing. The workers need the same Python with Variorum installed. ``memory`` is Spark's driver
    memory ("2g").
    """

    def __init__(self, master: str = "local[*]", processes: int = 0, memory: str = "2g", **settings: str) -> None:
        self.session = _session(master, processes, memory, settings)
        self._frames: dict[str, DataFrame] = {}
        self._read: dict[str, pa.Table] = {}

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the Spark session."""
        self.session.stop()

    def put(self, name: str, data: pa.Table) -> None:
        """Stores a table under a name, in place of an earlier one."""
        self._keep(name, self.session.createDataFrame(_narrow(data)))
        self._read[name] = data

    def get(self, name: str) -> pa.Table:
        """The table of that name, collected to this process."""
        if name not in self._read:
            if name not in self._frames:
                raise EngineError(f"table {name}", "no step has made it", "this is a mistake in the list of steps")
            self._read[name] = self._done(name, lambda: self._frames[name].toArrow())
        return self._read[name]

    def has(self, name: str) -> bool:
        """True when a table of that name is stored."""
        return name in self._frames

    def sql(self, name: str, query: str) -> None:
        """Runs a query over stored tables and stores its rows under ``name``."""
        self._keep(name, self._done(name, lambda: self.session.sql(translated(query))))

    def map(self, name: str, function: Function, over: str, schema: pa.Schema) -> None:
        """Applies ``function`` to batches of the rows of ``over``."""
        frame = self._frames[over]
        spread = frame.repartition(max(1, self.session.sparkContext.defaultParallelism * 2))
        self._keep(name, spread.mapInArrow(_Mapped(function, schema), _spark(schema)))

    def group(self, name: str, function: Function, over: str, by: Sequence[str], schema: pa.Schema) -> None:
        """Applies ``function`` to all rows of each key of ``by`` together, in the order of their plain columns."""
        grouped = self._frames[over].groupBy(*by)
        self._keep(name, grouped.applyInArrow(_grouped(function, schema), _spark(schema)))

    def _keep(self, name: str, frame: DataFrame) -> None:
        if name in self._frames:
            self._frames[name].unpersist()
        self._frames[name] = frame.persist()
        self._read.pop(name, None)
        frame.createOrReplaceTempView(name)

    def _done(self, name: str, work: Any) -> Any:
        from pyspark.errors import PySparkException

        try:
            return work()
        except PySparkException as error:
            raise EngineError(
                f"table {name}", f"Spark failed ({str(error)[:500]})", "see the log of the workers"
            ) from error


def _session(master: str, processes: int, memory: str, settings: dict[str, str]) -> SparkSession:
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise EngineError(
            "--engine spark", "needs Java 17 or later, and there is none", "install it, or use --engine duckdb"
        )
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineError("--engine spark", "needs PySpark", "pip install 'variorum[spark]'") from error
    # pyspark's own launcher is found by its installation; a SPARK_HOME of another version would break it
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # no look-up of this machine's name
    if master == "local[*]" and processes:
        master = f"local[{processes}]"
    builder = SparkSession.builder.master(master).appName("variorum")
    for key, value in (_SETTINGS | {"spark.driver.memory": memory} | settings).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # whatever the Java side raises
        raise EngineError(
            f"--master {master}", f"Spark did not start ({str(error)[:300]})", "check the master's address"
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS_A_BATCH),
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
    "spark.python.worker.reuse": "true",
    "spark.driver.maxResultSize": "0",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}


def _narrow(data: pa.Table) -> pa.Table:
    """Spark takes no large strings."""
    fields = [f.with_type(pa.string()) if pa.types.is_large_string(f.type) else f for f in data.schema]
    return data.cast(pa.schema([pa.field(f.name, f.type, True) for f in fields]))


def _spark(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(pa.schema([pa.field(f.name, _plain(f.type), True) for f in schema]))


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_large_string(kind) else kind


def _fitting(data: pa.Table, schema: pa.Schema) -> pa.Table:
    return _narrow(data.select(schema.names).cast(schema))


def _ordered(data: pa.Table) -> pa.Table:
    keys = [(f.name, "ascending") for f in data.schema if not pa.types.is_nested(f.type)]
    return data.sort_by(keys) if keys else data


class _Mapped:
    """A function over batches as Spark calls it; a class so that it can be pickled."""

    def __init__(self, function: Function, schema: pa.Schema) -> None:
        self.function, self.schema = function, schema

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                made = self.function(pa.Table.from_batches([batch]))
                yield from _fitting(made, self.schema).to_batches()


def _grouped(function: Function, schema: pa.Schema) -> Any:
    """A function over the rows of one key as Spark calls it: a plain one without hints, which Spark would misread."""
    return lambda data: _fitting(function(_ordered(data)), schema)


def home() -> Path:
    """Where the installed PySpark has its programs (for a standalone master and workers)."""
    import pyspark

    return Path(pyspark.__file__).resolve().parent
