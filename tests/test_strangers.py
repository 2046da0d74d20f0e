"""What meets the eye of somebody who drops a folder on the program: invented collections with all that differs in them marked.

The head of each file of `tests/strangers` says which matters are shown today: none of them may be lost, and no conflict of
the default view may be of two matters. How many there are in all is what `python tests/stranger_score.py` prints.
"""

import re
from pathlib import Path

import pytest

from stranger_score import FOLDER, accounts, made, score

NAMES = sorted(p.stem for p in FOLDER.glob("*.txt"))


def shown(name: str) -> set[str]:
    head = re.search(r"^# shown:(.*)$", (FOLDER / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    assert head, name
    return set(head[1].split())


def known_false(name: str) -> int:
    """How many false conflicts its head says are there today, so that none comes to them."""
    head = re.search(r"^# false: (\d+)", (FOLDER / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    return int(head[1]) if head else 0


@pytest.mark.parametrize("name", NAMES)
def test_what_differs_is_shown_and_nothing_else(name: str, tmp_path: Path) -> None:
    got = score(name, made(name, tmp_path))
    assert len(got.false) <= known_false(name), got.false
    assert shown(name) <= set(got.shown), (got.hidden, got.missed)


def test_marks_are_taken_out_of_the_texts() -> None:
    for name in NAMES:
        for one in accounts(name):
            assert not re.search(r"[{}|]", one.text)
            assert all(one.text[a:b].strip() for a, b, _, _ in one.marks)
