"""The word lists for names: words of kind, offices, heads of wars and operations, words for fronts."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["beside_words", "front_words", "groups_table", "kind_words", "offices"]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("variorum").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def groups_table() -> dict[str, Any]:
    """The table ``data/groups.toml``."""
    return _toml("groups.toml")


@cache
def kind_words() -> frozenset[str]:
    """Words for kinds of places, in lower case.

    >>> "district" in kind_words()
    True
    """
    words = _toml("place_words.toml")
    return frozenset(words["kinds"]) | {w.lower() for w in words["last"] if w.isalpha()}


_BESIDE = frozenset(
    ["city", "town", "village", "district", "province", "region", "river", "lake", "mountain", "island", "sea"]
)


@cache
def beside_words() -> frozenset[str]:
    """Words that beside a name make a longer form of it: "Hale town", "district of Hale"; no plurals, no buildings.

    >>> "village" in beside_words(), "villages" in beside_words(), "mosque" in beside_words()
    (True, False, False)
    """
    kinds = _toml("place_words.toml")["kinds"]
    aside = {"territory", "capital", "nation", "country", "area", "community", "port", "range", "peak", "plain"}
    return frozenset(w for w, kind in kinds.items() if kind in _BESIDE and not w.endswith("s")) - aside


@cache
def offices() -> frozenset[str]:
    """Titles and offices, in lower case: "president", "first lady"."""
    lines = files("variorum").joinpath("data", "titles.csv").read_text(encoding="utf-8").splitlines()
    titles = {row["title"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
    return frozenset(titles | set(groups_table()["persons"]["phrases"].replace("\n", "|").split("|")))


@cache
def front_words() -> tuple[str, ...]:
    """Words for a front or a zone of war, longest first."""
    heads = groups_table()["classes"]["front"]["heads"].replace("\n", "|").split("|")
    return tuple(sorted(set(heads), key=lambda w: (-len(w), w)))
