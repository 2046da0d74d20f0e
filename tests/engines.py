"""One decorator that runs a step's test on both engines."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import variorum
from variorum.engine.duckdb import DuckEngine


def path() -> str:
    """Where the Python of Spark's workers finds the tests and this Variorum."""
    own = [str(Path(__file__).parent), str(Path(variorum.__file__).parents[1])]
    return os.pathsep.join([*own, os.environ.get("PYTHONPATH", "")])


@cache
def spark() -> Any:
    from variorum.engine.spark import SparkEngine

    os.environ["PYTHONPATH"] = path()
    return SparkEngine("local[2]", memory="1g")


def on_both_engines(test: Callable[..., None]) -> Callable[..., None]:
    """Calls the test with ``engine``: DuckDB, then Spark in local mode, which needs Java and PySpark."""
    made = [
        pytest.param(lambda: DuckEngine(processes=1), id="duckdb"),
        pytest.param(spark, id="spark", marks=pytest.mark.spark),
    ]

    def wrapped(make: Callable[[], Any]) -> None:
        test(make())

    wrapped.__name__, wrapped.__doc__, wrapped.__module__ = test.__name__, test.__doc__, test.__module__
    return pytest.mark.parametrize("make", made)(wrapped)
