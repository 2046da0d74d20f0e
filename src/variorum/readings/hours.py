"""Hours of one act: when it struck, when the brigade was called, when the fire was out, by each account.

An act is known by a word of its own ("was arrested at nine", "the arrest, at ten") or by a family of words in
``data/readings.toml`` (told, informed, warned), and by what else is named beside it; the happening that a story is of
by its type, in the first sentence of each account that gives it an hour. Days that are only inferred are no matter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from variorum.dates import in_words
from variorum.lists import toml, words
from variorum.readings.collation import Collation
from variorum.readings.dates import dated_row, minute
from variorum.readings.doing import doing_at, families_in
from variorum.readings.judge import Row, cite
from variorum.readings.kindred import act_words, brief
from variorum.sentences import Dated, Passage, written
from variorum.verdicts import Standing

__all__ = ["hour_rows"]

_SET = toml("readings")["hour"]
LATE: int = _SET["late"]
ABOUT: int = toml("readings")["dates"]["about"]
FEW: int = _SET["few"]
FAR: int = _SET["far"]
FAR_LESS: int = _SET["far_less"]
MOST: int = _SET["most"]
HALF_DAY: int = _SET["half_day"]
GRAVE = frozenset(words("readings", "hour", "types"))
SPANS = frozenset(_SET["spans"])
_STAMP = re.compile(r"\b[12]\d{3}\b.*\b(?:[A-Z]{1,3}T|GMT|UTC)\b")
"""When a page was printed: "July 6, 2015 8:52 AM EDT"."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An hour that a sentence tells of an act: ``acts`` are its words or families, ``beside`` what else is named."""

    passage: Passage
    time: Dated
    low: int
    high: int
    acts: frozenset[str]
    beside: frozenset[str]
    grave: bool
    open: bool
    exact: bool


def hour_rows(collation: Collation) -> Iterator[Row]:
    """A row for each act of a story of short accounts to which two give hours that do not meet, the nearest first."""
    for passages in collation.stories().values():
        if not brief(passages):
            continue
        told: dict[str, list[Moment]] = defaultdict(list)
        for p in passages:
            told[p.witness].extend(_moments(p))
        names = [w for w in sorted(told) if told[w]][:MOST]
        often = Counter(act for p in passages for act in act_words(p) | families_in(p) if len(names) > 1)
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                yield from _between(collation, told[one], told[other], often)


def _between(
    collation: Collation, ours: Sequence[Moment], theirs: Sequence[Moment], often: Counter[str]
) -> Iterator[Row]:
    """The rows of two accounts: each hour stands against the one of the other that is most of its act."""
    first = (_first(ours), _first(theirs))
    pairs = [(x, y) for x in ours for y in theirs]
    scored = [(_speaks(collation, x, y, first, often), -abs(x.low - y.low), n) for n, (x, y) in enumerate(pairs)]
    used: set[tuple[int, int]] = set()
    for speaks, _, n in sorted(scored, reverse=True):
        x, y = pairs[n]
        keys = {(m.passage.number, m.time.start) for m in (x, y)}
        if not speaks or keys & used:
            continue
        used |= keys
        if _apart(x, y) and not _other_day(x.time, y.time):
            yield _row(x, y, speaks)


def _first(told: Sequence[Moment]) -> Moment | None:
    """The hour of an account that is rather that of the main happening: its first but for those of other acts."""
    return next((m for m in told if m.grave), None) or next((m for m in told if m.open), None)


def _speaks(
    collation: Collation, x: Moment, y: Moment, first: tuple[Moment | None, Moment | None], often: Counter[str]
) -> int:
    """How much says that two hours are of one act, 0 to 3; 0 where nothing does."""
    main = (x.grave + y.grave) * (first[0] is x and first[1] is y)
    common = x.acts & y.acts
    if not (main or common):
        return 0
    beside = (x.beside & y.beside) - {word for act in common for word in act.split()}
    rare = any(often[act] <= FEW for act in common)
    tied = collation.together(x.passage, y.passage) or collation.one_act(x.passage, y.passage)
    told = min(3, main + bool(common) + bool(beside) + (rare and not beside) + tied)
    return max(0, told - FAR_LESS * (_gap(x, y) > FAR))


def _gap(x: Moment, y: Moment) -> int:
    """Minutes between two hours that do not meet."""
    return max(x.low - y.high, y.low - x.high)


def _apart(x: Moment, y: Moment) -> bool:
    """True where the hours do not meet; one told with "about" has some minutes more to either side."""
    wide = ABOUT if not (x.exact and y.exact) else 0
    gaps = [_gap(x, y)]
    if any(_half().search(m.time.text) is None and m.high <= HALF_DAY for m in (x, y)):
        gaps.append(abs(abs(x.low - y.low) - HALF_DAY))  # eight may be that of the evening
    return min(abs(gap) if gap > 0 else 0 for gap in gaps) > wide and abs(x.low - y.low) <= LATE


@cache
def _half() -> re.Pattern[str]:
    """What tells the half of the day: a word of it, or an hour of the long count."""
    told = "|".join(map(re.escape, _SET["half_of_day"]))
    return re.compile(rf"\b(?:[ap]\.? ?m\b|{told}|[01]\d[:.h]\d|2[0-3][:.h]\d)", re.IGNORECASE)


def _other_day(t: Dated, u: Dated) -> bool:
    """True where both sentences name a day of their own, and not the same."""
    return t.clock is None and u.clock is None and not t.days.meets(u.days)


def _row(x: Moment, y: Moment, speaks: int) -> Row:
    row = dated_row(Standing.CONFLICT, (x.passage, x.time), (y.passage, y.time), "high")
    row.rule, row.difference = "hour", 0.5
    row.readings = [replace(r, value=t.value or r.value) for r, t in zip(row.readings, (x.time, y.time), strict=True)]
    common = sorted(((x.acts & y.acts) | (x.beside & y.beside)) - _SET["families"].keys())[:2]
    days = sorted({in_words(t.edtf) for t in (x.time, y.time) if t.clock is None})
    row.scope = ", ".join([*(f"“{word}”" for word in written(x.passage.text, common)), *days])
    apart = _gap(x, y)
    said = f"{cite(row.readings[0])}, {cite(row.readings[1])}"
    row.why = f"{said}: for what reads as one act, times that lie {apart} minute{'s' if apart > 1 else ''} apart."
    row.evidence["told of one"] = float(speaks)
    return row


def _moments(passage: Passage) -> Iterator[Moment]:
    """The hours of a sentence, each with the act beside it; two that bound a stretch are one."""
    own = [t for t in passage.times if t.tie == "own" and minute(t) is not None and not _STAMP.search(t.text)]
    at = 0
    while at < len(own):
        time, low = own[at], minute(own[at]) or 0
        between = (
            passage.text[time.end - passage.start : own[at + 1].start - passage.start] if at + 1 < len(own) else ""
        )
        spans = between.strip() in SPANS
        at += 1 + spans
        yield _moment(passage, time, low, max(low, minute(own[at - 1]) or 0) if spans else low)


def _moment(passage: Passage, time: Dated, low: int, high: int) -> Moment:
    doing = doing_at(passage, time)
    lead = passage.text[: time.start - passage.start].split()[-2:]
    exact = _about().search(f"{' '.join(lead)} {time.text}") is None
    grave = not doing.families and bool(doing.types & GRAVE)
    return Moment(passage, time, low, high, doing.acts, doing.beside, grave, not doing.families, exact)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, toml('readings')['words']['about']))})\b", re.IGNORECASE)
