"""Figures that one account gives side by side for one count: 7 civilians and 2 soldiers are nine.

Parts that stand in one list ("7 civilians and 2 soldiers"), or in the next sentence with a word of addition ("two
soldiers died as well"), make a sum, which is held against the totals of others; the parts are held against parts only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from variorum.lists import toml, words
from variorum.readings.interval import Amount
from variorum.readings.scope import Counted

__all__ = ["part_of", "with_sums"]

_SET = toml("readings")["together"]
LONGEST: int = _SET["longest"]


def _joined(gap: str) -> bool:
    """True when what stands between two numbers counts them beside each other.

    >>> _joined(" civilians and "), _joined(" men, "), _joined(" civilians, of whom ")
    (True, True, False)
    """
    tokens = re.findall(r"[\w’'-]+|,", gap.lower())
    told = f" {' '.join(tokens)}"
    return len(tokens) <= LONGEST and any(told.endswith(f" {word}") for word in toml("readings")["words"]["joins"])


@cache
def _added() -> re.Pattern[str]:
    words = "|".join(map(re.escape, toml("readings")["words"]["added"]))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def with_sums(figures: Sequence[Counted]) -> list[Counted]:
    """The figures, those that stand in a list as parts, and a sum for each such list."""
    lists = list(_lists(figures))
    parts = {id(f): replace(f, level="part") for listed in lists for f in listed}
    sums = [_sum([parts[id(f)] for f in listed]) for listed in lists]
    return [parts.get(id(f), f) for f in figures] + sums


def _lists(figures: Sequence[Counted]) -> Iterator[list[Counted]]:
    """Runs of exact figures of people in one role and of different groups, one after the other."""
    by_role: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for f in figures:
        if f.kind == "people" and not f.loose and f.amount.low == f.amount.high and f.figure.part_of is None:
            by_role[f.passage.witness, f.role].append(f)
    for listed in by_role.values():
        ordered = sorted(listed, key=lambda f: f.figure.start)
        run = ordered[:1]
        for before, f in pairwise(ordered):
            if _goes_on(before, f, run):
                run.append(f)
                continue
            if len(run) > 1:
                yield run
            run = [f]
        if len(run) > 1:
            yield run


def _goes_on(before: Counted, f: Counted, run: Sequence[Counted]) -> bool:
    """True when a figure is counted beside the one before, and is no total of what was told."""
    if f.total or before.total or any(g.figure.unit == f.figure.unit and g.group == f.group for g in run):
        return False
    if f.amount.low >= sum(g.amount.low for g in run) and len(run) > 1:
        return False
    if f.passage.number == before.passage.number:
        gap = f.passage.text[before.figure.end - f.passage.start : f.figure.start - f.passage.start]
        return _joined(gap)
    if f.role not in words("readings", "roles", "grows"):
        return False  # forces that were there are of two sides
    near = f.passage.number == before.passage.number + 1 and f.passage.paragraph == before.passage.paragraph
    return near and _added().search(f.passage.text) is not None and not f.passage.times


def _sum(parts: Sequence[Counted]) -> Counted:
    added = sum(p.amount.low for p in parts)
    return replace(parts[0], amount=Amount(added, added), level="total", group="", total=True, parts=tuple(parts))


def part_of(figures: Sequence[Counted]) -> dict[tuple[str, int], list[Counted]]:
    """The parts that an account tells of a figure ("31, 12 of them in town"), by its witness and start."""
    found: dict[tuple[str, int], list[Counted]] = defaultdict(list)
    for f in figures:
        if f.figure.part_of is not None:
            found[f.passage.witness, f.figure.part_of].append(f)
    return found
