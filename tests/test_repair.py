"""Repairs: what is mended, what is left, and that every repaired character leads back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import cases
from variorum.repair import repair
from variorum.structure import parts


@pytest.mark.parametrize("case", cases("repair"))
def test_case(case: dict[str, str]) -> None:
    assert repair(case["text"]).apply(case["text"]) == case["repaired"]


@given(st.text(alphabet="ab \"'\n\f\t-’Ã©\u00ad\u200b\u00a0.1", max_size=80))
def test_every_edit_is_recorded(text: str) -> None:
    map = repair(text)
    new = map.apply(text)
    kept = [at for at in range(len(text)) if not any(e.start <= at < e.end for e in map.edits)]
    for at in kept:
        span = map.forward(at, at + 1)
        assert new[span.start : span.end] == text[at]


def test_running_heads_go_and_sentences_join_over_the_page() -> None:
    page = "Commission of Inquiry\n- {} -\n{}"
    bodies = ["The ferry left at ten. The master gave no", "Order to leave the ship.", "The search ended."]
    text = "\n\f".join(page.format(n, body) for n, body in enumerate(bodies, start=1))
    assert (
        repair(text).apply(text)
        == "The ferry left at ten. The master gave no Order to leave the ship.\n\nThe search ended."
    )


def test_wrapped_lines_are_joined() -> None:
    words = [
        "the",
        "ferry",
        "left",
        "Port",
        "Asker",
        "at",
        "ten",
        "past",
        "seven",
        "on",
        "her",
        "crossing",
        "to",
        "Hale",
        "and",
        "was",
        "struck",
        "by",
        "a",
        "coaster",
        "off",
        "the",
        "bank",
    ]
    lines = [" ".join(words[n : n + 9]) for n in range(0, len(words), 9)] * 4
    text = "\n".join(lines)
    assert "\n" not in repair(text).apply(text)


@pytest.mark.parametrize(
    "unit", ['"s', "Ã", " \n", "a\n", "\t", "Ãx", "\f\n", "a-\n", " ", "1 ", "Views: 1\n", "\u202e", ". "]
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    repair(text)
    parts(text)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Views: 1204", "counter"), ("1,204 views", "counter"), ("Read: 33 times", "counter"), ("Page 3 of 9", "counter"),
     ("Photo: the quay at Hale", "caption"), ("31 people died", None), ("Comments on the report", None)],
)  # fmt: skip
def test_furniture_of_the_page(line: str, kind: str | None) -> None:
    found = [part.kind for part in parts(f"The ferry sank.\n{line}\n")]
    assert found == ([kind] if kind else [])
