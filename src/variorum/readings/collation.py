"""What the rules of the apparatus read: passages, links between them, and the events they tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

import pyarrow as pa

from variorum.engine import Engine
from variorum.languages import code_of
from variorum.readings.referents import called
from variorum.records import Event, Link, Name, Parallel, Story, Tells, rows
from variorum.sentences import Collection, Part, Passage, foreign, once, passages, read, stories

__all__ = ["Collation", "collation", "collation_of"]


@dataclass(slots=True)
class Collation:
    """A collection laid out for comparison.

    ``links`` gives the best link of two passages by their numbers, the smaller first; ``event_of`` the event of a
    passage; ``told`` the passages of an event, ``acted`` those of an act that two witnesses tell; ``foreign`` are those
    of accounts in other languages, where some stand beside others; ``story_of`` is the story of each
    passage, in their order; ``called`` says which person a word of a name means (`variorum.readings.referents`). Of a
    part ``several`` are the roles and places of far days beyond it. ``kept`` is what rules worked out of it all.
    """

    items: list[Passage]
    rarity: Collection
    links: dict[tuple[int, int], Link]
    event_of: dict[int, str]
    told: dict[str, list[Passage]]
    events: dict[str, Event]
    parallels: list[Parallel]
    names: list[Name]
    countries: frozenset[str]
    wording: dict[frozenset[str], list[Parallel]] = field(default_factory=dict)
    acts_of: dict[int, set[str]] = field(default_factory=dict)
    acted: dict[str, list[Passage]] = field(default_factory=dict)
    foreign: list[Passage] = field(default_factory=list)
    story_of: list[str] = field(default_factory=list)
    language: dict[str, str] = field(default_factory=dict)
    called: dict[tuple[str, str], str] = field(default_factory=dict)
    several: frozenset[tuple[str, str]] = frozenset()
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.called = called(self.names)

    def score(self, a: Passage, b: Passage) -> float:
        """How sure it is that two passages tell the same happening, 0 to 1."""
        link = self.links.get((min(a.number, b.number), max(a.number, b.number)))
        return link.score if link else 0.0

    def together(self, a: Passage, b: Passage) -> bool:
        """True when both are told under one event."""
        event = self.event_of.get(a.number)
        return event is not None and event == self.event_of.get(b.number)

    def one_story(self, a: Passage, b: Passage) -> bool:
        """True when both lie in stretches that tell one main happening; without stories all do."""
        return not self.story_of or self.story_of[a.number] == self.story_of[b.number]

    @once
    def stories(self) -> dict[str, list[Passage]]:
        """The passages of each story, in the order of the stories' ids."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.items:
            found[self.story_of[passage.number] if self.story_of else ""].append(passage)
        return dict(sorted(found.items()))

    def one_act(self, a: Passage, b: Passage) -> bool:
        """True when a claim of each tells the same act."""
        return bool(self.acts_of.get(a.number, set()) & self.acts_of.get(b.number, set()))

    def shares_wording(self, a: Passage, b: Passage) -> bool:
        """True when a parallel lies over both."""
        return any(_over(p, a, b) or _over(p, b, a) for p in self.wording.get(frozenset((a.witness, b.witness)), ()))

    def shared(self, a: Passage, b: Passage, most: float) -> list[str]:
        """The words of both that stand in at most the share ``most`` of all passages (or in two), rarest first."""
        limit = max(2.0, most * self.rarity.size)
        common = [w for w in a.words.keys() & b.words.keys() if self.rarity.frequency[w] <= limit]
        return sorted(common, key=lambda w: (self.rarity.frequency[w], w))

    @once
    def _ranked(self) -> list[tuple[Passage, Passage, Link]]:
        """The linked pairs of two witnesses, best first."""
        ranked = sorted(self.links.items(), key=lambda kv: (-kv[1].score, kv[0]))
        pairs = ((self.items[a], self.items[b], link) for (a, b), link in ranked)
        return [(a, b, link) for a, b, link in pairs if a.witness != b.witness]

    def across(self, least: float) -> Iterator[tuple[Passage, Passage, Link]]:
        """The linked pairs of two witnesses, best first."""
        return takewhile(lambda pair: pair[2].score >= least, self._ranked())


TELLING = ("tells", "denies", "recalls")
"""How a claim stands to the event of which its passage speaks."""


def _best_links(links: Iterable[Link], at: Mapping[str, Passage]) -> dict[tuple[int, int], Link]:
    """The surest link of each two passages."""
    best: dict[tuple[int, int], Link] = {}
    for link in links:
        if link.claim_a in at and link.claim_b in at:
            key = _key(at[link.claim_a], at[link.claim_b])
            if key not in best or best[key].score < link.score:
                best[key] = link
    return best


def _tellers(rows: Iterable[tuple[Passage, Tells]]) -> tuple[dict[str, list[Passage]], dict[str, list[Passage]]]:
    """The passages that tell each event, and those that tell each act."""
    told: dict[str, dict[int, Passage]] = defaultdict(dict)
    acted: dict[str, dict[int, Passage]] = defaultdict(dict)
    for passage, row in rows:
        if row.act:
            acted[row.act].setdefault(passage.number, passage)
        if row.relation in TELLING:
            told[row.event].setdefault(passage.number, passage)
    return _listed(told), _listed(acted)


def _listed(found: Mapping[str, dict[int, Passage]]) -> dict[str, list[Passage]]:
    return {name: list(one.values()) for name, one in found.items()}


def collation(engine: Engine) -> Collation:
    """Reads what the steps before have written, of the whole collection; a table that is lacking is an empty one."""
    items = passages(engine)
    parallels = read(engine, Parallel)
    return _laid_out(
        _Read(
            items,
            Collection(items),
            read(engine, Link),
            read(engine, Tells),
            read(engine, Event),
            parallels,
            read(engine, Name),
            foreign(engine, len(items)) if any(p.across for p in parallels) else [],
            stories(items, read(engine, Story)),
            _languages(engine.get("witnesses")) if any(p.across for p in parallels) else {},
        )
    )


def collation_of(part: Part) -> Collation:
    """Lays out a part as `variorum.readings.parts` has cut it."""
    items = part.passages()
    homes = {(row["witness"], row["start"]): row["story"] for row in part.tables["homes"].to_pylist()}
    parallels = rows(Parallel, part.tables["parallels"])
    across = any(p.across for p in parallels)
    made = _laid_out(
        _Read(
            items,
            Collection(items, part.counts()),
            rows(Link, part.tables["links"]),
            rows(Tells, part.tables["tells"]),
            rows(Event, part.tables["events"]),
            parallels,
            rows(Name, part.tables["names"]),
            part.foreign(len(items)) if across else [],
            [homes[p.witness, p.start] for p in items],
            _languages(part.tables["witnesses"]) if across else {},
        )
    )
    made.countries |= frozenset(part.tables["countries"]["name"].to_pylist())
    made.several = frozenset((row["role"], row["place"]) for row in part.tables["several"].to_pylist())
    return made


@dataclass(slots=True)
class _Read:
    """What a collation is made of."""

    items: list[Passage]
    rarity: Collection
    links: list[Link]
    tells: list[Tells]
    events: list[Event]
    parallels: list[Parallel]
    names: list[Name]
    foreign: list[Passage]
    story_of: list[str]
    language: dict[str, str]


def _laid_out(of: _Read) -> Collation:
    items = of.items
    at = {c.claim: p for p in items for c in p.claims}
    told_by = [(at[row.claim], row) for row in of.tells if row.claim in at]
    told, acted = _tellers(told_by)
    event_of: dict[int, str] = {}
    acts_of: dict[int, set[str]] = defaultdict(set)
    for passage, row in told_by:
        if row.act:
            acts_of[passage.number].add(row.act)
        if row.relation in TELLING:
            event_of.setdefault(passage.number, row.event)
    wording: dict[frozenset[str], list[Parallel]] = defaultdict(list)
    for parallel in (p for p in of.parallels if not p.across):
        wording[frozenset((parallel.a_witness, parallel.b_witness))].append(parallel)
    return Collation(
        items,
        of.rarity,
        _best_links(of.links, at),
        event_of,
        told,
        {e.event: e for e in of.events},
        of.parallels,
        of.names,
        frozenset(p.name for i in items for p in i.places if p.kind in ("country", "continent")),
        dict(wording),
        dict(acts_of),
        {act: listed for act, listed in acted.items() if len({p.witness for p in listed}) > 1},
        of.foreign,
        of.story_of,
        of.language,
    )


def _languages(witnesses: pa.Table) -> dict[str, str]:
    """The language of each witness, where accounts in several are compared."""
    columns = witnesses.select(["witness", "language"]).to_pylist()
    return {row["witness"]: code_of(row["language"]) or "en" for row in columns}


def _over(row: Parallel, a: Passage, b: Passage) -> bool:
    """True when a short parallel lies over two sentences, the sides in this order."""
    if row.a_witness != a.witness or row.a_end - row.a_start > 3 * (a.end - a.start):
        return False
    return row.a_start < a.end and a.start < row.a_end and row.b_start < b.end and b.start < row.b_end


def _key(a: Passage, b: Passage) -> tuple[int, int]:
    return (min(a.number, b.number), max(a.number, b.number))
