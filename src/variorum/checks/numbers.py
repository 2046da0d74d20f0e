"""Checks of figures: sums of parts, subsets larger than the whole, shares, and one figure given twice differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from variorum.dates import in_words
from variorum.lists import words
from variorum.records import Check, Figure
from variorum.sentences import Passage

__all__ = ["part_checks", "repeat_checks", "share_checks", "sum_checks", "whole_checks"]


OF_THESE = re.compile(r"(?:Of|Among) (?:these|them|those)\b", re.IGNORECASE)


def _point(figure: Figure) -> float | None:
    """The number of an exact figure, else None."""
    return figure.low if figure.low is not None and figure.low == figure.high and not figure.approximate else None


def _spans(figures: Sequence[Figure]) -> list[list[int]]:
    return [[f.start, f.end] for f in figures]


def part_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """A part that is larger than its whole, and parts of one kind that together are more than the whole."""
    figures = [f for p in items for f in p.figures]
    whole_at = {f.start: f for f in figures}
    parts: dict[int, list[Figure]] = defaultdict(list)
    for f in figures:
        if f.part_of is not None and f.part_of in whole_at and f.part_of != f.start:
            parts[f.part_of].append(f)
    for start, listed in sorted(parts.items()):
        if whole_at[start].high is not None:
            yield from _too_large(whole_at[start], listed)
            yield from _too_many(whole_at[start], listed)


def _too_large(whole: Figure, listed: list[Figure]) -> Iterator[Check]:
    most = whole.high or 0
    for f in listed:
        if f.low is not None and f.low > most:
            why = f"“{f.text}” is told as a part of “{whole.text}”, which is smaller."
            yield Check(f.witness, "subset", f"at most {most:g}", f"{f.low:g}", why, _spans([whole, f]))


def _too_many(whole: Figure, listed: list[Figure]) -> Iterator[Check]:
    most, lows = whole.high or 0, [f.low or 0 for f in listed]
    if len(listed) > 1 and sum(lows) > most >= max(lows) and _exclusive(listed):
        terms = " + ".join(f"{low:g}" for low in lows)
        why = f"The parts {terms} add up to {sum(lows):g}, more than the whole “{whole.text}”."
        yield Check(whole.witness, "sum", f"at most {most:g}", f"{sum(lows):g}", why, _spans([whole, *listed]))


def _exclusive(listed: Sequence[Figure]) -> bool:
    """Parts that can be added: of groups that exclude each other; women and doctors may be the same people."""
    groups = [f.group or f.unit or "" for f in listed]
    alike = {"women", "men", "children"}
    return len(set(groups)) == len(groups) and (set(groups) <= alike)


def sum_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """Numbers that a sentence adds up itself: "12 soldiers and 3 civilians, 16 in all"."""
    for passage in items:
        by_role: dict[str, list[Figure]] = defaultdict(list)
        for f in passage.figures:
            if f.part_of is None and _point(f) is not None and f.kind == "people":
                by_role[f.role].append(f)
        for listed in by_role.values():
            for total in listed:
                rest = [f for f in listed if f is not total]
                said = passage.text[max(0, total.start - passage.start - 12) : total.end - passage.start + 14].lower()
                if len(rest) < 2 or not any(w in said for w in ("in all", "in total", "altogether", "total of")):
                    continue
                added = sum(_point(f) or 0 for f in rest)
                if added != _point(total):
                    terms = " + ".join(f"{_point(f):g}" for f in rest)
                    why = f"The sentence counts {terms}, which is {added:g}, and gives “{total.text}” in all."
                    yield Check(passage.witness, "sum", f"{added:g}", f"{_point(total):g}", why, _spans([*rest, total]))


def whole_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """A whole told apart at once: "214 persons. Of these, 171 came ashore, 31 died and nine are missing".

    Three numbers or more after "of these", of which none is a part of another, should make the number before.
    """
    for before, passage in pairwise(items):
        if not OF_THESE.match(passage.text) or before.paragraph != passage.paragraph:
            continue
        whole = [f for f in before.figures if _point(f) is not None and f.kind == "people"]
        parts = _numbers(passage)
        if len(whole) != 1 or len(parts) < 3 or any(f.part_of is not None for f in passage.figures):
            continue
        added, stated = sum(n for n, _, _ in parts), _point(whole[0]) or 0
        if added != stated:
            terms = " + ".join(f"{n:g}" for n, _, _ in parts)
            why = f"“{whole[0].text}” in all, and of these {terms}, which is {added:g}."
            spans = [[whole[0].start, whole[0].end], *([a, b] for _, a, b in parts)]
            yield Check(passage.witness, "sum", f"{added:g}", f"{stated:g}", why, spans)


def _numbers(passage: Passage) -> list[tuple[float, int, int]]:
    """The exact numbers of a sentence: its figures, and what stands in digits outside of its times."""
    found = {f.start: (_point(f) or 0, f.start, f.end) for f in passage.figures if _point(f) is not None}
    taken = [(t.start, t.end) for t in passage.times] + [(f.start, f.end) for f in passage.figures]
    for m in re.finditer(r"(?<![\d.,])\d{1,3}(?:,\d{3})*(?![\d.,%]*\d)", passage.text):
        start, end = passage.start + m.start(), passage.start + m.end()
        if not any(a < end and start < b for a, b in taken):
            found[start] = (float(m[0].replace(",", "")), start, end)
    return [found[start] for start in sorted(found)]


def share_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """Shares of one whole in one sentence that together are more than a hundred per cent, or one that is alone."""
    for passage in items:
        shares = [f for f in passage.figures if f.kind == "share" and f.part_of is not None and _point(f) is not None]
        added = sum(_point(f) or 0 for f in shares)
        if len(shares) > 1 and len({f.part_of for f in shares}) == 1 and added > 100.5:
            why = f"The shares {' + '.join(f.text for f in shares)} add up to {added:g} per cent."
            yield Check(passage.witness, "share", "at most 100", f"{added:g}", why, _spans(shares))


def repeat_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """One figure given twice differently: one role, place, single day, unit and group, in the witness's own voice."""
    told: dict[tuple[str, ...], list[tuple[Passage, Figure]]] = defaultdict(list)
    for passage in items:
        days = sorted({t.edtf for t in passage.times if t.days.length <= 1})
        places = sorted({p.name for p in passage.places if p.kind != "country"})
        if len(days) != 1 or len(places) != 1:
            continue
        for f in passage.figures:
            if f.part_of is None and f.role not in words("readings", "roles", "loose") and _point(f) is not None:
                told[(f.role, f.kind, f.group or "", places[0], days[0], *f.voice)].append((passage, f))
    for key, listed in sorted(told.items()):
        first = listed[0]
        for passage, f in listed[1:20]:
            if passage.number != first[0].number and _point(f) != _point(first[1]):
                a, b = first[1], f
                why = f"“{a.text}” and “{b.text}” are both given as {key[0]} at {key[3]} on {in_words(key[4])}."
                yield Check(f.witness, "repeat", f"{_point(a):g}", f"{_point(b):g}", why, _spans([a, b]))
                break
