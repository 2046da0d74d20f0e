"""Quotes of a parsed text: speakers, extents, tiers."""

import pytest

from casebook import cases
from variorum import language, voices
from variorum.annotate import annotate
from variorum.mentions import Found, quotes
from variorum.records import Witness


def found_in(text):
    found = Found("A")
    doc = next(language.parse([(text, ())]))
    found.voices = voices.find(doc, found)
    found.quotes = quotes.find(doc, found)
    return found


@pytest.mark.parametrize("case", cases("reports"))
def test_report(case):
    rows = found_in(case["text"]).quotes
    got = [{"text": q.text.rstrip(" .,”\"'"), "speaker": q.speaker, "tier": q.tier, "direct": q.direct} for q in rows]
    assert got == case["quotes"]


def test_every_span_is_what_it_says():
    text = 'Hale said "it sank." He feared that the storm would return.\n\n“We left,” Ana Teverin added, “at dawn.” The “Maid of Asker” sank.'
    found = found_in(text)
    assert len(found.quotes) >= 3 and found.marks
    for row in (*found.quotes, *found.marks):
        assert text[row.start : row.end] == row.text
    for row in found.quotes:
        assert row.speaker_start is None or 0 <= row.speaker_start < row.speaker_end <= len(text)


def test_an_unparsed_document_still_gives_its_marks():
    from spacy.lang.en import English

    found = Found("A")
    doc = English()("“The ferry sank off Merrow,” said Ana Teverin.")
    found.voices = voices.find(doc, found)
    rows = quotes.find(doc, found)
    assert [row.text for row in rows] == ["The ferry sank off Merrow,"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", '"', "said", '"" "" ""', "“" * 500, "said " * 500, "that " * 500])
def test_odd_texts_do_no_harm(text):
    found = found_in(text)
    assert all(text[row.start : row.end] == row.text for row in (*found.quotes, *found.marks))
    assert len(found.quotes) <= len(text) // 5


def swapped(text):
    return text.replace("Northern", "\0").replace("Southern", "Northern").replace("\0", "Southern")


def test_mirror():
    text = (
        "The Northern commander said that the Southern army had burned the school. "
        "The Southern governor denied it. “We never fired,” the Southern commander said."
    )
    one, two = found_in(text).quotes, found_in(swapped(text)).quotes
    assert [swapped(q.text) for q in one] == [q.text for q in two]
    assert [swapped(q.speaker or "") for q in one] == [q.speaker or "" for q in two]


def test_a_dateline_is_not_said() -> None:
    text = "PORT ASKER, 18 Nov (SPA) - Two ferries sank, the harbour office said."
    [annotation] = annotate([Witness("A", "A", None, None, None, None, "en", "a.txt", "", text)])
    [quote] = annotation.tables["quotes"]
    assert (quote.text, quote.speaker) == ("Two ferries sank", "the harbour office")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "chains"),
    [
        ("Beijing put the toll at 241, Western diplomats at 2,600.", [["Beijing"], ["Western diplomats"]]),
        ("The ministry put the toll at 704, the highest at 12 sites.", [["The ministry"]]),
    ],
)
def test_a_second_count_without_its_verb_has_its_own_voice(text: str, chains: list[list[str]]) -> None:
    assert [voice.chain for voice in found_in(text).voices if voice.how == "count"] == chains


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        ("the mayor was quoted by Reuters as saying", ["Reuters", "the mayor"]),
        ("the mayor was quoted as saying by Reuters", ["Reuters", "the mayor"]),
        ("the mayor was quoted as saying by phone", ["the mayor"]),
    ],
)
def test_who_is_quoted_speaks_and_who_quotes_carries(words: str, chain: list[str]) -> None:
    assert [voice.chain for voice in found_in(f"Fourteen drowned, {words}.").voices] == [chain]
