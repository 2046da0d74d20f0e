"""PDF: the text of each page by pypdfium2, pages parted by a form feed; running heads are left to `variorum.repair`."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pypdfium2 as pdfium

from variorum.read.document import Document, Found, Source, clean_id, unreadable

__all__ = ["read"]

MAX_PAGES = 5000
"""Pages beyond this are not read but named as a problem: a million pages are an attack or an error."""

MAX_CHARACTERS = 50_000_000

MAX_SECONDS = 300
"""Seconds that one file may take; a thousand dense pages take ten."""


def read(source: Source) -> Found:
    """The document of a PDF file; encrypted, damaged and picture-only files become problems."""
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
    pages = list(_pages(source, pdf, found))
    text = "\n\f".join(pages)
    if not text.strip():
        nothing = unreadable(source, "holds no text (scanned pages need OCR first)")
        return Found(problems=found.said(source) + nothing.problems)
    try:
        title = pdf.get_metadata_dict().get("Title") or None
    except (pdfium.PdfiumError, ValueError):
        title = None
    found.documents.append(Document(clean_id(source.stem), text, source.name, title=title))
    return found


def _pages(source: Source, pdf: pdfium.PdfDocument, found: Found) -> Iterator[str]:
    """The text of each page; those that are damaged, and those beyond the limits, are named as a problem."""
    size = 0
    begun = time.monotonic()
    for number in range(min(len(pdf), MAX_PAGES)):
        try:
            text = _text(pdf, number)
        except (pdfium.PdfiumError, ValueError) as error:
            found.say(source.stem, f"{source.name} page {number + 1}: {error}")
            continue
        yield text
        size += len(text)
        if reason := _enough(size, time.monotonic() - begun):
            found.say(source.stem, f"{source.name} was read up to page {number + 1} of {len(pdf)}: {reason}")
            return
    if len(pdf) > MAX_PAGES:
        found.say(source.stem, f"{source.name} claims {len(pdf)} pages; the first {MAX_PAGES} were read")


def _enough(size: int, seconds: float) -> str | None:
    if size > MAX_CHARACTERS:
        return f"it holds more than {MAX_CHARACTERS} characters"
    return f"it took more than {MAX_SECONDS} seconds" if seconds > MAX_SECONDS else None


def _text(pdf: pdfium.PdfDocument, number: int) -> str:
    page = pdf[number]
    try:
        text: str = page.get_textpage().get_text_range()
    finally:
        page.close()
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
