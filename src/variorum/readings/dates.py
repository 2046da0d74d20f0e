"""Dates of one act in two witnesses, per event and per linked pair of sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from variorum.dates import in_words, interval
from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.doing import two_acts
from variorum.readings.interval import dates
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import names_of
from variorum.readings.referents import meant
from variorum.records import Claim, Reading
from variorum.sentences import Dated, Passage, once, stem
from variorum.verdicts import Standing, worst

__all__ = ["date_rows", "announced", "compared", "dated_row", "listed", "named"]

_SET = toml("readings")["dates"]
LINKED: float = _SET["linked"]
NEAR_LINKED: float = _SET["near_linked"]
RARE: float = _SET["rare"]
NEAR_DAYS: float = _SET["near_days"]
SURE: float = _SET["sure"]
ABOUT: int = _SET["about"]
HERALDED: float = _SET["heralded"]
ANNOUNCED: int = _SET["announced"]
FEW: int = _SET["few"]
PERSON_DAYS: float = _SET["person_days"]
JOINS = frozenset(toml("readings")["words"]["joins"])
CLOCK = re.compile(r"T(\d\d):(\d\d)")


def date_rows(collation: Collation) -> Iterator[Row]:
    """Rows for each act and event with dates of two witnesses, then the linked pairs that no event holds together."""
    for groups in (collation.acted, collation.told):
        for _, group in sorted(groups.items()):
            if len({p.witness for p in group}) > 1:
                yield from _rows(collation, group)
    for a, b, link in collation.across(NEAR_LINKED):
        rare = len(collation.shared(a, b, RARE)) > 1
        if (link.score >= LINKED or rare) and not collation.together(a, b):
            yield from _rows(collation, [a, b], link.score)
    for a, b in _of_persons(collation):
        if collation.score(a, b) < LINKED and not collation.together(a, b):
            yield from _rows(collation, [a, b], collation.score(a, b))


def _of_persons(collation: Collation) -> Iterator[tuple[Passage, Passage]]:
    """Pairs of dated sentences of two accounts in a story that name one person of whom few tell, and share a rare word.

    Short entries of timelines are often linked by nothing else: "Foreign minister Velm defects".
    """
    naming: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for p in collation.items:
        if p.times:
            for who in meant(collation.called, p.witness, names_of(p)):
                if who.startswith("="):
                    naming[collation.story_of[p.number] if collation.story_of else "", who].append(p)
    for _, told in sorted(naming.items()):
        for a, b in combinations(told[:FEW], 2):
            near = any(t.days.gap(u.days) <= PERSON_DAYS for t in a.times for u in b.times)
            rare = set(collation.shared(a, b, RARE)) - names_of(a) - names_of(b)
            if a.witness != b.witness and near and rare:
                yield a, b


def _pairs(collation: Collation, group: Sequence[Passage], score: float | None) -> Iterator[Pair]:
    """The times of the act in each two accounts that can be compared, with their verdict and certainty."""
    told = [(p, t) for p in group[:30] for t in _act(p)]
    for (p, t), (q, u) in combinations(told, 2):
        verdict = compared(t, u) if p.witness != q.witness else None
        if verdict is None or (verdict == Standing.CONFLICT and _apart((p, t), (q, u))):
            continue
        yield verdict, score if score is not None else max(collation.score(p, q), 0.3), (p, t), (q, u)


def _apart(a: tuple[Passage, Dated], b: tuple[Passage, Dated]) -> bool:
    """True where two times that do not meet are rather of two acts: far apart, one of several, or of a period."""
    far = a[1].clock is None and a[1].days.gap(b[1].days) > NEAR_DAYS
    clocks = minute(a[1]) is not None and minute(b[1]) is not None
    return (
        far
        or (clocks and two_acts(a, b))
        or _several(a[0], b[0])
        or _periods(a, b)
        or listed(*a, b[1])
        or listed(*b, a[1])
    )


def listed(passage: Passage, time: Dated, other: Dated) -> bool:
    """True where a time beside this one in a list of days meets the other: "on 3 and 4 May" tells of the 4th too."""
    return any(v.days.meets(other.days) and _joined(passage, *sorted((time, v), key=_start)) for v in passage.times)


def _start(time: Dated) -> int:
    return time.start


def _joined(passage: Passage, first: Dated, second: Dated) -> bool:
    between = passage.text[first.end - passage.start : second.start - passage.start].strip()
    return between in JOINS


def _rows(collation: Collation, group: Sequence[Passage], score: float | None = None) -> Iterator[Row]:
    pairs = list(_pairs(collation, group, score))
    meeting = [x for x in pairs if x[0] != Standing.CONFLICT]
    if meeting:
        yield _row(meeting, "high")
    for pair in pairs:
        if pair[0] == Standing.CONFLICT and (first := announced(pair[2], pair[3])) is not None:
            yield _heralded(collation, pair, first)
        elif pair[0] == Standing.CONFLICT and not _settled(pair, meeting):
            sure = pair[1] >= SURE and _same_act(pair[2][0], pair[3][0]) and named(pair[2][1]) and named(pair[3][1])
            yield _row([pair], "high" if sure else "low")


Pair = tuple[Standing, float, tuple[Passage, Dated], tuple[Passage, Dated]]


@cache
def _announces() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, toml("readings")["words"]["announces"]))
    return re.compile(rf"\b(?:{verbs}) (?:to|that \w+ (?:will|would)) (\w+)", re.IGNORECASE)


def announced(*ends: tuple[Passage, Dated]) -> int | None:
    """Which of two sentences, 0 or 1, only announces on an earlier day the act that the other tells as done."""
    texts = [_announces().search(p.text) for p, _ in ends]
    if (texts[0] is None) == (texts[1] is None):
        return None
    at = 0 if texts[0] is not None else 1
    said, (done, later), earlier = texts[at], ends[1 - at], ends[at][1]
    if said is None or later.days.first < earlier.days.after or _planned_by_none(ends[at][0].text[: said.start()]):
        return None
    told = {stem(word) for word in re.findall(r"[a-z]+", done.text.lower())}
    alike = len(ends[at][0].words.keys() & done.words.keys()) >= ANNOUNCED
    return at if alike or stem(said[1].lower()) in told else None


def _planned_by_none(before: str) -> bool:
    """True where a word of denial stands before an announcement: neither she nor her children plan to leave."""
    denial = toml("readings")["words"]["denial"]
    return any(word.strip(",").lower() in denial for word in re.split(r"[.;:]", before)[-1].split())


def _heralded(collation: Collation, pair: Pair, first: int) -> Row:
    """The row of an act announced on one day and done on another: no conflict.

    Sure with two rare words in common, or where a name is common and the later account tells the very act as done, in
    as many words, its own among them, as stand for another form of the verb.
    """
    ends = (pair[2], pair[3])
    sure = len(collation.shared(ends[0][0], ends[1][0], HERALDED)) > 1 or _done(ends[first][0], ends[1 - first][0])
    row = _row([pair], "high" if sure else "low")
    said = [_cited(*ends[first]), _cited(*ends[1 - first])]
    row.rule, row.verdict = "announced", Standing.COMPATIBLE
    row.why = f"{said[0]}, {said[1]}: announced on the one day and done on the other."
    return row


def _done(told: Passage, done: Passage) -> bool:
    """True where one of a name tells as done what the other says he agreed or decided to do."""
    said = _announces().search(told.text)
    acts = {stem(c.trigger) for c in done.claims if c.polarity == "affirmed" and c.modality == "happened"}
    common = len(told.words.keys() & done.words.keys() | {said[1].lower()}) if said else 0
    named_alike = bool(names_of(told) & names_of(done)) and common >= ANNOUNCED
    return named_alike and said is not None and stem(said[1].lower()) in acts


def _settled(pair: Pair, meeting: Sequence[Pair]) -> bool:
    """True when the same two witnesses have dates that meet in the event."""
    ends = {frozenset((m[2][0].witness, m[3][0].witness)) for m in meeting}
    return frozenset((pair[2][0].witness, pair[3][0].witness)) in ends


def named(time: Dated) -> bool:
    """A day told by its number, not by "Sunday" or "this morning", which are resolved from the day of telling."""
    return time.clock is None and any(c.isdigit() for c in time.text)


def compared(t: Dated, u: Dated) -> Standing | None:
    """The verdict on two times of one act; clocks whose days are inferred are compared as clocks.

    None where one is such a clock and the other is none: they tell different things.
    """
    if t.clock is None and u.clock is None:
        if t.days.meets(u.days) and minute(t) is not None and minute(u) is not None and minute(t) != minute(u):
            return _hours(t, u)
        return dates(t.days, u.days)
    if minute(t) is None or minute(u) is None or not t.days.meets(u.days):
        return None
    return _hours(t, u)


def _hours(t: Dated, u: Dated) -> Standing:
    """The verdict on two hours of one day; an hour told with "about" may be another near it."""
    apart = abs((minute(t) or 0) - (minute(u) or 0))
    if 0 < apart <= ABOUT and any(_about().search(x.text) for x in (t, u)):
        return Standing.COMPATIBLE
    return Standing.CONFLICT if apart else Standing.AGREE


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, toml('readings')['words']['about']))})\b", re.IGNORECASE)


def minute(time: Dated) -> int | None:
    """The minute of the day that a time tells, with its day or without it."""
    told = CLOCK.search(time.value)
    return time.clock if time.clock is not None or told is None else int(told[1]) * 60 + int(told[2])


def _periods(a: tuple[Passage, Dated], b: tuple[Passage, Dated]) -> bool:
    """Two periods that count: what one year and what the next has seen are two counts, not one act dated twice."""
    longer = min(a[1].days.length, b[1].days.length) > 1
    return longer and (a[1].days.gap(b[1].days) < 1 or any(p.figures for p, _ in (a, b)))


@once
def _act(passage: Passage) -> Sequence[Dated]:
    """The own times of a passage that date its act: that of the claim when it has one, else all when they are few."""
    told = {c.date for c in passage.claims if c.date}
    chosen = [t for t in passage.times if t.edtf in told] or passage.times
    return chosen if len(chosen) <= 2 else []


def _several(a: Passage, b: Passage) -> bool:
    """Lists of days are sums of acts, not rival dates."""
    return len(a.times) > 2 or len(b.times) > 2


def _same_act(a: Passage, b: Passage) -> bool:
    """The two share a type of claim or the word of the act; without claims nothing stands against it."""
    return _acts(a.claims, b.claims) or not (a.claims and b.claims)


def _acts(a: Sequence[Claim], b: Sequence[Claim]) -> bool:
    types = {c.type for c in a} & {c.type for c in b}
    words = {stem(c.trigger) for c in a if c.trigger} & {stem(c.trigger) for c in b if c.trigger}
    return bool(types or words)


def _row(pairs: Sequence[Pair], sure: str) -> Row:
    verdict = worst([p[0] for p in pairs])
    _, _, (p, t), (q, u) = next(x for x in pairs if x[0] == verdict)
    members = {(x[0].number, x[1].start): x for pair in pairs for x in (pair[2], pair[3])}
    readings = [_reading(*m) for m in members.values()]
    said = f"{_cited(p, t)}, {_cited(q, u)}"
    if verdict == Standing.CONFLICT and t.days.meets(u.days):
        gap = abs((minute(t) or 0) - (minute(u) or 0))
        why = f"{said}: for what reads as one act, times that lie {gap} minute{'s' if gap > 1 else ''} apart."
    elif verdict == Standing.CONFLICT:
        apart = round(t.days.gap(u.days)) + 1
        why = f"{said}: for what reads as one act, days that lie {apart} day{'s' if apart > 1 else ''} apart."
    elif verdict == Standing.AGREE:
        why = f"{said}: the same date."
    else:
        why = f"{said}: one date lies within the other, or they overlap."
    scope = ", ".join(sorted({in_words(m[1].edtf) for m in members.values()})[:3])
    difference = min(1.0, t.days.gap(u.days) / 30) if interval(t.edtf) else 0.0
    passages = [m[0] for m in members.values()]
    return Row(
        "date", "date", scope, verdict, why, readings, sure, difference, len({x.witness for x in passages}), passages,
        (p, q), {"by number": float(named(t) and named(u)), "other act": float(not _same_act(p, q)),
                 "date line": float("date line" in (t.tie, u.tie))},
    )  # fmt: skip


def dated_row(verdict: Standing, a: tuple[Passage, Dated], b: tuple[Passage, Dated], sure: str) -> Row:
    """A row of two dates of one act."""
    return _row([(verdict, 1.0, a, b)], sure)


def _reading(passage: Passage, time: Dated) -> Reading:
    item = reading(passage, time.start, time.end, "date", time.edtf)
    if time.tie == "date line":
        item = reading(passage, passage.start, passage.end, "date", time.edtf)
        return replace(item, date=time.edtf, tie="inherited")
    return replace(item, date=time.edtf, tie="sentence")


def _cited(passage: Passage, time: Dated) -> str:
    """The words of a date; where a date line gives it, the words that it governs and the line."""
    said = cite(_reading(passage, time))
    return f"{said} under “{' '.join(time.text.split())}”" if time.tie == "date line" else said
