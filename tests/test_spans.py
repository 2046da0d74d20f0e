"""Spans and the map of edits: what was repaired leads back to what was read."""

from hypothesis import given
from hypothesis import strategies as st

from variorum.spans import Edit, OffsetMap, Span


@st.composite
def repaired(draw: st.DrawFn) -> tuple[str, OffsetMap]:
    text = draw(st.text(min_size=1, max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, OffsetMap(Edit(start, end, draw(st.text(max_size=5)), "made") for start, end in pairs)


@given(repaired())
def test_back_stays_inside_and_keeps_order(case: tuple[str, OffsetMap]) -> None:
    text, map = case
    new = map.apply(text)
    last = 0
    for at in range(len(new)):
        span = map.back(at, at + 1)
        assert 0 <= span.start <= span.end <= len(text)
        assert span.start >= last or span.end > last
        last = max(last, span.start)


@given(repaired())
def test_untouched_characters_come_back_to_themselves(case: tuple[str, OffsetMap]) -> None:
    text, map = case
    new = map.apply(text)
    touched = {at for edit in map.edits for at in range(edit.start, edit.end)}
    for at in set(range(len(text))) - touched:
        there = map.forward(at, at + 1)
        assert new[there.start : there.end] == text[at]
        assert map.back(there.start, there.end) == Span(at, at + 1)


@given(repaired())
def test_the_whole_leads_back_to_all_that_was_kept(case: tuple[str, OffsetMap]) -> None:
    text, map = case
    new = map.apply(text)
    if new:
        whole = map.back(0, len(new))
        untouched = [at for at in range(len(text)) if not any(e.start <= at < e.end for e in map.edits)]
        assert all(whole.start <= at < whole.end for at in untouched)


def test_overlapping_edits_are_refused() -> None:
    import pytest

    with pytest.raises(ValueError, match="overlaps"):
        OffsetMap([Edit(0, 3, "", "a"), Edit(2, 4, "", "b")])
