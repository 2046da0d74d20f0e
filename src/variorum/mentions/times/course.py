"""Where a text stands in time as it is read: the date its narrative has come to, and the last date it mentioned.

Not every date moves the narrative. An aside to another year, a plan, the end of something ("until 1951"), a flashback
and the year in an event's name leave it where it was; what each rule earned is told in benchmarks/times.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.lists import toml
from variorum.mentions.times.meanings import Hit, Meaning, NthDay, Point, Shift, Unit
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.surroundings import Surroundings

__all__ = ["SEASON_MONTH", "Course", "Reference"]

SEASON_MONTH = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}
"""A month within each season of the north, by which seasons are put in order with months."""

_YEARLY: int = toml("limits")["times"]["yearly"]
_RECENT: int = toml("limits")["times"]["recent"]
_LEAP: int = toml("limits")["times"]["leap"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A date that has been told, the words it was read from, and where."""

    point: Point
    told: str
    at: int


class Course:
    """What the words read so far have settled."""

    def __init__(self, sight: Sight, hits: Sequence[Hit], news: bool) -> None:
        self.sight, self.hits, self.news = sight, hits, news
        self.around = Surroundings(sight.text)
        self.reference: Reference | None = None
        self.mention: Reference | None = None
        self.first_day: Reference | None = None
        self.quarter: Reference | None = None
        self.day: Reference | None = None
        """The last day told that is no look back ("had asked on 12 October")."""
        self.dated_paragraph = -1
        self._yearly: int | None = None
        self._outside: Reference | None = None
        self._quoted: int | None = None
        self._years = [h.meaning.year if isinstance(h.meaning, Point) else None for h in hits]

    def cross(self, hit: Hit) -> None:
        """Dates inside a quotation do not move the narrative around it."""
        quotation = self.around.quotation(hit.start)
        if quotation == self._quoted:
            return
        if self._quoted is None:
            self._outside = self.reference
        elif self._outside is not None:
            self.reference = self._outside
        self._quoted = quotation

    def yearly(self, hit: Hit) -> bool:
        """Whether a day is told as one of every year, or continues a list of such days."""
        near = self._yearly is not None and 0 < hit.start - self._yearly < _YEARLY
        around = self.sight.low[max(0, hit.start - 120) : hit.start]
        clause = re.split(r"[.!?\n]", around)[-1] + re.split(r"[.!?\n,;]", self.sight.low[hit.end : hit.end + 60])[0]
        listed = near and "\n" not in around[-(hit.start - (self._yearly or 0)) :]
        if self.sight.cues.yearly.search(clause) or listed:
            self._yearly = hit.start
            return True
        return False

    def named(self, hit: Hit) -> str:
        """The words of a hit and where they stand, as an anchor cites them."""
        words = " ".join(self.sight.text[hit.start : hit.end].split())
        return f"“{words}” at {hit.start}"

    def recent(self, hit: Hit) -> Reference | None:
        """The last date mentioned, when it is in the same paragraph and not far."""
        if self.mention is None or hit.start - self.mention.at > _RECENT:
            return None
        return None if "\n" in self.sight.text[self.mention.at : hit.start] else self.mention

    def note(self, index: int, meaning: Meaning) -> None:
        """Takes note of a resolved expression, and moves on where it moves the narrative."""
        hit = self.hits[index]
        if not isinstance(meaning, Point) or (meaning.weekday and not meaning.day):
            return
        if meaning.month or meaning.season:
            self.dated_paragraph = self.around.paragraph(hit.start)
        told = Reference(replace(meaning, mod=None, within=None, until=None), self.named(hit), hit.start)
        if meaning.quarter:
            self.quarter = told
        if meaning.day and meaning.year and not self.sight.cues.had.search(self.around.lead(hit.start)):
            self.day = told
        moves = self._moves(index, meaning)
        if meaning.year or meaning.decade or meaning.century:
            self.mention = told
        if moves and not self.sight.cues.born.search(self.around.lead(hit.start)):
            self.reference = told

    def enter(self, index: int, meaning: Meaning) -> None:
        """A date line brings the narrative to its date, from wherever it was; one that nothing settles, to none."""
        hit = self.hits[index]
        self.reference = self.mention = None
        if isinstance(meaning, Point) and meaning.year is not None:
            point = replace(meaning, mod=None, within=None, until=None)
            self.reference = self.mention = Reference(point, self.named(hit), hit.start)
        self.day = self.reference if self.reference and self.reference.point.day else None
        self.dated_paragraph = self.around.paragraph(hit.start)

    def _moves(self, index: int, point: Point) -> bool:
        told = self.hits[index].meaning
        if point.year is None:
            return False
        if isinstance(told, Shift) and told.unit in ("CE", "ML"):
            return False
        if isinstance(told, (Unit, Shift)):
            return self.news or (
                _forward(told) and self.sight.before(self.hits[index].start) not in ("by", "until", "till")
            )
        if isinstance(told, NthDay):
            return point.day is not None
        base = self.reference.point if self.reference else None
        if base is None or base.year is None or self.news:
            return True
        if not point.month and not point.season:
            return point.year != base.year and self._year_moves(index, point.year, base.year)
        return self._date_moves(index, point, base)

    def _date_moves(self, index: int, point: Point, base: Point) -> bool:
        hit = self.hits[index]
        assert point.year is not None and base.year is not None
        if point.year > base.year or (point.year == base.year and _month(point) > _month(base)):
            planned = self.sight.cues.plan.search(self.sight.low, max(0, hit.start - 48), hit.start)
            return planned is None and not self._goes_back(index, point.year, base.year)
        stated = self._years[index] is not None
        return not (
            stated
            and point.year < base.year
            and not ((point.day and self._first_dated(index)) or self.around.opens_sentence(hit.start))
        )

    def _goes_back(self, index: int, year: int, base: int) -> bool:
        """Whether a date years ahead is an aside: one of the next years told is where the narrative was."""
        ahead = [y for y in self._years[index + 1 : index + 7] if y is not None][:2]
        return year - base >= 2 and any(base - 1 <= y <= base + 1 for y in ahead)

    def _first_dated(self, index: int) -> bool:
        """Whether no other expression with a year comes before in the sentence."""
        hit = self.hits[index]
        if index and self._years[index - 1] is not None:
            between = self.sight.text[self.hits[index - 1].end : hit.start]
            return bool(re.search(r"[.!?]['\"”)]?\s|\n", between))
        return True

    def _year_moves(self, index: int, year: int, base: int) -> bool:
        """A bare year is believed near the reference, in a heading, at a sentence's start, or when confirmed."""
        hit = self.hits[index]
        if hit.joined == "range":
            return False
        if self.around.in_heading(hit.start):
            return True
        if self.around.signalled(hit.start, "modal_signs", 120) or self._names_event(hit):
            return False
        opens = self.around.opens_sentence(hit.start)
        if year < base and not opens:
            return False
        if self._goes_back(index, year, base):
            return False
        if -1 <= year - base <= 2 or (opens and 0 < year - base <= _LEAP):
            return True
        near = self._years[max(0, index - 2) : index] + self._years[index + 1 : index + 3]
        return any(other is not None and abs(other - year) <= 1 for other in near)

    def _names_event(self, hit: Hit) -> bool:
        """The year in the name of something: the 1936 convention, the 1951 Treaty."""
        after = self.sight.after(hit.end)
        return bool(after) and (after[0].isupper() or self.sight.before(hit.start) == "the")


def _month(point: Point) -> int:
    return point.month or SEASON_MONTH.get(point.season or "", 0)


def _forward(told: Unit | Shift) -> bool:
    if isinstance(told, Unit):
        long = told.unit in ("Y", "DE", "CE")
        return told.which in ("next", "following", "same", "that", "this", "") and not (told.which == "this" and long)
    return told.direction > 0 and not told.deictic
