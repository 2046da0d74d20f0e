"""The direct source of a passage, told from those that it goes back to at second hand.

Several witnesses may have a passage before the one that took it over. The one whose wording it keeps most of is the
source; where two are equal, the later of them that took out of the earlier exactly the same stretch; where that does
not help either, the earliest, and that stays undecided.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from variorum.dates import interval
from variorum.lists import toml
from variorum.parallels.direction import Known
from variorum.records import A_TO_B, UNDECIDED, Parallel

__all__ = ["direct_sources", "kept_words"]

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SET = toml("parallels")["sources"]
CUT: int = _SET["cut"]
LONGEST: int = _SET["longest"]


@dataclass(slots=True)
class Taken:
    """A parallel seen from the side that took it: row number, source passage, target passage."""

    number: int
    source: str
    source_span: tuple[int, int]
    target: str
    target_span: tuple[int, int]
    kept: frozenset[int] = frozenset()


def taken(number: int, row: Parallel) -> Taken:
    """The parallel as taken over by its target; its direction must be decided."""
    a, b = (row.a_witness, (row.a_start, row.a_end)), (row.b_witness, (row.b_start, row.b_end))
    (source, source_span), (target, target_span) = (a, b) if row.direction == A_TO_B else (b, a)
    return Taken(number, source, source_span, target, target_span)


def kept_words(source: str, target: str, offset: int = 0) -> frozenset[int]:
    """Where the words of ``target`` begin that it shares with ``source``, in order or at least two in a row.

    >>> sorted(kept_words("The old ferry sank at dawn", "At dawn the ferry sank", 100))
    [100, 103, 108, 112, 118]
    """
    a = [match.group().lower() for match in WORD.finditer(source[: LONGEST * 8])]
    places = [(match.start(), match.group().lower()) for match in WORD.finditer(target[: LONGEST * 8])]
    b = [word for _, word in places]
    kept: set[int] = set()
    for block in Levenshtein.opcodes(a, b):
        if block.tag == "equal":
            kept.update(range(block.dest_start, block.dest_end))
    pairs = set(pairwise(a))
    for i, pair in enumerate(pairwise(b)):
        if pair in pairs:
            kept.update((i, i + 1))
    return frozenset(offset + places[i][0] for i in kept)


def _groups(items: list[Taken]) -> list[list[Taken]]:
    """The parallels of one target, together where they overlap in more than half of the shorter; longest first."""
    groups: list[list[Taken]] = []
    for item in sorted(items, key=lambda item: item.target_span[0] - item.target_span[1]):
        for group in groups:
            first = group[0].target_span
            common = min(first[1], item.target_span[1]) - max(first[0], item.target_span[0])
            if common * 2 > item.target_span[1] - item.target_span[0]:
                group.append(item)
                break
        else:
            groups.append([item])
    return groups


def _same_cut(later: Taken, earlier: Taken, cuts: dict[tuple[str, str], list[Taken]]) -> bool:
    """True when the source of ``later`` took out of the source of ``earlier`` what the target took out of it."""
    for cut in cuts.get((earlier.source, later.source), ()):
        if all(abs(x - y) <= CUT for x, y in zip(cut.source_span, earlier.source_span, strict=True)):
            return True
    return False


def _choose(group: list[Taken], cuts: dict[tuple[str, str], list[Taken]], when: dict[str, float]) -> tuple[Taken, str]:
    """The direct source among several, and the rule that found it; an empty rule leaves it undecided."""
    most = max(len(item.kept) for item in group)
    best = [item for item in group if len(item.kept) == most]
    second = max((len(item.kept) for item in group if len(item.kept) < most), default=0)
    if len(best) == 1:
        return best[0], f"shared edits: {most} of its words are kept, {second} of any other source's"
    best.sort(key=lambda item: (when[item.source], item.source))
    for later in reversed(best):
        for earlier in best:
            if earlier.source != later.source and _same_cut(later, earlier, cuts):
                return later, f"same cut: {later.source} took the same stretch out of {earlier.source}"
    return best[0], ""


def direct_sources(rows: Iterable[Parallel], known: Known) -> list[Parallel]:
    """The rows with their direct sources marked; those at second hand get their direction only where it is sure."""
    made = list(rows)
    items = [taken(number, row) for number, row in enumerate(made) if row.direction != UNDECIDED]
    cuts: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    targets: dict[str, list[Taken]] = defaultdict(list)
    for item in items:
        cuts[item.source, item.target].append(item)
        targets[item.target].append(item)
    days = {name: interval(witness.published) for name, witness in known.witnesses.items()}
    when = {name: day.first if day else 0.0 for name, day in days.items()}
    for own in targets.values():
        for group in _groups(own):
            _mark(group, cuts, when, made)
    return made


def _mark(
    group: list[Taken], cuts: dict[tuple[str, str], list[Taken]], when: dict[str, float], made: list[Parallel]
) -> None:
    if len({item.source for item in group}) == 1:
        for item in group:
            made[item.number] = replace(made[item.number], direct=True)
        return
    for item in group:
        row = made[item.number]
        sides = (row.a_text, row.b_text) if row.direction == A_TO_B else (row.b_text, row.a_text)
        item.kept = kept_words(*sides, offset=item.target_span[0])
    chosen, rule = _choose(group, cuts, when)
    for item in group:
        row = made[item.number]
        if item is chosen and rule:
            made[item.number] = replace(row, direct=True, why=f"{row.why}; {rule}")
        elif item is chosen:
            made[item.number] = replace(
                row, why=f"{row.why}; the earliest of several equal sources, direct source undecided"
            )
        elif item.source == chosen.source:
            made[item.number] = replace(row, direct=bool(rule))
        else:
            made[item.number] = replace(row, why=f"{row.why}; at second hand, nearer to {chosen.source}")
