"""What the rules of the apparatus read: passages, links between them, and the events they tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from variorum.engine import Engine
from variorum.records import Claim, Event, Link, Name, Parallel, Tells
from variorum.sentences import Collection, Passage, passages, read

__all__ = ["Collation", "collation"]


@dataclass(slots=True)
class Collation:
    """A collection laid out for comparison.

    ``links`` gives the best link of two passages by their numbers, the smaller first; ``event_of`` the event of a
    passage; ``told`` the passages of an event.
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

    def score(self, a: Passage, b: Passage) -> float:
        """How sure it is that two passages tell the same happening, 0 to 1."""
        link = self.links.get((min(a.number, b.number), max(a.number, b.number)))
        return link.score if link else 0.0

    def together(self, a: Passage, b: Passage) -> bool:
        """True when both are told under one event."""
        event = self.event_of.get(a.number)
        return event is not None and event == self.event_of.get(b.number)

    def shared(self, a: Passage, b: Passage, most: float) -> list[str]:
        """The words of both that stand in at most the share ``most`` of all passages (or in two), rarest first."""
        limit = max(2.0, most * self.rarity.size)
        common = [w for w in a.words.keys() & b.words.keys() if self.rarity.frequency[w] <= limit]
        return sorted(common, key=lambda w: (self.rarity.frequency[w], w))

    def across(self, least: float) -> Iterator[tuple[Passage, Passage, Link]]:
        """The linked pairs of two witnesses, best first."""
        for (a, b), link in sorted(self.links.items(), key=lambda kv: (-kv[1].score, kv[0])):
            if link.score < least:
                return
            if self.items[a].witness != self.items[b].witness:
                yield self.items[a], self.items[b], link


def collation(engine: Engine) -> Collation:
    """Reads what the steps before have written; a table that is lacking is an empty one."""
    items = passages(engine)
    at = {c.claim: p for p in items for c in p.claims}
    links: dict[tuple[int, int], Link] = {}
    for link in read(engine, Link):
        if link.claim_a in at and link.claim_b in at:
            key = _key(at[link.claim_a], at[link.claim_b])
            if key not in links or links[key].score < link.score:
                links[key] = link
    event_of: dict[int, str] = {}
    told: dict[str, list[Passage]] = defaultdict(list)
    for row in read(engine, Tells):
        passage = at.get(row.claim)
        if passage is not None and row.relation in ("tells", "denies", "recalls"):
            event_of.setdefault(passage.number, row.event)
            if passage not in told[row.event]:
                told[row.event].append(passage)
    events = {e.event: e for e in read(engine, Event)}
    return Collation(
        items,
        Collection(items),
        links,
        event_of,
        dict(told),
        events,
        read(engine, Parallel),
        read(engine, Name),
        frozenset(p.name for i in items for p in i.places if p.kind in ("country", "continent")),
    )


def _key(a: Passage, b: Passage) -> tuple[int, int]:
    return (min(a.number, b.number), max(a.number, b.number))


def claims_of(passage: Passage) -> list[Claim]:
    """The claims of a passage that it tells as having happened."""
    return [c for c in passage.claims if c.polarity == "affirmed"]
