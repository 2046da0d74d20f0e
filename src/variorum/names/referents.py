"""The rows of referents: their forms counted together, and what each referent is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable

from variorum.groups import Groups
from variorum.records import Name

__all__ = ["Forms", "Joined", "rows"]

Joined = Groups[Hashable]
"""Nodes joined into referents."""
Forms = dict[Hashable, Counter[tuple[str, str]]]
"""For each node the number of times a form stands in a witness: ``forms[node][form, witness]``."""


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
