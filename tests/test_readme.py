"""The commands that the README and CONTRIBUTING name are what the Makefile and the program have."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from variorum.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "CONTRIBUTING.md")


def lines(page: str, program: str) -> list[str]:
    """The lines of the page's examples that begin with a program."""
    return re.findall(rf"^    ({program} .*)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)


def targets() -> dict[str, str]:
    """What `make help` says of each command."""
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return dict(line.removeprefix("make ").split(maxsplit=1) for line in told.splitlines() if line.startswith("make "))


def test_the_readme_has_two_commands() -> None:
    assert [line.split()[1] for line in lines("README.md", "make")] == ["demo", "test"]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_of_a_command_the_makefile_says_too(page: str) -> None:
    known = targets()
    for line in lines(page, "make"):
        name, said = re.fullmatch(r"make (\w+) +# (.+)", line).groups()  # type: ignore[union-attr]
        assert known[name] == said


@pytest.mark.parametrize(
    ("target", "runs"), [("demo", ["variorum demo -o demo"]), ("test", ["ruff check", "mypy", "pytest"])]
)
def test_a_command_of_the_readme_runs_what_it_should(target: str, runs: list[str]) -> None:
    would = subprocess.run(["make", "-n", "-B", target], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(f".venv/bin/{one}" in would for one in runs)
    assert "pip install" in would


def test_ci_runs_the_line_of_the_readme() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == "make test"


@pytest.mark.parametrize("line", lines("README.md", "variorum"))
def test_a_line_of_the_readme_is_a_command_with_its_options(line: str) -> None:
    _, name, *words = shlex.split(line, comments=True)
    command = main.commands[name]
    assert isinstance(command, click.Command)
    known = {option for one in command.params for option in one.opts}
    assert [word for word in words if word.startswith("-") and word != "-" and word not in known] == []
