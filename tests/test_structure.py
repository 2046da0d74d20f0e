"""Structure: what the lines of a text show, what governs what, and that hidden stretches reach no finder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook import cases
from variorum.annotate import annotate
from variorum.records import Witness
from variorum.structure import Part, governed, hidden, packed, parts, unpacked


@pytest.mark.parametrize("case", cases("structure"))
def test_case(case: dict[str, str]) -> None:
    found = [[part.kind, case["text"][part.start : part.end]] for part in parts(case["text"])]
    assert found == case["parts"]


def test_a_heading_governs_up_to_the_next_of_its_level() -> None:
    text = "# A\n\none.\n\n## B\n\ntwo.\n\n## C\n\nthree.\n\n# D\n\nfour."
    stretches = {text[p.start : p.end]: text[p.end : p.until].split() for p in parts(text) if p.kind == "heading"}
    assert stretches == {
        "# A": ["one.", "##", "B", "two.", "##", "C", "three."], "## B": ["two."], "## C": ["three."], "# D": ["four."],
    }  # fmt: skip


def test_what_the_reader_knows_is_not_derived_again() -> None:
    text = "THE LOSS\n\nThe ferry sank."
    assert parts(text, [Part(0, 8, "heading", 2)]) == [Part(0, 8, "heading", 2, len(text))]


def witness(text: str) -> Witness:
    return Witness("a", "A", None, None, None, "1998-11-18", "en", "a.txt", "", text)


def test_hidden_stretches_reach_no_finder_and_rows_keep_their_words() -> None:
    text = "On Tuesday the ferry sank and\nPhoto: 12 people died here in 1987\n31 people died.\nShare this"
    known = [Part(text.index("Share"), len(text), "boilerplate")]
    [made] = annotate([witness(text)], parts={"a": known})
    for rows in made.tables.values():
        for row in rows:
            assert text[row.start : row.end] == row.text  # type: ignore[attr-defined]
    assert [row.text for row in made.tables["figures"]] == ["31"]  # type: ignore[attr-defined]
    assert [row.text for row in made.tables["times"]] == ["Tuesday"]  # type: ignore[attr-defined]
    assert [row.kind for row in made.tables["structure"]] == ["caption", "boilerplate"]  # type: ignore[attr-defined]
    assert not any("Share" in row.text for row in made.tables["sentences"])  # type: ignore[attr-defined]


def test_offsets_of_structure_lead_back_through_repairs() -> None:
    text = "THE FER\u00adRY\n\nThe fer\u00adry  sank.\n\nTHE INQUIRY\n\nIt met."
    [made] = annotate([witness(text)])
    rows = [(row.text, text[row.end : row.until]) for row in made.tables["structure"]]  # type: ignore[attr-defined]
    assert rows == [("THE FER\u00adRY", "\n\nThe fer\u00adry  sank.\n\n"), ("THE INQUIRY", "\n\nIt met.")]


@given(st.text(alphabet="aAB .,-—\n\f12)#=", max_size=120))
def test_parts_lie_inside_and_are_kept(text: str) -> None:
    found = parts(text)
    assert unpacked(packed(found)) == found == governed(text, found)
    for part in found:
        assert 0 <= part.start < part.end <= len(text)
        assert part.until is None or part.end <= part.until <= len(text)
    last = 0
    for start, end, _ in hidden(found):
        assert last <= start < end
        last = end
