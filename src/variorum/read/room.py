"""One of the paths that were given: a folder, a file or standard input, and what comes of its files."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from variorum.config import Config
from variorum.errors import InputError
from variorum.read import listing
from variorum.read.document import Entry, Found, Source
from variorum.read.kinds import stem
from variorum.read.reading import Reading, reading

__all__ = ["Room"]


@dataclass(slots=True)
class Room:
    """One of the paths that were given: a folder, a file, or standard input, and what came of its files."""

    path: str
    config: Config
    columns: dict[str, str]
    found: Found
    folder: Path = field(init=False)
    lists: dict[str, Entry] = field(init=False)
    made: list[Reading] = field(default_factory=list)

    def __post_init__(self) -> None:
        at = Path(self.path)
        if self.path != "-" and not at.exists():
            raise InputError(self.path, "there is no such file or folder", "check the path")
        self.folder = at if at.is_dir() else at.parent
        self.lists = {} if self.path == "-" else _witnesses(self.folder, self.config, self.found)

    def readings(self, tick: Callable[[str], None]) -> Iterator[Reading]:
        """What comes of each file, in order."""
        if self.path == "-":
            yield reading(self._ready(listing.standard_input(self.config)), {})
            return
        at = Path(self.path)
        for file in listing.wanted(at, self.config, self.found) if at.is_dir() else [at]:
            tick(file.name)
            if made := self._reading(file, ()):
                yield made

    def _reading(self, file: Path, beside: tuple[str, ...]) -> Reading | None:
        name = file.relative_to(self.folder).as_posix()
        source = listing.source(file, name, stem(file.name), self.config, self.found)
        if source is None:
            return None
        source.beside = beside
        return reading(self._ready(source), self.lists, file, listing.modified(file))

    def _ready(self, source: Source) -> Source:
        source.columns, source.order = self.columns, self.config.times_numeric_order
        return source

    def again(self) -> None:
        """Files whose encoding was guessed are read again where files beside them use one that came close."""
        sure = {encoding for made in self.made for encoding in made.sure}
        for number, made in enumerate(self.made):
            if (likely := made.doubtful & sure) and made.path is not None:
                self.made[number] = self._reading(made.path, tuple(sorted(likely))) or made


_ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?")


def _of_addresses(rows: list[dict[str, str]], taken: set[str]) -> str | None:
    """A column whose cells are all addresses of the web, whatever it is called.

    >>> _of_addresses([{"file": "a", "source": "https://example.org/a"}, {"file": "b", "source": ""}], {"file"})
    'source'
    """
    for name in rows[0] if rows else ():
        cells = [cell for row in rows if (cell := (row.get(name) or "").strip())]
        if name not in taken and cells and all(_ADDRESS.fullmatch(cell) for cell in cells):
            return name
    return None


def _witnesses(folder: Path, config: Config, found: Found) -> dict[str, Entry]:
    """The rows of ``witnesses.csv`` by file name."""
    file = folder / "witnesses.csv"
    if not file.is_file():
        return {}
    from variorum.read.columns import fields_of
    from variorum.read.rows import entry
    from variorum.read.tables import cells
    from variorum.read.text import told

    source = listing.source(file, "witnesses.csv", "witnesses", config, found)
    said = Found()
    try:
        listed = cells(told(source, said) or "") if source else []
    except csv.Error as error:
        said.say("witnesses.csv", f"witnesses.csv could not be read ({error})")
        listed = []
    known = fields_of(listed[0], {}) if listed else {}
    if "url" not in known and (column := _of_addresses(listed, {known.get("file", "")})):
        known = {**{field: name for field, name in known.items() if name != column}, "url": column}
    if listed and "file" not in known:
        columns = ", ".join(listed[0])
        said.say(
            "witnesses.csv", f"witnesses.csv has no column 'file', so it says nothing of any file; it has {columns}"
        )
    made: dict[str, Entry] = {}
    for number, row in enumerate(listed if "file" in known else [], start=2):
        one = entry(row, known, f"witnesses.csv row {number}", config.times_numeric_order)
        one.files, one.exact, one.text = [(row.get(known["file"]) or "").strip()], True, None
        if one.files[0]:
            made[one.files[0]] = one
    found.problems += said.said(source) if source else said.problems
    return made
