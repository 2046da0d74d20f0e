"""What holds for all tests: property tests take the same examples in every run; the example is collated once."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("test", derandomize=True, database=None, deadline=None, max_examples=120)
settings.register_profile("search", derandomize=False, database=None, deadline=None, max_examples=3000, print_blob=True)
settings.load_profile(os.environ.get("VARIORUM_PROPERTIES", "test"))

os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
"""Java compiles for a short run: Spark's tests take half the processor time (22 s for 45 s, one trace of the example)."""


@pytest.fixture(scope="session")
def example_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the bundled example's edition, made once for all workers of a run; tests only read it."""
    from variorum.config import Config
    from variorum.edition.collate import collate
    from variorum.example import folder

    top = tmp_path_factory.getbasetemp()
    top = top.parent if "PYTEST_XDIST_WORKER" in os.environ else top
    made = top / "example" / "edition"
    with (top / "example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "edition.json").is_file():
            collate(folder(), made, Config(processes=1))
    return made
