"""Groups and bodies named by common nouns: "the Askerian army", "government of Asker", "the enemy", "Askerians".

The head noun gives the class (``data/groups.toml``), the people or place beside it the owner; both together make the
referent, "armed forces of Asker". A word for an opponent without an owner means the one whom the same witness calls so
by name, where that is clear; else it stays open. Every side is treated alike: nothing here knows who is who.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.lists import toml
from variorum.mentions.actors.lists import GroupClass, lists
from variorum.mentions.places.words import Words

__all__ = ["Group", "groups"]

_ALONE = frozenset({"forces", "hostile", "civilians", "fallen", "displaced", "government", "legislature", "police"})
"""Classes whose words name a group also without an owner; "people" and "state" alone do not."""

_MODIFIES = frozenset({"ADJ", "NOUN", "PROPN"})
_MOST_MODIFIERS: int = toml("limits")["actors"]["group_modifiers"]
_PEACEFUL = frozenset({"peaceful", "innocent", "unarmed", "civilian"})


@dataclass(slots=True)
class Group:
    """A group, words ``first`` up to ``last``; ``core`` is its name without adjectives that only colour it."""

    first: int
    last: int
    core: str
    kind: GroupClass
    owner: str | None
    referent: str | None = None


def groups(
    words: Words, tags: Sequence[str], owners: Mapping[int, tuple[int, str]], peoples: Mapping[int, tuple[int, str]]
) -> list[Group]:
    """The groups of a text, in order.

    ``tags`` has a part of speech for each word ("" where unknown); ``owners`` the places and ``peoples`` the peoples,
    by first word: the word after the last, and the name of the place or of the people's country.
    """
    ends = {last: (first, name) for found in (owners, peoples) for first, (last, name) in found.items()}
    found, after, openers = [], 0, lists().head_openers
    for index in (i for i, key in enumerate(words.keys) if key in openers or i in peoples):
        head = _head(words, index) if index >= after else None
        if head is not None:
            after = head[0]
            group = _group(words, tags, (index, *head), owners, ends)
        else:
            group = _people(words, peoples, index) if index >= after else None
        if group is not None:
            found.append(group)
    _refer(found)
    return found


def _head(words: Words, index: int) -> tuple[int, GroupClass] | None:
    known = lists()
    if words.keys[index] not in known.head_openers:
        return None
    for last in range(min(len(words), index + known.longest), index, -1):
        kind = known.heads.get(tuple(words.keys[index:last]))
        if kind is not None and kind.kind != "place" and all(words.joined[index + 1 : last]):
            return last, kind
    return None


def _group(
    words: Words, tags: Sequence[str], head: tuple[int, int, GroupClass], owners: Mapping[int, tuple[int, str]],
    ends: Mapping[int, tuple[int, str]],
) -> Group | None:  # fmt: skip
    first, last, kind = head
    if tags[first] in ("VERB", "AUX", "ADP") or _is_modifier(words, tags, first, last):
        return None
    start, core, owner = _left(words, tags, first, ends)
    if owner is None:
        last, owner = _right(words, last, owners)
        core = core if owner is None else first
    if owner is None and not _stands_alone(words, kind, core, first):
        return None
    if kind.kind == "organisation" and core < first and _has_own_name(words, first, last, ends):
        return None
    if kind.name == "people" and any(words.keys[i] in _PEACEFUL for i in range(start, first)):
        kind = lists().heads["civilians",]
    name = words.text[words.starts[core] : words.ends[last - 1]]
    return Group(start, last, " ".join(name.split()), kind, owner)


def _is_modifier(words: Words, tags: Sequence[str], first: int, last: int) -> bool:
    """True for "military" in "military operation" and for "terrorist" in "counter-terrorist"."""
    if first and words.gap(first - 1) == "-":
        return True
    if last >= len(words) or not words.joined[last] or words.possessive[last - 1]:
        return False
    plural = words.forms[last - 1].endswith("s") and not words.forms[last - 1].endswith("ss")
    return tags[last] in ("NOUN", "PROPN", "ADJ") and not plural


def _has_own_name(words: Words, first: int, last: int, ends: Mapping[int, tuple[int, str]]) -> bool:
    """True for "Askerian Liberal Congress", which is no parliament: capitals that are no owner's before the head."""
    return last - first == 1 and first not in ends and words.capital[first - 1] and words.capital[first]


def _stands_alone(words: Words, kind: GroupClass, core: int, first: int) -> bool:
    """True for a word that names a group without an owner; a body without one needs "the" before it."""
    if kind.name not in _ALONE or core < first:
        return False
    return kind.kind == "group" or (first > 0 and words.keys[first - 1] == "the")


def _left(
    words: Words, tags: Sequence[str], first: int, ends: Mapping[int, tuple[int, str]]
) -> tuple[int, int, str | None]:
    """Where the modifiers begin, where the core begins (at the owner, else at the head), and the owner."""
    index, core, owner = first, first, None
    while index > 0 and first - index < _MOST_MODIFIERS:
        if index in ends and (words.joined[index] or words.possessive[index - 1]):
            if owner is not None:
                break
            index, owner = ends[index][0], ends[index][1]
            core = index
            continue
        if not words.joined[index] or tags[index - 1] not in _MODIFIES or words.keys[index - 1] in lists().skip:
            break
        if (tags[index - 1] == "NOUN" and index < first) or (tags[index - 1] == "PROPN" and owner is not None):
            break
        if tags[index - 1] == "PROPN" and owner is None:
            core = index - 1
        index -= 1
    return index, core, owner


def _right(words: Words, last: int, owners: Mapping[int, tuple[int, str]]) -> tuple[int, str | None]:
    """The end and the name of the owner after "of (the)"."""
    index = last
    if index < len(words) and words.joined[index] and words.forms[index] == "of":
        index += 1
        if index < len(words) and words.forms[index] == "the":
            index += 1
        if index in owners and words.joined[index]:
            return owners[index]
    return last, None


def _people(words: Words, peoples: Mapping[int, tuple[int, str]], index: int) -> Group | None:
    """A people named as such: "Askerians", "peaceful Askerians"."""
    if index not in peoples:
        return None
    last, owner = peoples[index]
    if not words.forms[last - 1].endswith("s") or words.forms[last - 1].endswith("ss"):
        return None
    peaceful = index > 0 and words.joined[index] and words.keys[index - 1] in _PEACEFUL
    kind = lists().heads["civilians",] if peaceful else lists().heads["people",]
    start = index - 1 if peaceful else index
    text = words.text[words.starts[start] : words.ends[last - 1]]
    return Group(start, last, " ".join(text.split()), kind, owner)


def _refer(found: list[Group]) -> None:
    """Fills in the referents; a word without an owner takes that of its class in this text where one is clear."""
    owned: dict[str, Counter[str]] = {}
    for group in found:
        if group.owner is not None:
            owned.setdefault(group.kind.name, Counter())[group.owner] += 1
    for group in found:
        owner = group.owner
        if owner is None and group.kind.name in ("hostile", "civilians", "displaced"):
            owner = _clear(owned.get(group.kind.name))
        if owner is None:
            group.referent = group.kind.referent if group.kind.name == "fallen" else None
        else:
            group.referent = f"{group.kind.referent} of {owner}" if group.kind.referent else owner


def _clear(counts: Counter[str] | None) -> str | None:
    if not counts:
        return None
    name, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return name if most >= 0.7 * counts.total() else None
