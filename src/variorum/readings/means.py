"""By what means or in what manner an act was done: shot in the head or in the chest, fled by train or on horseback.

Two claims of one act and the same people stand against each other where each tells, behind a preposition, a word of one
kind of `data/means.csv`, and none of the words of the one has the sense of one of the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.lists import rows, toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import supports
from variorum.readings.opposites import same_act
from variorum.readings.pairs import telling
from variorum.sentences import Passage, Sought, folded
from variorum.verdicts import Standing

__all__ = ["Means", "means_of", "means_rows"]

_SET = toml("readings")["means"]
NEAR_DAYS: float = _SET["near_days"]
BETWEEN: int = _SET["between"]


@dataclass(frozen=True, slots=True)
class Means:
    """A word of means at its place in the text: its kind and its sense, the narrower behind a stroke."""

    kind: str
    sense: str
    start: int
    end: int


@cache
def _pattern() -> tuple[Sought, Mapping[str, tuple[tuple[str, str], ...]]]:
    """The words of the table behind a preposition, and what kinds and senses each has."""
    senses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows("means"):
        senses[row["word"]].append((row["kind"], row["sense"]))
    told = "|".join(map(re.escape, sorted(senses, key=len, reverse=True)))
    before = "|".join(map(re.escape, _SET["prepositions"]))
    found = re.compile(
        rf"(?<![\w-])(?:{before})\s(?:[\w’'.-]+\s){{0,{BETWEEN}}}?({told})(?![\w-])(?!\s+of\b)", re.IGNORECASE
    )
    return Sought(found, senses), {word: tuple(held) for word, held in senses.items()}


def means_of(passage: Passage) -> list[Means]:
    """The words of means in a sentence.

    >>> told = Passage(0, "A", 0, 43, "He was shot in the head with a heavy rifle.", 0)
    >>> [(m.kind, m.sense) for m in means_of(told)]
    [('body', 'head'), ('weapon', 'gun/rifle')]
    """
    sought, senses = _pattern()
    return [
        Means(kind, sense, passage.start + m.start(), passage.start + m.end())
        for m in sought.finditer(passage)
        for kind, sense in senses[folded(m[1])]
    ]


def means_rows(collation: Collation) -> Iterator[Row]:
    """A row for each two sentences of one happening that tell one act as done by two means."""
    told = {p.number: means_of(p) for p in collation.items}
    for a, left, b, right in telling(collation, told, NEAR_DAYS):
        found = _differ(left, right)
        if found is not None and _of_one_act(a, b):
            yield _row(collation, a, b, *found)


def _differ(left: Sequence[Means], right: Sequence[Means]) -> tuple[Means, Means] | None:
    """The first words of one kind, where no word of that kind in the one sentence may be one of the other."""
    for x in left:
        here = [m for m in left if m.kind == x.kind]
        there = [m for m in right if m.kind == x.kind]
        if there and not any(_one(m.sense, n.sense) for m in here for n in there):
            return x, there[0]
    return None


def _one(a: str, b: str) -> bool:
    """A rifle is a gun, a pistol is no rifle.

    >>> _one("gun", "gun/rifle"), _one("gun/pistol", "gun/rifle")
    (True, False)
    """
    return a == b or a.startswith(f"{b}/") or b.startswith(f"{a}/")


def _of_one_act(a: Passage, b: Passage) -> bool:
    return any(same_act(a, x, b, y, 1) for x in a.claims for y in b.claims if x.polarity == y.polarity == "affirmed")


def _row(collation: Collation, a: Passage, b: Passage, x: Means, y: Means) -> Row:
    first, second = reading(a, x.start, x.end, "act"), reading(b, y.start, y.end, "act")
    why = f"{cite(first)}, {cite(second)}: one act, told as done in two ways."
    row = Row("means", "act", "", Standing.CONFLICT, why, [first, second], "high", 0.5, 2, [a, b])
    row.evidence["told of one"] = float(supports(collation, a, b))
    return row
