"""What each rule of resolution in narrative earns: value F1 with the rule taken out, on the same data as times.py.

python benchmarks/times_rules.py GOLD.jsonl
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from variorum.mentions.times import course, resolve
from variorum.mentions.times.course import Course
from variorum.mentions.times.surroundings import Surroundings

_NEVER = re.compile(r"(?!)")


def _no(*_: Any) -> bool:
    return False


def _nothing(*_: Any) -> None:
    return None


WITHOUT: dict[str, Callable[[], Any]] = {
    "nothing taken out": lambda: patch.object(course, "_unused", None, create=True),
    "a heading's year for the first date of a paragraph": lambda: patch.object(Surroundings, "heading_year", _nothing),
    "the year of a date joined on the right": lambda: patch.object(resolve._Walker, "_right_neighbour", _nothing),
    "pairs of months across the year": lambda: patch.object(resolve._Walker, "_left_neighbour", _nothing),
    "looking back: since, compared with": lambda: patch.object(resolve._Walker, "_looks_back", _no),
    "quotations do not move the narrative": lambda: patch.object(Course, "cross", _nothing),
    "plans and ends do not move it": lambda: patch.object(course, "_PLAN", _NEVER),
    "years in names of events do not move it": lambda: patch.object(Course, "_names_event", _no),
    "asides that what follows goes back from": lambda: patch.object(Course, "_goes_back", _no),
    "an earlier year moves it only where it comes first": lambda: patch.object(Course, "_first_dated", lambda *_: True),
    "bare years are believed only when plausible": lambda: patch.object(Course, "_year_moves", lambda *_: True),
    "the last mention for later and earlier": lambda: patch.object(Course, "recent", _nothing),
    "modal clauses do not move it": lambda: patch.object(Surroundings, "signalled", _no),
}


def main() -> None:
    spec = importlib.util.spec_from_file_location("times_benchmark", Path(__file__).with_name("times.py"))
    assert spec and spec.loader
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    docs = [json.loads(line) for line in lines if line.strip()]
    for name, without in WITHOUT.items():
        with without():
            scores, _, _ = benchmark.measured(docs, benchmark.ours())
        print(f"{scores['value']:6.2f}  {name}")


if __name__ == "__main__":
    main()
