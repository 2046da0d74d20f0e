"""A toll over time as SVG: each figure an upright bar from its least to its most, at the day up to which it counts.

A line leads in steps from each figure of one source to its next, and through all figures of a course. Figures without
a day are not drawn; a month or year stands at its middle. Days far off in time from most stand beyond a break of the
axis, so that they do not stretch it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from variorum.dates import in_words, parse
from variorum.site.marking import shown
from variorum.site.render import Renderer
from variorum.site.safe import filled
from variorum.site.topics import Entry, Topic, figure, number

__all__ = ["Chart", "charted"]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 640, 240, 56, 600, 16, 204
MOST_SIGLA = 4
"""Sigla written at one point."""
NARROW = 0.2
"""Where four fifths of the days lie within this share of the whole time, only that time is drawn."""
CLOSE = 0.2
"""Counts that all lie within this share of the highest are drawn on an axis that does not begin at 0."""
FAR, MOST_FAR = 84, 2
"""The room of a day beyond a break, and how many such days are drawn on either side."""
APART = 80
"""The least distance between two days that are written."""
LETTER, LINE = 8.5, 15
"""About how wide a letter and how high a line of sigla is."""


class Point(NamedTuple):
    """A figure at its day, with all that print it; ``source`` is who counted, or else the witness itself."""

    day: float
    low: float | None
    high: float | None
    witnesses: tuple[str, ...]
    source: str
    words: str


class Chart(NamedTuple):
    """The drawing, and what it leaves to the table, in words; both empty where there is nothing to draw."""

    svg: Markup
    note: str


class Scale(NamedTuple):
    """What lies at the ends of the axes."""

    first: float
    last: float
    least: float
    most: float
    before: list[float]
    after: list[float]

    def x(self, day: float) -> float:
        """The place of a day; days beyond a break stand at equal distances."""
        left, right = LEFT + 14 + len(self.before) * FAR, RIGHT - 14 - len(self.after) * FAR
        if day < self.first:
            return LEFT + 14 + self.before.index(day) * FAR
        if day > self.last:
            return RIGHT - 14 - (len(self.after) - 1 - self.after.index(day)) * FAR
        share = (day - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return round(left + share * (right - left), 1)

    @property
    def breaks(self) -> list[float]:
        """Where the axis is broken."""
        at = [LEFT + 14 + (len(self.before) - 0.5) * FAR] if self.before else []
        return at + ([RIGHT - 14 - (len(self.after) - 0.5) * FAR] if self.after else [])

    def y(self, value: float) -> float:
        """The height of a count."""
        return round(BASE - (value - self.least) / (self.most - self.least) * (BASE - TOP), 1)


def charted(render: Renderer, topic: Topic) -> Chart:
    """The chart of a topic; none where its figures are of fewer than two days."""
    entries, course = topic.entries, topic.course
    points = [p for p in (_point(entry) for entry in entries) if p is not None]
    if len({p.day for p in points}) < 2:
        return Chart(Markup(), "")
    scale = _scale(points)
    drawn = [p for p in points if scale.first <= p.day <= scale.last or p.day in (*scale.before, *scale.after)]
    said = [(len(entries) - len(points), "without a day"), (len(points) - len(drawn), "of days far off")]
    left = [f"{render.words.several(count, 'figure')} {what}" for count, what in said if count]
    note = f"Not drawn: {' and '.join(left)}. " if left else ""
    note += "Days beyond the break are far off. " if scale.breaks else ""
    if scale.least > 0:
        note += f"The axis begins at {number(scale.least)}."
    return Chart(_svg(render, drawn, scale, course), note.strip())


def _point(entry: Entry) -> Point | None:
    row, when = entry.row, parse(entry.row.as_of)
    ends = [x for x in (row.low, row.high) if x is not None]
    if when is None or not ends or not all(math.isfinite(x) for x in ends):
        return None
    source = row.counted_by or row.witness
    return Point(when.point, row.low, row.high, tuple(entry.printed_by), source, in_words(row.as_of, "short"))


def _near(days: list[float]) -> tuple[float, float]:
    """From when to when most of the days lie: four fifths of them and those near, or all where they are spread."""
    width = max(int(len(days) * 0.8), 2)
    spans = ((days[n], days[n + width - 1]) for n in range(len(days) - width + 1))
    low, high = min(spans, key=lambda s: s[1] - s[0])
    if high - low >= NARROW * (days[-1] - days[0]):
        return days[0], days[-1]
    reach = max(high - low, 1.0)
    near = [day for day in days if low - reach <= day <= high + reach]
    return near[0], near[-1]


def _scale(points: list[Point]) -> Scale:
    days = sorted({p.day for p in points})
    first, last = _near(days)
    before, after = [d for d in days if d < first][-MOST_FAR:], [d for d in days if d > last][:MOST_FAR]
    ends = [x for p in points for x in (p.low, p.high) if x is not None]
    low, high = min(ends), max(ends)
    room = (high - low) * 0.15 or max(abs(high) * 0.1, 1.0)
    cut = high > 0 and low >= 0 and (high - low) < CLOSE * high
    least = max(math.floor(low - room), 0) if cut else min(0.0, low)
    return Scale(first, last, least, high + room, before, after)


def _svg(render: Renderer, points: list[Point], scale: Scale, course: bool) -> Markup:
    listed = sorted(points, key=lambda p: (p.day, _middle(p)))
    parts = [f'<path class="axis" d="M{LEFT} {TOP}V{BASE}H{RIGHT}"/>', *_counts(scale), *_days(listed, scale)]
    parts += [f'<path class="axis" d="M{x - 5} {BASE + 5}l4-10M{x + 1} {BASE + 5}l4-10"/>' for x in scale.breaks]
    parts += _lines(render, listed, scale, course)
    parts += [_mark(render, p, scale) for p in listed]
    parts += _sigla(render, listed, scale)
    said = ". ".join(f"{_names(render, p.witnesses)}: {figure(p.low, p.high)}, {p.words}" for p in listed)
    return filled(
        '<svg class="ivs steps" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        shown(said)[:1500],
        Markup("".join(parts)),
    )


def _names(render: Renderer, witnesses: Iterable[str]) -> str:
    return ", ".join(_siglum(render, w) for w in witnesses)


def _siglum(render: Renderer, witness: str) -> str:
    found = render.g.witness.get(witness)
    return shown(found.siglum if found else witness)[:12]


def _middle(p: Point) -> float:
    ends = [x for x in (p.low, p.high) if x is not None]
    return sum(ends) / len(ends)


def _hue(render: Renderer, witnesses: Sequence[str]) -> str:
    return render.hue(witnesses[0]) if len(witnesses) == 1 else "many"


def _counts(scale: Scale) -> list[str]:
    """The counts beside the axis: round ones, four or so."""
    rough = (scale.most - scale.least) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = max(next(m * power for m in (1, 2, 5, 10) if m * power >= rough), 1)
    first, out = math.ceil(scale.least / step), []
    for n in range(first, int(scale.most // step) + 1):
        y = scale.y(n * step)
        out.append(
            f'<path class="hair" d="M{LEFT} {y}H{RIGHT}"/>'
            f'<text class="dim" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{number(n * step)}</text>'
        )
    return out


def _days(points: list[Point], scale: Scale) -> list[str]:
    out, last = [], -1e9
    for day, said in sorted({p.day: p.words for p in points}.items()):
        x = scale.x(day)
        if x - last >= APART:
            last = x
            words = escape(said)
            out.append(
                f'<path class="axis" d="M{x} {BASE}v4"/>'
                f'<text class="dim" x="{x}" y="{BASE + 18}" text-anchor="middle">{words}</text>'
            )
    return out


def _lines(render: Renderer, points: list[Point], scale: Scale, course: bool) -> list[str]:
    """A line in steps for each source of which figures of several days are known, or one for all of a course."""
    by: dict[str, list[Point]] = defaultdict(list)
    for p in points:
        by["" if course else p.source].append(p)
    out = []
    for listed in by.values():
        if len({p.day for p in listed}) < 2:
            continue
        first, *rest = ((scale.x(p.day), scale.y(_middle(p))) for p in listed)
        path = f"M{first[0]} {first[1]}" + "".join(f"H{x}V{y}" for x, y in rest)
        hue = _hue(render, list(dict.fromkeys(w for p in listed for w in p.witnesses)))
        out.append(f'<g class="{hue}"><path class="step" d="{path}"/></g>')
    return out


def _mark(render: Renderer, p: Point, scale: Scale) -> str:
    x, hue = scale.x(p.day), _hue(render, p.witnesses)
    if p.low is not None and p.low == p.high:
        return f'<g class="{hue}"><circle class="ivp" cx="{x}" cy="{scale.y(p.low)}" r="4"/></g>'
    low = scale.y(p.low) if p.low is not None else BASE
    high = scale.y(p.high) if p.high is not None else max(scale.y(p.low or 0) - 26, TOP)
    caps = f"M{x - 4} {low}h8" if p.low is not None else f"M{x - 4} {low - 6}l4 6 4-6"
    caps += f"M{x - 4} {high}h8" if p.high is not None else f"M{x - 4} {high + 6}l4-6 4 6"
    dash = "" if p.low is None or p.high is None else ' stroke-dasharray="6 2.5"'
    return f'<g class="{hue}"><path class="iv" d="M{x} {low}V{high}"{dash}/><path class="cap" d="{caps}"/></g>'


def _sigla(render: Renderer, points: list[Point], scale: Scale) -> list[str]:
    """The sigla beside the points, where they have room; the table has them all."""
    held: list[tuple[float, float, float]] = []
    out = []
    for p in points:
        witnesses, rest = p.witnesses[:MOST_SIGLA], len(p.witnesses) - MOST_SIGLA
        width = LETTER * sum(len(_siglum(render, w)) + 1 for w in witnesses) + (24 if rest > 0 else 0)
        x, y = scale.x(p.day) + 7, scale.y(_middle(p)) - 5
        x = x if x + width < WIDTH else x - 16 - width
        if any(abs(y - b) < LINE and x < c and a < x + width for a, b, c in held):
            continue
        held.append((x, y, x + width))
        spans = "".join(
            f'<tspan class="w {render.hue(w)}" dx="{4 if n else 0}">{escape(_siglum(render, w))}</tspan>'
            for n, w in enumerate(witnesses)
        )
        more = f'<tspan class="dim" dx="4">+{rest}</tspan>' if rest > 0 else ""
        out.append(f'<text class="let" x="{x}" y="{y}">{spans}{more}</text>')
    return out
