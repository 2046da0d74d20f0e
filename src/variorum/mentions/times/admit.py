"""Asks the guard of a rule whether a match is a time."""

from __future__ import annotations

from variorum.mentions.times import guards_calendar, guards_clock, guards_lengths, guards_rows
from variorum.mentions.times.guards import GUARDS
from variorum.mentions.times.meanings import Hit
from variorum.mentions.times.sight import Sight

__all__ = ["admitted"]

_KINDS = (guards_calendar, guards_clock, guards_lengths, guards_rows)  # importing them registers their guards


def admitted(sight: Sight, hit: Hit, depth: int) -> bool:
    """Whether the expression stands; ``depth`` above 0 means inside another ("the end of ...")."""
    guard = GUARDS.get(hit.rule)
    if guard is not None and not guard(sight, hit, depth):
        return False
    following = sight.low[hit.end : hit.end + 2]
    return following[:1] != "'" or following == "'s" or not following[1:].isalpha()
