"""Strings in marks, and what kind they are: plain text, no model."""

import pytest

from casebook import cases
from variorum.spans import Span
from variorum.voices.kinds import kind_of
from variorum.voices.marks import find_marked, paragraphs
from variorum.voices.speeches import find_speech


@pytest.mark.parametrize("case", cases("quotes"))
def test_strings_in_marks(case):
    text = case["text"]
    assert [mark.words(text).of(text) for mark in find_marked(text)] == case["words"]


@pytest.mark.parametrize("case", cases("marks"))
def test_kind_of_a_string(case):
    start = case["text"].index(case["inside"])
    assert kind_of(case["text"], Span(start, start + len(case["inside"])), case["cued"]) == case["kind"]


@pytest.mark.parametrize("mark", [*"\"“”'‘’«»„", "''", "``"])
def test_a_flood_of_marks_is_read_in_linear_time(mark):
    text = f"{mark}a b{mark} c. " * 20_000
    assert len(find_marked(text)) <= 40_000


def test_an_odd_mark_spoils_its_paragraph_only():
    text = 'He shouted "Fire.\n\n' + '"We left," said Hale.\n\n' * 3 + "It rained."
    found = [mark.words(text).of(text) for mark in find_marked(text)]
    assert found.count("We left,") >= 2


def test_paragraphs_cover_all_words():
    text = "One\n\n two \n\n\nThree\nfour"
    assert " ".join(span.of(text) for span in paragraphs(text)).split() == text.split()


SPEECH = "Address by the governor to the people of Merrow\n\n- My friends, we meet in sorrow.\n\n" + "\n\n".join(
    ["We have lost our ferry and our friends. I ask you to help us, as we have always helped our own."] * 5
)


def test_a_speech_without_marks_is_one_quotation():
    body, line = find_speech(SPEECH, paragraphs(SPEECH), [])
    assert body.of(SPEECH).startswith("My friends") and body.end == len(SPEECH)
    assert line.of(SPEECH).startswith("Address by")


def test_news_is_no_speech():
    text = "\n\n".join(["The ferry sank off Merrow. The coast guard saved 40 people before the storm came."] * 8)
    assert find_speech(text, paragraphs(text), []) is None
