"""A Spark session: what it needs, how it is set, and a sentence for each way in which it does not start."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.engine.rows import BATCH_ROWS
from variorum.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["home", "start"]

ASKED = "--engine spark"
OLDEST_JAVA = 17
REACHED = 10.0
"""Seconds in which a master must take a connection."""
JOINED = 120.0
"""Seconds in which a first worker must take work."""

LOGS = "spark.driver.extraJavaOptions"
PARTS = "spark.sql.shuffle.partitions"
QUIET = Path(__file__).resolve().with_name("log4j2.properties")
"""Spark logs nothing here: what a person must know is raised as an error."""

SETTINGS = {
    "spark.driver.memory": "2g",
    "spark.driver.maxResultSize": "0",
    "spark.task.maxFailures": "8",
    "spark.python.worker.reuse": "true",
    "spark.python.worker.faulthandler.enabled": "true",
    "spark.executorEnv.OMP_NUM_THREADS": "1",
    "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",
    "spark.executorEnv.MKL_NUM_THREADS": "1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""What a session starts with, where the user's spark-defaults.conf has nothing else."""

LOOPBACK = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
"""Added where the master is on this machine: nothing then listens to others."""

SQL = {
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH_ROWS),
    "spark.sql.execution.arrow.localRelationThreshold": "0",  # small tables too go out in parts, not as one literal
    "spark.sql.execution.pyspark.udf.faulthandler.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.caseSensitive": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.maxPlanStringLength": "10000",  # a plan holds those of all tables before it; as text it fills the memory
}
"""What results rest on, whatever the user's settings are."""


def start(master: str, processes: int, memory: str | None, settings: dict[str, str]) -> tuple[SparkSession, bool]:
    """A session at the master, and whether it is ours to stop: one that runs in this process already is not.

    Settings come, the later the stronger, from `SETTINGS`, the user's ``spark-defaults.conf``, and the arguments.
    """
    _need_pyspark()
    _need_java()
    from pyspark import SparkContext

    if SparkContext._active_spark_context is not None:
        return _set(_shared(master), users_settings()), False
    master = f"local[{processes}]" if master == "local[*]" and processes else master
    _reach(master)
    users = users_settings()
    os.environ.setdefault("PYSPARK_PYTHON", users.get("spark.pyspark.python", sys.executable))
    chosen = {key: value for key, value in SETTINGS.items() if key not in users}
    if LOGS not in users and not (_conf_folder() / "log4j2.properties").is_file():
        chosen[LOGS] = f"-Dlog4j2.configurationFile={QUIET.as_uri()}"
    if is_here(master):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # no look-up of this machine's name
        chosen |= LOOPBACK
    chosen |= ({"spark.driver.memory": memory} if memory else {}) | settings
    session = _started(master, chosen)
    _wait_for_workers(session, master)
    return _set(session, users), True


def home() -> Path:
    """Where the installed PySpark has its programs (for a standalone master and workers)."""
    import pyspark

    return Path(pyspark.__file__).resolve().parent


def is_here(master: str) -> bool:
    """True for a master inside this process or on this machine's loopback.

    >>> [is_here(url) for url in ("local[2]", "spark://127.0.0.1:7077", "spark://spark.example:7077", "yarn")]
    [True, True, False, False]
    """
    return master.startswith("local") or any(
        host == "localhost" or host.startswith("127.") or host == "::1" for host, _ in addresses(master)
    )


def addresses(master: str) -> list[tuple[str, int]]:
    """Host and port of each standalone master that the URL names.

    >>> addresses("spark://a.example:7077,b.example:7078"), addresses("yarn")
    ([('a.example', 7077), ('b.example', 7078)], [])
    """
    if not master.startswith("spark://"):
        return []
    parts = [part.rpartition(":") for part in master.removeprefix("spark://").split(",")]
    if not all(host and port.isdigit() for host, _, port in parts):
        raise EngineError(f"--master {master}", "is no address of a master", "write spark://HOST:PORT")
    return [(host.strip("[]"), int(port)) for host, _, port in parts]


def users_settings() -> dict[str, str]:
    """What stands in the user's ``spark-defaults.conf`` (in SPARK_CONF_DIR, or in SPARK_HOME/conf)."""
    try:
        lines = (_conf_folder() / "spark-defaults.conf").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    parts = [re.split(r"[\s=:]+", line.strip(), maxsplit=1) for line in lines if not line.strip().startswith("#")]
    return {part[0]: part[1] for part in parts if len(part) == 2}


def _conf_folder() -> Path:
    return Path(os.environ.get("SPARK_CONF_DIR") or Path(os.environ.get("SPARK_HOME") or home()) / "conf")


def _need_pyspark() -> None:
    try:
        import pyspark
    except ImportError as error:
        raise EngineError(ASKED, "needs PySpark, and there is none", "pip install 'variorum[spark]'") from error
    version = str(getattr(pyspark, "__version__", "0"))
    if not version.split(".")[0].isdigit() or int(version.split(".")[0]) < 4:
        raise EngineError(ASKED, f"needs PySpark 4, and {version} is installed", "pip install 'variorum[spark]'")


def _need_java() -> None:
    advice = f"install Java {OLDEST_JAVA}, or use --engine duckdb"
    folder = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(folder) / "bin")) if folder else shutil.which("java")
    if java is None:
        where = f"none in JAVA_HOME ({folder})" if folder else "none"
        raise EngineError(ASKED, f"needs Java {OLDEST_JAVA} or later, and there is {where}", advice)
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(ASKED, f"{java} does not run ({error})", advice) from error
    version = java_version(said.stderr + said.stdout)
    if version is not None and version < OLDEST_JAVA:
        raise EngineError(ASKED, f"needs Java {OLDEST_JAVA} or later, and {java} is Java {version}", advice)


def java_version(said: str) -> int | None:
    """The major version in what ``java -version`` says; None where it says none.

    >>> java_version('openjdk version "17.0.15" 2025-04-15'), java_version('java version "1.8.0_402"'), java_version("")
    (17, 8, None)
    """
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found[1]) if found else None


def _reach(master: str) -> None:
    """Knocks at a standalone master first: Spark itself would try for minutes."""
    failed: OSError | None = None
    for address in addresses(master):
        try:
            socket.create_connection(address, REACHED).close()
            return
        except OSError as error:
            failed = error
    if failed is not None:
        raise EngineError(f"--master {master}", f"cannot be reached ({failed})", "check its address") from failed


def _shared(master: str) -> SparkSession:
    """The session of this process with tables and settings of its own."""
    from pyspark.sql import SparkSession

    running = SparkSession.builder.getOrCreate()
    there = running.sparkContext.master
    if master not in (there, "local[*]"):
        raise EngineError(f"--master {master}", f"Spark runs in this process already, at {there}", "stop it first")
    return running.newSession()


def _started(master: str, settings: dict[str, str]) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("variorum")
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # whatever the Java side raises
        other = os.environ.get("SPARK_HOME")
        advice = f"check that {other} (SPARK_HOME) is of PySpark's version" if other else "check the master's address"
        raise EngineError(f"--master {master}", f"Spark did not start ({str(error)[:300]})", advice) from error
    return session


def _wait_for_workers(session: SparkSession, master: str) -> None:
    """Waits for a first worker of a standalone master: without one, Spark would wait for ever."""
    context = session.sparkContext
    if not addresses(master) or context.getConf().get("spark.dynamicAllocation.enabled") == "true":
        return
    until = time.monotonic() + JOINED
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:  # the driver counts as one
        if time.monotonic() > until:
            session.stop()
            raise EngineError(
                f"--master {master}",
                f"no worker has taken the work in {JOINED:.0f} s",
                "start workers there, with memory and cores that are free",
            )
        time.sleep(0.2)


def _parts(session: SparkSession) -> str:
    """Into how many parts joins are cut at first; Spark puts small ones together again."""
    return str(max(8, 3 * session.sparkContext.defaultParallelism))


def _set(session: SparkSession, users: dict[str, str]) -> SparkSession:
    for key, value in {PARTS: users.get(PARTS, _parts(session)), **SQL}.items():
        session.conf.set(key, value)
    return session
