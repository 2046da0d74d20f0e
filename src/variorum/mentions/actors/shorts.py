"""Descriptions that mean a body named before in the same account: "the navigation school", "the school".

The noun must be the kind of body that its name says it is ("School", "Agency"), or of its family (a commission is also
called a committee), and every word before it must stand in the name. Where two bodies fit, the one named close before
is meant, and where both were, the words stay open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from variorum.lists import toml, words
from variorum.mentions.actors.bodies import Body
from variorum.mentions.places.words import Words

__all__ = ["head_family", "shorts"]

NEAR: int = toml("groups")["bodies"]["near"]
_MOST_MODIFIERS: int = toml("limits")["actors"]["short_modifiers"]
_DETERMINERS = frozenset(["the", "this", "that"])


@cache
def _families() -> dict[str, str]:
    """Each noun for a kind of body with the first of its family."""
    rows = (row.split() for row in toml("groups")["bodies"]["families"].split("|"))
    return {noun: row[0] for row in rows for noun in row}


def head_family(noun: str) -> str | None:
    """The kind of body that a noun in small letters tells of; None for other nouns.

    >>> head_family("committee") == head_family("commission"), head_family("boat")
    (True, None)
    """
    return _families().get(noun)


def shorts(words_: Words, tags: Sequence[str], bodies: Iterable[Body]) -> list[Body]:
    """The descriptions of a text that mean one of its ``bodies``, in order."""
    named = sorted(bodies, key=lambda body: body.first)
    before: dict[str, dict[str, tuple[frozenset[str], int]]] = defaultdict(dict)
    found, at = [], 0
    for index, form in enumerate(words_.forms):
        while at < len(named) and named[at].first < index:
            _note(words_, named[at], before)
            at += 1
        family = head_family(form)
        if family is None or family not in before or not _ends(words_, tags, index):
            continue
        first = _start(words_, index)
        name = first is not None and _meant(words_, (first + 1, index), before[family], words_.starts[index])
        if first is not None and name:
            found.append(Body(first, index + 1, name, name))
    return found


def _note(words_: Words, body: Body, before: dict[str, dict[str, tuple[frozenset[str], int]]]) -> None:
    keys = frozenset(word.lower().strip(".,") for word in body.name.split())
    for family in {head_family(key) for key in keys} - {None}:
        before[str(family)][body.name] = keys, words_.starts[body.last - 1]


def _ends(words_: Words, tags: Sequence[str], index: int) -> bool:
    """Whether the noun is the last of its phrase: not "the school bus", not "the school of law"."""
    if index + 1 >= len(words_) or not words_.joined[index + 1] or words_.possessive[index]:
        return True
    return tags[index + 1] not in ("NOUN", "PROPN") and words_.forms[index + 1] != "of"


def _start(words_: Words, index: int) -> int | None:
    """Where "the" stands before a noun and a few words that describe it; None where it does not."""
    for first in range(index - 1, max(-1, index - 2 - _MOST_MODIFIERS), -1):
        if not words_.joined[first + 1]:
            return None
        if words_.keys[first] in _DETERMINERS:
            return first
        if words_.keys[first] in words("groups", "persons", "openers"):
            return None
    return None


def _meant(
    words_: Words, modifiers: tuple[int, int], known: dict[str, tuple[frozenset[str], int]], start: int
) -> str | None:
    """The body whose name has the describing words, the one named close before where several have them."""
    told = {words_.keys[i] for i in range(*modifiers)}
    fitting = [(name, last) for name, (keys, last) in known.items() if told <= keys]
    if len(fitting) > 1:
        fitting = [(name, last) for name, last in fitting if start - last <= NEAR]
    return fitting[0][0] if len(fitting) == 1 else None
