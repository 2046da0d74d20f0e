"""The decisions as the app holds them: the log on the disk, what became of each in the pages, and their rows."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from variorum.errors import InputError
from variorum.review.grammar import MENTIONS, Decision
from variorum.review.keys import span_key
from variorum.review.listing import fates, row_of
from variorum.review.log import Draft, Log, log_of
from variorum.review.standing import live, replaced

__all__ = ["Docket"]

Place = tuple[str, str]
"""A table and the key of a row in it."""


class Docket:
    """The decisions on an edition; safe for any number of threads."""

    def __init__(self, edition: Path) -> None:
        self.edition = edition
        self.log = Log(log_of(edition))
        self._lock = threading.RLock()
        self._fates: dict[str, dict[str, Any]] = {}
        self._on: dict[Place, list[str]] = defaultdict(list)
        self._places: dict[str, list[Place]] = {}
        self._judged: dict[str, set[Place]] = defaultdict(set)
        self._waiting = 0
        self._undone: dict[str, str] = {}
        self._settled: dict[str, str] = {}
        self.reopen()

    def reopen(self) -> None:
        """Reads again what became of the decisions, after the edition was made anew."""
        with self._lock:
            self._fates = fates(self.edition)
            self._sort()

    def refresh(self) -> list[Decision]:
        """The decisions that others have written since: another program, another app."""
        with self._lock:
            before = set(self.log.decisions)
            if not self.log.refresh():
                return []
            self._sort()
            return [one for key, one in self.log.decisions.items() if key not in before]

    def add(self, drafts: Iterable[Draft]) -> list[Decision]:
        """Writes decisions down; they are on the disk when they are given back."""
        with self._lock:
            before = len(self.log.decisions)
            made = self.log.add(drafts)
            simple = len(self.log.decisions) == before + len(made)
            if simple and all(one.says != "undo" and not one.replaces for one in made):
                for one in made:
                    self._take(one)
            else:
                self._sort()
            return made

    def _sort(self) -> None:
        """Sorts all decisions anew."""
        self._undone = live(self.log.decisions)[1]
        self._settled = replaced(d for d in self.log.decisions.values() if d.id not in self._undone)
        self._places, self._on, self._judged = {}, defaultdict(list), defaultdict(set)
        self._waiting = 0
        for one in self.log.decisions.values():
            self._take(one)

    def _take(self, one: Decision) -> None:
        """Puts a decision on its rows."""
        self._places[one.id] = self._where(one)
        self._waiting += one.id not in self._fates
        for place in self._places[one.id]:
            self._on[place].append(one.id)
            if (one.aspect or one.says in ("seen", "checked")) and self.stands(one.id):
                self._judged[one.by].add(place)

    def _where(self, one: Decision) -> list[Place]:
        """The rows that a decision is on: as the pages have it, or as its maker saw it."""
        if one.about.decision:
            target = self.log.decisions.get(one.about.decision)
            return [*self._where(target), ("decisions", target.id)] if target is not None and target != one else []
        fate = self._fates.get(one.id)
        if fate and fate["rows"]:
            return [(fate["table"].partition(", ")[0], row) for row in fate["rows"]]
        was = one.about.was
        if "table" in was and "row" in was:
            return [(str(was["table"]), str(key)) for key in (was["row"], was.get("other")) if key]
        if one.about.kind in MENTIONS and one.about.words:
            first = one.about.words[0]
            return [(MENTIONS[one.about.kind], span_key(first.witness, first.start, first.end))]
        return []

    # --- what is known ---

    def get(self, key: str) -> Decision:
        """A decision; raises `InputError` where there is none of that id."""
        one = self.log.decisions.get(key)
        if one is None:
            raise InputError(f"decision {key[:40]}", "there is no such decision", "the page of decisions lists them")
        return one

    def places(self, key: str) -> list[Place]:
        """The rows that a decision is on."""
        return self._places.get(key, [])

    def on(self, table: str, row: str) -> list[dict[str, Any]]:
        """The decisions on a row, in their order."""
        with self._lock:
            return [self.told(self.log.decisions[key]) for key in self._on.get((table, row), ())]

    def told(self, one: Decision) -> dict[str, Any]:
        """A decision as a row."""
        row = row_of(one, self._fates, self._undone)
        if row["state"] == "waiting" and one.id in self._settled:
            row |= {"state": "replaced", "effect": f"settled by {self._settled[one.id]}"}
        return row

    def stands(self, key: str) -> bool:
        """True when a decision was neither taken back nor settled by another."""
        return key in self.log.decisions and key not in self._undone and key not in self._settled

    def all(self) -> list[dict[str, Any]]:
        """Every decision, in their order."""
        with self._lock:
            return [self.told(one) for one in self.log.decisions.values()]

    def waiting(self) -> int:
        """How many decisions are not in the pages yet."""
        return self._waiting

    def judged(self, by: str | None = None) -> set[Place]:
        """The rows that a person has judged or seen, or that anybody has; notes and questions judge nothing."""
        with self._lock:
            if by is not None:
                return set(self._judged.get(by, ()))
            return {place for places in self._judged.values() for place in places}

    def last(self, by: str) -> Decision | None:
        """What a person decided last, where it stands."""
        with self._lock:
            for one in reversed(self.log.decisions.values()):
                if one.by == by and one.says != "undo" and self.stands(one.id):
                    return one
            return None

    def problems(self) -> list[str]:
        """What is wrong with the log, and with the clock, in sentences."""
        clock = self.log.clock()
        return [*self.log.problems, *([clock] if clock else [])]

    def states(self, places: Iterable[Place]) -> Mapping[Place, list[dict[str, Any]]]:
        """The decisions that stand on each of some rows."""
        return {
            place: [d for d in self.on(*place) if self.stands(d["decision"])] for place in places if place in self._on
        }
