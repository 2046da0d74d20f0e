"""The word lists for actors, from ``data/groups.toml`` and ``data/titles.csv``, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum.lists import rows, toml

__all__ = ["GroupClass", "Lists", "lists"]


@dataclass(frozen=True, slots=True)
class GroupClass:
    """A class of groups: ``referent`` is the neutral word for it, ``kind`` that of its rows."""

    name: str
    referent: str
    kind: str


@dataclass(frozen=True, slots=True)
class Lists:
    """Heads of groups (in lower case, by their words), titles, phrases for offices, pronouns; openers of two."""

    heads: dict[tuple[str, ...], GroupClass]
    longest: int
    skip: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[tuple[str, ...]]
    pronouns: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    not_last: frozenset[str]
    weak: frozenset[str]
    head_openers: frozenset[str]
    office_openers: frozenset[str]


@cache
def lists() -> Lists:
    """The lists, read at the first call.

    >>> lists().heads["armed", "forces"].referent
    'armed forces'
    """
    data = toml("groups")
    heads = {}
    for name, row in data["classes"].items():
        kind = GroupClass(name, row["referent"], row["kind"])
        for head in row["heads"].replace("\n", "|").split("|"):
            heads[tuple(head.lower().replace("-", " ").split())] = kind
    titles = {row["title"] for row in rows("titles")}
    persons = data["persons"]
    offices = {tuple(p.replace("-", " ").split()) for p in persons["phrases"].replace("\n", "|").split("|")}
    offices |= {tuple(t.replace("-", " ").split()) for t in titles}
    return Lists(
        heads, max(map(len, heads)), frozenset(data["sides"]["skip"].split()), frozenset(titles), frozenset(offices),
        frozenset(persons["pronouns"].split()), frozenset(persons["female"].split()),
        frozenset(persons["male"].split()), frozenset(data["bodies"]["not_last"].split()),
        frozenset(data["bodies"]["weak"].split()), frozenset(head[0] for head in heads if head),
        frozenset(office[0] for office in offices if office),
    )  # fmt: skip
