"""Which tellers of an event go back to one source, and which of them took their words over.

Two witnesses stand in one lineage of an event when half or more of the claims of each that tell it lie in passages of
the same lineage (table ``shared``); an edition without that table falls back on the two sides of one parallel. The
number that the edition's own table gives for an event is printed as it stands; the grouping here only draws it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from variorum import records as r
from variorum.groups import Groups
from variorum.site.gathered import Gathered

__all__ = ["Lineage", "Lineages", "Taken", "Teller"]


class Taken(NamedTuple):
    """Words that a witness has from another, or shares with it while nothing tells who was first."""

    start: int
    end: int
    source: str
    kind: str
    other: tuple[int, int]
    direct: bool = True


class Teller(NamedTuple):
    """A witness within a lineage; ``taken`` when it has its words from another one there."""

    witness: str
    taken: bool


@dataclass
class Lineage:
    """Tellers of one event that count as one source, with who took from whom among them."""

    tellers: list[Teller]
    joins: list[tuple[str, str]] = field(default_factory=list)


class Lineages:
    """The lineages of every event, found by one sweep over each witness."""

    def __init__(self, gathered: Gathered) -> None:
        self.g = gathered

    @cached_property
    def taken(self) -> dict[str, list[Taken]]:
        """For each witness, the passages that it has from another witness, in the order of its text."""
        found: dict[str, list[Taken]] = defaultdict(list)
        for p in self.g.parallels:
            if p.direction == "a to b":
                found[p.b_witness].append(
                    Taken(p.b_start, p.b_end, p.a_witness, p.kind, (p.a_start, p.a_end), p.direct)
                )
            elif p.direction == "b to a":
                found[p.a_witness].append(
                    Taken(p.a_start, p.a_end, p.b_witness, p.kind, (p.b_start, p.b_end), p.direct)
                )
        for passages in found.values():
            passages.sort()
        return found

    @cached_property
    def sources(self) -> dict[str, list[Taken]]:
        """For each witness, where its words come from: direct loans before indirect ones, the longest first.

        Renditions are left out, since their words are the witness's own. No two passages overlap.
        """
        return {w: _apart([t for t in passages if t.kind != "rendition"]) for w, passages in self.taken.items()}

    @property
    def counted(self) -> bool:
        """True where the edition itself says which passages go back to one source."""
        return bool(self.g.shared_in)

    @cached_property
    def _parallel(self) -> dict[str, r.Parallel]:
        """The parallels by a key that says where they lie, so that one more changes none of the others' keys."""
        return {"parallel " + " ".join(map(str, (*_places(p), p.a_witness, p.b_witness))): p for p in self.g.parallels}

    @cached_property
    def _keys(self) -> dict[str, set[str]]:
        """For each claim, the lineages and the parallels in which it lies."""
        claims: dict[str, list[r.Claim]] = defaultdict(list)
        for claim in {c.claim: c for told in self.g.told.values() for c in told}.values():
            claims[claim.witness].append(claim)
        passages: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for row in (s for rows in self.g.shared_in.values() for s in rows):
            passages[row.witness].append((row.start, row.end, f"lineage {row.lineage}"))
        for key, p in self._parallel.items():
            passages[p.a_witness].append((p.a_start, p.a_end, key))
            passages[p.b_witness].append((p.b_start, p.b_end, key))
        return {c: keys for w, found in claims.items() for c, keys in _overlaps(found, passages.get(w, [])).items()}

    def of(self, event: str) -> list[Lineage]:
        """The lineages of an event, the earliest teller first; more tellers in one lineage come before fewer."""
        claims = self.g.told.get(event, [])
        tellers = self.g.tellers.get(event, [])
        joined = Groups[str]()
        holders: dict[str, list[str]] = defaultdict(list)
        told = [c for c in claims if c.witness in tellers and not c.in_passing]
        for claim in told:
            for key in self._keys.get(claim.claim, ()):
                holders[key].append(claim.witness)
        counted, size = "lineage " if self.counted else "", Counter(c.witness for c in told)
        for key, held in holders.items():
            takers = [w for w, n in Counter(held).items() if n * 2 >= size[w]] if key.startswith(counted) else []
            for other in takers[1:]:
                joined.join(other, takers[0])
        return self._drawn(joined.groups(tellers), self._joins(holders))

    def _joins(self, holders: dict[str, list[str]]) -> set[tuple[str, str]]:
        """Pairs of taker and giver whose parallel lies in claims of both."""
        joins = set()
        for key, held in holders.items():
            if not key.startswith("parallel ") or len(set(held)) < 2:
                continue
            p = self._parallel[key]
            if p.direction != "undecided":
                joins.add((p.b_witness, p.a_witness) if p.direction == "a to b" else (p.a_witness, p.b_witness))
        return joins

    def _drawn(self, groups: list[list[str]], joins: set[tuple[str, str]]) -> list[Lineage]:
        takers = {taker for taker, _ in joins}
        drawn = [
            Lineage(
                [Teller(w, w in takers) for w in sorted(group, key=lambda w: (w in takers, self.g.order[w]))],
                sorted(j for j in joins if j[0] in group),
            )
            for group in groups
        ]
        return sorted(drawn, key=lambda x: (-len(x.tellers), self.g.order[x.tellers[0].witness]))


def _apart(passages: list[Taken]) -> list[Taken]:
    """The passages, each cut down to what no better one before it covers."""
    kept: list[Taken] = []
    for t in sorted(passages, key=lambda t: (not t.direct, t.start - t.end, t.start)):
        start, end = t.start, t.end
        for k in kept:
            if k.start <= start < k.end:
                start = k.end
            if k.start < end <= k.end:
                end = k.start
        if end - start > 0 and not any(start < k.end and k.start < end for k in kept):
            kept.append(t._replace(start=start, end=end))
    return sorted(kept)


def _overlaps(claims: list[r.Claim], passages: list[tuple[int, int, str]]) -> dict[str, set[str]]:
    """The keys of the passages that hold half of each claim, or of the parallels that touch it: a sweep by start."""
    found: dict[str, set[str]] = {c.claim: set() for c in claims}
    if not passages:
        return found
    passages, open_, at = sorted(passages), [], 0
    for claim in sorted(claims, key=lambda c: c.start):
        while at < len(passages) and passages[at][0] < claim.end:
            open_.append(passages[at])
            at += 1
        open_ = [p for p in open_ if p[1] > claim.start]
        for start, end, key in open_:
            inside = min(end, claim.end) - max(start, claim.start)
            if start < claim.end and (key.startswith("parallel") or 2 * inside >= claim.end - claim.start):
                found[claim.claim].add(key)
    return found


def _places(p: r.Parallel) -> tuple[object, ...]:
    return (p.a_start, p.a_end, p.b_start, p.b_end, p.kind, p.direction)
