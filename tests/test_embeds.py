"""Embeds: one thing as one file or drawing, with its attribution, that asks nothing of the network and runs nothing."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from lxml import etree, html

import edition_maker
import edition_sizes
from test_site import GROWING, with_tolls
from variorum import bags, export
from variorum.errors import ConfigError

TABLES = with_tolls(*GROWING)
HOSTILE = edition_sizes.hostile()
WANTED: list[dict[str, str]] = [{}, {"event": "e2"}, {"question": "v3"}, {"toll": "q1"}, {"parallel": "A,C"}]


def made(fmt: str, tables: dict[str, pa.Table] | None = None, **options: Any) -> str:
    out = io.BytesIO()
    export.write(TABLES if tables is None else tables, fmt, out, options, {"key": "3f9c1e"}, bags.FORMATS)
    return out.getvalue().decode()


@pytest.mark.parametrize("wanted", WANTED, ids=lambda w: next(iter(w), "first"))
def test_an_embed_asks_nothing_and_says_where_it_is_from(wanted: dict[str, str]) -> None:
    text = made("embed", **wanted)
    page = html.fromstring(text)
    assert not page.xpath("//script|//link|//img|//iframe|//object|//*[@src]|//a[@href]")
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids)) and "url(http" not in text
    foot = page.xpath("//footer[@class='attribution']")[0].text_content()
    assert "An edition of 5 accounts” (3f9c1e)" in foot and "“A statement to our passengers,” Merrow Line" in foot


def test_an_embed_holds_the_words_of_all_sides() -> None:
    event = " ".join(html.fromstring(made("embed", event="e2")).text_content().split())
    assert "Forty did not come home" in event and "27 bodies" in event
    toll = html.fromstring(made("embed", toll="q1")).text_content()
    assert "a course, no conflict" in toll and "34 or more" in toll and "Hale Islander" in toll
    parallel = html.fromstring(made("embed", parallel="operator, C")).text_content()
    assert "At 20.05 the coaster Tolven" in parallel and "Asker Courier" in parallel


def test_links_lead_to_where_the_edition_is_published() -> None:
    page = html.fromstring(made("embed", question="v4", address="https://example.org/ferry"))
    links = {a.get("href") for a in page.iter("a")}
    assert links and all(link.startswith("https://example.org/ferry/") for link in links)
    assert any("/events/e2.html" in link for link in links) and any("#at-" in link for link in links)


@pytest.mark.parametrize(("wanted", "said"), [({"toll": "q1"}, "34 or more, as of 26 Nov 1998"), ({"question": "v3"}, "more than 220"), ({}, "Conflict."), ({"event": "e2"}, "D: The Maid was struck by the coaster"), ({"parallel": "A,C"}, "Both have the same words.")])  # fmt: skip
def test_a_drawing_is_svg_with_its_attribution(wanted: dict[str, str], said: str) -> None:
    root = etree.fromstring(made("svg", **wanted).encode())
    words = " ".join("".join(root.itertext()).split())
    assert said in words and "From the edition “An edition of 5 accounts” (3f9c1e)." in words
    height = float(root.get("height"))
    assert all(0 < float(t.get("y")) <= height for t in root.iterfind("{*}text"))
    assert not [a for e in root.iter() for a in e.attrib if a.endswith(("href", "src")) or a.startswith("on")]


def test_a_parallel_is_drawn_in_two_columns_with_what_differs() -> None:
    rows = TABLES["parallels"].to_pylist()
    rows = [{**row, "b_text": row["b_text"].replace("sudden", "slow and sudden")} for row in rows]
    tables = {**TABLES, "parallels": pa.Table.from_pylist(rows, TABLES["parallels"].schema)}
    root = etree.fromstring(made("svg", tables, parallel="operator, C").encode())
    assert "Underlined is what only one of the two has." in "".join(root.itertext())
    own = [t.text for t in root.iter("{*}tspan") if t.get("class") == "own"]
    texts = {(t.get("x"), "".join(t.itertext())) for t in root.iter("{*}text")}
    assert own == ["slow and"] and {x for x, _ in texts} >= {"16", "332"}
    a, b = ([said for x, said in texts if x == column] for column in ("16", "332"))
    assert any("the coaster Tolven" in said for said in a) and any("coaster" in said for said in b)
    assert max(len(said) for x, said in texts if x == "332") <= 44


def test_a_picture_is_drawn_where_readings_are_numbers() -> None:
    assert 'class="ivp"' in made("svg", toll="q1") and 'class="step"' in made("svg", toll="q1")


@pytest.mark.parametrize("wanted", [{}, {"event": "<e>"}, {"question": "<v>"}, {"toll": "<q>"}, {"parallel": "A,C"}])
def test_hostile_words_stay_words(wanted: dict[str, str]) -> None:
    page = html.fromstring(made("embed", HOSTILE, **wanted))
    assert not page.xpath("//script|//img|//iframe|//b[text()='evil']|//*[@onerror]|//*[@onmouseover]|//a")
    root = etree.fromstring(made("svg", HOSTILE, **wanted).encode())
    assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {"svg", "title", "style", "rect", "text", "tspan", "g", "path", "circle"}  # fmt: skip


@pytest.mark.parametrize(("fmt", "options", "said"), [
    ("embed", {"event": "none"}, "there is none in this edition"), ("embed", {"event": "e2", "toll": "q1"}, "one thing is embedded at a time"),
    ("svg", {"event": "none"}, "there is none in this edition"), ("embed", {"parallel": "A"}, "there is none"), ("embed", {"address": "javascript:x"}, "no address of the web"),
])  # fmt: skip
def test_what_cannot_be_embedded_is_said(fmt: str, options: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        made(fmt, **options)


def test_an_edition_without_a_question_says_so() -> None:
    with pytest.raises(ConfigError, match="no question fits"):
        made("embed", {**edition_maker.small(), "verdicts": TABLES["verdicts"].slice(0, 0)})


def test_the_command_writes_a_file(tmp_path: Path) -> None:
    export.write(TABLES, "embed", tmp_path / "toll.html", {"toll": "q1"}, formats=bags.FORMATS)
    assert (tmp_path / "toll.html").stat().st_size < 80_000
