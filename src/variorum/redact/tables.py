"""Pseudonyms in the tables: texts are written anew, every offset is moved along, every other string is replaced."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from variorum.records import OF_REVIEW
from variorum.redact.forms import Finder, folded

__all__ = ["Redacted", "redacted"]

SPANS = (
    ("witness", "start", "end", "text"),
    ("a_witness", "a_start", "a_end", "a_text"),
    ("b_witness", "b_start", "b_end", "b_text"),
)
_ENDS = {f"{what}{end}" for what in ("", "a_", "b_", "speaker_", "cue_", "trigger_") for end in ("start", "end")}
_OTHERS = {"part_of", "until", "at", "borrowed", "times", "durations", "figures", "places", "quotes", "spans"}
OFFSETS = frozenset(_ENDS | _OTHERS)
"""Columns of offsets in the text of the row's account; a column of these names that holds strings is none."""
STEMS = {"sentences": "words", "links": "shared"}
"""Columns of stems, among which a name may stand cut short: stems of a name are left out."""


@dataclass
class Redacted:
    """The tables with pseudonyms, and the finder, which counted what it replaced."""

    tables: dict[str, pa.Table]
    finder: Finder


class Moved:
    """The text of an account with pseudonyms, and the way of an offset into it."""

    def __init__(self, text: str, finder: Finder) -> None:
        out, at, shift = [], 0, 0
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._shifts = [0]
        self._news: list[tuple[int, int]] = []
        for hit in finder.found(text):
            new = finder.said(text, hit)
            finder.counts[hit.person.pseudonym, " ".join(text[hit.start : hit.end].split())] += 1
            out += [text[at : hit.start], new]
            self._news.append((hit.start + shift, hit.start + shift + len(new)))
            shift += len(new) - (hit.end - hit.start)
            self._starts.append(hit.start)
            self._ends.append(hit.end)
            self._shifts.append(shift)
            at = hit.end
        self.text = "".join([*out, text[at:]])

    def start(self, offset: int) -> int:
        """Where what began at an offset begins now; within a name, where the pseudonym begins."""
        n = bisect_right(self._starts, offset)
        return self._news[n - 1][0] if n and offset < self._ends[n - 1] else offset + self._shifts[n]

    def end(self, offset: int) -> int:
        """Where what ended at an offset ends now; within a name, where the pseudonym ends."""
        n = bisect_left(self._starts, offset)
        return self._news[n - 1][1] if n and offset < self._ends[n - 1] else offset + self._shifts[n]


def redacted(tables: Mapping[str, pa.Table], finder: Finder) -> Redacted:
    """The tables with pseudonyms in place of names, such that every span still holds its words.

    Hashes of texts are those of the new texts; hashes and sizes of files, by which an original could be known, are
    emptied. Ids of accounts in which a name stands change with all that refers to them. Tables of
    decisions (`OF_REVIEW`) are emptied: they hold hashes and offsets of the original texts.
    """
    names = tables.get("names")
    known = zip(names["referent"].to_pylist(), names["form"].to_pylist(), strict=True) if names is not None else ()
    witnesses = tables["witnesses"].to_pylist() if "witnesses" in tables else []
    said = (w[column] or "" for w in witnesses for column in ("text", "title", "publisher", "party", "author"))
    finder.learn(known, said)
    moved = {w["witness"]: Moved(w["text"], finder) for w in witnesses}
    kept = {name: data.slice(0, 0) if name in OF_REVIEW else data for name, data in tables.items()}
    return Redacted({name: _table(name, data, moved, finder) for name, data in kept.items()}, finder)


def _table(name: str, data: pa.Table, moved: Mapping[str, Moved], finder: Finder) -> pa.Table:
    cells = {column: data[column].to_pylist() for column in data.column_names}
    owners = cells.get("witness") or [""] * data.num_rows
    for column in data.column_names:
        kind = data.schema.field(column).type
        if column in OFFSETS and _counts(kind):
            held = cells.get(f"{column[:2]}witness", owners) if column[:2] in ("a_", "b_") else owners
            cells[column] = [_offset(column, v, moved.get(w)) for v, w in zip(cells[column], held, strict=True)]
        elif column not in ("a_text", "b_text", "text"):
            cells[column] = _strings(name, column, cells[column], finder)
    for spans in SPANS:
        if set(spans) <= cells.keys():
            _words(cells, spans, data, moved, finder)
    if name == "witnesses":
        cells["text"] = [moved[w].text for w in owners]
        cells["sha256"] = [hashlib.sha256(t.encode("utf-8", "surrogatepass")).hexdigest() for t in cells["text"]]
    elif "text" in cells and "start" not in cells:
        cells["text"] = [finder.replaced(v) if v else v for v in cells["text"]]
    if name == "files":
        cells["sha256"], cells["bytes"] = [""] * data.num_rows, [0] * data.num_rows
    return pa.table({c: pa.array(cells[c], data.schema.field(c).type) for c in data.column_names}, data.schema)


def _counts(kind: pa.DataType) -> bool:
    while pa.types.is_list(kind):
        kind = kind.value_type
    return bool(pa.types.is_integer(kind))


def _offset(column: str, value: Any, moved: Moved | None) -> Any:
    if value is None or moved is None:
        return value
    if column == "spans":
        return [[moved.start(a), moved.end(b)] for a, b in value]
    if isinstance(value, list):
        return [moved.start(v) for v in value]
    return moved.end(value) if column.endswith("end") or column == "until" else moved.start(value)


def _words(
    cells: dict[str, list[Any]],
    spans: tuple[str, str, str, str],
    data: pa.Table,
    moved: Mapping[str, Moved],
    finder: Finder,
) -> None:
    """The words of each span, out of the new text; where a row's account is not known, replaced as they stand."""
    witness, start, end, text = spans
    old = zip(*(data[c].to_pylist() for c in (witness, text)), strict=True)
    made = []
    for (key, words), a, b in zip(old, cells[start], cells[end], strict=True):
        known = moved.get(key) if a is not None and b is not None else None
        made.append(known.text[a:b] if known else finder.replaced(words) if words else words)
    cells[text] = made


def _strings(table: str, column: str, values: list[Any], finder: Finder) -> list[Any]:
    change = _changer(finder)
    if STEMS.get(table) == column:
        names = {w for form in finder.forms for w in form.split()}
        return [[s for s in v if not _of_name(s, names)] if v else v for v in values]
    return [change(v) for v in values]


def _of_name(stem: str, names: set[str]) -> bool:
    """True where a stem, or a part of it between other signs, is a name or the beginning of one."""
    parts = re.findall(r"[^\W\d_]+", folded(stem))
    return any(part in names or (len(part) > 3 and any(n.startswith(part) for n in names)) for part in parts)


def _changer(finder: Finder) -> Callable[[Any], Any]:
    kept: dict[str, str] = {}

    def change(value: Any) -> Any:
        if isinstance(value, str):
            if value not in kept:
                kept[value] = finder.replaced(value)
            return kept[value]
        return [change(v) for v in value] if isinstance(value, list) else value

    return change
