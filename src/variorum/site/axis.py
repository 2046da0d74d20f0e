"""Readings as intervals on one axis, drawn as SVG: a dot is exact, a dashed bar approximate, an arrow open."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from variorum import records as r
from variorum.dates import in_words, iso_day, parse
from variorum.site.marking import shown
from variorum.site.render import Renderer
from variorum.site.telling import groups

__all__ = ["drawn"]

WIDTH, LEFT, RIGHT, ROW = 480, 16, 464, 19
LETTER = 8.5
"""About how wide a letter of a siglum is."""
DIGIT = 6.5
"""About how wide a digit below the axis is."""
DAY, DAY_ELSEWHERE = 33.0, 44.0


class Bar(NamedTuple):
    """What several witnesses read alike: from ``low`` to ``high``, None where open; ``label`` is said aloud."""

    low: float | None
    high: float | None
    witnesses: tuple[str, ...]
    label: str


def drawn(render: Renderer, readings: Sequence[r.Reading], most: int = 8) -> Markup:
    """The figure of a verdict's readings, or nothing where they are not numbers or dates.

    More than ``most`` different values are not drawn: the words beside them say it better.
    """
    bars = [_bar(render, group) for group in groups(list(readings))]
    known = [b for b in bars if b is not None]
    if not known or len(known) < len(bars) or len(known) > most:
        return Markup()
    dated = readings[0].low is None and readings[0].high is None
    if dated and len({(b.low, b.high) for b in known}) < len(known):
        return Markup()  # two hours of one day: a line of days shows no difference
    return _svg(render, known, dated)


def _bar(render: Renderer, group: list[r.Reading]) -> Bar | None:
    first, low, high = group[0], group[0].low, group[0].high
    if low is None and high is None:
        when = parse(first.date or first.value) if first.attribute in ("date", "time", "begin", "end") else None
        if when is None:
            return None
        low, high = when.low, when.high
    if any(x is not None and not math.isfinite(x) for x in (low, high)):
        return None
    witnesses = tuple(dict.fromkeys(x.witness for x in group))
    names = ", ".join(render.g.witness[w].siglum if w in render.g.witness else w for w in witnesses)
    return Bar(low, high, witnesses, f"{names}: {first.text}")


def _svg(render: Renderer, bars: list[Bar], dated: bool) -> Markup:
    ends = sorted({x for b in bars for x in (b.low, b.high) if x is not None})
    margin = (ends[-1] - ends[0]) * 0.12 or max(abs(ends[0]) * 0.02, 1.0)
    low, high = ends[0] - margin, ends[-1] + margin

    def x(value: float) -> float:
        return round(LEFT + (value - low) / (high - low) * (RIGHT - LEFT), 1)

    base = ROW * len(bars) + 8
    parts = [
        f'<path class="axis" d="M{LEFT} {base}H{RIGHT}"/>',
        *_ticks(ends, x, base, _half(render) if dated else None),
    ]
    parts += [
        _mark(render, b, x, ROW * n + 14, base)
        for n, b in enumerate(sorted(bars, key=lambda b: b.low if b.low is not None else -math.inf))
    ]
    label = escape(shown(". ".join(b.label for b in bars)))
    return Markup(
        f'<svg class="ivs" viewBox="0 0 {WIDTH} {base + 20}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
    )


def _half(render: Renderer) -> float:
    """About half the width of a day below the axis: months are longer in other languages than English."""
    return DAY if render.words.code == "en" else DAY_ELSEWHERE


def _ticks(ends: list[float], x, base: int, day: float | None) -> list[str]:  # type: ignore[no-untyped-def]
    out, last = [], -1e9
    for value in ends:
        at, said = x(value), _label(value, day is not None)
        half = day or max(17.0, DIGIT * len(said) / 2 + 4)
        if at - half < last:
            continue
        last = at + half
        out.append(
            f'<path class="axis" d="M{at} {base}v4"/><text class="dim" x="{at}" y="{base + 16}" '
            f'text-anchor="middle">{said}</text>'
        )
    return out


def _label(value: float, dated: bool) -> str:
    if not dated:
        return f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.6g}"
    clock = round((value - math.floor(value)) * 1440)
    if clock:
        return f"{clock // 60:02}.{clock % 60:02}"
    return in_words(iso_day(value), "short")


def _mark(render: Renderer, bar: Bar, x, y: int, base: int) -> str:  # type: ignore[no-untyped-def]
    hue = render.hue(bar.witnesses[0]) if len(bar.witnesses) == 1 else "many"
    low, high = (x(bar.low) if bar.low is not None else LEFT), (x(bar.high) if bar.high is not None else RIGHT)
    if bar.low is not None and bar.high is not None and high - low < 3:
        shape = f'<path class="drop" d="M{low} {y}V{base}"/><circle class="ivp" cx="{low}" cy="{y}" r="4.5"/>'
        room = low + 10 + LETTER * sum(len(_siglum(render, w)) + 1 for w in bar.witnesses[:9]) < WIDTH
        at, side = (low + 10, "start") if room or low < (LEFT + RIGHT) / 2 else (low - 10, "end")
        return f'<g class="{hue}">{shape}</g>{_letters(render, bar, at, y + 5, side)}'
    dash = ' stroke-dasharray="6 2.5"' if bar.low is not None and bar.high is not None else ""
    caps = "".join(
        f"M{v} {y - 5}v10" for v, known in ((low, bar.low is not None), (high, bar.high is not None)) if known
    )
    arrow = "" if bar.high is not None else f'<path class="ivp" d="M{RIGHT - 1} {y - 5}l10 5-10 5z"/>'
    arrow += "" if bar.low is not None else f'<path class="ivp" d="M{LEFT + 1} {y - 5}l-10 5 10 5z"/>'
    shape = f'<path class="iv" d="M{low} {y}H{high}"{dash}/><path class="cap" d="{caps}"/>{arrow}'
    at, side = (low - 7, "end") if low > 90 else (high + 8, "start") if high < RIGHT - 60 else (low + 4, "start")
    line = y + 5 if side == "end" or high < RIGHT - 60 else y - 5
    return f'<g class="{hue}">{shape}</g>{_letters(render, bar, at, line, side)}'


def _letters(render: Renderer, bar: Bar, at: float, y: int, side: str) -> str:
    spans = [
        f'<tspan class="w {render.hue(w)}" dx="{4 if n else 0}">{escape(_siglum(render, w))}</tspan>'
        for n, w in enumerate(bar.witnesses[:8])
    ]
    rest = len(bar.witnesses) - 8
    more = f'<tspan class="dim" dx="4">+{rest}</tspan>' if rest > 0 else ""
    return f'<text x="{at}" y="{y}" text-anchor="{side}" class="let">{"".join(spans)}{more}</text>'


def _siglum(render: Renderer, witness: str) -> str:
    found = render.g.witness.get(witness)
    return shown(found.siglum if found else witness)
