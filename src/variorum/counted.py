"""Which groups of people figures may count in common: a small lattice, read from ``data/counted-groups.toml``."""

from __future__ import annotations

from functools import cache
from itertools import product

from variorum.lists import toml

__all__ = ["across", "above", "meet", "part"]


@cache
def above(group: str) -> frozenset[str]:
    """The group and all that hold it; an unknown group stands alone.

    >>> sorted(above("residents"))
    ['civilians', 'people', 'residents']
    """
    holders = [above(holder) for holder, held in toml("counted-groups")["holds"].items() if group in held]
    return frozenset({group}).union(*holders)


def across(group: str | None) -> bool:
    """Does a group cut across the others, so that a figure of it counts a part?

    >>> across("children"), across("passengers")
    (True, False)
    """
    return group in toml("counted-groups")["across"]["groups"]


@cache
def part(one: str, other: str) -> bool:
    """Whether the one group is as a rule only a part of the other.

    >>> part("crew", "people"), part("soldiers", "people"), part("residents", "people"), part("soldiers", "soldiers")
    (True, True, False, False)
    """
    if one == other or other not in above(one):
        return False
    return bool(above(one) & frozenset(toml("counted-groups")["parts"]["groups"]))


@cache
def meet(one: str, other: str) -> bool:
    """Whether figures of two groups may count the same people: one holds the other, or both may be the whole.

    A group that is not named ("") may be any. Groups that shut each other out never meet; those that cut across the
    others meet only themselves and what holds them.

    >>> meet("residents", "people"), meet("residents", "protesters"), meet("soldiers", "residents")
    (True, True, False)
    >>> meet("women", "children"), meet("women", "people")
    (False, True)
    """
    if not one or not other or one in above(other) or other in above(one):
        return True
    if across(one) or across(other):
        return False
    shut = toml("counted-groups")["apart"]["pairs"]
    return not any([a, b] in shut or [b, a] in shut for a, b in product(above(one), above(other)))
