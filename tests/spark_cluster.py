"""A standalone Spark master with workers, as processes on loopback that end with the test."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from engines import path
from variorum.engine.spark_session import home

PATIENCE = 120.0
"""Seconds for a Java process to start, on a machine with other work."""


def until(true: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Waits until something is true; AssertionError where it takes too long."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Cluster:
    """A master and workers of one core each. Their logs and work lie in ``folder``."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder, self.port = folder, free_port()
        self.master = f"spark://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        (folder / "conf").mkdir(parents=True)
        (folder / "conf" / "spark-defaults.conf").write_text(
            "spark.executor.memory 512m\nspark.driver.memory=640m\n# a comment\n", encoding="utf-8"
        )
        self.env = os.environ | {
            "PYTHONPATH": path(),
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_CONF_DIR": str(folder / "conf"),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_HOME": str(home()),
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        try:
            self._start("master", "master.Master", "--port", str(self.port), "--webui-port", str(free_port()))
            until(lambda: "I have been elected leader" in self.log("master"), "the master")
            for number in range(workers):
                self.add_worker(number)
            until(lambda: all(self._joined(n) for n in range(workers)), "the workers")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add_worker(self, number: int) -> None:
        """Starts the worker of that number."""
        work = str(self.folder / f"work-{number}")
        options = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", work, self.master)
        self._start(f"worker-{number}", "worker.Worker", *options)

    def log(self, name: str) -> str:
        """What a process has said."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def executor_log(self, number: int) -> str:
        """What the executors of a worker have said."""
        logs = (self.folder / f"work-{number}").glob("app-*/*/stderr")
        return "".join(one.read_text(encoding="utf-8", errors="replace") for one in logs)

    def kill_worker(self, number: int) -> None:
        """Kills a worker with its executors, as a failing machine would."""
        one = self.processes.pop(1 + number)
        os.killpg(one.pid, signal.SIGKILL)
        one.wait()

    def close(self) -> None:
        """Kills all that was started."""
        while self.processes:
            one = self.processes.pop()
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGKILL)
            one.wait()

    def _joined(self, number: int) -> bool:
        return "Successfully registered with master" in self.log(f"worker-{number}")

    def _start(self, name: str, program: str, *options: str) -> None:
        command = [str(home() / "bin" / "spark-class"), f"org.apache.spark.deploy.{program}", "--host", "127.0.0.1"]
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes.append(
                subprocess.Popen(
                    [*command, *options], env=self.env, stdout=log, stderr=log, start_new_session=True
                )  # its own group of processes, with its executors
            )
