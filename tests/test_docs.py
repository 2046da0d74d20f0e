"""The documents: what they show is what the program does."""

import doctest
from pathlib import Path

from variorum import export

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_the_way_of_one_account_is_as_told() -> None:
    failed, tried = doctest.testfile(str(DOCS / "architecture.md"), module_relative=False)
    assert tried > 15 and not failed


def test_every_export_has_its_row() -> None:
    page = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert [name for name in export.FORMATS if f"| `{name}` |" not in page] == []
