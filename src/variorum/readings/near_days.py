"""Days and lengths of one act in short accounts told in other words: the town fell on the 4th, capitulated on the 2nd.

Two sentences date one act where their words are of one class (`data/histories.toml`), or where they have
a rare name in common and their days all but meet; neither account may know the other's day. Years that are not told are
those of the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations

from variorum.dates import lasting
from variorum.lists import toml
from variorum.readings.bearers import borne
from variorum.readings.collation import Collation
from variorum.readings.dates import named
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import supports
from variorum.readings.tales import plain_names, tales
from variorum.records import Reading
from variorum.sentences import Passage
from variorum.verdicts import Standing

__all__ = ["day_of", "length_rows", "near_day_rows"]

_SET = toml("histories")["near_days"]
NEAR: int = _SET["near"]
SAME_ACT: int = _SET["same_act"]
RARE: int = _SET["rare"]
BESIDE: int = _SET["beside"]
LIKE: float = _SET["like"]
_DAY = re.compile(r"(X{4}|\d{4})-(0[1-9]|1[0-2])-(\d\d)")
_OPEN = "XXXX"


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a sentence as year, month and day; the year None where nobody tells it; where its words stand."""

    year: int | None
    month: int
    day: int
    start: int
    end: int

    def apart(self, other: Day) -> int | None:
        """The days between two, months as long as they are at most; None for two years that differ."""
        if self.year is not None and other.year is not None and self.year != other.year:
            return None
        return abs(_number(self) - _number(other))


def _number(day: Day) -> int:
    """The place of a day in a leap year."""
    return date(2000, day.month, 1).toordinal() + day.day


def day_of(passage: Passage) -> Day | None:
    """The one day that a sentence tells by its number; None where it tells several, or none."""
    found = {}
    if _heads(passage):
        return None
    for t in passage.times:
        told = _DAY.fullmatch(t.edtf)
        if told and named(t) and t.tie == "own" and not _of_writing(passage, t.start):
            found[told[2], told[3]] = Day(int(told[1]), int(told[2]), int(told[3]), t.start, t.end)
    for c in passage.claims:
        told = _DAY.fullmatch(c.date or "")
        if told and told[1] == _OPEN and (told[2], told[3]) not in found:
            found[told[2], told[3]] = Day(None, int(told[2]), int(told[3]), c.start, c.end)
    return next(iter(found.values())) if len(found) == 1 else None


def _heads(passage: Passage) -> bool:
    """True for a sentence of a place and a day alone, which tells no act: "Hale, 4th May 1820."."""
    spans = [(t.start - passage.start, t.end - passage.start) for t in passage.times]
    kept = "".join(c for i, c in enumerate(passage.text) if not any(a <= i < b for a, b in spans))
    return not re.search(r"(?<![\w’'-])[a-z]{3}", kept)


def _of_writing(passage: Passage, start: int) -> bool:
    """True where a day is that of an account's own writing: "Letter of Captain Besk, dated Hale, 4th May"."""
    before = passage.text[: start - passage.start]
    return _writing().search(before) is not None


@cache
def _writing() -> re.Pattern[str]:
    papers, made = ("|".join(_SET[name]) for name in ("papers", "made"))
    paper = rf"^\W{{0,3}}(?:[\w’'-]+ ){{0,3}}(?:{papers})\b[^;:]{{0,200}}\b(?:{made})\b[^.;:]{{0,80}}$"
    return re.compile(rf"{paper}|\bdated\b[^.;:]{{0,40}}$", re.IGNORECASE)


@cache
def _classes() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, told))})(?![\w-])", re.IGNORECASE)
        for name, told in _SET["acts"].items()
    }


def _acts(passage: Passage, day: Day) -> frozenset[str]:
    """The kinds of acts in the clause of a day."""
    start, end = day.start - passage.start, day.end - passage.start
    cut = [m.end() for m in _CLAUSE.finditer(passage.text[:start])]
    behind = _CLAUSE.search(passage.text, end)
    clause = passage.text[cut[-1] if cut else 0 : behind.start() if behind else len(passage.text)]
    return frozenset(name for name, pattern in _classes().items() if pattern.search(clause))


_CLAUSE = re.compile(r"[.,;:]")


def near_day_rows(collation: Collation) -> Iterator[Row]:
    """A row for each two sentences of short accounts that date one act on two days not far from each other."""
    for passages, named_in in borne(collation):
        dated = [(p, day) for p in passages if (day := day_of(p)) is not None]
        known = _known(passages, dated)
        often = Counter(name for p in passages for name in plain_names(p))
        who = named_in.mentions
        told = {p.number: {m.who for m in who[p.number] if not m.who.startswith("the ")} for p, _ in dated}
        acts = {p.number: _acts(p, day) for p, day in dated}
        for (p, x), (q, y) in combinations(dated, 2):
            gap = x.apart(y)
            if p.witness == q.witness or not gap or gap > SAME_ACT:
                continue
            if (p.witness, y.month, y.day) in known or (q.witness, x.month, x.day) in known:
                continue
            one = bool(acts[p.number] & acts[q.number])
            rare = _rare(p, q, often)
            person = bool(told[p.number] & told[q.number])
            if one or (gap <= NEAR and (rare or person) and not (acts[p.number] and acts[q.number])):
                yield _row(collation, (p, x), (q, y), gap, 1 + one + person)


def _rare(p: Passage, q: Passage, often: Mapping[str, int]) -> bool:
    return any(often[name] <= RARE for name in plain_names(p) & plain_names(q))


def _known(passages: Sequence[Passage], dated: Sequence[tuple[Passage, Day]]) -> set[tuple[str, int, int]]:
    """The days that each account tells."""
    known = {(p.witness, d.month, d.day) for p, d in dated}
    told = ((p.witness, _DAY.fullmatch(t.edtf)) for p in passages for t in p.times)
    return known | {(witness, int(m[2]), int(m[3])) for witness, m in told if m}


def _row(collation: Collation, a: tuple[Passage, Day], b: tuple[Passage, Day], gap: int, known: int) -> Row:
    readings = [_told(*a), _told(*b)]
    said = f"{cite(readings[0])}, {cite(readings[1])}"
    why = f"{said}: for what reads as one act, days that lie {gap} day{'s' if gap > 1 else ''} apart."
    pair = [a[0], b[0]]
    row = Row("near days", "date", "", Standing.CONFLICT, why, readings, "high", min(1.0, gap / SAME_ACT), 2, pair)
    row.evidence["told of one"] = float(min(3, max(known, 1 + supports(collation, *pair))))
    return row


def _told(passage: Passage, day: Day) -> Reading:
    year = _OPEN if day.year is None else f"{day.year:04}"
    return reading(passage, day.start, day.end, "date", f"{year}-{day.month:02}-{day.day:02}")


_Long = tuple[Passage, Reading, float, float]


def length_rows(collation: Collation) -> Iterator[Row]:
    """A row for each kind of thing that short accounts tell to have lasted, or to last, unlike times."""
    for passages in tales(collation):
        found: dict[str, dict[str, list[_Long]]] = defaultdict(lambda: defaultdict(list))
        for p in passages:
            if len(p.durations) == 1:
                time = p.durations[0]
                long = lasting(time.value)
                for what in _lasted(p, time.start - p.start, time.end - p.start) if long else ():
                    told = reading(p, time.start, time.end, "duration", time.value)
                    found[what][p.witness].append((p, told, *(long or (0.0, 0.0))))
        for what, by in sorted(found.items()):
            yield from _lengths(what, by)


def _lasted(passage: Passage, start: int, end: int) -> Iterator[str]:
    """The kinds of things of which a length is told in the words around it."""
    near = passage.text[max(0, start - BESIDE) : end + BESIDE].lower()
    words = set(re.findall(r"[\w’'-]+", near))
    last = any(word in words for word in _SET["last"])
    before = passage.text[max(0, start - BESIDE) : start].lower()
    for what, told in _SET["lasting"].items():
        nouns = words & set(told)
        of = any(re.search(rf"\b{re.escape(n)} (?:of|for) (?:[\w-]+ )?$", before) for n in nouns)
        if nouns and (last or of):
            yield what


def _lengths(what: str, by: Mapping[str, Sequence[_Long]]) -> Iterator[Row]:
    sole = [told[0] for _, told in sorted(by.items()) if len(told) == 1]
    for (p, x, long, width), (q, y, other, wide) in combinations(sole, 2):
        if abs(long - other) <= max(LIKE * max(long, other), 0.51 * max(width, wide)):
            continue
        why = f"{cite(x)}, {cite(y)}: two lengths of what reads as one {what}."
        yield Row("duration", "duration", what, Standing.CONFLICT, why, [x, y], "high", 0.3, 2, [p, q])
