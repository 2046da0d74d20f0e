"""Spreadsheets (XLSX, ODS): a sheet with a line of names is a table of accounts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import openpyxl

from variorum.read import rows
from variorum.read.archives import zip_objection
from variorum.read.document import Found, Source, unreadable
from variorum.read.odt import content
from variorum.read.trees import Element, all_words, local, number_in, parsed

__all__ = ["of_workbook", "read_ods", "read_xlsx"]

MOST_COLUMNS = 500


def read_xlsx(source: Source) -> Found:
    """One document a row of each sheet; formulas are read as their values."""
    try:
        if objection := zip_objection(source, xml=False):
            return unreadable(source, objection)
        book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # a pack, XML and relations, each of which may be damaged in its own way
        return unreadable(source, f"is damaged, encrypted or no XLSX ({error})")
    found = Found()
    try:
        sheets = [sheet for sheet in book.worksheets if getattr(sheet, "sheet_state", "visible") == "visible"]
        hidden = len(book.worksheets) - len(sheets)
        for sheet in sheets:
            _sheet(
                source,
                str(sheet.title),
                sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS),
                len(sheets) == 1,
                found,
            )
    except Exception as error:  # rows are parsed while they are read
        found.say(source.stem, f"{source.name} breaks off ({error})")
        return found
    finally:
        book.close()
    if hidden:
        found.say(source.stem, f"{source.name} has hidden sheets, which were not read")
    return found if found.documents or found.problems or found.entries else unreadable(source, "holds no rows")


def read_ods(source: Source) -> Found:
    """One document a row of each sheet."""
    try:
        xml, _ = content(source)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        return unreadable(source, f"is damaged or no ODS ({error})")
    root = None if isinstance(xml, str) else parsed(xml)
    if root is None:
        return unreadable(source, xml if isinstance(xml, str) else "is damaged or no ODS")
    found = Found()
    sheets = [table for body in root.iter("{*}spreadsheet") for table in body if local(table) == "table"]
    for number, sheet in enumerate(sheets, start=1):
        name = next(
            (str(value) for key, value in sheet.attrib.items() if str(key).endswith("}name")), f"sheet {number}"
        )
        _sheet(source, name, _ods_rows(sheet, source, found), len(sheets) == 1, found)
    return found if found.documents or found.problems or found.entries else unreadable(source, "holds no rows")


def of_workbook(source: Source, root: Element) -> Found:
    """One document a row of each sheet of a workbook that Excel wrote as XML."""
    found = Found()
    sheets = [sheet for sheet in root if local(sheet) == "Worksheet"]
    for number, sheet in enumerate(sheets, start=1):
        name = next(
            (str(value) for key, value in sheet.attrib.items() if str(key).endswith("}Name")), f"sheet {number}"
        )
        listed = (tuple(all_words(cell) or None for cell in row)[:MOST_COLUMNS] for row in sheet.iter("{*}Row"))
        _sheet(source, name, listed, len(sheets) == 1, found)
    return found if found.documents or found.problems or found.entries else unreadable(source, "holds no rows")


def _ods_rows(sheet: Element, source: Source, found: Found) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet; what is said to repeat is repeated a few times only."""
    most = source.unpacked
    for row in sheet.iter("{*}table-row"):
        cells: list[Any] = []
        for cell in row:
            if local(cell) in ("table-cell", "covered-table-cell") and len(cells) < MOST_COLUMNS:
                again = next((str(v) for k, v in cell.attrib.items() if str(k).endswith("columns-repeated")), "1")
                day = next((str(v) for k, v in cell.attrib.items() if str(k).endswith("}date-value")), None)
                value = day or "\n".join(all_words(p) for p in cell if local(p) == "p") or None
                cells += [value] * min(number_in(again, 1), MOST_COLUMNS if value is None else 10)
        most -= sum(len(cell) for cell in cells if cell) + rows_cost(cells)
        if most < 0:
            found.say(source.stem, f"{source.name} holds more than is unpacked of one file; rows were left out")
            return
        yield tuple(cells[:MOST_COLUMNS])


def rows_cost(cells: list[Any]) -> int:
    """Bytes that a row takes beside its words."""
    return 100 + 8 * len(cells)


def _sheet(source: Source, name: str, listed: Iterable[tuple[Any, ...]], only: bool, found: Found) -> None:
    """The accounts of one sheet; one without a line of names that are known is said."""
    stem = source.stem if only else f"{source.stem}-{name}"
    inner = source.inner(name, stem, b"")
    inner.name = source.name if only else inner.name
    numbered = rows.below_names((tuple(map(_plain, row)) for row in listed), inner)
    made = rows.accounts(inner, numbered, Found())
    for document in made.documents:
        document.member = f"{name}/{document.member}"
    found.documents += made.documents
    found.entries += made.entries
    for problem in made.said(inner):
        found.say(problem.witness, problem.message)


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell
