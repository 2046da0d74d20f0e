"""What numbers alone leave open: which of 4/5 is the day, and which century '89 belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.mentions.times.course import Reference
from variorum.mentions.times.meanings import Hit, Point
from variorum.mentions.times.sight import Sight

__all__ = ["day_first", "full_year"]

_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{2,4}")


def day_first(sight: Sight, hits: Sequence[Hit]) -> bool | None:
    """Whether 4/5/1998 is in May: by option, else by the unambiguous dates of the text; None when nothing says."""
    if sight.options.numeric_order is not None:
        return sight.options.numeric_order == "day first"
    orders = set()
    for hit in hits:
        found = _SLASHED.fullmatch(sight.low[hit.start : hit.end]) if hit.rule == "numeric" else None
        if found and max(int(found.group(1)), int(found.group(2))) > 12:
            orders.add(int(found.group(1)) > 12)
    return orders.pop() if len(orders) == 1 else None


def full_year(point: Point, reference: Reference | None, published: Point | None) -> int | None:
    """The year that two digits stand for: the nearest to the reference, else to a generation before publication."""
    year = point.year
    if year is None or not point.short:
        return year
    base = reference.point.year if reference and reference.point.year and reference.point.year > 0 else None
    if base is None and published is not None and published.year is not None:
        base = published.year - 30
    if base is None:
        return 1900 + year
    return min((base // 100 * 100 + year + add for add in (-100, 0, 100)), key=lambda y: abs(y - base))
