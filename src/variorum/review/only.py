"""Checked rows only: an edition's tables without the rows that no person has judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa

from variorum.review.keys import key
from variorum.review.subjects import KIND_OF

__all__ = ["checked_only", "checked_rows"]


def checked_rows(reviewed: pa.Table) -> dict[str, set[str]]:
    """The keys of the rows of each table that count as checked."""
    found: dict[str, set[str]] = {}
    columns = (reviewed[name].to_pylist() for name in ("table", "row", "checked"))
    for table, row, checked in zip(*columns, strict=True):
        if checked:
            found.setdefault(table, set()).add(row)
    return found


def checked_only(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables with checked rows alone, and what these rest on.

    Accounts and their sentences stay; so do the readings of a checked comparison, their tolls, the events that it is
    about, and the claims that tell a checked event. All else that a person could have judged, and has not, is left out.
    """
    reviewed = tables.get("reviewed")
    checked = checked_rows(reviewed) if reviewed is not None else {}
    made = dict(tables)
    for name in (n for n in KIND_OF if n not in ("witnesses", "decisions", "claims", "events")):
        if name in made:
            made[name] = _with_keys(name, made[name], checked.get(name, set()))
    if "verdicts" in made:
        wanted = {r for row in made["verdicts"]["readings"].to_pylist() for r in row}
        _keep(made, "readings", "reading", wanted)
        if "tolls" in made:
            ours = zip(*(made["tolls"][name].to_pylist() for name in ("topic", "reading")), strict=True)
            _keep(made, "tolls", "topic", {topic for topic, reading in ours if reading in wanted})
        events = {e for e in made["verdicts"]["event"].to_pylist() if e is not None}
        _keep(made, "events", "event", events | checked.get("events", set()))
    if {"events", "tells"} <= made.keys():
        _keep(made, "tells", "event", set(made["events"]["event"].to_pylist()))
        told = set(made["tells"]["claim"].to_pylist())
        told |= {c for c in made["readings"]["claim"].to_pylist() if c} if "readings" in made else set()
        _keep(made, "claims", "claim", told | checked.get("claims", set()))
        _keep(made, "links", "claim_a", set(made["claims"]["claim"].to_pylist()) if "claims" in made else set())
        _keep(made, "links", "claim_b", set(made["claims"]["claim"].to_pylist()) if "claims" in made else set())
    return made


def _with_keys(name: str, data: pa.Table, keys: Collection[str]) -> pa.Table:
    return data.filter(pa.array([key(name, row) in keys for row in data.to_pylist()], pa.bool_()))


def _keep(tables: dict[str, pa.Table], name: str, column: str, values: Collection[str]) -> None:
    if name in tables:
        data = tables[name]
        tables[name] = data.filter(pa.array([value in values for value in data[column].to_pylist()], pa.bool_()))
