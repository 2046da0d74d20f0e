"""What became of one person, group or thing: killed in the breach in one account, in exile years after in another.

The words stand in `data/fates.csv`; which fates shut each other out in `data/readings.toml`. One who died once died in
one way; captured and fled are two fates of one day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from variorum.lists import rows, toml
from variorum.readings.bearers import Bearers, Mention, bearers, borne
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import quiet, supports
from variorum.sentences import Passage, Sought, folded, written
from variorum.verdicts import Standing

__all__ = ["Fate", "fate_rows", "fates"]

_SET = toml("readings")["fates"]
BEHIND: int = _SET["behind"]
MOST: int = _SET["most"]
SIGHT: int = _SET["sight"]
PASSIVE: int = _SET["passive"]
BEING = frozenset(_SET["being"])
EARLIER = frozenset(_SET["earlier"])
UNREAL = frozenset(_SET["unreal"])
ENDS = frozenset(_SET["ends"])
SHUTS = frozenset(frozenset(pair.split()) for pair in _SET["shuts"])
IN_TURN = frozenset(frozenset(pair.split()) for pair in _SET["in_turn"])
NEAR_DAYS: float = toml("readings")["opposites"]["near_days"]
_CLAUSE = re.compile(rf"[.;:,()]|\b(?:{'|'.join(_SET['clauses'])})\b")


@dataclass(frozen=True, slots=True)
class Fate:
    """What a passage says became of one: where the words stand, whether it is denied, or was before something else."""

    who: str
    first: str
    fate: str
    denied: bool
    start: int
    end: int
    before: bool = False


@cache
def _table() -> tuple[Sought, dict[str, list[tuple[str, str]]]]:
    """All words of the table as one pattern, and the fates and uses of each."""
    uses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows("fates"):
        uses[row["words"]].append((row["fate"], row["how"]))
    told = "|".join(re.escape(word) for word in sorted(uses, key=len, reverse=True))
    return Sought(re.compile(rf"(?<![\w-])(?:{told})(?![\w-])", re.IGNORECASE), uses), dict(uses)


def fates(passage: Passage, known: Bearers) -> Iterator[Fate]:
    """What a sentence says became of those whom it names.

    >>> told = Passage(0, "A", 0, 41, "Colonel Orl was not hanged but set free.", 0)
    >>> [(f.who, f.fate, f.denied) for f in fates(told, bearers([told]))]
    [('orl', 'executed', True), ('orl', 'freed', False)]
    """
    sought, uses = _table()
    text = passage.text
    for m in sought.finditer(passage):
        clause = _before(text, m.start())
        if set(clause) & UNREAL:
            continue
        for fate, how in uses[folded(m[0])]:
            who = _who(passage, known, m, how, clause)
            if who is not None:
                no = bool(set(clause) & _denial()) or _nobody(text, who.start)
                first = bool(set(clause[-PASSIVE:]) & EARLIER)
                yield Fate(who.who, who.first, fate, no, passage.start + m.start(), passage.start + m.end(), first)


@cache
def _denial() -> frozenset[str]:
    return frozenset(toml("readings")["words"]["denial"])


def _nobody(text: str, at: int) -> bool:
    """True where a name is one of none: not a single burgher, no prisoner."""
    return bool(set(re.findall(r"\w+", text[:at].lower())[-3:]) & _denial())


def _before(text: str, at: int) -> list[str]:
    """The words of the clause before a place."""
    near = text[max(0, at - SIGHT) : at]
    cut = max((m.end() for m in _CLAUSE.finditer(near)), default=0)
    return [word.lower() for word in re.findall(r"[\w’'-]+", near[cut:])]


def _who(passage: Passage, known: Bearers, m: re.Match[str], how: str, clause: Sequence[str]) -> Mention | None:
    """The one of whom words are said: the one before of a passive, the one behind of an active verb."""
    before = known.before(passage, m.start())
    if how == "subject":
        return before
    behind = known.behind(passage, m.end(), BEHIND)
    if how == "object":
        return behind
    passive = bool(set(clause[-PASSIVE:]) & BEING) or not clause
    return before if passive or (how == "both" and behind is None) else behind or (before if len(clause) == 0 else None)


@dataclass(slots=True)
class _Told:
    """The fates that the accounts of a story tell of one."""

    at: list[tuple[Passage, Fate]]

    def of(self, witness: str) -> set[str]:
        """What an account tells of it."""
        return {("not " if f.denied else "") + f.fate for p, f in self.at if p.witness == witness}


def fate_rows(collation: Collation) -> Iterator[Row]:
    """A row for each two accounts of a story that tell two fates of one which shut each other out.

    An account that tells both, or that has the other's too, stands against nobody. In long accounts the two sentences
    must be tied by more than the name.
    """
    short_ones = borne(collation)
    within = {p.number for passages, _ in short_ones for p in passages}
    long_ones = [[p for p in passages if p.number not in within] for passages in collation.stories().values()]
    for passages, known in (*short_ones, *((listed, bearers(listed)) for listed in long_ones)):
        short = bool(passages) and passages[0].number in within
        told: dict[str, _Told] = defaultdict(lambda: _Told([]))
        for p in passages:
            for f in fates(p, known):
                told[f.who].at.append((p, f))
        for who in sorted(told):
            yield from _rows(collation, told[who], short)


def _rows(collation: Collation, told: _Told, short: bool) -> Iterator[Row]:
    """One row of all that was told of one, where some of it shuts out some."""
    pairs = []
    for (p, x), (q, y) in combinations(told.at[:MOST], 2):
        if p.witness != q.witness and _against(p, x, q, y, told):
            most = supports(collation, p, q) + short
            if short or most > 1:
                pairs.append((min(3, max(most, short * _named(x))), (p, x), (q, y)))
    if pairs:
        most, first, second = max(pairs, key=lambda pair: pair[0])
        held = {(p.number, f.start): (p, f) for _, one, other in pairs for p, f in (one, other)}
        rest = [one for one in held.values() if one not in (first, second)]
        yield _row([first, second, *rest], most)


def _against(p: Passage, x: Fate, q: Passage, y: Fate, told: _Told) -> bool:
    if x.first and y.first and x.first != y.first and not x.who.startswith("the "):
        return False
    if not _shut(x, y) or (x.before and y.fate in ENDS) or (y.before and x.fate in ENDS):
        return False
    if frozenset((x.fate, y.fate)) in IN_TURN and not (p.times and q.times):
        return False
    left, right = told.of(p.witness), told.of(q.witness)
    if {("not " if y.denied else "") + y.fate} & left or {("not " if x.denied else "") + x.fate} & right:
        return False
    return {x.fate, y.fate} <= ENDS or not quiet(p, q, NEAR_DAYS)


def _shut(x: Fate, y: Fate) -> bool:
    """True where both cannot be of one."""
    if x.denied and y.denied:
        return False
    if x.denied or y.denied:
        return x.fate == y.fate or {x.fate, y.fate} == {"harmed", "massacred"}
    return frozenset((x.fate, y.fate)) in SHUTS


def _named(f: Fate) -> int:
    """What speaks for one matter in short accounts: more for a name than for a group, which every history has."""
    return 1 if f.who.startswith("the ") else 2


def _row(told: Sequence[tuple[Passage, Fate]], most: int) -> Row:
    readings = [reading(p, f.start, f.end, "act", f.fate) for p, f in told]
    passages = [p for p, _ in told]
    who = told[0][1].who
    whom = who if who.startswith("the ") else " ".join(written(passages[0].text, [who]))
    why = f"{cite(readings[0])}, {cite(readings[1])}: told of the same ({whom}), and the one shuts out the other."
    count = len({p.witness for p in passages})
    row = Row("fate", "act", whom, Standing.CONFLICT, why, readings, "high", 0.5, count, passages)
    row.pair = (passages[0], passages[1])
    row.evidence["told of one"] = float(most)
    return row
