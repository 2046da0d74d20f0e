"""Claims: the hand-made cases by slots, cases that tell nothing, and what must always hold."""

import csv
from functools import cache
from pathlib import Path

import pytest

from casebook import cases, hold, rows
from claim_slots import found_claims, slot_right, slots_right
from variorum import claims
from variorum.claims.lexicon import governing, triggers
from variorum.mentions import Found

DATA = Path(claims.__file__).parents[1] / "data"
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


@cache
def found(kind):
    """The claims of the cases of one kind by label; all are annotated together, as the program does."""
    listed = rows(f"claims-{kind}")
    return {case["label"]: made for case, made in zip(listed, found_claims(listed), strict=True)}


def test_there_are_a_hundred_cases_of_ten_kinds():
    made = rows("claims-made")
    assert len(made) >= 100
    assert len({row["type"] for case in made for row in case["expect"]}) >= 10


@pytest.mark.parametrize("case", cases("claims", "made"))
def test_slots(case):
    """Every slot of every claim is as expected, but for those that the case says are wrong today."""
    claims = found("made")[case["label"]]
    wrong = [
        f"{slot} of {expected['trigger']}"
        for expected in case["expect"]
        for slot, right in slots_right(expected, claims)[0].items()
        if not right
    ]
    hold("claims", case, wrong)


@pytest.mark.parametrize("case", cases("claims", "made"))
def test_every_claim_has_its_span_and_its_id(case):
    claims, text = found("made")[case["label"]], case["text"]
    assert claims
    assert len({claim.claim for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.end > claim.start
        assert text[claim.start : claim.end] == claim.text
        assert text[claim.trigger_start : claim.trigger_end] == claim.trigger
        assert claim.start <= claim.trigger_start and claim.trigger_end <= claim.end


@pytest.mark.parametrize("case", cases("claims", "negative"))
def test_nothing_happens_or_not_this(case):
    """No claim of a type of its own; or, where the case names what must not be, no claim with those slots."""
    claims = found("negative")[case["label"]]
    for unwanted in case.get("without", [{}]):
        typed = [c for c in claims if not c.in_passing]
        bad = [c for c in typed if all(slot_right(slot, value, getattr(c, slot)) for slot, value in unwanted.items())]
        assert [c for c in bad if unwanted or c.type != "other"] == []


@pytest.mark.parametrize("case", cases("passing"))
def test_acts_told_by_the_way(case):
    """Each word of ``told`` is the trigger of a claim, and none of ``without``; those of ``passing`` have no type."""
    claims = found_claims([case])[0]
    triggers_ = {claim.trigger for claim in claims}
    assert set(case.get("told", [])) <= triggers_
    assert not set(case.get("without", [])) & triggers_
    assert {c.trigger for c in claims if c.in_passing} >= set(case.get("passing", []))


def table(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# source:")
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_types_are_listed_and_neutral():
    types = {row["type"] for row in table("plover.csv")}
    assert {entry.type for pos in ("verb", "noun") for entry in triggers(pos).values()} <= types
    assert not [t for t in types for word in LOADED if word in t]
    assert sum(row["origin"] == "PLOVER" for row in table("plover.csv")) == 16


def test_modalities_are_known():
    known = {row["modality"] for row in table("modality.csv")}
    assert governing("verb")["threatened"] in known and governing("aux")["might"] in known
    assert not [m for m in known for word in LOADED if word in m]


def test_an_unparsed_document_has_no_claims():
    from spacy.lang.en import English

    assert claims.find(English()("The ferry sank."), Found("A")) == []


def swapped(text):
    return text.replace("Northern", "\0").replace("Southern", "Northern").replace("\0", "Southern")


def test_mirror():
    text = (
        "On 3 May 1961 the Northern army captured Besk. The Southern army liberated Tull on 9 May 1961. "
        "The Southern governor said that Northern gunners had shelled the hospital."
    )
    one, two = found_claims([{"text": text}, {"text": swapped(text)}])
    keys = ("type", "trigger", "place", "date", "polarity", "modality")
    assert [[getattr(c, k) for k in keys] for c in one] == [[getattr(c, k) for k in keys] for c in two]
    for slot in ("agent", "patient"):
        assert [swapped(getattr(c, slot) or "") for c in one] == [getattr(c, slot) or "" for c in two]
