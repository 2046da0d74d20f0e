"""Persons: by titles and given names, by surnames a text has introduced, by the layer of names.

The first pass takes what is surely a person ("Minister Ana Teverin", "Ana Teverin"); the second what bears a name that
the first has met ("Teverin"). A bare surname is the one person of the text who bears it; where two do, the one named
last, and where neither was named close before, it stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.mentions.actors.lists import lists
from variorum.mentions.places.vocabulary import vocabulary
from variorum.mentions.places.words import Words

__all__ = ["Person", "persons"]

NEAR = 600
"""How many characters back the bearer of a surname that two persons share may have been named."""


@dataclass(slots=True)
class Person:
    """A name of a person, words ``first`` up to ``last`` without titles; ``referent`` is the full name or None."""

    first: int
    last: int
    name: str
    referent: str | None = None


def persons(words: Words, taken: Sequence[bool], labels: dict[int, str]) -> list[Person]:
    """The persons named in a text; ``taken`` are words of places and times, ``labels`` those of the names layer."""
    runs = list(_runs(words, taken))
    sure = {run for run in runs if _is_person(words, run, labels)}
    surnames = {words.keys[b - 1] for a, b in sure if _length(words, a, b) > 1 or _titled(words, a)}
    found = [run for run in runs if run in sure or (words.keys[run[1] - 1] in surnames and _plain(words, run))]
    people = [Person(first, last, _name(words, first, last)) for first, last in found]
    _refer(words, people)
    return people


def _runs(words: Words, taken: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words without the titles that open them; particles ("de", "al") may stand inside."""
    lists_, index, size = vocabulary(), 0, len(words)
    while index < size:
        if not words.capital[index] or taken[index] or words.forms[index] in lists_.titles or _is_office(words, index):
            index += 1
            continue
        last = index + 1
        while last < size and words.joined[last] and not taken[last] and last - index < 6:
            inner = words.forms[last] in lists_.particles and last + 1 < size and words.capital[last + 1]
            if not words.capital[last] and not (inner and words.joined[last + 1]):
                break
            if words.forms[last] in lists_.titles and words.forms[last] not in lists_.given:
                break
            last += 1
        yield index, last
        index = last


def _is_office(words: Words, index: int) -> bool:
    return words.keys[index] in lists().titles


def _length(words: Words, first: int, last: int) -> int:
    return sum(1 for i in range(first, last) if len(words.forms[i].strip(".")) > 1)


def _titled(words: Words, first: int) -> bool:
    if first == 0 or not words.joined[first]:
        return False
    before = words.forms[first - 1]
    return before in vocabulary().titles or (words.capital[first - 1] and words.keys[first - 1] in lists().titles)


def _plain(words: Words, run: tuple[int, int]) -> bool:
    """False for a run with a word of an organisation or of a kind of place in it."""
    lists_ = vocabulary()
    inside = words.forms[run[0] : run[1]]
    return not any((w in lists_.organisation or w in lists_.last) and w not in lists_.surnames for w in inside)


def _is_person(words: Words, run: tuple[int, int], labels: dict[int, str]) -> bool:
    first, last = run
    lists_ = vocabulary()
    if not _plain(words, run):
        return False
    if last < len(words) and words.joined[last] and words.forms[last] in lists_.organisation:
        return False
    form, length = words.forms[first], _length(words, first, last)
    if _titled(words, first) and form not in lists_.common:
        return True
    if length < 2:
        return False
    if form in lists_.given or (len(form) == 2 and form.endswith(".") and words.forms[last - 1] not in lists_.common):
        return True
    if _aged(words, last):
        return True
    labelled = all(labels.get(i) == "PERSON" for i in range(first, last))
    return labelled and length <= 4 and not any(f in lists_.common for f in words.forms[first:last])


def _aged(words: Words, last: int) -> bool:
    """True before an age between commas: "Ana Teverin, 45,"."""
    if last >= len(words) or words.gap(last - 1) != ", ":
        return False
    form = words.forms[last].rstrip(",")
    return form.isdigit() and len(form) == 2 and words.text[words.ends[last] - 1 : words.ends[last] + 1].count(",") > 0


def _name(words: Words, first: int, last: int) -> str:
    return " ".join(words.text[words.starts[first] : words.ends[last - 1]].split())


def _refer(words: Words, people: list[Person]) -> None:
    """Fills in the referents: a full name its fullest form, a surname its bearer."""
    full: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if _length(words, person.first, person.last) > 1:
            full[words.keys[person.last - 1]].add(person.name)
    latest: dict[str, Person] = {}
    for person in people:
        surname = words.keys[person.last - 1]
        bearers = _fullest(full[surname])
        if _length(words, person.first, person.last) > 1:
            person.referent = next((b for b in bearers if _is_short_for(person.name, b)), person.name)
            latest[surname] = person
        elif len(bearers) == 1:
            person.referent = bearers[0]
        elif not bearers:
            person.referent = person.name
        elif surname in latest and words.starts[person.first] - words.ends[latest[surname].last - 1] <= NEAR:
            person.referent = latest[surname].referent


def _fullest(names: set[str]) -> list[str]:
    """The names that are no shorter form of another: without "A. Teverin" beside "Ana Teverin"."""
    ordered = sorted(names, key=lambda n: (-len(n), n))
    kept: list[str] = []
    for name in ordered[:200]:
        if not any(_is_short_for(name, k) for k in kept):
            kept.append(name)
    return kept


def _is_short_for(short: str, full: str) -> bool:
    """True when each word of the short name, or its initial, stands in the full name in order.

    >>> _is_short_for("A. Teverin", "Ana Maria Teverin"), _is_short_for("Bela Teverin", "Ana Teverin")
    (True, False)
    """
    rest = iter(full.split())
    return all(any(w == f or (w.endswith(".") and f.startswith(w[0])) for f in rest) for w in short.split())
