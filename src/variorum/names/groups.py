"""Joining forms into referents: what is told to be one stays one, what is told apart stays apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable

from variorum.records import Name

__all__ = ["Joined", "rows"]

Forms = dict[Hashable, Counter[tuple[str, str]]]
"""For each node the number of times a form stands in a witness: ``forms[node][form, witness]``."""


class Joined:
    """Nodes joined into referents; nodes that were set apart are never joined, not even by way of others.

    >>> j = Joined(); j.apart("Hale", "Merrow")
    >>> j.join("Hale", "Hayle"), j.join("Hayle", "Merrow"), j.find("Hale") == j.find("Hayle")
    (True, False, True)
    """

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}
        self._apart: dict[Hashable, set[Hashable]] = defaultdict(set)

    def find(self, node: Hashable) -> Hashable:
        """The node that stands for a node's referent."""
        root = node
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while self._parent.get(node, node) != root:
            self._parent[node], node = root, self._parent.get(node, node)
        return root

    def apart(self, a: Hashable, b: Hashable) -> None:
        """Sets two nodes apart, unless they are one already."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def join(self, a: Hashable, b: Hashable) -> bool:
        """Joins two nodes; False when they are kept apart."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return True
        if b in self._apart[a]:
            return False
        if len(self._apart[a]) > len(self._apart[b]):
            a, b = b, a
        self._parent[a] = b
        for other in self._apart.pop(a, ()):
            self._apart[other].discard(a)
            self._apart[other].add(b)
            self._apart[b].add(other)
        return True


def rows(kind: str, forms: Forms, joined: Joined, labels: dict[Hashable, str]) -> Iterable[Name]:
    """The rows of all referents of a kind; a referent is called by the label of its node named most often."""
    together: dict[Hashable, Counter[tuple[str, str]]] = defaultdict(Counter)
    weight: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for node, counts in forms.items():
        root = joined.find(node)
        together[root].update(counts)
        if node in labels:
            weight[root][labels[node]] += counts.total()
    used: Counter[str] = Counter()
    for root in sorted(together, key=lambda r: (-together[r].total(), str(r))):
        label = _label(together[root], weight[root])
        used[label] += 1
        name = label if used[label] == 1 else f"{label} ({used[label]})"
        for (form, witness), count in sorted(together[root].items()):
            yield Name(name, kind, form, witness, count)


def _label(counts: Counter[tuple[str, str]], labels: Counter[str]) -> str:
    if labels:
        return min(labels.items(), key=lambda item: (-item[1], item[0]))[0]
    by_form: Counter[str] = Counter()
    for (form, _), count in counts.items():
        by_form[form] += count
    return min(by_form.items(), key=lambda item: (-item[1], item[0]))[0]
