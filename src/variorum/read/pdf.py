"""PDF: the text of each page by pypdfium2, pages parted by a form feed; running heads are left to `variorum.repair`."""

from __future__ import annotations

import pypdfium2 as pdfium

from variorum.read.document import Document, Found, Source, clean_id, unreadable
from variorum.records import Problem

__all__ = ["read"]

MAX_PAGES = 5000
"""Pages beyond this are not read but named as a problem: a million pages are an attack or an error."""

MAX_CHARACTERS = 50_000_000


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
    id = clean_id(source.stem)
    pages: list[str] = []
    size = 0
    for number in range(min(len(pdf), MAX_PAGES)):
        try:
            page = pdf[number]
            pages.append(page.get_textpage().get_text_range().replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"))
            page.close()
        except pdfium.PdfiumError as error:
            found.problems.append(Problem(id, None, None, "read", f"{source.name} page {number + 1}: {error}"))
        size += len(pages[-1]) if pages else 0
        if size > MAX_CHARACTERS:
            break
    if len(pdf) > len(pages) and len(pdf) > MAX_PAGES:
        text = f"{source.name} claims {len(pdf)} pages; the first {MAX_PAGES} were read"
        found.problems.append(Problem(id, None, None, "read", text))
    text = "\n\f".join(pages)
    if not text.strip():
        nothing = unreadable(source, "holds no text (scanned pages need OCR first)")
        return Found(problems=found.problems + nothing.problems)
    info = pdf.get_metadata_dict()
    found.documents.append(Document(id, text, source.name, title=info.get("Title") or None))
    return found
