"""The names of persons: full and short forms, titles, spellings, and a surname with its bearer.

Referents come from each witness's own text; here they are joined across witnesses. Two full names are one where they
are spellings of one (`romanised`) and do not stand side by side in a text; a shorter form joins the one longer that has
it; a bare surname its only bearer, or the one whom the witnesses name far more often than all others of that name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from variorum.gazetteer import fold
from variorum.lists import toml, words
from variorum.names.aliases import aliases
from variorum.names.lists import honorifics, is_people, offices
from variorum.names.referents import Forms, Joined, rows
from variorum.names.romanised import is_hyphened, is_person_spelling, romanised, syllables
from variorum.records import Actor, Name
from variorum.spelling import block

__all__ = ["names"]

_SET = toml("names_joining")["persons"]
SHARE: float = _SET["share"]
BLOCK: int = _SET["block"]
NEAR: int = _SET["near"]
REACH: int = _SET["reach"]
_BEFORE = re.compile(r"[^\s,;:()“”\"]+")


@dataclass(slots=True)
class _Person:
    """A name as a witness's text settles it, in all witnesses that have it: its label, and the words that sound."""

    node: str
    label: str
    sound: tuple[str, ...]

    @property
    def bare(self) -> bool:
        return len(self.sound) == 1


@dataclass(slots=True)
class _Found:
    forms: Forms = field(default_factory=lambda: defaultdict(Counter))
    labels: dict[Hashable, str] = field(default_factory=dict)
    joined: Joined = field(default_factory=Joined)


def names(actors: Sequence[Actor], texts: Mapping[str, str]) -> Iterable[Name]:
    """The rows for persons; ``actors`` are in the order of the texts."""
    found = _Found()
    told = _told(actors, texts)
    for actor, name in told:
        found.joined.join(fold(name), fold(str(actor.referent)))
    last: dict[str, tuple[int, str]] = {}
    for actor in actors:
        if actor.referent is None or actor.text.lower() in words("groups", "persons", "pronouns"):
            continue
        node = fold(actor.referent)
        if found.labels.setdefault(node, actor.referent).isupper():
            found.labels[node] = actor.referent
        form = " ".join(actor.text.split())
        found.forms[node][form, actor.witness] += 1
        for titled in _titled(form, texts.get(actor.witness, "")[max(0, actor.start - REACH) : actor.start]):
            found.forms[node][titled, actor.witness] += 1
        end, before = last.get(actor.witness, (-NEAR, node))
        if before != node and actor.start - end < NEAR and not _within(before, node):
            found.joined.apart(before, node)
        last[actor.witness] = actor.end, node
    for actor, name in told:
        if fold(name) not in found.forms:
            found.labels[fold(name)] = name
            found.forms[fold(name)][name, actor.witness] += 1
    _join(found)
    return rows("person", found.forms, found.joined, _called(found))


def _told(actors: Sequence[Actor], texts: Mapping[str, str]) -> list[tuple[Actor, str]]:
    """Persons behind whom another name of theirs is told, with that name: "Ana Teverin, born Ana Merrow"."""
    named = [actor for actor in actors if actor.referent is not None]
    return [(actor, name) for actor, name in aliases(named, texts) if len(name.split()) > 1]


def _called(found: _Found) -> dict[Hashable, str]:
    """The labels without those of surnames alone that have a bearer."""
    full = {node for node in found.labels if len(str(node).split()) > 1}
    borne = {found.joined.find(node) for node in full}
    return {node: t for node, t in found.labels.items() if node in full or found.joined.find(node) not in borne}


def _within(a: str, b: str) -> bool:
    """Whether one key is a part of the other."""
    return f" {a} " in f" {b} " or f" {b} " in f" {a} "


def _titled(form: str, before: str) -> list[str]:
    """The name with the titles just before it, with the people before these, and an office of several words alone."""
    if form.lower() in offices():
        return []
    told = [(m.group(), m.start()) for m in _BEFORE.finditer(before)]
    first, whole = len(told), before.rstrip() == before[: told[-1][1] + len(told[-1][0])] if told else False
    alone: list[str] = []
    while whole and first > 0 and (size := _title(told, first)):
        if first < len(told) and told[first][0][0].isupper() != told[first - size][0][0].isupper():
            break
        first -= size
        if size > 1 or "-" in told[first][0]:
            alone = [" ".join(word for word, _ in told[first : first + size])]
        whole = first == 0 or before[told[first - 1][1] + len(told[first - 1][0]) : told[first][1]].isspace()
    if first == len(told):
        return []
    titled = " ".join([*(word for word, _ in told[first:]), form])
    people = [f"{told[first - 1][0]} {titled}"] if whole and first and is_people(told[first - 1][0]) else []
    return [titled, *people, *alone]


def _title(told: Sequence[tuple[str, int]], end: int) -> int:
    """How many words before ``end`` are one title or office; 0 where they are none."""
    for size in (3, 2, 1):
        if size <= end:
            phrase = " ".join(word for word, _ in told[end - size : end])
            if phrase.lower() in offices() or phrase in honorifics():
                return size
    parts = told[end - 1][0].split("-") if end else []
    return int(len(parts) > 1 and all(part in honorifics() or part.lower() in offices() for part in parts))


def _join(found: _Found) -> None:
    people = [
        _Person(str(node), found.labels[node], romanised(found.labels[node])) for node in sorted(found.forms, key=str)
    ]
    people = [one for one in people if one.sound]
    full = [one for one in people if not one.bare]
    _join_spellings(people, found.joined)
    _join_syllables(full, found.joined)
    _join_short(full, found.joined)
    _join_bare([one for one in people if one.bare], full, found)


def _blocks(people: Sequence[_Person]) -> Iterable[list[_Person]]:
    """Names that may be spellings of one: those whose last words share their consonants, or whose whole names do."""
    by_block: dict[str, list[_Person]] = defaultdict(list)
    for one in people:
        keys = {block(one.sound[-1]), "=" + "".join(map(block, one.sound))}
        for key in keys:
            by_block[key].append(one)
    return (group[:BLOCK] for group in by_block.values() if len(group) > 1)


def _join_spellings(people: Sequence[_Person], joined: Joined) -> None:
    for group in _blocks(people):
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                apart = one.bare and other.bare  # two surnames alone may be those of two
                if not apart and is_person_spelling(one.label, other.label):
                    joined.join(one.node, other.node)


def _join_syllables(people: Sequence[_Person], joined: Joined) -> None:
    """Joins the romanisations of a Chinese or Korean name; one of them parts the given name with a hyphen."""
    hyphened = {syllables(one.label): one.node for one in people if is_hyphened(one.label)}
    for one in people:
        other = hyphened.get(syllables(one.label))
        if other is not None:
            joined.join(one.node, other)


def _join_short(people: Sequence[_Person], joined: Joined) -> None:
    """Joins "A. Teverin" and "Ana Teverin" with the one longer name that has their words in order."""
    for group in _blocks(people):
        for one in group:
            longer = [other for other in group if len(other.sound) >= len(one.sound) and _is_short_for(one, other)]
            if len({joined.find(other.node) for other in longer}) == 1:
                joined.join(one.node, longer[0].node)


def _is_short_for(short: _Person, full: _Person) -> bool:
    if short.node == full.node or (len(short.sound) == len(full.sound) and all(len(w) > 1 for w in short.sound)):
        return False
    rest = iter(full.sound)
    return all(any(w == f or (len(w) == 1 and f.startswith(w)) for f in rest) for w in short.sound)


def _join_bare(bare: Sequence[_Person], full: Sequence[_Person], found: _Found) -> None:
    """Joins a surname that no text of its own settles with its bearer."""
    bearers: dict[str, list[_Person]] = defaultdict(list)
    for one in full:
        for word in {one.sound[-1], *(one.sound[:1] if is_hyphened(one.label) else ())}:
            bearers[block(word)].append(one)
    for one in bare:
        weight: Counter[Hashable] = Counter()
        for other in bearers[block(one.sound[0])][:BLOCK]:
            word = other.sound[0] if is_hyphened(other.label) else other.sound[-1]
            if is_person_spelling(one.sound[0], word):
                weight[found.joined.find(other.node)] += found.forms[other.node].total()
        if weight:
            bearer, most = min(weight.items(), key=lambda item: (-item[1], str(item[0])))
            if len(weight) == 1 or most >= SHARE * weight.total():
                found.joined.join(one.node, bearer)
