"""The interval logic: how two figures or two dates stand to each other when their scope is the same.

A figure is an interval: 93 is [93, 93], more than 400 is (400, inf), about 100 is [90, 110] and approximate.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from variorum.dates import Days
from variorum.lists import toml
from variorum.verdicts import Standing

__all__ = ["Amount", "amounts", "dates"]

_SET = toml("readings")["interval"]
ROUNDED: float = _SET["rounded"]


class Amount(NamedTuple):
    """A figure's bounds; an open end is infinite or 0."""

    low: float
    high: float
    approximate: bool = False

    @classmethod
    def of(cls, low: float | None, high: float | None, approximate: bool) -> Amount:
        """The interval of a figure; an approximate point is widened by a tenth to both sides."""
        first, last = 0.0 if low is None else low, math.inf if high is None else high
        if approximate and first == last:
            first, last = first * 0.9, last * 1.1
        return cls(first, last, approximate)

    @property
    def middle(self) -> float:
        """A number to sort and to measure differences by."""
        return self.low if math.isinf(self.high) else (self.low + self.high) / 2


def amounts(a: Amount, b: Amount) -> Standing:
    """The verdict on two figures of one scope: agree, compatible or conflict.

    >>> about, point = Amount.of(100, 100, True), Amount.of(100, 100, False)
    >>> [str(amounts(about, other)) for other in (point, Amount.of(93, 93, False))]
    ['agree', 'compatible']
    >>> str(amounts(point, Amount.of(93, 93, False)))
    'conflict'
    >>> str(amounts(Amount.of(400, None, False), Amount.of(414, 414, False)))
    'agree'
    >>> str(amounts(Amount.of(401, None, False), Amount.of(400, 400, False)))
    'compatible'
    """
    if (a.low, a.high) == (b.low, b.high):
        return Standing.AGREE
    if a.low > b.high or b.low > a.high:
        return Standing.COMPATIBLE if _touching(a, b) else Standing.CONFLICT
    if (a.approximate or b.approximate) and math.isclose(a.middle, b.middle, rel_tol=0.005):
        return Standing.AGREE
    for wide, point in ((a, b), (b, a)):
        near = point.low == point.high and point.low <= wide.low * (1 + ROUNDED)
        if math.isinf(wide.high) and not wide.approximate and near:
            return Standing.AGREE
        if math.isinf(wide.high) and math.isinf(point.high) and math.isclose(wide.low, point.low, rel_tol=0.005):
            return Standing.AGREE
    return Standing.COMPATIBLE


def _touching(a: Amount, b: Amount) -> bool:
    """100 against more than 100: one may be the other, rounded."""
    return any(math.isinf(x.high) and 0 < x.low - y.high <= 1 and y.high >= 20 for x, y in ((a, b), (b, a)))


def dates(a: Days, b: Days) -> Standing:
    """The verdict on two dates of one act.

    >>> from variorum.dates import interval
    >>> [str(dates(interval("1998-11-17"), interval(other))) for other in ("1998-11", "1998-11-20")]
    ['compatible', 'conflict']
    """
    if a == b:
        return Standing.AGREE
    return Standing.COMPATIBLE if a.meets(b) else Standing.CONFLICT
