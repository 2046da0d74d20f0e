"""Whose men, guns, ships and losses a figure counts, and figures of one side against each other in short accounts.

The side is told by words beside the figure: of the garrison, the besiegers lost, Duke Odmar had with him. Two figures
of which the words tell two sides never meet. Where an account tells but one figure of a kind, no side need be told.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from variorum.counted import across
from variorum.lists import toml
from variorum.readings.bearers import Bearers, borne
from variorum.readings.camps import camps, part_of_it, two_camps
from variorum.readings.collation import Collation
from variorum.readings.figures import counted_row, counter, of_it, vague
from variorum.readings.judge import Row
from variorum.readings.kindred import supports
from variorum.readings.near_days import day_of
from variorum.readings.scope import PART_OF_WHOLE, Counted, of_others
from variorum.readings.tales import plain_names
from variorum.readings.together import part_of
from variorum.sentences import Passage, stem
from variorum.verdicts import Standing

__all__ = ["side_rows"]

_SET = toml("histories")["sides"]
LARGEST: int = _SET["largest"]
TIMES: float = _SET["times"]
CLOSE: float = _SET["close"]
MONTH: float = _SET["month"]
SAME_TIME: float = _SET["same_time"]
FAR_DAYS: float = _SET["far_days"]
RARE: int = _SET["rare"]
PRICED: int = _SET["priced"]
LOST = frozenset(_SET["lost"])
LOSSES = frozenset(toml("histories")["words"]["losses"])


@dataclass(frozen=True, slots=True)
class Sided:
    """A figure with what it counts and whose it is: classes of armed sides, or who is named.

    ``keys`` are these, the rare names of its sentence and its day.
    """

    figure: Counted
    what: list[str]
    classes: frozenset[str]
    names: frozenset[str]
    keys: frozenset[str]


@cache
def _kinds() -> dict[str, str]:
    return {stem(word): name for name, told in _SET["kinds"].items() for word in told}


def _what(f: Counted, armed: bool, near: str, told_of: bool) -> list[str]:
    """What a figure counts, as accounts of one story have it in common; nothing where it is a part or a vague plural.

    ``near`` are the words beside it: who "lost" men may mean the dead, or all losses. The losses of one who is
    ``told_of`` are no part for this.
    """
    side = told_of and f.figure.part_of is None and f.role in LOST and not across(f.group)
    if (f.level != "total" and not side) or f.parts or vague(f) or f.amount.high == 0:
        return []
    told = (f.figure.unit or "").lower().split(" of ")[0].split()
    head = stem(told[-1]) if told else ""
    if f.role in LOST:
        lost = bool(LOSSES & set(near.lower().split()))
        return [role for role in (f.role, "loss" if lost else "") if role]
    return _of_kind(f, armed, head)


def _of_kind(f: Counted, armed: bool, head: str) -> list[str]:
    """What a figure counts that is no loss, by its role and the head of its noun."""
    if head in _kinds():
        return [_kinds()[head]]
    if f.role in _SET["strength"]:
        return ["strength"]
    if f.role in _SET["men"] and f.kind == "people" and head in _heads():
        return ["strength" if armed else "people"]
    if not f.loose:
        return [f.role]
    return [f"{f.kind} {head}"] if head and f.kind not in _SET["never"] else []


@cache
def _heads() -> frozenset[str]:
    """The stems of nouns for all who were there."""
    return frozenset(("", *(stem(word) for word in _SET["heads"])))


class _Story:
    """What is known of a story before its figures are looked at: who is meant by names, and how often each stands."""

    def __init__(self, passages: Sequence[Passage], known: Bearers, figures: Sequence[Counted]) -> None:
        self.known = known
        self.ours = _own_sides(passages)
        self.often = Counter(name for p in passages for name in plain_names(p))
        self.armed = any(f.role in _SET["strength"] for f in figures)

    def sided(self, f: Counted) -> Sided:
        """A figure with its sides, names and day."""
        p = f.passage
        low, high = part_of_it(p, f.figure)
        text = p.text[low:high]
        classes = set(camps(p, f.figure))
        if not classes and _OURS.search(text):
            classes = set(self.ours.get(p.witness, ()))
        mentions = self.known.mentions.get(p.number, ())
        names = {m.who for m in mentions if low <= m.start and m.end <= high and not m.who.startswith("the ")}
        rare = {name for name in plain_names(p) if self.often[name] <= RARE}
        day = day_of(p)
        dated = {f"{day.month:02}-{day.day:02}"} if day else set()
        keys = frozenset(classes | names | rare | dated)
        return Sided(f, _what(f, self.armed, text, bool(classes)), frozenset(classes), frozenset(names), keys)


_OURS = re.compile(rf"\b(?:{'|'.join(_SET['ours'])})\b", re.IGNORECASE)


def _own_sides(passages: Sequence[Passage]) -> dict[str, frozenset[str]]:
    """The side on which an account stands that says "we": that of the class of words beside it, where it is one."""
    found: dict[str, set[str]] = defaultdict(set)
    for p in passages:
        for name, told in _SET["we"].items():
            if any(word in p.text.lower() for word in told):
                found[p.witness].add(name)
    return {witness: frozenset(sides) for witness, sides in found.items() if len(sides) == 1}


def side_rows(collation: Collation, figures: Sequence[Counted]) -> Iterator[Row]:
    """A row for each thing and side that short accounts count, of the largest figure that each of them tells of it."""
    at: dict[int, list[Counted]] = defaultdict(list)
    for f in figures:
        at[f.passage.number].append(f)
    parts = part_of(figures)
    for passages, known in borne(collation):
        counted = [f for p in passages for f in at[p.number] if _here(f, passages)]
        story = _Story(passages, known, counted)
        grouped: dict[str, list[Sided]] = defaultdict(list)
        for f in counted:
            one = story.sided(f)
            for what in one.what:
                grouped[what].append(one)
        for _, group in sorted(grouped.items()):
            yield from _rows(collation, group[:LARGEST], parts, _days(passages))


def _rows(
    collation: Collation, group: Sequence[Sided], parts: dict[tuple[str, int], list[Counted]], days: Known
) -> Iterator[Row]:
    """The figures of one thing and side, name or day in one row, where no two of them are of two sides."""
    told: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for x in group:
        for key in ("", *x.keys):
            told[x.figure.passage.witness, key].append(x.figure)
    joined: dict[int, int] = {}
    known: dict[frozenset[int], int] = {}
    for (i, x), (j, y) in combinations(enumerate(group), 2):
        most = 0 if of_it(x.figure, y.figure, parts) else _known(collation, x, y, told, days)
        if most:
            known[frozenset((i, j))] = most
            low, high = sorted((joined.get(i, i), joined.get(j, j)))
            joined |= dict.fromkeys((i, j, *(k for k, at in joined.items() if at == high)), low)
    for at in sorted(set(joined.values())):
        members = [i for i in sorted(joined) if joined[i] == at]
        for row, most in _judged(group, members, known):
            if row.verdict == Standing.CONFLICT:
                row.evidence["told of one"] = float(min(3, most))
                yield row


Known = frozenset[tuple[str, float | None]]


def _too_far(x: Sided, y: Sided) -> bool:
    """True where one number is many times the other: of people of whom nothing is told sooner."""
    low, high = sorted((x.figure.amount.middle, y.figure.amount.middle))
    plain = "people" in x.what or "people" in y.what
    return high > (CLOSE if plain else TIMES) * low


def _days(passages: Sequence[Passage]) -> Known:
    """The days that each account tells."""
    return frozenset((p.witness, t.days.first // 1) for p in passages for t in p.times if t.days.length <= 1)


def _judged(
    group: Sequence[Sided], members: Sequence[int], known: Mapping[frozenset[int], int]
) -> Iterator[tuple[Row, int]]:
    """One row of all, or one of each pair where two of them are of two sides or one account tells two numbers."""
    listed = [group[i] for i in members]
    mixed = any(two_camps(x.classes, y.classes) for x, y in combinations(listed, 2))
    if not mixed and len({x.figure.passage.witness for x in listed}) == len(listed):
        yield counted_row("side", [x.figure for x in listed]), max(n for pair, n in known.items() if pair <= {*members})
        return
    for pair, most in known.items():
        if pair <= {*members}:
            yield counted_row("side", [group[i].figure for i in sorted(pair)]), most


def _single(f: Counted) -> float | None:
    """The day that the sentence of a figure tells, where it is one."""
    return f.when.first // 1 if f.own and f.when and f.when.length <= 1 else None


def _known(
    collation: Collation, x: Sided, y: Sided, told: Mapping[tuple[str, str], Sequence[Counted]], days: Known
) -> int:
    """How much speaks for one count, 0 where nothing does or something stands against it."""
    f, g = x.figure, y.figure
    if f.passage.witness == g.passage.witness or two_camps(x.classes, y.classes) or _apart(f, g):
        return 0
    one, other = _single(f), _single(g)
    if one != other and ((f.passage.witness, other) in days or (g.passage.witness, one) in days):
        return 0  # it tells the other's day too: two happenings
    if of_others(f, g) is not None or _too_far(x, y) or (counter(f) and counter(f) == counter(g)):
        return 0  # the counts of one voice have a rule of their own
    common = [k for k in sorted(x.keys & y.keys) if _leads(f, told, k) and _leads(g, told, k)]
    sole = _only(f, told, "") and _only(g, told, "")
    if not common and not (sole and _alike(f, g) and not _strangers(x, y)):
        return 0
    return 1 + len(common[:2]) + sole + (supports(collation, f.passage, g.passage) > 1)


def _alike(f: Counted, g: Counted) -> bool:
    """True but for sums of money whose sentences have too few words in common to be of one thing."""
    return f.kind != "money" or len(f.passage.words.keys() & g.passage.words.keys()) >= PRICED


def _here(f: Counted, passages: Sequence[Passage]) -> bool:
    """True where another account tells a day near that of a figure; else it is of another time. True without a day."""
    days = [t.days for p in passages if p.witness != f.passage.witness for t in p.times if t.days.length <= MONTH]
    return not (f.own and f.when and days) or any(f.when.gap(day) <= FAR_DAYS for day in days)


def _apart(f: Counted, g: Counted) -> bool:
    """True where two figures are of two times by the days of their sentences, or by those told around them."""
    if f.own and g.own and f.when and g.when:
        if min(f.when.length, g.when.length) > 1 and f.when != g.when:
            return True  # two periods are two counts
        return f.when.gap(g.when) > SAME_TIME or (f.when.meets(g.when) and f.when.share(g.when) < PART_OF_WHOLE)
    one, other = (x.when if x.own else x.context for x in (f, g))
    return bool(one and other and one.gap(other) > FAR_DAYS)


def _only(f: Counted, told: Mapping[tuple[str, str], Sequence[Counted]], key: str) -> bool:
    """True where an account tells no other number of the side, name or day."""
    return all(g.amount == f.amount or _apart(f, g) for g in told[f.passage.witness, key])


def _leads(f: Counted, told: Mapping[tuple[str, str], Sequence[Counted]], key: str) -> bool:
    """True for the largest number of a side; of a name or a day for the only one."""
    if key not in _SET["classes"]:
        return _only(f, told, key)
    return not any(g.amount.middle > f.amount.middle and not _apart(f, g) for g in told[f.passage.witness, key])


def _strangers(x: Sided, y: Sided) -> bool:
    """True where the words beside two figures name two, and no side that both could be of."""
    return bool(x.names and y.names and not x.names & y.names and not (x.classes or y.classes))
