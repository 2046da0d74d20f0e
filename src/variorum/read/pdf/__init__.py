"""PDF: the words of its pages in reading order, with headings, notes, captions and the rows of tables as parts.

Columns are read one after the other whatever the order in which they were drawn; running heads, page numbers and what a
browser prints around a page are left out; a page that is only a picture is read by Tesseract where that is installed,
and said where it is not.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pypdfium2 as pdfium

from variorum.read.document import Document, Found, Source, clean_id, unreadable
from variorum.read.pdf import scans
from variorum.read.pdf.composition import composed
from variorum.read.pdf.words import Sheet, sheet

__all__ = ["read"]

MAX_PAGES = 5000
"""Pages beyond this are not read but named as a problem: a million pages are an attack or an error."""

MAX_CHARACTERS = 50_000_000

MAX_SECONDS = 300
"""Seconds that the text of one file may take; a thousand dense pages take twenty."""

UNKNOWN = 0.1
"""Share of the letters of a page without a known sign, from which on its text is no text."""


def read(source: Source) -> Found:
    """The document of a PDF file; encrypted and damaged files become problems, and so do pages without text."""
    try:
        pdf = pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        reason = "is encrypted; remove its password and try again" if "password" in str(error).lower() else (
            f"is damaged or no PDF ({error})")  # fmt: skip
        return unreadable(source, reason)
    try:
        return _document(source, pdf)
    finally:
        pdf.close()


def _document(source: Source, pdf: pdfium.PdfDocument) -> Found:
    found = Found()
    sheets = list(_sheets(source, pdf, found))
    made = composed(sheets)
    if not made.text.strip():
        if not found.problems:
            return unreadable(source, "holds no text")
        return Found(problems=found.said(source))
    title = _title(pdf)
    found.documents.append(Document(clean_id(source.stem), made.text, source.name, title=title, parts=made.parts))
    return found


PROGRAM_MADE = re.compile(
    r"untitled\b.*|microsoft word - .*|.*\.(?:docx?|rtf|odt|indd|qx[dp]|pdf|tmp)|document\d*|\W*", re.IGNORECASE
)
"""Titles that a program gave, not a person."""


def _title(pdf: pdfium.PdfDocument) -> str | None:
    """The title that the file states, unless it is the name of a file."""
    try:
        title = " ".join((pdf.get_metadata_dict().get("Title") or "").split())
    except (pdfium.PdfiumError, ValueError):
        return None
    return None if PROGRAM_MADE.fullmatch(title[:300]) else title


# --- pages --------------------------------------------------------------------------------------------------------


def _sheets(source: Source, pdf: pdfium.PdfDocument, found: Found) -> Iterator[Sheet]:
    """The words of each page; pages that are damaged, scanned, or beyond the limits, are named as a problem."""
    size = 0
    begun = time.monotonic()
    pictures = scans.Pictures(source, found)
    for number in range(min(len(pdf), MAX_PAGES)):
        try:
            made = _sheet(pdf, number, pictures)
        except (pdfium.PdfiumError, ValueError) as error:
            found.say(source.stem, f"{source.name} page {number + 1}: {error}")
            continue
        yield made
        size += sum(len(word.text) + 1 for word in made.words)
        if reason := _enough(size, time.monotonic() - begun - pictures.seconds):
            found.say(source.stem, f"{source.name} was read up to page {number + 1} of {len(pdf)}: {reason}")
            break
    if len(pdf) > MAX_PAGES:
        found.say(source.stem, f"{source.name} claims {len(pdf)} pages; the first {MAX_PAGES} were read")
    pictures.say()


def _enough(size: int, seconds: float) -> str | None:
    if size > MAX_CHARACTERS:
        return f"it holds more than {MAX_CHARACTERS} characters"
    return f"it took more than {MAX_SECONDS} seconds" if seconds > MAX_SECONDS else None


def _sheet(pdf: pdfium.PdfDocument, number: int, pictures: scans.Pictures) -> Sheet:
    page = pdf[number]
    try:
        made = sheet(page, page.get_textpage())
        if made.unknown > UNKNOWN * max(made.letters, 1):
            return pictures.read(
                page, number, "has a font whose letters are not known", Sheet([], made.width, made.height)
            )
        if scans.is_picture(page, made.letters):
            return pictures.read(page, number, "is a picture", made)
        return made
    finally:
        page.close()
