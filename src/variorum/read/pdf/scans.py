"""Pages that are pictures of text: found out, and read by Tesseract where it is installed.

The program is called as it is (``tesseract``, Apache-2.0, in every distribution's packages), with one thread, on a
picture of the page in shades of grey; it gives each word with its place and its confidence. Considered: pytesseract (a
thin wrapper that writes files), ocrmypdf (a second PDF library; runs Tesseract too).
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from variorum.read.document import Found, Source
from variorum.read.pdf.words import Sheet, Word, body_size

__all__ = ["FEW", "Pictures", "is_picture", "program"]

FEW = 25
"""Letters of a page with a picture on it, up to which it may be a scan with a stamp or a page number."""

COVERS = 0.5
"""Share of a page that a picture of it covers."""

DPI = 300
"""Dots per inch at which a page is drawn: what Tesseract is trained on."""

MOST_DOTS = 40_000_000
"""Dots of one picture; a page of a large newspaper is drawn coarser."""

SECONDS = 120
"""Seconds that one page may take; a dense one takes ten."""

WHOLE = 3600
"""Seconds that all pages of one file may take."""

INSTALL = "install Tesseract to have it read (apt-get install tesseract-ocr, brew install tesseract)"


@cache
def program() -> str | None:
    """Where Tesseract is, or None."""
    return shutil.which("tesseract")


def is_picture(page: Any, letters: int) -> bool:
    """True for a page of few letters most of which a picture covers, or of none on which anything is drawn."""
    if letters >= FEW:
        return False
    if letters == 0 and next(iter(page.get_objects(max_depth=1)), None) is not None:
        return True
    width, height = page.get_size()
    covered = 0.0
    for number, one in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if number > 2000:
            break
        left, bottom, right, top = one.get_bounds() if hasattr(one, "get_bounds") else one.get_pos()
        covered += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
    return bool(covered > COVERS * width * height)


class Pictures:
    """The pages of a file that are pictures: reads them, and says what became of them."""

    def __init__(self, source: Source, found: Found) -> None:
        self.source, self.found = source, found
        self.seconds = 0.0
        self.read_pages: list[int] = []
        self.left: dict[str, list[int]] = {}
        self.low = self.words = 0

    def read(self, page: Any, number: int, why: str, plain: Sheet) -> Sheet:
        """The words of a page as Tesseract reads them, or the page as it is."""
        if not self.source.ocr:
            self.left.setdefault(f"{why}, and reading pictures is switched off (--set ocr=eng)", []).append(number + 1)
            return plain
        if program() is None:
            self.left.setdefault(f"{why}; {INSTALL}", []).append(number + 1)
            return plain
        if self.seconds > WHOLE:
            self.left.setdefault(f"{why}, and the pages before took more than {WHOLE // 60} minutes", []).append(
                number + 1
            )
            return plain
        begun = time.monotonic()
        try:
            words = _evened(list(_words(_told(page, self.source.ocr), page)))
        except (OSError, subprocess.SubprocessError, ValueError, pdfium.PdfiumError) as error:
            self.left.setdefault(f"{why}, and Tesseract failed ({_short(error)})", []).append(number + 1)
            return plain
        finally:
            self.seconds += time.monotonic() - begun
        if not words:
            self.left.setdefault("holds no text, and Tesseract found no words in its picture", []).append(number + 1)
            return plain
        self.read_pages.append(number + 1)
        self.words += len(words)
        self.low += sum((word.confidence or 0) < 60 for word in words)
        return Sheet(words, plain.width, plain.height)

    def say(self) -> None:
        """A problem for the pages that were read from pictures, and for those that could not be."""
        name = self.source.name
        if self.read_pages:
            share = (
                f"{self.low} of its {self.words} words there are doubtful" if self.low else "no word there is doubtful"
            )
            said = (
                f"{_pages(self.read_pages)} of {name} {_is(self.read_pages)} a picture and read by Tesseract; {share}"
            )
            self.found.say(self.source.stem, said)
        for why, pages in self.left.items():
            self.found.say(self.source.stem, f"{_pages(pages)} of {name} {_each(pages)}{why}")


def _each(pages: list[int]) -> str:
    return "" if len(pages) == 1 else "each "


def _is(pages: list[int]) -> str:
    return "is" if len(pages) == 1 else "are each"


def _pages(pages: list[int]) -> str:
    """Pages in words, runs of them by their ends.

    >>> _pages([1, 2, 3, 7]), _pages([4])
    ('pages 1-3, 7', 'page 4')
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    told = [str(a) if a == b else f"{a}-{b}" for a, b in runs[:20]]
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(told)}{' ...' if len(runs) > 20 else ''}"


def _short(error: Exception) -> str:
    said = getattr(error, "stderr", b"") or b""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join((text.strip() or str(error) or type(error).__name__).split())[:200]


def _told(page: Any, language: str) -> str:
    """What Tesseract tells of a page, as a table."""
    command = [program() or "tesseract", "stdin", "stdout", "-l", language, "--dpi", str(DPI), "--psm", "3", "tsv"]
    made = subprocess.run(
        command, input=_picture(page), capture_output=True, timeout=SECONDS, check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    return made.stdout.decode("utf-8", "replace")


def _picture(page: Any) -> bytes:
    """The page as a portable grey map."""
    width, height = page.get_size()
    scale = DPI / 72
    if width * height * scale**2 > MOST_DOTS:
        scale = (MOST_DOTS / (width * height)) ** 0.5
    drawn = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        wide, high, stride = drawn.width, drawn.height, drawn.stride
        dots = bytes(drawn.buffer)
    finally:
        drawn.close()
    lines = (dots[n * stride : n * stride + wide] for n in range(high))
    return b"P5\n%d %d\n255\n" % (wide, high) + b"".join(lines)


def _evened(words: list[Word]) -> list[Word]:
    """The words with the height of most where theirs is near it: a line without long letters is no smaller print."""
    usual = body_size(words)
    for word in words:
        if 0.7 * usual < word.size < 1.4 * usual:
            word.size = usual
    return words


def _words(told: str, page: Any) -> Iterator[Word]:
    """The words of a table of Tesseract's with their places in points."""
    width, height = page.get_size()
    scale = DPI / 72
    if width * height * scale**2 > MOST_DOTS:
        scale = (MOST_DOTS / (width * height)) ** 0.5
    lines: dict[tuple[str, ...], tuple[float, float]] = {}
    for row in csv.DictReader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        place = tuple(row.get(name) or "" for name in ("block_num", "par_num", "line_num"))
        left, top, wide, high = (float(row.get(name) or 0) / scale for name in ("left", "top", "width", "height"))
        if row.get("level") == "4":
            lines[place] = (top + high, high)
        text = (row.get("text") or "").strip()
        if row.get("level") == "5" and text:
            foot, size = lines.get(place, (top + high, high))
            yield Word(
                text, left, left + wide, foot, min(size, 3 * high), confidence=round(float(row.get("conf") or 0))
            )
