"""The mirror test on the example, through the whole pipeline: the two companies change names in every account."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from variorum import read
from variorum.config import Config
from variorum.edition import Edition
from variorum.edition.collate import collate
from variorum.example import folder
from variorum.records import Check, Claim, Event, Quote, Reading, Silence, Verdict

PAIRS = {"Merrow Line": "Varn Shipping", "Varn Shipping": "Merrow Line"}


def swapped(text: str) -> str:
    return re.sub("|".join(PAIRS), lambda found: PAIRS[found[0]], text)


def written(top: Path, change: bool) -> Path:
    """The accounts of the example as plain text, with or without the change of names."""
    top.mkdir()
    with (top / "witnesses.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "title", "publisher", "party", "published"])
        for d in read.accounts([folder()]).documents:
            (top / f"{d.id}.txt").write_text(swapped(d.text) if change else d.text, encoding="utf-8")
            known = [value or "" for value in (d.title, d.publisher, d.party, d.published)]
            rows.writerow([f"{d.id}.txt", *(swapped(value) if change else value for value in known)])
    (top / "places.csv").write_bytes((folder() / "places.csv").read_bytes())
    return top


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Edition]:
    top = tmp_path_factory.mktemp("mirror")
    made = [
        collate(written(top / name, name == "swapped"), top / f"e-{name}", Config(processes=1))
        for name in ("as-is", "swapped")
    ]
    return made[0], made[1]


def shapes(edition: Edition) -> dict[str, Counter[object]]:
    """What an edition says but for its words: rows without names, spans and ids."""
    readings = {r.reading: r for r in edition.records(Reading)}
    return {
        "claims": Counter((c.witness, c.type, c.polarity, c.modality, c.date) for c in edition.records(Claim)),
        "quotes": Counter((q.witness, q.direct) for q in edition.records(Quote)),
        "events": Counter((e.type, e.date, e.witnesses, e.lineages) for e in edition.records(Event)),
        "verdicts": Counter(
            (v.verdict, v.attribute, v.rule, v.sure, *sorted(readings[i].witness for i in v.readings))
            for v in edition.records(Verdict)
        ),
        "checks": Counter((c.witness, c.kind) for c in edition.records(Check)),
        "silences": Counter(s.witness for s in edition.records(Silence)),
    }


def test_nearly_all_is_the_same_with_the_names_swapped(editions: tuple[Edition, Edition]) -> None:
    here, there = (shapes(e) for e in editions)
    for table in here:
        same = sum((here[table] & there[table]).values())
        assert same >= 0.8 * max(sum(here[table].values()), sum(there[table].values())), table
    for table in ("claims", "quotes"):
        assert here[table] == there[table], table


@pytest.mark.xfail(
    reason="the model and the gazetteer know some names better than others, so a few joins differ", strict=True
)
def test_all_is_the_same_with_the_names_swapped(editions: tuple[Edition, Edition]) -> None:
    assert shapes(editions[0]) == shapes(editions[1])
