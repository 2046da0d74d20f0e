"""``a woman and two children``: an article counts one where it stands beside a counted casualty."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.mentions.figures import lexicon, units
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import is_a, state_at
from variorum.mentions.figures.roles import assign, role_of
from variorum.mentions.figures.words import Line

__all__ = ["added"]


ARTICLES = ("a", "an", "another")


def added(line: Line, counts: Sequence[Count]) -> list[Count]:
    """The counts with those that articles make: of people, in a list with a casualty, or "another" with its own state.

    >>> from variorum.mentions.figures.finder import find_plain
    >>> [(f.text, f.low, f.role) for f in find_plain("The blast killed a woman and two children.")]
    [('a', 1, 'killed'), ('two', 2, 'killed')]
    """
    if not counts and "another" not in line.lows and lexicon.roles().harm.isdisjoint(line.lows):
        return []
    taken = {i for c in counts for i in range(c.first, c.edge)}
    made = list(counts)
    single = [_single(line, at) for at, low in enumerate(line.lows) if low in ARTICLES and at not in taken]
    candidates = [one for one in single if one is not None]
    others = {c.first: c for c in [*counts, *candidates]}
    speak = _speakers(line, candidates)
    candidates = [one for one in candidates if one.first not in speak]
    made += [one for one in candidates if _own_state(one) or _beside(one, counts) or _told(one, others)]
    return sorted(made, key=lambda c: c.first)


def _speakers(line: Line, candidates: Sequence[Count]) -> set[int]:
    """Those of whom a word of saying follows, alone or in a list: "killing nine, a doctor and a rescue worker said"."""
    found: set[int] = set()
    for one in reversed(candidates):
        at = one.edge
        joined = line.low(at) in ("and", ",") and (at + 1 in found or at + 2 in found)
        if is_a("saying", line.low(at)) or joined:
            found.add(one.first)
    return found


def _single(line: Line, at: int) -> Count | None:
    if is_a("negation", line.low(at - 1)):
        return None
    count = Count(line, at, at, at + 1, 1, 1)
    units.name_unit(count)
    if count.kind == "people" and not is_a("between", line.low(count.edge - 1)):
        return count
    if line.low(at) == "another":
        count.kind, count.unit, count.group, count.edge = "people", None, "people", at + 1
        return count
    return None


def _own_state(count: Count) -> bool:
    """``another was wounded``, ``another missing``."""
    line, at = count.line, count.edge
    if line.low(count.first) != "another":
        return False
    while line.low(at) in ("was", "is", "seriously", "severely", "critically", "badly", "reported", "feared", "still"):
        at += 1
    told = state_at(line, at, "beside")
    if told is None or role_of(told.act, "people") not in lexicon.roles().sets["single"]:
        return False
    count.act, count.why, count.said = told.act, told.why, told.end
    count.role = role_of(told.act, "people")
    return True


def _told(count: Count, others: dict[int, Count]) -> bool:
    """``killed a nurse``, ``a man, a woman and a child were killed``: one of those, by its own verb."""
    if count.unit is None or count.group in lexicon.roles().sets["no_single"]:
        return False
    if is_a("no_one", count.unit.lower().rpartition(" ")[2]):
        return False
    assign(count, others)
    if count.why == "verb" and count.first <= 1:  # killing a man is a crime
        return False
    return count.role in lexicon.roles().sets["harmed"] and count.why in ("verb", "act", "predicate", "listed")


def _beside(count: Count, counts: Sequence[Count]) -> bool:
    """Next to a counted casualty, with only a comma or "and" between."""
    line = count.line
    if count.unit is None:
        return False
    for other in counts:
        first, second = (count, other) if count.first < other.first else (other, count)
        between = [line.low(i) for i in range(first.edge, second.first)]
        if not 1 <= len(between) <= 2 or not set(between) <= {"and", ",", "as", "well"}:
            continue
        if other.role in lexicon.roles().sets["single"] and other.kind == "people":
            count.act, count.why, count.role, count.whole = other.act, "listed", other.role, other.whole
            return True
    return False
