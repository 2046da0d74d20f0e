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
    """``a garrison of 1,200 men``, ``the army, numbering 14,000``: those counted are of an armed body."""
    line, at = count.line, count.first - 1
    if count.group not in (None, "people", "men"):
        return False
    if line.low(at) == "of":
        return is_a("force", line.low(at - 1))
    return is_a("strength", line.low(at)) and any(is_a("force", line.low(i)) for i in range(max(0, at - FORCE), at))


def described(line: Line, at: int) -> bool:
    """``1,500 royal dead``: a word between a number and the dead says whose they are."""
    return line.low(at).isalpha() and line.low(at + 1) == "dead" and not is_a("preposition", line.low(at))


def doer(count: Count) -> bool:
    """``by four officers`` did it; they did not suffer it."""
    return count.line.low(leftward.left_edge(count.line, count.first) - 1) == "by" and count.kind in (
        "people", "weapons", "aircraft", "ships", "vehicles", "formations", "settlements",
    )  # fmt: skip
