"""A part of an edition: the questions that fit a filter, and what these rest on."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from variorum import records as r
from variorum.export.questions import accounts, records
from variorum.select import facts_of, selector

__all__ = ["fitting", "selected"]


LEFT_OUT = ("parallels", "shared", "stemma", "checks")
"""Tables between whole accounts, of which a part of the questions is no part."""


def selected(tables: Mapping[str, pa.Table], where: str) -> dict[str, pa.Table]:
    """The tables with the verdicts that fit ``where`` (`variorum.select`), their readings, events, tolls and claims.

    Accounts and their sentences stay; what tells of other events or of no question is left out. Raises `InputError` for
    a filter that cannot be read.

    >>> selected({"silences": r.table(r.Silence, [r.Silence("e1", "A", "")])}, "killed")["silences"].num_rows
    0
    """
    readings = {x.reading: x for x in records(tables, r.Reading)}
    kept = fitting(tables, where)
    rests = {x for v in kept for x in v.readings}
    events = {v.event for v in kept if v.event}
    events |= {e for x in rests if x in readings and (e := readings[x].event)}
    verdicts = {v.verdict_id for v in kept}
    topics = {t.topic for t in records(tables, r.Toll) if t.reading in rests or t.verdict_id in verdicts}
    claims = {t.claim for t in records(tables, r.Tells) if t.event in events}
    claims |= {readings[x].claim or "" for x in rests if x in readings}
    wanted = {"verdicts": ("verdict_id", verdicts), "readings": ("reading", rests), "tolls": ("topic", topics)}
    wanted |= dict.fromkeys(("events", "tells", "silences"), ("event", events))
    wanted |= {"claims": ("claim", claims), "links": ("claim_a", claims)}
    made = {name: _kept(data, *wanted[name]) if name in wanted else data for name, data in tables.items()}
    return {name: data.slice(0, 0) if name in LEFT_OUT else data for name, data in made.items()}


def fitting(tables: Mapping[str, pa.Table], where: str) -> list[r.Verdict]:
    """The verdicts that fit ``where``; raises `InputError` for a filter that cannot be read.

    >>> fitting({}, "killed and conflict")
    []
    """
    fits, readings, known = selector(where), {x.reading: x for x in records(tables, r.Reading)}, accounts(tables)
    labels = {e.event: e.label for e in records(tables, r.Event)}
    reviewed = {x.row: x for x in records(tables, r.Reviewed) if x.table == r.Verdict.TABLE}
    return [v for v in records(tables, r.Verdict) if fits(facts_of(v, readings, known, labels, reviewed))]


def _kept(data: pa.Table, column: str, values: set[str]) -> pa.Table:
    return data.filter(pa.array([value in values for value in data[column].to_pylist()], pa.bool_()))
