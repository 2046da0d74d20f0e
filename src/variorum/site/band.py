"""The line of time above the chronology, as SVG: strokes and bands for few events, a count for each span for many.

Up to `FEW` events are drawn one by one with their labels; beyond that the line is divided into equal calendar units and
each bar leads, by its address, to the events of its span. Times of publication stand under the line.
"""

from __future__ import annotations

from math import ceil, floor

from markupsafe import Markup, escape

from variorum import records as r
from variorum.dates import When, calendar, in_words, iso_day, iso_year, number, parse
from variorum.site.marking import shown
from variorum.site.render import Renderer, short
from variorum.site.safe import filled
from variorum.verdicts import Standing

__all__ = ["band"]

FEW = 36
MANY, NEARLY_ALL, NARROW = 20, 0.95, 0.2
"""From so many dated events on, where this share of them lies within this part of the time, the line keeps to it."""
WIDTH = 1140


def band(render: Renderer) -> Markup:
    """The line of time, or nothing when fewer than two events have a date."""
    dated = [(e, w) for e in render.g.events if (w := render.g.when[e.event]) is not None]
    if len(dated) < 2:
        return Markup()
    first, last = _near([w for _, w in dated])
    dated, far = [(e, w) for e, w in dated if first <= w.point <= last], dated
    lows = [w.low if w.low is not None else w.point for _, w in dated]
    highs = [w.high if w.high is not None else w.point for _, w in dated]
    low = max(min(lows), first) if len(far) > len(dated) else min(lows)
    high = min(max(highs), last) if len(far) > len(dated) else max(highs)
    scale = Scale(low, max(high, low + 0.02))
    body, height = _line(render, dated, scale)
    close = _lens(dated, scale)
    if close is not None:
        inside = [(e, w) for e, w in dated if w.exact and close.low <= w.point <= close.high]
        more, tall = _line(render, inside, close)
        rays = _rays(scale, close, height)
        body, height = f'{body}{rays}<g transform="translate(0 {height + 34})">{more}</g>', height + 34 + tall
    if len(far) > len(dated):
        body, height = f"{body}{_far([w for _, w in far], first, last, height + 14)}", height + 20
    middle = sorted(w.point for _, w in dated)[len(dated) // 2]
    late = " late" if middle > (scale.low + scale.high) / 2 else ""  # on a phone it opens where most events lie
    label = f"The events from {dated[0][1].words} to {dated[-1][1].words}; the list below has them all"
    return filled(
        '<div class="band scroll{}" tabindex="0" role="region" aria-label="The line of time">'
        '<svg viewBox="-10 0 {} {}" role="group" aria-label="{}">{}</svg></div>',
        late,
        WIDTH + 20,
        height,
        label,
        Markup(body),
    )


def _near(whens: list[When]) -> tuple[float, float]:
    """From when to when the line reaches: where nearly all events lie if those few others would stretch it, else all.

    A year far from all others is often a misreading, such as the number of a house.
    """
    points = sorted(w.point for w in whens)
    if len(points) < MANY:
        return points[0], points[-1]
    width = ceil(len(points) * NEARLY_ALL)
    low, high = min(
        ((points[n], points[n + width - 1]) for n in range(len(points) - width + 1)), key=lambda s: s[1] - s[0]
    )
    if high - low >= NARROW * (points[-1] - points[0]):
        return points[0], points[-1]
    reach = max(high - low, 1.0)
    near = [p for p in points if low - reach <= p <= high + reach]
    return near[0], near[-1]


def _far(whens: list[When], first: float, last: float, y: int) -> str:
    """What lies beyond the line on either side, as links to the list."""
    before, after = [w for w in whens if w.point < first], [w for w in whens if w.point > last]
    out = []
    for listed, word, x, anchor in ((before, "earlier", 0, "start"), (after, "later", WIDTH, "end")):
        if listed:
            span = f"from={iso_day(listed[0].point)}&amp;to={iso_day(listed[-1].point)}"
            said = f"{len(listed):,} {'event' if len(listed) == 1 else 'events'} far {word}, not on the line"
            text = f'<text class="dim" x="{x}" y="{y}" text-anchor="{anchor}">{said}</text>'
            out.append(f'<a class="bin" href="#?{span}">{text}</a>')
    return "".join(out)


def _line(render: Renderer, dated: list[tuple[r.Event, When]], scale: Scale) -> tuple[str, int]:
    return _few(render, dated, scale) if len(dated) <= FEW else _many(render, dated, scale)


def _lens(dated: list[tuple[r.Event, When]], scale: Scale) -> Scale | None:
    """A narrower line for where four fifths of the exact dates lie, if that is a small part of the whole."""
    points = sorted(w.point for _, w in dated if w.exact)
    if len(points) < 8:
        return None
    width = max(int(len(points) * 0.8), 2)
    low, high = min(
        ((points[n], points[n + width - 1]) for n in range(len(points) - width + 1)), key=lambda s: s[1] - s[0]
    )
    return Scale(low, high + 1) if (high + 1 - low) < (scale.high - scale.low) * 0.2 else None


def _rays(scale: Scale, close: Scale, y: int) -> str:
    """Lines that open the lens under its part of the whole."""
    a, b = scale.x(close.low), scale.x(close.high)
    return f'<path class="tick" fill="none" d="M{a} {y - 8}V{y}L0 {y + 26}M{b} {y - 8}V{y}L{WIDTH} {y + 26}"/>'


class Scale:
    """Days to units of the drawing, with ticks at calendar units that leave room for their labels."""

    def __init__(self, low: float, high: float) -> None:
        pad = (high - low) * 0.015
        self.low, self.high = low - pad, high + pad

    def x(self, day: float) -> float:
        """Where a day lies."""
        return round((day - self.low) / (self.high - self.low) * WIDTH, 1)

    def ticks(self) -> list[tuple[float, str]]:
        """Ticks and their labels: years or parts of them, months, days or hours."""
        days = self.high - self.low
        if days > 700:
            step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if days / 365 / s <= 14), 1000)
            years = range(calendar(self.low)[0] - step, calendar(self.high)[0] + 1)
            even = [y for y in years if (y if y > 0 else 1 - y) % step == 0]
            return [(float(number(y)), in_words(iso_year(y))) for y in even]
        if days > 45:
            return self._months(ceil(days / 30 / 14))
        if days > 2:
            step = ceil(days / 12)
            shown = range(ceil(self.low), floor(self.high) + 1, step)
            said = [in_words(iso_day(d), "short") for d in shown]
            return [(float(d), w if not n else _head(w, 2)) for n, (d, w) in enumerate(zip(shown, said, strict=True))]
        step = next((s for s in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360) if days * 1440 / s <= 12), 720)
        first = ceil(self.low * 1440 / step) * step
        return [(m / 1440, f"{m // 60 % 24:02}.{m % 60:02}") for m in range(first, floor(self.high * 1440) + 1, step)]

    def _months(self, step: int) -> list[tuple[float, str]]:
        out: list[tuple[float, str]] = []
        year, month, _ = calendar(self.low)
        while (at := number(year, month)) <= self.high:
            said = in_words(iso_day(at)[:-3], "short")
            out.append((float(at), said if not out or month <= step else _head(said, 1)))
            year, month, _ = calendar(number(year, month + step))
        return [t for t in out if t[0] >= self.low]


def _head(words: str, number: int) -> str:
    return " ".join(words.split()[:number])


def _axis(scale: Scale, y: int) -> str:
    ticks = "".join(
        f'<path class="tick" d="M{scale.x(d)} {y}v6"/>'
        f'<text class="dim" x="{scale.x(d) + 3}" y="{y + 17}">{label}</text>'
        for d, label in scale.ticks()
        if 0 <= scale.x(d) < WIDTH - 40
    )
    return f'<path class="axis" d="M0 {y}H{WIDTH}"/>{ticks}'


def _published(render: Renderer, scale: Scale, y: int) -> tuple[str, int]:
    """Dates of publication under the line: a letter each, one above the other where they fall together."""
    if len(render.g.witnesses) > 40:
        return "", 0
    out, ends = [], [-1e9] * 9
    for w in render.g.witnesses:
        when = parse(w.published)
        if when is None or not scale.low <= when.point <= scale.high:
            continue
        x = scale.x(when.point)
        row = next((n for n, end in enumerate(ends) if x > end), 0)
        ends[row] = x + 14
        out.append(
            f'<text class="w {render.hue(w.witness)}" x="{x}" y="{y + row * 15}">{escape(shown(w.siglum))}</text>'
        )
    if not out:
        return "", 0
    rows = sum(e > -1e9 for e in ends)
    return f'<text class="dim" x="0" y="{y}">published</text>' + "".join(out), rows * 15 + 4


def _few(render: Renderer, dated: list[tuple[r.Event, When]], scale: Scale) -> tuple[str, int]:
    rows, placed = _rows(dated, scale, [_width(render, e) for e, _ in dated])
    base = rows * 21 + 12
    marks = "".join(
        _event(render, e, w, scale, base - 12 - row * 21, side)
        for (e, w), (row, side) in zip(dated, placed, strict=True)
    )
    under, more = _published(render, scale, base + 36)
    return f"{_axis(scale, base)}{marks}{under}", base + 26 + more


def _width(render: Renderer, event: r.Event) -> float:
    return len(short(event.label, 44)) * 6.6 + 12 * min(len(render.g.tellers.get(event.event, [])), 6) + 22


def _rows(dated: list[tuple[r.Event, When]], scale: Scale, widths: list[float]) -> tuple[int, list[tuple[int, str]]]:
    """For each event the lowest row in which its mark and label meet no other, and the side of its label."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for (_, when), width in zip(dated, widths, strict=True):
        low, high = _ends(when, scale)
        side = "start" if high + width < WIDTH else "end" if low - width > 0 else "inside"
        span = {"start": (low - 4, high + width), "end": (low - width, high + 4), "inside": (low - 4, high + 4)}[side]
        row = next(
            (n for n, spans in enumerate(taken) if all(span[1] < a or b < span[0] for a, b in spans)), len(taken)
        )
        if row == len(taken):
            taken.append([])
        taken[row].append(span)
        placed.append((row, side))
    return len(taken), placed


def _ends(when: When, scale: Scale) -> tuple[float, float]:
    low = scale.x(when.low) if when.low is not None else 0.0
    high = scale.x(when.high) if when.high is not None else float(WIDTH)
    return low, high


def _event(render: Renderer, event: r.Event, when: When, scale: Scale, y: int, side: str) -> str:
    low, high = _ends(when, scale)
    if when.exact:
        shape = f'<path class="stroke" d="M{(low + high) / 2 if high - low < 8 else low:.1f} {y - 7}v14"/>'
        shape += f'<path class="day" d="M{low} {y}H{high}"/>' if high - low >= 8 else ""
    else:
        shape = f'<rect class="vague" x="{low}" y="{y - 4}" width="{max(high - low, 3):.1f}" height="8"/>'
    letters = "".join(
        f'<tspan class="w {render.hue(w)}" dx="4">{escape(shown(render.g.witness[w].siglum))}</tspan>'
        for w in render.g.tellers.get(event.event, [])[:6]
    )
    bold = " bold" if render.g.standing(event.event) == Standing.CONFLICT else ""
    at = {"start": high + 5, "end": low - 5, "inside": max(low, 0) + 6}[side]
    anchor = "end" if side == "end" else "start"
    label = f"{escape(short(event.label, 44))}{letters}"
    text = f'<text class="lab{bold}" x="{at:.1f}" y="{y + 4}" text-anchor="{anchor}">{label}</text>'
    href, key = escape(render.at.event(event.event)), escape(shown(event.event))
    return f'<a class="ev" href="{href}" data-ev="{key}">{shape}{text}</a>'


def _many(render: Renderer, dated: list[tuple[r.Event, When]], scale: Scale) -> tuple[str, int]:
    """Bars of equal spans of the line: all events, and within them those in conflict."""
    number, height, base = 95, 84, 100
    counts = [[0, 0] for _ in range(number)]
    for event, when in dated:
        n = min(int((when.point - scale.low) / (scale.high - scale.low) * number), number - 1)
        counts[max(n, 0)][0] += 1
        counts[max(n, 0)][1] += render.g.standing(event.event) == Standing.CONFLICT
    top = max(c[0] for c in counts)
    bars = [_bar(scale, n, counts, height / top, base) for n in range(number) if counts[n][0]]
    said = f"at most {top:,} events in a bar; dark: in conflict"
    note = f'<text class="dim" x="{WIDTH}" y="12" text-anchor="end">{said}</text>'
    under, more = _published(render, scale, base + 36)
    return f"{_axis(scale, base)}{''.join(bars)}{note}{under}", base + 26 + more


def _bar(scale: Scale, n: int, counts: list[list[int]], unit: float, base: int) -> str:
    """The bar of span ``n``: all its events, and those in conflict dark within it; a link to the span's events."""
    (all_, conflict), step, width = counts[n], (scale.high - scale.low) / len(counts), WIDTH / len(counts)
    low, high = scale.low + n * step, scale.low + (n + 1) * step
    first, last = iso_day(low), iso_day(high)
    x, tall, dark = round(n * width, 1), max(all_ * unit, 1.5), conflict * unit
    label = f"{in_words(f'{first}/{last}', 'short')}: {all_} events, {conflict} in conflict"
    return (
        f'<a class="bin" href="#?from={first}&amp;to={last}" aria-label="{label}"><title>{label}</title>'
        f'<rect class="all" x="{x}" y="{base - tall:.1f}" width="{width - 1.5:.1f}" height="{tall:.1f}"/>'
        f'<rect class="dark" x="{x}" y="{base - dark:.1f}" width="{width - 1.5:.1f}" height="{dark:.1f}"/></a>'
    )
