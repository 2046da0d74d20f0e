"""Corrected mentions: what people said of times, places, figures, quotes, actors and claims, put into what was found.

Corrections are obeyed while a witness is annotated, after each finder, so that what is found later rests on them: a
corrected time moves the dates of figures and claims. They are made of decisions beforehand (`variorum.review.mentions`)
and travel to the finders as plain data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, TypeVar

from variorum.records import Actor, Claim, Figure, Place, Quote, Row, Time
from variorum.spans import OffsetMap, Span

__all__ = ["Correction", "corrected", "is_one", "loaded", "packed"]

R = TypeVar("R", bound=Row)
NEAR = 40
"""A row and a correction that are both shorter than this are of one mention where one holds the other."""
SHARE = 3
"""Longer ones only where the longer is at most so many times the shorter."""
KINDS: dict[str, type[Row]] = {
    "times": Time, "places": Place, "figures": Figure, "quotes": Quote, "actors": Actor, "claims": Claim,
}  # fmt: skip
BARE: dict[str, dict[str, Any]] = {
    "times": {"type": "DATE", "value": ""},
    "places": {"name": "", "kind": "place"},
    "figures": {"low": None, "high": None, "approximate": False, "unit": None, "role": "other"},
    "quotes": {
        "speaker": None, "speaker_start": None, "speaker_end": None, "cue_start": None, "cue_end": None, "direct": True,
    },
    "actors": {"name": "", "kind": "person"},
    "claims": {"claim": "", "type": "", "trigger": ""},
}  # fmt: skip
"""The columns of a mention that nobody found but a person."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right of the words ``start:end`` of a witness: ``values``, or nothing where no mention is there."""

    witness: str
    table: str
    start: int
    end: int
    values: dict[str, Any] | None
    decisions: list[str] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """The words in the text as read."""
        return Span(self.start, self.end)


def packed(corrections: Iterable[Correction]) -> str:
    """Corrections as a line of JSON, the same for the same corrections; empty where there is none.

    >>> loaded(packed([Correction("a", "times", 0, 4, {"edtf": "1998"})]))[0].values
    {'edtf': '1998'}
    >>> packed([])
    ''
    """
    listed = sorted((asdict(one) for one in corrections), key=lambda one: (one["table"], one["start"], one["end"]))
    return json.dumps(listed, sort_keys=True) if listed else ""


def loaded(line: str | None) -> list[Correction]:
    """Corrections from a line of JSON."""
    return [Correction(**one) for one in json.loads(line)] if line else []


def is_one(a: Span, b: Span) -> bool:
    """True when two stretches are those of one mention: the same, or one in the other and not much shorter.

    >>> is_one(Span(10, 12), Span(4, 12)), is_one(Span(10, 12), Span(12, 14)), is_one(Span(0, 300), Span(10, 30))
    (True, False, False)
    """
    if not (a.contains(b) or b.contains(a)):
        return False
    shorter, longer = sorted((a.end - a.start, b.end - b.start))
    return longer <= NEAR or longer <= SHARE * shorter


def corrected(
    table: str, found: Sequence[R], corrections: Iterable[Correction], text: str, map: OffsetMap | None = None
) -> list[R]:
    """The rows of one table of a witness with the corrections in them; ``map`` leads from the text as read to ``text``.

    >>> row = Figure("a", 9, 11, "31", 31, 31, False, "people", "killed")
    >>> more = Correction("a", "figures", 9, 11, {"low": 34, "high": 34})
    >>> [one.low for one in corrected("figures", [row], [more], row.text)]
    [34]
    >>> corrected("figures", [row], [Correction("a", "figures", 9, 11, None)], row.text)
    []
    """
    rows = list(found)
    for one in corrections:
        if one.table == table:
            span = map.forward(one.start, one.end) if map is not None else one.span
            rows = _put(rows, one, span, text)
    return rows


def _put(rows: list[R], one: Correction, span: Span, text: str) -> list[R]:
    meant = [n for n, row in enumerate(rows) if is_one(Span(row.start, row.end), span)]  # type: ignore[attr-defined]
    exact = [n for n in meant if (rows[n].start, rows[n].end) == span]  # type: ignore[attr-defined]
    chosen = exact or meant
    if one.values is None:
        return [row for n, row in enumerate(rows) if n not in chosen]
    if len(chosen) == 1:
        rows[chosen[0]] = valued(rows[chosen[0]], one.values)
        return rows
    if span.start >= span.end:
        return rows
    kept = [row for n, row in enumerate(rows) if n not in chosen]
    new = KINDS[one.table](one.witness, span.start, span.end, span.of(text), **BARE[one.table])  # type: ignore[call-arg]
    kept.append(valued(new, one.values))  # type: ignore[arg-type]
    return sorted(kept, key=lambda row: (row.start, row.end))  # type: ignore[attr-defined]


def valued(row: R, values: dict[str, Any]) -> R:
    """A row with the values that a person gave, and what follows from them within the row."""
    given = {name: list(v or ()) if name in _LISTS else v for name, v in values.items()}
    changes = _FOLLOWING.get(type(row), dict)(row, given) if type(row) in _FOLLOWING else given
    known = {f.name for f in fields(row)}
    return replace(row, **{name: value for name, value in changes.items() if name in known and _held(name, value)})


_LISTS = frozenset(("voice", "chain"))
_NEVER_NULL = frozenset(
    ("name", "kind", "type", "role", "trigger", "approximate", "direct", "tier", "polarity", "modality")
)


def _held(name: str, value: Any) -> bool:
    """False for a null where the column has none: it leaves the machine's value alone."""
    return value is not None or name not in _NEVER_NULL


def _of_time(row: Row, given: dict[str, Any]) -> dict[str, Any]:
    """A time's value follows from its date; what the machine resolved it from does not hold any more."""
    edtf = str(given["edtf"])
    plain = re.fullmatch(r"-?\d{4}(-\d\d){0,2}(T\d\d:\d\d(:\d\d)?)?", edtf.rstrip("~?%"))
    value = plain[0] if plain else edtf
    return {**given, "value": value, "mod": "APPROX" if edtf.endswith("~") else None, "anchor": None}


_ELSEWHERE = {
    "lat": None, "lon": None, "geonames_id": None, "within": None, "radius_km": None, "country": None,
    "precision": "none", "alternatives": (), "metonym": False,
}  # fmt: skip


def _of_place(row: Row, given: dict[str, Any]) -> dict[str, Any]:
    """Another place has nothing of the one it was taken for."""
    changes: dict[str, Any] = {}
    if "name" in given and given["name"] != getattr(row, "name", None):
        changes = {**_ELSEWHERE, "alternatives": []}
    if given.get("lat") is not None:
        changes["precision"] = "area" if given.get("radius_km") else "point"
    return {**changes, **given}


def _of_claim(row: Row, given: dict[str, Any]) -> dict[str, Any]:
    claim: Claim = row  # type: ignore[assignment]
    name = claim.claim or f"{claim.witness}.r{claim.start}"
    return {"claim": name, "trigger": claim.trigger or claim.text, **given}


def _of_figure(row: Row, given: dict[str, Any]) -> dict[str, Any]:
    return {"approximate": False, **given} if "low" in given else given


_FOLLOWING: dict[type[Row], Any] = {Time: _of_time, Place: _of_place, Claim: _of_claim, Figure: _of_figure}
