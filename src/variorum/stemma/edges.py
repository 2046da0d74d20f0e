"""The stemma's edges: for every pair of witnesses what passed between them; and lineages, passage by passage."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from variorum.credits import Credit
from variorum.dates import interval
from variorum.groups import Groups
from variorum.lists import toml
from variorum.records import A_TO_B, UNDECIDED, Parallel, Shared, Stemma, Witness
from variorum.rulings import Rulings

__all__ = ["edges", "lineages", "strengthened"]

WORD = re.compile(r"\w+(?:['’]\w+)*")
LEAST: int = toml("stemma")["dates"]["least"]
SETTLED = (" decided", " credits ")
"""Words of a reason that goes before a common source: a person's, or that of an account which names the other."""
Node = tuple[str, int, int]
"""A passage: witness, start, end."""


def edges(
    rows: Sequence[Parallel],
    credits: Mapping[str, Sequence[Credit]],
    rulings: Rulings | None = None,
    common: Sequence[Stemma] = (),
) -> list[Stemma]:
    """One edge for each source and target with a direct link, for each undecided pair, and for each credit outside.

    Pairs that have a ``common`` source stand there, unless the one credits the other or a person has decided.
    """
    shared = {frozenset((edge.source, edge.target)) for edge in common}
    groups: dict[tuple[str, str, str, bool], list[tuple[int, str]]] = defaultdict(list)
    inside = {name for row in rows for name in (row.a_witness, row.b_witness)}
    for row in (row for row in rows if row.a_witness != row.b_witness):
        length = max(row.a_end - row.a_start, row.b_end - row.b_start)
        if (edge := _between(row, shared)) is not None:
            groups[(*edge, False)].append((length, row.why))
        for source, target, why in rulings.thirds(row) if rulings is not None else ():
            groups[source, target, "credit", source not in inside].append((length, why))
        for source, target, size, why in _credited(row, credits):
            groups[source, target, "credit", True].append((size, why))
    return [
        Stemma(*key[:3], len(found), sum(length for length, _ in found), key[3], _reasons(why for _, why in found))
        for key, found in sorted(groups.items())
    ]


def _long(row: Parallel) -> bool:
    """True when a passage is long enough for its days to say who took it from whom; a set phrase is nobody's."""
    return len(WORD.findall(row.b_text or row.a_text)) >= LEAST or not (row.a_text or row.b_text)


def strengthened(made: Sequence[Stemma], rows: Iterable[Parallel], witnesses: Iterable[Witness]) -> list[Stemma]:
    """The edges with the words of their passages, how many of these differ, and whether both days are known."""
    days = {w.witness: interval(w.published) is not None for w in witnesses}
    told: dict[frozenset[str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        x, y = (Counter(w.lower() for w in WORD.findall(text)) for text in (row.a_text, row.b_text))
        size = told[frozenset((row.a_witness, row.b_witness))]
        size[0] += max(x.total(), y.total())
        size[1] += max((x - y).total(), (y - x).total())
    found = []
    for edge in made:
        words, edits = told.get(frozenset((edge.source, edge.target)), [0, 0])
        dated = days.get(edge.source, False) and days.get(edge.target, False)
        found.append(replace(edge, words=words, edits=edits, dated=dated))
    return found


def _reasons(reasons: Iterable[str]) -> str:
    """The different reasons, each once, at most three."""
    different = list(dict.fromkeys(reason for reason in reasons if reason))
    return "; ".join(different[:3]) + (f"; and {len(different) - 3} more" if len(different) > 3 else "")


def _between(row: Parallel, shared: Collection[frozenset[str]]) -> tuple[str, str, str] | None:
    """Source, target and kind of the edge that a parallel of two accounts speaks for; None for none."""
    kind = "rendition" if row.kind == "rendition" else "wording"
    settled = any(word in row.why for word in SETTLED)
    if frozenset((row.a_witness, row.b_witness)) in shared and not settled:
        return None
    if row.direct and (settled or _long(row)):
        pair = (row.a_witness, row.b_witness) if row.direction == A_TO_B else (row.b_witness, row.a_witness)
        return (*pair, kind)
    undecided = row.direction == UNDECIDED or row.direct
    return (row.a_witness, row.b_witness, f"undecided {kind}") if undecided else None


def _credited(row: Parallel, credits: Mapping[str, Sequence[Credit]]) -> Iterator[tuple[str, str, int, str]]:
    """Sources outside that either side of a parallel credits for it: source, target, characters, reason."""
    for target, start, end in ((row.a_witness, row.a_start, row.a_end), (row.b_witness, row.b_start, row.b_end)):
        for credit in credits.get(target, ()):
            if credit.outside and credit.covers(start, end):
                yield credit.source, target, end - start, f"{target} credits {credit.text}"


def lineages(rows: Iterable[Parallel]) -> list[Shared]:
    """Every passage that two witnesses share, with its lineage: passages joined by parallels have the same.

    Two passages of one witness are the same passage when they overlap in more than half of the shorter. A claim that
    lies in passages of one lineage in two witnesses has one source, not two.

    >>> song = Parallel("A", 0, 40, "", "B", 10, 50, "", "verbatim", 90.0)
    >>> [(row.witness, row.start, row.lineage) for row in lineages([song])]
    [('A', 0, 'A.0'), ('B', 10, 'A.0')]
    """
    found = [row for row in rows if row.a_witness != row.b_witness]
    pairs = [((p.a_witness, p.a_start, p.a_end), (p.b_witness, p.b_start, p.b_end)) for p in found]
    nodes = sorted({node for pair in pairs for node in pair})
    joined = Groups(pairs)
    for _, passages in groupby(nodes, key=lambda node: node[0]):
        _join_overlapping(list(passages), joined)
    first = {node: min(group) for group in joined.groups(nodes) for node in group}
    return [Shared(*node, f"{first[node][0]}.{first[node][1]}") for node in nodes]


def _join_overlapping(nodes: Sequence[Node], joined: Groups[Node]) -> None:
    """Joins spans of one witness that overlap in more than half of the shorter; each is compared with eight before."""
    for i, node in enumerate(nodes):
        _, start, end = node
        for before in nodes[max(0, i - 8) : i]:
            _, low, high = before
            if (min(end, high) - start) * 2 > min(end - start, high - low):
                joined.join(before, node)
