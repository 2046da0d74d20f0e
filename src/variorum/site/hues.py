"""Which hue stands for what: one witness each up to eight; beyond that the party, or else the lineage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from variorum.groups import Groups
from variorum.site.gathered import Gathered

__all__ = ["HUES", "Hues", "hues"]

HUES = 8
"""How many hues can be told apart in light and dark, in every common kind of colour vision (see docs/site.md)."""


@dataclass(frozen=True)
class Hues:
    """The class of each witness (``h1`` to ``h8``, ``h0`` for ink), what hue means, and its key."""

    of: Mapping[str, str]
    meaning: str
    key: list[tuple[str, str]]


def hues(gathered: Gathered) -> Hues:
    """Give out the hues.

    With more than eight witnesses hue goes to the parties, if two to eight of them are named; else to the eight
    largest lineages of the stemma; what is left over stays in ink.
    """
    ids = [w.witness for w in gathered.witnesses]
    if len(ids) <= HUES:
        return Hues({w: f"h{n + 1}" for n, w in enumerate(ids)}, "witness", [])
    parties = {w.party for w in gathered.witnesses if w.party}
    if 2 <= len(parties) <= HUES:
        by_party = {party: f"h{n + 1}" for n, party in enumerate(sorted(parties))}
        return Hues(
            {w.witness: by_party.get(w.party or "", "h0") for w in gathered.witnesses},
            "party",
            [(h, p) for p, h in by_party.items()],
        )
    return _by_lineage(gathered, ids)


def _by_lineage(gathered: Gathered, ids: list[str]) -> Hues:
    groups = [
        g for g in components(ids, ((e.source, e.target) for e in gathered.stemma if not e.outside)) if len(g) > 1
    ][:HUES]
    of = dict.fromkeys(ids, "h0") | {w: f"h{n + 1}" for n, group in enumerate(groups) for w in group}
    key = [(f"h{n + 1}", f"lineage of {gathered.witness[group[0]].siglum}") for n, group in enumerate(groups)]
    return Hues(of, "lineage", key)


def components(nodes: list[str], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Nodes that hang together, the largest group first, each in the order of ``nodes``.

    >>> components(["a", "b", "c", "d"], [("c", "a")])
    [['a', 'c'], ['b'], ['d']]
    """
    known = frozenset(nodes)
    joined = Groups[str](edge for edge in edges if known.issuperset(edge))
    return sorted(joined.groups(nodes), key=lambda group: -len(group))
