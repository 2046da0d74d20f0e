"""From text to rows: scan, decide the mode, resolve, and write each expression down as a `Time`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from variorum.dates import between, gregorian, write
from variorum.mentions.times.entries import entries
from variorum.mentions.times.headed import written
from variorum.mentions.times.meanings import Every, Hit, Length, Meaning, Point, Vague
from variorum.mentions.times.modes import decided
from variorum.mentions.times.options import TimeOptions
from variorum.mentions.times.passing import passing
from variorum.mentions.times.resolve import PUBLICATION, Resolved, resolve
from variorum.mentions.times.scan import scan
from variorum.mentions.times.sight import Sight
from variorum.mentions.times.values import length_value, point_value
from variorum.mentions.times.wordlists import wordlist
from variorum.records import Structure, Time

__all__ = ["find", "published_day", "read", "settled"]

_PUBLISHED = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_OPEN_SETS = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}


def find(text: str, published: str | None = None, options: TimeOptions | None = None, witness: str = "") -> list[Time]:
    """Every time expression of a text, in order, none overlapping; offsets are code points of ``text``.

    ``published`` is the date of publication (ISO or EDTF, as coarse as known); without it nothing counts from it.
    Time is linear in the length of the text.

    >>> [(t.text, t.value, t.anchor) for t in find("He sailed on Friday, she said.", published="1998-11-18")]
    [('Friday', '1998-11-13', 'the date of publication')]
    >>> [(t.text, t.value) for t in find("The strike lasted from March to August 1962.")]
    [('March', '1962-03'), ('August 1962', '1962-08')]
    """
    return read(text, published, options, (), witness)[0]


def read(
    text: str,
    published: str | None = None,
    options: TimeOptions | None = None,
    parts: Sequence[Structure] = (),
    witness: str = "",
) -> tuple[list[Time], list[Structure]]:
    """The time expressions of a text, and its date lines: rows of kind "date" with what each governs.

    ``parts`` are the headings and cells that are known of the text. The level of a date line is its rank: 1 a year, 2 a
    month, 3 a week, 4 a day, 5 a time of day.

    >>> _, [line] = read("4 June 1916\\n\\nThe ferry left. On Sunday it sank.")
    >>> line.text, line.level, line.until
    ('4 June 1916', 4, 47)
    """
    options = options or TimeOptions()
    sight = Sight(text, options)
    day = published_day(published)
    mode = decided(sight.low, published if day else None, options)
    sight.options = options.settled(mode)
    scanned = scan(sight)
    head = written(sight, scanned) if day is None else None
    if head is None:
        return settled(sight, scanned, day, mode, parts, witness)
    mode = decided(sight.low, f"{head.year:04}-{head.month:02}-{head.day:02}", options)
    sight.options = options.settled(mode)
    rows, lines = settled(sight, scan(sight), head, mode, parts, witness)
    return [_headed(row) for row in rows], lines


def _headed(row: Time) -> Time:
    """The row with the day at the head of the account as its anchor."""
    return replace(row, anchor="the day at the head of the account") if row.anchor == PUBLICATION else row


def settled(
    sight: Sight, scanned: Sequence[Hit], day: Point | None, mode: str, parts: Sequence[Structure], witness: str
) -> tuple[list[Time], list[Structure]]:
    """What was scanned as rows, in any language: date lines are told apart, each expression is put in its place."""
    hits, headed = entries(sight, scanned, day, parts)
    found = resolve(sight, hits, day, mode, headed)
    rows = _with_ranges(sight, found, [_row(sight, item, witness) for item in found])
    lines = [
        Structure(witness, e.start, e.end, sight.text[e.start : e.end], "date", e.rank, e.until)
        for e in headed.listed
        if e.governs
    ]
    return rows, lines


def published_day(told: str | None) -> Point | None:
    """The day of publication, as coarse as it is told."""
    found = _PUBLISHED.match(told) if told else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    return Point(year, month, day)


def _row(sight: Sight, item: Resolved, witness: str) -> Time:
    kind, value, mod = _told(item.meaning)
    hit = item.hit
    if hit.rule == "frequent" and sight.options.open_sets:
        value = _OPEN_SETS.get(value, value)
    edtf = write(value, mod == "APPROX" and kind == "DATE") if kind in ("DATE", "TIME") else None
    if isinstance(item.meaning, Point) and item.meaning.south and edtf and re.fullmatch(r"-?\d{4}-2[1-4]", edtf):
        edtf = f"{edtf[:-2]}{int(edtf[-2:]) + 8}"  # the same season of the southern hemisphere
    if isinstance(item.meaning, Point) and item.meaning.style == "old":
        edtf, item.anchor = gregorian(edtf), item.anchor or "Old Style, as the text says; edtf is New Style"
    by_the_way = passing(sight, hit.start, hit.end, item.meaning)
    words = sight.text[hit.start : hit.end]
    return Time(witness, hit.start, hit.end, words, kind, value, mod, edtf, item.anchor, by_the_way)


def _told(meaning: Meaning) -> tuple[str, str, str | None]:
    if isinstance(meaning, Length):
        return "DURATION", length_value(meaning), meaning.mod
    if isinstance(meaning, Every):
        return "SET", meaning.value, meaning.mod
    if isinstance(meaning, Vague):
        return meaning.type, meaning.value, meaning.mod
    assert isinstance(meaning, Point)
    return ("TIME" if meaning.part or meaning.clock else "DATE"), point_value(meaning), meaning.mod


def _with_ranges(sight: Sight, found: Sequence[Resolved], rows: list[Time]) -> list[Time]:
    """Both ends of a range carry the whole of it as EDTF; each keeps its own value."""
    for index, item in enumerate(found):
        if isinstance(item.meaning, Point) and item.meaning.until:
            year, month, day = item.meaning.until
            last = write(point_value(Point(year or item.meaning.year, month, day)))
            rows[index] = replace(rows[index], edtf=between(rows[index].edtf, last) or rows[index].edtf)
        whole = between(rows[index - 1].edtf, rows[index].edtf) if index and _ranged(sight, found, index) else None
        if whole:
            rows[index - 1 : index + 1] = [replace(rows[index - 1], edtf=whole), replace(rows[index], edtf=whole)]
    return rows


def _put_off(sight: Sight, start: int) -> bool:
    """``postponed from 4 March to 11 March``: two days, and nothing that lasts from one to the other."""
    clause = re.split(r"[.;:\n]", sight.low[max(0, start - 60) : start])[-1]
    return not wordlist("put_off").isdisjoint(clause.split())


def _ranged(sight: Sight, found: Sequence[Resolved], index: int) -> bool:
    """Whether an expression and the one before it are the two ends of a range."""
    left, right = found[index - 1].hit, found[index].hit
    if right.start - left.end > 12 or not isinstance(found[index].meaning, Point):
        return False
    gap = sight.low[left.end : right.start]
    if sight.before(left.start) == "from" and _put_off(sight, left.start):
        return False
    if sight.cues.ranged.fullmatch(gap) is None:
        return False
    if sight.cues.listing.search(gap):
        return sight.cues.between.search(sight.low, max(0, left.start - 20), left.start) is not None
    return "/" not in gap or right.joined == "range"
