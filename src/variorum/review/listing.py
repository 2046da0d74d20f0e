"""Decisions as rows for people: what each says, of which words, and what became of it in the edition as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.review.grammar import Decision
from variorum.review.keys import span_key
from variorum.review.log import Log
from variorum.review.reviewed import said
from variorum.review.standing import live

__all__ = ["WAITING", "fates", "listed", "row_of"]

WAITING = "waiting"
"""The state of decisions that the edition was not made with yet."""


def fates(edition: Path) -> dict[str, dict[str, Any]]:
    """What became of each decision that an edition was made with: state, effect, table, rows."""
    try:
        data = pq.read_table(edition / "tables" / "decisions.parquet")
    except (OSError, pa.ArrowException):
        return {}
    wanted = ("state", "effect", "table", "rows")
    return {row["decision"]: {name: row[name] for name in wanted} for row in data.to_pylist()}


def listed(edition: Path, log: Log) -> list[dict[str, Any]]:
    """The decisions of a log as rows, in the order of their numbers."""
    known = fates(edition)
    undone = live(log.decisions)[1]
    return [row_of(one, known, undone) for one in log.decisions.values()]


def row_of(one: Decision, known: Mapping[str, Mapping[str, Any]], undone: Mapping[str, str]) -> dict[str, Any]:
    """A decision as a row."""
    fate = dict(known.get(one.id) or {"state": WAITING, "effect": "", "table": "", "rows": []})
    if one.id in undone and fate["state"] != "undone":
        fate |= {"state": "undone", "effect": f"taken back by {undone[one.id]}; not yet in the pages"}
    about = one.about
    words = [(span_key(a.witness, a.start, a.end), a.text) for a in (*about.words, *about.other)]
    words += [(ref.witness, "") for ref in about.accounts] + [(n.kind, n.form) for n in about.names]
    if about.decision:
        words.append((about.decision, ""))
    return {
        "decision": one.id, "number": one.n, "at": one.at, "by": one.by, "kind": about.kind, "says": one.says,
        "value": one.value, "why": one.why, "said": said(one), "words": words, "replaces": list(one.replaces),
        "was": about.was, "attribute": about.attribute, **fate,
    }  # fmt: skip
