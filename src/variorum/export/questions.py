"""What several formats ask of an edition's verdicts: each with its event and the words of its readings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from variorum import records as r
from variorum.lists import toml
from variorum.verdicts import Standing, ranked

__all__ = [
    "Around",
    "Question",
    "Sigla",
    "accounts",
    "attribute",
    "called",
    "captured",
    "counted",
    "edition_title",
    "in_batches",
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


def in_batches(tables: Mapping[str, pa.Table], kind: type[R], size: int = 2000) -> Iterator[R]:
    """The rows of a table as records, so many at once held in memory.

    >>> list(in_batches({}, r.Claim))
    []
    """
    table = tables.get(kind.TABLE)
    for start in range(0, table.num_rows if table is not None else 0, size):
        assert table is not None
        yield from r.rows(kind, table.slice(start, size))


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
        return self.whole(x.witness, x.start, x.end, x.text)

    def whole(self, witness: str, start: int, end: int, text: str) -> str:
        """The sentence that holds a span, or the ``text`` of the span where none does."""
        found = self._holding(witness, start, end)
        return found[2] if found else text

    def span(self, witness: str, start: int, end: int) -> tuple[int, int] | None:
        """The offsets of the sentence that holds a span; None where no one sentence does."""
        found = self._holding(witness, start, end)
        return (found[0], int(found[1])) if found else None

    def _holding(self, witness: str, start: int, end: int) -> tuple[int, float, str] | None:
        listed = self._found.get(witness, [])
        at = bisect_right(listed, (start, float("inf"))) - 1
        return listed[at] if at >= 0 and listed[at][1] >= end else None


_WORDS = re.compile(r"^((?:[^“”,]{1,40}, )?)“[^”\s]+”(?:, “[^”\s]+”)*(?: \([^()]{1,40}\baccounts\))?(?:, )?")
"""The words that the accounts of an event share, at the head of its label."""


def called(label: str, spare: bool = True) -> str:
    """A label without the words that its accounts share, as it stands beside their sentences.

    Where nothing else is left it stays, unless it may be spared.

    >>> called("Accident, “sank”, “metres” (all 5 accounts), Gannet Bank, 17 November 1998")
    'Accident, Gannet Bank, 17 November 1998'
    >>> called("“stay” (both accounts), “scene”"), called("“stay” (both accounts)", spare=False)
    ('', '“stay” (both accounts)')
    >>> called("The sinking of “Maria”")
    'The sinking of “Maria”'
    """
    rest = _WORDS.sub(r"\1", label)
    while rest != (more := _WORDS.sub(r"\1", rest)):
        rest = more
    rest = rest.rstrip(", ")
    return rest if rest or spare else label


class Sigla:
    """Reasons with sigla in place of the ids of accounts; what stands in quotation marks stays.

    >>> Sigla({"gull": "B"})("gull has “gull said nine”, asker-gull has “ten”")
    'B has “gull said nine”, asker-gull has “ten”'
    """

    def __init__(self, sigla: Mapping[str, str]) -> None:
        self._sigla = sigla
        ids = sorted((key for key in sigla if key.strip()), key=len, reverse=True)
        self._ids = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, ids)) + r")(?![\w-])") if ids else None

    def __call__(self, why: str) -> str:
        """The reason with sigla."""
        if self._ids is None:
            return why
        ids, parts = self._ids, re.split(r"(“[^”]{0,400}”|\"[^\"]{0,400}\")", why)
        return "".join(p if n % 2 else ids.sub(lambda m: self._sigla[m[0]], p) for n, p in enumerate(parts))


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
