"""The age of one person by several accounts: the same, a birthday apart, or in conflict.

Only persons whom the table ``names`` holds for one across the accounts are compared, and only in one story: an age
belongs to its day, and a life has many. So nothing is said of a person of whom one account tells two ages more than a
year apart, nor of two sentences whose times lie more than a year apart. Two ages that a year parts are compatible,
since a birthday may lie between.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import quiet
from variorum.records import Reading
from variorum.sentences import Passage
from variorum.verdicts import Standing

__all__ = ["age_rows", "ages_in"]

OLDEST: int = toml("limits")["figures"]["oldest"]
NAME_WORDS: int = toml("readings")["ages"]["name_words"]
BIRTHDAY: int = toml("readings")["ages"]["birthday"]
APART: float = toml("readings")["ages"]["apart"]

_NUMBER = re.compile(r"\d")
_CAPITAL = r"[^\W\d_a-z][\w’'-]{0,40}"
_NAMED = rf"(?<![\w’'-])({_CAPITAL}(?: (?:[a-z’'-]{{1,4}} )?{_CAPITAL}){{0,4}})"
_TOLD = (
    re.compile(rf"{_NAMED}(?:,? aged |, age |, )(\d{{1,3}})(?=[,;.:)]|$| who | was | were )"),
    re.compile(rf"{_NAMED} \((?:aged |age )?(\d{{1,3}})\)"),
    re.compile(rf"{_NAMED}, (?:an? |the |then )?(?:[a-z]+ ){{0,2}}(\d{{1,3}})[- ]years?[- ]old\b"),
    re.compile(rf"\b(\d{{1,3}})-year-old (?:[a-z-]+ ){{0,3}}{_NAMED}"),
)
"""How ages are told of a name: "Hale, 34,", "Hale (34)", "Hale, a 34-year-old nurse", "34-year-old Ana Hale"."""


@dataclass(frozen=True, slots=True)
class Aged:
    """An age with its person and the offsets of its number in the account."""

    person: str
    years: int
    passage: Passage
    start: int
    end: int


def age_rows(collation: Collation) -> Iterator[Row]:
    """A row for each person of a story whose age two accounts tell, the ages that lie farthest apart.

    Its verdict is agree for one age, compatible for two a year apart, else conflict.
    """
    persons = {(n.witness, n.form): n.referent for n in collation.names if n.kind == "person"}
    told: dict[tuple[str, str], dict[str, list[Aged]]] = defaultdict(lambda: defaultdict(list))
    for passage in collation.items:
        story = collation.story_of[passage.number] if collation.story_of else ""
        for aged in ages_in(passage, persons):
            told[story, aged.person][passage.witness].append(aged)
    for (_, person), by_witness in sorted(told.items()):
        if len(by_witness) > 1 and not any(_of_a_life(ages) for ages in by_witness.values()):
            ranked = sorted((ages[0] for ages in by_witness.values()), key=lambda a: (a.years, a.passage.witness))
            if not quiet(ranked[0].passage, ranked[-1].passage, APART):
                yield _row(person, ranked)


def _of_a_life(ages: Sequence[Aged]) -> bool:
    """True where one account tells ages of a person that lie more than a birthday apart."""
    years = [aged.years for aged in ages]
    return max(years) - min(years) > BIRTHDAY


def ages_in(passage: Passage, persons: Mapping[tuple[str, str], str]) -> Iterator[Aged]:
    """The ages that a sentence tells of persons, which ``persons`` gives by account and form of the name."""
    for pattern in _TOLD if _NUMBER.search(passage.text) else ():
        for match in pattern.finditer(passage.text):
            number, name = (1, 2) if match[1].isdigit() else (2, 1)
            person = _person(passage.witness, match[name], persons)
            if person and 0 < int(match[number]) <= OLDEST:
                start = passage.start + match.start(number)
                yield Aged(person, int(match[number]), passage, start, start + len(match[number]))


def _person(witness: str, run: str, persons: Mapping[tuple[str, str], str]) -> str | None:
    """The person whose name a run of capitalised words is, or ends in."""
    words = run.split()
    for first in range(max(0, len(words) - NAME_WORDS), len(words)):
        found = persons.get((witness, " ".join(words[first:])))
        if found:
            return found
    return None


def _row(person: str, ranked: list[Aged]) -> Row:
    least, most = ranked[0], ranked[-1]
    apart = most.years - least.years
    a, b = _reading(least), _reading(most)
    if not apart:
        verdict, why = Standing.AGREE, "one age."
    elif apart <= BIRTHDAY:
        verdict, why = Standing.COMPATIBLE, "a birthday may lie between."
    else:
        verdict, why = Standing.CONFLICT, f"two ages, {apart} years apart."
    readings = [_reading(x) for x in ranked]
    difference = apart / max(most.years, 1)
    text, passages = f"{cite(a)}, {cite(b)}: {why}", [x.passage for x in ranked]
    return Row(
        "age", "age", person, verdict, text, readings, "high", difference, 2, passages, (least.passage, most.passage)
    )


def _reading(aged: Aged) -> Reading:
    return reading(aged.passage, aged.start, aged.end, "age", str(aged.years))
