"""The tables of ``variorum/data``, read once: word lists and thresholds in TOML, rows in CSV, each with its source."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["rows", "toml", "words"]


def _text(name: str) -> str:
    return files("variorum").joinpath("data", name).read_text(encoding="utf-8")


@cache
def toml(name: str) -> dict[str, Any]:
    """The table ``data/<name>.toml``.

    >>> toml("dates")["parts"]["22"]["words"]
    'summer'
    """
    return tomllib.loads(_text(f"{name}.toml"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.csv`` by column; lines that begin with ``#`` tell of the table and are left out.

    >>> rows("irregular_verbs")[0]
    {'lemma': 'arise', 'past': 'arose', 'participle': 'arisen'}
    """
    lines = (line for line in _text(f"{name}.csv").splitlines() if line.strip() and not line.startswith("#"))
    return tuple(csv.DictReader(lines))


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """A list of words in ``data/<name>.toml``, written as an array or as one text with spaces between.

    >>> "March" in words("dates", "months")
    True
    """
    found: Any = toml(name)
    for key in keys:
        found = found[key]
    return frozenset(found.split() if isinstance(found, str) else found)
