"""Claims: the hand-made cases by slots, cases that tell nothing, and what must always hold."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from claim_slots import found_claims, slots_right
from variorum import claims, language
from variorum.claims.lexicon import governing, triggers
from variorum.errors import LanguageError
from variorum.mentions import Found

CASES = Path(__file__).parent / "cases"
DATA = Path(claims.__file__).parents[1] / "data"
GOAL = 0.85  # of the slots of the made cases
LOADED = [
    "liberat",
    "occup",
    "terror",
    "regime",
    "martyr",
    "aggress",
    "invader",
    "enemy",
    "heroic",
    "separatist",
    "puppet",
]


def read(name):
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def parser():
    try:
        return language.load()
    except LanguageError as error:
        pytest.skip(f"no language model here: {error}")


@pytest.fixture(scope="module")
def made(parser):
    cases = read("claims-made.jsonl")
    return list(zip(cases, found_claims(cases), strict=True))


def test_there_are_a_hundred_cases_of_ten_kinds():
    cases = read("claims-made.jsonl")
    assert len(cases) >= 100
    assert len({row["type"] for case in cases for row in case["expect"]}) >= 10


def test_slots_of_the_made_cases(made):
    right, total = Counter(), Counter()
    for case, found in made:
        for expected in case["expect"]:
            for slot, ok in slots_right(expected, found)[0].items():
                total[slot] += 1
                right[slot] += ok
    assert sum(right.values()) / sum(total.values()) >= GOAL, {slot: right[slot] / total[slot] for slot in total}


def test_every_claim_has_its_span_and_its_id(made):
    for case, found in made:
        assert len({claim.claim for claim in found}) == len(found)
        for claim in found:
            assert claim.end > claim.start
            assert case["text"][claim.start : claim.end] == claim.text
            assert case["text"][claim.trigger_start : claim.trigger_end] == claim.trigger
            assert claim.start <= claim.trigger_start and claim.trigger_end <= claim.end


def test_cases_that_tell_nothing(parser):
    cases = read("claims-negative.jsonl")
    typed = {
        case["label"]: [c.trigger for c in found if c.type != "other"]
        for case, found in zip(cases, found_claims(cases), strict=True)
    }
    assert not any(typed.values()), typed


def rows(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# source:")
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_types_are_listed_and_neutral():
    types = {row["type"] for row in rows("plover.csv")}
    assert {entry.type for pos in ("verb", "noun") for entry in triggers(pos).values()} <= types
    assert not [t for t in types for word in LOADED if word in t]
    assert sum(row["origin"] == "PLOVER" for row in rows("plover.csv")) == 16


def test_modalities_are_known():
    known = {row["modality"] for row in rows("modality.csv")}
    assert governing("verb")["threatened"] in known and governing("aux")["might"] in known
    assert not [m for m in known for word in LOADED if word in m]


def test_an_unparsed_document_has_no_claims():
    from spacy.lang.en import English

    assert claims.find(English()("The ferry sank."), Found("A")) == []


def swapped(text):
    return text.replace("Northern", "\0").replace("Southern", "Northern").replace("\0", "Southern")


def test_mirror(parser):
    text = (
        "On 3 May 1961 the Northern army captured Besk. The Southern army liberated Tull on 9 May 1961. "
        "The Southern governor said that Northern gunners had shelled the hospital."
    )
    one, two = found_claims([{"text": text}, {"text": swapped(text)}])
    keys = ("type", "trigger", "place", "date", "polarity", "modality")
    assert [[getattr(c, k) for k in keys] for c in one] == [[getattr(c, k) for k in keys] for c in two]
    for slot in ("agent", "patient"):
        assert [swapped(getattr(c, slot) or "") for c in one] == [getattr(c, slot) or "" for c in two]
