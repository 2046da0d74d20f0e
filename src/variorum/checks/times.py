"""Checks of times: durations against dates, what answers an act against its date, weekdays against dates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from variorum.dates import Days, bounds, in_words, interval, lasting, parse
from variorum.lists import toml
from variorum.records import Check, Time
from variorum.sentences import Dated, Passage

__all__ = ["calendar_checks", "clock_checks", "duration_checks", "order_checks", "weekday_checks"]


_SET = toml("checks")["times"]
HALF: float = _SET["hours_slack"]
MINUTES: float = _SET["minutes_slack"]
NEAR_PUBLICATION: int = _SET["near_publication"]


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, toml("checks")[name])) + r")\b", re.IGNORECASE)


def weekday_checks(items: Sequence[Passage], times: Sequence[Time]) -> Iterator[Check]:
    """A weekday beside a date that fell on another: "Monday, 17 November 1998" was a Tuesday.

    A date without a year is taken in the year of publication when it lies within two months of that day.
    """
    published = interval(items[0].published) if items else None
    names = toml("checks")["weekdays"]
    for time in times:
        told = [i for i, name in enumerate(names) if re.search(rf"\b{name}\b", time.text.lower())]
        day = _meant(time, published)
        if len(told) == 1 and day is not None and day.weekday() != told[0]:
            expected, stated = names[day.weekday()].capitalize(), names[told[0]].capitalize()
            why = f"“{time.text}”: {in_words(day.isoformat())} was a {expected}."
            yield Check(time.witness, "weekday", expected, stated, why, [[time.start, time.end]])


def calendar_checks(times: Sequence[Time]) -> Iterator[Check]:
    """A day that its month does not have, in the year that the words name: "31 June 1915"."""
    for time in times:
        match = re.fullmatch(r"(-?\d{4}|XXXX)-(\d\d)-XX", time.edtf or "")
        told = next((n for n in re.findall(r"\d+", time.text) if n in ("29", "30", "31")), None)
        if match is None or told is None or match[2] == "XX":
            continue
        length = bounds(f"{match[1]}-{match[2]}" if match[1] != "XXXX" else f"2000-{match[2]}")
        last = (length.last or "")[-2:] if length else ""
        if last and int(told) > int(last):
            month = in_words(f"{match[1]}-{match[2]}") if match[1] != "XXXX" else time.text
            why = f"“{time.text}”: {month} has {int(last)} days."
            yield Check(time.witness, "calendar", f"at most {int(last)}", told, why, [[time.start, time.end]])


def _meant(time: Time, published: Days | None) -> date | None:
    """The day that the words name by its number, in the year they name or that of publication."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", time.edtf or "")
    if not match or str(int(match[3])) not in re.findall(r"\d+", time.text):
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[1] in time.text:
            return day
        if published is None or published.length > 1:
            return None
        day = day.replace(year=date.fromordinal(int(published.first)).year)
    except ValueError:
        return None
    return day if abs(day.toordinal() - published.first) <= NEAR_PUBLICATION else None


def duration_checks(items: Sequence[Passage], times: Sequence[Time]) -> Iterator[Check]:
    """A duration with its first and last day in one sentence, and "within n days" against the days told there."""
    by_start = sorted((t for t in times if t.type == "DURATION"), key=lambda t: t.start)
    index = 0
    for passage in items:
        while index < len(by_start) and by_start[index].start < passage.start:
            index += 1
        while index < len(by_start) and by_start[index].start < passage.end:
            yield from _duration(passage, by_start[index], items)
            index += 1


def _duration(passage: Passage, time: Time, items: Sequence[Passage]) -> Iterator[Check]:
    length = lasting(time.value)
    if length is None or time.value.startswith("PT"):
        return  # hours are held against clock times
    before = passage.text[max(0, time.start - passage.start - 24) : time.start - passage.start + 8]
    if _words("within").search(before):
        yield from _within(passage, time, length, items)
        return
    wide = next((t for t in passage.times if 1 < t.days.length < 40000 and _exact(t)), None)
    if wide and abs(wide.start - time.start) < 120 and not time.mod:
        gone = wide.days.length
        if abs(gone - length[0]) > max(1.0, length[1]) and gone < 3 * length[0] + 30:
            why = f"“{wide.text}” makes {gone:g} days with both ends, beside “{time.text}”."
            spans = [[wide.start, wide.end], [time.start, time.end]]
            yield Check(passage.witness, "duration", f"{gone:g} days", time.text, why, spans)


_LENGTH = re.compile(r"PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?")
_CLOCK = re.compile(r"T(\d\d):(\d\d)$")


def clock_checks(items: Sequence[Passage], times: Sequence[Time]) -> Iterator[Check]:
    """A length in hours or minutes beside the two clock times from and to which it lasted, in one sentence.

    Clocks are read over midnight, and an hour without its half of the day may be of either.
    """
    by_start = sorted(times, key=lambda t: t.start)
    starts = [t.start for t in by_start]
    for passage in items:
        held = by_start[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        lengths = [t for t in held if t.type == "DURATION"]
        clocks = [(t, m) for t in held if t.type != "DURATION" and (m := _CLOCK.search(t.value or ""))]
        if len(lengths) != 1 or len(clocks) != 2 or lengths[0].mod:
            continue
        (first, x), (last, y) = clocks
        told, stated = lengths[0], _LENGTH.fullmatch(lengths[0].value or "")
        between = passage.text[first.end - passage.start : last.start - passage.start]
        if stated is None or between.strip(" ,") not in toml("checks")["until"]:
            continue
        minutes = 60 * float(stated[1] or 0) + float(stated[2] or 0)
        gone = (60 * (int(y[1]) - int(x[1])) + int(y[2]) - int(x[2])) % 1440
        slack = MINUTES if stated[2] else HALF
        if min(abs(gone - minutes), abs(gone - 720 - minutes), abs(gone + 720 - minutes)) <= slack:
            continue
        makes = f"{gone // 60:d} h {gone % 60:d} min" if gone % 60 else f"{gone // 60:d} h"
        why = f"“{first.text}” to “{last.text}” makes {makes}, beside “{told.text}”."
        spans = [[first.start, first.end], [last.start, last.end], [told.start, told.end]]
        yield Check(passage.witness, "duration", makes, told.text, why, spans)


def _within(passage: Passage, time: Time, length: tuple[float, float], items: Sequence[Passage]) -> Iterator[Check]:
    """A day of the sentence that lies later than "within n days" of the last day told before it."""
    start = _before(passage, items)
    if start is None:
        return
    slack = 0.0 if length[1] <= 1 else 0.1 * length[1]
    gone = [(round(t.days.first - start.days.first), t) for t in passage.times if t.days.length <= 1]
    late = [(n, t) for n, t in gone if length[0] + slack < n < 4 * length[0] + 30]
    if late:
        days_gone, last = late[-1]
        why = f"“{last.text}” is {days_gone} days after “{start.text}”, not within “{time.text}”."
        spans = [[start.start, start.end], [time.start, time.end], [last.start, last.end]]
        yield Check(passage.witness, "duration", f"at most {length[0]:g} days", f"{days_gone} days", why, spans)


def _exact(time: Dated) -> bool:
    """A range between two full dates."""
    ends = [parse(end) for end in time.edtf.split("/")]
    return len(ends) == 2 and all(end is not None and end.exact for end in ends)


def _before(passage: Passage, items: Sequence[Passage]) -> Dated | None:
    """The last single day told before the passage, at most six sentences back."""
    first = items[0].number
    for other in reversed(items[max(0, passage.number - first - 6) : passage.number - first]):
        single = [t for t in other.times if t.days.length <= 1]
        if single:
            return single[-1]
    return None


def order_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """An act told as an answer that is dated before what it answers, the act of the sentence before."""
    for before, passage in pairwise(items):
        match = _words("answers").search(passage.text)
        if not match or match.start() > 40 or not before.times or not passage.times:
            continue
        if before.paragraph != passage.paragraph and passage.paragraph - before.paragraph > 1:
            continue
        cause, answer = _span(before), _span(passage)
        if answer.after <= cause.first:
            a, b = before.times[0], passage.times[0]
            why = f"“{match[0]}” follows “{a.text}”, but the answer is dated “{b.text}”, before it."
            spans = [[a.start, a.end], [passage.start + match.start(), passage.start + match.end()], [b.start, b.end]]
            yield Check(passage.witness, "order", f"after {in_words(a.edtf)}", in_words(b.edtf), why, spans)


def _span(passage: Passage) -> Days:
    told = [t.days for t in passage.times]
    return (
        interval(passage.times[0].edtf) or told[0]
        if len(told) == 1
        else Days(min(d.first for d in told), max(d.after for d in told))
    )
