"""The mirror: swap two parties' names throughout, and the edition is the same with the names swapped.

And no loaded word stands in a label, a scope or a reason outside of a witness's quoted words.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from evaluation import floors, path
from marked import collated, filled
from variorum import checks, events, readings, silences
from variorum.config import Config
from variorum.engine.duckdb import DuckEngine
from variorum.lists import toml

ACCOUNTS = {
    "A": "On {17 November 1998|1998-11-17} Norvan gunboats shelled [Port Asker|town], and <31|killed> people were killed. "
    "Suvrin called it an attack. ((Norvan will not leave the strait, full stop.|Ana Teverin))\n\n"
    "In answer Suvrin closed Merrow Strait on {20 November 1998|1998-11-20} to every Norvan ship.",
    "B": "Suvrin soldiers had fired first at [Port Asker|town] on {17 November 1998|1998-11-17}; Norvan gunboats shelled "
    "it and <35|killed> people were killed. ((Norvan will never leave the strait, full stop.|Ana Teverin))\n\n"
    "Merrow Strait was closed by Suvrin to every Norvan ship on {21 November 1998|1998-11-21}.",
}
LOADED = re.compile(
    r"\b(?:liberat\w+|occup\w+|terror\w*|regime|aggress\w+|invad\w+|invasion|separatis\w+|puppet|junta|martyr\w*|massacre\w*"
    r"|atrocit\w+|hero\w*|enem\w+|fascis\w+|barbar\w+|brutal\w*|heinous|provocation\w*|so-called|illegal\w*|militant\w*"
    r"|rebel\w*|genocid\w+|crime\w*|criminal\w*|innocent|peaceful|cowardly|treacher\w+)\b",
    re.IGNORECASE,
)
INPUT = ("witnesses", "sentences", "times", "places", "figures", "quotes", "claims", "parallels", "shared", "names")
STEPS = (events, readings, silences, checks)


def swapped(text: str, one: str, other: str) -> str:
    """The text with two words, or beginnings of words, of equal length put for each other."""
    return re.sub(rf"\b({one}|{other})", lambda m: other if m[1] == one else one, text)


def mirrored(value: Any, one: str, other: str) -> Any:
    if isinstance(value, str):
        return swapped(value, one, other)
    if isinstance(value, list):
        return [mirrored(v, one, other) for v in value]
    return value


def shape(engine: DuckEngine) -> dict[str, Counter[tuple[Any, ...]]]:
    """What an edition says, apart from the order of its words: events, verdicts with their spans, silences, checks.

    An event is called by the claims that tell it, since its id is of their words.
    """
    told: dict[str, list[str]] = {}
    for row in engine.get("tells").sort_by("claim").to_pylist():
        told.setdefault(row["event"], []).append(row["claim"])
    name = {event: tuple(claims) for event, claims in told.items()}
    at = {
        r["reading"]: (r["witness"], r["start"], r["end"], r["attribute"]) for r in engine.get("readings").to_pylist()
    }
    return {
        "events": Counter((name[e["event"]], e["label"], e["kind"], e["witnesses"], e["lineages"]) for e in engine.get("events").to_pylist()),
        "verdicts": Counter(
            (v["attribute"], v["verdict"], v["rule"], v["sure"], v["weight"], tuple(sorted(at[i] for i in v["readings"])))
            for v in engine.get("verdicts").to_pylist()
        ),
        "silences": Counter((name[s["event"]], s["witness"]) for s in engine.get("silences").to_pylist()),
        "checks": Counter((c["witness"], c["kind"], str(c["spans"])) for c in engine.get("checks").to_pylist()),
    }  # fmt: skip


def test_two_parties_of_a_made_collection() -> None:
    plain = shape(collated(filled(ACCOUNTS)))
    mirror = shape(collated(filled({n: swapped(t, "Norvan", "Suvrin") for n, t in ACCOUNTS.items()})))
    assert plain["verdicts"]
    assert mirror == plain


def test_swapping_twice_gives_the_text_back() -> None:
    text = ACCOUNTS["A"]
    assert swapped(text, "Norvan", "Suvrin") != text
    assert swapped(swapped(text, "Norvan", "Suvrin"), "Norvan", "Suvrin") == text


def outside_quotes(text: str) -> str:
    """A reason without the witness's words."""
    return re.sub(r"“[^”]*”|\([^()]*\)", " ", text)


def _unnamed(label: str, places: list[str]) -> str:
    """A label without the proper names of places, which are as they are."""
    for place in places:
        label = label.replace(place, "")
    return label


def loaded(engine: DuckEngine) -> list[str]:
    """Every label, scope and reason that has a loaded word outside of quoted words."""
    said = [_unnamed(e["label"], e["places"]) + " " + e["type"] for e in engine.get("events").to_pylist()]
    said += [
        f"{v['attribute']} {v['rule']} {v['why']}" + (v["scope"] if v["rule"] == "linked" else "")
        for v in engine.get("verdicts").to_pylist()
    ]
    said += [s["why"] for s in engine.get("silences").to_pylist()]
    said += [c["why"] for c in engine.get("checks").to_pylist()]
    return [s for s in said if LOADED.search(outside_quotes(s))]


def test_the_list_of_loaded_words_finds_them() -> None:
    assert LOADED.search("the Liberated town")
    assert not LOADED.search("the town changed hands")


def test_no_loaded_word_in_a_made_edition() -> None:
    told = "On {17 November 1998|1998-11-17} the heroic army liberated [Port Asker|town] from the brutal regime; <31|killed> martyrs."
    other = (
        "The terrorists occupied [Port Asker|town] on {17 November 1998|1998-11-17}; <35|killed> innocent people died."
    )
    assert loaded(collated(filled({"A": told, "B": other}))) == []


def test_no_loaded_word_in_the_tables_of_labels() -> None:
    labels = [*toml("events")["labels"].values(), *toml("readings")["weight"]]
    assert [label for label in labels if LOADED.search(label)] == []


@pytest.mark.parametrize("floor", floors("mirror"))
def test_two_parties_of_a_real_collection(floor: dict[str, Any], tmp_path: Path) -> None:
    """What the steps make of a collection with its two parties' names swapped is the same with the names swapped."""
    from variorum.edition.collate import collate
    from variorum.records import TABLES, table

    edition = collate(path(floor["accounts"]), tmp_path / "edition", Config(processes=1))
    tables = {name: table(TABLES[name], edition.records(TABLES[name])) for name in INPUT}
    countries = Counter(p["name"] for p in tables["places"].to_pylist() if p["kind"] == "country")
    (one, _), (other, _) = countries.most_common(2)
    one, other = one[:5], other[:5]
    assert one != other
    shapes = []
    for turn in (False, True):
        engine = DuckEngine(processes=1)
        for name, made in tables.items():
            if turn:
                rows = [{k: mirrored(v, one, other) for k, v in row.items()} for row in made.to_pylist()]
                made = pa.Table.from_pylist(rows, schema=made.schema)
            engine.put(name, made)
        for step in STEPS:
            step.run(engine, Config())
        shapes.append(shape(engine))
        assert loaded(engine) == []
    plain, mirror = shapes
    assert sum(plain["verdicts"].values()) > floor["least"]["verdicts"]
    plain["events"] = Counter(
        {(e, swapped(label, one, other), *rest): n for (e, label, *rest), n in plain["events"].items()}
    )
    assert mirror == plain
