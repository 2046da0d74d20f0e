"""The dates of entries: what a date line leaves out comes from the lines above it, the one before it, or the title.

"Saturday 19 March" below "2011", "4 June" after "31 May 1916", "23:50" below a day, "Day 3" after a first day. A row of
lines may run backward, as on live pages, and a clock that turns passes midnight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from variorum.lists import toml
from variorum.mentions.times import narrative, news
from variorum.mentions.times.almanac import day_of, moved, year_moved
from variorum.mentions.times.course import Reference
from variorum.mentions.times.entries import DAY, MOMENT, Entries, Entry
from variorum.mentions.times.meanings import Hit, Meaning, NthDay, Point, Unit
from variorum.mentions.times.sight import Sight

__all__ = ["EntryDates"]

_YEARS = re.compile(r"(?<![\d,.])[12]\d{3}(?![\d,]|\.\d)")
_HEAD: int = toml("limits")["times"]["head"]
CITED: int = toml("limits")["times"]["cited"]
_TURN: int = toml("limits")["times"]["turn"]

Dated = tuple[Meaning, str | None]


class EntryDates:
    """Resolves the hits of entries in order, and says of any offset what day its entry tells of."""

    def __init__(self, sight: Sight, hits: Sequence[Hit], entries: Entries, published: Point | None) -> None:
        self.sight, self.hits, self.entries, self.published = sight, hits, entries, published
        self.points: dict[int, Point] = {}
        self.first_day: Reference | None = None
        listed = [(e.rank, hits[e.hit].meaning) for e in entries.listed]
        self.step = _direction([m for rank, m in listed if rank == DAY])
        self.clock_step = _direction([m for rank, m in listed if rank == MOMENT])

    def point(self, entry: Entry) -> Point | None:
        """What the date line of an entry was resolved to."""
        return self.points.get(entry.start)

    def day(self, offset: int) -> tuple[Point, str] | None:
        """The day that governs an offset, and the words that say so."""
        for entry in self.entries.at(offset):
            point = self.point(entry)
            if point is not None and point.day is not None and point.year is not None and entry.start != offset:
                return replace(point, part=None, clock=None, zone="", mod=None), self.told(entry)
        return None

    def stretch(self, offset: int) -> tuple[Point, str] | None:
        """The finest year, month or day that governs an offset, with its year."""
        for entry in self.entries.at(offset):
            point = self.point(entry)
            if point is not None and point.year is not None and entry.start != offset:
                return point, self.told(entry)
        return None

    def told(self, entry: Entry) -> str:
        """The words of a date line and where they stand, as an anchor cites them."""
        words = " ".join(self.sight.text[entry.start : min(entry.end, entry.start + CITED)].split())
        return f"the date line “{words}” at {entry.start}"

    def resolve(self, index: int, reference: Reference | None) -> Dated | None:
        """A hit of a date line in its place; None where it is no such hit or needs no other line."""
        number = self.entries.by_hit.get(index)
        if number is None:
            return None
        entry, meaning = self.entries.listed[number], self.hits[index].meaning
        if index != entry.hit:
            return self._beside(entry, meaning)
        return self._chief(number, meaning, self._above(number), reference)

    def note(self, index: int, meaning: Meaning) -> bool:
        """Takes note of what a hit was resolved to; True where it is the date of an entry."""
        number = self.entries.by_hit.get(index)
        if number is None or index != self.entries.listed[number].hit:
            return False
        entry = self.entries.listed[number]
        if isinstance(meaning, Point):
            self.points[entry.start] = meaning
            self._count_from(entry, meaning)
        return True

    def _beside(self, entry: Entry, meaning: Meaning) -> Dated | None:
        """A weekday or a count of days in the line that has the day itself."""
        own = self.hits[entry.hit].meaning
        point = self.point(entry) or (own if isinstance(own, Point) and own.year is not None else None)
        if point is None or point.day is None or not isinstance(meaning, (Unit, NthDay)):
            return None
        return replace(point, part=meaning.part), self.told(entry)

    def _count_from(self, entry: Entry, point: Point) -> None:
        """ "Day 3: 6 June 1916" settles the first day."""
        for index in entry.members if isinstance(self.hits[entry.hit].meaning, Point) else ():
            meaning = self.hits[index].meaning
            if isinstance(meaning, NthDay) and meaning.ordinal > 0 and point.day is not None:
                began = moved(point, 1 - meaning.ordinal, "D")
                self.first_day = Reference(began, self.told(entry), entry.start) if began else self.first_day

    def _above(self, number: int) -> tuple[Point, str] | None:
        parent = self.entries.listed[number].parent
        while parent is not None:
            entry = self.entries.listed[parent]
            point = self.point(entry)
            if point is not None and point.year is not None:
                return point, self.told(entry)
            parent = entry.parent
        return None

    def _before(self, number: int, rank: int) -> tuple[Point, str] | None:
        """The last entry of that rank below the same entry that was resolved."""
        for other in range(number - 1, max(-1, number - 40), -1):
            entry = self.entries.listed[other]
            point = self.point(entry)
            if entry.rank <= rank and point is not None and point.year is not None:
                return point, self.told(entry)
        return None

    def _chief(
        self, number: int, meaning: Meaning, above: tuple[Point, str] | None, reference: Reference | None
    ) -> Dated | None:
        if isinstance(meaning, Point):
            if meaning.clock is not None and meaning.day is None:
                return self._clock(number, meaning, above)
            if meaning.year is None and meaning.day is not None and meaning.month is None:
                return self._day_of_month(number, meaning, None, above)
            if meaning.year is None and (meaning.month or meaning.season) and meaning.feast is None:
                return self._year_left_out(number, meaning, above, reference)
            return None
        if isinstance(meaning, NthDay):
            return self._nth(meaning, above)
        if isinstance(meaning, Unit) and meaning.day is not None:
            return self._day_of_month(number, Point(day=meaning.day), meaning.weekday, above)
        if isinstance(meaning, Unit) and meaning.weekday is not None:
            return self._weekday(number, meaning, above)
        if isinstance(meaning, Unit) and meaning.part and above is not None and above[0].day is not None:
            return replace(above[0], part=meaning.part, clock=None, mod=None), above[1]
        return None

    def _year_left_out(
        self, number: int, point: Point, above: tuple[Point, str] | None, reference: Reference | None
    ) -> Dated:
        before = self._before(number, DAY)
        if before is not None and before[0].year and before[0].month and point.month:
            year = before[0].year
            turned = (point.month - before[0].month) * self.step < -6
            year = year_moved(year, self.step) if turned else year
            if above is None or above[0].year in (None, year):
                return replace(point, year=year), f"year of {before[1]}"
        if above is not None:
            return replace(point, year=above[0].year), f"year of {above[1]}"
        years = set(_YEARS.findall(self.sight.text[: min(_HEAD, self.entries.listed[number].start)]))
        if len(years) == 1:
            return replace(point, year=int(years.pop())), "the year that the text names at its head"
        if self.published is not None and self.published.year is not None:
            return replace(point, year=news.dated(point, self.published, False).year), "the date of publication"
        if reference is not None and reference.point.year is not None:
            return replace(point, year=reference.point.year), f"year of {reference.told}"
        return point, None

    def _day_of_month(self, number: int, point: Point, weekday: int | None, above: tuple[Point, str] | None) -> Dated:
        """ "Sat 19", "19th": in the month above, that of the line before, or the next where the days begin anew."""
        if above is not None and above[0].month and not above[0].day:
            return replace(above[0], day=point.day, open_day=False), f"month of {above[1]}"
        before = self._before(number, DAY)
        if before is None or not before[0].month or not before[0].day or point.day is None:
            return Point(day=point.day, weekday=None), None
        months = self.step if (point.day - before[0].day) * self.step < 0 else 0
        month = moved(before[0], months, "M")
        if month is None:
            return Point(day=point.day), None
        found = replace(month, day=point.day)
        told = day_of(found)
        if told is None or (weekday is not None and told.isoweekday() != weekday):
            return Point(month.year, month.month, open_day=True), before[1]
        return found, f"month of {before[1]}"

    def _weekday(self, number: int, unit: Unit, above: tuple[Point, str] | None) -> Dated:
        """A weekday alone: the next after the day before it, or the last before it where lines run backward."""
        before = self._before(number, DAY)
        base = before or above
        if base is not None and (today := day_of(base[0])) is not None:
            ahead = ((unit.weekday or 1) - today.isoweekday()) % 7
            days = ahead if self.step > 0 else ahead - 7 if ahead else 0
            point = moved(base[0], days, "D")
            return (point or narrative.opened(unit)), base[1]
        if self.published is not None and day_of(self.published) is not None:
            return news.placed(unit, self.published, False), "the date of publication"
        return narrative.opened(unit), None

    def _nth(self, nth: NthDay, above: tuple[Point, str] | None) -> Dated:
        if self.first_day is None and nth.ordinal == 1 and above is not None and above[0].day:
            self.first_day = Reference(replace(above[0], clock=None, part=None), above[1], 0)
        first = self.first_day
        day = moved(first.point, nth.ordinal - 1, "D") if first and nth.ordinal > 0 else None
        if day is None or first is None:
            return Point(open_day=True), None
        return replace(day, part=nth.part), f"the first day, {first.told}"

    def _clock(self, number: int, point: Point, above: tuple[Point, str] | None) -> Dated:
        """A clock on the day above it, or the next one where it has passed midnight since the line before."""
        entry, before = self.entries.listed[number], self.entries.listed[number - 1] if number else None
        last = self.point(before) if before is not None and before.parent == entry.parent else None
        base, anchor = (above[0], f"day of {above[1]}") if above else (self.published, "the date of publication")
        if before is not None and last is not None and last.clock and last.day and before.rank == MOMENT:
            turned = (_minutes(point.clock) - _minutes(last.clock)) * self.clock_step < -_TURN
            base = moved(last, self.clock_step, "D") if turned else last
            anchor = f"{'the night' if turned else 'day'} of {self.told(before)}"
        if base is None or base.day is None:
            return point, None
        return replace(base, clock=point.clock, zone=point.zone, mod=point.mod, part=None), anchor


def _minutes(clock: str | None) -> int:
    hours, _, rest = (clock or "0").partition(":")
    return int(hours) * 60 + int(rest[:2] or 0)


def _direction(meanings: Sequence[Meaning]) -> int:
    """1 where a row of dates runs forward, -1 where it runs backward."""
    points = [m for m in meanings if isinstance(m, Point)]
    signs = 0
    for a, b in pairwise(points):
        first, second = (_order(a), _order(b))
        if (a.year is None) != (b.year is None) or (a.month is None) != (b.month is None):
            continue
        signs += (second > first) - (second < first)
    return -1 if signs < 0 else 1


def _order(point: Point) -> tuple[int, int, int, int]:
    return point.year or 0, point.month or 0, point.day or 0, _minutes(point.clock)
