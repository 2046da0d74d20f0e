"""HTML: what of a page is the account, what is of the page, and what the page says of itself."""

from typing import Any

import pytest

from casebook import cases
from variorum.annotate import annotate
from variorum.read.document import Found, Source
from variorum.read.html import read_page
from variorum.records import Witness


def page(html: str) -> Found:
    return read_page(Source("a.html", "a", html.encode("utf-8")), "a.html")


@pytest.mark.parametrize("case", cases("html"))
def test_case(case: dict[str, Any]) -> None:
    [found] = page(case["html"]).documents
    if "text" in case:
        assert found.text == case["text"]
    if "parts" in case:
        assert [[part.kind, found.text[part.start : part.end]] for part in found.parts] == case["parts"]
    for name, value in case.get("known", {}).items():
        assert getattr(found, name) == value, name


def test_a_note_and_a_struck_word_know_their_place() -> None:
    [found] = page("<p>It cost 350<sup><a href='#n1'>1</a></sup> lives, <del>all</del> most.<p id=n1>Or 340.").documents
    assert found.text == "It cost 350 lives, most.\n\nOr 340.\n\nall"
    assert {part.kind: found.text[: part.at] for part in found.parts} == {
        "note": "It cost 350",
        "withdrawn": "It cost 350 lives, ",
    }


def test_much_prose_that_is_left_out_is_said() -> None:
    told = "The coast guard gave these numbers on DAY for the loss of the ferry in the strait, in a note read aloud to all. "
    main = "".join(f"<p>{told.replace('DAY', day) * 3}</p>" for day in ("Tuesday", "Sunday"))
    side = "".join(f"<p>{told.replace('DAY', day) * 2}</p>" for day in ("Monday", "Friday"))
    found = page(f"<body><main>{main}</main><div class=x>{side}</div>")
    assert "Monday" not in found.documents[0].text
    assert found.problems[0].message.startswith(
        "a.html has 96 words in 2 paragraphs beside the account, which were not read"
    )


def test_many_comments_that_are_left_out_are_said() -> None:
    told = "The coast guard gave these numbers on Tuesday for the loss of the ferry in the strait, in a note read aloud to all."
    said = "".join(
        f"<p>My uncle was on board that night and he says number {n} of the things that nobody will believe.</p>"
        for n in range(12)
    )
    found = page(
        f"<body><article><p>{told}</p><p>{told}</p></article><section class=comments><h2>12 comments</h2>{said}</section>"
    )
    assert "uncle" not in found.documents[0].text
    assert [p.message for p in found.problems] == ["a.html has 228 words in readers' comments, which were not read"]


def test_what_is_of_the_page_gives_no_figures() -> None:
    html = (
        "<html lang=en><body><article><h1>Loss of a ferry</h1><p>The ferry sank off Hale on 17 November 1998, and 31 people "
        "died, the coast guard said in a note to the papers of the town.</p><figure><figcaption>44 people died here in 1987"
        "</figcaption></figure><p><b>Read more: <a href=a>12 people drown at Lind</a></b></p><p>Most of the dead were from "
        "Tolven, and <del>nine</del> seven people are missing, said the mayor.</p><p>© 1998 Hale Post, 500 papers.</p></article>"
    )
    [found] = page(html).documents
    witness = Witness("a", "A", None, None, None, "1998-11-18", "en", "a.html", "", found.text)
    [made] = annotate([witness], parts={"a": found.parts})
    assert [row.text for row in made.tables["figures"]] == ["31", "seven"]  # type: ignore[attr-defined]
    assert [row.value for row in made.tables["times"]] == ["1998-11-17"]  # type: ignore[attr-defined]
    for rows in made.tables.values():
        for row in rows:
            assert found.text[row.start : row.end] == row.text  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "html",
    ["<p>" * 3000 + "deep", "<table><tr>" * 300 + "<td>x", "<sup>" * 2000 + "1", "<ul><li>" * 1000 + "x", "<del>" * 900 + "gone",
     "<p>a<br><br><br><br>b", "<a href=#1>" * 500 + "x", "<table>" + "<tr>" * 500 + "</table>x", "<q>" * 500 + "x"],
)  # fmt: skip
def test_odd_pages_are_read(html: str) -> None:
    found = page(html)
    assert found.documents or found.problems
    for document in found.documents:
        for part in document.parts:
            assert 0 <= part.start <= part.end <= len(document.text)
