"""Pictures that others show beside a link to a page (https://ogp.me): one for each kind of page, with title and
counts, and one for each of the events that most accounts tell.

Drawn by Pillow where it is there, in its own face, which has Latin letters only: a title in others is left out.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from variorum.site.marking import shown

__all__ = ["FOLDER", "MOST", "draw", "draw_events", "there"]

FOLDER = "pictures"
WIDTH, HEIGHT, LEFT = 1200, 630, 72
PAPER, INK, SOFT = 253, 28, 84
"""Shades of grey, 0 to 255."""
MOST = 50
"""Events that have a picture of their own: each takes some 9 ms of a processor and 20 kB."""
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


def draw_events(folder: Path, events: Mapping[str, tuple[str, Sequence[str]]], title: str) -> None:
    """Write a PNG for each event: by the name of its file its label, and lines on when it was and who tells it.

    ``title`` is that of the edition; nothing is written where Pillow is missing.
    """
    if not there() or not events:
        return
    from PIL import Image, ImageDraw, ImageFont

    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    large, small = ImageFont.load_default(56), ImageFont.load_default(34)
    ground = Image.new("L", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(ground)
    pen.text((LEFT, 72), textwrap.shorten(_latin(title), 60, placeholder=" …"), fill=SOFT, font=small)
    for bar in BARS:
        pen.rectangle(bar, fill=INK)
    for name, (label, lines) in events.items():
        picture = ground.copy()
        pen = ImageDraw.Draw(picture)
        for n, line in enumerate(textwrap.wrap(_latin(label), 38)[:3]):
            pen.text((LEFT, 150 + n * 70), line, fill=INK, font=large)
        for n, line in enumerate(lines[:2]):
            pen.text((LEFT, 390 + n * 48), _latin(line), fill=SOFT, font=small)
        picture.save(target / f"{name}.png", compress_level=2)


def _latin(text: str) -> str:
    """Words that the face can draw: those with other letters are left out."""
    return " ".join(w for w in shown(text).split() if all(ord(sign) < 0x250 or sign in "–—’‘“”…" for sign in w))
