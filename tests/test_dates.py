"""Dates: every row of the table reads, compares, bounds and words alike, and all that is written is read."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import cases
from variorum import dates
from variorum.dates import Days

CODE = re.compile(r"[-0-9X]{4}-[0-9X]{2}")


@pytest.mark.parametrize("case", cases("dates", "made"))
def test_interval_bounds_and_words_of_a_date_agree(case: dict[str, Any]) -> None:
    assert dates.bounds(case["edtf"]) == (case["first"], case["last"], case["precision"])
    assert (dates.in_words(case["edtf"]), dates.in_words(case["edtf"], "short")) == (case["long"], case["short"])
    span = dates.interval(case["edtf"])
    ends = [dates.interval(end) for end in (case["first"], case["last"])]
    assert span is not None
    assert math.floor(span.first) == ends[0].first if ends[0] else span.first == -math.inf
    assert math.ceil(span.after) == ends[1].after if ends[1] else span.after == math.inf
    assert CODE.search(case["long"]) is None


@pytest.mark.parametrize("case", cases("dates", "negative"))
def test_what_has_no_place_in_time(case: dict[str, Any]) -> None:
    assert dates.parse(case["edtf"]) is None and dates.interval(case["edtf"]) is None
    assert dates.bounds(case["edtf"]) is None
    assert dates.in_words(case["edtf"]) == case["long"]


YEAR = st.one_of(
    st.integers(0, 9999).map(lambda year: f"{year:04d}"), st.integers(1, 9999).map(lambda year: f"BC{year:04d}"),
    st.text("0123456789X", min_size=1, max_size=4), st.text("0123456789", min_size=1, max_size=3).map("BC".__add__),
)  # fmt: skip
FINER = st.sampled_from(
    ["", *(f"-{n:02d}" for n in range(14)), "-XX", "-SP", "-SU", "-FA", "-WI", "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2",
     "-W01", "-W47", "-W53", "-W54", "-W47-WE", "-W47-3"]
)  # fmt: skip
DAY = st.sampled_from(["", "", *(f"-{n:02d}" for n in range(33)), "-XX", "-1X", "-3X", "T04:17", "-09T04:17", "-11TNI"])
VALUE = st.tuples(YEAR, FINER, DAY).map("".join)


@settings(derandomize=True, max_examples=1500, deadline=None)
@given(VALUE, st.booleans())
def test_every_value_that_is_written_is_read(value: str, approximate: bool) -> None:
    written = dates.write(value, approximate)
    if written is None:
        return
    said = dates.in_words(written)
    assert said != written or written.isdecimal(), "its words are its code"
    assert CODE.search(said) is None and CODE.search(dates.in_words(written, "short")) is None
    if not written.startswith("XXXX"):
        agree(written)
        parse_edtf(written)


def agree(edtf: str) -> None:
    """Interval, bounds, order and words of a date tell the same."""
    when, told = dates.parse(edtf), dates.bounds(edtf)
    assert when is not None and told is not None and told.first is not None and told.last is not None
    assert dates.interval(told.first) == Days(math.floor(when.days.first), math.floor(when.days.first) + 1)
    assert dates.interval(told.last) == Days(math.ceil(when.days.after) - 1, math.ceil(when.days.after))
    assert when.exact == (told.precision == 1 and not edtf.endswith("~"))
    assert dates.order(told.first)[0] <= dates.order(edtf)[0] < when.days.after
    for day in (told.first, told.last):
        year = dates.calendar(dates.interval(day).first)[0]  # type: ignore[union-attr]
        shown = str(year if year > 0 else 1 - year)
        assert shown[:-2] in when.words or shown in when.words or f"{year // 100 + 1}" in when.words


@settings(derandomize=True, max_examples=500, deadline=None)
@given(VALUE, VALUE)
def test_every_interval_that_is_written_is_read(first: str, last: str) -> None:
    written = dates.between(dates.write(first), dates.write(last))
    if written is not None and "XXXX" not in written:
        agree(written)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(st.text("0123456789X-~?%/.,[]{}TZW:Y+E", max_size=24))
def test_no_string_breaks_the_reading(text: str) -> None:
    when = dates.parse(text)
    assert (when is None) == (dates.bounds(text) is None)
    assert dates.in_words(text) and dates.in_words(text, "short") and isinstance(dates.order(text)[0], float)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.dates())
def test_days_are_counted_as_python_counts_them(day: date) -> None:
    assert dates.number(day.year, day.month, day.day) == day.toordinal()
    assert dates.calendar(day.toordinal()) == (day.year, day.month, day.day)
    assert dates.iso_day(day.toordinal()) == day.isoformat()


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.integers(-4_000_000, 4_000_000))
def test_days_before_our_era_follow_each_other(day: int) -> None:
    assert dates.number(*dates.calendar(day)) == day
    (year, month, _), (next_year, next_month, _) = dates.calendar(day), dates.calendar(day + 1)
    assert (next_year, next_month) in ((year, month), (year, month + 1), (year + 1, 1))


def test_old_style_days_are_given_in_new_style() -> None:
    assert dates.gregorian("1917-10-25") == "1917-11-07" and dates.gregorian("-0043-03-15") == "-0043-03-13"
    assert dates.gregorian("1900-02-28") == "1900-03-12" and dates.gregorian("1900-02-29") == "1900-03-13"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("1998-05", "1998-03"),
        ("1998-01", "1998"),
        ("-0330", "-0335"),
        ("1998", "1998"),
        (None, "1998"),
        ("1998/1999", "2000"),
    ],
)
def test_what_is_out_of_order_makes_no_interval(first: str | None, last: str | None) -> None:
    assert dates.between(first, last) is None
