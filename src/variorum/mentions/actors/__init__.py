"""Actors: persons, organisations and groups, and whom a surname, a role, a pronoun or a group's word means.

Rows of persons cover the name without its titles. ``referent`` is None where the text leaves open who is meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from variorum.gazetteer import Gazetteer, kind_bit, open_gazetteer
from variorum.language.tree import tree_of
from variorum.mentions.actors.bodies import bodies, shorter_forms
from variorum.mentions.actors.groups import groups
from variorum.mentions.actors.persons import Person, persons
from variorum.mentions.actors.roles import pronouns, roles
from variorum.mentions.actors.shorts import head_family, shorts
from variorum.mentions.places.words import Words, split, within
from variorum.records import Actor
from variorum.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from variorum.config import Config
    from variorum.mentions import Found

__all__ = ["find", "head_family", "shorter_forms"]

_PEOPLE = kind_bit("people")
_APART = ("heading", "byline", "item", "date")
"""Parts of a text into which, and out of which, no name runs."""
Owners = dict[int, tuple[int, str]]


def find(doc: Doc, found: Found, config: Config) -> list[Actor]:
    """The actors of a parsed text whose times and places are found, in order."""
    parts = (part for part in found.structure if part.kind in _APART)
    words = split(tree_of(doc).text, [edge for part in parts for edge in (part.start, part.end)])
    tags = _tags(words, doc)
    layer = doc.spans.get("names", ())
    labels = {index: s.label_ for s in layer for index in within(words, Span(s.start_char, s.end_char))}
    places = _places(words, found)
    peoples = _peoples(words, open_gazetteer())
    taken = [False] * len(words)
    for first, (last, _) in (*places.items(), *peoples.items()):
        taken[first:last] = [True] * (last - first)
    for time in found.times:
        for index in within(words, Span(time.start, time.end)):
            taken[index] = True
    people = persons(words, taken, labels, tags)
    rows = list(_person_rows(found.witness, words, people))
    rows += _role_rows(found.witness, words, people, [s.start_char for s in tree_of(doc).sentences])
    free = _free(words, rows)
    rows += (
        _row(found.witness, words, (g.first, g.last), (g.core, g.kind.kind, g.referent))
        for g in groups(words, tags, places, peoples)
        if free[g.last - 1] and not _is_place(g.first, g.last, places)
    )  # fmt: skip
    free = _free(words, rows)
    named = [b for b in bodies(words, taken, labels) if all(free[b.first : b.last])]
    named += [b for b in shorts(words, tags, named) if all(free[b.first : b.last])]
    rows += (_row(found.witness, words, (b.first, b.last), (b.name, "organisation", b.referent)) for b in named)
    return sorted(rows, key=lambda row: (row.start, row.end))


def _row(witness: str, words: Words, at: tuple[int, int], named: tuple[str, str, str | None]) -> Actor:
    start, end = words.starts[at[0]], words.ends[at[1] - 1]
    name, kind, referent = named
    return Actor(witness, start, end, words.text[start:end], name, kind, referent)


def _person_rows(witness: str, words: Words, people: Sequence[Person]) -> Iterator[Actor]:
    for person in people:
        named = (person.referent or person.name, "person", person.referent)
        yield _row(witness, words, (person.first, person.last), named)


def _role_rows(witness: str, words: Words, people: Sequence[Person], sentences: list[int]) -> Iterator[Actor]:
    for role in (*roles(words, people), *pronouns(words, people, sentences)):
        text = words.text[words.starts[role.first] : words.ends[role.last - 1]]
        yield _row(witness, words, (role.first, role.last), (role.referent or text, "person", role.referent))


def _is_place(first: int, last: int, places: Owners) -> bool:
    """True when the words are a place and nothing more."""
    return first in places and places[first][0] >= last


def _free(words: Words, rows: Sequence[Actor]) -> list[bool]:
    free = [True] * len(words)
    for row in rows:
        for index in within(words, Span(row.start, row.end)):
            free[index] = False
    return free


def _tags(words: Words, doc: Doc) -> list[str]:
    """The part of speech of each word: that of the token in which it begins."""
    tree = tree_of(doc)
    at = [bisect_right(tree.starts, start) - 1 for start in words.starts] if tree.words else []
    return ["ADJ" if tree[i].dep == "amod" else tree[i].pos for i in at] or [""] * len(words)


def _places(words: Words, found: Found) -> Owners:
    owners: Owners = {}
    for place in found.places:
        inside = within(words, Span(place.start, place.end))
        if inside:
            owners[inside[0]] = (inside[-1] + 1, place.name)
    return owners


def _peoples(words: Words, gazetteer: Gazetteer) -> Mapping[int, tuple[int, str]]:
    """Peoples by their first word: the word after the last, and their country's name."""
    found: Owners = {}
    after = 0
    for index in (i for i, capital in enumerate(words.capital) if capital):
        last = _people_end(words, gazetteer, index) if index >= after else None
        if last is not None:
            key = words.key(index, last)
            finding = gazetteer.find(key)
            entries = [gazetteer.entry(n) for n in finding.numbers[:20]] if finding else []
            heads = [gazetteer.head(e.country) for e in entries if e.kind == "people"]
            head = max((h for h in heads if h is not None), key=lambda h: h.population, default=None)
            found[index] = (last, head.name if head else words.forms[index])
            after = last
    return found


def _people_end(words: Words, gazetteer: Gazetteer, index: int) -> int | None:
    for last in (index + 2, index + 1):
        if last <= len(words) and all(words.joined[index + 1 : last]):
            finding = gazetteer.find(words.key(index, last))
            if finding is not None and finding.kinds & _PEOPLE:
                return last
    return None
