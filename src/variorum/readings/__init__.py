"""Readings and verdicts: what each witness says on one attribute, and how the readings of one scope stand.

Readings are joined directly, by role, scope, voice, quotation and linked sentences, within an event or without one.
What no rule can judge stands side by side and is called ``unjudged``. Rules that are often wrong are ``sure`` "low".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from variorum.engine import Engine
from variorum.readings.absence import absence_rows
from variorum.readings.across import across_rows
from variorum.readings.ages import age_rows
from variorum.readings.aside import alike_rows, aside_rows
from variorum.readings.attribution import attribution_rows
from variorum.readings.chance import rated
from variorum.readings.collation import Collation, collation_of
from variorum.readings.dates import date_rows
from variorum.readings.extents import extent_rows
from variorum.readings.fates import fate_rows
from variorum.readings.figures import all_counted, figure_rows, part_rows, voice_rows
from variorum.readings.hours import hour_rows
from variorum.readings.judge import Row, fold
from variorum.readings.main_event import main_event_rows
from variorum.readings.means import means_rows
from variorum.readings.naming import named
from variorum.readings.near_days import length_rows, near_day_rows
from variorum.readings.opposites import opposite_rows
from variorum.readings.order import order_rows
from variorum.readings.parallel import parallel_rows
from variorum.readings.particulars import particular_rows
from variorum.readings.parts import cut
from variorum.readings.responsibility import responsibility_rows
from variorum.readings.scope import Counted
from variorum.readings.sides import side_rows
from variorum.readings.sole import sole_rows
from variorum.readings.spellings import spelling_rows
from variorum.readings.sums import sum_rows
from variorum.readings.tales import joined
from variorum.readings.tolls import sole_named, tolls
from variorum.readings.weather import weather_rows
from variorum.readings.whose import whose_rows
from variorum.readings.wording import quotation_rows
from variorum.records import Reading, Toll, Verdict, table
from variorum.sentences import Part, gathered, nested, opened

__all__ = ["collated_parts", "found", "run"]


READ = pa.schema(
    [
        pa.field("key", pa.string()),
        pa.field("part", pa.string()),
        pa.field("bridge", pa.bool_()),
        pa.field("readings", pa.list_(pa.struct(list(Reading.schema())))),
        pa.field("verdicts", pa.list_(pa.struct(list(Verdict.schema())))),
        pa.field("tolls", pa.list_(pa.struct(list(Toll.schema())))),
    ]
)


def run(engine: Engine) -> None:
    """Writes ``readings``, ``verdicts`` and ``tolls``; tables that are lacking count as empty.

    Each part of the collection (`variorum.readings.parts`) is collated by itself, in any process.
    """
    cut(engine)
    engine.map("readings_made", collated_parts, "readings_parts", READ, keyed=True)
    engine.forget(["readings_parts"])
    made = engine.get("readings_made").sort_by([("bridge", "ascending"), ("part", "ascending")])
    engine.put("readings", _first(gathered(made["readings"], Reading.schema()), "reading"))
    engine.put("verdicts", _first(_repeating(made), "verdict_id"))
    engine.put("tolls", sole_named(_first(gathered(made["tolls"], Toll.schema()), "toll")))


def _repeating(made: pa.Table) -> pa.Table:
    """The verdicts; a row within a group of stories, whose readings stand in one across groups too, repeats that one.

    As in one part, the fuller row is the one that is shown (`variorum.readings.tolls`).
    """
    within, across = (
        gathered(made.filter(pc.equal(made["bridge"], bridge))["verdicts"], Verdict.schema())
        for bridge in (False, True)
    )
    members = [_members(one) for one in (within, across)]
    held = members[0].join(
        members[1], ["reading", "attribute", "rule", "verdict"], join_type="inner", right_suffix="_b"
    )
    counts = held.group_by(["row", "size", "row_b"]).aggregate([([], "count_all")])
    fuller = counts.filter(pc.equal(counts["count_all"], counts["size"])).group_by("row").aggregate([("row_b", "min")])
    told = dict(zip(fuller["row"].to_pylist(), fuller["row_b_min"].to_pylist(), strict=True))
    if not told:
        return pa.concat_tables([within, across])
    ids, sure = across["verdict_id"].to_pylist(), across["sure"].to_pylist()
    repeats, held_sure = within["repeats"].to_pylist(), within["sure"].to_pylist()
    for row, other in told.items():
        if repeats[row] is None:
            repeats[row] = ids[other]
            held_sure[row] = "low" if sure[other] == "high" else held_sure[row]
    for name, column in (("repeats", repeats), ("sure", held_sure)):
        at = within.column_names.index(name)
        within = within.set_column(at, within.schema.field(name), pa.array(column, pa.string()))
    return pa.concat_tables([within, across])


def _members(verdicts: pa.Table) -> pa.Table:
    """The readings of each verdict, with what two rows must have in common for one to repeat the other."""
    column = verdicts["readings"].combine_chunks()
    rows = pc.list_parent_indices(column)
    told = verdicts.select(["attribute", "rule", "verdict"]).take(rows)
    sizes = pc.list_value_length(column).take(rows)
    for name, values in (("reading", pc.list_flatten(column)), ("row", rows), ("size", sizes.cast(pa.int64()))):
        told = told.append_column(name, values)
    return told


def _first(data: pa.Table, name: str) -> pa.Table:
    """The rows, of those of one id the first: what lies across groups of stories may repeat what one of them has."""
    numbered = data.select([name]).append_column("row", pa.array(range(data.num_rows), pa.int64()))
    first = numbered.group_by(name, use_threads=False).aggregate([("row", "min")])["row_min"]
    return data.take(first.sort()) if len(first) < data.num_rows else data


def collated_parts(batch: pa.Table) -> pa.Table:
    """Readings, verdicts and tolls of some parts: the function that engines map over them."""
    parts = list(opened(batch))
    made = [_collated(part) for part in parts]
    told = [
        nested([table(Reading, one.readings) for one in made], Reading.schema()),
        nested([table(Verdict, one.verdicts) for one in made], Verdict.schema()),
        nested([table(Toll, one.tolls) for one in made], Toll.schema()),
    ]
    known = [[part.key for part in parts], [part.name for part in parts], [one.bridge for one in made]]
    return pa.table([*known, *told], schema=READ)


@dataclass(frozen=True, slots=True)
class _Collated:
    """What a part says, and whether it is a bridge, of which only what lies across groups of stories is kept."""

    bridge: bool
    readings: list[Reading]
    verdicts: list[Verdict]
    tolls: list[Toll]


def _collated(part: Part) -> _Collated:
    collated = collation_of(part)
    if part.name == "":
        collated.story_of = joined(collated)
    group = {(row["witness"], row["start"]): row["grp"] for row in part.tables["homes"].to_pylist()}
    bridge = len(set(group.values())) > 1
    figures = all_counted(collated)
    rows = found(collated, figures)
    if bridge:
        rows = (row for row in rows if len({group[p.witness, p.start] for p in row.passages}) > 1)
    readings, verdicts = fold((rated(row, collated) for row in rows), collated.event_of)
    told, verdicts = ([], verdicts) if bridge else tolls(collated, figures, verdicts, part.name != "")
    titles = part.tables["titles"]
    verdicts = named(verdicts, readings, dict(zip(*(titles[n].to_pylist() for n in ("witness", "title")), strict=True)))
    known = {r.reading for r in readings}
    told = [t if t.reading in known else replace(t, reading=None) for t in told]
    return _Collated(bridge, readings, verdicts, told)


def found(collated: Collation, figures: Sequence[Counted] | None = None) -> Iterator[Row]:
    """The rows of all rules, without their chance; the rules in the order of what they found in trials.

    ``figures`` are those of `all_counted`, where they are at hand.
    """
    figures = all_counted(collated) if figures is None else figures
    yield from main_event_rows(collated, figures)
    yield from part_rows(collated, figures)
    yield from figure_rows(collated, figures)
    yield from side_rows(collated, figures)
    yield from sum_rows(figures)
    yield from voice_rows(collated, figures)
    yield from fate_rows(collated)
    yield from opposite_rows(collated)
    yield from absence_rows(collated)
    yield from means_rows(collated)
    yield from extent_rows(collated)
    yield from order_rows(collated)
    yield from responsibility_rows(collated)
    yield from weather_rows(collated)
    yield from whose_rows(collated)
    yield from attribution_rows(collated)
    yield from quotation_rows(collated)
    yield from across_rows(collated, figures)
    yield from parallel_rows(collated, figures)
    yield from hour_rows(collated)
    yield from sole_rows(collated)
    yield from near_day_rows(collated)
    yield from length_rows(collated)
    yield from date_rows(collated)
    yield from particular_rows(collated)
    yield from age_rows(collated)
    yield from spelling_rows(collated)
    yield from alike_rows(collated)
    yield from aside_rows(collated)
