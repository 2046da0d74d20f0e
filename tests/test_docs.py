"""The documents: what they show is what the program does."""

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from variorum import export
from variorum.cli import main

DOCS = Path(__file__).resolve().parents[1] / "docs"


def test_the_way_of_one_account_is_as_told() -> None:
    failed, tried = doctest.testfile(str(DOCS / "architecture.md"), module_relative=False)
    assert tried > 15 and not failed


def test_every_export_has_its_row() -> None:
    page = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert [name for name in export.FORMATS if f"| `{name}` |" not in page] == []


def commands(page: str) -> Iterator[list[str]]:
    """The calls of the program that a page shows, as words."""
    for line in re.findall(r"^ {4}variorum (.*)$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE):
        yield shlex.split(line.split("   #")[0].split(" | ")[0], comments=True)


@pytest.mark.parametrize("page", ["tutorial.md", "serve.md", "review.md"])
def test_the_calls_of_a_page_are_ones_of_the_program(page: str) -> None:
    for words in commands(page):
        known, group = {"--help"}, main
        for word in words:
            if isinstance(group, click.Group) and word in group.commands:
                group = group.commands[word]  # type: ignore[assignment]
                known |= {name for one in group.params for name in (*one.opts, *one.secondary_opts)}
            assert not word.startswith("-") or word in known, (words, word)
        assert group is not main, words


def test_the_pictures_and_pages_that_are_named_are_there() -> None:
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\(([\w./-]+\.(?:png|svg|md))\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).is_file(), f"{page.name}: {target}"
