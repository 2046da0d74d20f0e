"""A figure as a drawing: lines, dots and words at places, as SVG or as a picture of dots (PNG, by Pillow)."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from html import escape
from typing import Any

from variorum.errors import ConfigError
from variorum.export.dossier.model import Bar, Figure

__all__ = ["drawn", "png", "svg"]

WIDTH, RIGHT, ROW, TOP = 640, 600, 26, 16
LETTER, LETTERS = 7.4, 30
"""About how wide a letter of a label is, and how many are written."""
INK, GREY = "#1f2328", "#6b7280"


@dataclass(frozen=True, slots=True)
class Mark:
    """A line from (x, y) to (x2, y2), a dot at (x, y), or words that begin, end or are centred there."""

    kind: str
    x: float
    y: float
    x2: float = 0
    y2: float = 0
    words: str = ""
    colour: str = INK


def drawn(figure: Figure) -> tuple[int, list[Mark]]:
    """The height of a figure's drawing and its marks, from the top down."""
    bars = [b for b in figure.bars if all(x is None or math.isfinite(x) for x in (b.low, b.high))]
    ends = sorted({x for b in bars for x in (b.low, b.high) if x is not None}) or [0.0]
    reach = (ends[-1] - ends[0]) or max(abs(ends[0]), 1.0)
    low, high = ends[0] - reach * 0.08, ends[-1] + reach * 0.08

    longest = max((min(len(b.label), LETTERS) for b in bars), default=0)
    left = max(130, round(longest * LETTER) + 24)

    def at(value: float) -> float:
        return left + (value - low) / (high - low) * (RIGHT - left)

    marks: list[Mark] = []
    for n, bar in enumerate(bars):
        marks += _bar(bar, TOP + n * ROW, at, left)
    base = TOP + len(bars) * ROW
    marks.append(Mark("line", left, base, RIGHT, base, colour=GREY))
    marks += [Mark("line", at(x), base, at(x), base + 5, colour=GREY) for x in ends]
    marks += [Mark("middle", at(x), base + 18, words=f"{x:,g}", colour=GREY) for x in _spread(ends, at)]
    return base + 30, marks


def _bar(bar: Bar, y: float, at: Any, left: int) -> list[Mark]:
    words = bar.label if len(bar.label) <= LETTERS else bar.label[: LETTERS - 2] + " …"
    label = Mark("end", left - 14, y + 4, words=words)
    if bar.low is not None and bar.low == bar.high:
        return [label, Mark("dot", at(bar.low), y)]
    start = at(bar.low) if bar.low is not None else left
    end = at(bar.high) if bar.high is not None else RIGHT
    marks = [label, Mark("line", start, y, end, y)]
    for known, x, way in ((bar.low, start, 1), (bar.high, end, -1)):
        if known is None:  # an arrow's head: the end is open
            marks += [Mark("line", x, y, x + 7 * way, y - 5), Mark("line", x, y, x + 7 * way, y + 5)]
        else:
            marks.append(Mark("line", x, y - 5, x, y + 5))
    return marks


def _spread(ends: list[float], at: Any) -> list[float]:
    """The numbers that are written below the axis: not so near that they touch."""
    kept: list[float] = []
    for x in ends:
        if not kept or at(x) - at(kept[-1]) > 46:
            kept.append(x)
    return kept


def svg(figure: Figure) -> str:
    """The drawing as SVG."""
    height, marks = drawn(figure)
    said = "".join(_element(m) for m in marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>{escape(figure.caption)}</title>{said}</svg>'
    )


def _element(m: Mark) -> str:
    if m.kind == "line":
        return f'<line x1="{m.x:.1f}" y1="{m.y:.1f}" x2="{m.x2:.1f}" y2="{m.y2:.1f}" stroke="{m.colour}" stroke-width="2"/>'
    if m.kind == "dot":
        return f'<circle cx="{m.x:.1f}" cy="{m.y:.1f}" r="5" fill="{m.colour}"/>'
    return f'<text x="{m.x:.1f}" y="{m.y:.1f}" text-anchor="{m.kind}" fill="{m.colour}">{escape(m.words)}</text>'


def png(figure: Figure, scale: int = 3) -> tuple[bytes, int, int]:
    """The drawing as PNG, with its width and height in units of the drawing. Raises `ConfigError` without Pillow."""
    try:
        from PIL import Image, ImageDraw, ImageFont
    except ImportError as error:
        raise ConfigError("pictures", "need Pillow", "pip install 'variorum[publish]'") from error
    height, marks = drawn(figure)
    image = Image.new("L", (WIDTH * scale, height * scale), "white")  # ink and grey, so that it stays small
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(13 * scale)
    for m in marks:
        if m.kind == "line":
            pen.line([m.x * scale, m.y * scale, m.x2 * scale, m.y2 * scale], fill=m.colour, width=2 * scale)
        elif m.kind == "dot":
            pen.ellipse([(m.x - 5) * scale, (m.y - 5) * scale, (m.x + 5) * scale, (m.y + 5) * scale], fill=m.colour)
        else:
            anchor = {"end": "rs", "middle": "ms"}[m.kind]
            pen.text((m.x * scale, m.y * scale), m.words, fill=m.colour, font=font, anchor=anchor)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue(), WIDTH, height
