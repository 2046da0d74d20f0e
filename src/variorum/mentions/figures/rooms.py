"""How many a room or ship holds (``the hall can seat 400``), and how many lay in a grave (``remains of nine``)."""

from __future__ import annotations

from variorum.lists import toml
from variorum.mentions.figures import lexicon
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.leftward import left_edge
from variorum.mentions.figures.predicates import Told, is_a

__all__ = ["capacity", "remains"]

ROOM: int = toml("figures-roles")["reach"]["room"]
HOLDERS = frozenset({"buildings", "vehicles", "ships", "aircraft"})


def capacity(count: Count) -> Told | None:
    """A capacity, where a building, vehicle, ship or plane stands before a verb of holding; "up to" may follow it.

    >>> from variorum.mentions.figures.finder import find_plain
    >>> [f.role for t in ("The stadium holds 20,000.", "The prison held 20,000.") for f in find_plain(t)]
    ['capacity']
    """
    line, at = count.line, left_edge(count.line, count.first)
    verb = line.low(at - 1)
    able = is_a("holding", verb) and is_a("able", line.low(at - 2))
    if count.kind not in ("none", "people") or not (able or is_a("holds", verb)):
        return None
    if not able and count.group not in (None, "people"):
        return None  # "the camp holds 12,000 refugees": those who are there
    table = lexicon.units().words
    for i in range(at - 2, max(-1, at - 2 - ROOM), -1):
        unit = table.at(line, i)
        if unit is not None and unit[1].kind in HOLDERS:
            return Told("contain", "verb")
    return None


def remains(count: Count) -> Told | None:
    """Bodies that were found, where their people are counted: ``the remains of eleven people``.

    >>> from variorum.mentions.figures.finder import find_plain
    >>> [f.role for f in find_plain("The bones of forty men lay in the well.")]
    ['bodies']
    """
    line, at = count.line, left_edge(count.line, count.first)
    if count.kind not in ("none", "people") or line.low(at - 1) != "of" or not is_a("remains", line.low(at - 2)):
        return None
    return Told("find", "verb")
