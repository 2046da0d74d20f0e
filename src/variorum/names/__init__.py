"""Names: one referent, all its forms, by witness, with counts.

Places, persons, organisations, groups and sides come from the mentions; wars, operations, fronts, happenings and acts
from the wording of the witnesses. The kinds are place, person, organisation, group, side, war, operation, event and
act. A form that two referents bear stands under both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TypeVar

import pyarrow.compute as pc

from variorum import records
from variorum.engine import Engine
from variorum.gazetteer import fold, kind_bit, open_gazetteer
from variorum.languages import offers
from variorum.names import actors, happenings, places, spoken, wording
from variorum.records import Actor, Claim, Name, Place, Quote

__all__ = ["run"]

M = TypeVar("M", Place, Actor, Quote)


def run(engine: Engine) -> None:
    """Reads ``witnesses``, ``places``, ``actors``, ``quotes`` and ``claims``; writes ``names``."""
    texts = {w["witness"]: w["text"] for w in engine.get("witnesses").select(["witness", "text"]).to_pylist()}
    found: Counter[tuple[str, str, str, str]] = Counter()
    for name in _all(engine, texts):
        found[name.referent, name.kind, name.form, name.witness] += name.count
    engine.put("names", records.table(Name, [Name(*key, count) for key, count in sorted(found.items())]))


def _all(engine: Engine, texts: dict[str, str]) -> Iterator[Name]:
    yield from places.names(_rows(engine, Place), texts)
    people = _rows(engine, Actor)
    if unparsed := _unparsed(engine):
        people += spoken.speakers(_rows(engine, Quote), unparsed)
        people.sort(key=lambda row: (row.witness, row.start, row.end))
    yield from actors.names(people, texts)
    yield from wording.names(texts, _normal)
    yield from happenings.names(texts)
    yield from wording.acts(_placed(engine))


def _placed(engine: Engine) -> list[Claim]:
    """The claims that name a place."""
    if not engine.has(Claim.TABLE):
        return []
    data = engine.get(Claim.TABLE)
    return records.rows(Claim, data.filter(pc.is_valid(data["place"])))


def _unparsed(engine: Engine) -> frozenset[str]:
    """The witnesses in languages of which no actors are found."""
    columns = engine.get("witnesses")
    if "language" not in columns.column_names:
        return frozenset()
    rows = columns.select(["witness", "language"]).to_pylist()
    return frozenset(row["witness"] for row in rows if not offers(row["language"], "actors"))


def _rows(engine: Engine, kind: type[M]) -> list[M]:
    """The rows of a table in the order of the texts; none where the table is not there."""
    if not engine.has(kind.TABLE):
        return []
    return sorted(records.rows(kind, engine.get(kind.TABLE)), key=lambda row: (row.witness, row.start, row.end))


@cache
def _normal(word: str) -> str:
    """A people's adjective becomes its country's name, any other word its key."""
    key = fold(word)
    gazetteer = open_gazetteer()
    finding = gazetteer.find(key)
    if finding is None or not finding.kinds & kind_bit("people"):
        return key
    heads = (gazetteer.head(e.country) for e in map(gazetteer.entry, finding.numbers) if e.kind == "people")
    head = max((h for h in heads if h is not None), key=lambda h: h.population, default=None)
    return fold(head.name) if head is not None else key
