"""Sequences: two acts that one account tells in the one order and another in the other.

Read are words of order within a sentence (before, after, only then, first), and at the head of the next one. Two orders
stand against each other where the earlier of the one has words of the later of the other, and the later of its earlier,
and one of these words is of an act. Who takes part in both acts tells them not apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import names_of, supports
from variorum.readings.pairs import telling
from variorum.records import Claim
from variorum.sentences import Passage, Sought, stem, stems, words_of, written
from variorum.verdicts import Standing

__all__ = ["Order", "order_rows", "ordered"]

_SET = toml("readings")["order"]
NEAR_DAYS: float = _SET["near_days"]
LONGEST: int = _SET["longest"]
SIDE: int = _SET["side"]


@dataclass(frozen=True, slots=True)
class Order:
    """The content words of what is told first and of what followed, the words of acts among them, and where."""

    earlier: frozenset[str]
    later: frozenset[str]
    acts: frozenset[str]
    passage: Passage


@cache
def _marks() -> tuple[tuple[str, Sought], ...]:
    """The words of order by what they say of the words around them, the longest first."""
    found = []
    for kind in ("then", "before", "after"):
        told = sorted(_SET[kind], key=len, reverse=True)
        words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, told))})(?![\w-])", re.IGNORECASE)
        found.append((kind, Sought(words, told)))
    return tuple(found)


def ordered(passage: Passage, before: Passage | None = None) -> Iterator[Order]:
    """The order that a sentence tells, if any; ``before`` is the sentence before it in its paragraph.

    >>> told = Passage(0, "A", 0, 53, "The boiler burst and only then did the lamps go out.", 0)
    >>> [(sorted(o.earlier), sorted(o.later)) for o in ordered(told)]
    [(['boiler', 'burst'], ['lamp'])]
    """
    if len(passage.text.split()) > LONGEST:
        return
    for kind, sought in _marks():
        for match in sought.finditer(passage):
            cut, end = passage.start + match.start(), passage.start + match.end()
            halves = [(passage, passage.start, cut), (passage, end, passage.end)]
            comma = passage.text.find(",", match.end())
            if not stems(passage.text[: match.start()]):
                if kind != "then" and comma > 0:  # Before the boiler burst, the lamps went out.
                    halves = [(passage, passage.start + comma, passage.end), (passage, end, passage.start + comma)]
                elif before is not None and len(before.text.split()) <= LONGEST:
                    halves[0] = (before, before.start, before.end)
            if any(t.start < end + SIDE and end <= t.end for t in passage.times):
                continue  # after midnight: a time and no act
            one, other = _half(*halves[0], last=True), _half(*halves[1], last=False)
            told = [*halves[0][0].claims, *passage.claims]
            acts = frozenset(stem(c.trigger) for c in told if c.trigger)
            if one and other:
                yield Order(other, one, acts, passage) if kind == "after" else Order(one, other, acts, passage)
            return


def _half(passage: Passage, start: int, end: int, last: bool) -> frozenset[str]:
    """The content words of a half of a sentence next to its word of order, with those who take part in its acts.

    None where the half tells no act: "in the hall, the guard then fired" tells one only.
    """
    told = list(words_of(passage.text[start - passage.start : end - passage.start]))
    held = [c for c in passage.claims if c.trigger_start is not None and start <= c.trigger_start < end]
    if passage.claims and not any((c.trigger and c.type != "act") or c.trigger.endswith("ing") for c in held):
        return frozenset()
    return frozenset([*(told[-SIDE:] if last else told[:SIDE]), *_taking_part(held)])


def _taking_part(claims: Sequence[Claim]) -> Iterator[str]:
    for claim in claims:
        yield from stems(f"{claim.agent or ''} {claim.patient or ''}")


def order_rows(collation: Collation) -> Iterator[Row]:
    """A row for each two sentences of one happening that tell two acts in two orders."""
    told: dict[int, list[Order]] = {}
    for at, p in enumerate(collation.items):
        last = collation.items[at - 1] if at else None
        same = last is not None and last.witness == p.witness and last.paragraph == p.paragraph
        told[p.number] = list(ordered(p, last if same else None))
    for _, left, _, right in telling(collation, told, NEAR_DAYS):
        yield from _rows(collation, left[0], right[0])


def _rows(collation: Collation, x: Order, y: Order) -> Iterator[Row]:
    crossed = _crossed(x, y)
    if crossed is None:
        return
    first, second = (reading(o.passage, o.passage.start, o.passage.end, "order") for o in (x, y))
    acts = "; ".join(", ".join(written(x.passage.text, sorted(words)[:3])) for words in crossed)
    why = f"{cite(first)}, {cite(second)}: two acts ({acts}) in one order here and in the other there."
    row = Row("order", "order", "", Standing.CONFLICT, why, [first, second], "high", 0.5, 2, [x.passage, y.passage])
    row.evidence["told of one"] = float(supports(collation, x.passage, y.passage))
    yield row


def _crossed(x: Order, y: Order) -> tuple[frozenset[str], frozenset[str]] | None:
    """What is earlier here and later there, and the other way round; None where the two tell no other order.

    Names and what stands in both halves of one sentence tell the acts not apart; one word must be of an act in both.
    """
    named = names_of(x.passage), names_of(y.passage)
    doing = [
        stems(" ".join(c.agent or "" for c in o.passage.claims)) & names for o, names in zip((x, y), named, strict=True)
    ]
    if any(all(who) and not who[0] & who[1] for who in (named, doing)):
        return None
    both = (x.earlier & x.later) | (y.earlier & y.later) | names_of(x.passage) | names_of(y.passage)
    crossed = ((x.earlier & y.later) - both, (x.later & y.earlier) - both)
    straight = ((x.earlier & y.earlier) - both, (x.later & y.later) - both)
    acts = x.acts & y.acts
    if not all(crossed) or sum(map(len, crossed)) <= sum(map(len, straight)) or not (crossed[0] | crossed[1]) & acts:
        return None
    return crossed
