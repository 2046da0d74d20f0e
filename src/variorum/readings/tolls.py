"""Tolls: one question a topic (*killed, main event*), with who counted how many, as of when, printed by whom.

Figures of people that sure rows compare, or that one event holds, are one topic; those of a group, a part or a place
within it are its children. A topic whose figures only grow with the day of counting is a course and no conflict.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import pyarrow as pa
import pyarrow.compute as pc

from variorum.counted import across, part
from variorum.dates import iso
from variorum.groups import Groups
from variorum.lists import toml, words
from variorum.readings.collation import Collation
from variorum.readings.figures import grown, judged, scope_words
from variorum.readings.interval import amounts
from variorum.readings.judge import named_by_place
from variorum.readings.main_event import MAIN
from variorum.readings.scope import Counted, guard, inside
from variorum.records import Toll, Verdict
from variorum.verdicts import Standing, worst

__all__ = ["Topic", "course", "sole_named", "stand", "tolls"]

_SET = toml("readings")["tolls"]
MOST: int = _SET["most"]


@dataclass(slots=True)
class Topic:
    """One question: its figures in order of value, the row of ``verdicts`` that stands for it, and its parent."""

    members: list[Counted]
    narrowed: str = ""
    parent: str | None = None
    row: Verdict | None = None

    @property
    def topic(self) -> str:
        """The id of the topic, from its first figure and what narrows it: the same in every run."""
        first = min((f.figure.witness, f.figure.start) for f in self.members)
        return _id("q", self.members[0].role, self.narrowed, *map(str, first))


def _id(letter: str, *parts: str) -> str:
    return letter + hashlib.blake2b("|".join(parts).encode(), digest_size=6).hexdigest()


def tolls(
    collation: Collation, figures: Sequence[Counted], verdicts: Sequence[Verdict], several: bool = False
) -> tuple[list[Toll], list[Verdict]]:
    """The table of tolls, and the verdicts with the topic that each is about and the row that it repeats.

    Topics stand by their weight, children after their parent, figures by their value. Linear in the figures but within
    a topic, of which at most `most` figures are compared. ``several`` says that there are main events elsewhere.
    """
    held = {_name(f): f for f in figures if f.kind == "people" and not f.loose and not f.parts}
    parts = _Parts(f for f in held.values() if f.level == "part")
    found: list[Toll] = []
    topic_of: dict[str, Topic] = {}
    topics = sorted(_topics(collation, held, verdicts), key=_first)
    mains = Counter(t.members[0].role for t in topics if _main(t))
    for topic in topics:
        found += _listed(topic, collation, several or mains[topic.members[0].role] > 1)
        topic_of |= dict.fromkeys(map(_name, topic.members), topic)
        for child in _children(topic, parts):
            found += _listed(child, collation)
    return found, [_placed(v, topic_of) for v in verdicts]


def _placed(v: Verdict, topic_of: Mapping[str, Topic]) -> Verdict:
    """The verdict with its topic, where all its readings are of one, and the fuller row that says the same."""
    topics = [topic_of.get(r) for r in v.readings]
    topic = topics[0]
    if topic is None or any(t is not topic for t in topics):
        return v
    row = topic.row
    again = row is not None and v is not row and v.verdict == row.verdict and set(v.readings) <= set(row.readings)
    if row is None or not again:
        return replace(v, topic=topic.topic)
    return replace(v, topic=topic.topic, repeats=row.verdict_id, sure="low" if row.sure == "high" else v.sure)


class _Parts:
    """The parts of wholes, by the figure of which they are a part, or else by their sentence."""

    def __init__(self, figures: Iterable[Counted]) -> None:
        self._of: dict[tuple[str, int | None, int], list[Counted]] = defaultdict(list)
        for f in figures:
            whole = f.figure.part_of
            self._of[f.passage.witness, whole, f.passage.number if whole is None else 0].append(f)

    def of(self, whole: Counted) -> list[Counted]:
        """The parts of a figure, in its role."""
        told = self._of.get((whole.passage.witness, whole.figure.start, 0), [])
        beside = self._of.get((whole.passage.witness, None, whole.passage.number), [])
        return [f for f in (*told, *beside) if f.role == whole.role]


def _name(f: Counted) -> str:
    return named_by_place(f.figure.witness, f.figure.start, f.figure.end, f.role)


def _first(topic: Topic) -> tuple[float, str]:
    weights = toml("readings")["weight"]
    weight = topic.row.weight if topic.row else 0.0
    return (-weight - 0.01 * float(weights.get(topic.members[0].role, weights["other"])), topic.topic)


def _of_events(collation: Collation, held: Mapping[str, Counted]) -> list[list[str]]:
    """The totals of one role that one event holds."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, f in held.items():
        if f.level == "total" and (event := collation.event_of.get(f.passage.number)):
            found[event, f.role].append(name)
    return list(found.values())


def _best_rows(rows: Sequence[Verdict], held: Mapping[str, Counted], joined: Groups[str]) -> dict[str, Verdict]:
    """The row that stands for each topic: of the main event first, then with most readings, then of most weight."""
    best: dict[str, Verdict] = {}
    for v in sorted(rows, key=lambda v: (v.rule != "main event", -len(v.readings), -v.weight, v.verdict_id)):
        for r in (r for r in v.readings if r in held):
            best.setdefault(joined.find(r), v)
    return best


def _topics(collation: Collation, held: Mapping[str, Counted], verdicts: Sequence[Verdict]) -> Iterator[Topic]:
    """Totals that sure rows compare, or that one event holds; those of one account alone only on an event."""
    joined = Groups[str]()
    rules = words("readings", "tolls", "rules")
    rows = [v for v in verdicts if v.rule in rules and (v.sure == "high" or v.rule == "main event")]
    main = {r for v in rows if v.rule == "main event" for r in v.readings}
    for v in rows:
        apart = main if v.rule != "main event" else frozenset[str]()  # another happening never joins the main one
        _join(joined, [r for r in v.readings if r in held and r not in apart and held[r].role == v.attribute])
    of_events = _of_events(collation, held)
    for first, *others in of_events:
        alike = [name for name in others if (first in main) == (name in main)]
        _join(joined, [first, *(name for name in alike if guard(held[first], held[name]) is None)])
    row_of = _best_rows(rows, held, joined)
    wanted = {r for v in rows for r in v.readings}.union(*of_events)
    for group in joined.groups([n for n in held if n in wanted and held[n].level == "total"]):
        members = sorted((held[n] for n in group), key=_value)
        yield Topic(members, "", None, row_of.get(joined.find(group[0])))


def _join(joined: Groups[str], names: Sequence[str]) -> None:
    for name in names[1:]:
        joined.join(names[0], name)


def _value(f: Counted) -> tuple[float, float, float, str, int]:
    return (f.amount.low, f.amount.high, f.as_of.first if f.as_of else 0.0, f.figure.witness, f.figure.start)


def _narrow(f: Counted, members: Sequence[Counted]) -> str:
    """What narrows a figure within its topic: a group that is but a part of the people, or a place within another's."""
    if f.group and (f.level == "part" or part(f.group, "people") or across(f.group)):
        return f.group
    wider = any(inside(f, g) and f.amount.middle < g.amount.middle for g in members[:MOST])
    return f.spot.name if wider and f.spot else ""


def _children(topic: Topic, parts: _Parts) -> Iterator[Topic]:
    """The groups, places and parts of a topic."""
    grouped: dict[str, list[Counted]] = defaultdict(list)
    seen: set[int] = set()
    for f in (g for whole in topic.members for g in parts.of(whole)):
        if id(f) not in seen:
            seen.add(id(f))
            grouped[f.group or (f.spot.name if f.spot else "") or "a part"].append(f)
    for f in topic.members:
        if narrowed := _narrow(f, topic.members):
            grouped[narrowed].append(f)
    for narrowed, members in sorted(grouped.items()):
        if narrowed != topic.members[0].role and len(members) < len(topic.members) + len(seen):
            yield Topic(sorted(members, key=_value), narrowed, topic.topic)


def course(members: Sequence[Counted]) -> bool:
    """True when figures differ, and each difference is that of a later count of what was still being counted."""
    pairs = [(a, b) for a, b in combinations(members[:MOST], 2) if amounts(a.amount, b.amount) == Standing.CONFLICT]
    return bool(pairs) and all(grown(a, b) for a, b in pairs)


def stand(topic: Topic, members: Sequence[Counted], grew: bool) -> str:
    """How the figures of a topic stand; where a row agrees and others beside it do not meet, that is for the reader."""
    if topic.row is not None and not grew:
        agrees = topic.row.verdict == Standing.AGREE
        return Standing.UNJUDGED.value if agrees and _apart(members) else topic.row.verdict
    if len({f.passage.witness for f in members}) < 2:
        return Standing.SINGLE.value
    if grew:
        return Standing.COMPATIBLE.value
    pairs = combinations(members[:MOST], 2)
    return worst([judged(a, b) for a, b in pairs if a.passage.witness != b.passage.witness]).value


def _apart(members: Sequence[Counted]) -> bool:
    return any(amounts(a.amount, b.amount) == Standing.CONFLICT for a, b in combinations(members[:MOST], 2))


def _main(topic: Topic) -> bool:
    return topic.row is not None and topic.row.rule == "main event"


def _listed(topic: Topic, collation: Collation, several: bool = False) -> Iterator[Toll]:
    """The rows of a topic; for a parent without those that its children narrow, unless nothing else is left.

    ``several`` says that more than one story has a main event: each is told apart by its place and day.
    """
    members = topic.members
    if topic.parent is None:
        members = [f for f in members if not _narrow(f, members)] or members
    grew = course(members)
    verdict = stand(topic, members, grew)
    told = scope_words(members)
    scope = told if not _main(topic) else ", ".join(x for x in (MAIN, told if several else "") if x)
    label = ", ".join(x for x in (members[0].role, topic.narrowed or scope) if x)
    events = Counter(e for f in topic.members if (e := collation.event_of.get(f.passage.number)))
    event = min(events, key=lambda e: (-events[e], e)) if events else None
    seen: list[tuple[Counted, str]] = []
    for position, f in enumerate(members, 1):
        toll = _id("t", topic.topic, f.figure.witness, str(f.figure.start))
        item = f.reading()
        yield Toll(
            item.witness, item.start, item.end, item.text, toll, topic.topic, label, topic.parent, event, f.role,
            f.group or None, item.place, scope, f.figure.low, f.figure.high, iso(f.as_of),
            f.figure.voice[-1] if f.figure.voice else None, _name(f), position, grew, verdict,
            topic.row.verdict_id if topic.row else None, next((t for g, t in seen if _same(f, g)), None),
        )  # fmt: skip
        seen.append((f, toll))
        seen = [(g, t) for g, t in seen if g.amount == f.amount][-MOST:]


def sole_named(told: pa.Table) -> pa.Table:
    """The tolls of all parts; a main event that is the only one with its role needs no place and day in its name."""
    main = pc.and_(pc.starts_with(told["scope"], MAIN), pc.is_null(told["parent"]))
    topics = told.filter(main).group_by(["role", "topic"]).aggregate([]).group_by("role").aggregate([([], "count_all")])
    sole = pc.and_(main, pc.is_in(told["role"], topics.filter(pc.equal(topics["count_all"], 1))["role"]))
    plain = {"scope": pa.scalar(MAIN), "label": pc.binary_join_element_wise(told["role"], MAIN, ", ")}
    for name, column in plain.items():
        at = told.column_names.index(name)
        told = told.set_column(at, told.schema.field(name), pc.if_else(sole, column, told[name]))
    return told


def _same(f: Counted, g: Counted) -> bool:
    """True when one account gives a number again, or both have it from one source, in the words of one lineage."""
    if f.amount != g.amount:
        return False
    return f.passage.witness == g.passage.witness or bool(set(f.passage.lineages) & set(g.passage.lineages))
