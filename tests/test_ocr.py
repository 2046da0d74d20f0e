"""Texts that a machine read from print: what is mended, what is left, what is doubtful."""

import random
import time
from pathlib import Path
from typing import Any

import pytest

from casebook import cases
from variorum import read
from variorum.annotate import annotate
from variorum.edition.collate import collate
from variorum.edition.verify import verify
from variorum.edition.witnesses import with_parts, witnesses_of
from variorum.ocr import Account, survey
from variorum.records import Repair, Structure, Witness
from variorum.spans import OffsetMap


@pytest.mark.parametrize("case", cases("ocr"))
def test_case(case: dict[str, Any]) -> None:
    others = {f"other{n}": Account(text, "en") for n, text in enumerate(case.get("others", []))}
    mended = survey({"a": Account(case["text"], "en"), **others}).get("a")
    edits = mended.edits if mended else []
    assert [[case["text"][edit.start : edit.end], edit.new] for edit in edits] == case["edits"]
    if "doubtful" in case:
        assert mended is not None
        assert [case["text"][start:end] for start, end in mended.doubtful] == case["doubtful"]


CLEAN = (
    "The inquiry into the loss of the ferry met at the town hall and heard forty witnesses in nine days of spring weather. It "
    "found that the great door of the ship had been open when she left the harbor, and that three of the crew knew about it. "
    "The captain had told the owners in March that the lamp on the bridge did not burn, and nobody had answered his letter. "
    "Thirty people died under the pier, of whom twelve were children from the school, and four others were never found there."
)
SHAPES = {"n": "u", "u": "n", "e": "c", "h": "b", "c": "e", "t": "l"}


@pytest.mark.parametrize("seed", range(4))
def test_made_noise_is_mended_or_left_and_seldom_made_worse(seed: int) -> None:
    chance = random.Random(seed)
    words = CLEAN.split()
    noisy = []
    for word in words:
        places = [n for n, sign in enumerate(word) if sign in SHAPES and 0 < n < len(word) - 1]
        if places and len(word) > 3 and chance.random() < 0.25:
            at = chance.choice(places)
            word = word[:at] + SHAPES[word[at]] + word[at + 1 :]
        noisy.append(word)
    text = " ".join(noisy)
    mended = survey({"a": Account(text, "en"), "b": Account(CLEAN, "en")}).get("a")
    assert mended is not None
    new = OffsetMap(mended.edits).apply(text).split()
    wrong_before = sum(a != b for a, b in zip(words, noisy, strict=True))
    wrong_after = sum(a != b for a, b in zip(words, new, strict=True))
    worse = sum(a == b != c for a, b, c in zip(words, noisy, new, strict=True))
    assert worse == 0
    assert wrong_after <= 0.35 * wrong_before, (wrong_before, wrong_after)


def test_a_picture_that_was_read_is_mended_though_it_is_nearly_clean() -> None:
    assert survey(
        {"a": Account("The ferry sank nnder the pier of the town and was not raised for a year.", "en", True)}
    )["a"].edits
    assert not survey({"a": Account("The ferry sank nnder the pier of the town and was not raised for a year.", "en")})


def test_a_language_without_a_lexicon_is_left_alone() -> None:
    assert survey({"a": Account("Feribot battl, otuz klsl öldü vo vali konuştu ve bnnlar", "tr")}) == {}


def test_finders_read_what_is_mended_and_no_figure_rests_on_doubt() -> None:
    text = (
        "Fonr men were killed nnder the pier at Hale on 3 May 1916, and tbe loss was $2.V).0O0, while l2 men were hurt."
    )
    mended = survey({"a": Account(text, "en")})["a"]
    from variorum.structure import Part

    parts = [Part(start, end, "doubtful") for start, end in mended.doubtful]
    witness = Witness("a", "A", None, None, None, None, "en", "a.txt", "", text)
    [made] = annotate([witness], parts={"a": parts}, edits={"a": mended.edits})
    assert [(row.text, row.low) for row in made.tables["figures"]] == [("Fonr", 4.0)]  # type: ignore[attr-defined]
    assert [(row.text, row.new, row.rule) for row in made.tables["repairs"]] == [  # type: ignore[attr-defined]
        ("Fonr", "Four", "misread"), ("nnder", "under", "misread"), ("tbe", "the", "misread"),
    ]  # fmt: skip
    for rows in made.tables.values():
        for row in rows:
            if getattr(row, "start", None) is not None:
                assert text[row.start : row.end] == row.text  # type: ignore[attr-defined]


def test_an_edition_keeps_the_repairs_and_shows_the_doubt(tmp_path: Path) -> None:
    folder = tmp_path / "accounts"
    folder.mkdir()
    text = "Fonr men were killed nnder the pier at Hale on 3 May 1916, and tbe oxplqsion broke thirty win\ndows in the muni\ntions mill."
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "b.txt").write_text("Four men were killed under the pier at Hale on 3 May 1916.", encoding="utf-8")
    edition = collate(folder, tmp_path / "edition")
    assert list(verify(edition)) == []
    assert [row.new for row in edition.records(Repair)] == ["Four", "under", "the", "windows", "munitions"]
    doubtful = [row.text for row in edition.records(Structure) if row.kind == "doubtful"]
    assert doubtful == ["oxplqsion"]
    page = (tmp_path / "edition" / "witnesses" / "a.html").read_text("utf-8")
    assert "oxplqsion" in page and "dbt" in page and "One of its words may have been read wrongly" in page


def test_lines_that_a_publisher_repeats_reach_no_finder(tmp_path: Path) -> None:
    about = "The Hale Post is a newspaper for the strait, founded in 1921 by 12 printers. Write to our readers' desk."
    background = "More than 300 people have died in the strait since 1984."
    for n, news in enumerate(
        ("The ferry sank off Hale.", "Ten men died at Tolven.", "The court met at Lind.", "The mill burned.")
    ):
        text = f"HALE POST ONLINE\n\n{news}\n\n{background}\n\n{about}\n"
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    rows = "".join(f"{n}.txt,Hale Post\n" for n in range(4))
    (tmp_path / "witnesses.csv").write_text(f"file,publisher\n{rows}", encoding="utf-8")
    found = read.accounts([tmp_path])
    table = with_parts(witnesses_of(found.documents), found.documents)
    from variorum.structure import unpacked

    for text, cell in zip(table["text"].to_pylist(), table["parts"].to_pylist(), strict=True):
        hidden = [text[part.start : part.end] for part in unpacked(cell) if part.kind == "boilerplate"]
        assert hidden == ["HALE POST ONLINE", about]


@pytest.mark.parametrize("unit", ["nnder ", "a\nb", "x ", "1l0 ", "f", "ab-\n", "rn", "\n", "zq?\nx "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begun = time.process_time()
    survey({"a": Account(text, "en", True)})
    assert time.process_time() - begun < 12


LEFT = [
    "The crew of the ferry",
    "had not been told that",
    "the door was open when",
    "they left the quay at",
    "Hale, and nobody had",
    "looked at the lamp.",
]
RIGHT = [
    "The court met in May",
    "and heard the master of",
    "the ship and three men",
    "who had seen the lamp",
    "go out, it was told by",
    "the clerk of the court.",
]


def test_columns_side_by_side_in_a_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    lines = "\n".join(f"{a:<26}{b}" for a, b in zip(LEFT, RIGHT, strict=True))
    (tmp_path / "a.txt").write_text(f"THE LOSS OF THE FERRY\n\n{lines}\n\nSo it ends.\n", encoding="utf-8")
    found = read.accounts([tmp_path])
    assert " ".join(found.documents[0].text.split()) == " ".join(
        ["THE LOSS OF THE FERRY", *LEFT, *RIGHT, "So it ends."]
    )
    assert "has columns side by side" in found.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Town        Killed in all    Wounded of these\n"
        + "".join(
            f"{town:<12}{n:<17}{n + 4}\n"
            for n, town in enumerate(["Hale", "Lind", "Besk", "Tolven", "Merrow", "Asker"])
        ),
        "".join(
            f"{day + ' May 1999':<16}{words}\n" for day, words in zip("3456789", [*RIGHT, "it closed."], strict=True)
        ),
        "".join(
            f"{name:<30}{name[::-1].title():<20}\n"
            for name in ["Ana Teverin of Port Asker", "Peter Hale of Tolven Quay", "Tom Lind of the Coast Guard"] * 3
        ),
    ],
    ids=["table", "chronology", "names"],
)
def test_tables_and_lists_stay_as_they_are(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    found = read.accounts([tmp_path])
    assert found.documents[0].text.split() == text.split() and not any(
        "side by side" in p.message for p in found.problems
    )
