"""The case files themselves: named, labelled, told once, used, and a quarter of them or more negative."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from casebook import FOLDER, KINDS, cases, rows

TESTS = Path(__file__).parent
FILES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
NAME = re.compile(rf"(?P<step>[a-z-]+?)-(?P<kind>{'|'.join(KINDS)})")
STEPS = sorted({found["step"] for name in FILES if (found := NAME.fullmatch(name))})
NO_NEGATIVES = {"hostile": "each of its inputs is one that once did harm"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_named_for_its_step_and_kind(name: str) -> None:
    assert NAME.fullmatch(name), f"tests/cases/{name}.jsonl is not <step>-<{'|'.join(KINDS)}>.jsonl"
    assert [*FOLDER.iterdir()] != [] and rows(name)


@pytest.mark.parametrize("step", STEPS)
def test_labels_are_told_once_and_no_case_stands_twice(step: str) -> None:
    listed = [case for kind in KINDS if (FOLDER / f"{step}-{kind}.jsonl").exists() for case in rows(f"{step}-{kind}")]
    assert [label for label, count in Counter(case["label"] for case in listed).items() if count > 1] == []
    inputs = Counter(json.dumps({k: v for k, v in case.items() if k not in ("label", "comment")}) for case in listed)
    assert [one for one, count in inputs.items() if count > 1] == []


@pytest.mark.parametrize("step", [step for step in STEPS if step not in NO_NEGATIVES])
def test_a_quarter_of_the_cases_or_more_say_what_must_not_be_found(step: str) -> None:
    negative = len(rows(f"{step}-negative")) if (FOLDER / f"{step}-negative.jsonl").exists() else 0
    total = len(cases(step))
    assert 4 * negative >= total, f"{step}: {negative} of {total} cases are negative; add {-(-total // 4) - negative}"


@pytest.mark.parametrize("step", STEPS)
def test_a_test_runs_the_cases_of_the_step(step: str) -> None:
    asked = re.compile(rf'\b(cases|rows)\(f?"{step}[-"]')
    assert [p.name for p in TESTS.glob("test_*.py") if p != Path(__file__) and asked.search(p.read_text("utf-8"))]


@pytest.mark.parametrize("step", STEPS)
def test_the_readme_shows_what_a_case_of_the_step_looks_like(step: str) -> None:
    shown = [line.split("|")[1] for line in (FOLDER / "README.md").read_text("utf-8").splitlines() if line[:3] == "| `"]
    assert any(f"`{step}`" in column for column in shown)


def test_all_tests_take_their_cases_from_the_casebook() -> None:
    others = [p for p in TESTS.rglob("*.py") if p.name not in ("casebook.py", Path(__file__).name)]
    own = [p.name for p in others if re.search(r'"cases["/]|cases/\S+\.jsonl"', p.read_text("utf-8"))]
    assert own == [], "use casebook.cases(step)"


def test_a_line_that_is_no_case_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebook.FOLDER", tmp_path)
    for line, says in (("{", "line 2"), ('{"label": "a"}', "no label or no comment"), ("[]", "no label")):
        (tmp_path / "tides-made.jsonl").write_text(f'{{"label": "a", "comment": ""}}\n{line}\n')
        with pytest.raises(ValueError, match=says):
            cases("tides")
    with pytest.raises(ValueError, match="has no gales"):
        cases("gales")


def test_a_known_failure_is_marked_strictly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebook.FOLDER", tmp_path)
    made: list[dict[str, Any]] = [{"label": "a", "comment": ""}, {"label": "b", "comment": "", "known_failure": "why"}]
    (tmp_path / "tides-made.jsonl").write_text("".join(json.dumps(case) + "\n" for case in made))
    (tmp_path / "tides-known-failures.jsonl").write_text('{"label": "c", "comment": "how"}\n')
    assert [(p.id, [(m.kwargs["reason"], m.kwargs["strict"]) for m in p.marks]) for p in cases("tides")] == [
        ("a", []),
        ("b", [("why", True)]),
        ("c", [("how", True)]),
    ]
