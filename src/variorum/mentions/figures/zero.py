"""Zero: ``no one was killed``, ``without loss of life``, ``denied that anyone had died`` tell that there were none.

A word that denies stands for the number 0 where an act is told of it; all else that it may deny is no figure.
"""

from __future__ import annotations

from variorum.mentions.figures import lexicon, numbers, rightward, roles, units
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import is_a, state_at
from variorum.mentions.figures.words import Line

__all__ = ["free_wholes", "scan_none"]

ARTICLES = ("a", "an", "single")
RELATIVE = ("who", "that", "which", "whom")
"""In "none of the 12 who fled was shot" the first verb is not told of none, the second not looked for."""
CAPTIVE = frozenset({"capture", "detain", "displace"})
"""Acts whose nouns name people by what befell them before: hostages, detainees, refugees."""


def words_of_zero(line: Line, at: int) -> int | None:
    """Where the words for zero that begin at word ``at`` end: ``not a single``, or ``anyone`` in what is denied.

    >>> from variorum.mentions.figures.words import split
    >>> words_of_zero(Line(split("Not a single house fell"), 0, 23), 0)
    3
    """
    table = lexicon.numbers()
    found = table.zeros.at(line, at)
    if found is not None:
        return found[0] if not _no_number(line, at, found[0]) else None
    any_ = table.any.at(line, at)
    return any_[0] if any_ is not None and _denied(line, at) else None


def _no_number(line: Line, at: int, end: int) -> bool:
    """``No. 5``, ``no more than``, ``no doubt``; ``without`` before anything but a noun of an act."""
    after = line.low(end)
    if line.low(at) == "without" and end - at == 1:
        unit = lexicon.roles().units.at(line, end)
        return unit is None and lexicon.roles().units.at(line, end + 1) is None
    return after in lexicon.numbers().no_zero or (after == "." and line.low(end + 1)[:1].isdigit())


def _denied(line: Line, at: int) -> bool:
    """A verb of denial stands before, with nothing but its own clause between."""
    for i in range(at - 1, max(-1, at - lexicon.numbers().reach), -1):
        if line.low(i) in (";", ".", "but"):
            return False
        if is_a("deny", line.low(i)):
            return not is_a("negation", line.low(i - 1))
    return False


def told_none(count: Count) -> bool:
    """Whether a zero is told at all: of a group or a noun of the act, and not only of what is known so far.

    ``No immediate reports of casualties`` and ``no casualties were immediately reported`` tell nothing of the count.
    """
    line = count.line
    if count.why == "unit" and _goes_on(line, count.edge):
        return False
    if count.why == "unit" and count.act in CAPTIVE and not _taken(line, count.edge):
        return False
    if count.why in ("beside", "predicate") and line.low(count.last - 1) in ARTICLES and count.edge == count.last:
        return False  # "not a shot was fired": after an article stands a noun
    near = {line.low(i) for i in range(count.last, min(len(line.words), count.edge + 5))}
    return count.role in lexicon.roles().sets["none"] and not near & lexicon.numbers().unknown


def _taken(line: Line, at: int) -> bool:
    """``no hostages were taken``, ``no arrests``; in ``no hostages were seen`` the noun only says who they are."""
    if not is_a("auxiliary", line.low(at)):
        return True
    while is_a("auxiliary", line.low(at)) or is_a("adverb", line.low(at)):
        at += 1
    return line.low(at) in lexicon.numbers().taking


def _befallen(count: Count, verbs: frozenset[int]) -> None:
    """In ``none of the 12 detainees was injured`` the predicate tells the act, the noun only of whom."""
    line, at = count.line, count.last
    if line.low(at - 1) != "of" and line.low(at) not in lexicon.numbers().partitive:
        return
    whole = Count(
        line, count.first, count.number, count.last, 0, 0, kind=count.kind, edge=max(count.edge, _past(line, at))
    )
    told = None if line.low(whole.edge) in RELATIVE else rightward.after(whole, {}, verbs)
    count.act, count.why, count.said = (told.act, told.why, told.end) if told is not None else (None, "", 0)
    count.role = roles.role_of(count.act, "people" if count.kind == "none" else count.kind)
    count.edge = whole.edge


def _past(line: Line, at: int) -> int:
    """Where the whole ends that ``of`` names before word ``at``: ``those arrested``, ``the 60 passengers``."""
    while line.low(at) in lexicon.numbers().partitive or is_a("determiner", line.low(at)) or line.low(at) == "those":
        at += 1
    number = numbers.read(line, at)
    at = number[1] if number is not None else at
    unit, state = lexicon.units().words.at(line, at), state_at(line, at, "beside")
    return unit[0] if unit is not None else state.end if state is not None else at


def _goes_on(line: Line, at: int) -> bool:
    """``No homeless policy``, ``no dead to bury``: the noun of the act is not what is denied."""
    low = line.low(at)
    if not low[:1].isalpha() or low == "to":
        return low == "to"
    kinds = ("preposition", "conjunction", "auxiliary", "adverb", "ending", "clause", "pronoun", "saying", "unreal")
    return not any(is_a(kind, low) for kind in kinds) and lexicon.roles().verbs.at(line, at) is None


def scan_none(line: Line, others: dict[int, Count], verbs: frozenset[int] = frozenset()) -> list[Count]:
    """The zeros of a line, each with its unit and role; ``others`` are its figures by their first word.

    >>> from variorum.mentions.figures.words import split
    >>> text = "No one was killed and no houses fell, without injuries."
    >>> [(c.role, c.unit) for c in scan_none(Line(split(text), 0, len(text)), {})]
    [('killed', None), ('wounded', 'injuries')]
    """
    made: list[Count] = []
    openers = lexicon.numbers().none
    for at in (at for at, low in enumerate(line.lows) if low in openers):
        end = words_of_zero(line, at)
        if end is None or at in others or line.words[at].time or (made and at < made[-1].edge):
            continue
        count = Count(line, at, at, end, 0, 0)
        units.name_unit(count, verbs)
        roles.assign(count, others, verbs)
        _befallen(count, verbs)
        if count.kind == "none" and count.role in lexicon.roles().sets["personal"]:
            count.kind, count.group = "people", "people"
        if _both(count):
            count.role = roles.role_of("mixed", count.kind)
        if told_none(count):
            count.end = max(count.end, count.edge)
            made.append(count)
    return [*made, *_unharmed(line)]


def free_wholes(none: list[Count], counts: list[Count]) -> None:
    """In ``none of the 155 on board was killed`` nothing befell the 155.

    >>> from variorum.mentions.figures.finder import find_plain
    >>> [(f.low, f.role) for f in find_plain("None of the 155 passengers was killed.")]
    [(0, 'killed'), (155, 'aboard')]
    """
    for count in counts:
        if any(zero.last <= count.first < zero.edge and count.role == zero.role for zero in none):
            aboard = lexicon.roles().states.at(count.line, count.edge)
            count.act = aboard[1].act if aboard is not None and aboard[1].act == "board" else None
            count.role, count.why = roles.role_of(count.act, count.kind), "total"


def _both(count: Count) -> bool:
    """``no deaths or injuries``: two nouns of casualties."""
    line = count.line
    if count.role not in lexicon.roles().sets["harmed"] or line.low(count.edge) not in ("or", "and"):
        return False
    other = lexicon.roles().units.at(line, count.edge + 1)
    return other is not None and roles.role_of(other[1], "people") in lexicon.roles().sets["harmed"] - {count.role}


def _unharmed(line: Line) -> list[Count]:
    """``All on board were unhurt``, ``the crew escaped unharmed``: no casualties among them."""
    table = lexicon.numbers()
    return [_whole(line, at) for at, word in enumerate(line.words) if word.low in table.unharmed and _all(line, at)]


def _all(line: Line, at: int) -> bool:
    """Whether a whole stands before: "all", "everyone", or a plural of people without a number."""
    before = range(at - 1, max(-1, at - lexicon.numbers().reach), -1)
    return any(line.low(i) in lexicon.numbers().everyone for i in before) and not any(
        line.low(i) in (";", "but", "while") for i in before
    )


def _whole(line: Line, at: int) -> Count:
    count = Count(line, at, at, at + 1, 0, 0, kind="people", group="people", role=roles.role_of("mixed", "people"))
    for i in range(max(0, at - lexicon.numbers().reach), at):
        unit = lexicon.units().words.at(line, i)
        if unit is not None and unit[1].kind == "people":
            count.unit, count.group = line.phrase(i, unit[0]), unit[1].group
    return count
