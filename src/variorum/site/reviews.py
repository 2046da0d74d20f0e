"""What people said of rows, as the pages show it beside them: who, what, and whether the row counts as checked."""

from __future__ import annotations

import json
from collections.abc import Iterable

from markupsafe import Markup

from variorum import records as r
from variorum.site.gathered import Gathered
from variorum.site.marking import shown
from variorum.site.safe import filled

__all__ = ["LABELS", "VALUES", "left_out", "note", "value"]

VALUES = ("checked", "beside", "seen", "unseen")
LABELS = {"checked": "checked", "beside": "people differ", "seen": "seen, not checked", "unseen": "seen by nobody"}
OWN = {"label": "title", "date": "date", "verdict": "verdict"}
"""Columns of a row that a person's decision changes, and what the page calls them."""
MOST = 400


def value(g: Gathered, table: str, key: str) -> str:
    """Where a row stands: checked, people differ (``beside``), seen, or unseen."""
    row = g.reviewed.get((table, key))
    if row is None:
        return "unseen"
    return "checked" if row.checked else "beside" if row.standing == "beside" else "seen"


def note(g: Gathered, table: str, key: str) -> Markup:
    """What people said of a row, and what the program had where they changed it; nothing where nobody did."""
    row = g.reviewed.get((table, key))
    if row is None:
        return Markup()
    said = shown(row.said)[:MOST]
    mark = filled('<span class="v {}">{}</span> ', "reviewed" if row.checked else "asked", LABELS[value(g, table, key)])
    was = _was(row)
    return filled('<small class="review">{}<bdi>{}</bdi>{}</small>', mark, said, was)


def _was(row: r.Reviewed) -> Markup:
    """What the program said, where a person's words stand in its place."""
    if row.standing != "corrected" or not row.was:
        return Markup()
    held = json.loads(row.was)
    changed = [f"{name} {held[column]}" for column, name in OWN.items() if held.get(column) and name in row.said]
    return filled(" · the program’s: <bdi>{}</bdi>", shown("; ".join(changed))[:200]) if changed else Markup()


def left_out(g: Gathered) -> Iterable[r.Decided]:
    """The decisions by which accounts were left out."""
    return [d for d in g.rows(r.Decided) if d.says == "leave out" and d.state == "obeyed"]
