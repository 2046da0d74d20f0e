"""Which figure is part of which: ``25 people ... including 10 women, and 6 children``.

Members of a breakdown run on until a figure with a predicate of its own. What is said of the whole is said of them;
what is said only of the members is said of the whole too, if nothing else is.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.lists import toml
from variorum.mentions.figures import leftward, lexicon, roles
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import is_a
from variorum.mentions.figures.words import Line

__all__ = ["join_parts", "join_list"]

MEMBER: int = toml("limits")["figures"]["member"]
ITEM: int = toml("limits")["figures"]["item"]
OPENING: int = toml("limits")["figures"]["opening"]
REACH: int = toml("limits")["figures"]["breakdown"]
"""How many words may stand between a whole and the word that opens its breakdown."""


def openings(line: Line) -> list[tuple[int, int]]:
    """The word spans of "including", "among them", "of whom" and the like.

    >>> from variorum.mentions.figures.words import split
    >>> openings(Line(split("12 guests, including 3 girls"), 0, 28))
    [(3, 4)]
    """
    table = lexicon.roles().breakdown
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(line.words):
        hit = table.at(line, at)
        if line.words[at].low == ":" and at:
            found.append((at, at + 1))
        if hit is None or (line.words[at].low == "with" and not _of_them_follows(line, at)):
            at += 1
            continue
        found.append((at, hit[0]))
        at = hit[0]
    return found


def _of_them_follows(line: Line, at: int) -> bool:
    """``with 3 of them in hospital``."""
    return [line.low(at + 2), line.low(at + 3)] == ["of", "them"]


def join_parts(counts: Sequence[Count]) -> None:
    """Sets ``whole`` on the members of the breakdowns of one line, and lets roles pass between whole and members."""
    if not counts:
        return
    line = counts[0].line
    _join_total(counts)
    for start, end in openings(line):
        behind = next((c for c in counts if c.last == start), None)
        if behind is not None:
            _join_behind(counts, behind)
            continue
        whole = _whole(counts, start)
        members = _members(counts, end, whole) if whole else []
        if whole is None or not members:
            continue
        for member in members:
            member.whole = whole
        _pass_roles(whole, members, "of" in {line.low(i) for i in range(start, end)})


def _join_behind(counts: Sequence[Count], part: Count) -> None:
    """``93 civilians died, 12 of them children``: the part stands before its "of them"."""
    before = [c for c in counts if c.last <= part.first and part.first - c.edge <= REACH]
    if not before or part.line.low(part.first - 1) in ("and", "but") or not _fits(part, before[-1]):
        return
    whole = before[-1].whole or before[-1]
    part.whole = whole
    if part.act in (None, "") or part.crossed:
        part.act, part.why = whole.act, "part"
        part.role = roles.role_of(whole.act, part.kind)


def _join_total(counts: Sequence[Count]) -> None:
    """``Of the 80 people killed, 12 were women``: what follows is counted of the first.

    Not in ``Of the 80 passengers, 12 died``: those are all that died.
    """
    whole = counts[0]
    line = whole.line
    opened = line.low(0) == "of" or (line.low(0), line.low(1)) == ("out", "of")
    if opened and whole.why == "total" and whole.kind == "people" and len(counts) > 1:
        _rest_of(whole, counts[1])
    if not opened or whole.first > OPENING or whole.role == "other":
        return
    last = whole.edge
    for count in counts[1:]:
        if _broken(line, last, count.first) or not _fits(count, whole):
            break
        if count.why == "total":
            continue
        count.whole = whole
        if count.act is None:
            count.act, count.why = whole.act, "part"
            count.role = roles.role_of(whole.act, count.kind)
        last = count.edge


def _rest_of(whole: Count, part: Count) -> None:
    """``Of the 1,200 who set out, barely 300 returned``: a bare number that opens the next clause is a part."""
    line = part.line
    opens = line.low(leftward.left_edge(line, part.first) - 1) == ","
    if part.kind == "none" and part.act is None and opens and _verb_like(line, part.last):
        part.kind, part.group, part.whole = "people", whole.group, whole


def _verb_like(line: Line, at: int) -> bool:
    """A word that may be the verb of a bare number: no preposition, conjunction or mark."""
    low = line.low(at)
    return low.isalpha() and not any(is_a(kind, low) for kind in ("preposition", "conjunction", "determiner"))


def _whole(counts: Sequence[Count], start: int) -> Count | None:
    """The last figure before the opening that can have parts: of people or things, not itself a part in a list."""
    reach = 0 if counts[0].line.low(start) == ":" else REACH
    before = [c for c in counts if c.edge <= start and start - c.edge <= reach]
    for count in reversed(before):
        if count.kind in (
            "people",
            "none",
            "settlements",
            "buildings",
            "vehicles",
            "weapons",
            "events",
            "other",
            "formations",
            "aircraft",
            "ships",
        ):
            return count.whole if count.whole and count.whole.edge <= start and _same_list(count, start) else count
    return None


def _same_list(count: Count, start: int) -> bool:
    return start - count.edge <= 1


def _members(counts: Sequence[Count], end: int, whole: Count) -> list[Count]:
    """Figures after the opening, up to one with a predicate of its own or a break in the list."""
    members: list[Count] = []
    last = end
    for count in counts:
        if count.first < end:
            continue
        if count.first - last > MEMBER or _broken(count.line, last, count.first):
            break
        if members and _own_predicate(count, whole, end):
            break
        if not _fits(count, whole):
            break
        members.append(count)
        last = count.edge
    return members


def _broken(line: Line, start: int, end: int) -> bool:
    return any(line.low(i) in (";", ":", "—", "but", "while", "said", "whereas") for i in range(start, end))


def _own_predicate(count: Count, whole: Count, start: int) -> bool:
    """A later figure with its own verb to its right begins afresh, if the whole has been told before its parts."""
    told = whole.why not in ("", "predicate") or (whole.why == "predicate" and whole.said <= start)
    return told and whole.act is not None and count.why in ("predicate", "beside") and not count.crossed


def _fits(count: Count, whole: Count) -> bool:
    """A part is not greater than its whole and counts the same kind of thing."""
    if count.kind != whole.kind and "none" not in (count.kind, whole.kind):
        return False
    bound = whole.high if whole.high is not None else None
    return bound is None or count.low is None or count.low <= bound


def _pass_roles(whole: Count, members: list[Count], apart: bool) -> None:
    """What is said of the whole goes for its parts; ``apart`` ("of whom 4 died") keeps what is said of a part to it."""
    told = whole.role != "other"
    for member in members:
        if told and (
            member.act in (None, "") or ((member.crossed or member.why == "listed") and member.act != whole.act)
        ):
            member.act, member.why = whole.act, "part"
            member.role = roles.role_of(whole.act, member.kind)
    if not told and not apart and members[-1].why == "predicate" and members[-1].role != "other":
        whole.act, whole.why = members[-1].act, "predicate"
        whole.role = roles.role_of(whole.act, whole.kind)


def join_list(items: Sequence[Sequence[Count]], lead: Sequence[Count], line: Line) -> None:
    """Items of a list take role and whole from the last figure of their lead (``25 died, including:``)."""
    if not lead:
        return
    whole = lead[-1]
    tail = {line.low(i) for i in range(max(0, len(line.words) - 5), len(line.words))}
    breakdown = bool(tail & {"including", "them", "whom", "which"})
    for counts in items:
        if len(counts) != 1 or counts[0].role != "other" or len(counts[0].line.words) > ITEM:
            continue
        count = counts[0]
        if whole.role != "other" and count.kind in (whole.kind, "none"):
            count.act, count.why = whole.act, "list"
            count.role = roles.role_of(whole.act, count.kind)
            if breakdown and _fits(count, whole):
                count.whole = whole
