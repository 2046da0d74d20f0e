"""The cases of tests/cases/: one loader for every step. README.md there says what a case is and how to add one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

__all__ = ["FOLDER", "KINDS", "cases", "hold", "rows"]

FOLDER = Path(__file__).parent / "cases"
KINDS = ("made", "wild", "negative", "known-failures")
"""Invented cases, cases from the world, what must not be found, and what is wrong today."""


def rows(name: str) -> list[dict[str, Any]]:
    """The cases of one file, as they are written; a line that is no case is told with its number."""
    listed = []
    for number, line in enumerate((FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                case = json.loads(line)
            except ValueError as error:
                raise ValueError(f"tests/cases/{name}.jsonl, line {number}: {error}") from error
            if not isinstance(case, dict) or not case.get("label") or "comment" not in case:
                raise ValueError(f"tests/cases/{name}.jsonl, line {number}: no label or no comment")
            listed.append(case)
    return listed


def cases(step: str, *kinds: str) -> list[Any]:
    """The cases of a step (of some kinds, or of all), each a test of its own under its label.

    A case of known-failures is expected to fail, and so is one with a ``known_failure`` that says why; where it passes,
    the test fails and asks to take the mark away.

        @pytest.mark.parametrize("case", cases("figures"))
        def test_case(case): ...
    """
    wanted = [kind for kind in kinds or KINDS if (FOLDER / f"{step}-{kind}.jsonl").exists()]
    if not wanted or (kinds and len(wanted) < len(kinds)):
        raise ValueError(f"tests/cases/ has no {step}-*.jsonl, or not {', '.join(kinds)}")
    return [_param(case, kind) for kind in wanted for case in rows(f"{step}-{kind}")]


def _param(case: dict[str, Any], kind: str) -> Any:
    reason = case.get("known_failure") or (case["comment"] or "a known failure" if kind == "known-failures" else None)
    marks = [pytest.mark.xfail(reason=str(reason), strict=True)] if reason else []
    return pytest.param(case, id=case["label"], marks=marks)


def hold(step: str, case: dict[str, Any], wrong: list[str]) -> None:
    """Fail where other slots of a case are wrong than it says itself (``"wrong": ["place"]``).

    With VARIORUM_SETTLE=1 (and pytest -n 0) what is wrong is written into the case instead; look at every line that changes.
    """
    said = case.get("wrong", [])
    if wrong != said and os.environ.get("VARIORUM_SETTLE"):
        _settle(step, case["label"], wrong)
        return
    assert wrong == said, f'{case["label"]}: its "wrong" should be {json.dumps(wrong)}'


def _settle(step: str, label: str, wrong: list[str]) -> None:
    for kind in KINDS:
        path = FOLDER / f"{step}-{kind}.jsonl"
        listed = rows(path.stem) if path.exists() else []
        for case in listed:
            if case["label"] == label:
                case.pop("wrong", None)
                case.update({"wrong": wrong} if wrong else {})
                path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in listed), encoding="utf-8")
