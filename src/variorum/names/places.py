"""The names of places: one referent for the spellings, the old and new names and the forms with a word of kind.

Joined are: names that the gazetteer has for one place; spellings of one name (`spelling`) within the same country; and
names that a text itself joins, "Hale (Merrow)", "Hale (then Merrow)", "Hale, formerly Merrow". Kept apart are places
that the gazetteer has at different points, and names that one sentence lists side by side.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from variorum.gazetteer import fold
from variorum.lists import toml
from variorum.names.lists import beside_words, kind_words
from variorum.names.referents import Forms, Joined, rows
from variorum.records import Name, Place
from variorum.spelling import block, is_spelling

__all__ = ["names"]

LIST: int = toml("limits")["names"]["list"]
SAME_KM: float = toml("limits")["names"]["same_km"]
"""Two entries of the gazetteer nearer than this may be one place (a town and its district)."""

_LARGE = frozenset({"country", "province", "continent"})
_NAME = r"((?:[^\W\d_a-z][\w’'-]+ ?){1,3})"


class _Node(NamedTuple):
    name: str
    country: str | None
    number: int | None


@cache
def _alias() -> re.Pattern[str]:
    """Another name of a place behind it: "(then Merrow)", ", formerly Merrow"."""
    named = toml("place_words")["named"]
    inside, behind = "|".join(named["in_brackets"]), "|".join(named["after_comma"])
    return re.compile(rf"\s?\((?:{inside})?,?\s?{_NAME}\)|,? (?:{behind}) {_NAME}")


def names(places: Sequence[Place], texts: Mapping[str, str]) -> Iterable[Name]:
    """The rows for places; ``texts`` are the witnesses' texts."""
    forms: Forms = defaultdict(Counter)
    joined = Joined()
    labels: dict[Hashable, str] = {}
    points: dict[int, tuple[float, float]] = {}
    nodes: list[_Node] = []
    for place in places:
        node = _Node(_bare(place.text), place.country, place.geonames_id)
        nodes.append(node)
        labels.setdefault(node, place.name)
        if place.geonames_id is not None and place.lat is not None and place.lon is not None:
            points[place.geonames_id] = (place.lat, place.lon)
        for form in _forms(place, texts.get(place.witness, "")):
            forms[node][form, place.witness] += 1
    unique = list(dict.fromkeys(nodes))
    _apart_by_point(unique, points, joined)
    _join_entries(unique, joined)
    _join_told(places, nodes, texts, joined, forms)
    _apart_by_list(places, nodes, joined)
    _join_spellings(unique, joined)
    return rows("place", forms, joined, labels)


@cache
def _bare(text: str) -> str:
    """The key of a name without a word of kind at either end: "Hale District" is filed under "hale"."""
    words = fold(text).split()
    kinds = kind_words()
    if len(words) > 1 and words[-1] in kinds:
        words.pop()
    if len(words) > 2 and words[0] in kinds and words[1] == "of":
        words = words[3:] if words[2] == "the" and len(words) > 3 else words[2:]
    return " ".join(words)


_AFTER = re.compile(r"[ \n](?:\([a-z]+\) )?([A-Za-z]+)\b")
_BEFORE = re.compile(r"\b([A-Za-z]+) of (?:the )?$")


def _forms(place: Place, text: str) -> list[str]:
    """The name as it stands, and with the word of kind beside it."""
    found = [" ".join(place.text.split())]
    after = _AFTER.match(text, place.end, place.end + 40)
    if after and after.group(1).lower() in beside_words():
        found.append(" ".join(text[place.start : after.end()].split()))
    before = _BEFORE.search(text[max(0, place.start - 30) : place.start])
    if before and before.group(1).lower() in beside_words():
        found.append(" ".join((before.group(0) + text[place.start : place.end]).split()))
    return found


def _apart_by_point(nodes: Sequence[_Node], points: Mapping[int, tuple[float, float]], joined: Joined) -> None:
    """Entries of one name or spelling that lie far apart are two places."""
    blocks: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        if node.number in points:
            blocks[block(node.name)].append(node)
    for group in blocks.values():
        for i, one in enumerate(group[:200]):
            for other in group[i + 1 : 200]:
                if one.number != other.number and _kilometres(points, one.number, other.number) > SAME_KM:
                    joined.apart(one, other)


def _kilometres(points: Mapping[int, tuple[float, float]], a: int | None, b: int | None) -> float:
    if a is None or b is None:
        return 0.0
    (lat_a, lon_a), (lat_b, lon_b) = points[a], points[b]
    east = (lon_b - lon_a + 180) % 360 - 180
    return 111.2 * math.hypot(lat_b - lat_a, east * math.cos(math.radians((lat_a + lat_b) / 2)))


def _join_entries(nodes: Sequence[_Node], joined: Joined) -> None:
    """Joins what is one entry of the gazetteer, and what bears one name in one country."""
    by_number: dict[Hashable, _Node] = {}
    by_name: dict[Hashable, _Node] = {}
    for node in sorted(nodes, key=lambda n: (n.number is None, n.name, n.country or "")):
        if node.number is not None:
            joined.join(node, by_number.setdefault(node.number, node))
        joined.join(node, by_name.setdefault((node.name, node.country), node))


def _join_told(
    places: Sequence[Place], nodes: Sequence[_Node], texts: Mapping[str, str], joined: Joined, forms: Forms
) -> None:
    """Joins the two names of "Hale (Merrow)" and "Hale (then Merrow)"."""
    known: dict[str, _Node] = {}
    for node in nodes:
        known.setdefault(node.name, node)
    at = {(p.witness, p.start): p for p in places}
    for place, node in zip(places, nodes, strict=True):
        match = _alias().match(texts.get(place.witness, ""), place.end, place.end + 80)
        if match is None or place.kind in _LARGE:
            continue
        group = 1 if match.group(1) else 2
        other = at.get((place.witness, match.start(group)))
        form = " ".join(match.group(group).split())
        if (other is not None and other.kind in _LARGE) or fold(form) in kind_words():
            continue
        alias = known.get(_bare(form))
        if alias is None:
            alias = _Node(_bare(form), place.country, None)
            forms[alias][form, place.witness] += 1
        joined.join(node, alias)


def _apart_by_list(places: Sequence[Place], nodes: Sequence[_Node], joined: Joined) -> None:
    """Sets apart names of one spelling block that stand close together in a witness, as in a list."""
    last: dict[tuple[str, str], tuple[int, _Node]] = {}
    for place, node in zip(places, nodes, strict=True):
        key = (place.witness, block(node.name))
        held = last.get(key)
        if held is not None and held[1].name != node.name and place.start - held[0] < LIST:
            joined.apart(held[1], node)
        last[key] = (place.end, node)


def _join_spellings(nodes: Sequence[_Node], joined: Joined) -> None:
    blocks: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        blocks[block(node.name)].append(node)
    for group in blocks.values():
        for i, one in enumerate(group[:100]):
            for other in group[i + 1 : 100]:
                near = one.country == other.country or one.country is None or other.country is None
                if near and is_spelling(one.name, other.name):
                    joined.join(one, other)
