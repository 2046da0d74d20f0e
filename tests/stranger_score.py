"""Shown, missed and false over the invented collections of `tests/strangers`, each written before any rule was tried on it."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "strangers"
HEAD = re.compile(r"^=== ([\w-]+) \|(.*)$", re.MULTILINE)
PIECE = re.compile(r"\{|\|([\w]+)=([^}]*)\}")
NONE = ("course", "part")


@dataclass
class Account:
    """An account without its marks, and the marked stretches as (start, end, matter, value)."""

    name: str
    published: str
    text: str = ""
    marks: list[tuple[int, int, str, str]] = field(default_factory=list)


def accounts(name: str) -> list[Account]:
    """The accounts of a collection."""
    parts = HEAD.split((FOLDER / f"{name}.txt").read_text("utf-8"))[1:]
    told = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return [_unmarked(Account(one, published.strip()), body.strip()) for one, published, body in told]


def _unmarked(told: Account, body: str) -> Account:
    at = opened = 0
    for piece in PIECE.finditer(body):
        told.text += body[at : piece.start()]
        at = piece.end()
        if piece[1]:
            told.marks.append((opened, len(told.text), piece[1], piece[2]))
        else:
            opened = len(told.text)
    told.text += body[at:]
    return told


@dataclass
class Score:
    """The matters on which accounts differ: shown, only there, not there; and the false conflicts of the default view."""

    shown: list[str]
    hidden: list[str]
    missed: list[str]
    false: list[str]


def score(name: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Score:
    """How the tables of an edition of a collection stand to what was marked in it."""
    told = {a.name: a for a in accounts(name)}
    span = {r["reading"]: (r["witness"], r["start"], r["end"]) for r in tables["readings"]}
    bounds: dict[str, list[tuple[int, int]]] = {}
    for s in tables["sentences"]:
        bounds.setdefault(s["witness"], []).append((s["start"], s["end"]))

    def sentence(w: str, start: int) -> tuple[int, int] | None:
        return next((b for b in bounds.get(w, ()) if b[0] <= start < b[1]), None)

    def marks(x: tuple[str, int, int]) -> set[tuple[str, str]]:
        """What is marked where a reading stands: within it, or else in its sentence."""
        near = [(m, v) for a, b, m, v in told[x[0]].marks if a < x[2] and x[1] < b]
        held = sentence(x[0], x[1])
        wide = [(m, v) for a, b, m, v in told[x[0]].marks if held and held[0] <= a < held[1]]
        return {*near, *wide}

    wanted = {}
    for a, b in combinations(told.values(), 2):
        for x in a.marks:
            for y in b.marks:
                if x[2] == y[2] and x[3] != y[3] and not {x[3], y[3]} & set(NONE):
                    wanted.setdefault(x[2], None)

    def clash(names: Sequence[str]) -> set[str]:
        """The matters of which two readings of two accounts have two values."""
        sides = [(span[r][0], marks(span[r])) for r in names]
        return {
            m
            for (w, x), (u, y) in combinations(sides, 2)
            for m, one in x
            for n, other in y
            if w != u and m == n and one != other and not {one, other} & set(NONE)
        }

    quoted = {r["reading"]: f"{r['witness']} has “{' '.join(r['text'].split())[:100]}" for r in tables["readings"]}
    shown, there, false = set[str](), set[str](), []
    for v in tables["verdicts"]:
        if v["verdict"] == "unjudged" and len(v["readings"]) > 4:
            continue
        found = clash(v["readings"])
        there |= found
        if v["sure"] == "high" and v["verdict"] in ("conflict", "compatible"):
            shown |= found
        if v["sure"] == "high" and v["verdict"] == "conflict":
            said = [r for r in v["readings"] if quoted[r] in v["why"]]
            if not clash(said if len({span[r][0] for r in said}) > 1 else v["readings"]):
                false.append(f"{v['rule']} {v['attribute']}: {v['why']}")
    return Score(
        sorted(shown & set(wanted)), sorted(there & set(wanted) - shown), sorted(set(wanted) - there - shown), false
    )


def made(name: str, where: Path) -> dict[str, Any]:
    """The tables of the edition of a collection, made in a folder."""
    from variorum import Config, collate

    file = where / f"{name}.jsonl"
    file.parent.mkdir(exist_ok=True)
    lines = [{"id": a.name, "text": a.text} | ({"date": a.published} if a.published else {}) for a in accounts(name)]
    file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    edition = collate(file, where / name, Config(processes=1))
    return {t: edition.table(t).to_pylist() for t in ("readings", "sentences", "verdicts", "checks")}


def main(names: Sequence[str]) -> None:
    where = Path(tempfile.gettempdir()) / "variorum-strangers"
    where.mkdir(exist_ok=True)
    every = [0, 0, 0, 0]
    if names == ["apart"]:
        names = [f"apart/{p.stem}" for p in sorted(FOLDER.glob("apart/*.txt"))]
    for name in names or sorted(p.stem for p in FOLDER.glob("*.txt")):
        got = score(name, made(name, where))
        print(
            f"{name}: shown {len(got.shown)}, hidden {len(got.hidden)}, missed {len(got.missed)}, false {len(got.false)}"
        )
        for what in ("shown", "hidden", "missed", "false"):
            for one in getattr(got, what):
                print(f"   {what:<7} {one}")
        every = [n + len(x) for n, x in zip(every, (got.shown, got.hidden, got.missed, got.false), strict=True)]
    print("all: shown {}, hidden {}, missed {}, false {}".format(*every))


if __name__ == "__main__":
    main(sys.argv[1:])
