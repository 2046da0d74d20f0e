"""Places in a language of a pack: names that the gazetteer knows, undone of their endings, where words tell a place.

A capitalised word makes a row where a preposition of place or a word of kind ("города") stands before it, where it is
a country, or where the same name stands so elsewhere in the account. What a name means is settled as in English, by all
names of the account together. A place that no gazetteer has is one only after a word of kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from variorum.gazetteer import AREAS, TOWNS, Entry, Gazetteer, fold, open_gazetteer
from variorum.lists import rows, toml
from variorum.mentions import Found
from variorum.mentions.places.readings import towns_first
from variorum.mentions.places.resolve import Naming, settle
from variorum.records import Place

__all__ = ["find", "undone"]

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_LIMITS = toml("languages")["places"]
_MOST_WORDS: int = _LIMITS["words"]
_MOST_FORMS: int = _LIMITS["forms"]
_KNOWN: int = _LIMITS["known"]
_MEANINGS: int = _LIMITS["meanings"]
_WITHIN: int = _LIMITS["within"]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a pack for places, ready to look up."""

    strong: frozenset[str]
    weak: frozenset[str]
    joins: frozenset[str]
    never: frozenset[str]
    kinds: tuple[tuple[str, str], ...]
    holders: tuple[str, ...]
    endings: tuple[tuple[str, tuple[str, ...]], ...]
    countries: dict[str, str]


@dataclass(slots=True)
class _Name:
    """A name at its place in the text, the key under which the gazetteer has it, and what stands before it."""

    start: int
    end: int
    key: str
    entries: list[Entry]
    evidence: str
    kind: str | None


@cache
def _words(code: str) -> _Words:
    table = toml(f"{code}/places")
    endings = sorted(table["endings"].items(), key=lambda one: (-len(one[0]), one[0]))
    return _Words(
        _listed(table["strong"]),
        _listed(table["weak"]),
        _listed(table.get("joins", "")),
        frozenset(fold(word) for word in table["never"].split()),
        tuple((stem, kind) for stem, kind in table["kinds"].items()),
        tuple(table["holders"].split()),
        tuple((end, tuple("" if one == "-" else one for one in new.split())) for end, new in endings),
        {fold(row["name"]): row["country"] for row in rows(f"{code}/countries")},
    )


def _listed(written: str) -> frozenset[str]:
    return frozenset(one.replace("-", " ") for one in written.split())


def find(text: str, found: Found, code: str, table: str | None = None) -> list[Place]:
    """The places of a text, in order; ``table`` is a gazetteer for this run, asked first.

    >>> [(p.text, p.name, p.kind, p.country) for p in find("Пароход шёл из Варны в Одессу.", Found("a"), "ru")]
    [('Варны', 'Varna', 'city', 'BG'), ('Одессу', 'Odesa', 'city', 'UA')]
    >>> find("Победа пришла в мае. Одесский поэт молчал.", Found("a"), "ru")
    []
    """
    gazetteer = open_gazetteer(table=table)
    names = list(_names(text, _words(code), gazetteer, [(t.start, t.end) for t in found.times]))
    sure = {name.key for name in names if name.evidence == "strong"}
    kept = [name for name in names if name.evidence == "strong" or (name.key in sure and name.evidence != "person")]
    namings = {name.key: Naming(name.key, name.entries, count=0) for name in kept}
    for name in kept:
        namings[name.key].count += 1
    settle(list(namings.values()))
    return [_row(text, found.witness, name, namings[name.key].scores) for name in kept]


def _names(text: str, words: _Words, gazetteer: Gazetteer, times: Sequence[tuple[int, int]]) -> Iterator[_Name]:
    """Every stretch that may name a place, the longest at each capitalised word."""
    tokens = _tokens(text)
    small = {text[start:end] for start, end in tokens if text[start].islower()}
    at = 0
    while at < len(tokens):
        start, end = tokens[at]
        if not text[start].isupper() or any(s < end and start < e for s, e in times):
            at += 1
            continue
        last = at + 1
        while last < len(tokens) and last - at < _MOST_WORDS and _joined(text, tokens[last - 1], tokens[last]):
            last += 1
        found = _longest(text, tokens, at, last, words, gazetteer)
        name = _weighed(text, tokens, at, found, words, small) if found else _unknown(text, tokens, at, last, words)
        if name is not None:
            yield name
        at = found[0] if found else last if name else at + 1


def _tokens(text: str) -> list[tuple[int, int]]:
    """The words of a text; what stands before an apostrophe is a word of its own ("d'Odessa")."""
    made: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, cut = match.start(), re.search(r"['’]", match.group())
        if cut and cut.start() < 3 and match.group()[cut.end() : cut.end() + 1].isupper():
            made.append((start, start + cut.end()))
            start += cut.end()
        made.append((start, match.end()))
    return made


def _joined(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    return right[0] - left[1] == 1 and text[left[1]] in " \n\u00a0" and text[right[0]].isupper()


Longest = tuple[int, str, list[Entry]]


def _longest(
    text: str, tokens: Sequence[tuple[int, int]], first: int, last: int, words: _Words, gazetteer: Gazetteer
) -> Longest | None:
    """The longest run of capitalised words from one on that the gazetteer or the list of countries knows."""
    for stop in range(last, first, -1):
        parts = [text[start:end] for start, end in tokens[first:stop]]
        for form in _lemmas(parts, words):
            if form in words.never:
                return None
            if entries := _entries(form, words, gazetteer):
                return stop, form, entries
    return None


def _lemmas(parts: Sequence[str], words: _Words) -> Iterator[str]:
    """The keys under which the name may be kept: as it stands, then each word undone of its ending."""
    options = [_undone(part, words) for part in parts]
    for number, one in enumerate(product(*options)):
        if number >= _MOST_FORMS:
            return
        yield fold(" ".join(one))


def undone(word: str, code: str) -> list[str]:
    """A name as it stands, and what it may be a form of in the language of a pack.

    >>> "Балчик" in undone("Балчика", "ru")
    True
    """
    return _undone(word, _words(code))


def _undone(word: str, words: _Words) -> list[str]:
    """The word as it stands, and what it may be the form of.

    Two letters at least stay before an ending.
    """
    made = [word]
    for ending, new in words.endings:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            made += [word[: -len(ending)] + one for one in new]
    return list(dict.fromkeys(made))


def _entries(form: str, words: _Words, gazetteer: Gazetteer) -> list[Entry]:
    if (country := words.countries.get(form)) and (head := gazetteer.head(country)) is not None:
        return [head]
    finding = gazetteer.find(form)
    entries = [gazetteer.entry(number) for number in finding.numbers[:_MEANINGS]] if finding else []
    return towns_first([entry for entry in entries if entry.kind in TOWNS or entry.kind in AREAS])


def _weighed(
    text: str, tokens: Sequence[tuple[int, int]], first: int, found: Longest, words: _Words, small: set[str]
) -> _Name | None:
    """The name with what speaks for a place; None where the same word stands in small letters, or it is a person's."""
    stop, key, entries = found
    start, end = tokens[first][0], tokens[stop - 1][1]
    before, kind = _before(text, tokens, first, words)
    if text[start:end].lower() in small:
        return None
    evidence = before
    if before == "weak" and max(entry.population for entry in entries) >= _KNOWN:
        evidence = "strong"
    if any(entry.kind == "country" for entry in entries) and before != "person":
        evidence = "strong"
    followed = stop < len(tokens) and _joined(text, tokens[stop - 1], tokens[stop])
    if followed and kind is None:
        evidence = "person"
    return _Name(start, end, key, entries, evidence, kind)


def _before(text: str, tokens: Sequence[tuple[int, int]], first: int, words: _Words) -> tuple[str, str | None]:
    """What stands before a name: "strong" or "weak" words of place, "person", or ""; and the kind that is told."""
    if not first or text[tokens[first - 1][1] : tokens[first][0]].strip(" \n\u00a0"):
        return "", None
    start, end = tokens[first - 1]
    word = text[start:end].lower().replace("’", "'")
    if kind := next((kind for stem, kind in words.kinds if word.startswith(stem) and len(word) < len(stem) + 4), None):
        return "strong", kind
    if text[start].isupper() and word not in words.strong | words.weak:
        return "person", None
    if word in words.joins and first > 1 and text[tokens[first - 2][0]].isupper():
        return "person", None
    lead = text[max(0, start - _WITHIN) : end].lower().replace("’", "'").replace("'", "' ").split()
    told = word in words.strong or " ".join(lead[-2:]) in words.strong
    held = lead[-2] if word in words.weak and len(lead) > 1 else word
    told = told or held.startswith(words.holders)
    return ("strong" if told else "weak" if word in words.weak else ""), None


def _unknown(text: str, tokens: Sequence[tuple[int, int]], first: int, last: int, words: _Words) -> _Name | None:
    """A name that no gazetteer has, after a word of kind."""
    _, kind = _before(text, tokens, first, words)
    start, end = tokens[first][0], tokens[last - 1][1]
    alone = last - first == 1 and kind is not None
    return _Name(start, end, fold(text[start:end]), [], "strong", kind) if alone else None


def _row(text: str, witness: str, name: _Name, scores: Iterable[tuple[float, Entry]]) -> Place:
    words = text[name.start : name.end]
    listed = [entry for _, entry in scores]
    if not listed:
        return Place(witness, name.start, name.end, words, " ".join(words.split()), name.kind or "place")
    best = listed[0]
    where = "area" if best.is_area else "point"
    alternatives = [f"{entry.name}, {entry.country}" for entry in listed[1 : _LIMITS["alternatives"] + 1]]
    return Place(
        witness, name.start, name.end, words, best.name, best.kind, best.lat, best.lon, best.geonames_id, None, where,
        best.radius_km if best.is_area else None, alternatives=alternatives, country=best.country or None,
    )  # fmt: skip
