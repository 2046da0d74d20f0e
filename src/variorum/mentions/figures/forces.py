"""Those counted are an armed body, the dead of one side, or who did it: by the words around a number."""

from __future__ import annotations

from variorum.lists import toml
from variorum.mentions.figures import leftward
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import is_a
from variorum.mentions.figures.words import Line

__all__ = ["described", "doer", "of_force"]

FORCE: int = toml("limits")["figures"]["force"]
"""How many words before "numbering 14,000 men" the armed body may stand."""


def of_force(count: Count) -> bool:
    """``a garrison of 1,200``, ``a force of 400 men``, ``the army, numbering 14,000``: those counted are armed.

    Forces, columns and divisions are of many things: they need "men" or a verb of number, and nothing before them
    that says otherwise (a police force of 300 men).
    """
    line, at = count.line, count.first - 1
    if count.group not in (None, "people", "men"):
        return False
    if line.low(at) == "of":
        return _is_body(line, at - 1, "armed") or (count.group == "men" and _is_body(line, at - 1, "force"))
    if not is_a("strength", line.low(at)):
        return False
    return any(_is_body(line, i, kind) for i in range(max(0, at - FORCE), at) for kind in ("armed", "force"))


def _is_body(line: Line, at: int, kind: str) -> bool:
    return is_a(kind, line.low(at)) and not is_a("unarmed", line.low(at - 1))


def described(line: Line, at: int) -> bool:
    """``1,500 royal dead``: a word between a number and the dead says whose they are; no verb, adverb or denial."""
    low = line.low(at)
    kinds = ("preposition", "auxiliary", "adverb", "unreal", "conjunction", "not_describing")
    return low.isalpha() and line.low(at + 1) == "dead" and not any(is_a(kind, low) for kind in kinds)


def doer(count: Count) -> bool:
    """``by four officers`` did it; they did not suffer it."""
    return count.line.low(leftward.left_edge(count.line, count.first) - 1) == "by" and count.kind in (
        "people", "weapons", "aircraft", "ships", "vehicles", "formations", "settlements",
    )  # fmt: skip
