"""What several formats ask of an edition's verdicts: each with its event and the words of its readings."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from variorum import records as r
from variorum.lists import toml
from variorum.verdicts import Standing, ranked

__all__ = [
    "Around",
    "Question",
    "accounts",
    "attribute",
    "captured",
    "counted",
    "edition_title",
    "questions",
    "records",
]


R = TypeVar("R", bound=r.Row)


@dataclass(frozen=True, slots=True)
class Question:
    """One question about an event: its verdict, the event (None where it has none), and the readings."""

    verdict: r.Verdict
    event: r.Event | None
    readings: list[r.Reading]

    @property
    def about(self) -> str:
        """What it is about, in words: the event's label, or the scope."""
        return self.event.label if self.event else self.verdict.scope


def records(tables: Mapping[str, pa.Table], kind: type[R]) -> list[R]:
    """The rows of a table as records; a table that is missing has none."""
    table = tables.get(kind.TABLE)
    return [] if table is None else r.rows(kind, table)


def accounts(tables: Mapping[str, pa.Table]) -> dict[str, r.Witness]:
    """The accounts by id, in the edition's order."""
    return {w.witness: w for w in records(tables, r.Witness)}


class Around:
    """The sentences in which words stand."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._found: dict[str, list[tuple[int, float, str]]] = defaultdict(list)
        table = tables.get("sentences")
        if table is not None:
            for row in zip(*(table[n].to_pylist() for n in ("witness", "start", "end", "text")), strict=True):
                self._found[row[0]].append(row[1:])
        for listed in self._found.values():
            listed.sort()

    def said(self, x: r.Reading | r.Claim) -> str:
        """The sentence that holds a reading or claim, or its own words where none holds it as a whole."""
        listed = self._found.get(x.witness, [])
        at = bisect_right(listed, (x.start, float("inf"))) - 1
        return listed[at][2] if at >= 0 and listed[at][1] >= x.end else x.text


def captured(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """The time at which the address of an account was read, where a web archive says so."""
    return {f.witness: f.captured for f in records(tables, r.File) if f.witness and f.captured}


def questions(tables: Mapping[str, pa.Table], unsure: bool = False) -> list[Question]:
    """The questions on which several readings stand, the conflicts first, the weightiest first of each verdict.

    Single readings are no question; what rests on a doubtful join is left out unless ``unsure``.
    """
    held = {x.reading: x for x in records(tables, r.Reading)}
    events = {e.event: e for e in records(tables, r.Event)}
    wanted = [
        v
        for v in records(tables, r.Verdict)
        if v.verdict != Standing.SINGLE and (unsure or v.sure != "low") and any(x in held for x in v.readings)
    ]
    wanted.sort(key=lambda v: (ranked(v.verdict), -v.weight, v.verdict_id))
    return [Question(v, events.get(v.event or ""), [held[x] for x in v.readings if x in held]) for v in wanted]


def attribute(code: str) -> str:
    """The heading of an attribute, as the pages have it.

    >>> attribute("killed"), attribute("wind_force")
    ('Killed', 'Wind force')
    """
    plain = code.replace("_", " ").strip()
    return str(toml("site-words")["attributes"].get(code) or plain[:1].upper() + plain[1:])


def counted(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "witness", "witnesses"), counted(3, "lineage")
    ('1 witness', '3 lineages')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def edition_title(tables: Mapping[str, pa.Table], options: Mapping[str, object]) -> str:
    """The title that was asked for, else the edition's own, else how many accounts it has.

    >>> edition_title({}, {"title": "Two ships"}), edition_title({}, {})
    ('Two ships', 'An edition of 0 accounts')
    """
    about = options.get("about")
    own = about.get("options", {}).get("title") if isinstance(about, dict) else None
    table = tables.get("witnesses")
    count = table.num_rows if table is not None else 0
    return str(options.get("title") or own or f"An edition of {counted(count, 'account')}")
