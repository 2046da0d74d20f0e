"""Figures that do not stand: a witness reports them only to deny them, or to say that they were taken back."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.lists import toml
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import is_a

__all__ = ["standing"]

REACH: int = toml("figures-roles")["reach"]["denial"]
"""How many words before or after a figure its denial may stand."""


def standing(count: Count, others: Sequence[Count]) -> str | None:
    """``denied``, ``withdrawn``, or None for a figure that stands; ``others`` are the figures of its line.

    >>> from variorum.mentions.figures.numbers import scan
    >>> from variorum.mentions.figures.words import Line, split
    >>> text = "Hale denied reports that 40 had died."
    >>> [standing(c, []) for c in scan(Line(split(text), 0, len(text)))]
    ['denied']
    """
    if _denied(count):
        return "denied"
    if _false(count) or _taken_back(count) or _revised(count, others):
        return "withdrawn"
    return None


def _denied(count: Count) -> bool:
    """``denied that 40 had died``, ``rejected reports of 40 deaths``."""
    line = count.line
    for at in range(count.first - 1, max(-1, count.first - REACH), -1):
        low = line.low(at)
        if low in (";", ".", "but"):
            return False
        if is_a("deny", low) and not is_a("false", low):
            if is_a("negation", line.low(at - 1)) or line.low(at - 1) in ("was", "were", "been"):
                return False
            near = range(at + 1, min(at + 5, count.first + 1))
            return any(is_a("reports", line.low(i)) for i in near) or count.first - at <= 2
    return False


def _false(count: Count) -> bool:
    """``claims that 40 died are false``, ``reports of 30 dead were soon disproved``, ``but the report was unfounded``.

    What is false behind another "and" or "but" is not the count.
    """
    line, again = count.line, False
    for at in range(count.edge, min(len(line.words), count.edge + REACH)):
        low = line.low(at)
        again = again or (low == "but" and _of_the_report(count, at + 1))
        if low in (";", "said") or (low == "but" and not again) or (low == "and" and line.low(at - 1) == ","):
            return False
        if is_a("false", low) and _said_to_be(count, at):
            return again or any(is_a("reports", line.low(i)) for i in range(max(0, count.first - 6), count.first))
    return False


def _of_the_report(count: Count, at: int) -> bool:
    """``the report apparently was``: what follows is said of the report, not of what else it tells."""
    line = count.line
    if not (is_a("pointing", line.low(at)) or line.low(at) in ("this", "that")) or not is_a(
        "reports", line.low(at + 1)
    ):
        return False
    at += 2
    while is_a("in_time", line.low(at)):
        at += 1
    return is_a("said_to_be", line.low(at))


def _said_to_be(count: Count, at: int) -> bool:
    """True where "are", "proved", "were soon" stand before the word at ``at``."""
    while is_a("in_time", count.line.low(at - 1)):
        at -= 1
    return is_a("said_to_be", count.line.low(at - 1))


def _taken_back(count: Count) -> bool:
    """``withdrew its figure of 45``, ``corrected an earlier toll of 45``."""
    line, reported = count.line, False
    for at in range(count.first - 1, max(-1, count.first - REACH), -1):
        low = line.low(at)
        if low in (";", ".", "but", "to"):
            return False
        reported = reported or is_a("reports", low)
        if is_a("take_back", low):
            return reported
    return False


def _revised(count: Count, others: Sequence[Count]) -> bool:
    """``had first spoken of 1,400, a number later cut to 1,200``: a later figure of the line takes its place."""
    line = count.line
    for other in others:
        between = range(count.edge, other.first)
        if not 1 <= len(between) <= REACH or line.low(other.first - 1) != "to":
            continue
        words = [line.low(i) for i in between]
        before = [line.low(i) for i in range(max(0, count.first - REACH), count.first)]
        cut = any(is_a("revise", w) for w in words) and any(is_a("reports", w) for w in [*before, *words])
        first = any(is_a("later", w) for w in words) or any(is_a("at_first", w) for w in before)
        if cut and first and other.role in ("other", count.role) and not {";", "."} & set(words):
            if other.role == "other" and other.kind in ("none", count.kind):
                other.kind, other.unit, other.group, other.act = count.kind, count.unit, count.group, count.act
                other.role = count.role
            return True
    return False
