"""The tables of an edition, read once and indexed the way the pages ask for them.

Everything is one pass over each table; no page searches a table again. Rows that point to witnesses, events, claims or
readings that do not exist are kept but lead nowhere, so that a damaged edition still opens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import pyarrow as pa

from variorum import records as r
from variorum.dates import When, parse
from variorum.export.questions import Around
from variorum.languages import named, offers
from variorum.site import pictures
from variorum.site.stories import Stories
from variorum.site.topics import Topic, topics
from variorum.verdicts import Standing, ranked, worst

__all__ = ["OF_EVENTS", "Gathered", "gather"]

R = TypeVar("R", bound=r.Row)
K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

FEW, VERY_FEW = 14, 6
"""Witnesses that are named at the head of each page, and those whose names are hardly cut there."""
LAST = "\U0010ffff"
"""What sorts a witness that the edition does not have after all others."""
OF_EVENTS = (*(s.value for s in Standing if s is not Standing.SINGLE), "uncompared", Standing.SINGLE.value)
"""How an event may stand, by rank: as its verdicts do, or told by several without anything that could be compared."""


@dataclass
class Gathered:
    """One edition as Python lists and indexes; ``about`` is what its maker says of it (title, version, hashes)."""

    tables: Mapping[str, pa.Table]
    about: Mapping[str, Any]
    witnesses: list[r.Witness] = field(default_factory=list)
    events: list[r.Event] = field(default_factory=list)
    claims: dict[str, r.Claim] = field(default_factory=dict)
    readings: dict[str, r.Reading] = field(default_factory=dict)
    verdicts: list[r.Verdict] = field(default_factory=list)
    parallels: list[r.Parallel] = field(default_factory=list)
    stemma: list[r.Stemma] = field(default_factory=list)
    names: list[r.Name] = field(default_factory=list)
    silences: list[r.Silence] = field(default_factory=list)
    checks: list[r.Check] = field(default_factory=list)
    problems: list[r.Problem] = field(default_factory=list)

    def rows(self, kind: type[R]) -> list[R]:
        """Every row of one table as records; a missing table has none, missing columns take their defaults."""
        data = self.tables.get(kind.TABLE)
        return [] if data is None else r.rows(kind, data)

    @cached_property
    def witness(self) -> dict[str, r.Witness]:
        """Witnesses by id."""
        return {w.witness: w for w in self.witnesses}

    @cached_property
    def versions(self) -> list[list[r.Witness]]:
        """The witnesses that are versions of one address, each address in the order of its days."""
        found: dict[str, list[r.Witness]] = defaultdict(list)
        for w in self.witnesses:
            if w.version_of in self.witness:
                found[w.version_of or ""].append(w)
        listed = [[self.witness[first], *later] for first, later in found.items()]
        return [sorted(group, key=lambda w: self.captured.get(w.witness) or w.published or "~") for group in listed]

    @cached_property
    def versions_with(self) -> dict[str, list[r.Witness]]:
        """The versions of its address by each witness that has any."""
        return {w.witness: group for group in self.versions for w in group}

    @cached_property
    def captured(self) -> dict[str, str]:
        """When the address of a witness was captured, where a file says so."""
        return {f.witness: f.captured for f in self.rows(r.File) if f.witness and f.captured}

    @cached_property
    def unread(self) -> dict[str, str]:
        """Witnesses in a language that is not read, each with the language's name."""
        return {w.witness: named(w.language) for w in self.witnesses if not offers(w.language, "claims")}

    @cached_property
    def order(self) -> dict[str, str]:
        """What sorts the witnesses as the edition does: their ids, where it sorts by these; so none moves another."""
        ids = [w.witness for w in self.witnesses]
        return {w: w if ids == sorted(ids) else f"{n:09}" for n, w in enumerate(ids)}

    @cached_property
    def event(self) -> dict[str, r.Event]:
        """Events by id."""
        return {e.event: e for e in self.events}

    @cached_property
    def beside(self) -> dict[str, tuple[str | None, str | None]]:
        """The events before and after each event in the chronology."""
        ids = [None, *(e.event for e in self.events), None]
        return {e.event: (ids[n], ids[n + 2]) for n, e in enumerate(self.events)}

    @cached_property
    def parts_of(self) -> dict[str, list[r.Event]]:
        """The events that are parts of each event."""
        return _grouped([e for e in self.events if e.part_of], lambda e: e.part_of or "", lambda e: e)

    @property
    def few(self) -> bool:
        """True where all witnesses and their sigla stand at the head of each page."""
        return len(self.witnesses) <= FEW

    @property
    def very_few(self) -> bool:
        """True where their names have room there."""
        return len(self.witnesses) <= VERY_FEW

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each event in the chronology, counted from 1."""
        return {e.event: n for n, e in enumerate(self.events, 1)}

    @cached_property
    def when(self) -> dict[str, When | None]:
        """The parsed date of each event."""
        return {e.event: parse(e.date) for e in self.events}

    @cached_property
    def told(self) -> dict[str, list[r.Claim]]:
        """The claims that tell each event, in the order of the witnesses and of their texts; none in passing.

        A witness of which the event has readings but no claim is told by the words of those readings.
        """
        found: dict[str, list[r.Claim]] = defaultdict(list)
        for row in self.rows(r.Tells):
            claim = self.claims.get(row.claim)
            if claim is not None and not claim.in_passing:
                found[row.event].append(claim)
        for event, readings in self.readings_of.items():
            tellers = {c.witness for c in found[event]}
            found[event] += [_as_claim(x) for x in readings if x.witness not in tellers and self._sure(x)]
        for claims in found.values():
            claims.sort(key=lambda c: (self.order.get(c.witness, LAST), c.start))
        return found

    def _sure(self, reading: r.Reading) -> bool:
        """False when all that rests on a reading is less sure."""
        verdicts = self.verdicts_on.get(reading.reading, [])
        return not verdicts or any(v.sure != "low" for v in verdicts)

    @cached_property
    def tells(self) -> dict[str, list[str]]:
        """The events that each claim tells."""
        return _grouped(self.rows(r.Tells), lambda t: t.claim, lambda t: t.event)

    @cached_property
    def tellers(self) -> dict[str, list[str]]:
        """The witnesses that tell each event, in the edition's order."""
        return {
            e: list(dict.fromkeys(c.witness for c in claims if c.witness in self.witness))
            for e, claims in self.told.items()
        }

    @cached_property
    def pictured(self) -> frozenset[str]:
        """The events that have a picture of their own: those that most witnesses tell."""
        ranked = sorted(self.events, key=lambda e: (-e.witnesses, self.number[e.event]))
        return frozenset(e.event for e in ranked[: pictures.MOST])

    @cached_property
    def events_of(self) -> dict[str, list[str]]:
        """The events that each witness tells, in the order of the chronology."""
        found: dict[str, list[str]] = defaultdict(list)
        for event in self.events:
            for witness in self.tellers.get(event.event, []):
                found[witness].append(event.event)
        return found

    @cached_property
    def verdicts_of(self) -> dict[str, list[r.Verdict]]:
        """The verdicts of each event, the most telling first."""
        return _grouped([v for v in self.verdicts if v.event], lambda v: v.event or "", lambda v: v)

    @cached_property
    def verdicts_on(self) -> dict[str, list[r.Verdict]]:
        """The verdicts that rest on each reading."""
        found: dict[str, list[r.Verdict]] = defaultdict(list)
        for verdict in self.verdicts:
            for reading in verdict.readings:
                found[reading].append(verdict)
        return found

    @cached_property
    def readings_of(self) -> dict[str, list[r.Reading]]:
        """The readings of each event."""
        return _grouped([x for x in self.readings.values() if x.event], lambda x: x.event or "", lambda x: x)

    @cached_property
    def readings_in(self) -> dict[str, list[r.Reading]]:
        """The readings of each witness."""
        return _grouped(self.readings.values(), lambda x: x.witness, lambda x: x)

    @cached_property
    def parallels_of(self) -> dict[str, list[r.Parallel]]:
        """The parallels in which each witness has a part."""
        found: dict[str, list[r.Parallel]] = defaultdict(list)
        for row in self.parallels:
            found[row.a_witness].append(row)
            if row.b_witness != row.a_witness:
                found[row.b_witness].append(row)
        return found

    @cached_property
    def pairs(self) -> dict[tuple[str, str], list[r.Parallel]]:
        """The parallels of each pair of witnesses, the pair in the edition's order, the pair that shares most first."""
        found: dict[tuple[str, str], list[r.Parallel]] = defaultdict(list)
        for row in self.parallels:
            if row.a_witness in self.witness and row.b_witness in self.witness:
                a, b = sorted((row.a_witness, row.b_witness), key=lambda w: self.order[w])
                found[a, b].append(row)
        size = {pair: sum(p.a_end - p.a_start for p in rows) for pair, rows in found.items()}
        return {pair: found[pair] for pair in sorted(found, key=lambda p: -size[p])}

    @cached_property
    def names_of(self) -> dict[tuple[str, str], list[r.Name]]:
        """The forms of each referent, by its name and kind."""
        return _grouped(self.names, lambda n: (n.referent, n.kind), lambda n: n)

    @cached_property
    def edges_of(self) -> dict[tuple[str, str], list[r.Stemma]]:
        """What each witness or source gave to each taker."""
        return _grouped(self.stemma, lambda e: (e.source, e.target), lambda e: e)

    @cached_property
    def shared_in(self) -> dict[str, list[r.Shared]]:
        """The passages of each witness that belong to a lineage."""
        return _grouped(self.rows(r.Shared), lambda s: s.witness, lambda s: s)

    @cached_property
    def silences_of(self) -> dict[str, list[r.Silence]]:
        """The silences on each event; a witness that tells it after all is not silent."""
        silent = [s for s in self.silences if s.witness not in self.tellers.get(s.event, ())]
        return _grouped(silent, lambda s: s.event, lambda s: s)

    @cached_property
    def silences_in(self) -> dict[str, list[r.Silence]]:
        """The silences of each witness."""
        return _grouped(self.silences, lambda s: s.witness, lambda s: s)

    @cached_property
    def stories(self) -> Stories:
        """Which accounts tell one main happening, and which events belong to it."""
        return Stories.of(self.rows(r.Story), self.told, self.order)

    @cached_property
    def topics(self) -> list[Topic]:
        """The questions of how many, those that narrow no other, the weightiest first."""
        return topics(self.rows(r.Toll))

    @cached_property
    def topic(self) -> dict[str, Topic]:
        """Those questions by their keys."""
        return {topic.key: topic for topic in self.topics}

    @cached_property
    def topics_of(self) -> dict[str, list[Topic]]:
        """The questions of how many that belong to each event."""
        return _grouped([t for t in self.topics if t.first.event], lambda t: t.first.event or "", lambda t: t)

    @cached_property
    def verdict(self) -> dict[str, r.Verdict]:
        """Verdicts by id."""
        return {v.verdict_id: v for v in self.verdicts}

    @cached_property
    def claims_in(self) -> dict[str, list[r.Claim]]:
        """The claims of each witness."""
        return _grouped(self.claims.values(), lambda c: c.witness, lambda c: c)

    @cached_property
    def structure(self) -> dict[str, list[r.Structure]]:
        """The parts of each witness that its form tells apart, in order."""
        return _grouped(self.rows(r.Structure), lambda row: row.witness, lambda row: row)

    @cached_property
    def repairs(self) -> dict[str, list[r.Repair]]:
        """The words of each witness that were read otherwise than they stand, in order."""
        return _grouped(self.rows(r.Repair), lambda row: row.witness, lambda row: row)

    @cached_property
    def paragraph_starts(self) -> dict[str, list[int]]:
        """Where each paragraph of each witness begins, as the sentences are numbered."""
        data = self.tables.get("sentences")
        if data is None:
            return {}
        first: dict[str, dict[int, int]] = defaultdict(dict)
        columns = (data[name].to_pylist() for name in ("witness", "paragraph", "start"))
        for witness, paragraph, start in zip(*columns, strict=True):
            held = first[witness].get(paragraph, start)
            first[witness][paragraph] = min(held, start)
        return {witness: sorted(set(starts.values())) for witness, starts in first.items()}

    @cached_property
    def around(self) -> Around:
        """The sentences in which words stand."""
        return Around(self.tables)

    @cached_property
    def checks_of(self) -> dict[str, list[r.Check]]:
        """The checks of each witness."""
        return _grouped(self.checks, lambda c: c.witness, lambda c: c)

    @cached_property
    def reviewed(self) -> dict[tuple[str, str], r.Reviewed]:
        """What people have seen: by table and key of the row."""
        return {(x.table, x.row): x for x in self.rows(r.Reviewed)}

    @cached_property
    def places_by_name(self) -> dict[str, list[r.Place]]:
        """The mentions of each place that has a position, by canonical name."""
        placed = [p for p in self.rows(r.Place) if p.lat is not None and p.lon is not None]
        return _grouped(placed, lambda p: p.name, lambda p: p)

    def unsure(self, event: str) -> list[r.Verdict]:
        """The comparisons of an event that are folded away, because the joins behind them rest on little."""
        return [v for v in self.verdicts_of.get(event, []) if v.sure == "low"]

    def standing(self, event: str) -> str:
        """The verdict of an event: the weightiest of its sure verdicts.

        ``unjudged`` never outweighs a judged verdict: it stands only where nothing else does. An event that several
        tell and in which nothing could be compared is ``uncompared``; one that a single witness tells is ``single``.
        """
        best = worst(v.verdict for v in self.verdicts_of.get(event, []) if v.sure != "low")
        several = best is Standing.SINGLE and len(self.tellers.get(event, [])) > 1
        return "uncompared" if several else best.value


def _as_claim(x: r.Reading) -> r.Claim:
    return r.Claim(x.witness, x.start, x.end, x.text, f"reading {x.reading}", "", "")


def gather(tables: Mapping[str, pa.Table], about: Mapping[str, Any]) -> Gathered:
    """Read the tables and sort them: witnesses as they stand, events by date, verdicts most telling first.

    Weights and scores that only sort are left out of the rows: they move with each account that is added, and no page
    prints them.
    """
    g = Gathered(tables, about)
    g.witnesses = g.rows(r.Witness)
    g.claims = {c.claim: c for c in g.rows(r.Claim)}
    g.readings = {x.reading: x for x in g.rows(r.Reading)}
    g.events = sorted(g.rows(r.Event), key=_chronological)
    g.verdicts = [replace(v, weight=0.0, chance=None) for v in sorted(g.rows(r.Verdict), key=_telling)]
    g.parallels = [p if p.across or p.kind == "rendition" else replace(p, score=0.0) for p in g.rows(r.Parallel)]
    g.stemma, g.names, g.silences = g.rows(r.Stemma), g.rows(r.Name), g.rows(r.Silence)
    g.checks, g.problems = g.rows(r.Check), g.rows(r.Problem)
    return g


def _chronological(event: r.Event) -> tuple[int, float, float, str]:
    when = parse(event.date)
    if when is None:
        return (1, 0.0, 0.0, event.event)
    return (0, when.point, when.high if when.high is not None else when.point, event.event)


def _telling(verdict: r.Verdict) -> tuple[bool, int, float, str]:
    weight = verdict.weight if verdict.weight == verdict.weight else 0.0  # not a number weighs nothing
    weight *= 1.0 if verdict.chance is None else verdict.chance
    return (verdict.sure == "low", ranked(verdict.verdict), -weight, verdict.verdict_id)


def _grouped(items: Iterable[T], key: Callable[[T], K], value: Callable[[T], V]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for item in items:
        found[key(item)].append(value(item))
    return found
