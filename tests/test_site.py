"""The site without a browser: every page is well made, leads somewhere, asks nothing of the network, and keeps text text."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import edition_maker
import edition_sizes
from variorum import records as r
from variorum import site
from variorum.config import Config
from variorum.dates import parse
from variorum.errors import ConfigError
from variorum.lists import toml
from variorum.site.addresses import divide, file_name
from variorum.site.differences import compared
from variorum.site.marking import Insert, Mark, marked
from variorum.site.pages.event import _unopposed
from variorum.site.render import as_script
from variorum.site.versions import apparatus
from variorum.site.words import INTERFACES, Words

ABOUT = {"title": "Maid of Asker", "edition": "3f9c1e"}
VOID = {"meta", "link", "br", "input", "img", "hr", "col", "source"}


class Reader(HTMLParser):
    """Reads a page: its links, ids, scripts, the handlers of its elements, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.sources: list[str] = []
        self.handlers: list[str] = []
        self.inline: list[str] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "xlink:href"):
                (self.sources if tag == "link" else self.links).append(value or "")
            elif name in ("src", "srcset", "data", "action", "poster"):
                self.sources.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
            elif name.startswith("on") or name == "style":
                self.handlers.append(f"{tag} {name}={value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.unclosed.append(f"{tag} closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["script"] and data.strip():
            self.inline.append(data)


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader


def published(tables: dict[str, pa.Table], folder: Path) -> Path:
    assert site.publish(tables, folder, ABOUT, Config()) == []
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(edition_maker.small(), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(edition_sizes.hostile(), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def middle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(edition_sizes.large(60, 260), tmp_path_factory.mktemp("middle"))


PAGES = [
    "index.html", "chronology.html", "disagreements.html", "side-by-side.html", "witnesses.html", "parallels.html", "stemma.html", "names.html", "matrix.html",
    "checks.html", "search.html", "about.html", "events/e2.html", "witnesses/courier.html", "parallels/operator--courier.html",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_written(small: Path, page: str) -> None:
    assert (small / page).is_file()


@pytest.mark.parametrize("edition", ["small", "hostile", "middle"])
def test_pages_are_well_made_and_lead_somewhere(edition: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(edition)
    pages = {p: read(p) for p in sorted(folder.rglob("*.html"))}
    ids = {p.resolve(): set(reader.ids) for p, reader in pages.items()}
    for page, reader in pages.items():
        well_made(page, reader, folder, ids)


def assert_well_made(page: Path, folder: Path) -> None:
    """One page is well made and leads somewhere, as far as its folder goes."""
    well_made(page, read(page), folder, {page.resolve(): set(read(page).ids)})


def well_made(page: Path, reader: Reader, folder: Path, ids: dict[Path, set[str]]) -> None:
    name = page.relative_to(folder)
    assert not reader.unclosed and not reader.open, (name, reader.unclosed, reader.open)
    assert not reader.handlers, (name, reader.handlers)
    assert not reader.inline, (name, "a script inside the page")
    twice = [i for i in reader.ids if reader.ids.count(i) > 1][:3]
    assert len(reader.ids) == len(set(reader.ids)), (name, "an id twice", twice)
    for link in reader.links + reader.sources:
        assert not re.match(r"[a-z+.-]+:|//", link, re.I), (name, link)
        path, _, anchor = link.partition("#")
        target = (page.parent / unquote(path)).resolve() if path else page.resolve()
        assert target.is_file() and folder.resolve() in target.parents, (name, link)
        if anchor and not anchor.startswith("?") and target in ids:
            assert anchor in ids[target], (name, link)


def test_every_page_forbids_requests_and_says_its_language(small: Path) -> None:
    for page in small.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "default-src &#39;none&#39;" in text and 'lang="en"' in text and "<title>" in text
        assert "unsafe" not in text.split("</head>")[0]


def test_hostile_words_stay_words(hostile: Path) -> None:
    pages = {page: page.read_text(encoding="utf-8") for page in hostile.rglob("*.html")}
    assert any("{{ 7*7 }} {% raw %}" in text for text in pages.values())
    for text in pages.values():
        assert "<script>window" not in text and "<img src=x" not in text
        assert not re.search(r'(href|src)="\s*javascript:', text, re.I)
        assert "\x00" not in text and "\x07" not in text
    for script in (hostile / "data").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert "</script" not in text and "<!--" not in text and "\u2028" not in text
        body = text[text.index("]=") + 2 :].rstrip(";")
        json.loads(body)


def test_hostile_names_stay_inside_the_folder(hostile: Path) -> None:
    made = {p.relative_to(hostile).as_posix() for p in hostile.rglob("*")}
    assert all(re.fullmatch(r"[a-z0-9_./-]+", name) for name in made), sorted(made)
    assert len([n for n in made if n.startswith("witnesses/")]) == 6


def test_words_on_the_event_page_lead_to_their_place(small: Path) -> None:
    reader = read(small / "events/e2.html")
    text = edition_maker.TEXTS["families"][5]
    start = text.index("Forty")
    assert f"../witnesses/families.html#at-{start}-{start + 5}" in reader.links
    assert f"at-{start}-{start + 5}" in read(small / "witnesses/families.html").ids


def test_a_witness_is_printed_whole(small: Path) -> None:
    for key, (_, _, _, _, _, text) in edition_maker.TEXTS.items():
        page = (small / f"witnesses/{key}.html").read_text(encoding="utf-8")
        body = page[page.index('<div class="text"') : page.index('<section class="two"')]
        printed = []
        for paragraph in re.findall(r'<div class="tx"><p[^>]*>(.*?)</p></div>', body, re.S):
            bare = re.sub(r'<a class="nr.*?</a>|<span class="src" aria-hidden="true">.*?</b></span>', "", paragraph)
            bare = re.sub(r'<span class="(?:tag [^"]*|at)"[^>]*>[^<]*</span>', "", bare)
            printed.append(unescape(re.sub(r"<[^>]+>", "", bare)))
        assert printed == text.strip().split("\n\n")


def test_unjudged_and_unsure_are_said_to_be_so(small: Path) -> None:
    page = (small / "events/e2.html").read_text(encoding="utf-8")
    assert "unjudged" in page and "One less sure comparison" in page
    assert page.index("Two wordings that no rule can judge") < page.index("may not count the same thing")
    whole = (small / "disagreements.html").read_text(encoding="utf-8")
    assert "Less sure: the join rests on little" in whole and "data-switch" in whole


def test_no_page_denies_what_it_folds_away(small: Path) -> None:
    page = (small / "events/e2.html").read_text(encoding="utf-8")
    assert '<a href="#less-sure">One less sure comparison</a>, one in conflict, is folded below.' in page
    assert 'id="less-sure"' in page and "No two readings of it were found in conflict" not in page


def test_what_no_rule_can_judge_has_a_page_of_its_own(small: Path) -> None:
    judged, beside = (
        (small / f"{name}.html").read_text(encoding="utf-8") for name in ("disagreements", "side-by-side")
    )
    assert "Two wordings that no rule can judge" in beside and "Two wordings that no rule can judge" not in judged
    assert "214 and more than 220 do not meet" in judged and "214 and more than 220 do not meet" not in beside
    assert 'One more stands <a href="side-by-side.html">side by side unjudged</a>' in judged


def test_a_collection_of_several_stories_lists_them_and_is_narrowed_to_one(tmp_path: Path) -> None:
    tables = dict(edition_maker.small())
    rows = [
        r.Story("s1", "operator", 0, 9999, "<b>The collision</b>", 0.9),
        r.Story("s1", "families", 0, 9999, "<b>The collision</b>", 0.9),
        r.Story("s2", "courier", 0, 9999, "The search", 0.8),
        r.Story("s2", "islander", 0, 9999, "The search", 0.8),
        r.Story("s3", "coastguard", 0, 9999, "Told by one alone", 1.0),
    ]
    folder = published({**tables, "stories": r.table(r.Story, rows)}, tmp_path)
    overview = (folder / "index.html").read_text(encoding="utf-8")
    assert "The stories" in overview and "&lt;b&gt;The collision" in overview and "Told by one alone" not in overview
    assert 'href="chronology.html#?story=s2"' in overview
    for page in ("chronology", "disagreements", "matrix"):
        assert '<select name="story">' in (folder / f"{page}.html").read_text(encoding="utf-8"), page


def test_a_collection_of_one_story_has_no_list_of_stories(small: Path) -> None:
    assert "The stories" not in (small / "index.html").read_text(encoding="utf-8")


def test_silence_and_lineage_are_drawn(small: Path) -> None:
    page = (small / "events/e2.html").read_text(encoding="utf-8")
    assert "Does not tell it" in page and "One lineage:" in page and "took from" in page and "cp t1" in page


def test_an_empty_edition_still_opens(tmp_path: Path) -> None:
    folder = published({}, tmp_path)
    assert "No event was found" in (folder / "index.html").read_text(encoding="utf-8")
    for page in folder.rglob("*.html"):
        assert not read(page).unclosed


def test_tables_can_be_taken_away(small: Path) -> None:
    for name in r.TABLES:
        for ending in ("csv", "json", "parquet"):
            assert (small / "tables" / f"{name}.{ending}").is_file()
    rows = json.loads((small / "tables/witnesses.json").read_text(encoding="utf-8"))
    assert [x["witness"] for x in rows] == list(edition_maker.TEXTS)


def test_long_lists_are_paged_and_their_rows_lie_in_chunks(middle: Path) -> None:
    assert (middle / "chronology-3.html").is_file() and not (middle / "chronology-4.html").exists()
    assert (middle / "data/chronology-rows-0.js").is_file() and (middle / "data/chronology-rows-1.js").is_file()
    first = (middle / "chronology.html").read_text(encoding="utf-8")
    assert "page 1 of 3" in first and 'href="chronology-2.html"' in first


def test_beyond_eight_witnesses_hue_goes_to_the_party(middle: Path) -> None:
    page = (middle / "index.html").read_text(encoding="utf-8")
    assert "Colour: party" in page and page.count('data-point="h') == 6


def test_a_very_long_witness_is_divided(tmp_path: Path) -> None:
    folder = published(edition_sizes.long_line(400_000, 500), tmp_path)
    parts = sorted((folder / "witnesses").glob("longline*.html"))
    assert len(parts) == 7
    assert max(p.stat().st_size for p in parts) < 400_000


def test_a_broken_page_is_a_problem_and_not_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(press: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setitem(site.PAGES, "names", broken)
    problems = site.publish(edition_maker.small(), tmp_path, ABOUT, Config())
    assert [p.step for p in problems] == ["site"] and "names" in problems[0].message
    assert (tmp_path / "about.html").is_file()


def test_the_site_is_the_same_each_time(tmp_path: Path) -> None:
    one, two = published(edition_maker.small(), tmp_path / "1"), published(edition_maker.small(), tmp_path / "2")
    for page in one.rglob("*.html"):
        assert page.read_bytes() == (two / page.relative_to(one)).read_bytes()


@pytest.mark.parametrize(("edtf", "words"), [
    ("1998-11-17", "17 Nov 1998"), ("1998-11", "Nov 1998"), ("1998", "1998"), ("198X", "1980s"), ("19XX", "20th century"), ("1998-23", "autumn 1998"),
    ("1998-11-17T20:05", "17 Nov 1998, 20.05"), ("1998-11~", "about Nov 1998"), ("../1998-11", "until Nov 1998"), ("1998-11/..", "from Nov 1998"),
    ("1998-06/1998-08", "Jun to Aug 1998"), ("1998-12-30/1999-01-02", "30 Dec 1998 to 2 Jan 1999"), ("1998?", "perhaps 1998"),
])  # fmt: skip
def test_dates_in_words(edtf: str, words: str) -> None:
    when = parse(edtf)
    assert when is not None and when.words == words


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "soon",
        "1998-13",
        "1998-02-30",
        "XXXX-11-17",
        "1998-11-17T25:00",
        "2000/1990",
        "0000-13",
        None,
        "1998-11-17" * 20,
        "/",
        "..",
    ],
)
def test_dates_that_are_none(edtf: str | None) -> None:
    assert parse(edtf) is None


def test_years_before_our_era_and_parts_of_years_are_drawn_sorted_and_worded(tmp_path: Path) -> None:
    tables = edition_maker.small()
    days = [
        "1985-35",
        "-0328-24",
        "-0329-09-04",
        "0451",
        "1997-41",
        "-0328/-0319",
        "1998-24",
        "[1998-11-17,1998-11-20]",
    ]
    events = [{**row, "date": day} for row, day in zip(tables["events"].to_pylist() * 2, days, strict=False)]
    events = [{**row, "event": f"e{n}", "part_of": None} for n, row in enumerate(events, 1)]
    tables["events"] = pa.Table.from_pylist(events, tables["events"].schema)
    page = (published(tables, tmp_path) / "chronology.html").read_text(encoding="utf-8")
    rows = re.sub(r"<[^>]+>", " ", page[page.index("data-rows") :])
    told = ["4 Sep 330 BC", "329 to 320 BC", "winter 329–328 BC", "AD 451", "third quarter of 1985", "second half of 1997",
            "17 or 20 Nov 1998", "winter 1998–99"]  # fmt: skip
    places = [rows.index(words) for words in told]
    assert places == sorted(places)
    assert not re.search(r"-0\d{3}\b|\b\d{4}-(?:2[1-9]|3\d|4[01])\b", unescape(re.sub(r"<[^>]+>", " ", page)))
    assert "400 BC" in page or "200 BC" in page  # on the line of time


def test_marks_may_overlap_in_any_way() -> None:
    html = marked(
        "abcdef",
        0,
        6,
        [Mark(0, 4, "a"), Mark(2, 6, "b", "k"), Mark(3, 3, "none"), Mark(-5, 99, "c")],
        [Insert(3, 0, "|")],
    )  # type: ignore[arg-type]
    assert re.sub(r"<[^>]+>", "", html) == "abc|def"
    assert html.count('data-tie="k"') == 3


def test_file_names_differ_where_ids_differ() -> None:
    ids = ["001", "A", "a", "a/b", "a b", "../a", "con", "é", "e", "x" * 300, "x" * 301, ""]
    names = [file_name(i) for i in ids]
    assert len({n.lower() for n in names}) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9_-]{1,60}", n) for n in names)


def test_divided_texts_lose_nothing() -> None:
    text = "word " * 1000 + "x" * 500
    starts = divide(text, 300)
    assert "".join(text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)) == text
    assert all(b - a <= 300 for a, b in pairwise(starts))


def test_differences_keep_every_word() -> None:
    pieces = compared("the ferry sank at night", "at night the old ferry sank")
    assert " ".join(p.a for p in pieces if p.a) == "the ferry sank at night"
    assert " ".join(p.b for p in pieces if p.b) == "at night the old ferry sank"


def test_a_script_cannot_be_left() -> None:
    text = as_script("x", {"a": "</script><!--\u2028", "b": float("inf"), "c": "\ud800"})
    assert "<" not in text[60:] and "\u2028" not in text and text.isascii()


def test_a_title_is_the_users_or_the_number_of_accounts(tmp_path: Path) -> None:
    assert site.publish(edition_maker.small(), tmp_path, {}, Config()) == []
    assert "<h1><bdi>An edition of five accounts</bdi></h1>" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert site.publish(edition_maker.small(), tmp_path, {}, Config(title="Two <ships>")) == []
    assert "<h1><bdi>Two &lt;ships&gt;</bdi></h1>" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_tiles_are_asked_for_only_where_they_are_named(tmp_path: Path) -> None:
    config = Config(tiles="https://tiles.example.org/{z}/{x}/{y}.png")
    assert site.publish(edition_maker.small(), tmp_path, {}, config) == []
    page = (tmp_path / "chronology.html").read_text(encoding="utf-8")
    assert "img-src &#39;self&#39; file: data: https://tiles.example.org;" in page and "data-tiles" in page
    with pytest.raises(ConfigError, match="no address of map tiles"):
        site.publish(edition_maker.small(), tmp_path, {}, Config(tiles="javascript:alert(1)//{z}{x}{y}"))


# --- versions of one address ---

FIRST = "Nine people died at the mill, said Ana Teverin. “We were not told,” she said.\n\nThe gate was shut."
LATER = "Correction: an earlier version said nine. Eleven people died at the mill, said Ana Moor. The gate was shut !"
LAST = "Correction: an earlier version said nine. Twelve people died at the mill, said Ana Moor. The gate was <b>shut</b> !"


def versioned() -> dict[str, pa.Table]:
    """The small edition with three captures of one address; the second and third are marked by its figures and names."""
    desk = edition_maker.small_desk()
    for n, (key, text) in enumerate((("mill", FIRST), ("mill-2", LATER), ("mill-3", LAST))):
        desk.witness(key, "FGH"[n], f"The mill, {n}", "Asker Courier", "press", "1998-11-21", text)
        desk.rows["witnesses"][-1] = replace(desk.rows["witnesses"][-1], version_of="mill" if n else None)
        day = f"1998-11-{21 + n}T10:00:00Z"
        desk.rows["files"][-1] = replace(desk.rows["files"][-1], captured=day, address="courier.example/<i>mill</i>")
    for key, word, low in (("mill", "Nine", 9.0), ("mill-2", "Eleven", 11.0), ("mill-3", "Twelve", 12.0)):
        desk.add(r.Figure(**desk.span(key, word), low=low, high=low, approximate=False, unit=None, role="killed"))
    for key, name in (("mill", "Ana Teverin"), ("mill-2", "Ana Moor"), ("mill-3", "Ana Moor")):
        desk.add(r.Actor(**desk.span(key, name), name=name, kind="person"))
    quoted = desk.span("mill", "We were not told,")
    desk.add(r.Quote(**quoted, speaker="Ana Teverin", speaker_start=None, speaker_end=None, cue_start=None, cue_end=None, direct=True))  # fmt: skip
    return desk.tables()


@pytest.fixture(scope="module")
def captures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(versioned(), tmp_path_factory.mktemp("versions"))


def bare(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_what_was_changed_at_an_address_is_an_apparatus_by_date(captures: Path) -> None:
    page = (captures / "versions/mill.html").read_text(encoding="utf-8")
    parts = {name: bare(page.partition(f'<section id="{name}">')[2].partition("</section>")[0]) for name in ("figure", "quotation", "name", "spelling")}  # fmt: skip
    assert "Killed" in parts["figure"]
    assert parts["figure"].index("F 21 Nov 1998") < parts["figure"].index("G 22 Nov 1998") < parts["figure"].index("H 23 Nov 1998")  # fmt: skip
    assert "Twelve people died" in parts["figure"] and "Teverin" in parts["name"] + parts["quotation"]
    assert "F at 0–4" in parts["figure"] and "We were not told" in parts["quotation"]
    assert "<b>shut" not in page and "&lt;b&gt;shut" in page and "<i>mill" not in page


def test_a_text_that_says_it_was_changed_is_quoted_and_one_that_does_not_is_silent(
    captures: Path, tmp_path: Path
) -> None:
    said = bare((captures / "versions/mill.html").read_text(encoding="utf-8"))
    assert "A later text speaks of a change itself." in said and "Correction: an earlier version said nine." in said
    tables = versioned()
    texts = [w | {"text": w["text"].replace("Correction: an earlier version said nine. ", " " * 42)} for w in tables["witnesses"].to_pylist()]  # fmt: skip
    silent = published({**tables, "witnesses": pa.Table.from_pylist(texts, tables["witnesses"].schema)}, tmp_path)
    assert "No later text was found to say that it was changed." in bare((silent / "versions/mill.html").read_text())
    assert "In one no later text was found" in bare((silent / "versions.html").read_text())


def test_pages_of_versions_are_well_made_and_only_where_there_are_versions(captures: Path, small: Path) -> None:
    written = ["versions.html", "versions/mill.html", "witnesses/mill-2.html"]
    for page in (captures / name for name in written):
        assert_well_made(page, captures)
    assert not list(small.glob("versions*")) and ">Versions</a>" not in (small / "index.html").read_text()
    assert 'href="../versions/mill.html">one of three versions' in (captures / "witnesses/mill-2.html").read_text()
    assert 'href="versions.html">Versions</a>' in (captures / "index.html").read_text()


@given(
    st.lists(
        st.lists(st.sampled_from(["nine", "ten", "the", "ferry", "sank.", "Hale.", "a", "b"]), max_size=14),
        min_size=2,
        max_size=4,
    )
)
def test_the_apparatus_gives_every_version_back(versions: list[list[str]]) -> None:
    texts = [" ".join(words) for words in versions]
    places = apparatus(texts)
    for n, text in enumerate(texts):
        made, at = [], 0
        for place in places:
            base, own = place.stretches[0], place.stretches[n]
            made += [*texts[0][at : base.start].split(), *text[own.start : own.end].split()]
            at = base.end
        assert [*made, *texts[0][at:].split()] == text.split()


@pytest.mark.parametrize("text", ["a. " * 40_000, "a " * 40_000, "x" * 400_000])
def test_a_hostile_text_is_compared_in_time(text: str) -> None:
    assert len(apparatus([text, f"b {text}", text[:-9] + "c. d"])) <= 2


# --- tolls ---


def with_tolls(
    *rows: tuple[str, str, float | None, float | None, str | None, dict[str, object]],
) -> dict[str, pa.Table]:
    """The small edition with figures of one topic: witness, words, least, most, day, and what else a row has."""
    desk = edition_maker.small_desk()
    plain: dict[str, object] = {
        "topic": "q1", "label": "killed, main event", "parent": None, "event": "e2", "role": "killed", "group": None, "place": None, "scope": "main event",
        "counted_by": None, "reading": None, "course": False, "verdict": "conflict", "verdict_id": "v4", "repeats": None,
    }  # fmt: skip
    for n, (witness, words, low, high, day, more) in enumerate(rows, 1):
        held = {"position": n, **plain, **more}
        desk.add(r.Toll(**desk.span(witness, words), toll=f"t{n}", low=low, high=high, as_of=day, **held))  # type: ignore[arg-type]
    return desk.tables()


GROWING = [
    ("islander", "at least thirty-four", 34.0, None, "1998-11-26", {"position": 3, "course": True}),
    ("operator", "31", 31.0, 31.0, "1998-11-18", {"position": 2, "course": True}),
    ("coastguard", "27", 27.0, 27.0, "1998-11-18", {"position": 1, "course": True, "counted_by": "the <b>guard</b>"}),
    ("courier", "at least 31", 31.0, None, "1998-11-21", {"position": 4, "course": True, "repeats": "t2"}),
    ("families", "Forty", 40.0, 40.0, "2011", {"position": 5, "course": True}),
]


def toll_page(tables: dict[str, pa.Table], folder: Path, page: str = "tolls.html") -> str:
    return (published(tables, folder) / page).read_text(encoding="utf-8")


def test_a_toll_has_its_readings_in_order_of_value_with_who_counted_and_as_of_when(tmp_path: Path) -> None:
    page = toll_page(with_tolls(*GROWING), tmp_path)
    rows = [bare(row) for row in re.findall(r"<tr>(<td class=\"num fig\".*?)</tr>", page, re.S)]
    figures = [bare(cell) for cell in re.findall(r'<td class="num fig">(.*?)</td>', page)]
    assert figures == ["27", "31", "34 or more", "40"]
    assert rows[0].endswith("the <b>guard</b> 18 Nov 1998 B") and rows[1].endswith("nobody named 18 Nov 1998 A C")
    assert "a course, no conflict" in page and "<b>guard" not in page
    assert_well_made(tmp_path / "tolls.html", tmp_path)


def test_a_toll_is_drawn_in_steps_and_a_far_year_stretches_no_axis(tmp_path: Path) -> None:
    page = toll_page(with_tolls(*GROWING), tmp_path)
    chart = page[page.index('class="ivs steps"') :].partition("</svg>")[0]
    assert (
        chart.count('class="step"') == 1
        and chart.count("<circle") == 3
        and "Days beyond the break are far off." in page
    )
    at = {words: float(x) for x, words in re.findall(r'x="([\d.]+)" y="222" text-anchor="middle">([^<]+)<', chart)}
    assert at["26 Nov 1998"] - at["18 Nov 1998"] > 300 and at["2011"] > at["26 Nov 1998"]


def test_tolls_stand_on_the_overview_and_on_the_event(tmp_path: Path) -> None:
    folder = published(with_tolls(*GROWING), tmp_path)
    overview, event = ((folder / name).read_text(encoding="utf-8") for name in ("index.html", "events/e2.html"))
    assert 'href="tolls.html#q1"' in overview and "a course, no conflict" in overview
    assert 'id="q1"' in event and "as of" in event.lower() and 'href="../tolls.html"' in event
    for page in ("index.html", "events/e2.html"):
        assert_well_made(folder / page, folder)


@pytest.mark.parametrize("days", [[None, None], ["1998-11-18", "1998-11-18"]])
def test_without_two_days_there_is_no_chart_of_steps(days: list[str | None], tmp_path: Path) -> None:
    rows = [("operator", "31", 31.0, 31.0, days[0], {}), ("coastguard", "27", 27.0, 27.0, days[1], {})]
    page = toll_page(with_tolls(*rows), tmp_path)
    assert "ivs steps" not in page and "From 31 (A" in bare(page).replace("( A", "(A")


def test_what_one_account_alone_tells_is_counted_and_not_listed(tmp_path: Path) -> None:
    page = toll_page(
        with_tolls(("operator", "31", 31.0, 31.0, None, {"verdict": "single", "verdict_id": None})), tmp_path
    )
    assert "One more question that one account alone tells is in the table." in bare(page)


def test_an_edition_without_tolls_has_no_page_of_them(small: Path) -> None:
    assert not (small / "tolls.html").exists() and ">Tolls</a>" not in (small / "index.html").read_text()


@pytest.mark.parametrize("kind", ["common source", "undecided wording"])
def test_nothing_has_a_direction_that_nothing_decides(kind: str, tmp_path: Path) -> None:
    tables = edition_maker.small()
    tables["stemma"] = r.table(r.Stemma, [r.Stemma("operator", "courier", kind, 1, 90, False, "the same word")])
    page = (published(tables, tmp_path) / "stemma.html").read_text(encoding="utf-8")
    edge = bare(page[page.index('<li id="edge-') :].partition("</h3>")[0])
    assert "Asker Courier and A Merrow Line" in edge and '<path class="head"' not in page
    assert "Nothing decides who had words from whom." in page


def test_every_kind_of_page_has_a_small_picture_for_links(small: Path, hostile: Path) -> None:
    from PIL import Image

    wanted = set()
    for page in small.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        name = re.search(r'property="og:image" content="([^"]+)"', text)
        assert name and 'property="og:title"' in text
        wanted.add((page.parent / name[1]).resolve())
    assert len(wanted) > 12
    for picture in wanted:
        assert Image.open(picture).size == (1200, 630) and picture.stat().st_size < 40_000
    kinds = {p.name for p in (hostile / "pictures").iterdir() if not p.name.startswith("event-")}
    assert kinds == {p.name for p in wanted if not p.name.startswith("event-")} | {"tolls.png", "event.png"}


def test_the_events_that_most_tell_have_pictures_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from variorum.site import pictures

    monkeypatch.setattr(pictures, "MOST", 2)
    published(edition_maker.small(), tmp_path)
    own = {p.name for p in (tmp_path / "pictures").iterdir() if p.name.startswith("event-")}
    ranked = sorted(edition_maker.small()["events"].to_pylist(), key=lambda e: (-e["witnesses"], e["date"] or "9"))
    assert own == {f"event-{e['event']}.png" for e in ranked[:2]}
    named = {re.search(r"pictures/(event[^\"]*)", p.read_text())[1] for p in (tmp_path / "events").glob("*.html")}  # type: ignore[index]
    assert named == own | {"event.png"}, "the others have that of their kind"


def test_pictures_have_the_address_where_one_is_known(tmp_path: Path) -> None:
    site.publish(edition_maker.small(), tmp_path, {**ABOUT, "address": "https://example.org/ferry/"}, Config())
    assert 'content="https://example.org/ferry/pictures/index.png"' in (tmp_path / "index.html").read_text()


# --- at size ---


def test_a_matrix_of_many_witnesses_has_a_column_for_each_party(middle: Path) -> None:
    page = (middle / "matrix.html").read_text(encoding="utf-8")
    assert page.count('class="n group"') == 6 and "party 3" in page and "What most tell stands first" in page
    assert re.search(r'<td class="n h\d">', page) and "in their own words" in page


def test_a_matrix_without_parties_says_who_tells_each_event(tmp_path: Path) -> None:
    tables = edition_sizes.large(60, 80)
    rows = [{**row, "party": None, "publisher": None} for row in tables["witnesses"].to_pylist()]
    tables["witnesses"] = pa.Table.from_pylist(rows, tables["witnesses"].schema)
    page = (published(tables, tmp_path) / "matrix.html").read_text(encoding="utf-8")
    assert "too many witnesses for a column each" in page and '<td class="who"><span class="lins">' in page
    assert 'class="n group"' not in page


def test_a_false_year_stretches_no_line_of_time(tmp_path: Path) -> None:
    tables = edition_sizes.large(30, 80)
    rows = [{**row, "date": "1034" if not n else f"1998-{1 + n % 12:02}-{1 + n % 28:02}"} for n, row in enumerate(tables["events"].to_pylist())]  # fmt: skip
    tables["events"] = pa.Table.from_pylist(rows, tables["events"].schema)
    page = (published(tables, tmp_path) / "chronology.html").read_text(encoding="utf-8")
    band = page[page.index('class="band') :].partition("</svg>")[0]
    assert "1 event far earlier, not on the line" in band and "Jul 1998" in band and ">1100<" not in band
    assert re.search(r'href="#\?from=1034-\d\d-\d\d&amp;to=1034-', band)


def test_what_says_the_same_again_is_folded(tmp_path: Path) -> None:
    tables = edition_maker.small()
    rows = [{**row, "repeats": "v2" if row["verdict_id"] == "v3" else None} for row in tables["verdicts"].to_pylist()]
    tables["verdicts"] = pa.Table.from_pylist(rows, tables["verdicts"].schema)
    folder = published(tables, tmp_path)
    event, listed = ((folder / name).read_text(encoding="utf-8") for name in ("events/e2.html", "disagreements.html"))
    assert event.index("One comparison that says the same again") < event.index('id="v3"')
    assert 'name="again" value="again" data-switch' in listed
    assert_well_made(folder / "events/e2.html", folder)


# --- rows as citations ---


def test_a_row_is_cited_as_footnote_template_and_bibtex(small: Path, tmp_path: Path) -> None:
    page = bare((small / "events/e2.html").read_text(encoding="utf-8"))
    text = edition_maker.TEXTS["families"][5]
    assert (
        f"“Our own account,” Families of 17 November, about February 1999, characters {text.index('more than 220')}–"
        in page
    )
    assert "{{cite news |title=Our own account |work=Families of 17 November" in page and "@article{families," in page
    tables = edition_maker.small()
    rows = [{**row, "source": "https://example.org/families"} if row["witness"] == "families" else row for row in tables["witnesses"].to_pylist()]  # fmt: skip
    folder = published({**tables, "witnesses": pa.Table.from_pylist(rows, tables["witnesses"].schema)}, tmp_path)
    page = (folder / "events/e2.html").read_text(encoding="utf-8")
    assert "https://example.org/families#:~:text=more%20than%20220" in page and 'href="https:' not in page


def test_the_citation_of_hostile_words_is_text(hostile: Path) -> None:
    for page in (hostile / "events").glob("*.html"):
        for pre in re.findall(r"<pre[^>]*>(.*?)</pre>", page.read_text(encoding="utf-8"), re.S):
            assert "<" not in pre


@pytest.mark.parametrize("code", INTERFACES)
def test_the_frame_speaks_the_language_that_is_asked_for(code: str, tmp_path: Path) -> None:
    """Head, foot and labels; what is said in another language than the page's is marked as such."""
    assert site.publish(edition_maker.small(), tmp_path, ABOUT, Config(interface=code)) == []
    told = tomllib.loads((Path(site.__file__).parents[1] / "data" / "interface" / f"{code}.toml").read_text("utf-8"))
    for name in ("index.html", "disagreements.html", "witnesses/courier.html"):
        page = (tmp_path / name).read_text("utf-8")
        head = page.partition("<nav")[2].partition("</nav>")[0]
        for label in (told["pages"]["index.html"], told["pages"]["names.html"]):
            assert f">{label}</a>" in head
        assert told["frame"]["machine"] in page and told["frame"]["skip"] in page
        assert (f'lang="{code}"' in head) == (code != "en")
        assert read(tmp_path / name).unclosed == []
    words = Words.load(code).verdicts["conflict"]
    tongue = "" if code == "en" else f' lang="{code}"'
    assert f'<span class="v conflict"{tongue}>{words}' in (tmp_path / "disagreements.html").read_text("utf-8")


def test_every_language_says_the_whole_frame_and_no_other_is_taken(tmp_path: Path) -> None:
    tables = {code: toml(f"interface/{code}") for code in INTERFACES}
    for code, told in tables.items():
        for part in ("pages", "frame", "labels"):
            assert told[part].keys() == tables["en"][part].keys(), code
            assert all(len(told[part][key]) <= 1.6 * len(tables["en"][part][key]) + 8 for key in told[part]), code
        known = Words.load()
        assert told.get("verdicts", {}).keys() <= known.verdicts.keys()
        assert told.get("attributes", {}).keys() <= known.attributes.keys()
    with pytest.raises(ConfigError, match="interface"):
        site.publish(edition_maker.small(), tmp_path, ABOUT, Config(interface="tlh"))
    assert list(tmp_path.iterdir()) == []


def test_retellings_stand_below_the_parallels_as_the_least_sure(tmp_path: Path) -> None:
    tables = dict(edition_maker.small())
    claims = tables["claims"].to_pylist()
    a = claims[0]
    b = next(c for c in claims if c["witness"] != a["witness"])
    rows = [
        r.Link(a["claim"], b["claim"], 0.4, ["x"], "told again in other words: both have “<b>x</b>”", "retelling"),
        r.Link(a["claim"], b["claim"], 0.9, [], "an ordinary link", ""),
        r.Link(a["claim"], "nowhere", 0.9, [], "a link to no claim", "retelling"),
    ]
    page = (published({**tables, "links": r.table(r.Link, rows)}, tmp_path / "with") / "parallels.html").read_text()
    assert page.count("Told again in other words") == 1
    assert "one pair<" in page and "told again in other words: both have" in page
    assert "an ordinary link" not in page and "a link to no claim" not in page and "<b>x</b>" not in page
    without = published({**tables, "links": r.table(r.Link, rows[1:2])}, tmp_path / "without") / "parallels.html"
    assert "Told again" not in without.read_text()


def test_what_no_rule_has_judged_is_not_said_to_be_without_conflict() -> None:
    sure = [SimpleNamespace(verdict="agree"), SimpleNamespace(verdict="unjudged")]
    render = SimpleNamespace(words=Words.load())
    assert "no rule can judge" in _unopposed(render, sure) and "found in conflict" not in _unopposed(render, sure)
    assert "found in conflict" in _unopposed(render, sure[:1])
