"""Readings across languages: what two sentences side by side say of numbers, days, hours, places, and whether at all.

Only where a single thing on each side differs: two differences at once are rather two happenings. Both originals are
shown; no word is translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.dates import compared, dated_row, minute, named
from variorum.readings.figures import all_counted, counted_row, of_it
from variorum.readings.judge import Row, cite, reading
from variorum.readings.parallel import Side, Sides
from variorum.readings.scope import Counted, of_others
from variorum.records import Parallel, Place
from variorum.sentences import Dated, Passage
from variorum.verdicts import Standing

__all__ = ["across_rows"]

_SET = toml("readings")["across"]
NEAR_DAYS: float = _SET["near_days"]
LONGEST: int = _SET["longest"]
LIKE: float = _SET["like"]
RULE = "two languages"
TOWNS = frozenset(_SET["towns"].split())

Moment = tuple[Passage, Dated]


def across_rows(collation: Collation, figures: Sequence[Counted]) -> Iterator[Row]:
    """The rows of every two sentences in two languages that tell the same."""
    aligned = [p for p in collation.parallels if p.across]
    if not aligned:
        return
    sides = Sides(collation, [*figures, *all_counted(collation, foreign=True)])
    for p in aligned:
        a = sides.at(p.a_witness, p.a_start, p.a_end, p.a_text)
        b = sides.at(p.b_witness, p.b_start, p.b_end, p.b_text)
        rows = [*_moments(a, b), *_figures(a, b, sides), *_places(a, b)]
        against = [row for row in rows if row.verdict == Standing.CONFLICT]
        for row in rows if len(against) < 2 else [row for row in rows if row.verdict != Standing.CONFLICT]:
            row.rule = RULE
            row.why = f"In two languages: {row.why}"
            yield row
        if not rows:
            yield from _denial(a, b, p, collation.language)


def _moments(a: Side, b: Side) -> Iterator[Row]:
    """The one day, and the one hour, that each side has."""
    days = _days(a), _days(b)
    if len(days[0]) == len(days[1]) == 1:
        (p, t), (q, u) = days[0][0], days[1][0]
        verdict = compared(t, u)
        if verdict is not None and (verdict != Standing.CONFLICT or t.days.gap(u.days) <= NEAR_DAYS):
            yield dated_row(verdict, (p, t), (q, u), "high")
    hours = _hours(a), _hours(b)
    if len(hours[0]) == len(hours[1]) == 1:
        yield _hour_row(hours[0][0], hours[1][0])


def _hour_row(a: Moment, b: Moment) -> Row:
    """Two hours as hours: their days are often only inferred."""
    x, y = (reading(p, t.start, t.end, "date", t.edtf) for p, t in (a, b))
    apart = abs((minute(a[1]) or 0) - (minute(b[1]) or 0))
    verdict = Standing.CONFLICT if apart else Standing.AGREE
    said = f"times of the day that lie {apart} minutes apart" if apart else "the same hour"
    return Row(RULE, "date", "", verdict, f"{cite(x)}, {cite(y)}: {said}.", [x, y], "high", 0.0, 2, [a[0], b[0]])


def _days(side: Side) -> list[Moment]:
    return [(p, t) for p, t in side.times if t.days.length <= 1 and named(t) and minute(t) is None]


def _hours(side: Side) -> list[Moment]:
    return [(p, t) for p, t in side.times if minute(t) is not None]


def _figures(a: Side, b: Side, sides: Sides) -> Iterator[Row]:
    """The one number of a role that each side has as a whole."""
    for role in sorted({c.role for c in a.figures} & {c.role for c in b.figures}):
        left, right = (
            [c for c in side.figures if c.role == role and c.level == "total" and not c.loose] for side in (a, b)
        )
        if len(left) != 1 or len(right) != 1 or left[0].kind != right[0].kind:
            continue
        x, y = left[0], right[0]
        if of_others(x, y) is None and not of_it(x, y, sides.parts):
            yield counted_row(RULE, [x, y])


def _places(a: Side, b: Side) -> Iterator[Row]:
    """The one town of each side that the other has not."""
    ours, theirs = _towns(a), _towns(b)
    left = [item for name, item in ours.items() if name not in theirs]
    right = [item for name, item in theirs.items() if name not in ours]
    if len(left) == len(right) == 1:
        x, y = (reading(p, place.start, place.end, "place", place.name) for p, place in (left[0], right[0]))
        why = f"{cite(x)}, {cite(y)}: in sentences that tell the same, two places."
        passages = [left[0][0], right[0][0]]
        yield Row(RULE, "place", "", Standing.CONFLICT, why, [x, y], "high", 0.0, 2, passages)


def _towns(side: Side) -> dict[str, tuple[Passage, Place]]:
    start, end = side.reading.start, side.reading.end
    return {
        place.name: (p, place)
        for p in side.passages
        for place in p.places
        if place.kind in TOWNS and place.geonames_id is not None and start <= place.start and place.end <= end
    }


def _denial(a: Side, b: Side, p: Parallel, language: Mapping[str, str]) -> Iterator[Row]:
    """What one side denies and the other does not: only short sentences without any figure or time, in languages of
    which the words of denying are known."""
    if p.score < LIKE or any(side.figures or side.times or len(side.tokens) > LONGEST for side in (a, b)):
        return
    words = [_denies(language.get(witness, "en")) for witness in (p.a_witness, p.b_witness)]
    if not (a.passages and b.passages and all(words)):
        return
    left, right = (
        one is not None and one.search(side.reading.text) is not None for side, one in zip((a, b), words, strict=True)
    )
    if left == right:
        return
    x, y = (
        reading(side.passages[0], side.reading.start, side.reading.end, "denial", "denied" if no else "affirmed")
        for side, no in ((a, left), (b, right))
    )
    why = f"In two languages: {cite(x)}, {cite(y)}: the one denies what the other tells."
    yield Row(RULE, "denial", "", Standing.CONFLICT, why, [x, y], "low", 0.5, 2, [a.passages[0], b.passages[0]])


@cache
def _denies(code: str) -> re.Pattern[str] | None:
    """Words of denying in a language, where it has a list."""
    listed = _SET["denies"].get(code)
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)", re.IGNORECASE) if listed else None
