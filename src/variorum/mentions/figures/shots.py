"""``Sixteen were shot``: killed, unless what follows tells that only some of them died."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.lists import toml
from variorum.mentions.figures import roles
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import is_a

__all__ = ["not_all_died"]

REACH: int = toml("figures-roles")["reach"]["limb"]


def not_all_died(counts: Sequence[Count], after: Sequence[Count]) -> None:
    """Those shot of whom a part is told to have died, in ``counts`` or at the head of ``after``, are casualties.

    >>> from variorum.mentions.figures.finder import find_plain
    >>> [(f.text, f.role) for f in find_plain("Sixteen were shot, one fatally.")]
    [('Sixteen', 'casualties'), ('one', 'killed')]
    >>> [(f.text, f.role) for f in find_plain("Four hundred were shot.")]
    [('Four hundred', 'killed')]
    """
    for at, count in enumerate(counts):
        if not _shot(count):
            continue
        if _in_limb(count):
            count.act, count.role = "wound", roles.role_of("wound", count.kind)
        elif any(_part(other, count, True) for other in counts[at + 1 :]) or (
            after and _part(after[0], count, after[0].line is count.line)
        ):
            count.act, count.role = "mixed", roles.role_of("mixed", "people")


def _shot(count: Count) -> bool:
    line, at = count.line, count.said
    return count.role == "killed" and count.why in ("predicate", "beside") and at > 0 and line.low(at - 1) == "shot"


def _in_limb(count: Count) -> bool:
    line = count.line
    after = range(count.said, min(len(line.words), count.said + REACH))
    return line.low(count.said) == "in" and any(is_a("limb", line.low(i)) for i in after)


def _part(count: Count, whole: Count, same: bool) -> bool:
    """A smaller figure of those who died: ``one fatally``, ``two of them died``; in a next sentence ``One died.``"""
    line, bare = count.line, count.kind == "none" or count.unit in (None, "people")
    if count.role != "killed" or count.low is None or whole.low is None or count.low >= whole.low:
        return False
    if any(is_a("deadly", line.low(i)) for i in range(count.last, min(len(line.words), count.edge + REACH))):
        return True
    of_them = line.low(count.last) == "of" and is_a("of_whole", line.low(count.last + 1))
    died = count.why == "predicate" and bare and line.low(count.said - 1) == "died"
    return of_them or (died and (not same or count.first - whole.said < REACH))
