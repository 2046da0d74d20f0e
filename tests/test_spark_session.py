"""Spark does not start without what it needs, and says so in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest
from click.testing import CliRunner

from engines import path, spark
from spark_cluster import free_port
from variorum import cli, cli_common
from variorum.engine import spark_session
from variorum.engine.spark_jobs import failure
from variorum.engine.spark_session import start, users_settings
from variorum.errors import ConfigError, EngineError, InputError
from variorum.example import folder

JOINS = ["--set", "parallels_here=0"]


def refused() -> str:
    with pytest.raises(EngineError) as raised:
        start("local[1]", 0, None, {})
    return str(raised.value)


def java(tmp_path: Path, says: str, code: int = 0) -> Path:
    """A program that is called java and says what it is told to."""
    program = tmp_path / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\nexit {code}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_there_is_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused() == (
        "--engine spark: needs Java 17 or later, and there is none; install Java 17, or use --engine duckdb"
    )


def test_java_home_holds_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert f"there is none in JAVA_HOME ({tmp_path})" in refused()


def test_java_is_too_old(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = java(tmp_path, 'openjdk version "11.0.2" 2019-01-15')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert f"needs Java 17 or later, and {program} is Java 11" in refused()


def test_there_is_no_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert refused() == "--engine spark: needs PySpark, and there is none; pip install 'variorum[spark]'"


@pytest.mark.parametrize("version", ["3.5.1", "unknown"])
def test_pyspark_is_too_old(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    other = ModuleType("pyspark")
    other.__version__ = version  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyspark", other)
    assert f"needs PySpark 4, and {version} is installed" in refused()


@pytest.mark.parametrize("master", ["spark://host", "spark://", "spark://a:7077,b"])
def test_an_address_must_have_host_and_port(master: str) -> None:
    with pytest.raises(EngineError, match="is no address of a master; write spark://HOST:PORT"):
        spark_session.addresses(master)


def test_a_master_that_does_not_answer_is_named_at_once() -> None:
    master = f"spark://127.0.0.1:{free_port()}"
    with pytest.raises(EngineError, match=rf"--master {master}: cannot be reached \(.*\); check its address"):
        spark_session._reach(master)


def test_the_settings_of_the_user_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    assert users_settings() == {}
    lines = ("# memory", "spark.driver.memory   8g", "spark.executor.memory=16g", "", "alone", "spark.x a b=c")
    (tmp_path / "spark-defaults.conf").write_text("\n".join(lines), encoding="utf-8")
    assert users_settings() == {"spark.driver.memory": "8g", "spark.executor.memory": "16g", "spark.x": "a b=c"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ModuleNotFoundError: No module named 'variorum.engine'", "the workers: have no Variorum; "),
        (
            "RuntimeError: Variorum of another version: 0.1 on a worker, 0.2 where\nat java",
            "the workers: have Variorum",
        ),
        ("[PYTHON_VERSION_MISMATCH] Python in worker has", "the workers: have another Python than 3."),
        ('java.io.IOException: Cannot run program "/x/python": error=2', "the workers: have no /x/python; "),
        ("Python worker exited unexpectedly (crashed)", "table made: a Python process of a worker died"),
        ("[UNRESOLVED_COLUMN] A column", "table made: the query failed ([UNRESOLVED_COLUMN] A column)"),
    ],
)
def test_what_spark_says_becomes_a_sentence(said: str, sentence: str) -> None:
    error = failure("made", said)
    assert isinstance(error, EngineError) and str(error).startswith(sentence)


def test_what_a_function_raised_on_a_worker_is_raised_here() -> None:
    said = 'x\nTraceback (most recent call last):\n  File "a.py", line 1, in f\n    g()\n{}\n\n\tat org.apache\n'
    own = failure("made", said.format("variorum.errors.ConfigError: option x: is wrong; do y"))
    assert isinstance(own, ConfigError) and str(own) == "option x: is wrong; do y"
    assert repr(failure("made", said.format("ValueError: no mast"))) == "RuntimeError('ValueError: no mast')"
    both = "KeyError: 'x'\n\nDuring handling:\n\nTraceback (most recent call last):\n  File\nValueError: no mast"
    assert repr(failure("made", said.format(both))) == "RuntimeError('ValueError: no mast')"
    assert repr(failure("made", said.format("KeyError"))) == "RuntimeError('KeyError')"


def test_an_engine_is_closed_also_after_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    closed: list[str] = []

    class Closing:
        def __enter__(self) -> Closing:
            return self

        def __exit__(self, *_: object) -> None:
            closed.append("closed")

    monkeypatch.setattr(cli_common, "engine_of", lambda *_: Closing())
    for command in (["trace", str(tmp_path / "none")], ["collate", str(tmp_path / "none"), "-o", str(tmp_path / "e")]):
        assert CliRunner().invoke(cli.main, command).exit_code == InputError.exit_code
    assert closed == ["closed", "closed"]


@pytest.mark.spark
def test_trace_gives_the_same_lines_in_the_same_order() -> None:
    running = spark()
    here, there, joined = (
        CliRunner().invoke(cli.main, ["trace", str(folder()), *more]).stdout
        for more in ([], ["--engine", "spark"], ["--engine", "spark", "--master", "local[2]", *JOINS])
    )
    assert here == there == joined != ""
    running.put("first", pa.table({"n": [1]}))
    running.sql("second", "SELECT n + 1 AS n FROM first")
    assert running.get("second")["n"].to_pylist() == [2], "a session that was there before must go on"
    other = CliRunner().invoke(cli.main, ["trace", str(folder()), "--engine", "spark", "--master", "local[3]"])
    assert (
        other.exit_code == EngineError.exit_code and "Spark runs in this process already, at local[2]" in other.stderr
    )


def run_with_python(program: str) -> subprocess.CompletedProcess[str]:
    """Traces the example by Spark with another Python for its workers."""
    command = ["trace", str(folder()), "--engine", "spark", "--master", "local[1]", *JOINS, "-o", os.devnull]
    env = os.environ | {"PYTHONPATH": path(), "PYSPARK_PYTHON": program}
    return subprocess.run([sys.executable, "-m", "variorum.cli", *command], env=env, capture_output=True, text=True)


@pytest.mark.spark
@pytest.mark.slow
def test_workers_without_variorum_or_python(tmp_path: Path) -> None:
    done = run_with_python(str(tmp_path / "python"))
    assert done.returncode == EngineError.exit_code
    assert done.stderr.splitlines()[-1].startswith(f"variorum: the workers: have no {tmp_path / 'python'}; set PYSPARK")
    (tmp_path / "variorum").mkdir()
    (tmp_path / "variorum" / "__init__.py").write_text("raise ModuleNotFoundError(\"No module named 'variorum'\")\n")
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path}:$PYTHONPATH exec {sys.executable} "$@"\n')
    program.chmod(0o755)
    done = run_with_python(str(program))
    assert done.returncode == EngineError.exit_code
    assert done.stderr.splitlines()[-1].startswith("variorum: the workers: have no Variorum; install it there")
