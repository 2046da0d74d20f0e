"""The names of persons, organisations and groups: full and short names, titles, roles, and the words for sides.

Referents come from each witness's own text; here they are joined across witnesses. A surname that stays open in its
witness is joined where all witnesses together know one bearer. A word for an opponent or for civilians that one witness
leaves open is joined where every witness that settles it says the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from variorum.gazetteer import fold
from variorum.lists import words
from variorum.names.lists import offices
from variorum.names.referents import Forms, Joined, rows
from variorum.names.spelling import block, is_spelling
from variorum.records import Actor, Name

__all__ = ["names"]

_TITLE = re.compile(r"(?:[^\W\d_][\w.’'-]* ){1,4}$")
_SIDES = ("armed forces of ",)


def names(actors: Sequence[Actor], texts: Mapping[str, str]) -> Iterable[Name]:
    """The rows for persons, organisations, groups and sides; ``texts`` are the witnesses' texts."""
    yield from _persons([a for a in actors if a.kind == "person"], texts)
    yield from _organisations([a for a in actors if a.kind == "organisation" and a.referent == a.name])
    yield from _groups([a for a in actors if a.kind != "person" and (a.kind == "group" or a.referent != a.name)])


def _persons(actors: Sequence[Actor], texts: Mapping[str, str]) -> Iterable[Name]:
    forms: Forms = defaultdict(Counter)
    joined = Joined()
    labels: dict[Hashable, str] = {}
    for actor in actors:
        if actor.referent is None or actor.text.lower() in words("groups", "persons", "pronouns"):
            continue
        node = fold(actor.referent)
        labels.setdefault(node, actor.referent)
        form = " ".join(actor.text.split())
        forms[node][form, actor.witness] += 1
        for titled in _titled(form, texts.get(actor.witness, "")[max(0, actor.start - 60) : actor.start]):
            forms[node][titled, actor.witness] += 1
    _join_persons(sorted(forms, key=str), joined)
    return rows("person", forms, joined, labels)


def _titled(form: str, before: str) -> list[str]:
    """The name with the office just before it, and that office alone where it has several words."""
    match = _TITLE.search(before)
    if match is None or form.lower() in offices():
        return []
    words = match.group(0).split()
    for size in range(len(words), 0, -1):
        title = " ".join(words[-size:])
        if title.lower() in offices():
            return [f"{title} {form}", *([title] if size > 1 else [])]
    return []


def _join_persons(nodes: Sequence[Hashable], joined: Joined) -> None:
    """Joins spellings of one full name, and a surname with its only bearer."""
    bearers: dict[str, list[Hashable]] = defaultdict(list)
    blocks: dict[str, list[Hashable]] = defaultdict(list)
    for node in nodes:
        words = str(node).split()
        if len(words) > 1:
            bearers[words[-1]].append(node)
            blocks[block(words[-1])].append(node)
    for group in blocks.values():
        for i, one in enumerate(group[:100]):
            for other in group[i + 1 : 100]:
                if is_spelling(str(one), str(other)):
                    joined.join(one, other)
    for node in nodes:
        words = str(node).split()
        if len(words) == 1 and len({joined.find(b) for b in bearers[words[0]]}) == 1:
            joined.join(node, bearers[words[0]][0])


def _organisations(actors: Sequence[Actor]) -> Iterable[Name]:
    """Bodies with names of their own: joined regardless of case, and a shorter form with the one longer that has it."""
    forms: Forms = defaultdict(Counter)
    joined = Joined()
    labels: dict[Hashable, str] = {}
    for actor in actors:
        node: Hashable = fold(actor.name)
        labels.setdefault(node, actor.name)
        forms[node][" ".join(actor.text.split()), actor.witness] += 1
    longer: dict[str, list[str]] = defaultdict(list)
    for node in forms:
        words = str(node).split()
        for size in range(2, len(words)):
            for at in range(len(words) - size + 1):
                longer[" ".join(words[at : at + size])].append(str(node))
    for node in forms:
        if len(longer.get(str(node), ())) == 1:
            joined.join(node, longer[str(node)][0])
    return rows("organisation", forms, joined, labels)


def _groups(actors: Sequence[Actor]) -> Iterable[Name]:
    settled = _settled(actors)
    forms: Forms = defaultdict(Counter)
    kinds: dict[Hashable, str] = {}
    for actor in actors:
        referent = actor.referent or settled.get(fold(actor.name))
        if referent is None:
            continue
        kinds.setdefault(referent, "side" if referent.startswith(_SIDES) else actor.kind)
        for form in dict.fromkeys((" ".join(actor.text.split()), actor.name)):
            forms[referent][form, actor.witness] += 1
    for kind in ("side", "organisation", "group"):
        chosen = {referent: counts for referent, counts in forms.items() if kinds[referent] == kind}
        yield from rows(kind, defaultdict(Counter, chosen), Joined(), {r: str(r) for r in chosen})


def _settled(actors: Sequence[Actor]) -> dict[str, str]:
    """Forms that every witness that settles them gives the same referent."""
    found: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        if actor.referent is not None:
            found[fold(actor.name)].add(actor.referent)
    return {form: next(iter(referents)) for form, referents in found.items() if len(referents) == 1}
