"""Who is meant by a name: the forms of one person in all accounts, from the table ``names``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from variorum.records import Name
from variorum.sentences import stem

__all__ = ["Called", "called", "meant"]

Called = Mapping[tuple[str, str], str]
"""The person whom a word of a name means in an account, where it is a word of the names of one person alone.

An account that is empty stands for all in which no name was found by that word.
"""


def called(names: Iterable[Name]) -> dict[tuple[str, str], str]:
    """The person for each word with a capital in the names of an account; words of two persons' names mean neither.

    >>> forms = ("A. Teverin", "A"), ("Tevrin", "B")
    >>> found = called(Name("Ana Teverin", "person", form, witness, 1) for form, witness in forms)
    >>> found["A", "teverin"], found["B", "tevrin"], found["", "tevrin"]
    ('Ana Teverin', 'Ana Teverin', 'Ana Teverin')
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in names:
        if name.kind == "person":
            for word in name.form.split():
                if word[:1].isupper() and len(word.strip(".")) > 1:
                    found[name.witness, stem(word.lower())].add(name.referent)
    everywhere: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, word), who in found.items():
        everywhere["", word] |= who
    return {key: next(iter(who)) for key, who in (*everywhere.items(), *found.items()) if len(who) == 1}


def meant(known: Called, witness: str, words: Iterable[str]) -> frozenset[str]:
    """The words, and behind each that means one person in this account the person as well, written ``=Ana Teverin``.

    >>> sorted(meant({("B", "tevrin"): "Ana Teverin"}, "B", ["tevrin", "ship"]))
    ['=Ana Teverin', 'ship', 'tevrin']
    """
    if not known:
        return frozenset(words)
    listed = list(words)
    persons = (known.get((witness, word)) or known.get(("", word)) for word in listed)
    return frozenset([*listed, *(f"={person}" for person in persons if person)])
