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
from variorum.readings.bearers import Bearers, Mention, bearers
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import brief, quiet, supports
from variorum.sentences import Passage, written
from variorum.verdicts import Standing

__all__ = ["Fate", "fate_rows", "fates"]

_SET = toml("readings")["fates"]
BEHIND: int = _SET["behind"]
MOST: int = _SET["most"]
SIGHT: int = _SET["sight"]
PASSIVE: int = _SET["passive"]
BEING = frozenset(_SET["being"])
UNREAL = frozenset(_SET["unreal"])
ENDS = frozenset(_SET["ends"])
SHUTS = frozenset(frozenset(pair.split()) for pair in _SET["shuts"])
IN_TURN = frozenset(frozenset(pair.split()) for pair in _SET["in_turn"])
NEAR_DAYS: float = toml("readings")["opposites"]["near_days"]
_CLAUSE = re.compile(rf"[.;:,()]|\b(?:{'|'.join(_SET['clauses'])})\b")


@dataclass(frozen=True, slots=True)
class Fate:
    """What a passage says became of one: where the words stand, whether it is denied."""

    who: str
    first: str
    fate: str
    denied: bool
    start: int
    end: int


@cache
def _table() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str]]]]:
    """All words of the table as one pattern, and the fates and uses of each."""
    uses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows("fates"):
        uses[row["words"]].append((row["fate"], row["how"]))
    told = "|".join(re.escape(word) for word in sorted(uses, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{told})(?![\w-])", re.IGNORECASE), dict(uses)


def fates(passage: Passage, known: Bearers) -> Iterator[Fate]:
    """What a sentence says became of those whom it names.

    >>> told = Passage(0, "A", 0, 41, "Colonel Orl was not hanged but set free.", 0)
    >>> [(f.who, f.fate, f.denied) for f in fates(told, bearers([told]))]
    [('orl', 'executed', True), ('orl', 'freed', False)]
    """
    pattern, uses = _table()
    text = passage.text
    for m in pattern.finditer(text):
        clause = _before(text, m.start())
        if set(clause) & UNREAL:
            continue
        for fate, how in uses[m[0].lower()]:
            who = _who(passage, known, m, how, clause)
            if who is not None:
                no = bool(set(clause) & _denial()) or _nobody(text, who.start)
                yield Fate(who.who, who.first, fate, no, passage.start + m.start(), passage.start + m.end())


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
    for passages in collation.stories().values():
        if len({p.witness for p in passages}) < 2:
            continue
        short = brief(passages)
        known = bearers(passages)
        told: dict[str, _Told] = defaultdict(lambda: _Told([]))
        for p in passages:
            for f in fates(p, known):
                told[f.who].at.append((p, f))
        for who in sorted(told):
            for (p, x), (q, y) in combinations(told[who].at[:MOST], 2):
                if p.witness != q.witness and _against(p, x, q, y, told[who]):
                    most = supports(collation, p, q) + short
                    if short or most > 1:
                        yield _row(p, x, q, y, min(3, max(most, short * _named(x))))


def _against(p: Passage, x: Fate, q: Passage, y: Fate, told: _Told) -> bool:
    if x.first and y.first and x.first != y.first and not x.who.startswith("the "):
        return False
    if not _shut(x, y):
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


def _row(p: Passage, x: Fate, q: Passage, y: Fate, most: int) -> Row:
    first, second = (reading(r, f.start, f.end, "act", f.fate) for r, f in ((p, x), (q, y)))
    whom = x.who if x.who.startswith("the ") else " ".join(written(p.text, [x.who]))
    why = f"{cite(first)}, {cite(second)}: told of the same ({whom}), and the one shuts out the other."
    row = Row("fate", "act", "", Standing.CONFLICT, why, [first, second], "high", 0.5, 2, [p, q])
    row.evidence["told of one"] = float(most)
    return row
