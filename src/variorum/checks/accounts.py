"""Checks over a whole account: who was aboard, headline and body, two totals of one source, shares, ages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from variorum.dates import interval
from variorum.lists import toml, words
from variorum.records import Check, Figure, Structure, Time
from variorum.sentences import Passage, words_of

__all__ = ["age_checks", "balance_checks", "headline_checks", "ratio_checks", "total_checks"]

_SET = toml("checks")["accounts"]
NEAR_DAYS: float = _SET["near_days"]
SLACK: float = _SET["slack"]
FIRST: int = _SET["first"]
MOST: int = _SET["most"]
YEAR: float = _SET["long_year"]
MEAN: float = _SET["mean_year"]


def _exact(figure: Figure) -> bool:
    """A number of people without a margin, that is no part and is not denied."""
    return (
        figure.low is not None and figure.low == figure.high and not figure.approximate
        and figure.part_of is None and figure.was is None and figure.kind == "people"
    )  # fmt: skip


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, toml("checks")[name])) + r")\b", re.IGNORECASE)


def balance_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """Saved, dead and missing against those aboard, where an account has one number for each, of one happening.

    Without a number of missing only a sum above those aboard is said.
    """
    told: dict[str, dict[float, tuple[Passage, Figure]]] = defaultdict(dict)
    for passage in items:
        for f in passage.figures:
            if _exact(f) and not _partial(passage, f):
                told[_saved(f.role)].setdefault(f.low or 0, (passage, f))
    roles = [role for role in ("rescued", "killed", "missing") if told.get(role)]
    if not {"aboard", "rescued", "killed"} <= told.keys() or any(len(told[r]) > 1 for r in ("aboard", *roles)):
        return
    held = [next(iter(told[role].values())) for role in (*roles, "aboard")]
    numbers = [f.low or 0 for _, f in held]
    added, aboard = sum(numbers[:-1]), numbers[-1]
    if not _one_time([p for p, _ in held]) or added == aboard or (added < aboard and "missing" not in roles):
        return
    terms = " + ".join(f"{f.low:g} {f.role}" for _, f in held[:-1])
    why = f"{terms} make {added:g}, and “{held[-1][1].text}” are told to have been aboard."
    spans = [[f.start, f.end] for _, f in held]
    yield Check(items[0].witness, "sum", f"{aboard:g}", f"{added:g}", why, spans)


def _saved(role: str) -> str:
    return "rescued" if role == "survivors" else role


def _partial(passage: Passage, figure: Figure) -> bool:
    """A word of a part just before: "including six", "another two"."""
    at = figure.start - passage.start
    return _pattern("partial").search(passage.text[max(0, at - 14) : figure.end - passage.start]) is not None


def _one_time(items: Sequence[Passage]) -> bool:
    """True when the days that the sentences name lie near each other."""
    days = [t.days for p in items for t in p.times]
    return all(d.gap(e) <= NEAR_DAYS for d in days for e in days)


def headline_checks(items: Sequence[Passage], headings: Sequence[Structure]) -> Iterator[Check]:
    """A number of people in a headline that none in the text below it meets, nor could be added up to."""
    for headline, until in _headlines(items, headings):
        below = [p for p in items if headline.end <= p.start < until][:MOST]
        for role, listed in _by_role(headline).items():
            f = listed[0]
            same = [g for p in below for g in p.figures if g.role == role and g.kind == "people" and g.was is None]
            if same and not any(_met(g.low or 0, same) for g in listed):
                first = same[0]
                why = f"The headline has “{f.text}” {f.role}, the text below it “{first.text}”."
                spans = [[f.start, f.end], [first.start, first.end]]
                yield Check(f.witness, "headline", first.text, f.text, why, spans)


def _by_role(headline: Passage) -> dict[str, list[Figure]]:
    """The exact numbers of a headline by their role; "a" and "another" count no whole."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for f in headline.figures:
        one = f.text.lower() in words("readings", "words", "one")
        if _exact(f) and not one and not _partial(headline, f) and f.role not in words("readings", "roles", "loose"):
            found[f.role].append(f)
    return found


def _headlines(items: Sequence[Passage], headings: Sequence[Structure]) -> Iterator[tuple[Passage, int]]:
    """The sentences that are headings, with the end of what these govern; first lines that do not end as one does."""
    ends = {(h.start, h.end): h.until for h in headings if h.kind == "heading"}
    last = items[-1].end if items else 0
    for passage in items:
        governed = [until for (start, end), until in ends.items() if start <= passage.start and passage.end <= end]
        if governed:
            yield passage, governed[0] or last
        elif (
            passage.number - items[0].number < FIRST and not ends and not re.search(r"[.!?:;,][\"”’)]*$", passage.text)
        ):
            yield passage, last


def _met(number: float, same: Sequence[Figure]) -> bool:
    """True when a figure holds the number, or several smaller ones might make it."""
    lows = [g.low or 0 for g in same]
    if any(g.approximate or g.low is None or g.high is None or g.low <= number <= g.high for g in same):
        return True
    return min(lows) < number <= sum(lows)


def total_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """Two totals of one role that one named source gives in one text, on no other day and with no word of change."""
    told: dict[tuple[str, str], list[tuple[Passage, Figure]]] = defaultdict(list)
    for passage in items:
        whole = _pattern("totals").search(passage.text)
        for f in passage.figures if whole else ():
            if _exact(f) and f.voice and not _partial(passage, f) and not _pattern("changed").search(passage.text):
                told[f.role, f.voice[-1]].append((passage, f))
    for (role, voice), listed in sorted(told.items()):
        (p, f), rest = listed[0], listed[1:MOST]
        for q, g in rest:
            common = p.words.keys() & q.words.keys() - words_of(voice).keys()
            if f.low != g.low and p.number != q.number and _one_time([p, q]) and len(common) > 1:
                why = f"{voice} is given as the source of “{f.text}” and of “{g.text}” {role}, both told as totals."
                yield Check(p.witness, "repeat", f"{f.low:g}", f"{g.low:g}", why, [[f.start, f.end], [g.start, g.end]])
                break


_RATIO = re.compile(
    r"\b(\d{1,3}(?:,\d{3})*|\d+) (?:out )?of (?:the |its |their |all )?(\d{1,3}(?:,\d{3})*|\d+)\b[^.;%\d]{0,60}?"
    r"(?<![\d.,])(\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent\b)"
)
"""\"12 of the 48 boats (40 per cent)\"."""


def ratio_checks(items: Sequence[Passage]) -> Iterator[Check]:
    """A share beside the two numbers whose share it is; a difference that rounding explains is none."""
    for passage in items:
        for m in _RATIO.finditer(passage.text):
            part, whole, stated = (float(m[i].replace(",", "")) for i in (1, 2, 3))
            if not 0 < part <= whole:
                continue
            share = 100 * part / whole
            if abs(share - stated) > SLACK:
                why = f"“{m[1]} of {m[2]}” is {share:.1f} per cent, and {m[3]} per cent is given."
                spans = [[passage.start + m.start(i), passage.start + m.end(i)] for i in (1, 2, 3)]
                yield Check(passage.witness, "share", f"{share:.1f} per cent", f"{m[3]} per cent", why, spans)


_AGED = re.compile(r"\b(?:aged|at the age of|at age) (\d{1,3})\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:He|She) ")
_BORN = re.compile(r"\bborn(?: \w+){0,6}? (?:on|in) $", re.IGNORECASE)


def age_checks(items: Sequence[Passage], times: Sequence[Time]) -> Iterator[Check]:
    """An age beside the day of birth and the only other day of the sentence: aged 30, born 1950, died 1998.

    The birth may stand in the sentence before one that begins with "he" or "she".
    """
    dated = sorted((t for t in times if t.edtf), key=_start)
    for index, passage in enumerate(items):
        match = _AGED.search(passage.text)
        if match is None:
            continue
        first = items[index - 1] if index and _PRONOUN.match(passage.text) else passage
        held = dated[bisect_left(dated, first.start, key=_start) : bisect_left(dated, passage.end, key=_start)]
        if len(held) != 2:
            continue
        born = [t for t in held if any(_is_born(p, t) for p in (first, passage))]
        if len(born) != 1:
            continue
        other = next(t for t in held if t is not born[0])
        least, most = _years(born[0], other)
        stated = int(match[1])
        if 0 <= least <= most and not least <= stated <= most:
            expected = f"{least}" if least == most else f"{least} or {most}"
            why = f"Born “{born[0].text}”, at “{other.text}” that makes {expected} years, not “{match[0]}”."
            at = [passage.start + match.start(), passage.start + match.end()]
            spans = [[born[0].start, born[0].end], [other.start, other.end], at]
            yield Check(passage.witness, "age", expected, f"{stated}", why, spans)


def _start(time: Time) -> int:
    return time.start


def _is_born(passage: Passage, time: Time) -> bool:
    inside = passage.start <= time.start < passage.end
    return inside and _BORN.search(passage.text[: time.start - passage.start]) is not None


def _years(born: Time, other: Time) -> tuple[int, int]:
    """The least and the greatest age on the other day, in whole years; -1 where a day is not known to the year."""
    first, last = interval(born.edtf or ""), interval(other.edtf or "")
    if first is None or last is None or first.length > YEAR or last.length > YEAR or last.first < first.first:
        return -1, -1
    return int((last.first - first.after + 1) / MEAN + 1e-6), int((last.after - 1 - first.first) / MEAN + 1e-6)
