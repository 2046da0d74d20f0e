"""How each witness stands to each event: tells it, took it over, is silent, on which side of a conflict."""

from __future__ import annotations

from typing import NamedTuple

from variorum import records as r
from variorum.site.gathered import Gathered
from variorum.site.lineages import Lineages
from variorum.verdicts import Standing

__all__ = ["Cell", "cells", "groups", "sides"]


class Cell(NamedTuple):
    """One witness at one event: ``own``, ``taken``, ``silent`` or ``none``; ``side`` 1 or 2 of a conflict."""

    kind: str
    side: int

    @property
    def words(self) -> str:
        """The cell read aloud."""
        said = {"own": "in its own words", "taken": "took it over", "silent": "silent", "none": ""}[self.kind]
        return said + ("", ", on one side of the conflict", ", on the other side")[self.side]


def cells(g: Gathered, lineages: Lineages, event: str) -> dict[str, Cell]:
    """The cells of an event, for the witnesses that tell it or are silent."""
    side = sides(g, event)
    found = {s.witness: Cell("silent", 0) for s in g.silences_of.get(event, [])}
    for lineage in lineages.of(event):
        for teller in lineage.tellers:
            found[teller.witness] = Cell("taken" if teller.taken else "own", side.get(teller.witness, 0))
    return found


def sides(g: Gathered, event: str) -> dict[str, int]:
    """On which side of the event's weightiest sure conflict each witness stands: 1 with the first, 2 apart from it."""
    sure = (v for v in g.verdicts_of.get(event, []) if v.sure != "low")
    verdict = next((v for v in sure if v.verdict == Standing.CONFLICT), None)
    if verdict is None:
        return {}
    made = groups([g.readings[x] for x in verdict.readings if x in g.readings])
    return {reading.witness: 1 if n == 0 else 2 for n, group in reversed(list(enumerate(made))) for reading in group}


def groups(readings: list[r.Reading]) -> list[list[r.Reading]]:
    """Readings with the same value together, in the order of first appearance."""
    found: dict[object, list[r.Reading]] = {}
    for reading in readings:
        found.setdefault(_value(reading), []).append(reading)
    return list(found.values())


def _value(reading: r.Reading) -> object:
    if reading.low is not None or reading.high is not None:
        return (_number(reading.low), _number(reading.high))
    return (reading.value or reading.date or reading.place or reading.text).strip().lower()


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else value
