"""How many there were, behind the noun: ``The crowd numbered 3,000``, ``the rebels were nine thousand``."""

from __future__ import annotations

from variorum.mentions.figures import lexicon
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.exclusions import OLDEST
from variorum.mentions.figures.leftward import left_edge
from variorum.mentions.figures.predicates import Told, is_a

__all__ = ["numbering"]


def numbering(count: Count) -> Told | None:
    """What a noun of people before a verb of number, or "were", says of the bare number behind it.

    Behind "were" a number up to 115 may be an age, and is none.

    >>> from variorum.mentions.figures.finder import find_plain
    >>> [(f.low, f.role) for f in find_plain("The crowd numbered 3,000.") + find_plain("The boys were nine.")]
    [(3000, 'crowd')]
    """
    line, verb = count.line, left_edge(count.line, count.first) - 1
    if count.kind != "none" or verb < 1 or not is_a("closing", line.low(count.last)):
        return None
    many = line.low(verb) in ("were", "are") and (count.low or 0) > OLDEST
    if not many and not is_a("numbering", line.low(verb)):
        return None
    table = lexicon.roles()
    act = table.acts.before(line, verb)
    crowd = act is not None and "gather" in act[1]
    unit = lexicon.units().words.before(line, verb)
    if not crowd and (unit is None or unit[1].kind != "people" or not _opens(line.lows, unit[0])):
        return None
    count.kind, count.group = "people", "people" if crowd or unit is None else unit[1].group
    noun = table.units.before(line, verb)
    return Told("gather" if crowd else noun[1] if noun is not None else "", "numbers")


def _opens(lows: tuple[str, ...], at: int) -> bool:
    """A determiner before the noun, at most one word between; no "of", whose noun is not the one that is counted."""
    before = lows[max(0, at - 2) : at]
    return "of" not in before and (not before or any(is_a("determiner", low) for low in before))
