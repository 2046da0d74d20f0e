"""Figures: the cases as data, the parse by hand, and properties that hold for any text."""

from __future__ import annotations

import time
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from casebook import cases
from variorum import voices
from variorum.annotate import annotate
from variorum.config import Config
from variorum.mentions import Found
from variorum.mentions.figures import exclusions, find, find_plain, lexicon
from variorum.mentions.figures.modifiers import interval
from variorum.mentions.figures.roles import role_of
from variorum.records import Figure, Place, Time, Witness

BLANK = spacy.blank("en")


def told(text: str) -> list[dict[str, Any]]:
    """What the program finds in a text, in the words of the cases; how long things last is times' to say, see `durations`."""
    witness = Witness("a", "A", None, None, None, None, "en", "a", "", text)
    [made] = annotate([witness])
    found = [f for f in made.tables["figures"] if isinstance(f, Figure) and f.role != "duration"]
    at = {f.start: f.text for f in found}
    return [f.to_dict() | {"part_of": at.get(f.part_of) if f.part_of is not None else None} for f in found]


def fits(case: dict[str, Any]) -> None:
    """Every figure expected, no other, and no part that is not expected."""
    found = told(case["text"])
    expected = case["expect"]
    assert [f["text"] for f in found] == [e["text"] for e in expected]
    for figure, want in zip(found, expected, strict=True):
        for key, value in want.items():
            assert figure[key] == value, key
        assert figure["part_of"] == want.get("part_of")


@pytest.mark.parametrize("case", cases("figures"))
def test_case(case: dict[str, Any]) -> None:
    fits(case)


PARTIES = [("Halish", "Merrovian"), ("Port Asker", "Lower Tevering"), ("Hale", "Merrow")]


@pytest.mark.parametrize(
    "text",
    [
        "Halish troops killed 40 Merrovian soldiers and captured 12 villages of Merrow.",
        "Hale said that 13 people were killed and 48 injured when Merrow shelled Port Asker.",
        "The 30 fighters of Hale were killed by Merrovian artillery, including 4 officers.",
    ],
)
def test_mirror(text: str) -> None:
    """Swapping the parties' names swaps nothing but the names."""
    swapped = text
    for one, other in PARTIES:
        swapped = swapped.replace(one, "\0").replace(other, one).replace("\0", other)
    columns = ("text", "low", "high", "role", "kind")
    assert [[f[c] for c in columns] for f in told(text)] == [[f[c] for c in columns] for f in told(swapped)]


# --- with a parse made by hand ---
def parsed(words: list[str], heads: list[int], deps: list[str], pos: list[str]) -> Doc:
    return Doc(BLANK.vocab, words=words, heads=heads, deps=deps, pos=pos, lemmas=[w.lower() for w in words])


def officials_said() -> Doc:
    return parsed(
        ["Port", "officials", "said", "40", "people", "died", "."],
        [1, 2, 2, 4, 5, 2, 2],
        ["compound", "nsubj", "ROOT", "nummod", "nsubj", "ccomp", "punct"],
        ["NOUN", "NOUN", "VERB", "NUM", "NOUN", "VERB", "PUNCT"],
    )


def voiced(doc: Doc) -> list[Figure]:
    """The figures of a parsed text whose voices are found, as the program does."""
    found = Found("A")
    found.voices = voices.find(doc, found)
    return find(doc, found, Config())


def test_voice_of_the_governing_verb() -> None:
    [figure] = voiced(officials_said())
    assert (figure.voice, figure.role, figure.low) == (["Port officials"], "killed", 40)


def test_voice_is_a_chain_outermost_first() -> None:
    doc = parsed(
        ["The", "agency", "quoted", "a", "doctor", "as", "saying", "12", "sailors", "drowned", "."],
        [1, 2, 2, 4, 2, 6, 2, 8, 9, 6, 2],
        ["det", "nsubj", "ROOT", "det", "obj", "mark", "advcl", "nummod", "nsubj", "ccomp", "punct"],
        ["DET", "NOUN", "VERB", "DET", "NOUN", "SCONJ", "VERB", "NUM", "NOUN", "VERB", "PUNCT"],
    )
    [figure] = voiced(doc)
    assert figure.voice == ["The agency", "a doctor"]


def test_no_voice_where_nobody_speaks() -> None:
    [figure] = find(BLANK("Twelve sailors drowned off Hale."), Found("A"), Config())
    assert figure.voice == []


# --- times, places, dates ---
def test_times_are_no_figures() -> None:
    text = "The 44 days of siege cost 300 lives."
    found = Found("A", times=[Time("A", 4, 11, "44 days", "DURATION", "P44D")])
    assert [f.text for f in find_plain(text, found)] == ["300"]


def test_scope_is_the_finest_place_and_the_date_of_the_sentence() -> None:
    text = "On 5 May 1998 the raid on Hale in Merrow killed 12 people. Six more died the next day."
    found = Found(
        "A",
        times=[Time("A", 3, 13, "5 May 1998", "DATE", "1998-05-05", None, "1998-05-05")],
        places=[Place("A", 26, 30, "Hale", "Hale", "village"), Place("A", 34, 40, "Merrow", "Merrow", "country")],
    )
    figures = find(BLANK(text), found, Config())
    assert [(f.text, f.place, f.date) for f in figures] == [("12", "Hale", "1998-05-05"), ("Six", "Hale", "1998-05-05")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("He was born in 1872. Forty men were killed.", None),
        ("Hale, born at Tolven in 1872, led 40 men.", None),
        ("Four children were born in 1872.", "1872"),
        ("In 1872 four children were born.", "1872"),
    ],
)
def test_a_birth_dates_nothing_else(text: str, date: str | None) -> None:
    at = text.index("1872")
    found = Found("A", times=[Time("A", at, at + 4, "1872", "DATE", "1872", None, "1872")])
    assert [f.date for f in find(BLANK(text), found, Config())] == [date]


@pytest.mark.parametrize(
    ("text", "said", "words"),
    [
        ("He got between five and twelve years.", "twelve years", ("between five and twelve years", 5, 12)),
        ("It lasted from five to twelve years.", "twelve years", ("five to twelve years", 5, 12)),
        ("On 30 May, or two days later, he left.", "two days", ("two days", 2, 2)),
        ("He got the five and twelve years.", "twelve years", ("twelve years", 12, 12)),
    ],
)
def test_a_range_of_durations(text: str, said: str, words: tuple[str, int, int]) -> None:
    at = text.index(said)
    found = Found("A", times=[Time("A", at, at + len(said), said, "DURATION", "P12Y")])
    rows = [f for f in find(BLANK(text), found, Config()) if f.role == "duration"]
    assert [(f.text, f.low, f.high) for f in rows] == [words]


def test_a_line_that_fails_becomes_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> str:
        raise ValueError("broken on purpose")

    monkeypatch.setattr(exclusions, "why_not", broken)
    found = Found("A")
    assert find_plain("Ten men died.", found) == []
    assert [(p.step, p.start, p.end) for p in found.problems] == [("figures", 0, 13)]


# --- tables ---
def test_every_act_of_the_triggers_has_a_meaning_or_is_named_as_none() -> None:
    table = lexicon.roles()
    acts = {verb.act for listed in table.verbs.first.values() for _, verb in listed}
    assert acts <= set(table.meaning)


def test_roles_are_those_of_the_design() -> None:
    roles = {role for meaning in lexicon.roles().meaning.values() for role in meaning.values()}
    assert roles == {
        "killed", "wounded", "casualties", "missing", "captured", "arrested", "sentenced", "displaced", "homeless", "evacuated",
        "rescued", "survivors", "population", "aboard", "crowd", "capacity", "fired", "accused", "bodies", "destroyed", "changed hands", "other",
    }  # fmt: skip
    assert role_of("kill", "buildings") == "other"


# --- properties ---
def sound(text: str, figures: list[Figure]) -> None:
    """Spans exact, in order and apart; bounds ordered; parts point to a figure that is there."""
    last = 0
    starts = {f.start for f in figures}
    for figure in figures:
        assert figure.text == text[figure.start : figure.end] != ""
        assert figure.start >= last
        last = figure.end
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
        assert figure.part_of is None or figure.part_of in starts
        assert figure.part_of != figure.start


WORDS = st.sampled_from(
    [
        "ten",
        "12",
        "1,500",
        "3.8",
        "a",
        "an",
        "one",
        "half",
        "dozen",
        "dozens",
        "hundred",
        "thousand",
        "million",
        "and",
        "or",
        "to",
        "-",
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "\n",
        "$",
        "%",
        "people",
        "men",
        "women",
        "villages",
        "houses",
        "of",
        "them",
        "including",
        "killed",
        "wounded",
        "were",
        "was",
        "have",
        "at",
        "least",
        "more",
        "than",
        "about",
        "up",
        "were",
        "not",
        "said",
        "Hale",
        "in",
        "the",
        "by",
        "toll",
        "rose",
        "9/11",
        "T-72",
        "43",
        "17-year-old",
        "several",
        "twice",
        "as",
        "many",
        "another",
        "dead",
        "missing",
        "left",
        "captured",
        "between",
        "from",
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_figures_of_any_words_are_sound(text: str) -> None:
    sound(text, find_plain(text))


@given(st.text(max_size=200))
def test_figures_of_any_text_are_sound(text: str) -> None:
    sound(text, find_plain(text))


@given(st.sampled_from(["above", "from", "below", "near", "upto", "about", None]), st.integers(0, 10**12))
def test_intervals_are_ordered_and_hold_their_number(modifier: str | None, value: int) -> None:
    low, high = interval(modifier, value)
    assert low is None or high is None or low <= high
    if modifier not in ("above", "below"):
        assert (low is None or low <= value) and (high is None or value <= high)


@pytest.mark.parametrize(
    "piece",
    ["1234567890", "and ", "killed 12 men, ", "1 to ", "(12 ", "12, ", "Hale, Asker and ", "million ", ". ", "12-"],
)
def test_time_grows_with_length_only(piece: str) -> None:
    """Four times the text takes at most some eight times as long: nothing is quadratic."""

    def took(size: int) -> float:
        start = time.process_time()
        find_plain(piece * (size // len(piece)))
        return time.process_time() - start

    took(2_000)
    assert min(took(40_000) for _ in range(3)) < 10 * max(took(10_000), 0.05)


def test_a_megabyte_of_digits() -> None:
    start = time.process_time()
    assert find_plain("7" * 1_000_000) == []
    assert find_plain("and " * 60_000) == []
    assert time.process_time() - start < 10
