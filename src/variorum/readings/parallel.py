"""What stands inside passages of the same wording: changed dates and figures, changed words, or nothing changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.dates import announced, compared, dated_row, minute, named
from variorum.readings.doing import two_acts
from variorum.readings.figures import counted_row, of_it
from variorum.readings.interval import amounts
from variorum.readings.judge import Row, cite
from variorum.readings.scope import Counted, of_others
from variorum.readings.together import part_of
from variorum.readings.wording import likeness, tokens_of
from variorum.records import Parallel, Reading
from variorum.sentences import Dated, Passage, words_of
from variorum.verdicts import Standing

__all__ = ["Side", "Sides", "parallel_rows"]

_SET = toml("readings")["parallel"]
LEAST: int = _SET["least"]
MOST: int = _SET["most"]
LONGEST: int = _SET["longest"]
ALIKE: float = _SET["alike"]


_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'’-]+")


@dataclass(slots=True)
class Side:
    """One side of a parallel: its words and what stands in it."""

    reading: Reading
    tokens: tuple[str, ...]
    passages: list[Passage]
    times: list[tuple[Passage, Dated]]
    figures: list[Counted]
    quoted: bool
    places: frozenset[str] = frozenset()


class Sides:
    """Finds what stands in a span of a witness."""

    def __init__(self, collation: Collation, figures: Sequence[Counted]) -> None:
        self.countries = collation.countries
        self.counted: dict[tuple[str, int], Counted] = {}
        for f in figures:  # a sum comes after the parts that it is made of, and stays out
            self.counted.setdefault((f.passage.witness, f.figure.start), f)
        self.parts = part_of(figures)
        self.items: dict[str, list[Passage]] = defaultdict(list)
        for passage in (*collation.items, *collation.foreign):
            self.items[passage.witness].append(passage)
        self.starts = {w: [p.start for p in listed] for w, listed in self.items.items()}

    def at(self, witness: str, start: int, end: int, text: str) -> Side:
        """What stands between two offsets of a witness."""
        first = max(0, bisect_right(self.starts.get(witness, []), start) - 1)
        held = []
        for passage in self.items.get(witness, [])[first:]:
            if passage.start >= end:
                break
            if passage.end > start:
                held.append(passage)
        times = [(p, t) for p in held for t in p.times if start <= t.start and t.end <= end]
        inside = [(witness, f.start) for p in held for f in p.figures if start <= f.start and f.end <= end]
        figures = [self.counted[key] for key in inside if key in self.counted]
        quoted = any(q.direct and q.start <= start + 2 and end <= q.end + 2 for p in held for q in p.quotes)
        said = Reading(witness, start, end, text, "", None, "account", value=None)
        return Side(said, tokens_of(text), held, times, figures, quoted, self._places(held, start, end))

    def _places(self, held: Sequence[Passage], start: int, end: int) -> frozenset[str]:
        """The names of the places between two offsets, and of what they lie in, but for countries."""
        told = [one for p in held for one in p.places if start <= one.start and one.end <= end and not one.metonym]
        return frozenset(name for one in told for name in (one.name, one.within) if name) - self.countries

    def sentences(self, side: Side) -> list[Side]:
        """The sentences of a side, cut to it."""
        cut = []
        for p in side.passages:
            start, end = max(p.start, side.reading.start), min(p.end, side.reading.end)
            cut.append(self.at(p.witness, start, end, p.text[start - p.start : end - p.start]))
        return cut


def parallel_rows(collation: Collation, figures: Sequence[Counted]) -> Iterator[Row]:
    """Rows for every parallel of two witnesses, the longest first; long ones sentence by sentence."""
    sides = Sides(collation, figures)
    for p in _outermost([p for p in collation.parallels if not p.across]):
        a = sides.at(p.a_witness, p.a_start, p.a_end, p.a_text)
        b = sides.at(p.b_witness, p.b_start, p.b_end, p.b_text)
        if max(len(a.tokens), len(b.tokens)) > MOST:
            for x, y in aligned(sides.sentences(a), sides.sentences(b)):
                yield from _short(x, y, p, p.kind == "rendition" or x.quoted or y.quoted, sides)
        else:
            yield from _short(a, b, p, p.kind == "rendition", sides)


def _short(a: Side, b: Side, p: Parallel, utterance: bool, sides: Sides) -> Iterator[Row]:
    dates, figures = list(_dates(a, b)), list(_figures(a, b, sides))
    elsewhere = bool(a.places and b.places and not a.places & b.places)
    changed = [*dates, *figures]
    if bool(dates) + bool(figures) + elsewhere > 1:
        return  # another place, day and number, or two of these: a formula of reports, used of two happenings
    if len(figures) > 1 or _renamed(a, b):
        changed = [replace(row, sure="low") for row in changed]  # so may this be
    yield from changed
    if utterance:
        yield from _rendition(a, b)
    elif min(len(a.tokens), len(b.tokens)) >= LEAST and not changed and _same_counts(a, b) and not _one_denies(a, b):
        yield _same(a, b, p)


@cache
def _denial() -> re.Pattern[str]:
    told = toml("readings")["words"]
    listed = "|".join(map(re.escape, [*told["denial"], *told["denies"]]))
    return re.compile(rf"\b(?:{listed})\b|n['’]t\b", re.IGNORECASE)


def _one_denies(a: Side, b: Side) -> bool:
    """True where words of denial stand before the common words in the one sentence and not in the other."""
    return _denied(a) != _denied(b)


def _denied(side: Side) -> bool:
    first = side.passages[0] if side.passages else None
    before = first.text[: max(0, side.reading.start - first.start)] if first else ""
    return len(_denial().findall(before)) % 2 == 1


def _same_counts(a: Side, b: Side) -> bool:
    """True when each number, day and hour of the one has its equal in the other."""
    numbers = all(
        any(amounts(c.amount, d.amount) == Standing.AGREE for d in y.figures)
        for x, y in ((a, b), (b, a))
        for c in x.figures
    )
    return numbers and all(any(_meet(t, u) for _, u in y.times) for x, y in ((a, b), (b, a)) for _, t in x.times)


def aligned(left: Sequence[Side], right: Sequence[Side]) -> list[tuple[Side, Side]]:
    """Sentences of two long passages that go together, in order, by the likeness of their words.

    The best path over at most 150 sentences a side; quadratic in that number, so longer passages are cut.
    """
    left, right = left[:LONGEST], right[:LONGEST]
    like = [[likeness(x.tokens, y.tokens) for y in right] for x in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            pair = like[i][j] + best[i + 1][j + 1] if like[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)
    found, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if like[i][j] >= ALIKE and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            found.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _outermost(parallels: Sequence[Parallel]) -> list[Parallel]:
    """Parallels of two witnesses without those that a parallel of the same kind and witnesses holds on both sides."""
    kept: list[Parallel] = []
    last: dict[tuple[str, str, str], list[Parallel]] = defaultdict(list)
    for p in sorted(parallels, key=lambda p: (p.a_start - p.a_end, p.a_witness, p.a_start, p.b_start)):
        near = last[(p.kind, p.a_witness, p.b_witness)]
        inside = any(_holds(q, p) for q in near[-200:])
        if p.a_witness != p.b_witness and not inside:
            kept.append(p)
            if len(tokens_of(p.a_text[: 12 * MOST])) <= MOST:
                near.append(p)
    return kept


def _holds(q: Parallel, p: Parallel) -> bool:
    return q.a_start <= p.a_start and p.a_end <= q.a_end and q.b_start < p.b_end and p.b_start < q.b_end


def _renamed(a: Side, b: Side) -> bool:
    """True when both sides have names, beside days and speakers, and none in common."""
    left, right = _names(a), _names(b)
    return bool(left) and bool(right) and not left & right


def _names(side: Side) -> set[str]:
    """The capitalised words inside the sentences of a side that are no part of a time and of no speaker's name."""
    start = side.reading.start
    voices = {word for c in side.figures for voice in c.figure.voice for word in voice.split()}
    dated = [(t.start - start, t.end - start) for _, t in side.times]
    return {
        match[0]
        for match in _NAME.finditer(side.reading.text)
        if match[0] not in voices and not any(low <= match.start() < high for low, high in dated)
    }


def _dates(a: Side, b: Side) -> Iterator[Row]:
    """The one date of each side that the other has not."""
    left = [(p, t) for p, t in a.times if not any(_meet(t, u) for _, u in b.times)]
    right = [(p, t) for p, t in b.times if not any(_meet(t, u) for _, u in a.times)]
    if min(len(a.tokens), len(b.tokens)) < LEAST:
        return  # a date line: it says when something was written
    if len(left) == len(right) == 1 and announced(left[0], right[0]) is not None:
        return
    if len(left) == len(right) == 1 and compared(left[0][1], right[0][1]) == Standing.CONFLICT:
        clocks = minute(left[0][1]) is not None and left[0][1].days.meets(right[0][1].days)
        if clocks and two_acts(left[0], right[0]):
            return
        sure = clocks or (named(left[0][1]) and named(right[0][1]))
        row = dated_row(Standing.CONFLICT, left[0], right[0], "high" if sure else "low")
        row.rule, row.why = "same words, another date", f"In the same words otherwise: {row.why}"
        yield row


def _meet(t: Dated, u: Dated) -> bool:
    return compared(t, u) in (Standing.AGREE, Standing.COMPATIBLE)


def _figures(a: Side, b: Side, sides: Sides) -> Iterator[Row]:
    """The one figure of a role and unit on each side whose number the other has not."""
    for role, kind in sorted({(c.role, c.kind) for c in a.figures}):
        x = [c for c in a.figures if (c.role, c.kind) == (role, kind)]
        y = [c for c in b.figures if (c.role, c.kind) == (role, kind)]
        left = [c for c in x if all(amounts(c.amount, d.amount) != Standing.AGREE for d in y)]
        right = [c for c in y if all(amounts(c.amount, d.amount) != Standing.AGREE for d in x)]
        if (
            len(left) == len(right) == 1
            and left[0].level == right[0].level
            and of_others(left[0], right[0]) is None
            and not of_it(left[0], right[0], sides.parts)
        ):
            row = counted_row("same words, another number", [left[0], right[0]], "low" if role == "other" else "high")
            row.why = f"In the same words otherwise: {row.why}"
            yield row


def _same(a: Side, b: Side, p: Parallel) -> Row:
    why = f"{cite(a.reading)}, {cite(b.reading)}: the same words{'' if p.kind == 'verbatim' else ', nearly'}."
    return Row(
        "same words",
        "account",
        "",
        Standing.AGREE,
        why,
        [a.reading, b.reading],
        "high",
        0.0,
        1,
        a.passages[:1] + b.passages[:1],
    )


def _rendition(a: Side, b: Side) -> Iterator[Row]:
    """One utterance in two renditions: equal words agree, other words are a conflict of wording, not a sure one."""
    x, y = (replace(s.reading, attribute="wording") for s in (a, b))
    held = a.passages[:1] + b.passages[:1]
    if a.tokens == b.tokens:
        why = f"{cite(x)}, {cite(y)}: the same words."
        yield Row("rendition", "wording", "", Standing.AGREE, why, [x, y], "high", 0, 1, held)
        return
    left, right = words_of(x.text), words_of(y.text)
    only = [", ".join(sorted(left.keys() - right.keys())[:6]), ", ".join(sorted(right.keys() - left.keys())[:6])]
    if all(only):
        why = f"{cite(x)}, {cite(y)}: one utterance in two renditions whose words differ."
        yield Row("rendition", "wording", "", Standing.CONFLICT, why, [x, y], "low", 0.3, 1, held)
