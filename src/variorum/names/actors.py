"""The names of persons (`persons`), organisations (`bodies`), groups and sides.

Referents come from each witness's own text; here they are joined across witnesses. A word for an opponent or for
civilians that one witness leaves open is joined where every witness that settles it says the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from variorum.gazetteer import fold
from variorum.names import bodies, persons
from variorum.names.referents import Forms, Joined, rows
from variorum.records import Actor, Name

__all__ = ["names"]

_SIDES = ("armed forces of ",)


def names(actors: Sequence[Actor], texts: Mapping[str, str]) -> Iterable[Name]:
    """The rows for persons, organisations, groups and sides; ``texts`` are the witnesses' texts."""
    yield from persons.names([a for a in actors if a.kind == "person"], texts)
    yield from bodies.names([a for a in actors if a.kind == "organisation" and a.referent == a.name], texts)
    yield from _groups([a for a in actors if a.kind != "person" and (a.kind == "group" or a.referent != a.name)])


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
