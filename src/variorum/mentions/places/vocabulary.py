"""The word lists that the finding of places and actors rests on, read once from the data folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum.lists import rows, toml

__all__ = ["Vocabulary", "vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists, by what they are used for; see ``data/place_words.toml`` and ``data/person_names.toml``."""

    locative: frozenset[str]
    direction: frozenset[str]
    near: frozenset[str]
    compass: frozenset[str]
    articles: frozenset[str]
    kinds: dict[str, str]
    last: dict[str, str]
    first: dict[str, str]
    titles: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    organisation: frozenset[str]
    metonymy: frozenset[str]
    units: frozenset[str]
    speaks_for: tuple[str, ...]
    common: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    dotted: frozenset[str]
    after_comma: frozenset[str]
    inside: frozenset[str]
    tongues: frozenset[str]
    opening: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The word lists, read at the first call.

    >>> "in" in vocabulary().locative, vocabulary().kinds["village"]
    (True, 'village')
    """
    words, persons = toml("place_words"), toml("person_names")
    before, person = words["before"], words["person"]

    def split(text: str) -> frozenset[str]:
        return frozenset(text.split())

    short = [row["form"] for row in rows("abbreviations")]
    titles = split(person["titles"])
    last, first = words["last"], words["first"]
    dotted = {w for w in (*titles, *last, *first, *split(person["suffixes"])) if w.endswith(".")}
    return Vocabulary(
        split(before["locative"]), split(before["direction"]), split(before["near"]),
        split(before["compass"]), split(before["articles"]),
        words["kinds"], last, first, titles, split(person["suffixes"]), split(person["particles"]),
        split(words["organisation"]["words"]), split(words["metonymy"]["verbs"]), split(words["metonymy"]["units"]),
        tuple(words["metonymy"]["phrases"].split("|")), split(words["common"]["words"]), split(persons["given"]),
        split(persons["surnames"]), frozenset(dotted | {"St.", "Ft.", "Mt."}), frozenset(short),
        split(words["inside"]["words"]), split(words["tongues"]["words"]),
        split(words["opening"]["words"]),
    )  # fmt: skip
