"""Installed as a user does it, with the pip that a new environment has: every format is read, and an edition made.

The wheel is built once. Each Python of VERSIONS gets a new environment; one that this machine lacks is said and passed over.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from samples import SAMPLES
from variorum import __version__, read
from variorum.edition import Edition
from variorum.records import Claim, Witness

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = ("3.11", "3.12", "3.13")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
LOST = """
import json
from importlib.metadata import PackageNotFoundError, distribution
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as plain
seen, lost, todo = set(), [], [("variorum", "")]
while todo:
    name, extra = todo.pop()
    if (name, extra) in seen:
        continue
    seen.add((name, extra))
    try:
        found = distribution(name)
    except PackageNotFoundError:
        lost.append(name)
        continue
    spelled = {extra, *(e for e in found.metadata.get_all("Provides-Extra") or [] if plain(e) == extra)}
    for need in map(Requirement, found.requires or []):
        if need.marker is None or any(need.marker.evaluate({"extra": one}) for one in spelled):
            todo += [(plain(need.name), ""), *((plain(need.name), plain(one)) for one in need.extras)]
print(json.dumps([lost, len(seen)]))
"""
"""Everything that Variorum needs, and what that needs, with the extras that an old pip passes over: what is not there."""


def run(*command: object, where: Path | None = None) -> str:
    done = subprocess.run([str(one) for one in command], cwd=where, env=CLEAN, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def pythons(version: str) -> Iterator[str]:
    """Where this version may lie: the system's own first, whose pip is the oldest."""
    yield f"/usr/bin/python{version}"
    yield sys._base_executable  # type: ignore[attr-defined]
    yield from filter(None, [shutil.which(f"python{version}")])
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from (str(one / "bin" / "python") for one in sorted(pyenv.glob(f"{version}.*")))
    if shutil.which("uv"):
        found = subprocess.run(
            ["uv", "python", "find", "--no-python-downloads", version], capture_output=True, text=True
        )
        yield found.stdout.strip()


def python(version: str) -> str | None:
    """An interpreter of this version that can make environments, or None."""
    asks = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    for one in pythons(version):
        if one and Path(one).is_file():
            told = subprocess.run([one, "-c", asks], env=CLEAN, capture_output=True, text=True)
            if told.stdout.strip() == version:
                return one
    return None


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the oldest pip at hand."""
    top = tmp_path_factory.mktemp("wheel")
    run(python(VERSIONS[0]) or sys.executable, "-m", "venv", top / "v")
    run(top / "v/bin/python", "-m", "pip", "wheel", "-q", "--no-deps", "-w", top / "dist", ROOT)
    [made] = (top / "dist").glob("variorum-*.whl")
    return made


def test_there_is_a_sample_of_every_format_that_is_read_or_named() -> None:
    named = {
        line.split("|")[2] for line in (ROOT / "docs/reading.md").read_text("utf-8").splitlines() if line[:1] == "|"
    }
    endings = {ending for cell in named for ending in re.findall(r"`(\.[a-z0-9.]+)`", cell)}
    assert endings == set(read.ENDINGS), "docs/reading.md and variorum.read name other endings"
    assert endings <= set(SAMPLES), "tests/samples.py lacks a file of a format"


@pytest.mark.install
@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_a_new_environment_reads_every_format(version: str, wheel: Path, tmp_path: Path) -> None:
    base = python(version)
    if base is None:
        assert version != VERSIONS[0] or sys.version_info[:2] != (3, 11)
        warnings.warn(
            f"Python {version} was not tried: it is not in /usr/bin, on the PATH, in pyenv or uv", stacklevel=1
        )
        return
    run(base, "-m", "venv", tmp_path / "v")
    installed = tmp_path / "v" / "bin"
    run(installed / "python", "-m", "pip", "install", "-q", "--no-compile", "--disable-pip-version-check", wheel)
    lost, seen = json.loads(run(installed / "python", "-c", LOST))
    assert lost == [] and seen > 40
    assert run(installed / "variorum", "--version").strip() == f"variorum {__version__}"
    (tmp_path / "accounts").mkdir()
    sentences = {
        ending: f"The {number} boats of Tolven left the quay on {number} May 1961."
        for number, ending in enumerate(read.ENDINGS, 4)
    }
    for ending, words in sentences.items():
        (tmp_path / "accounts" / f"sample{len(words)}{ending}").write_bytes(SAMPLES[ending](words))
    run(installed / "variorum", "collate", "accounts", "-o", "edition", "--set", "processes=1", where=tmp_path)
    edition = Edition(tmp_path / "edition")
    assert edition.problems().to_pylist() == []
    texts = [w.text for w in edition.records(Witness)]
    assert {ending for ending, words in sentences.items() if sum(words in text for text in texts) != 1} == set()
    assert len({claim.witness for claim in edition.records(Claim)}) == len(sentences)
    assert (edition.folder / "index.html").is_file()
