"""Where and when a figure holds: the most specific place and the date of its sentence, else the last ones before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from variorum.lists import toml
from variorum.mentions import Found
from variorum.mentions.figures.counts import Count
from variorum.mentions.figures.words import Line
from variorum.records import Place, Time

__all__ = ["Scopes"]

WIDE = frozenset({"country", "continent", "ocean", "sea", "empire", "world"})
"""Kinds that count as a scope only where nothing finer stands."""

AFTER = (
    "in",
    "at",
    "near",
    "around",
    "outside",
    "inside",
    "of",
    "on",
    "across",
    "from",
    "off",
    "between",
    "throughout",
    "within",
)
"""Words before a place that make it the scene."""

BORN = re.compile(r"\bborn\b[^.;!?\n]*$", re.IGNORECASE)
BIRTH: int = toml("figures-roles")["reach"]["birth"]

OWN: int = toml("limits")["figures"]["own_place"]
"""Within how many characters behind its noun phrase a place is the figure's own: "5 villages of the district"."""

MEMORY: int = toml("limits")["figures"]["memory"]
"""How many sentences back a place may be remembered."""


class Scopes:
    """Gives each figure of a text its place and date, sentence by sentence in order."""

    def __init__(self, text: str, found: Found) -> None:
        self.text = text
        self.places = sorted((p for p in found.places if not p.metonym), key=lambda p: p.start)
        self.times = sorted((t for t in found.times if _dated(t)), key=lambda t: t.start)
        self.place_starts = [p.start for p in self.places]
        self.time_starts = [t.start for t in self.times]
        self.known = bool(found.places)
        self.last_place: str | None = None
        self.last_date: str | None = None
        self.age = 0

    def give(self, line: Line, counts: Sequence[Count]) -> None:
        """Sets ``place`` and ``date`` on the counts of one sentence; to be called for every sentence, in order."""
        places = self.places[bisect_left(self.place_starts, line.start) : bisect_left(self.place_starts, line.end)]
        times = self.times[bisect_left(self.time_starts, line.start) : bisect_left(self.time_starts, line.end)]
        times = [t for t in times if not self._born(t, counts)]
        respective = _respective(line, counts, places)
        for count in counts:
            others = [c for c in counts if c is not count]
            place = self._best_place(places, count, others) if self.known else _capitalised(line, count)
            count.place = respective.get(id(count)) or place or self.last_place
            near = _nearest(times, count)
            count.date = near if near is not None else self.last_date
        self._remember(line, places, times)

    def _remember(self, line: Line, places: list[Place], times: list[Time]) -> None:
        fine = [p for p in places if p.kind not in WIDE and self._before(p) in AFTER] or [
            p for p in places if p.kind not in WIDE
        ]
        self.age += 1
        if fine:
            self.last_place, self.age = fine[-1].name, 0
        elif not self.known and (named := _capitalised(line, None)):
            self.last_place, self.age = named, 0
        elif self.age > MEMORY:
            self.last_place = None
        if times:
            self.last_date = _edtf(times[-1])

    def _born(self, time: Time, counts: Sequence[Count]) -> bool:
        """``He was born in 1872``: a birth dates nothing else, where no figure counts those born."""
        born = BORN.search(self.text, max(0, time.start - BIRTH), time.start)
        return born is not None and not any(c.start_offset < born.start() for c in counts)

    def _before(self, place: Place) -> str:
        before = self.text[max(0, place.start - 24) : place.start].split()
        if before and before[-1].lower() == "the":
            before = before[:-1]
        return before[-1].lower() if before else ""

    def _claimed(self, place: Place, others: Sequence[Count]) -> bool:
        """In ``12 were killed, in Merrow 7`` the place stands right before another figure, whose it is."""
        return self._before(place) in AFTER and any(
            place.end < c.start_offset and not self.text[place.end : c.start_offset].strip() for c in others
        )

    def _best_place(self, places: list[Place], count: Count, others: Sequence[Count]) -> str | None:
        """The finest place: after a preposition first, then the nearest to the figure."""
        if not places:
            return None
        edge = count.line.words[count.edge - 1].end

        def rank(place: Place) -> tuple[bool, bool, bool, bool, bool, int]:
            distance = place.start - count.start_offset
            own = 0 < place.start - edge < OWN and self._before(place) in ("of", "in", "at", "near")
            between = self.text[min(place.end, count.end_offset) : max(place.start, count.start_offset)]
            return (
                ";" in between,
                self._claimed(place, others),
                not own,
                place.kind in WIDE,
                self._before(place) not in AFTER,
                distance if distance > 0 else -distance * 2,
            )

        return min(places, key=rank).name


def _respective(line: Line, counts: Sequence[Count], places: list[Place]) -> dict[int, str]:
    """``5 and 6 were killed respectively in A and B``: the first figure at the first place."""
    if not counts or "respectively" not in {w.low for w in line.words}:
        return {}
    behind = [p for p in places if p.start > counts[-1].start_offset]
    if len(behind) != len(counts):
        return {}
    return {id(count): place.name for count, place in zip(counts, behind, strict=True)}


def _dated(time: Time) -> bool:
    return time.type in ("DATE", "TIME") and bool(time.edtf)


def _edtf(time: Time) -> str | None:
    """The date of a time, without its clock: "about two in the night of 5 May" is a day for certain."""
    if not time.edtf or "/" in time.edtf:
        return time.edtf
    date = time.edtf.split("T")[0]
    return date.rstrip("~") if time.type == "TIME" else date


def _nearest(times: list[Time], count: Count) -> str | None:
    if not times:
        return None
    best = min(times, key=lambda t: (abs(t.start - count.start_offset), t.start))
    return _edtf(best)


def _capitalised(line: Line, count: Count | None) -> str | None:
    """Without a gazetteer: the capitalised words after "in", "near" or "at" that stand nearest to the figure."""
    best: tuple[int, str] | None = None
    at = 1
    while at < len(line.words):
        if line.low(at - 1) in AFTER and line.words[at].name and not line.words[at].time:
            end = at
            while end < len(line.words) and line.words[end].name and not line.words[end].time and line.words[end].alpha:
                end += 1
            distance = abs(at - (count.first if count else len(line.words)))
            if best is None or distance < best[0]:
                best = distance, line.phrase(at, end)
            at = end
        at += 1
    return best[1] if best else None
