"""Gives each expression its place in the calendar, in one pass from left to right.

In narrative what an expression leaves out comes from the dates before it; in news from the day of publication. Every
inferred value says what it came from; what nothing settles stays open and is never filled in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from variorum.lists import toml
from variorum.mentions.times import narrative, news
from variorum.mentions.times.almanac import (
    after_midnight,
    coarser,
    existing,
    feast_day,
    moved,
    nth_weekday,
)
from variorum.mentions.times.course import Course, Reference
from variorum.mentions.times.entries import Entries
from variorum.mentions.times.entry_dates import EntryDates
from variorum.mentions.times.lexicon import words
from variorum.mentions.times.meanings import Hit, Length, Meaning, NthDay, Point, Shift, Unit, Vague
from variorum.mentions.times.orders import day_first, full_year
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist
from variorum.mentions.times.years import Resolved, Years

__all__ = ["PUBLICATION", "Resolved", "resolve"]

_SAID_BEFORE: int = toml("limits")["times"]["said_before"]
_APPOSED: int = toml("limits")["times"]["apposed"]
_JOINT: int = toml("limits")["times"]["joint"]
_WEEKDAY: int = toml("limits")["times"]["weekday"]
_CLAUSE: int = toml("limits")["times"]["ahead"]
_WEEKDAY_NEAR: int = toml("limits")["times"]["weekday_near"]
PUBLICATION = "the date of publication"


def resolve(
    sight: Sight, hits: Sequence[Hit], published: Point | None, mode: str, entries: Entries | None = None
) -> list[Resolved]:
    """Every hit in its place; ``published`` is the day (or month, or year) of publication."""
    walker = _Walker(sight, hits, published, mode, entries or Entries())
    return [walker.step(index) for index in range(len(hits))]


class _Walker(Years):
    def __init__(self, sight: Sight, hits: Sequence[Hit], published: Point | None, mode: str, entries: Entries) -> None:
        self._mode_news = mode == "news" and published is not None
        course = Course(sight, hits, self._mode_news)
        super().__init__(sight, hits, course, EntryDates(sight, hits, entries, published))
        self.publication = self.today = published
        self._retrospect = published if mode == "retrospect" else None
        self.anchor, self.news = PUBLICATION, self._mode_news
        self.day_first = day_first(sight, hits)
        self._length: tuple[Length, str] | None = None

    def step(self, index: int) -> Resolved:
        """The expression of this number; they must be asked for in order."""
        hit = self.hits[index]
        self.course.cross(hit)
        self._tell(hit)
        headed = self.entries.resolve(index, self.course.reference)
        found = Resolved(hit, *headed) if headed else self._beside(index, self._placed(index, hit))
        if getattr(hit.meaning, "season", None):
            self.that_winter = isinstance(hit.meaning, Unit)
        if isinstance(found.meaning, Point):
            found.meaning = existing(found.meaning, isinstance(hit.meaning, Point) and hit.meaning.year is not None)
        if self.entries.note(index, found.meaning):
            self.course.enter(index, found.meaning)
        else:
            self.course.note(index, found.meaning)
        self.last = found.meaning if isinstance(found.meaning, Point) else None
        return found

    def _tell(self, hit: Hit) -> None:
        """Settles the day from which this place of the text is told: that of its entry, in news that of publication."""
        entered, day = self.entries.stretch(hit.start), self.entries.day(hit.start)
        self.today, self.anchor = day or (self.publication, PUBLICATION)
        self.news = day is not None or (self._mode_news and entered is None)
        self.course.news = self._mode_news and entered is None
        self._now = None if self.news or entered is not None else self._retrospect

    def _placed(self, index: int, hit: Hit) -> Resolved:
        meaning = hit.meaning
        if isinstance(meaning, Point):
            return self._point(index, replace(meaning))
        if isinstance(meaning, Unit):
            night = hit.rule == "bare part" and self.sight.low.endswith(("night", "time"), hit.start, hit.end)
            return Resolved(hit, narrative.opened(meaning)) if night else self._unit(hit, meaning)
        if isinstance(meaning, Shift):
            return self._shift(hit, meaning)
        if isinstance(meaning, NthDay):
            return self._nth_day(hit, meaning)
        if hit.rule == "said period" and self._length is not None:
            return Resolved(hit, self._length[0], self._length[1])
        if isinstance(meaning, Length):
            self._length = meaning, self.course.named(hit)
        if isinstance(meaning, Vague) and hit.rule == "that time":
            return self._that_time(hit, meaning)
        if hit.rule == "anniversary" and (day := self.course.recent(hit) or self.course.reference) and day.point.day:
            return Resolved(hit, replace(day.point, part=None, clock=None, mod=None), day.told)
        return Resolved(hit, meaning)

    # --- calendar points ---
    def _point(self, index: int, point: Point) -> Resolved:
        hit = self.hits[index]
        if point.style == "ambiguous":
            return self._numeric(hit, point)
        if point.short:
            return self._short(hit, point)
        if point.within is not None and not point.feast:
            return self._within(index, point, point.within)
        if point.clock and point.month is None:
            return self._clock(hit, point)
        if point.feast:
            return self._feast(hit, point)
        if point.year is not None or not (point.month or point.season or point.quarter):
            return Resolved(hit, point)
        return self.year_left_out(index, point)

    def _numeric(self, hit: Hit, point: Point) -> Resolved:
        year = full_year(point, self.course.reference, self.publication)
        if self.day_first is None:
            return Resolved(hit, Point(year, open_day=True))
        if self.day_first:
            point.month, point.day = point.day, point.month
        return Resolved(
            hit,
            replace(point, style=None, year=year, short=False),
            "the order of day and month in the text's other dates",
        )

    def _short(self, hit: Hit, point: Point) -> Resolved:
        reference = self.course.reference
        base = reference.point if reference else self.publication
        if point.decade is not None:
            century = base.year // 100 if base and base.year and base.year > 0 else 19
            if base and base.year and century * 10 + point.decade > base.year // 10 + 1:
                century -= 1
            point.decade += century * 10
        else:
            point.year = full_year(point, reference, self.publication)
        point.short = False
        return Resolved(hit, point, f"century of {reference.told}" if reference else None)

    def _feast(self, hit: Hit, point: Point) -> Resolved:
        reference, anchor = self.course.reference, None
        which = point.within.which if isinstance(point.within, Unit) else ""
        if point.year is None:
            base = self.today if self.news else reference.point if reference else None
            if base is not None and base.year is not None and base.year > 0:
                point.year = base.year
                anchor = self.anchor if self.news else f"year of {reference.told}" if reference else None
                if not self.news and which in ("next", "following"):
                    point.year += _gone_by(point, base)
        day, feast = feast_day(point), point.feast
        point = replace(point, within=None, feast=None)
        if day is None:
            return Resolved(hit, replace(point, open_day=True), anchor)
        if anchor and self.news and self.today:
            day = replace(self._feast_in_news(hit, replace(day, feast=feast), which), feast=None)
        return Resolved(hit, day, anchor)

    def _feast_in_news(self, hit: Hit, day: Point, which: str) -> Point:
        """The Christmas that is meant: the last one, the next one, or the nearest."""
        assert self.today is not None and day.year is not None
        today = (self.today.month or 0, self.today.day or 0)
        if which in wordlist("feast_which"):
            later = (day.month or 0, day.day or 0) >= today
            by = {"last": -later, "previous": -later, "next": not later, "following": not later}.get(which, 0)
            return feast_day(replace(day, year=day.year + by)) or replace(day, year=day.year + by)
        year = news.dated(replace(day, year=None, feast=None), self.today, self.coming(hit)).year
        return feast_day(replace(day, year=year)) or replace(day, year=year)

    def _within(self, index: int, point: Point, inner: Meaning) -> Resolved:
        hit = self.hits[index]
        outer = Resolved(hit, inner)
        if isinstance(inner, Unit):
            outer = self._unit(hit, inner)
        elif isinstance(inner, Shift):
            outer = self._shift(hit, inner)
        elif isinstance(inner, Point):
            outer = self._point(index, inner)
        told = outer.meaning
        if not isinstance(told, Point):
            return Resolved(hit, point)
        if point.nth is not None:
            return Resolved(hit, nth_weekday(told, point.nth) or told, outer.anchor)
        if point.month or point.season or point.quarter or point.half:
            return Resolved(hit, replace(point, year=told.year, within=None), outer.anchor)
        whole = replace(told, clock=point.clock, zone=point.zone, mod=point.mod, part=None)
        return Resolved(hit, whole, outer.anchor)

    def _clock(self, hit: Hit, point: Point) -> Resolved:
        reference = self.course.day or self.course.recent(hit) or self.course.reference
        base = reference.point if reference else None
        anchor = f"day of {reference.told}" if reference else None
        if self.news and (base is None or base.day is None):
            base, anchor = self.today, self.anchor
        if base is None or base.day is None:
            return Resolved(hit, point)
        if reference is not None and base is reference.point and after_midnight(base, point):
            base, anchor = moved(base, 1, "D") or base, f"the night of {reference.told}"
        return Resolved(hit, replace(base, clock=point.clock, zone=point.zone, mod=point.mod, part=None), anchor)

    # --- units told by their place in a row ---
    def _unit(self, hit: Hit, unit: Unit) -> Resolved:
        if hit.rule == "instant" and self.publication is not None:
            return Resolved(hit, news.placed(unit, self.publication, False), PUBLICATION)
        if unit.which in ("last", "next", "this", "", "the") and self.news and self.today is not None:
            return Resolved(hit, _modded(news.placed(unit, self.today, self.coming(hit)), unit), self.anchor)
        if self._now is not None and unit.which == "last" and self.sight.low.startswith("last ", hit.start):
            return Resolved(hit, _modded(news.placed(unit, self._now, self.coming(hit)), unit), PUBLICATION)
        base = self._base_of(hit, unit)
        if base is None and hit.rule in ("the part", "bare part") and self.news and self.today is not None:
            base = Reference(self.today, self.anchor, hit.start)
        if base is None:
            return Resolved(hit, _modded(narrative.opened(unit), unit))
        if self._by_weekday(hit, unit, base):
            unit = replace(unit, which="by")
        found = narrative.placed(unit, base.point)
        if found is None:
            return Resolved(hit, _modded(narrative.opened(unit, base.point), unit))
        return Resolved(hit, _modded(found, unit), base.told)

    def _by_weekday(self, hit: Hit, unit: Unit, base: Reference) -> bool:
        """A bare weekday after a day that was just told: the first such weekday from it on.

        Where the day was told with its weekday, after "by", and at the head of a sentence soon after it.
        """
        bare = unit.which == "" and unit.weekday is not None and bool(base.point.day)
        gone = hit.start - base.at
        if not bare or not 0 <= gone < _WEEKDAY or "\n\n" in self.sight.text[base.at : hit.start]:
            return False
        if self.sight.before(hit.start) == "by":
            return True
        clause = re.split(r"[.;!?\n]", self.sight.low[hit.end : hit.end + _CLAUSE])[0]
        mention = self.course.mention
        if " had " in clause or (mention is not None and mention.at > base.at):
            return False  # "on Tuesday he had been warned" looks back; another date was told since
        if self._is_weekday(base):
            return True
        return gone < _WEEKDAY_NEAR and self.course.around.opens_sentence(hit.start)

    def _is_weekday(self, base: Reference) -> bool:
        """Whether the day was told with its weekday: "Tuesday, 4 June 1940", or "Thursday" counted from it."""
        word = re.match(r"(?:the )?([a-z]+)", self.sight.low[base.at : base.at + 16])
        return word is not None and word.group(1) in words()["WEEKDAY"]

    def _base_of(self, hit: Hit, unit: Unit) -> Reference | None:
        """ "That year" is the last that was mentioned; "the following year" counts from the narrative's."""
        course = self.course
        mention = course.mention
        if hit.rule in ("the part", "bare part"):
            return course.recent(hit)
        if mention is not None and hit.start - mention.at < _SAID_BEFORE:
            if unit.unit in ("DE", "CE") and mention.point.decade is not None:
                return mention
            if unit.which in ("that", "same", "the") and coarser(mention.point, unit.unit or ""):
                return mention
        return course.reference

    def _that_time(self, hit: Hit, vague: Vague) -> Resolved:
        """ "At that time": the date that the narrative has come to; how long "this period" is, it does not say."""
        reference = self.course.reference
        if self.news or self.sight.low[hit.start : hit.end].startswith("the time"):
            return Resolved(hit, vague)
        points = self.sight.before(hit.start) in ("at", "by", "from", "until", "till", "since", "to", "around", "about")
        if reference is None or not points:
            return Resolved(hit, Vague("PAST_REF"))
        return Resolved(hit, replace(reference.point, mod=None), reference.told)

    def _beside(self, index: int, found: Resolved) -> Resolved:
        """What the date before or behind it says of an expression that is counted."""
        told = found.hit.meaning
        behind = self._set_off(index, found, told) if isinstance(told, Shift) else None
        return behind or self._apposed(index, found)

    def _apposed(self, index: int, found: Resolved) -> Resolved:
        """A decade later, in 1352: the date that follows says which is meant."""
        told = found.hit.meaning
        if not isinstance(told, (Unit, Shift)) or index + 1 >= len(self.hits):
            return found
        right = self.hits[index + 1]
        date = right.meaning
        if right.start - found.hit.end > _JOINT or not isinstance(date, Point) or date.year is None or date.short:
            return found
        if not self.sight.cues.apposed.fullmatch(self.sight.low, found.hit.end, right.start):
            return found
        unit = (
            "Y" if told.unit == "DE" else "D" if told.part or not told.unit or told.unit.startswith("W") else told.unit
        )
        said = coarser(date, unit)
        if isinstance(told, Unit) and (told.season or told.month) and not told.day:
            said = Point(date.year, told.month, season=told.season)
        if said is None or (isinstance(told, Unit) and told.weekday):
            return found
        return Resolved(found.hit, replace(said, part=told.part, mod=told.mod), self.course.named(right))

    def _set_off(self, index: int, found: Resolved, told: Shift) -> Resolved | None:
        """In April 1995, a year and a half later, it began: between commas, the date before it is the one meant."""
        left = self.hits[index - 1] if index else None
        if left is None or told.base is not None or not (self.last and self.last.year) or not told.unit:
            return None
        if self.sight.low[left.end : found.hit.start] != ", " or self.sight.next_sign(found.hit.end) != ",":
            return None
        part = bool((told.amount or 0) % 1)
        said = self.last if told.unit.startswith("T") else coarser(self.last, "M" if part else told.unit)
        said = said or coarser(self.last, "M") or coarser(self.last, "Y")
        return Resolved(found.hit, replace(said, mod=told.mod), self.course.named(left)) if said else None

    # --- so many units away ---
    def _shift(self, hit: Hit, shift: Shift) -> Resolved:
        if self._from_event(hit) and self.entries.day(hit.start) is not None and self.today is not None:
            return Resolved(hit, self.today, self.anchor)
        base, anchor = self._start(hit, shift)
        if shift.amount is None:
            return Resolved(hit, Vague("PAST_REF" if shift.direction < 0 else "FUTURE_REF", mod=shift.mod), anchor)
        if base is None:
            if shift.deictic and shift.amount == 0 and not shift.part:
                return Resolved(hit, Vague("PRESENT_REF"))
            return Resolved(hit, narrative.opened_shift(shift))
        if (same := self._same_quarter(hit, shift)) is not None:
            return same
        found = narrative.counted(base, shift)
        reference = self.course.reference
        if found is None and reference is not None and shift.base is None and not shift.deictic:
            found, anchor = narrative.counted(reference.point, shift), reference.told
        if found is None:
            return Resolved(hit, narrative.opened_shift(shift, base))
        return Resolved(hit, replace(found, part=shift.part, mod=shift.mod), anchor)

    def _same_quarter(self, hit: Hit, shift: Shift) -> Resolved | None:
        """ "A year earlier" beside a quarter: that quarter of the year before."""
        quarter = self.course.quarter
        if not (
            self.news and shift.unit == "Y" and shift.amount == 1 and quarter and hit.start - quarter.at < _SAID_BEFORE
        ):
            return None
        year = quarter.point.year
        return Resolved(
            hit, Point(year + shift.direction if year else None, quarter=quarter.point.quarter), quarter.told
        )

    def _from_event(self, hit: Hit) -> bool:
        """ "A day after the fall of the port": below a date line it says how that day lies to something else."""
        last = self.sight.low[hit.start : hit.end].split()[-1]
        return (hit.rule == "length") or (hit.rule == "unit following" and last not in wordlist("beside"))

    def _start(self, hit: Hit, shift: Shift) -> tuple[Point | None, str | None]:
        """What the units are counted from."""
        if shift.base is not None:
            inner = self._inner(hit, shift.base)
            return (inner.meaning if isinstance(inner.meaning, Point) else None), inner.anchor
        reference = self.course.reference
        if self.news and (shift.deictic or reference is None or shift.unit in ("Y", "M", "Q")):
            return self.today, self.anchor
        if shift.deictic and self._now is not None and shift.amount:
            return self._now, PUBLICATION
        if shift.deictic:
            quoted = self.course.around.quotation(hit.start) is not None
            if not (quoted and shift.unit == "D"):
                return None, None
        else:
            reference = self.course.recent(hit) or reference
        return (reference.point, reference.told) if reference else (None, None)

    def _inner(self, hit: Hit, base: Meaning) -> Resolved:
        if isinstance(base, Unit):
            return self._unit(hit, base)
        if isinstance(base, Shift):
            return self._shift(hit, replace(base, base=None))
        if isinstance(base, Point) and base.feast:
            return self._feast(hit, replace(base))
        reference = self.course.reference
        if isinstance(base, Point) and base.year is None and reference and reference.point.year is not None:
            return Resolved(hit, replace(base, year=reference.point.year), f"year of {reference.told}")
        return Resolved(hit, base)

    def _nth_day(self, hit: Hit, nth: NthDay) -> Resolved:
        """The third day: counted from the first where the text dates the first, else open within its month."""
        course = self.course
        base = course.reference
        beside = course.recent(hit)
        apposed = (
            self.sight.low.startswith(", ", hit.start - 2) and beside is not None and hit.start - beside.at < _APPOSED
        )
        if nth.ordinal > 0 and apposed and beside is not None and beside.point.day:
            began = moved(beside.point, 1 - nth.ordinal, "D")
            course.first_day = Reference(began, beside.told, hit.start) if began else course.first_day
            return Resolved(hit, replace(beside.point, part=nth.part, mod=nth.mod, clock=None), beside.told)
        if nth.ordinal == 1 and base and base.point.day:
            course.first_day = Reference(replace(base.point, part=None, clock=None), base.told, hit.start)
            return Resolved(hit, replace(base.point, part=nth.part, mod=nth.mod, clock=None), base.told)
        first = course.first_day
        day = moved(first.point, nth.ordinal - 1, "D") if first and nth.ordinal > 1 else None
        if day is not None and first is not None:
            return Resolved(hit, replace(day, part=nth.part, mod=nth.mod), f"the first day, {first.told}")
        if base is None or base.point.month is None:
            return Resolved(hit, Point(open_day=True, part=nth.part, mod=nth.mod))
        open_day = Point(base.point.year, base.point.month, part=nth.part, mod=nth.mod, open_day=True)
        return Resolved(hit, open_day, f"month of {base.told}")


def _gone_by(point: Point, base: Point) -> bool:
    """Whether a feast of the base's year lies before the base, or may."""
    day = feast_day(point)
    return day is not None and (base.month is None or (day.month or 0) <= base.month)


def _modded(meaning: Meaning, unit: Unit) -> Meaning:
    if isinstance(meaning, Point):
        half = unit.half if meaning.year and not meaning.month else None
        return replace(meaning, mod=unit.mod, half=half)
    return meaning
