"""Fits the chance of a real comparison (`variorum.readings.chance`): weights, reliability and its picture.

    python training/chance.py                                     fits training/chance_rows.jsonl
    python training/chance.py gather MARKS.jsonl NAME=EDITION ...  makes these rows anew from kept editions

MARKS.jsonl holds one mark a line: {"key": [NAME, attribute, [[witness, start], [witness, start]]], "label": 0 or 1};
the pair are the two sentences on which a row rests, and 1 says that they tell the same happening and count or tell the
same thing in the same scope. The rows hold numbers alone, no words. The same rows always give the same weights.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from logistic import Floats, fit, probabilities

from variorum import readings
from variorum.edition import Edition
from variorum.engine.duckdb import DuckEngine
from variorum.errors import EditionError
from variorum.readings.chance import evidence, pair_of
from variorum.readings.collation import collation
from variorum.records import TABLES

HERE = Path(__file__).resolve().parent
ROWS = HERE / "chance_rows.jsonl"
WEIGHTS = HERE.parent / "src" / "variorum" / "data" / "chance.csv"
PICTURE = HERE.parent / "docs" / "images" / "chance.svg"
RIDGE = 0.5
BINS = 10


def gathered(name: str, folder: str, marks: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The rows of an edition that somebody has marked, with their evidence."""
    edition = Edition(folder)
    with DuckEngine(1) as engine:
        for table in TABLES:
            with suppress(EditionError):  # an older edition has fewer tables
                engine.put(table, edition.table(table))
        collated = collation(engine)
        for row in readings.found(collated):
            if row.verdict not in ("conflict", "compatible"):
                continue
            a, b = pair_of(row)
            key = json.dumps([name, row.attribute, sorted([[a.witness, a.start], [b.witness, b.start]])])
            if key in marks:
                yield {"collection": name, "right": marks[key], "evidence": evidence(row, collated)}


def gather(marked: str, editions: Sequence[str]) -> None:
    """Writes the rows of all editions; collections are lettered in their order, several editions of one alike."""
    listed = [json.loads(line) for line in Path(marked).read_text(encoding="utf-8").splitlines()]
    marks = {json.dumps(one["key"]): int(one["label"]) for one in listed}
    letters: dict[str, str] = {}
    with ROWS.open("w", encoding="utf-8") as out:
        for given in editions:
            name, _, folder = given.partition("=")
            letter = letters.setdefault(name, chr(ord("A") + len(letters)))
            for row in gathered(name, folder, marks):
                row["collection"] = letter
                row["evidence"] = {k: round(v, 4) for k, v in sorted(row["evidence"].items()) if v}
                out.write(json.dumps(row) + "\n")


def meanings() -> dict[str, str]:
    """What each piece of evidence means, as the table has it."""
    with WEIGHTS.open(encoding="utf-8") as file:
        return {row["evidence"]: row["means"] for row in csv.DictReader(line for line in file if line[0] != "#")}


def across(x: Floats, y: Floats, group: Sequence[str]) -> Floats:
    """The chance of each row by the weights of all other collections."""
    found = np.zeros(len(y))
    for one in sorted(set(group)):
        held = np.array([g == one for g in group])
        found[held] = probabilities(fit(x[~held], y[~held], RIDGE), x[held])
    return found


def reliability(p: Floats, y: Floats) -> list[tuple[float, float, int]]:
    """For each tenth of the scale: the mean chance, the share that was right, how many rows."""
    at = np.minimum((p * BINS).astype(int), BINS - 1)
    return [
        (float(p[at == b].mean()), float(y[at == b].mean()), int((at == b).sum())) for b in sorted(set(at.tolist()))
    ]


def main() -> None:
    listed = [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    told = meanings()
    names = [name for name in told if name != "always"]
    x = np.array([[row["evidence"].get(name, 0.0) for name in names] for row in listed])
    y = np.array([float(row["right"]) for row in listed])
    p = across(x, y, [row["collection"] for row in listed])
    curve = reliability(p, y)
    error = sum(abs(mean - share) * n for mean, share, n in curve) / len(y)
    shown = p >= 0.7
    print(f"{len(y)} rows of {dict(Counter(row['collection'] for row in listed))}, {y.mean():.2f} right")
    print(f"by collection left out: calibration error {error:.3f}; at .7 or more {shown.sum()} rows,")
    print(f"{y[shown].mean():.2f} of them right, {y[shown].sum() / y.sum():.2f} of the right ones")
    for mean, share, n in curve:
        print(f"   said {mean:.2f}   right {share:.2f}   of {n}")
    unknown = Counter(name for row in listed for name in row["evidence"] if name not in told)
    print("evidence without a weight:", dict(unknown) or "none")
    weights = dict(zip([*names, "always"], fit(x, y, RIDGE).tolist(), strict=True))
    heads = [line for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        file.write("\n".join(heads) + "\nevidence,weight,means\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerows((name, f"{weights[name]:.3f}", told[name]) for name in told)
    PICTURE.write_text(drawn(curve), encoding="utf-8")


def drawn(curve: Sequence[tuple[float, float, int]]) -> str:
    """The reliability as a picture: what was said across, what was right up, larger dots for more rows."""
    dots = "".join(
        f'<circle cx="{40 + 240 * mean:.0f}" cy="{260 - 240 * share:.0f}" r="{2 + n**0.5:.1f}"><title>said {mean:.2f}, '
        f"right {share:.2f}, {n} rows</title></circle>"
        for mean, share, n in curve
    )
    marks = "".join(
        f'<text x="{40 + 240 * v:.0f}" y="276" text-anchor="middle">{v:g}</text><text x="34" y="{264 - 240 * v:.0f}" '
        f'text-anchor="end">{v:g}</text>'
        for v in (0, 0.5, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" font-family="sans-serif" font-size="11">'
        '<title>The chance that was said, and the share of rows that were right</title><rect width="300" height="300" '
        'fill="#fff"/><path d="M40 20V260H280M40 260L280 20" fill="none" stroke="#888"/>'
        f'<g fill="#35608c" fill-opacity=".75">{dots}</g>{marks}'
        '<text x="160" y="294" text-anchor="middle">chance that was said</text><text transform="translate(12 140) '
        'rotate(-90)" text-anchor="middle">share that was right</text></svg>\n'
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["gather"]:
        gather(sys.argv[2], sys.argv[3:])
    else:
        main()
