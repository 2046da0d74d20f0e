"""Events as unions of acts: clusters of sentences of one story that tell the same acts are one event.

One bombing that was told in two frames of words makes two clusters; that both tell the explosion and the deaths, in
other accounts, shows that they are one. So are two of which one tells nothing but an act of the other, by the same doer
("the soldiers opened fire after a warning"). Clusters whose days or places do not meet stay apart, whatever they share.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from variorum.dates import Days, interval
from variorum.events.assign import Doing
from variorum.lists import toml
from variorum.sentences import Passage, content

__all__ = ["united"]


@dataclass(slots=True)
class _Cluster:
    """What a cluster tells: which accounts tell each act, by which doers as words, and on which days and where."""

    acts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    doers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    days: set[Days] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def take(self, passage: Passage, doings: Mapping[str, Doing]) -> None:
        """Adds a sentence."""
        for claim in passage.claims:
            if claim.claim in doings:
                act = doings[claim.claim].act
                self.acts[act].add(claim.witness)
                if claim.type != "other" and claim.agent:
                    self.doers[act].update(content(claim.agent))
            when = interval(claim.date)
            if when is not None:
                self.days.add(when)
            self.places.update(name for name in (claim.place or "").split("; ")[:1] if name)

    def barred(self, other: _Cluster) -> bool:
        """True where both tell days, or places, and none in common."""
        days = self.days and other.days and not any(a.meets(b) for a in self.days for b in other.days)
        return bool(days or (self.places and other.places and not self.places & other.places))

    def join(self, other: _Cluster) -> None:
        """Takes what another tells."""
        for act, tellers in other.acts.items():
            self.acts[act] |= tellers
            self.doers[act] |= other.doers[act]
        self.days |= other.days
        self.places |= other.places


def united(owner: Sequence[int], items: Sequence[Passage], doings: Mapping[str, Doing]) -> list[int]:
    """The clusters of sentences, ``owner``, with those put together that tell the same acts; named by their smallest.

    Two are put together that have two acts in common, each in another account too, and a third of the acts of the
    one that has fewer (``data/events.toml``), the pairs with most in common first; then those that tell one act alone,
    with the only other cluster where its doer does it. Linear in the claims, as an act that lies in many clusters puts
    none together.
    """
    found: dict[int, _Cluster] = defaultdict(_Cluster)
    for passage in items:
        if passage.claims:
            found[owner[passage.number]].take(passage, doings)
    new = {name: name for name in owner}
    for kind in (_alike, _by_doer):
        for a, b in list(kind(found)):
            first, second = sorted((_root(new, a), _root(new, b)))
            if first != second and not found[first].barred(found[second]):
                found[first].join(found.pop(second))
                new[second] = first
    return [_root(new, name) for name in owner]


def _root(new: dict[int, int], name: int) -> int:
    while new[name] != name:
        name = new[name]
    return name


def _alike(found: Mapping[int, _Cluster]) -> Iterator[tuple[int, int]]:
    """The pairs of clusters with enough acts in common, those with most first."""
    table = toml("events")["unions"]
    common: Counter[tuple[int, int]] = Counter()
    for act, names in _where(found).items():
        pairs = ((a, b) for a, b in combinations(names, 2) if len(found[a].acts[act] | found[b].acts[act]) > 1)
        common.update(pairs)
    size = {name: len(cluster.acts) for name, cluster in found.items()}
    for (a, b), count in sorted(common.items(), key=lambda pair: (-pair[1], pair[0])):
        if count >= int(table["acts"]) and count >= float(table["share"]) * min(size[a], size[b]):
            yield a, b


def _where(found: Mapping[int, _Cluster]) -> dict[str, list[int]]:
    """The clusters in which each act lies; none for an act that lies in too many."""
    where: dict[str, list[int]] = defaultdict(list)
    for name, cluster in sorted(found.items()):
        for act in cluster.acts:
            where[act].append(name)
    most = int(toml("events")["unions"]["most"])
    return {act: names for act, names in where.items() if len(names) <= most}


def _by_doer(found: Mapping[int, _Cluster]) -> Iterator[tuple[int, int]]:
    """The clusters that tell one act and no other, each with the only one in which the same doer does it too."""
    where = _where(found)
    for name, cluster in sorted(found.items()):
        if len(cluster.acts) == 1:
            (act,) = cluster.acts
            others = [n for n in where.get(act, ()) if n != name and found[n].doers[act] & cluster.doers[act]]
            if len(others) == 1:
                yield name, others[0]
