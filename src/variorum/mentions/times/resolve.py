"""Gives each expression its place in the calendar, in one pass from left to right.

In narrative what an expression leaves out comes from the dates before it; in news from the day of publication. Every
inferred value says what it came from; what nothing settles stays open and is never filled in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.mentions.times import narrative, news
from variorum.mentions.times.almanac import (
    after_midnight,
    coarser,
    existing,
    feast_day,
    moved,
    nth_weekday,
    year_moved,
)
from variorum.mentions.times.course import SEASON_MONTH, Course, Reference
from variorum.mentions.times.entries import Entries
from variorum.mentions.times.entry_dates import EntryDates
from variorum.mentions.times.meanings import Hit, Length, Meaning, NthDay, Point, Shift, Unit, Vague
from variorum.mentions.times.orders import day_first, full_year
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__ = ["Resolved", "resolve"]

_PUBLICATION = "the date of publication"
_SEASONS = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "WI": (12, 3)}


@dataclass(slots=True)
class Resolved:
    """A meaning in its place: a point of the calendar, or a meaning that has none; and what it came from."""

    hit: Hit
    meaning: Meaning
    anchor: str | None = None


def resolve(
    sight: Sight, hits: Sequence[Hit], published: Point | None, mode: str, entries: Entries | None = None
) -> list[Resolved]:
    """Every hit in its place; ``published`` is the day (or month, or year) of publication."""
    walker = _Walker(sight, hits, published, mode, entries or Entries())
    return [walker.step(index) for index in range(len(hits))]


class _Walker:
    def __init__(self, sight: Sight, hits: Sequence[Hit], published: Point | None, mode: str, entries: Entries) -> None:
        self.sight, self.hits, self.publication = sight, hits, published
        self._mode_news = mode == "news" and published is not None
        self._retrospect = published if mode == "retrospect" else None
        self.course = Course(sight, hits, self._mode_news)
        self.entries = EntryDates(sight, hits, entries, published)
        self._named_days = _named_days(self.course, hits)
        self.today, self.anchor = published, _PUBLICATION
        self.news = self._mode_news
        self.day_first = day_first(sight, hits)
        self._last: Point | None = None
        self._winter_closes = True  # whether the winter told last closes its year, or opens it
        self._that_winter = False  # whether the season told last is "that winter", which begins in the year told before
        self._length: tuple[Length, str] | None = None

    def step(self, index: int) -> Resolved:
        """The expression of this number; they must be asked for in order."""
        hit = self.hits[index]
        self.course.cross(hit)
        self._tell(hit)
        headed = self.entries.resolve(index, self.course.reference)
        found = Resolved(hit, *headed) if headed else self._apposed(index, self._placed(index, hit))
        if getattr(hit.meaning, "season", None):
            self._that_winter = isinstance(hit.meaning, Unit)
        if isinstance(found.meaning, Point):
            found.meaning = existing(found.meaning, isinstance(hit.meaning, Point) and hit.meaning.year is not None)
        if self.entries.note(index, found.meaning):
            self.course.enter(index, found.meaning)
        else:
            self.course.note(index, found.meaning)
        self._last = found.meaning if isinstance(found.meaning, Point) else None
        return found

    def _tell(self, hit: Hit) -> None:
        """Settles the day from which this place of the text is told: that of its entry, in news that of publication."""
        entered, day = self.entries.stretch(hit.start), self.entries.day(hit.start)
        self.today, self.anchor = day or (self.publication, _PUBLICATION)
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
        return self._year_left_out(index, point)

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
        day = feast_day(point)
        point = replace(point, within=None, feast=None)
        if day is None:
            return Resolved(hit, replace(point, open_day=True), anchor)
        if anchor and self.news and self.today:
            day = self._feast_in_news(hit, day, which)
        return Resolved(hit, day, anchor)

    def _feast_in_news(self, hit: Hit, day: Point, which: str) -> Point:
        """The Christmas that is meant: the last one, the next one, or the nearest."""
        assert self.today is not None and day.year is not None
        today = (self.today.month or 0, self.today.day or 0)
        if which in wordlist("feast_which"):
            later = (day.month or 0, day.day or 0) >= today
            by = {"last": -later, "previous": -later, "next": not later, "following": not later}.get(which, 0)
            return feast_day(replace(day, year=day.year + by)) or replace(day, year=day.year + by)
        return replace(day, year=news.dated(replace(day, year=None), self.today, self._coming(hit)).year)

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

    def _year_left_out(self, index: int, point: Point) -> Resolved:
        """A month, day or season without its year."""
        hit, course = self.hits[index], self.course
        if course.yearly(hit):
            return Resolved(hit, point, "every year")
        neighbour = self._right_neighbour(index, point)
        if neighbour is not None:
            return Resolved(hit, replace(point, year=neighbour[0]), f"year of {neighbour[1]}")
        same = self._same_day(point) if self.news and self.entries.day(hit.start) is None else None
        if same is not None:
            return Resolved(hit, replace(point, year=same[0]), f"year of {same[1]}")
        if self.news and self.today is not None and self.today.year is not None:
            return Resolved(hit, news.dated(point, self.today, self._coming(hit)), self.anchor)
        heading = course.around.heading_year(hit.start)
        fresh = course.around.paragraph(hit.start) != course.dated_paragraph and not course.around.in_heading(hit.start)
        if heading is not None and fresh:
            return Resolved(hit, replace(point, year=heading), "year of the heading above")
        turned = self._left_neighbour(index, point)
        if turned is not None:
            return turned
        if course.reference is None or course.reference.point.year is None:
            return Resolved(hit, point)
        began = course.reference.point
        if self._that_winter and began.season == "WI":
            began = replace(began, season=None, month=SEASON_MONTH["WI"])
        year = _turned(began, point, self._winter_closes)
        if point.season == "WI":
            told = course.reference.point
            self._winter_closes = told.month is None or told.month > 6
        base = course.reference.point
        if (
            year is not None
            and point.month
            and (self._looks_back(hit, base, point.month) or self._wraps_here(index, base, point.month))
        ):
            year = year_moved(year, -1)
        return Resolved(hit, replace(point, year=year), f"year of {course.reference.told}")

    def _same_day(self, point: Point) -> tuple[int, str] | None:
        """The year with which the text itself names this day of this month, where it names only one."""
        found = self._named_days.get((point.month, point.day), [])
        return found[0] if len({year for year, _ in found}) == 1 else None

    def _looks_back(self, hit: Hit, base: Point, month: int) -> bool:
        """Since November, told in April: a month that a comparison reaches back to."""
        return (
            base.month is not None
            and month > base.month
            and bool(self.sight.cues.back.search(self.sight.low, max(0, hit.start - 60), hit.start))
        )

    def _coming(self, hit: Hit) -> bool:
        """Whether the clause speaks of the future before it names the time."""
        clause = re.findall(r"[\w']+", re.split(r"[,;]", self.course.around.lead(hit.start))[-1])
        if not (wordlist("future_signs") | self.sight.cues.future).isdisjoint(clause):
            return True
        before = clause[-1] if clause else ""
        if before in ("to", "till", "until", "for") and not wordlist("put_off").isdisjoint(clause):
            return True
        if before in ("is", "are"):
            return True
        return not wordlist("scheduled_verbs").isdisjoint(clause[-4:])

    def _right_neighbour(self, index: int, point: Point) -> tuple[int, str] | None:
        """The year that a date joined on the right names: "March to August 1962"."""
        if point.season and index + 1 < len(self.hits):
            named = self._month_of_season(point, self.hits[index], self.hits[index + 1])
            if named is not None:
                return named
        for step in range(index + 1, min(index + 4, len(self.hits))):
            left, right = self.hits[step - 1], self.hits[step]
            gap = self.sight.low[left.end : right.start] if right.start - left.end <= 12 else "?"
            told = right.meaning
            if (
                not isinstance(told, Point)
                or not self.sight.cues.connected.fullmatch(gap)
                or not (told.month or told.season)
            ):
                return None
            if told.year is not None:
                back = point.month and told.month and point.month > told.month and self.sight.cues.to.search(gap)
                return (year_moved(told.year, -1) if back else told.year), self.course.named(right)
        return None

    def _wraps_here(self, index: int, base: Point, month: int) -> bool:
        """October to March, told in March or later: the pair began in the year before."""
        if index + 1 >= len(self.hits) or base.month is None:
            return False
        left, right = self.hits[index], self.hits[index + 1]
        told, gap = right.meaning, self.sight.low[left.end : right.start]
        if not isinstance(told, Point) or told.month is None or right.start - left.end > 8:
            return False
        return (
            self.sight.cues.paired.fullmatch(gap) is not None
            and not self.sight.cues.listing.search(gap)
            and told.month <= base.month < month
        )

    def _left_neighbour(self, index: int, point: Point) -> Resolved | None:
        """November and January, October to March: the later month of a pair lies in the next year."""
        if not index or point.month is None or self._last is None or self._last.month is None or not self._last.year:
            return None
        left, right = self.hits[index - 1], self.hits[index]
        gap = self.sight.low[left.end : right.start]
        if right.start - left.end > 8 or not self.sight.cues.paired.fullmatch(gap) or self._last.month <= point.month:
            return None
        return Resolved(
            right, replace(point, year=year_moved(self._last.year, 1)), f"year of {self.course.named(left)}"
        )

    def _month_of_season(self, point: Point, left: Hit, right: Hit) -> tuple[int, str] | None:
        """The summer offensive of June 1911: a month of that season further on in the clause."""
        told = right.meaning
        if not isinstance(told, Point) or told.year is None or told.month is None or right.start - left.end > 80:
            return None
        first, last = _SEASONS[point.season or "SU"]
        inside = first <= told.month <= last if first < last else told.month >= first or told.month <= last
        clause = self.sight.low[left.end : right.start]
        return (told.year, self.course.named(right)) if inside and not re.search(r"[.;,\n]", clause) else None

    # --- units told by their place in a row ---
    def _unit(self, hit: Hit, unit: Unit) -> Resolved:
        if hit.rule == "instant" and self.publication is not None:
            return Resolved(hit, news.placed(unit, self.publication, False), _PUBLICATION)
        if unit.which in ("last", "next", "this", "", "the") and self.news and self.today is not None:
            return Resolved(hit, _modded(news.placed(unit, self.today, self._coming(hit)), unit), self.anchor)
        if self._now is not None and unit.which == "last" and self.sight.low.startswith("last ", hit.start):
            return Resolved(hit, _modded(news.placed(unit, self._now, self._coming(hit)), unit), _PUBLICATION)
        base = self._base_of(hit, unit)
        if base is None and hit.rule in ("the part", "bare part") and self.news and self.today is not None:
            base = Reference(self.today, self.anchor, hit.start)
        if base is None:
            return Resolved(hit, _modded(narrative.opened(unit), unit))
        found = narrative.placed(unit, base.point)
        if found is None:
            return Resolved(hit, _modded(narrative.opened(unit, base.point), unit))
        return Resolved(hit, _modded(found, unit), base.told)

    def _base_of(self, hit: Hit, unit: Unit) -> Reference | None:
        """ "That year" is the last that was mentioned; "the following year" counts from the narrative's."""
        course = self.course
        mention = course.mention
        if hit.rule in ("the part", "bare part"):
            return course.recent(hit)
        if mention is not None and hit.start - mention.at < 400:
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

    def _apposed(self, index: int, found: Resolved) -> Resolved:
        """A decade later, in 1352: the date that follows says which is meant."""
        told = found.hit.meaning
        if not isinstance(told, (Unit, Shift)) or index + 1 >= len(self.hits):
            return found
        right = self.hits[index + 1]
        date = right.meaning
        if right.start - found.hit.end > 9 or not isinstance(date, Point) or date.year is None or date.short:
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
        quarter = self.course.quarter
        if self.news and shift.unit == "Y" and shift.amount == 1 and quarter and hit.start - quarter.at < 400:
            year = quarter.point.year
            return Resolved(
                hit, Point(year + shift.direction if year else None, quarter=quarter.point.quarter), quarter.told
            )
        found = narrative.counted(base, shift)
        reference = self.course.reference
        if found is None and reference is not None and shift.base is None and not shift.deictic:
            found, anchor = narrative.counted(reference.point, shift), reference.told
        if found is None:
            return Resolved(hit, narrative.opened_shift(shift, base))
        return Resolved(hit, replace(found, part=shift.part, mod=shift.mod), anchor)

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
            return self._now, _PUBLICATION
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
        apposed = self.sight.low.startswith(", ", hit.start - 2) and beside is not None and hit.start - beside.at < 32
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


def _named_days(course: Course, hits: Sequence[Hit]) -> dict[tuple[int | None, int | None], list[tuple[int, str]]]:
    """The days that a text names with their years."""
    found: dict[tuple[int | None, int | None], list[tuple[int, str]]] = {}
    for hit in hits:
        point = hit.meaning
        if (
            isinstance(point, Point)
            and point.year
            and point.month
            and point.day
            and not point.short
            and not point.style
        ):
            found.setdefault((point.month, point.day), []).append((point.year, course.named(hit)))
    return found


def _gone_by(point: Point, base: Point) -> bool:
    """Whether a feast of the base's year lies before the base, or may."""
    day = feast_day(point)
    return day is not None and (base.month is None or (day.month or 0) <= base.month)


def _turned(base: Point, point: Point, winter_closes: bool) -> int | None:
    """The year of the reference, or the next where it has turned: December, then January; autumn, then spring."""
    year = base.year
    if year is None:
        return None
    if base.season == "WI" and not winter_closes:
        return year
    now = base.month or (SEASON_MONTH["FA"] if base.season == "FA" else None)
    if now and point.month and now - point.month > 7:
        return year_moved(year, 1)
    if base.season in ("FA", "WI") and SEASON_MONTH.get(point.season or "", 12) < SEASON_MONTH[base.season] - 3:
        return year_moved(year, 1)
    return year


def _modded(meaning: Meaning, unit: Unit) -> Meaning:
    if isinstance(meaning, Point):
        half = unit.half if meaning.year and not meaning.month else None
        return replace(meaning, mod=unit.mod, half=half)
    return meaning
