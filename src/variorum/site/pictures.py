"""Pictures that others show beside a link to a page (https://ogp.me): one for each kind of page, with title and
counts, and one for each of the events that most accounts tell.

Drawn by Pillow where it is there, in its own face, which has Latin letters only: a title in others is left out.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from variorum.site.marking import shown

__all__ = ["FOLDER", "MOST", "event", "kind", "program", "there"]

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


def program() -> str:
    """What draws, with its version; empty where nothing does."""
    return f"pillow {version('pillow')}" if there() else ""


def kind(title: str, lines: Sequence[str], said: str) -> bytes:
    """The PNG of a kind of page: the title of the edition, what the edition holds, and what the page is called."""
    picture = _ground(title, tuple(lines[:2])).copy()
    _pen(picture).text((LEFT, 72), said, fill=SOFT, font=_face(34))
    return _png(picture, 6)


def event(title: str, label: str, lines: Sequence[str]) -> bytes:
    """The PNG of an event: its label, and lines on when it was and who tells it, below the title of the edition."""
    picture = _ground_of_events(title).copy()
    pen = _pen(picture)
    for n, line in enumerate(textwrap.wrap(_latin(label), 38)[:3]):
        pen.text((LEFT, 150 + n * 70), line, fill=INK, font=_face(56))
    for n, line in enumerate(lines[:2]):
        pen.text((LEFT, 390 + n * 48), _latin(line), fill=SOFT, font=_face(34))
    return _png(picture, 2)


@lru_cache(maxsize=2)
def _ground(title: str, lines: tuple[str, ...]) -> Any:
    picture = _empty()
    pen = _pen(picture)
    for n, line in enumerate(textwrap.wrap(_latin(title), 34)[:3]):
        pen.text((LEFT, 150 + n * 78), line, fill=INK, font=_face(64))
    for n, line in enumerate(lines):
        pen.text((LEFT, 400 + n * 44), _latin(line), fill=SOFT, font=_face(34))
    for bar in BARS:
        pen.rectangle(bar, fill=INK)
    return picture


@lru_cache(maxsize=2)
def _ground_of_events(title: str) -> Any:
    picture = _empty()
    pen = _pen(picture)
    pen.text((LEFT, 72), textwrap.shorten(_latin(title), 60, placeholder=" …"), fill=SOFT, font=_face(34))
    for bar in BARS:
        pen.rectangle(bar, fill=INK)
    return picture


def _empty() -> Any:
    from PIL import Image

    return Image.new("L", (WIDTH, HEIGHT), PAPER)


def _pen(picture: Any) -> Any:
    from PIL import ImageDraw

    return ImageDraw.Draw(picture)


@lru_cache(maxsize=8)
def _face(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _png(picture: Any, level: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=level)
    return out.getvalue()


def _latin(text: str) -> str:
    """Words that the face can draw: those with other letters are left out."""
    return " ".join(w for w in shown(text).split() if all(ord(sign) < 0x250 or sign in "–—’‘“”…" for sign in w))
