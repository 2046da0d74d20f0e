"""The collection in three languages with its gold: which sentences tell the same, and which readings contradict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "tongues"
HEAD = re.compile(r"^=== ([\w-]+) \| (\w+) \|(.*)$", re.MULTILINE)
PIECE = re.compile(r"\[(\d+)\] ?|\{|\|(\w+)=([^}]*)\}")


@dataclass
class Account:
    """An account: its sentences as (start, end, what it tells), its readings as (start, end, matter, value)."""

    name: str
    language: str
    published: str
    text: str = ""
    sentences: list[tuple[int, int, int]] = field(default_factory=list)
    readings: list[tuple[int, int, str, str]] = field(default_factory=list)


def accounts(name: str = "varna") -> list[Account]:
    """The accounts of a collection without their marks."""
    parts = HEAD.split((FOLDER / f"{name}.txt").read_text("utf-8"))[1:]
    return [
        _unmarked(Account(one, language, published.strip()), body.strip())
        for one, language, published, body in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=True)
    ]


def _unmarked(told: Account, body: str) -> Account:
    at = opened = 0
    for piece in PIECE.finditer(body):
        told.text += body[at : piece.start()]
        at = piece.end()
        if piece[1]:
            told.sentences.append((len(told.text), 0, int(piece[1])))
        elif piece[2]:
            told.readings.append((opened, len(told.text), piece[2], piece[3]))
        else:
            opened = len(told.text)
    told.text += body[at:]
    ends = [start for start, _, _ in told.sentences[1:]] + [len(told.text)]
    told.sentences = [
        (s, len(told.text[:end].rstrip()), n) for (s, _, n), end in zip(told.sentences, ends, strict=True)
    ]
    return told


def written(folder: Path) -> Path:
    """The accounts as files of a folder, with a table that says when each appeared."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["file,published"]
    for told in accounts():
        (folder / f"{told.name}.txt").write_text(told.text, "utf-8")
        lines.append(f"{told.name}.txt,{told.published}")
    (folder / "witnesses.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


Place = tuple[str, int]
"""A sentence: its account and its number there."""


def joins(name: str = "varna") -> set[frozenset[Place]]:
    """The pairs of sentences in two languages that tell the same."""
    told = {(a.name, i): (a.language, n) for a in accounts(name) for i, (_, _, n) in enumerate(a.sentences) if n}
    return {
        frozenset((x, y)) for x, y in combinations(told, 2) if told[x][1] == told[y][1] and told[x][0] != told[y][0]
    }


def joined(rows: Iterable[Mapping[str, Any]], name: str = "varna") -> set[frozenset[Place]]:
    """The pairs of sentences in two languages that some parallels put together."""
    known = {a.name: a for a in accounts(name)}
    made = set()
    for row in rows:
        if known[row["a_witness"]].language == known[row["b_witness"]].language:
            continue
        for x in _held(known[row["a_witness"]], row["a_start"], row["a_end"]):
            made |= {frozenset((x, y)) for y in _held(known[row["b_witness"]], row["b_start"], row["b_end"])}
    return made


def _held(told: Account, start: int, end: int) -> list[Place]:
    return [(told.name, i) for i, (s, e, _) in enumerate(told.sentences) if s < end and start < e]


def contradictions(
    verdicts: Iterable[Mapping[str, Any]], readings: Iterable[Mapping[str, Any]], name: str = "varna"
) -> tuple[set[str], list[str]]:
    """The matters of which some conflict across languages puts two values against each other, and false conflicts."""
    by_id = {r["reading"]: r for r in readings}
    known = {a.name: a for a in accounts(name)}
    found: set[str] = set()
    false = []
    for verdict in verdicts:
        if verdict["verdict"] != "conflict":
            continue
        listed = [by_id[r] for r in verdict["readings"]]
        if len({known[r["witness"]].language for r in listed}) < 2:
            continue
        told = [_matter(known[r["witness"]], r["start"], r["end"]) for r in listed]
        matters = {m for m, _ in told}
        if len(matters) == 1 and None not in matters and len({v for _, v in told}) > 1:
            found |= {str(m) for m in matters}
        else:
            false.append(f"{verdict['attribute']}: {verdict['why']}")
    return found, false


def _matter(told: Account, start: int, end: int) -> tuple[str | None, str]:
    """The matter and value of the reading that a stretch covers; that of its sentence where it covers all of one."""
    for s, e, matter, value in told.readings:
        if s < end and start < e:
            return matter, value
    return None, told.text[start:end]


def matters(name: str = "varna") -> Iterator[str]:
    """The matters on which accounts in two languages contradict each other."""
    every = [(m, v, a.language) for a in accounts(name) for _, _, m, v in a.readings]
    for matter in sorted({m for m, _, _ in every}):
        told = [(v, language) for m, v, language in every if m == matter]
        if any(v != w and one != other for (v, one), (w, other) in combinations(told, 2)):
            yield matter
