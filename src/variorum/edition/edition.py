"""The edition: a folder of Parquet tables with a manifest and a site, that can be opened, read and carried away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.errors import EditionError
from variorum.records import TABLES, Row, rows
from variorum.review.only import checked_only

__all__ = ["MANIFEST", "Edition"]

MANIFEST = "edition.json"
R = TypeVar("R", bound=Row)


class Edition:
    """An edition opened for reading; every table is a method's worth: ``edition.events()`` is an Arrow table.

    Raises `EditionError` where the folder is no edition.

    >>> Edition("nowhere")
    Traceback (most recent call last):
    ...
    variorum.errors.EditionError: nowhere: is no edition; make one with 'variorum collate ACCOUNTS -o nowhere'
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        try:
            self.manifest: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
            advice = f"make one with 'variorum collate ACCOUNTS -o {folder}'"
            raise EditionError(str(folder), "is no edition", advice) from error

    @property
    def site(self) -> Path:
        """The page to open first."""
        return self.folder / "index.html"

    def table(self, name: str) -> pa.Table:
        """A table by name (see `variorum.records.TABLES`); ``.to_pandas()`` is at hand."""
        if name not in TABLES:
            raise EditionError(f"table {name}", "there is no such table", f"there are {', '.join(TABLES)}")
        try:
            return pq.read_table(self.folder / "tables" / f"{name}.parquet")
        except (OSError, pa.ArrowException) as error:
            raise EditionError(str(self.folder), f"table {name} cannot be read ({error})", "collate again") from error

    def tables(self) -> dict[str, pa.Table]:
        """All tables by name."""
        return {name: self.table(name) for name in TABLES}

    def checked(self) -> Edition:
        """The edition with the rows alone that people have judged, and what these rest on."""
        made = Checked(self.folder)
        made.held = checked_only(self.tables())
        return made

    def records(self, kind: type[R]) -> list[R]:
        """The rows of a kind as records, for example ``edition.records(variorum.records.Verdict)``."""
        return rows(kind, self.table(kind.TABLE))

    def __getattr__(self, name: str) -> Any:
        if name in TABLES:
            return lambda: self.table(name)
        raise AttributeError(name)

    def __repr__(self) -> str:
        counts = self.manifest.get("rows", {})
        return (
            f"Edition({str(self.folder)!r}: {counts.get('witnesses', 0)} witnesses, {counts.get('events', 0)} events)"
        )


class Checked(Edition):
    """An edition's checked rows; made by `Edition.checked`."""

    held: dict[str, pa.Table]

    def table(self, name: str) -> pa.Table:
        """A table by name, with its checked rows alone."""
        return self.held[name] if name in self.held else super().table(name)
