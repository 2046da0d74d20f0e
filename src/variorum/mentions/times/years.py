"""The years that a text leaves out: a month, a day or a season stands without one, and the words around it tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.lists import toml
from variorum.mentions.times import news
from variorum.mentions.times.almanac import year_moved
from variorum.mentions.times.course import SEASON_MONTH, Course
from variorum.mentions.times.entry_dates import EntryDates
from variorum.mentions.times.meanings import Hit, Meaning, Point
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.wordlists import wordlist

__all__ = ["Resolved", "Years"]

_SEASON: int = toml("limits")["times"]["season"]
_AHEAD: int = toml("limits")["times"]["ahead"]
_SEASONS = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "WI": (12, 3)}


@dataclass(slots=True)
class Resolved:
    """A meaning in its place: a point of the calendar, or a meaning that has none; and what it came from."""

    hit: Hit
    meaning: Meaning
    anchor: str | None = None


class Years:
    """Finds the year of a point that has none; the base of what resolves all other expressions.

    ``news`` and ``today`` are settled for the place of the text that is read; ``last`` is the point told before.
    """

    def __init__(self, sight: Sight, hits: Sequence[Hit], course: Course, entries: EntryDates) -> None:
        self.sight, self.hits, self.course, self.entries = sight, hits, course, entries
        self.news = False
        self.today: Point | None = None
        self.anchor = ""
        self.last: Point | None = None
        self.winter_closes = True  # whether the winter told last closes its year, or opens it
        self.that_winter = False  # whether the season told last is "that winter", which begins in the year told before
        self._named_days = _named_days(course, hits)

    def year_left_out(self, index: int, point: Point) -> Resolved:
        """A month, day or season without its year, by the first of these ways that tells it."""
        ways = (self._yearly, self._by_right, self._by_day, self._by_news, self._by_heading, self._left_neighbour)
        told = (way(index, point) for way in ways)
        return next((found for found in told if found is not None), None) or self._by_course(index, point)

    def _yearly(self, index: int, point: Point) -> Resolved | None:
        hit = self.hits[index]
        return Resolved(hit, point, "every year") if self.course.yearly(hit) else None

    def _by_right(self, index: int, point: Point) -> Resolved | None:
        return self._of(index, point, self._right_neighbour(index, point))

    def _by_day(self, index: int, point: Point) -> Resolved | None:
        named = self.news and self.entries.day(self.hits[index].start) is None
        return self._of(index, point, self._same_day(point)) if named else None

    def _of(self, index: int, point: Point, told: tuple[int, str] | None) -> Resolved | None:
        """The point in a year, and by which words."""
        return None if told is None else Resolved(self.hits[index], replace(point, year=told[0]), f"year of {told[1]}")

    def _by_news(self, index: int, point: Point) -> Resolved | None:
        if not self.news or self.today is None or self.today.year is None:
            return None
        found = news.dated(point, self.today, self.coming(self.hits[index]))
        month = self.today.month or 12
        if self._begun(self.hits[index]) and (found.year or 0, found.month or 0) > (self.today.year, month):
            found = replace(found, year=self.today.year - ((found.month or 0) > month))
        return Resolved(self.hits[index], found, self.anchor)

    def _begun(self, hit: Hit) -> bool:
        """Whether something lasts since then: it has begun."""
        return self.sight.cues.since.search(self.sight.low, max(0, hit.start - 12), hit.start) is not None

    def _by_heading(self, index: int, point: Point) -> Resolved | None:
        hit, course = self.hits[index], self.course
        heading = course.around.heading_year(hit.start)
        fresh = course.around.paragraph(hit.start) != course.dated_paragraph and not course.around.in_heading(hit.start)
        return Resolved(hit, replace(point, year=heading), "year of the heading above") if heading and fresh else None

    def _by_course(self, index: int, point: Point) -> Resolved:
        """The year that the narrative has come to, or the one beside it."""
        hit, reference = self.hits[index], self.course.reference
        if reference is None or reference.point.year is None:
            return Resolved(hit, point)
        began = base = reference.point
        if self.that_winter and began.season == "WI":
            began = replace(began, season=None, month=SEASON_MONTH["WI"])
        year = _turned(began, point, self.winter_closes)
        if point.season == "WI":
            self.winter_closes = base.month is None or base.month > 6
        if year is not None and point.month and self._lies_back(index, base, point.month):
            year = year_moved(year, -1)
        return Resolved(hit, replace(point, year=year), f"year of {reference.told}")

    def _lies_back(self, index: int, base: Point, month: int) -> bool:
        return self._looks_back(self.hits[index], base, month) or self._wraps_here(index, base, month)

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
        if not index or point.month is None or self.last is None or self.last.month is None or not self.last.year:
            return None
        left, right = self.hits[index - 1], self.hits[index]
        gap = self.sight.low[left.end : right.start]
        if right.start - left.end > 8 or not self.sight.cues.paired.fullmatch(gap) or self.last.month <= point.month:
            return None
        return Resolved(right, replace(point, year=year_moved(self.last.year, 1)), f"year of {self.course.named(left)}")

    def _month_of_season(self, point: Point, left: Hit, right: Hit) -> tuple[int, str] | None:
        """The summer offensive of June 1911: a month of that season further on in the clause."""
        told = right.meaning
        if not isinstance(told, Point) or told.year is None or told.month is None or right.start - left.end > _SEASON:
            return None
        first, last = _SEASONS[point.season or "SU"]
        inside = first <= told.month <= last if first < last else told.month >= first or told.month <= last
        clause = self.sight.low[left.end : right.start]
        return (told.year, self.course.named(right)) if inside and not re.search(r"[.;,\n]", clause) else None

    def coming(self, hit: Hit) -> bool:
        """Whether the clause speaks of the future before it names the time."""
        clause = re.findall(r"[\w']+", re.split(r"[,;]", self.course.around.lead(hit.start))[-1])
        if not (wordlist("future_signs") | self.sight.cues.future).isdisjoint(clause):
            return True
        if self._future_follows(hit):
            return True
        if self.sight.cues.ahead.match(self.sight.low, hit.end) and not self._begun(hit):
            return True
        before = clause[-1] if clause else ""
        if before in ("to", "till", "until", "for") and not wordlist("put_off").isdisjoint(clause):
            return True
        if before in ("is", "are"):
            return True
        return not wordlist("scheduled_verbs").isdisjoint(clause[-4:])

    def _future_follows(self, hit: Hit) -> bool:
        """ "On Monday he will travel": the verb behind a time that opens its sentence; not "he said he will"."""
        if not self.course.around.opens_sentence(hit.start):
            return False
        after = re.findall(r"[\w']+", re.split(r"[.;:!?\n]", self.sight.low[hit.end : hit.end + _AHEAD])[0])
        at = next((i for i, word in enumerate(after) if word in wordlist("future_verbs")), None)
        return at is not None and wordlist("ends_future").isdisjoint(after[:at])


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
