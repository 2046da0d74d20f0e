"""What belongs together: nodes joined by pairs into groups, some of them kept apart for good."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

__all__ = ["IDENTITIES", "Groups", "hashed", "identities"]

N = TypeVar("N", bound=Hashable)


class Groups(Generic[N]):
    """Nodes joined into groups; nodes that were set apart are never joined, not even by way of others.

    A node that was never joined is a group of its own. Joining and finding take next to no time at any size.

    >>> names = Groups[str](); names.apart("Hale", "Merrow")
    >>> names.join("Hale", "Hayle"), names.join("Hayle", "Merrow"), names.find("Hale") == names.find("Hayle")
    (True, False, True)
    >>> names.groups(["Merrow", "Hayle", "Orne", "Hale"])
    [['Merrow'], ['Hayle', 'Hale'], ['Orne']]
    """

    def __init__(self, pairs: Iterable[tuple[N, N]] = ()) -> None:
        self._parent: dict[N, N] = {}
        self._apart: dict[N, set[N]] = defaultdict(set)
        for a, b in pairs:
            self.join(a, b)

    def find(self, node: N) -> N:
        """The node that stands for a node's group."""
        root = node
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while self._parent.get(node, node) != root:
            self._parent[node], node = root, self._parent.get(node, node)
        return root

    def apart(self, a: N, b: N) -> None:
        """Sets two nodes apart, unless they are one already."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def join(self, a: N, b: N) -> bool:
        """Joins two nodes; False when they are kept apart."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return True
        if b in self._apart.get(a, ()):
            return False
        if len(self._apart.get(a, ())) > len(self._apart.get(b, ())):
            a, b = b, a
        self._parent[a] = b
        for other in self._apart.pop(a, ()):
            self._apart[other].discard(a)
            self._apart[other].add(b)
            self._apart[b].add(other)
        return True

    def groups(self, nodes: Iterable[N]) -> list[list[N]]:
        """The nodes by group, in the order in which they are given; a group stands where its first node does."""
        found: dict[N, list[N]] = {}
        for node in nodes:
            found.setdefault(self.find(node), []).append(node)
        return list(found.values())


def identities(prefix: str, groups: Sequence[Iterable[str]], size: int = 5) -> list[str]:
    """An id for each group of words, of words that no other group has: ``size`` bytes of a hash, behind ``prefix``.

    The order of the groups, and of what is in them, does not matter. Of a group's words the one with the smallest hash
    gives the id, so that it stays when words are added, but for one chance in their number. Groups of the same words
    are told apart by a count, in their order. Time is linear in the words.

    >>> a, b = identities("e", [["The ferry sank.", "It went down."], ["A fire broke out."]])
    >>> [b, a] == identities("e", [["A fire broke out."], ["It went down.", "The ferry sank."]])
    True
    >>> len(set(identities("e", [["The ferry sank."], ["The ferry sank."]])))
    2
    """
    listed = [sorted(set(map(hashed, group))) for group in groups]
    often = Counter(name for group in listed for name in group)
    taken: Counter[str] = Counter()
    found = []
    for group in listed:
        name = next((name for name in group if often[name] == 1), group[0] if group else "0")[: 2 * size]
        number, taken[name] = taken[name], taken[name] + 1
        found.append(f"{prefix}{name}-{number + 1}" if number else f"{prefix}{name}")
    return found


def hashed(word: str) -> str:
    """The hash of a word as `identities` and `IDENTITIES` compare it."""
    return hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=16).hexdigest()


IDENTITIES = """
WITH hashed AS (SELECT DISTINCT part, number, word FROM {over}),
often AS (SELECT word, count(*) AS n FROM hashed GROUP BY word),
named AS (
    SELECT h.part AS part, h.number AS number,
    substr(coalesce(min(CASE WHEN o.n = 1 THEN h.word END), min(h.word)), 1, 10) AS name
    FROM hashed h JOIN often o ON h.word = o.word GROUP BY h.part, h.number
),
counted AS (
    SELECT part, number, name, row_number() OVER (PARTITION BY name ORDER BY part, number) AS place FROM named
)
SELECT part, number, concat('{prefix}', name, CASE WHEN place > 1 THEN concat('-', place) ELSE '' END) AS id
FROM counted
"""
"""What `identities` says, as a query over rows with the ``part`` and ``number`` of a group and the hash of a word of
it; groups of the same words are told apart in the order of part and number."""
