"""What the sky and the sea were like when it happened: snow here and stars there.

Of stories of short accounts that tell one main happening; an account that has both sides of a pair stands against none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import brief, quiet, supports
from variorum.readings.main_event import main_of
from variorum.sentences import Passage, small
from variorum.verdicts import Standing

__all__ = ["sky_of", "weather_rows"]

_SET = toml("readings")["weather"]
LONGEST: int = _SET["longest"]
NEAR_DAYS: float = _SET["near_days"]

Seen = tuple[Passage, int, int]


@cache
def _sides() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Each pair with its two sides as patterns."""
    return tuple(
        (pair, side, re.compile(rf"\b(?:{'|'.join(told)})\b(?! of\b)", re.IGNORECASE))
        for pair, sides in sorted(_SET["pairs"].items())
        for side, told in sorted(sides.items())
    )


def sky_of(passage: Passage) -> Iterator[tuple[str, str, int, int]]:
    """The pairs of which a sentence has a side, with the side and where its words stand.

    >>> told = Passage(0, "A", 0, 37, "It was snowing heavily, the pilot said.", 0)
    >>> [(pair, side, told.text[a:b]) for pair, side, a, b in sky_of(told)]
    [('sky', 'foul', 'snowing')]
    """
    words = small(passage).split()
    if len(words) > LONGEST or not _denial().isdisjoint(words):
        return
    for pair, side, pattern in _sides():
        match = pattern.search(passage.text)
        if match is not None:
            yield pair, side, passage.start + match.start(), passage.start + match.end()


@cache
def _denial() -> frozenset[str]:
    return frozenset(toml("readings")["words"]["denial"])


def weather_rows(collation: Collation) -> Iterator[Row]:
    """A row for each pair of which two accounts of a main happening have two sides."""
    for passages in collation.stories().values():
        if brief(passages) and main_of(passages) is not None:
            told: dict[str, dict[str, dict[str, Seen]]] = defaultdict(lambda: defaultdict(dict))
            for p in passages:
                for pair, side, start, end in sky_of(p):
                    told[pair][p.witness].setdefault(side, (p, start, end))
            for _, by in sorted(told.items()):
                yield from _rows(collation, [sides for _, sides in sorted(by.items()) if len(sides) == 1])


def _rows(collation: Collation, told: Sequence[dict[str, Seen]]) -> Iterator[Row]:
    """The first account of the one side against the first of the other."""
    first: dict[str, Seen] = {}
    for sides in told:
        for side, seen in sides.items():
            first.setdefault(side, seen)
    if len(first) != len(("a", "b")):
        return
    (p, *x), (q, *y) = (first[side] for side in sorted(first))
    if quiet(p, q, NEAR_DAYS):
        return
    left, right = reading(p, x[0], x[1], "act"), reading(q, y[0], y[1], "act")
    why = f"{cite(left)}, {cite(right)}: told of the same happening, and the one shuts out the other."
    row = Row("opposite", "act", "", Standing.CONFLICT, why, [left, right], "high", 0.3, 2, [p, q])
    row.evidence["told of one"] = float(min(3, 2 + supports(collation, p, q)))
    yield row
