"""The stemma's edges: for every pair of witnesses what passed between them; and lineages, passage by passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from variorum.records import Parallel, Shared, Stemma
from variorum.stemma.direction import A_TO_B, UNDECIDED, Known

__all__ = ["edges", "lineages"]

Node = tuple[str, int, int]
"""A passage: witness, start, end."""


def edges(rows: Sequence[Parallel], known: Known) -> list[Stemma]:
    """One edge for each source and target with a direct link, for each undecided pair, and for each credit outside."""
    groups: dict[tuple[str, str, str, bool], list[tuple[int, str]]] = defaultdict(list)
    for row in rows:
        if row.a_witness == row.b_witness:
            continue
        length = max(row.a_end - row.a_start, row.b_end - row.b_start)
        kind = "rendition" if row.kind == "rendition" else "wording"
        if row.direct:
            pair = (row.a_witness, row.b_witness) if row.direction == A_TO_B else (row.b_witness, row.a_witness)
            groups[(*pair, kind, False)].append((length, row.why))
        elif row.direction == UNDECIDED:
            groups[(row.a_witness, row.b_witness, f"undecided {kind}", False)].append((length, row.why))
        for target, start, end in ((row.a_witness, row.a_start, row.a_end), (row.b_witness, row.b_start, row.b_end)):
            for credit in known.credits.get(target, ()):
                if credit.outside and credit.covers(start, end):
                    groups[credit.source, target, "credit", True].append(
                        (end - start, f"{target} credits {credit.text}")
                    )
    return [
        Stemma(*key[:3], len(found), sum(length for length, _ in found), key[3], _reasons(why for _, why in found))
        for key, found in sorted(groups.items())
    ]


def _reasons(reasons: Iterable[str]) -> str:
    """The different reasons, each once, at most three."""
    different = list(dict.fromkeys(reason for reason in reasons if reason))
    return "; ".join(different[:3]) + (f"; and {len(different) - 3} more" if len(different) > 3 else "")


def lineages(rows: Iterable[Parallel]) -> list[Shared]:
    """Every passage that two witnesses share, with its lineage: passages joined by parallels have the same.

    Two passages of one witness are the same passage when they overlap in more than half of the shorter. A claim that
    lies in passages of one lineage in two witnesses has one source, not two.

    >>> song = Parallel("A", 0, 40, "", "B", 10, 50, "", "verbatim", 90.0)
    >>> [(row.witness, row.start, row.lineage) for row in lineages([song])]
    [('A', 0, 'A.0'), ('B', 10, 'A.0')]
    """
    passages: dict[str, list[tuple[int, int]]] = defaultdict(list)
    found = [row for row in rows if row.a_witness != row.b_witness]
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def join(one: Node, other: Node) -> None:
        first, second = sorted((root(one), root(other)))
        parent[second] = first

    for row in found:
        join((row.a_witness, row.a_start, row.a_end), (row.b_witness, row.b_start, row.b_end))
    for witness, start, end in list(parent):
        passages[witness].append((start, end))
    for witness, spans in passages.items():
        _join_overlapping(witness, sorted(set(spans)), join)
    return [Shared(*node, f"{root(node)[0]}.{root(node)[1]}") for node in sorted(parent)]


def _join_overlapping(witness: str, spans: list[tuple[int, int]], join: Callable[[Node, Node], None]) -> None:
    """Joins spans of one witness that overlap in more than half of the shorter; each is compared with eight before."""
    for i, (start, end) in enumerate(spans):
        for low, high in spans[max(0, i - 8) : i]:
            if (min(end, high) - start) * 2 > min(end - start, high - low):
                join((witness, low, high), (witness, start, end))
