"""The names of bodies with names of their own: full and short forms, abbreviations, and nouns of one family.

Each account has settled its own short forms (`variorum.mentions.actors`). Across accounts are joined: names that differ
in case or an article; a shorter form with the one longer that has it; an abbreviation with the one name that has its
initials, also inside a name; and two names that differ only in what kind of body they call it, of one family ("the
Hale Inquiry", "the Hale Commission"). What two could mean stays as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from variorum.gazetteer import fold
from variorum.mentions.actors import head_family, shorter_forms
from variorum.names.aliases import aliases
from variorum.names.referents import Forms, Joined, rows
from variorum.records import Actor, Name

__all__ = ["names"]

_SMALL = frozenset(["of", "the", "and", "for"])


def names(actors: Sequence[Actor], texts: Mapping[str, str]) -> Iterable[Name]:
    """The rows for organisations; ``texts`` are the witnesses' texts."""
    forms: Forms = defaultdict(Counter)
    labels: dict[Hashable, str] = {}
    for actor in actors:
        node = _key(actor.name)
        if labels.setdefault(node, actor.name).isupper() and len(node.split()) > 1:
            labels[node] = actor.name
        forms[node][" ".join(actor.text.split()), actor.witness] += 1
    joined = Joined()
    for actor, name in aliases(actors, texts):
        if _key(name) not in forms:
            labels[_key(name)] = name
            forms[_key(name)][name, actor.witness] += 1
        joined.join(_key(actor.name), _key(name))
    told = {str(node): label for node, label in labels.items()}
    abbreviated = _abbreviations(told)
    for short, full in abbreviated.items():
        joined.join(full, short)
    _join_expanded(told, abbreviated, joined)
    _join_longer(told, joined)
    _join_families(told, joined)
    named = {node: label for node, label in labels.items() if not _is_abbreviation(label)}
    roots = {joined.find(node) for node in named}
    return rows(
        "organisation", forms, joined, {n: t for n, t in labels.items() if n in named or joined.find(n) not in roots}
    )


def _key(name: str) -> str:
    return fold(name).removeprefix("the ")


def _is_abbreviation(label: str) -> bool:
    letters = label.replace(".", "")
    return letters.isalpha() and letters.isupper() and 1 < len(letters) < 8 and " " not in label


def _abbreviations(told: Mapping[str, str]) -> dict[str, str]:
    """The key of the one full name that has the initials of each abbreviation."""
    full: dict[str, set[str]] = defaultdict(set)
    for node, label in told.items():
        initials = "".join(word[0] for word in label.split() if word.lower() not in _SMALL and word[0].isupper())
        if 2 <= len(initials) < 8:
            full[initials].add(node)
    found = {}
    for node, label in told.items():
        nodes = full.get(label.replace(".", "")) if _is_abbreviation(label) else None
        if nodes is not None and len(nodes) == 1:
            found[node] = next(iter(nodes))
    return found


def _join_expanded(told: Mapping[str, str], abbreviated: Mapping[str, str], joined: Joined) -> None:
    """Joins "MHA Board" with "Merrow Harbour Authority Board"."""
    for node in told:
        words = node.split()
        if len(words) > 1 and any(word in abbreviated for word in words):
            whole = " ".join(abbreviated.get(word, word) for word in words)
            if whole in told:
                joined.join(whole, node)


def _join_longer(told: Mapping[str, str], joined: Joined) -> None:
    longer: dict[str, list[str]] = defaultdict(list)
    for node, label in told.items():
        for short in shorter_forms(label):
            longer[_key(short)].append(node)
    for node in told:
        if len({joined.find(name) for name in longer.get(node, ())} - {joined.find(node)}) == 1:
            joined.join(longer[node][0], node)


def _join_families(told: Mapping[str, str], joined: Joined) -> None:
    """Joins names whose words are the same but for one noun, of one family, at the end."""
    alike: dict[tuple[str, str], str] = {}
    for node in sorted(told):
        *rest, last = node.split()
        family = head_family(last)
        if rest and family is not None:
            joined.join(alike.setdefault((" ".join(rest), family), node), node)
