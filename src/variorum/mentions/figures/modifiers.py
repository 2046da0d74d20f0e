"""Words that turn a number into an interval: ``more than 400`` is [401, open), ``about 100`` [90, 110].

The class of a modifier is one of above, from, below, near, upto, about; each makes its own interval, see `interval`.
"""

from __future__ import annotations

import re

from variorum.mentions.figures import lexicon
from variorum.mentions.figures.counts import Count, plain
from variorum.mentions.figures.predicates import is_a

__all__ = ["dotted", "interval", "modify", "share_modifier"]

_DOTTED = re.compile(r"\d{1,3}\.\d{3}")

STEPLESS = frozenset({"money", "share", "distance", "area", "weight", "energy"})
"""Kinds that do not come in whole ones: "more than 20 percent" begins at 20."""


def interval(modifier: str | None, value: float, whole: bool = True) -> tuple[float | None, float | None]:
    """Least and greatest value of a modified number; ``whole`` for things counted one by one.

    "about" is ten percent to each side, outwards to whole numbers for things counted one by one. None is open.

    >>> interval("above", 400), interval("from", 25), interval("upto", 18), interval("about", 100)
    ((401, None), (25, None), (None, 18), (90, 110))
    >>> interval("below", 30), interval("near", 30), interval("above", 2.5, False)
    ((None, 29), (None, 30), (2.5, None))
    """
    step = 1 if whole and value == int(value) else 0
    if modifier == "above":
        return value + step, None
    if modifier == "from":
        return value, None
    if modifier == "below":
        return None, value - step
    if modifier in ("near", "upto"):
        return None, value
    if modifier == "about":
        return _around(value) if whole else (plain(value * 0.9), plain(value * 1.1))
    return value, value


def _around(value: float) -> tuple[float, float]:
    if value == int(value):
        number = int(value)
        return number * 9 // 10, -(-number * 11 // 10)
    return plain(value * 0.9), plain(value * 1.1)


def modify(count: Count) -> None:
    """Reads the modifiers round a number and sets its interval; exact words ("exactly", "only") change nothing.

    Words between modifier and number that say nothing of it ("at least another 20", "about $3bn") are stepped over.
    """
    table = lexicon.numbers()
    line, at = count.line, count.first
    if line.low(at - 1) in lexicon.units().symbols:
        at -= 1
        count.first = count.number = at
    classes: list[str] = []
    for _ in range(4):
        found = table.before.before(line, at) or (None if classes else table.verbs.before(line, at))
        if found is None:
            if line.low(at - 1) == "of" and table.before.before(line, at - 1) and line.low(at - 2) != "all":
                at -= 1
                continue
            break
        start, kind = found
        if line.low(start) == "over" and is_a("particle", line.low(start - 1)):
            break
        if at - start == 1 and is_a("place_or_bound", line.low(start)) and is_a("pointing", line.low(at)):
            break
        at = start
        classes.append(kind)
    _widen(count, at)
    _after(count, classes)
    firm = [c for c in classes if c != "exact"]
    if firm:
        apply(count, next((c for c in firm if c != "about"), "about"))
    elif count.modifier is None and "about" in classes:
        apply(count, "about")


def _widen(count: Count, at: int) -> None:
    """The span begins at the outermost modifier that bounds the number; bare articles stay outside."""
    start = count.first
    position = count.first
    table = lexicon.numbers()
    while position > at:
        found = table.before.before(count.line, position)
        if found is None:
            if table.verbs.before(count.line, position):
                break
            position -= 1
            continue
        position, kind = found
        if kind != "exact":
            start = position
    count.first = start


def _after(count: Count, classes: list[str]) -> None:
    """``20 or more``, ``50-odd``, ``100 people or so``, ``200+``."""
    table = lexicon.numbers()
    line, end = count.line, count.last
    if line.low(end) == "+" and line.glued(end):
        classes.append("from")
        count.last = end + 1
    elif line.low(end) == "-" and line.low(end + 1) in ("odd", "plus"):
        classes.append("about" if line.low(end + 1) == "odd" else "from")
        count.last = end + 2
    elif line.low(end) == "-" and line.low(end + 1) == "ish":
        classes.append("about")
        count.last = end + 2
    else:
        for step in (end, end + 1, end + 2):
            found = table.after.at(line, step)
            if found and (step == end or line.words[step - 1].alpha):
                if found[1] == "from" and line.low(step) == "at" and line.low(step + 2).isdecimal():
                    return
                classes.append(found[1])
                if step == end:
                    count.last = found[0]
                break
    count.edge, count.end = max(count.edge, count.last), max(count.end, count.last)


def apply(count: Count, modifier: str) -> None:
    """Sets the interval of a count by a modifier's class; on a range or a vague count only the open ends change."""
    count.modifier = modifier
    whole = count.kind not in STEPLESS
    low, high = count.low, count.high
    count.approximate = count.approximate or modifier in ("about", "near")
    if low is None or high is None or low != high:
        if modifier in ("above", "from"):
            count.high = None
        elif modifier in ("upto", "below"):
            count.low = None
        elif low is not None and high is not None:
            count.low, count.high = _around(low)[0], _around(high)[1]
        return
    count.stated = low
    count.low, count.high = interval(modifier, low, whole)


def restep(count: Count) -> None:
    """Once the unit is known: things that do not come in whole ones have no step above or below."""
    if count.stated is not None and count.modifier in ("above", "below", "about") and count.kind in STEPLESS:
        count.low, count.high = interval(count.modifier, count.stated, False)


def dotted(count: Count) -> None:
    """``2.400 men``: of what is counted one by one a dot before three digits parts thousands, as in many languages."""
    word = count.line.words[count.number].text
    if count.kind in STEPLESS or count.kind in ("none", "other", "time", "heat") or not _DOTTED.fullmatch(word):
        return
    if count.last - count.number == 1 or count.high is None or count.high < 1000:
        stated = None if count.stated is None else plain(count.stated * 1000)
        low, high = (None if v is None or v >= 1000 else plain(v * 1000) for v in (count.low, count.high))
        count.low, count.high, count.stated = low, high, stated
        if stated is not None:
            count.low, count.high = interval(count.modifier, stated)


def share_modifier(first: Count, second: Count) -> None:
    """In "at least 2,000 in the port and 1,000 in the hills" the modifier holds for both of one role."""
    if first.modifier in (None, "upto", "below") or second.modifier or second.vague or second.low != second.high:
        return
    if first.modifier is not None:
        apply(second, first.modifier)
        restep(second)
