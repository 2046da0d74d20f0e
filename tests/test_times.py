"""Times: cases as data, the gate, offsets, EDTF, hostile input, and the development data where it is at hand."""

from __future__ import annotations

import doctest
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from casebook import cases
from evaluation import floors, path
from variorum.mentions import times
from variorum.mentions.times.lexicon import words
from variorum.mentions.times.options import TimeOptions
from variorum.mentions.times.scan import scan
from variorum.mentions.times.sight import Sight

DOCS = Path(__file__).parent.parent / "docs" / "times.md"


@pytest.mark.parametrize("row", [*cases("times"), *cases("times-news")])
def test_case(row: dict[str, Any]) -> None:
    options = TimeOptions(**row.get("options", {}))
    found = times.find(row["text"], row.get("published"), options)
    got = [[getattr(t, column) for column in ("text", "type", "value")] for t in found]
    assert got == [expected[:3] for expected in row["expect"]], row.get("comment", "")
    for row_found, expected in zip(found, row["expect"], strict=True):
        if len(expected) > 3:
            assert row_found.edtf == expected[3]


@pytest.mark.parametrize("row", cases("entries"))
def test_date_lines(row: dict[str, Any]) -> None:
    """Each date line with its rank and the last words that it governs."""
    text = row["text"]
    found, lines = times.read(text, row["published"])
    assert [[line.text, line.level, text[line.end : line.until].strip()[-18:]] for line in lines] == row["lines"]
    assert [[time.text, time.value] for time in found] == row["times"]
    assert all(line.text == text[line.start : line.end] and line.kind == "date" for line in lines)


# --- properties ---
_PIECES = st.one_of(
    st.sampled_from(sorted({w for table in words().values() for w in table})),
    st.sampled_from(
        ["the", "of", "in", "from", "to", "-", ",", ".", "\n", "'", "/", ":", "(", ")", "at", "on", "night", "year's"]
    ),
    st.integers(0, 3000).map(str),
    st.sampled_from(
        [
            "1st",
            "22nd",
            "1990s",
            "'89",
            "330 BC",
            "8am",
            "2003-06-18",
            "4/5/98",
            "12.XI.1941",
            "3,000",
            "05:40",
            "ſunday",
            "İ",
            "Kelvin",
            "٣",
        ]
    ),
    st.text(max_size=6),
)
_TEXTS = st.lists(st.tuples(_PIECES, st.sampled_from([" ", "", "  ", "\n", "-", ", "])), max_size=25).map(
    lambda pairs: "".join(word + glue for word, glue in pairs)
)


@given(_TEXTS, st.booleans())
def test_gate_changes_nothing(text: str, title: bool) -> None:
    text = text.title() if title else text
    for options in (
        TimeOptions(),
        TimeOptions(that_period=True, bare_night=True, of_phrases=True, after_event=True, ages=True),
    ):
        assert scan(Sight(text, options)) == scan(Sight(text, options), gated=False)


@given(_TEXTS, st.sampled_from([None, "2003", "2003-06", "2003-06-18", "nonsense", "0000-00-00"]))
def test_rows_are_sound(text: str, published: str | None) -> None:
    """Offsets, order, no overlap, known types, and EDTF that the library reads."""
    at = 0
    for found in times.find(text, published):
        assert text[found.start : found.end] == found.text
        assert at <= found.start < found.end
        assert found.type in ("DATE", "TIME", "DURATION", "SET")
        assert found.value
        if found.edtf is not None:
            parse_edtf(found.edtf)
        at = found.end


HOSTILE = {
    "digits": "1" * 1_000_000,
    "day after": "the day after " * 70_000,
    "of": "of " * 8_000,
    "end of": "the end of " * 12_000,
    "ranges": "4-" * 50_000,
    "lists": "4, 5 and " * 12_000,
    "years": "1914-18-" * 12_000,
    "spaces": "the" + " " * 1_000_000 + "day",
    "early late": "early late mid-" * 10_000,
    "quotes": "“" * 1_000_000,
    "straight quotes": '"' * 1_000_000,
    "lines": "In\n" * 8_000,
    "clocks": "12:30" * 20_000,
    "night of": "the night of the evening of " * 6_000,
    "eras": "330 BC " * 14_000,
    "every year": "every year 4 May " * 8_000,
    "amounts": "twenty-one and a half " * 8_000,
    "one word": "a" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_seconds(name: str) -> None:
    start = time.process_time()
    times.find(HOSTILE[name], "2003-06-18")
    assert time.process_time() - start < 30


def test_the_form_of_spaces_and_dashes_does_not_matter() -> None:
    plain = times.find("From 4-9 May 1921 and in the '20s.")
    fancy = times.find("From 4–9\u00a0May 1921 and in the ’20s.")
    assert [(t.start, t.end, t.value) for t in plain] == [(t.start, t.end, t.value) for t in fancy]


def test_every_inferred_year_has_an_anchor() -> None:
    found = times.find(
        "The ferry left on 27 March 1921. It was raised on 4 May and sold that autumn; in June it burned."
    )
    assert [bool(t.anchor) for t in found] == [False, True, True, True]


def test_nothing_is_filled_in() -> None:
    assert [t.value for t in times.find("It sank on 4 May.")] == ["XXXX-05-04"]
    assert [t.value for t in times.find("It sank on Friday.")] == ["XXXX-WXX-5"]
    assert [t.value for t in times.find("It sank in March 2015.")] == ["2015-03"]


def test_docs_tell_the_truth() -> None:
    """Every row of the tables in docs/times.md is what the finder gives."""
    rows = re.findall(
        r"^\| (.+?) \| `(.+?)` \| (\w+) \| `(.+?)` \| (?:`(.+?)`)? *\|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) > 60
    wrong = []
    for sentence, text, kind, value, edtf in rows:
        found = [t for t in times.find(sentence, "2003-06-18" if "(news)" in sentence else None) if t.text == text]
        if not found or (found[0].type, found[0].value, found[0].edtf or "") != (kind, value, edtf):
            wrong.append(
                (sentence, text, kind, value, edtf, [(t.text, t.type, t.value, t.edtf) for t in times.find(sentence)])
            )
    assert not wrong


def test_docs_examples_run() -> None:
    assert doctest.testfile(str(DOCS), module_relative=False).failed == 0


@pytest.mark.parametrize("floor", floors("times"))
def test_floor_of_times(floor: dict[str, Any]) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_times", path(floor["scorer"]))
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    with open(path(floor["file"]), encoding="utf-8") as lines:
        docs = [json.loads(line) for line in lines]
    total = score.total(
        score.counts(d["timexes"], [t.to_dict() for t in times.find(d["text"], d["dct"])]) for d in docs
    )
    reached = {key: 100 * score.prf(total, key)[2] for key in floor["least"]}
    assert all(reached[key] >= least for key, least in floor["least"].items()), reached
