"""Tables that no sane step would write: nothing dies, and every reading still is what its span says."""

import random
from itertools import pairwise

import pytest

from variorum import checks, events, readings, sentences, silences
from variorum.engine.duckdb import DuckEngine
from variorum.records import Claim, Figure, Place, Quote, Sentence, Time, Witness, table

DATES = ("1998-11-17", "1998-11", "198X", "..", "/", "1998-02-30", "0000", "XXXX-11-08", "1998-11-17/1998-11-04", "[1998-11-04,1998-11-17]",
         "../1998", "1998/..", "1998-24", "9999-12-31", "P3D", "1998-11-17T02:00", "-0043-03-15", "Y-17E7", "", "~")  # fmt: skip
WORDS = (
    "Asker",
    "ferry",
    "“sank”",
    "killed",
    "of",
    "these",
    "within",
    "Monday",
    "in response",
    "\n\n",
    "…",
    "31",
    "\u202e",
    "İ",
    "not",
    "",
)


def made(seed: int) -> DuckEngine:
    rng = random.Random(seed)
    tables: dict = {kind: [] for kind in (Witness, Sentence, Time, Place, Figure, Quote, Claim)}
    for name in ("A", "B", "C"):
        text = " ".join(rng.choice(WORDS) for _ in range(120))
        tables[Witness].append(Witness(name, name, None, None, None, rng.choice(DATES), "en", "", "", text))
        cuts = sorted({0, len(text), *(rng.randrange(len(text)) for _ in range(12))})
        for n, (a, b) in enumerate(pairwise(cuts)):
            tables[Sentence].append(Sentence(name, a, b, text[a:b], n, n // 3))
            tables[Claim].append(
                Claim(
                    name, a, b, text[a:b], f"{name}.c{n}", rng.choice(("assault", "", "other")), "x", "Asker", "ferry"
                )
            )
        for _ in range(10):
            a = rng.randrange(len(text))
            b = min(len(text), a + rng.randrange(0, 30))
            said, date = text[a:b], rng.choice(DATES)
            tables[Time].append(
                Time(
                    name,
                    a,
                    b,
                    said,
                    rng.choice(("DATE", "TIME", "DURATION", "SET")),
                    rng.choice(("P20D", "P9999999Y", "x", date)),
                    None,
                    date,
                )
            )
            low, high = rng.choice((None, 0.0, 3.0, 1e18)), rng.choice((None, 0.0, 3.0, 1e18))
            role = rng.choice(("killed", "wounded", "missing", "other", ""))
            tables[Figure].append(
                Figure(
                    name,
                    a,
                    b,
                    said,
                    low,
                    high,
                    rng.random() < 0.3,
                    rng.choice((None, "", "people")),
                    role,
                    rng.choice((None, a, 7)),
                    rng.choice((None, "Asker, Tolven and x")),
                    date,
                    rng.choice(([], ["", "x"])),
                    rng.choice(("people", "", "share")),
                    rng.choice((None, "women")),
                )
            )
            tables[Place].append(
                Place(
                    name,
                    a,
                    b,
                    said,
                    rng.choice(("Asker", "")),
                    rng.choice(("town", "country", "")),
                    within=rng.choice((None, "Asker")),
                )
            )
            tables[Quote].append(
                Quote(
                    name, a, b, said, rng.choice((None, "", "Ana Teverin")), a, b, None, None, rng.random() < 0.7, date
                )
            )
    engine = DuckEngine(processes=1)
    for kind, rows in tables.items():
        engine.put(kind.TABLE, table(kind, rows))
    return engine


@pytest.mark.parametrize("seed", range(12))
def test_nothing_dies_and_spans_hold(seed: int) -> None:
    engine = made(seed)
    for step in (sentences, events, readings, silences, checks):
        step.run(engine)
    texts = {w["witness"]: w["text"] for w in engine.get("witnesses").to_pylist()}
    for row in engine.get("readings").to_pylist():
        assert texts[row["witness"]][row["start"] : row["end"]] == row["text"]
