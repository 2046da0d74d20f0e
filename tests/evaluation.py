"""Evaluation data, which lies outside this repository: the folder that VARIORUM_DATA names.

Its file floors.jsonl says what must be reached on which data, one JSON object a line: ``kind`` (which test), ``label``,
paths below the folder, and ``least``. Without the variable those tests are skipped and say so.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

__all__ = ["floors", "path"]


def path(relative: str) -> Path:
    """A file or folder of the evaluation data."""
    return Path(os.environ["VARIORUM_DATA"]) / relative


def floors(kind: str) -> list[Any]:
    """What must be reached by one kind of test, each under its label."""
    if not os.environ.get("VARIORUM_DATA"):
        unset = pytest.mark.skip(reason="evaluation data: VARIORUM_DATA names no folder")
        return [pytest.param({}, id="no data", marks=unset)]
    listed = [
        json.loads(line) for line in path("floors.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    return [pytest.param(one, id=one["label"], marks=pytest.mark.slow) for one in listed if one["kind"] == kind]
