"""Side by side: sentences that tell one happening, where no rule can judge the difference."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.wording import weighed
from variorum.records import Reading
from variorum.sentences import Passage
from variorum.verdicts import Standing

__all__ = ["alike_rows", "aside_rows"]

_SET = toml("readings")["aside"]
LINKED: float = _SET["linked"]
MOST: int = _SET["most"]
ALIKE_LINKED: float = _SET["alike_linked"]
ALIKE: float = _SET["alike"]
LARGE: int = _SET["large"]
RARE: float = _SET["rare"]


@cache
def _denial() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(toml('readings')['words']['denial'])})\b|n['’]t\b", re.IGNORECASE)


def alike_rows(collation: Collation) -> Iterator[Row]:
    """Linked sentences whose words are, by their rarity, mostly the same: they say the same.

    Not where one denies and the other does not, nor where their figures of one role or their own days differ.
    """
    for a, b, _ in collation.across(ALIKE_LINKED):
        like = weighed(frozenset(a.words), frozenset(b.words), collation.rarity.idf)
        if (
            like >= ALIKE
            and len(a.words) >= 4
            and len(b.words) >= 4
            and not _differs(a, b)
            and not (a.quotes and b.quotes)
        ):
            first, second = _whole(a), _whole(b)
            why = f"{cite(first)}, {cite(second)}: the same, in much the same words."
            yield Row("alike", "account", "", Standing.AGREE, why, [first, second], "high", 0.0, 2, [a, b])


def _differs(a: Passage, b: Passage) -> bool:
    if len(_denial().findall(a.text)) % 2 != len(_denial().findall(b.text)) % 2:
        return True
    if a.times and b.times and not any(x.days.meets(y.days) for x in a.times for y in b.times):
        return True
    told = {f.role: {g.low for g in a.figures if g.role == f.role} for f in a.figures}
    return any(f.role in told and f.low not in told[f.role] for f in b.figures)


def aside_rows(collation: Collation) -> Iterator[Row]:
    """One row for each event told by two witnesses, and for each linked pair that no event holds together."""
    for event in sorted(collation.told):
        group = collation.told[event]
        if len({p.witness for p in group}) > 1:
            label = collation.events[event].label if event in collation.events else ""
            yield from _nearest(collation, label, group[:MOST])
            yield _row("event", label, group[:MOST], 0.0)
    for a, b, link in collation.across(LINKED):
        if not collation.together(a, b):
            yield _row("linked", link.why, [a, b], link.score)


def _nearest(collation: Collation, label: str, group: list[Passage]) -> Iterator[Row]:
    """On a card too large to be compared: linked pairs of two accounts, nearest there to one of the two sentences.

    What shares its wording stands among the parallels already.
    """
    if len(group) <= LARGE:
        return
    pairs = [(collation.score(a, b), a, b) for a, b in combinations(group, 2) if a.witness != b.witness]
    best: dict[tuple[int, str], float] = defaultdict(float)
    for score, a, b in pairs:
        for key in ((a.number, b.witness), (b.number, a.witness)):
            best[key] = max(best[key], score)
    for score, a, b in pairs:
        near = score >= max(LINKED, min(best[a.number, b.witness], best[b.number, a.witness]))
        if near and _one_matter(collation, a, b) and not collation.shares_wording(a, b):
            yield _row("nearest", label, [a, b], score)


def _one_matter(collation: Collation, a: Passage, b: Passage) -> bool:
    """Whether more than the event speaks for one matter: an act that both tell, or two rare words in common."""
    return collation.one_act(a, b) or len(collation.shared(a, b, RARE)) > 1


def _row(rule: str, scope: str, group: list[Passage], score: float) -> Row:
    readings = [_whole(p) for p in group]
    first = readings[0]
    other = next((r for r in readings if r.witness != first.witness), readings[-1])
    why = f"{cite(first)}, {cite(other)}: told side by side; no rule can judge how they stand."
    count = len({p.witness for p in group})
    return Row(rule, "account", scope, Standing.UNJUDGED, why, readings, "high", score / 2, count, group)


def _whole(passage: Passage) -> Reading:
    return reading(passage, passage.start, passage.end, "account")
