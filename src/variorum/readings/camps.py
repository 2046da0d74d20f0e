"""The armed side of a figure, by the words beside it: the garrison, the besiegers, the rebels."""

from __future__ import annotations

import re
from functools import cache

from variorum.lists import toml
from variorum.records import Figure
from variorum.sentences import Passage

__all__ = ["camps", "part_of_it", "two_camps"]

_SET = toml("histories")["sides"]
AFTER: int = _SET["after"]
_BREAK = re.compile(rf"[.;:]|,\s+(?=(?:{'|'.join(_SET['breaks'])})\b)", re.IGNORECASE)
_END = re.compile(r"[.;:,]")


@cache
def _classes() -> dict[str, re.Pattern[str]]:
    """The words by which a side is told, longest first."""
    return {
        name: re.compile(
            rf"(?<![\w-])(?:{'|'.join(re.escape(w) for w in sorted(told, key=len, reverse=True))})(?![\w-])",
            re.IGNORECASE,
        )
        for name, told in _SET["classes"].items()
    }


def part_of_it(p: Passage, f: Figure) -> tuple[int, int]:
    """The part of its sentence that tells whose a figure is, as places in the text."""
    start, end = f.start - p.start, f.end - p.start
    cut = [m.end() for m in _BREAK.finditer(p.text[:start])]
    behind = _END.search(p.text, end)
    return (cut[-1] if cut else 0), min(behind.start() if behind else len(p.text), end + AFTER)


def camps(p: Passage, f: Figure) -> frozenset[str]:
    """The side that is told beside a figure, the nearest to it; none or one.

    >>> told = "The besiegers lost 300 men, the defenders 40."
    >>> figure = Figure("A", 19, 22, "300", 300, 300, False, "men", "people", "people", "killed")
    >>> camps(Passage(0, "A", 0, 45, told, 0), figure)
    frozenset({'besiegers'})
    """
    low, high = part_of_it(p, f)
    at, end = f.start - p.start, f.end - p.start
    told = [
        (max(at - low - m.end(), low + m.start() - end), name)
        for name, pattern in _classes().items()
        for m in pattern.finditer(p.text[low:high])
    ]
    return frozenset([min(told)[1]] if told else ())


def two_camps(one: frozenset[str], other: frozenset[str]) -> bool:
    """True where both tell a side, and not the same."""
    return bool(one and other and not one & other)
