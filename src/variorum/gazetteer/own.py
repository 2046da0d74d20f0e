"""Gazetteers that a user adds: a table of places of one's own, or a dump of GeoNames.

A table is CSV with the columns ``name`` and, where known, ``kind``, ``lat``, ``lon``, ``within``, ``alternates``
(parted by ;) and ``radius_km``. A dump is a GeoNames text file with its nineteen columns parted by tabs. What is added
is asked before the built-in gazetteer and kept in the cache folder until it is removed.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from variorum.errors import InputError
from variorum.gazetteer.entry import KINDS, Entry
from variorum.gazetteer.keys import fold
from variorum.gazetteer.place import Lookup
from variorum.gazetteer.store import write_store

__all__ = ["listed", "read_dump", "read_table", "remove", "take_in"]

DUMP_COLUMNS = 19
_CLASSES = {"P": "town", "T": "mountain", "H": "lake", "L": "region", "R": "street", "S": "building", "V": "region"}
_CODES = {
    "PCLI": "country", "PCLD": "country", "PCLS": "country", "PCL": "country", "PCLF": "country", "TERR": "region",
    "CONT": "continent", "RGN": "region", "ADM1": "province", "ADM1H": "province", "ISL": "island", "ISLS": "island",
    "SEA": "sea", "OCN": "sea", "GULF": "bay", "BAY": "bay", "STRT": "strait", "CNL": "canal", "STM": "river",
    "STMS": "river", "LK": "lake", "VAL": "region", "DSRT": "region", "PEN": "region", "RDGE": "mountain",
}  # fmt: skip
_RADIUS = {"district": 30.0, "province": 100.0, "region": 50.0, "river": 50.0, "lake": 10.0, "country": 300.0}

Row = tuple[list[str], Entry]


def take_in(path: Path, folder: Path, lookup: Lookup) -> tuple[Path, int]:
    """Reads a table or a dump and writes it into ``folder``; returns the file written and the number of places.

    ``lookup`` finds what a table's ``within`` means. Raises `InputError` with the line for rows that cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = read_dump(file, path) if first.count("\t") >= DUMP_COLUMNS - 1 else read_table(file, path, lookup)
            entries: list[Entry] = []
            names: dict[str, list[int]] = defaultdict(list)
            for forms, entry in reader:
                entries.append(entry)
                for form in forms:
                    if key := fold(form):
                        names[key].append(entry.number)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"cannot be read as a gazetteer ({error})") from error
    if not entries:
        raise InputError(str(path), "has no places", "a table needs a header line with the column 'name'")
    target = folder / f"{path.stem}.sqlite"
    write_store(target, entries, names)
    return target, len(entries)


def listed(folder: Path) -> list[Path]:
    """The gazetteers that were added, by name."""
    return sorted(folder.glob("*.sqlite"))


def remove(name: str, folder: Path) -> None:
    """Takes an added gazetteer away again; raises `InputError` when there is none of that name."""
    target = folder / f"{name}.sqlite"
    if target not in listed(folder):
        known = ", ".join(p.stem for p in listed(folder)) or "none"
        raise InputError(f"gazetteer {name}", "there is none of that name", f"added so far: {known}")
    target.unlink()


def read_table(lines: Iterator[str], path: Path, lookup: Lookup) -> Iterator[Row]:
    """The places of a table of one's own, each with all its names."""
    reader = csv.DictReader(lines)
    if "name" not in (reader.fieldnames or ()):
        raise InputError(str(path), "has no column 'name'", "name the columns in the first line")
    own: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(reader, 1):
        where = f"{path}, line {reader.line_num}"
        name = (row.get("name") or "").strip()
        if not name:
            raise InputError(where, "has no name")
        kind = (row.get("kind") or "place").strip().lower()
        if kind not in KINDS:
            raise InputError(where, f"kind '{kind}' is not known", f"known are {', '.join(KINDS)}")
        lat, lon = _number(row, "lat", where, 90), _number(row, "lon", where, 180)
        country, division = _within((row.get("within") or "").strip(), own, lookup)
        own[fold(name)] = country, division
        radius = _number(row, "radius_km", where, 20_040) or 0.0
        forms = [name, *(a.strip() for a in (row.get("alternates") or "").split(";") if a.strip())]
        yield forms, Entry(number, name, kind, lat, lon, country, division or country, 0, radius)


def _number(row: dict[str, str], column: str, where: str, most: float) -> float | None:
    text = (row.get(column) or "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise InputError(where, f"{column} '{text}' is not a number of at most {most:g}")
    return value


def _within(told: str, own: dict[str, tuple[str, str]], lookup: Lookup) -> tuple[str, str]:
    """Country and division of what a row is said to lie in: a row before it, or a place the gazetteer knows."""
    for part in (p.strip() for p in told.split(",") if p.strip()):
        known = own.get(fold(part)) or lookup(part)
        if known is not None:
            return known
    return "", ""


def read_dump(lines: Iterator[str], path: Path) -> Iterator[Row]:
    """The places of a GeoNames dump, each with all its names in Latin letters."""
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) < DUMP_COLUMNS:
            raise InputError(f"{path}, line {number}", f"has {len(cells)} columns", f"a dump has {DUMP_COLUMNS}")
        try:
            geonames_id, lat, lon = int(cells[0]), float(cells[4]), float(cells[5])
            people = int(cells[14] or 0)
        except ValueError as error:
            raise InputError(f"{path}, line {number}", f"has no number where one must be ({error})") from error
        kind = _CODES.get(cells[7]) or ("district" if cells[6] == "A" else _CLASSES.get(cells[6], "place"))
        if kind == "town" and people < 5000:
            kind = "village"
        division = f"{cells[8]}.{cells[10]}" if cells[10] and kind != "country" else cells[8]
        forms = [cells[1], *(a for a in cells[3].split(",") if a[:1].isupper() and fold(a).isascii())]
        radius = _RADIUS.get(kind, 0.0)
        yield forms, Entry(number, cells[1], kind, lat, lon, cells[8], division, people, radius, geonames_id)
