"""Sequences: two acts that one account tells in the one order and another in the other.

Read are words of order within a sentence (before, after, only then, first), and at the head of the next one. Two orders
stand against each other where the earlier of the one has words of the later of the other, and the later of its earlier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import kindred, names_of, quiet, supports
from variorum.readings.opposites import near_pairs
from variorum.sentences import Passage, words_of
from variorum.verdicts import Standing

__all__ = ["Order", "order_rows", "ordered"]

_SET = toml("readings")["order"]
NEAR_DAYS: float = _SET["near_days"]
LONGEST: int = _SET["longest"]
SIDE: int = _SET["side"]


@dataclass(frozen=True, slots=True)
class Order:
    """The content words of what is told first and of what is told to have followed, and where both stand."""

    earlier: frozenset[str]
    later: frozenset[str]
    passage: Passage


@cache
def _marks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words of order by what they say of the words around them, the longest first."""
    found = []
    for kind in ("then", "before", "after"):
        told = sorted(_SET[kind], key=len, reverse=True)
        found.append((kind, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, told))})(?![\w-])", re.IGNORECASE)))
    return tuple(found)


def ordered(passage: Passage, before: Passage | None = None) -> Iterator[Order]:
    """The orders that a sentence tells; ``before`` is the sentence before it in its paragraph.

    >>> told = Passage(0, "A", 0, 53, "The boiler burst and only then did the lamps go out.", 0)
    >>> [(sorted(o.earlier), sorted(o.later)) for o in ordered(told)]
    [(['boiler', 'burst'], ['lamp'])]
    """
    if len(passage.text.split()) > LONGEST or (before is not None and len(before.text.split()) > LONGEST):
        return
    for kind, pattern in _marks():
        for match in pattern.finditer(passage.text):
            left, right = passage.text[: match.start()], passage.text[match.end() :]
            if kind != "then" and not words_of(left):  # Before the boiler burst, the lamps went out.
                right, _, left = right.partition(",")
            elif not words_of(left) and before is not None:
                left = before.text
            one, other = frozenset(list(words_of(left))[-SIDE:]), frozenset(list(words_of(right))[:SIDE])
            if one and other:
                yield Order(other, one, passage) if kind == "after" else Order(one, other, passage)
                return


def order_rows(collation: Collation) -> Iterator[Row]:
    """A row for each two sentences of one happening that tell two acts in two orders."""
    told: dict[int, list[Order]] = {}
    for at, p in enumerate(collation.items):
        last = collation.items[at - 1] if at else None
        same = last is not None and last.witness == p.witness and last.paragraph == p.paragraph
        told[p.number] = list(ordered(p, last if same else None))
    seen: set[tuple[int, int]] = set()
    for pairs in (near_pairs(collation), kindred(collation)):
        for a, b in pairs:
            if (a.number, b.number) not in seen and told[a.number] and told[b.number] and not quiet(a, b, NEAR_DAYS):
                seen.add((a.number, b.number))
                yield from _rows(collation, told[a.number], told[b.number])


def _rows(collation: Collation, left: Sequence[Order], right: Sequence[Order]) -> Iterator[Row]:
    for x in left:
        for y in right:
            if _against(x, y, names_of(x.passage) | names_of(y.passage)):
                first, second = (reading(o.passage, o.passage.start, o.passage.end, "order") for o in (x, y))
                shared = (
                    sorted((x.earlier & y.later) - x.later - y.earlier),
                    sorted((x.later & y.earlier) - x.earlier - y.later),
                )
                why = (
                    f"{cite(first)}, {cite(second)}: two acts ({', '.join(shared[0][:3])}; {', '.join(shared[1][:3])}) "
                    "in one order here and in the other there."
                )
                pair = [x.passage, y.passage]
                row = Row("order", "order", "", Standing.CONFLICT, why, [first, second], "high", 0.5, 2, pair)
                row.evidence["told of one"] = float(supports(collation, *pair))
                yield row
                return


def _against(x: Order, y: Order, names: frozenset[str]) -> bool:
    """True where each half has words of the other's other half, beside names and words in both halves of one."""
    both = (x.earlier & x.later) | (y.earlier & y.later) | names
    crossed = ((x.earlier & y.later) - both, (x.later & y.earlier) - both)
    straight = ((x.earlier & y.earlier) - both, (x.later & y.later) - both)
    return all(crossed) and sum(map(len, crossed)) > sum(map(len, straight))
