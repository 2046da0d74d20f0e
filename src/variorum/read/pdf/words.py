"""The words of a page with their places, as pypdfium2 has its letters; what is set at right angles comes apart."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

__all__ = ["Sheet", "Word", "body_size", "sheet"]

MOST_LETTERS = 400_000
"""Letters of one page that are looked at; a page of a newspaper has thirty thousand."""

SOFT = "\u00ad\u0002\ufffe"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


@dataclass(slots=True)
class Word:
    """A word and its place in points: ``y`` is its baseline, counted from the top; ``size`` the height of its letters.

    ``glued`` says that no space parts it from the word before, ``raised`` that it stands above the line, ``soft`` that
    it ends with a hyphen that parts a word. ``confidence`` is that of a reading of the page's picture, 0 to 100.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    glued: bool = False
    raised: bool = False
    soft: bool = False
    confidence: int | None = None


@dataclass(slots=True)
class Sheet:
    """A page: its words, its width and height in points, and how many letters have no known sign."""

    words: list[Word]
    width: float
    height: float
    letters: int = 0
    unknown: int = 0
    aside: int = 0


@dataclass(slots=True)
class _Letter:
    sign: str
    x0: float
    x1: float
    y: float
    size: float
    quarter: int


def sheet(page: Any, textpage: Any) -> Sheet:
    """The words of a page in the order in which they are drawn, as they stand when the page is turned to be read.

    Where most of a page is set at a right angle it is turned; the few words at another angle (a stamp in the margin, a
    watermark) are counted in ``aside`` and left out.
    """
    width, height = page.get_size()
    made = Sheet([], width, height)
    letters = list(_letters(textpage, made))
    turns = [sum(one.quarter == turn for one in letters if one.sign) for turn in range(4)]
    turn = turns.index(max(turns))
    if turn % 2:
        made.width, made.height = height, width
    made.words = list(_words(one for one in _turned(letters, turn, width, height)))
    made.aside = sum(turns) - turns[turn]
    return made


def _letters(textpage: Any, made: Sheet) -> Iterator[_Letter]:
    """Every letter; white space is one without a sign."""
    raw = textpage.raw
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    high = 0
    for index in range(min(pdfium.FPDFText_CountChars(raw), MOST_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        sign = chr(code)
        if sign.isspace():
            yield _Letter("", 0, 0, 0, 0, 0)
            continue
        if code < 0x20 and sign not in SOFT:
            made.unknown += code == 0
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        made.letters += 1
        made.unknown += sign == "\ufffd" or 0xE000 <= code < 0xF900
        angle = pdfium.FPDFText_GetCharAngle(raw, index)
        quarter = round(angle / (math.pi / 2)) % 4 if math.isfinite(angle) else 0
        place = (box.left, box.right, box.top, box.bottom, x.value, y.value)
        if not all(map(math.isfinite, place)):
            continue
        yield _placed(LIGATURES.get(sign, sign), place, quarter)


def _placed(sign: str, place: tuple[float, ...], quarter: int) -> _Letter:
    left, right, top, bottom, x, y = place
    if quarter % 2:
        return _Letter(sign, min(bottom, top), max(bottom, top), x, abs(right - left), quarter)
    return _Letter(sign, left, right, y, abs(top - bottom), quarter)


def _turned(letters: list[_Letter], turn: int, width: float, height: float) -> Iterator[_Letter]:
    """The letters of one angle, with places from the left and from the top of the page as it is read."""
    for one in letters:
        if one.sign and one.quarter != turn:
            continue
        x0, x1, y = one.x0, one.x1, one.y
        if turn == 0:
            y = height - y
        elif turn == 1:  # the angle is told clockwise
            x0, x1, y = height - x1, height - x0, width - y
        elif turn == 2:
            x0, x1 = width - x1, width - x0
        yield _Letter(one.sign, x0, x1, y, one.size, turn)


def _is_rtl(sign: str) -> bool:
    return "\u0590" <= sign <= "\u08ff" or "\ufb1d" <= sign <= "\ufefc"


def _words(letters: Iterator[_Letter]) -> Iterator[Word]:
    """Letters that follow each other without a space, a leap or a change of size."""
    held: Word | None = None
    before: _Letter | None = None
    base: _Letter | None = None  # the last letter that stands on the line
    spaced = True
    for one in letters:
        if not one.sign:
            spaced = True
            continue
        if held is not None and before is not None and not spaced and _goes_on(before, one):
            held.text += one.sign
            held.x0, held.x1 = min(held.x0, one.x0), max(held.x1, one.x1)
            held.size = max(held.size, one.size)
        else:
            if held is not None:
                yield _ended(held)
            glued = not spaced and before is not None and -0.3 < (one.x0 - before.x1) / max(before.size, 1) < 0.15
            held = Word(one.sign, one.x0, one.x1, one.y, max(one.size, 0.1), glued)
            _raise(held, base if glued else None)
        before = one
        base = base if held.raised else one
        spaced = False
    if held is not None:
        yield _ended(held)


def _goes_on(before: _Letter, one: _Letter) -> bool:
    size = max(before.size, one.size, 0.1)
    if abs(one.y - before.y) > 0.15 * size or not 0.8 < one.size / max(before.size, 0.1) < 1.25:
        return False
    gap = before.x0 - one.x1 if _is_rtl(one.sign) else one.x0 - before.x1
    return -0.8 * size < gap < 0.35 * size


def _raise(word: Word, before: _Letter | None) -> None:
    """Marks a small word that stands above the end of the one before, and puts it on its line."""
    if before is None or word.size > 0.85 * before.size:
        return
    if 0.08 * before.size < before.y - word.y < 0.7 * before.size:
        word.raised, word.y = True, before.y


def _ended(word: Word) -> Word:
    """A word whose last sign may be a hyphen that parts it at the end of its line."""
    if word.text[-1] in SOFT and len(word.text) > 1:
        word.text, word.soft = word.text[:-1] + "-", True
    word.text = "".join(sign for sign in word.text if sign not in SOFT) or "-"
    return word


def body_size(words: list[Word]) -> float:
    """The height of the letters in which most of some words are set."""
    return median([word.size for word in words for _ in range(max(1, len(word.text) // 4))]) if words else 0.0
