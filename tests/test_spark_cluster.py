"""A standalone master with two workers makes the same edition as this machine, also when one of them is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from spark_cluster import Cluster, until
from variorum.edition import Edition
from variorum.example import folder

pytestmark = [pytest.mark.spark, pytest.mark.slow]
LONG = 300


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("spark")) as made:
        yield made


@pytest.fixture(scope="module")
def here(example_edition: Path) -> dict[str, list[dict[str, Any]]]:
    return rows(Edition(example_edition))


def rows(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    return {name: sorted(data.to_pylist(), key=repr) for name, data in edition.tables().items()}


def started(cluster: Cluster, edition: Path) -> subprocess.Popen[str]:
    words = ["collate", str(folder()), "-o", str(edition), "--engine", "spark", "--master", cluster.master, "--quiet"]
    command = [sys.executable, "-m", "variorum.cli", *words]
    return subprocess.Popen(command, env=cluster.env, stderr=subprocess.PIPE, text=True)


def ended(run: subprocess.Popen[str]) -> None:
    try:
        said = run.communicate(timeout=LONG)[1]
    finally:
        run.kill()
    assert run.returncode == 0, said


def test_a_cluster_makes_the_same_edition(cluster: Cluster, here: dict[str, Any], tmp_path: Path) -> None:
    ended(started(cluster, tmp_path / "edition"))
    assert rows(Edition(tmp_path / "edition")) == here
    assert all("Finished task" in cluster.executor_log(number) for number in (0, 1))
    assert "-Xmx512M" in cluster.log("worker-0"), "spark-defaults.conf was not read"


def test_a_worker_killed_in_the_middle_changes_nothing(cluster: Cluster, here: dict[str, Any], tmp_path: Path) -> None:
    before = [cluster.executor_log(number).count("Finished task") for number in (0, 1)]
    run = started(cluster, tmp_path / "edition")
    try:
        until(lambda: cluster.executor_log(1).count("Finished task") > before[1], "a part done by the second worker")
        assert run.poll() is None
        cluster.kill_worker(1)
    except BaseException:
        run.kill()
        raise
    ended(run)
    assert rows(Edition(tmp_path / "edition")) == here
    assert cluster.executor_log(0).count("Finished task") > before[0] + 5
