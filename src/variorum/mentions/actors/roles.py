"""Roles and pronouns: "the President", "the first lady", "he", and whom they mean where the text makes it clear.

A role belongs to the person beside whose name it stands in the text ("President Teverin", "Teverin, the president of
Asker"). It resolves only when one person bears it more often than all others together; a pronoun only when a single
person was named in its own sentence before it, or else in the sentence before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.lists import toml
from variorum.mentions.actors.lists import lists
from variorum.mentions.actors.persons import Person
from variorum.mentions.places.words import Words

__all__ = ["Role", "pronouns", "roles"]

_LINKS = frozenset(["of", "the", "for", "and", "'s"])
_REACH: int = toml("limits")["actors"]["role"]


@dataclass(slots=True)
class Role:
    """A role or pronoun, words ``first`` up to ``last``, with the person it means or None."""

    first: int
    last: int
    referent: str | None


def _office(words: Words, first: int) -> int:
    """The end of the office that begins at a word, or ``first`` where none does."""
    for last in range(min(len(words), first + 4), first, -1):
        if all(words.joined[first + 1 : last]) and tuple(words.keys[first:last]) in lists().offices:
            return last
    return first


def _offices(words: Words) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    openers = lists().office_openers
    for index in (i for i, key in enumerate(words.keys) if key in openers):
        last = _office(words, index) if not found or index >= found[-1][1] else index
        if last > index:
            found.append((index, last))
    return found


def roles(words: Words, people: Sequence[Person]) -> list[Role]:
    """The roles that stand without a name, each with whom it means."""
    offices = _offices(words)
    starts = sorted(p.first for p in people)
    borne = _borne(words, offices, people)
    named = {p.first for p in people}
    found = []
    for first, last in offices:
        if last in named or _leads_to_name(words, last, starts) or not _definite(words, first):
            continue
        found.append(Role(first, last, _bearer(borne, tuple(words.keys[first:last]))))
    return found


def _definite(words: Words, first: int) -> bool:
    """True after "the" or a possessive, or with a capital inside a sentence."""
    before = words.forms[first - 1].lower() if first and words.joined[first] else ""
    if before in ("a", "an", "any", "every", "no", "former", "some", "another"):
        return False
    return before in ("the", "our", "their", "its", "his", "her") or (words.capital[first] and not words.opens[first])


def _leads_to_name(words: Words, last: int, starts: Sequence[int]) -> bool:
    """True when only "of the Republic of Asker" and the like stand between a role and a name."""
    index = bisect_left(starts, last)
    if index >= len(starts) or starts[index] - last > _REACH:
        return False
    between = range(last, starts[index] + 1)
    return all(words.joined[i] for i in between) and all(
        words.capital[i] or words.keys[i] in _LINKS for i in range(last, starts[index])
    )


def _borne(
    words: Words, offices: Sequence[tuple[int, int]], people: Sequence[Person]
) -> dict[tuple[str, ...], Counter[str]]:
    """How often each person bears each role."""
    borne: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    by_end = {p.last: p for p in people}
    starts = sorted(p.first for p in people)
    by_start = {p.first: p for p in people}
    for first, last in offices:
        person = by_start.get(last)
        if person is None and _leads_to_name(words, last, starts):
            person = by_start[starts[bisect_left(starts, last)]]
        if person is None:
            person = _apposed(words, first, by_end)
        if person is not None and person.referent:
            borne[tuple(words.keys[first:last])][person.referent] += 1
    return borne


def _apposed(words: Words, first: int, by_end: dict[int, Person]) -> Person | None:
    """The person just before ", the president" or ", president"."""
    index = first
    while index > max(0, first - 3) and index not in by_end:
        index -= 1
    person = by_end.get(index)
    if person is None or "," not in words.gap(index - 1) or len(words.gap(index - 1)) > 3:
        return None
    return person


def _bearer(borne: dict[tuple[str, ...], Counter[str]], role: tuple[str, ...]) -> str | None:
    counts = borne.get(role)
    if not counts:
        return None
    name, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return name if 2 * most > counts.total() else None


def pronouns(words: Words, people: Sequence[Person], sentences: Sequence[int]) -> list[Role]:
    """The pronouns whose person is clear; ``sentences`` are the offsets at which sentences start."""
    by_sentence: dict[int, list[Person]] = defaultdict(list)
    for person in people:
        by_sentence[bisect_left(sentences, words.starts[person.first] + 1)].append(person)
    genders = _genders(words, people)
    found = []
    for index, key in enumerate(words.keys):
        if key not in lists().pronouns:
            continue
        number = bisect_left(sentences, words.starts[index] + 1)
        here = [p for p in by_sentence.get(number, []) if p.last <= index] or by_sentence.get(number - 1, [])
        wanted = "f" if key in lists().female else "m"
        names = {p.referent for p in here if p.referent and genders.get(p.referent, wanted) == wanted}
        if len(names) == 1:
            found.append(Role(index, index + 1, names.pop()))
    return found


def _genders(words: Words, people: Sequence[Person]) -> dict[str, str]:
    """What titles tell: "Mr", "Mrs", "spokeswoman"."""
    known: dict[str, str] = {}
    for person in people:
        before = words.form(person.first - 1)
        if person.referent and before in lists().female:
            known[person.referent] = "f"
        elif person.referent and before in lists().male:
            known[person.referent] = "m"
    return known
