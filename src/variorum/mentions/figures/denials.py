"""Figures that a witness reports only in order to deny them are not its claims."""

from __future__ import annotations

from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import is_a

__all__ = ["denied"]

REACH = 14
"""How many words before or after a figure its denial may stand."""


def denied(count: Count) -> bool:
    """``denied that 40 had died``, ``rejected reports of 40 deaths``, ``claims that 40 died are false``.

    >>> from variorum.mentions.figures.numbers import scan
    >>> from variorum.mentions.figures.words import Line, split
    >>> text = "Hale denied reports that 40 had died."
    >>> [denied(c) for c in scan(Line(split(text), 0, len(text)))]
    [True]
    """
    return _before(count) or _after(count)


def _before(count: Count) -> bool:
    line = count.line
    for at in range(count.first - 1, max(-1, count.first - REACH), -1):
        low = line.low(at)
        if low in (";", ".", "but"):
            return False
        if is_a("deny", low) and low not in ("untrue", "false", "fake", "baseless", "unfounded"):
            if is_a("negation", line.low(at - 1)) or line.low(at - 1) in ("was", "were", "been"):
                return False
            near = range(at + 1, min(at + 5, count.first + 1))
            return any(is_a("reports", line.low(i)) for i in near) or count.first - at <= 2
    return False


def _after(count: Count) -> bool:
    line = count.line
    for at in range(count.edge, min(len(line.words), count.edge + REACH)):
        low = line.low(at)
        if low in (";", "but", "said"):
            return False
        if is_a("false", low) and line.low(at - 1) in (
            "are",
            "is",
            "were",
            "was",
            "as",
            "be",
            "completely",
            "entirely",
        ):
            return any(is_a("reports", line.low(i)) for i in range(max(0, count.first - 6), count.first))
    return False
