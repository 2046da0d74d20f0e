"""Gives each expression its place in the calendar, in one pass from left to right.

In narrative what an expression leaves out comes from the dates before it; in news from the day of publication. Every
inferred value says what it came from; what nothing settles stays open and is never filled in. The rules and what each
earned on trial are told in docs/times.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.mentions.times import news
from variorum.mentions.times.almanac import coarser, day_of, moved, point_of, week_of, year_moved
from variorum.mentions.times.meanings import Every, Hit, Length, Meaning, NthDay, Point, Shift, Unit, Vague
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.surroundings import Surroundings

__all__ = ["Resolved", "resolve"]

_SEASON_MONTH = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}
_CONNECTED = re.compile(r"[ \n]?(?:-|,|to|and|or|until|till|through|,? and|but)[ \n]?(?:the )?|, ")


@dataclass(slots=True)
class Resolved:
    """A meaning in its place: a point of the calendar, or a meaning that has none; and what it came from."""

    hit: Hit
    meaning: Meaning
    anchor: str | None = None


@dataclass(slots=True)
class _Reference:
    """The date that the narrative stands at, and the words that it was read from."""

    point: Point
    told: str


def resolve(sight: Sight, hits: Sequence[Hit], published: Point | None, mode: str) -> list[Resolved]:
    """Every hit in its place; ``published`` is the day (or month, or year) of publication."""
    walker = _Walker(sight, hits, published, mode)
    return [walker.step(index) for index in range(len(hits))]


class _Walker:
    def __init__(self, sight: Sight, hits: Sequence[Hit], published: Point | None, mode: str) -> None:
        self.sight, self.hits, self.published = sight, hits, published
        self.news = mode == "news" and published is not None
        self.around = Surroundings(sight.text)
        self.reference: _Reference | None = None
        self.first_day: _Reference | None = None
        self.dated_paragraph = -1
        self.outside: _Reference | None = None
        self.quoted: int | None = None
        self.explicit_years = [h.meaning.year if isinstance(h.meaning, Point) else None for h in hits]
        self.day_first = _day_first(sight, hits)

    # --- one expression ---
    def step(self, index: int) -> Resolved:
        hit = self.hits[index]
        self._cross_marks(hit)
        meaning = hit.meaning
        if isinstance(meaning, Point):
            found = self._point(index, meaning)
        elif isinstance(meaning, Unit):
            found = self._unit(hit, meaning)
        elif isinstance(meaning, Shift):
            found = self._shift(hit, meaning)
        elif isinstance(meaning, NthDay):
            found = self._nth_day(hit, meaning)
        else:
            found = Resolved(hit, meaning)
        self._move(index, found)
        return found

    def _cross_marks(self, hit: Hit) -> None:
        """Dates inside a quotation do not move the narrative around it."""
        quotation = self.around.quotation(hit.start)
        if quotation != self.quoted:
            if self.quoted is None:
                self.outside = self.reference
            elif self.outside is not None:
                self.reference = self.outside
            self.quoted = quotation

    def _ref(self) -> Point | None:
        return self.reference.point if self.reference else None

    def _told(self) -> str:
        return self.reference.told if self.reference else ""

    def _named(self, hit: Hit) -> str:
        words = " ".join(self.sight.text[hit.start : hit.end].split())
        return f"“{words}” at {hit.start}"

    def _publication(self) -> str:
        return "the date of publication"

    # --- calendar points ---
    def _point(self, index: int, point: Point) -> Resolved:
        hit = self.hits[index]
        point = replace(point)
        if point.style == "ambiguous":
            return self._numeric(hit, point)
        if point.short:
            return self._short(hit, point)
        if point.within is not None:
            return self._within(hit, point)
        if point.clock and point.month is None:
            return self._clock(hit, point)
        if point.year is not None or not (point.month or point.season or point.quarter):
            return Resolved(hit, point)
        return self._year_left_out(index, point)

    def _numeric(self, hit: Hit, point: Point) -> Resolved:
        if self.day_first is None:
            return Resolved(hit, Point(year=_full_year(point, self._ref(), self.published), open_day=True), None)
        if self.day_first:
            point.month, point.day = point.day, point.month
        point.style, point.year, point.short = None, _full_year(point, self._ref(), self.published), False
        return Resolved(hit, point, "order of day and month in the other dates of the text")

    def _short(self, hit: Hit, point: Point) -> Resolved:
        base = self._ref() or self.published
        if point.decade is not None:
            century = (base.year // 100 if base and base.year and base.year > 0 else 19)
            if base and base.year and century * 10 + point.decade > base.year // 10 + 1:
                century -= 1
            point.decade += century * 10
        else:
            point.year = _full_year(point, self._ref(), self.published)
        point.short = False
        anchor = f"century of {self._told()}" if self.reference else None
        return Resolved(hit, point, anchor)

    def _within(self, hit: Hit, point: Point) -> Resolved:
        inner = point.within
        assert inner is not None
        if isinstance(inner, Unit):
            outer = self._unit(hit, inner)
        elif isinstance(inner, Shift):
            outer = self._shift(hit, inner)
        else:
            outer = Resolved(hit, inner)
        if not isinstance(outer.meaning, Point):
            return Resolved(hit, point)
        told = outer.meaning
        if point.month is not None:
            point.year = told.year
            return Resolved(hit, replace(point, within=None), outer.anchor)
        whole = replace(told, clock=point.clock, zone=point.zone, mod=point.mod, part=None)
        return Resolved(hit, whole, outer.anchor)

    def _clock(self, hit: Hit, point: Point) -> Resolved:
        base = self.published if self.news else self._ref()
        anchor = self._publication() if self.news else f"day of {self._told()}"
        if base is None or base.day is None:
            return Resolved(hit, point)
        return Resolved(hit, replace(base, clock=point.clock, zone=point.zone, mod=point.mod, part=None), anchor)

    def _year_left_out(self, index: int, point: Point) -> Resolved:
        hit = self.hits[index]
        neighbour = self._right_neighbour(index)
        if neighbour is not None:
            year, told = neighbour
            return Resolved(hit, replace(point, year=year), f"year of {told}")
        if self.news and self.published is not None and self.published.year is not None:
            return Resolved(hit, news.dated(point, self.published, self._coming(hit)), self._publication())
        heading = self.around.heading_year(hit.start)
        paragraph = self.around.paragraph(hit.start)
        if heading is not None and paragraph != self.dated_paragraph and not self.around.in_heading(hit.start):
            if self.reference is None or self.reference.point.year is None or abs(self.reference.point.year - heading) > 0:
                return Resolved(hit, replace(point, year=heading), "year of the heading above")
        base = self._ref()
        if base is None or base.year is None:
            return Resolved(hit, point)
        year = base.year
        month = point.month or _SEASON_MONTH.get(point.season or "")
        if month and base.month and base.month - month > 10 and point.month:
            year = year_moved(year, 1)
        return Resolved(hit, replace(point, year=year), f"year of {self._told()}")

    def _coming(self, hit: Hit) -> bool:
        return self.around.signalled(hit.start, "future_signs")

    def _right_neighbour(self, index: int) -> tuple[int, str] | None:
        """The year that a date joined on the right names: "April to September 1957"."""
        point = self.hits[index].meaning
        for step in range(1, 4):
            if index + step >= len(self.hits):
                return None
            left, right = self.hits[index + step - 1], self.hits[index + step]
            if not isinstance(right.meaning, Point) or right.start - left.end > 12:
                return None
            if not _CONNECTED.fullmatch(self.sight.low[left.end : right.start]):
                return None
            year = right.meaning.year
            if right.meaning.month is None and right.meaning.season is None:
                return None
            if year is not None and isinstance(point, Point):
                gap = self.sight.low[left.end : right.start]
                back = point.month and right.meaning.month and point.month > right.meaning.month and ("to" in gap or "-" in gap)
                return (year_moved(year, -1) if back else year), self._named(right)
        return None

    # --- units told by their place in a row ---
    def _unit(self, hit: Hit, unit: Unit) -> Resolved:
        if unit.which in ("last", "next", "this", "") and self.news and self.published is not None:
            meaning = news.placed(unit, self.published, self._coming(hit))
            return Resolved(hit, _modded(meaning, unit), self._publication())
        base = self._ref()
        if base is None:
            return Resolved(hit, _modded(_open(unit), unit))
        found = self._in_narrative(unit, base)
        if found is None:
            return Resolved(hit, _modded(_open(unit, base), unit))
        return Resolved(hit, _modded(found, unit), self._told())

    def _in_narrative(self, unit: Unit, base: Point) -> Point | None:
        by = {"next": 1, "following": 1, "last": -1, "previous": -1}.get(unit.which, 0)
        if unit.weekday is not None:
            return _weekday(base, unit.weekday, unit.which, unit.part)
        if unit.month is not None:
            return _month(base, unit, by)
        if unit.season is not None:
            return _season(base, unit.season, by)
        if unit.unit == "WE":
            return None
        if unit.part is not None:
            day = moved(base, by, "D") if unit.part != "NI" or by > 0 else coarser(base, "D")
            return replace(day, part=unit.part) if day else None
        if unit.unit is None:
            return None
        if unit.day is not None:
            months = moved(base, by, "M")
            return replace(months, day=unit.day) if months else None
        if by == 0:
            return coarser(base, unit.unit)
        if unit.unit in ("DE", "CE"):
            near = coarser(base, unit.unit)
            return _further(near, by) if near else None
        if unit.unit in ("D", "W", "2W", "M", "Y"):
            return moved(base, by, unit.unit)
        return None

    # --- so many units away ---
    def _shift(self, hit: Hit, shift: Shift) -> Resolved:
        base, anchor = self._base(hit, shift)
        if shift.amount is None:
            value = "PAST_REF" if shift.direction < 0 else "FUTURE_REF"
            return Resolved(hit, Vague(value, mod=shift.mod), anchor)
        if base is None:
            if shift.deictic and shift.amount == 0 and not shift.part:
                return Resolved(hit, Vague("PRESENT_REF"))
            return Resolved(hit, _open_shift(shift))
        found = _counted(base, shift)
        if found is None:
            return Resolved(hit, _open_shift(shift, base))
        return Resolved(hit, replace(found, part=shift.part, mod=shift.mod), anchor)

    def _base(self, hit: Hit, shift: Shift) -> tuple[Point | None, str | None]:
        if isinstance(shift.base, Point):
            inner = self._point_alone(hit, shift.base)
            return (inner.meaning if isinstance(inner.meaning, Point) else None), inner.anchor
        if isinstance(shift.base, Unit):
            inner = self._unit(hit, shift.base)
            return (inner.meaning if isinstance(inner.meaning, Point) else None), inner.anchor
        if isinstance(shift.base, Shift):
            inner = self._shift(hit, replace(shift.base, base=None))
            return (inner.meaning if isinstance(inner.meaning, Point) else None), inner.anchor
        if self.news and (shift.deictic or self.reference is None or shift.unit in ("Y", "M", "Q")):
            return self.published, self._publication()
        if shift.deictic:
            quoted = self.around.quotation(hit.start) is not None
            if quoted and shift.unit == "D" and self.reference:
                return self.reference.point, self._told()
            return None, None
        return self._ref(), (self._told() or None)

    def _point_alone(self, hit: Hit, point: Point) -> Resolved:
        if point.year is None and self.reference and self.reference.point.year is not None:
            return Resolved(hit, replace(point, year=self.reference.point.year), f"year of {self._told()}")
        return Resolved(hit, point)

    def _nth_day(self, hit: Hit, nth: NthDay) -> Resolved:
        """The third day: counted from the first where the text dates the first, else open within its month."""
        base = self._ref()
        if nth.ordinal == 1 and base and base.day:
            self.first_day = _Reference(replace(base, part=None, clock=None), self._told())
        if nth.ordinal > 1 and self.first_day is not None:
            day = moved(self.first_day.point, nth.ordinal - 1, "D")
            if day is not None:
                return Resolved(hit, replace(day, part=nth.part, mod=nth.mod), f"the first day, {self.first_day.told}")
        if base is None or base.month is None:
            return Resolved(hit, Point(open_day=True, part=nth.part, mod=nth.mod))
        if nth.ordinal == 1 and base.day:
            return Resolved(hit, replace(base, part=nth.part, mod=nth.mod, clock=None), self._told())
        return Resolved(hit, Point(base.year, base.month, part=nth.part, mod=nth.mod, open_day=True), f"month of {self._told()}")

    # --- what moves the reference ---
    def _move(self, index: int, found: Resolved) -> None:
        meaning, hit = found.meaning, found.hit
        if not isinstance(meaning, Point):
            return
        if meaning.month or meaning.season:
            self.dated_paragraph = self.around.paragraph(hit.start)
        if not self._moves(index, found, meaning):
            return
        plain = replace(meaning, mod=None, within=None, until=None)
        if plain.season and plain.year:
            plain = Point(plain.year, _SEASON_MONTH[plain.season])
            plain.month = None if plain.month == 12 else plain.month
        self.reference = _Reference(plain, self._named(hit))

    def _moves(self, index: int, found: Resolved, point: Point) -> bool:
        hit, told = found.hit, found.hit.meaning
        if point.year is None:
            return False
        if isinstance(told, (Unit, Shift)):
            return _forward(told)
        if isinstance(told, NthDay):
            return point.day is not None
        base = self._ref()
        if base is None or base.year is None:
            return True
        if point.year == base.year and not point.month and not point.season:
            return False
        stated = isinstance(told, Point) and told.year is not None
        if not point.month and not point.season:
            return self._year_moves(index, hit, point.year, base.year)
        later = point.year > base.year or (point.year == base.year and (point.month or 0) > (base.month or 0))
        if later and self.sight.before(hit.start) in ("until", "till"):
            return False
        if later and re.search(r"\b(?:as of|well into)[ \n]$", self.sight.low[max(0, hit.start - 12) : hit.start]):
            return False
        return not (stated and point.year < base.year and not self.around.opens_sentence(hit.start))

    def _year_moves(self, index: int, hit: Hit, year: int, base: int) -> bool:
        """A bare year is believed near the reference, in a heading, at a sentence's start, or when another confirms it."""
        if self.around.in_heading(hit.start):
            return True
        if self.around.signalled(hit.start, "modal_signs") or self._names_event(hit):
            return False
        if year < base and not self.around.opens_sentence(hit.start):
            return False
        if -1 <= year - base <= 2:
            return True
        if self.around.opens_sentence(hit.start) and year > base:
            return True
        near = self.explicit_years[max(0, index - 2) : index] + self.explicit_years[index + 1 : index + 3]
        return any(other is not None and abs(other - year) <= 1 for other in near)

    def _names_event(self, hit: Hit) -> bool:
        after = self.sight.after(hit.end)
        return bool(after) and (after[0].isupper() or self.sight.before(hit.start) == "the")


def _forward(told: Unit | Shift) -> bool:
    if isinstance(told, Unit):
        return told.which in ("next", "following", "same", "that", "this", "") and not (told.which == "this" and told.unit in ("Y", "DE", "CE"))
    return told.direction > 0 and not told.deictic


def _day_first(sight: Sight, hits: Sequence[Hit]) -> bool | None:
    """Whether 4/5/1998 is a day of May here: by option, else by the unambiguous dates of the text."""
    if sight.options.numeric_order is not None:
        return sight.options.numeric_order == "day first"
    orders = set()
    for hit in hits:
        found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/\d{2,4}", sight.low[hit.start : hit.end])
        if found and max(int(found.group(1)), int(found.group(2))) > 12:
            orders.add(int(found.group(1)) > 12)
    return orders.pop() if len(orders) == 1 else None


def _full_year(point: Point, reference: Point | None, published: Point | None) -> int | None:
    """The century of '89: the one nearest to the reference; for news not after the year of publication."""
    year = point.year
    if year is None or not point.short:
        return year
    base = reference.year if reference and reference.year and reference.year > 0 else None
    if base is None and published and published.year:
        base = published.year - 30
    if base is None:
        return 1900 + year
    return min((base // 100 * 100 + year + add for add in (-100, 0, 100)), key=lambda y: abs(y - base))


def _weekday(base: Point, weekday: int, which: str, part: str | None) -> Point | None:
    """A weekday in narrative: "that Friday", "the following Monday" counted from the reference; a bare one stays open."""
    day = day_of(base)
    if day is None or which in ("", "last", "previous"):
        return None
    ahead = (weekday - day.isoweekday()) % 7
    if which in ("following", "next") and not ahead:
        ahead = 7
    found = moved(base, ahead, "D")
    return replace(found, part=part) if found else None


def _month(base: Point, unit: Unit, by: int) -> Point | None:
    if base.year is None or unit.month is None:
        return None
    year = base.year
    if by and base.month:
        if by > 0 and unit.month <= base.month:
            year = year_moved(year, 1)
        elif by < 0 and unit.month >= base.month:
            year = year_moved(year, -1)
    elif by:
        year = year_moved(year, by)
    return Point(year, unit.month, unit.day)


def _season(base: Point, season: str, by: int) -> Point | None:
    if base.year is None:
        return None
    year = base.year
    if by > 0 and (not base.month or _SEASON_MONTH[season] <= base.month):
        year = year_moved(year, 1)
    elif by < 0 and (not base.month or _SEASON_MONTH[season] >= base.month):
        year = year_moved(year, -1)
    return Point(year, season=season)


def _further(near: Point, by: int) -> Point:
    if near.decade is not None:
        return Point(decade=near.decade + by)
    return Point(century=(near.century or 0) + by)


def _counted(base: Point, shift: Shift) -> Point | None:
    amount = shift.amount or 0
    if shift.unit.startswith("T"):
        return coarser(base, "D") if shift.unit == "TS" and amount == 0 else None
    if amount % 1:
        if shift.unit != "Y" or (amount * 12) % 1:
            return None
        return moved(base, int(amount * 12) * shift.direction, "M")
    if shift.unit == "WE":
        return None
    return moved(base, int(amount) * shift.direction, shift.unit)


def _open(unit: Unit, base: Point | None = None) -> Meaning:
    """The meaning with everything open that nothing settles."""
    year = base.year if base and unit.which in ("this", "that", "same") else None
    if unit.weekday is not None:
        return Point(weekday=unit.weekday, part=unit.part)
    if unit.month is not None:
        return Point(year, unit.month, unit.day)
    if unit.season is not None:
        return Point(year, season=unit.season)
    if unit.part is not None or unit.unit == "D":
        month = base.month if base and unit.which in ("this", "that", "same") else None
        return Point(year, month, part=unit.part, open_day=True)
    if unit.unit == "M" and unit.day is not None:
        return Point(year, None, unit.day)
    return _open_value(unit.unit or "D")


def _open_value(unit: str) -> Meaning:
    value = {"W": "XXXX-WXX", "2W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX", "Q": "XXXX-QX", "DE": "XXX", "CE": "XX"}
    return Vague(value.get(unit, "XXXX-XX-XX"), "TIME" if unit.startswith("T") else "DATE")


def _open_shift(shift: Shift, base: Point | None = None) -> Meaning:
    if shift.part:
        return Point(part=shift.part, open_day=True)
    if shift.deictic:
        return Vague("PAST_REF" if shift.direction < 0 else "FUTURE_REF")
    return _open_value(shift.unit)


def _modded(meaning: Meaning, unit: Unit) -> Meaning:
    if isinstance(meaning, Point):
        half = unit.half if meaning.year and not meaning.month else None
        return replace(meaning, mod=unit.mod, half=half)
    return meaning
