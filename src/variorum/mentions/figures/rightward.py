"""Acts told after a figure: its predicate, over phrases, parentheses and listed figures in between."""

from __future__ import annotations

from variorum.lists import toml
from variorum.mentions.figures import lexicon
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.predicates import Told, is_a, negated, object_follows, state_at
from variorum.mentions.figures.words import Line

__all__ = ["after"]

RELATIVE = ("where", "who", "which", "whose")

AGES = lexicon.excluded("between_ages")

REACH: int = toml("limits")["figures"]["rightward"]
"""How many words away a predicate may stand."""


def after(count: Count, others: dict[int, Count], verbs: frozenset[int]) -> Told | None:
    """``20 miners from the valley and their cook were killed``.

    ``verbs`` are words that a parser takes for finite verbs; one that tells no act ends the search. Sets
    ``count.crossed`` where another figure was stepped over on the way.
    """
    line, at, helped, listed, foreign = count.line, count.edge, False, False, False
    stop = min(len(line.words), count.edge + REACH)
    while at < stop:
        told = _predicate(line, at, helped, count.last if count.high == 0 else 0) or (
            state_at(line, at, "predicate") if listed else None
        )
        if told is not None:
            return None if foreign and not helped and line.low(at) not in ("died", "fled", "fell") else told
        if at in others:
            listed = others[at].kind == count.kind
            foreign = foreign or not listed
        else:
            listed = False
        low = line.low(at)
        if is_a("auxiliary", low):
            helped, at = True, at + 1
            continue
        if is_a("unreal", low) and low != "to":
            return Told("", "unreal")
        step = _helped_step(low, at) if helped else _step(count, at, others, verbs)
        if step is None:
            return None
        at = step
    return None


def _helped_step(low: str, at: int) -> int | None:
    return at + 1 if is_a("adverb", low) or is_a("negation", low) else None


def _predicate(line: Line, at: int, helped: bool, since: int) -> Told | None:
    if helped and (among := _among(line, at)) is not None:
        return among
    if helped and (told := state_at(line, at, "predicate")) is not None:
        return Told("", "denied") if negated(line, at, since) else told
    subject = lexicon.roles().subjects.at(line, at)
    if subject is not None and _finite(subject[1].form, helped, subject[1].act):
        if line.low(at) == "went" and line.low(at + 1) not in ("missing", "to", "up"):
            return None
        return Told("", "denied") if negated(line, at, since) else Told(subject[1].act, "predicate", subject[0])
    return None if helped else _bare(line, at)


def _among(line: Line, at: int) -> Told | None:
    """``12 boys were among the dead``."""
    table = lexicon.roles()
    if line.low(at) not in ("among", "amongst"):
        return None
    hit = table.among.at(line, at + 1)
    state = table.states.before(line, hit[0]) if hit is not None else None
    return Told(state[1].act, "predicate", hit[0]) if hit is not None and state is not None else None


def _finite(form: str, helped: bool, act: str) -> bool:
    if form in ("past", "both"):
        return True
    return helped and (form == "participle" or (form == "ing" and act == "displace"))


def _bare(line: Line, at: int) -> Told | None:
    """A participle without its auxiliary, as in headlines: ``12 tourists in Hale killed``."""
    verb = lexicon.roles().verbs.at(line, at)
    if verb is None or verb[1].form not in ("participle", "both") or verb[1].act == "harm":
        return None
    if object_follows(line, verb[0]) or line.low(at - 1) in (",", "and", "or"):
        return None
    return state_at(line, at, "predicate")


def _step(count: Count, at: int, others: dict[int, Count], verbs: frozenset[int]) -> int | None:
    """The next word to look at on the way to a predicate; None where the clause ends."""
    line, low = count.line, count.line.low(at)
    if at in others and others[at] is not count:
        if line.low(others[at].last) == "of" and line.low(others[at].last + 1) in ("them", "whom", "which", "these"):
            return None
        count.crossed = True
        return max(others[at].edge, at + 1)
    if low in (";", ":", ".", "!", "?", "—", "–") or is_a("ending", low) or is_a("saying", low):
        return None
    if low == ",":
        return _over_comma(line, at, others)
    if low == "(":
        return next((i + 1 for i in range(at, min(at + 20, len(line.words))) if line.low(i) == ")"), None)
    if low in ("and", "or", "&"):
        return at + 1 if _joins_subject(line, at, others) and not _counts_anew(line, at) else None
    if low in ("who", "which", "that", "whom"):
        return _relative(line, at)
    if at in verbs and not low.endswith("ing"):
        return None
    trigger = lexicon.roles().verbs.at(line, at)
    if trigger and trigger[1].form in ("past", "both") and object_follows(line, trigger[0]):
        return None
    return at + 1


def _counts_anew(line: Line, at: int) -> bool:
    """True for "and the number of wounded above 900", which begins another count."""
    return line.low(at + 1) == "the" and is_a("reports", line.low(at + 2)) and line.low(at + 3) == "of"


def _relative(line: Line, at: int) -> int | None:
    """Into a relative clause that tells the act; other relative clauses end the search."""
    step = at + 1
    while is_a("auxiliary", line.low(step)) or is_a("adverb", line.low(step)):
        step += 1
    table = lexicon.roles()
    tells = table.verbs.at(line, step) or table.subjects.at(line, step) or table.states.at(line, step)
    return at + 1 if tells else None


def _over_comma(line: Line, at: int, others: dict[int, Count]) -> int | None:
    """Over a list, names or a parenthesis between commas, if a predicate can follow."""
    start = _past_age(line, at, others)
    if _goes_on(line, start, others):
        return start
    if [line.low(start + i) for i in range(3)] == ["as", "well", "as"]:
        return start + 3
    breakdown = lexicon.roles().breakdown.at(line, start)
    if breakdown is not None and (breakdown[1] == "with" or "of" in breakdown[1].split()):
        return None
    if breakdown is None and not _parenthesis(line, start):
        return None
    return _over_parenthesis(line, start, breakdown is not None)


def _past_age(line: Line, comma: int, others: dict[int, Count]) -> int:
    """Behind a comma, or behind the ages between it and the next: ``Two farmers, aged 60, and 12 others``."""
    at = comma + 1
    if line.low(at) != "aged":
        alone = at < len(line.words) and line.words[at].digit and at not in others and line.low(at + 1) == ","
        return at + 2 if alone else at
    at += 1
    while at < len(line.words) and at not in others and (line.words[at].digit or line.low(at) in AGES):
        at += 1
    return at


def _goes_on(line: Line, start: int, others: dict[int, Count]) -> bool:
    """Whether the next count of a list stands after a comma, or the predicate's auxiliary."""
    listed = start in others or (line.low(start) == "and" and start + 1 in others)
    if line.low(start) in ("a", "an") and not listed:
        unit = lexicon.units().words.at(line, start + 1)
        listed = unit is not None and unit[1].kind == "people"  # "three soldiers, a doctor and a nurse were killed"
    return listed or _modified_count(line, start, others) or is_a("auxiliary", line.low(start))


def _over_parenthesis(line: Line, start: int, parts: bool) -> int | None:
    """The predicate behind names, a relative clause, or a breakdown (``parts``)."""
    named, relative = True, line.low(start) in RELATIVE
    for i in range(start, min(start + 22, len(line.words))):
        low = line.low(i)
        if low == "," and (is_a("auxiliary", line.low(i + 1)) or lexicon.roles().subjects.at(line, i + 1)):
            return i + 1
        if is_a("auxiliary", low) and i > start and not relative and (named or parts):
            return i
        if low in (";", ":") or is_a("saying", low) or (low in RELATIVE and i > start):
            return None
        named = named and (line.words[i].name or low in (",", "and", "of", "the") or _place_word(line, i))
    return None


def _place_word(line: Line, at: int) -> bool:
    unit = lexicon.units().words.at(line, at)
    return unit is not None and unit[1].kind == "settlements"


def _parenthesis(line: Line, at: int) -> bool:
    low = line.low(at)
    if low in (
        "both",
        "all",
        "most",
        "some",
        "aged",
        "mainly",
        "mostly",
        "many",
        "according",
        "among",
        "from",
        *RELATIVE,
    ):
        return True
    return at < len(line.words) and (line.words[at].name or is_a("determiner", low))


def _modified_count(line: Line, at: int, others: dict[int, Count]) -> bool:
    return any(i in others for i in range(at, at + 4)) and lexicon.numbers().before.at(line, at) is not None


def _joins_subject(line: Line, at: int, others: dict[int, Count]) -> bool:
    """Does "and" add to the subject (``10 men and a girl were``), rather than begin a new clause?"""
    if any(i in others for i in range(at + 1, at + 6)):
        return True
    if line.words[at - 1].name and at + 1 < len(line.words) and line.words[at + 1].name:
        return True
    if lexicon.roles().verbs.at(line, at + 1):
        return False
    return any(is_a("auxiliary", line.low(i)) for i in range(at + 1, min(at + 7, len(line.words))))
