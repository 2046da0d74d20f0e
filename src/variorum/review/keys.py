"""Keys of rows: what a row of any table is called in addresses, in decisions and in the table ``reviewed``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["KEYS", "key", "span_key"]

RowData = Mapping[str, Any]


def span_key(witness: str, start: int, end: int) -> str:
    """The key of words of a witness.

    >>> span_key("courier", 20, 28)
    'courier:20-28'
    """
    return f"{witness}:{start}-{end}"


def _span(row: RowData) -> str:
    return span_key(row["witness"], row["start"], row["end"])


def _column(name: str) -> Callable[[RowData], str]:
    return lambda row: str(row[name])


def _parallel(row: RowData) -> str:
    a, b = (span_key(row[f"{s}_witness"], row[f"{s}_start"], row[f"{s}_end"]) for s in "ab")
    return f"{a}~{b}"


def _check(row: RowData) -> str:
    spans = row["spans"] or [[0, 0]]
    return f"{row['kind']}:{span_key(row['witness'], spans[0][0], spans[-1][1])}"


KEYS: dict[str, Callable[[RowData], str]] = {
    **dict.fromkeys(
        ("sentences", "times", "places", "actors", "figures", "quotes", "marks", "shared", "stories"), _span
    ),
    "witnesses": _column("witness"),
    "claims": _column("claim"),
    "events": _column("event"),
    "acts": _column("act"),
    "readings": _column("reading"),
    "verdicts": _column("verdict_id"),
    "decisions": _column("decision"),
    "orphans": _column("decision"),
    "parallels": _parallel,
    "stemma": lambda row: f"{row['source']}>{row['target']}",
    "names": lambda row: f"{row['kind']}:{row['referent']}",
    "silences": lambda row: f"{row['event']}|{row['witness']}",
    "checks": _check,
    "tells": lambda row: f"{row['claim']}>{row['event']}",
    "links": lambda row: f"{row['claim_a']}~{row['claim_b']}",
    "bindings": lambda row: f"{row['decision']}:{_parallel(row)}",
    "reviewed": lambda row: f"{row['table']}/{row['row']}",
}
"""How the key of a row is made, for every table whose rows have one."""


def key(table: str, row: RowData) -> str:
    """The key of a row; rows of tables that have none are called by nothing.

    >>> key("silences", {"event": "e1", "witness": "A"}), key("problems", {"message": "none"})
    ('e1|A', '')
    """
    made = KEYS.get(table)
    return made(row) if made is not None else ""
