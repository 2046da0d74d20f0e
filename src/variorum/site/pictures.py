"""A picture for each kind of page, which others show beside a link to it (https://ogp.me): title, kind, counts.

Drawn by Pillow where it is there, in its own face, which has Latin letters only: a title in others is left out.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from variorum.site.marking import shown

__all__ = ["FOLDER", "draw", "there"]

FOLDER = "pictures"
WIDTH, HEIGHT, LEFT = 1200, 630, 72
PAPER, INK, SOFT = 253, 28, 84
"""Shades of grey, 0 to 255."""
BARS = ((72, 528, 300, 548), (340, 566, 560, 586))
"""Two bars that do not meet: the mark of a conflict."""


def there() -> bool:
    """True where pictures can be drawn."""
    return find_spec("PIL") is not None


def draw(folder: Path, pages: Mapping[str, str], title: str, lines: Sequence[str]) -> None:
    """Write a PNG of at most some tens of kilobytes for each page, ``pages`` being names of files and of pages.

    ``lines`` say what the edition holds; nothing is written where Pillow is missing.
    """
    if not there():
        return
    from PIL import Image, ImageDraw, ImageFont

    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    large, small = ImageFont.load_default(64), ImageFont.load_default(34)
    ground = Image.new("L", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(ground)
    for n, line in enumerate(textwrap.wrap(_latin(title), 34)[:3]):
        pen.text((LEFT, 150 + n * 78), line, fill=INK, font=large)
    for n, line in enumerate(lines[:2]):
        pen.text((LEFT, 400 + n * 44), _latin(line), fill=SOFT, font=small)
    for bar in BARS:
        pen.rectangle(bar, fill=INK)
    for name, said in pages.items():
        picture = ground.copy()
        ImageDraw.Draw(picture).text((LEFT, 72), said, fill=SOFT, font=small)
        picture.save(target / f"{name}.png", compress_level=6)


def _latin(text: str) -> str:
    """Words that the face can draw: those with other letters are left out."""
    return " ".join(w for w in shown(text).split() if all(ord(sign) < 0x250 or sign in "–—’‘“”…" for sign in w))
