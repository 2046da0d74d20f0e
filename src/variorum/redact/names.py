"""Whose names become pseudonyms: a table with ``name`` and, where wanted, ``pseudonym`` and ``also`` (other forms), or
what people decided in review."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import InputError
from variorum.review.log import Log
from variorum.review.standing import live, replaced

__all__ = ["Person", "read_names", "write_key"]


@dataclass(frozen=True, slots=True)
class Person:
    """A name that must not be seen, the pseudonym in its place, and other forms of it that are known."""

    name: str
    pseudonym: str
    also: tuple[str, ...] = ()


def read_names(path: Path, key: Path | None = None) -> list[Person]:
    """The persons of a table, with the pseudonyms of an earlier ``key`` where it has them, so that they stay the same.

    A path that ends in ``.jsonl`` is a log of review: its persons are those whom a standing decision gives a pseudonym.
    Without a pseudonym of their own they are Person 1, Person 2 and on, in the order of the table. Raises `InputError`
    where the table has no column ``name``, no name, or one pseudonym for two names.
    """
    rows = _decided(path) if path.suffix == ".jsonl" else _rows(path)
    known = {row["name"]: row["pseudonym"] for row in _rows(key)} if key and key.exists() else {}
    taken = set(known.values()) | {row["pseudonym"] for row in rows if row.get("pseudonym")}
    free = (f"Person {n}" for n in range(1, len(rows) + len(taken) + 2) if f"Person {n}" not in taken)
    made = []
    for row in rows:
        pseudonym = row.get("pseudonym") or known.get(row["name"]) or next(free)
        also = tuple(form.strip() for form in (row.get("also") or "").split(";") if form.strip())
        made.append(Person(row["name"], pseudonym, also))
    if len({p.pseudonym for p in made}) < len({p.name for p in made}):
        raise InputError(str(path), "has one pseudonym for two names", "give each its own")
    return made


def _decided(path: Path) -> list[dict[str, str]]:
    """The persons of a log's standing decisions; of two on one name the later counts: nobody is left in clear."""
    if not path.is_file():
        raise InputError(str(path), "there is no such log", "give NAME.review.jsonl, or a CSV file of names")
    decisions, _ = live(Log(path).decisions)
    settled = replaced(decisions.values())
    found: dict[str, dict[str, str]] = {}
    for one in sorted(decisions.values(), key=lambda d: (d.n, d.id)):
        if one.about.kind == "name" and one.says == "pseudonym" and one.id not in settled and one.about.names:
            name, *others = [ref.form for ref in one.about.names]
            found[name] = {"name": name, "pseudonym": str(one.value.get("name", "")), "also": ";".join(others)}
    for one in decisions.values():
        forms = [ref.form for ref in one.about.names] if one.about.kind == "name" and one.says == "one" else []
        for name in found.keys() & set(forms):
            found[name]["also"] = ";".join(filter(None, (found[name]["also"], *(f for f in forms if f != name))))
    if not found:
        raise InputError(str(path), "gives no name a pseudonym", "decide it of a name, or give a CSV file of names")
    return list(found.values())


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"cannot be read ({error})", "give a CSV file with a column name") from error
    rows = [row for row in rows if row.get("name")]
    if not rows:
        raise InputError(str(path), "has no names", "give a CSV file with a column name")
    return rows


def write_key(persons: Iterable[Person], path: Path) -> None:
    """Writes which pseudonym is whose; keep it apart from what is handed on."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "pseudonym"])
        writer.writerows([p.name, p.pseudonym] for p in persons)
    path.chmod(0o600)
