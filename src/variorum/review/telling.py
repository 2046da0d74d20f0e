"""Which claims, events, readings and comparisons the words of a decision belong to in an edition as it is now."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from variorum.records import Claim, Reading, Tells, Verdict
from variorum.review.anchors import Place
from variorum.review.corrections import is_one
from variorum.spans import Span

__all__ = ["Comparisons", "Telling"]


class Telling:
    """Finds the claims at some words, and the event that they tell."""

    def __init__(self, claims: Iterable[Claim], tells: Iterable[Tells]) -> None:
        self._claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(claims, key=lambda c: (c.witness, c.start, c.end)):
            self._claims[claim.witness].append(claim)
        self._longest = {w: max(c.end - c.start for c in listed) for w, listed in self._claims.items()}
        self._events: dict[str, list[str]] = defaultdict(list)
        for row in tells:
            if row.relation != "whole":
                self._events[row.claim].append(row.event)

    def claims(self, place: Place) -> list[Claim]:
        """The claims whose words are these, or else those that share most with them."""
        listed = self._claims.get(place.witness, [])
        first = bisect_left(listed, place.start - self._longest.get(place.witness, 0), key=lambda c: c.start)
        near: list[tuple[int, Claim]] = []
        for claim in listed[first:]:
            if claim.start >= place.end:
                break
            common = min(claim.end, place.end) - max(claim.start, place.start)
            if 2 * common >= min(claim.end - claim.start, place.end - place.start):
                near.append((common, claim))
        exact = [claim for _, claim in near if (claim.start, claim.end) == (place.start, place.end)]
        most = max((common for common, _ in near), default=0)
        return exact or [claim for common, claim in near if common == most]

    def events(self, place: Place) -> list[str]:
        """The events that these words tell."""
        return list(dict.fromkeys(e for claim in self.claims(place) for e in self._events.get(claim.claim, ())))

    def event(self, places: Sequence[Place]) -> str | None:
        """The one event that more than half of the words tell, or all where there are two; None where none is."""
        count: Counter[str] = Counter()
        for place in places:
            count.update(self.events(place))
        ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or 2 * ranked[0][1] <= len(places):
            return None
        if len(ranked) > 1 and ranked[1][1] == ranked[0][1]:
            return None
        return ranked[0][0]


class Comparisons:
    """Finds the row of verdicts that compares some words."""

    def __init__(self, readings: Iterable[Reading], verdicts: Iterable[Verdict]) -> None:
        self._readings: dict[tuple[str, str], list[Reading]] = defaultdict(list)
        for reading in readings:
            self._readings[reading.witness, reading.attribute].append(reading)
        self._verdicts: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in verdicts:
            for name in verdict.readings:
                self._verdicts[name].append(verdict)

    def verdict(self, places: Sequence[Place], attribute: str, rule: str = "") -> Verdict | None:
        """The row that compares all of these words on an attribute: with no others, or else with fewest."""
        wanted = [self._names(place, attribute) for place in places]
        if not all(wanted):
            return None
        held = [v for v in self._on(wanted[0]) if all(names & set(v.readings) for names in wanted)]
        ranked = sorted(held, key=lambda v: (v.rule != rule, len(v.readings), v.verdict_id))
        exact = [v for v in ranked if len(v.readings) == len(places)]
        return next(iter(exact or ranked), None)

    def _names(self, place: Place, attribute: str) -> set[str]:
        listed = self._readings.get((place.witness, attribute), [])
        exact = {r.reading for r in listed if (r.start, r.end) == (place.start, place.end)}
        here = Span(place.start, place.end)
        return exact or {r.reading for r in listed if is_one(Span(r.start, r.end), here)}

    def _on(self, names: set[str]) -> list[Verdict]:
        found = {v.verdict_id: v for name in names for v in self._verdicts.get(name, ())}
        return list(found.values())
