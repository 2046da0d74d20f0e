"""Dossiers: what each account says with a footnote to every word, in formats that other programs open."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pyarrow as pa
import pypdfium2
import pytest
from lxml import etree, html

import edition_maker
import edition_sizes
from variorum import export
from variorum import records as r
from variorum.errors import ConfigError
from variorum.export.dossier.asked import Asked, interval
from variorum.export.dossier.compose import composed
from variorum.export.dossier.courses import courses
from variorum.export.dossier.drawing import drawn, png, svg
from variorum.export.dossier.html import page
from variorum.export.dossier.model import (
    Bar,
    Contents,
    Document,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    notes_of,
    runs,
)
from variorum.export.dossier.notes import Notes
from variorum.export.questions import Question
from variorum.verdicts import Standing

TABLES = edition_maker.small()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EDITIONS = pytest.mark.parametrize("tables", [TABLES, edition_sizes.hostile(), {}], ids=["small", "hostile", "empty"])


def made(fmt: str, tables: dict[str, pa.Table] | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    export.write(TABLES if tables is None else tables, fmt, out, options)
    return out.getvalue()


def part(data: bytes, name: str) -> Any:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def feet(tables: dict[str, pa.Table] | None = None) -> list[str]:
    return list(notes_of(composed(TABLES if tables is None else tables, {}).blocks))


def test_every_quotation_has_its_place() -> None:
    texts = {row[0]: row[5] for row in edition_maker.TEXTS.values()}
    known: set[str] = set()
    places = [place for foot in feet() for place in foot.removesuffix(".").split("; ")]
    for place in places:
        first = re.search(r"\(cited as (\w+)\)", place)
        siglum = first[1] if first else place.partition(",")[0]
        assert (siglum in known) is (first is None)
        known.add(siglum)
        start, end = map(int, re.search(r"characters (\d+)–(\d+)", place).groups())  # type: ignore[union-attr]
        assert 0 <= start < end <= len(texts[siglum])
    assert known == {"A", "B", "C", "D", "E"}


def test_both_sides_stand_in_the_table_of_a_question() -> None:
    document = docx.Document(io.BytesIO(made("docx")))
    tables = [t for t in document.tables if "more than 220" in "".join(c.text for row in t.rows for c in row.cells)]
    cells = [[c.text for c in row.cells] for row in tables[0].rows]
    assert cells[0] == ["Account", "In its words", "Read as"]
    assert [row[2] for row in cells[1:]] == ["214", "214", "221 or more"]
    bold = [run.text for run in tables[0].rows[3].cells[1].paragraphs[0].runs if run.bold]
    assert bold == ["more than 220"]


@EDITIONS
def test_docx_has_real_footnotes(tables: dict[str, pa.Table]) -> None:
    data = made("docx", tables)
    docx.Document(io.BytesIO(data))
    marks = part(data, "word/document.xml").findall(f".//{W}footnoteReference")
    notes = [n for n in part(data, "word/footnotes.xml") if n.get(f"{W}type") is None]
    assert (
        [m.get(f"{W}id") for m in marks] == [n.get(f"{W}id") for n in notes] == [str(n + 1) for n in range(len(notes))]
    )
    assert ["".join(n.itertext()).strip() for n in notes] == feet(tables)
    styles = {s.get(f"{W}styleId") for s in part(data, "word/styles.xml").iter(f"{W}style")}
    used = {x.get(f"{W}val") for x in part(data, "word/document.xml").iter(f"{W}pStyle", f"{W}rStyle")}
    assert used <= styles, used - styles


@EDITIONS
def test_odt_is_well_made(tables: dict[str, pa.Table]) -> None:
    data = made("odt", tables)
    pack = zipfile.ZipFile(io.BytesIO(data))
    assert pack.infolist()[0].filename == "mimetype" and pack.infolist()[0].compress_type == zipfile.ZIP_STORED
    listed = {
        e.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path")
        for e in part(data, "META-INF/manifest.xml")
    }
    assert listed - {"/"} == set(pack.namelist()) - {"mimetype", "META-INF/manifest.xml"}
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    notes = ["".join(n.find(f"{text}note-body").itertext()) for n in part(data, "content.xml").iter(f"{text}note")]
    assert [" ".join(n.split()) for n in notes] == feet(tables)
    known = set(
        re.findall(r'style:name="([^"]+)"', pack.read("styles.xml").decode() + pack.read("content.xml").decode())
    )
    assert set(re.findall(r'text:style-name="([^"]+)"', pack.read("content.xml").decode())) <= known


@EDITIONS
def test_the_page_asks_nothing_of_the_network(tables: dict[str, pa.Table]) -> None:
    page = html.fromstring(made("html", tables).decode())
    assert not page.xpath("//script|//link|//img|//iframe|//object|//*[@src]")
    assert all(a.get("href").startswith("#") for a in page.iter("a"))
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids)) and {a.get("href")[1:] for a in page.iter("a")} <= set(ids)


def test_pdf_has_its_footnotes_on_its_pages() -> None:
    document = pypdfium2.PdfDocument(made("pdf", {**TABLES, "claims": TABLES["claims"].slice(0, 0)}))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    first = next(n for n, page in enumerate(pages) if "more than 220 of us" in page)
    assert (
        "“Our own account,” Families of 17 November, about February 1999, characters 11–24 (cited as E)."
        in pages[first]
    )


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("fmt", ["docx", "odt"])
def test_libreoffice_opens_it(fmt: str, tmp_path: Path) -> None:
    (tmp_path / f"dossier.{fmt}").write_bytes(made(fmt))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / f"dossier.{fmt}")], check=True, capture_output=True, timeout=280)
    text = " ".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(tmp_path / "dossier.pdf"))
    assert "more than 220" in text and "(cited as E)" in text


def test_what_no_rule_can_judge_is_printed_when_asked_for() -> None:
    assert (
        "Side by side" not in made("html").decode()
        and "1 more question that no rule can judge" in made("html").decode()
    )
    assert "Two wordings that no rule can judge" in made("html", unjudged="yes").decode()


@pytest.mark.parametrize(("kind", "said"), [("wording", "from A A statement"), ("common source", "in common with A A statement"), ("undecided wording", "in common with A A statement")])  # fmt: skip
def test_words_in_common_are_not_said_to_be_taken(kind: str, said: str) -> None:
    stemma = r.table(r.Stemma, [r.Stemma("operator", "courier", kind, 1, 90, False, "the same word")])
    assert said in " ".join(html.fromstring(made("html", {**TABLES, "stemma": stemma}).decode()).text_content().split())


def test_writing_from_right_to_left_runs_so() -> None:
    rows = [
        {**row, "text": row["text"].replace("Twenty minutes went by", "ארבעים לא שבו")}
        for row in TABLES["witnesses"].to_pylist()
    ]
    claims = [
        {**c, "text": "ארבעים לא שבו"} if c["text"].startswith("Twenty") else c for c in TABLES["claims"].to_pylist()
    ]
    tables = {
        **TABLES,
        "witnesses": pa.Table.from_pylist(rows, r.Witness.schema()),
        "claims": pa.Table.from_pylist(claims, r.Claim.schema()),
    }
    tables = {**tables, "sentences": TABLES["sentences"].slice(0, 0)}
    data = made("docx", tables)
    assert any(
        p.find(f".//{W}rtl") is not None
        for p in part(data, "word/document.xml").iter(f"{W}p")
        if "ארבעים" in "".join(p.itertext())
    )


@pytest.mark.parametrize(("low", "high", "said"), [(31, 31, "31"), (34, None, "34 or more"), (None, 9, "up to 9"), (90, 110, "90 to 110"), (0, 0, "0")])  # fmt: skip
def test_intervals(low: float | None, high: float | None, said: str) -> None:
    assert interval(low, high) == said


def test_a_figure_is_drawn() -> None:
    figure = Figure(
        (Bar("A, C", 31, 31), Bar("D", 34, None), Bar("E", None, 40), Bar("F", float("inf"), 3)), "Killed <31>"
    )
    height, marks = drawn(figure)
    assert sum(m.kind == "dot" for m in marks) == 1 and not any(m.words == "F" for m in marks)
    assert all(0 <= m.x <= 640 and 0 <= m.y <= height for m in marks)
    etree.fromstring(svg(figure))
    data, width, _ = png(figure)
    assert data.startswith(b"\x89PNG") and width == 640


def many() -> Document:
    """A dossier of five pages whose every row and paragraph has a footnote."""
    made = Document("Sixty rows")
    made.add(Contents((("part1", "Rows"), ("part2", "Words"))), Heading("Rows", anchor="part1"))
    rows = [(runs(Run("said", "", f"foot R{n}.")), runs(f"row R{n} of the gull")) for n in range(60)]
    made.add(Table(("Who", "What"), tuple(rows), (40, 60)), Heading("Words", anchor="part2"))
    for n in range(60):
        made.add(
            Paragraph(runs(f"head {n}"), keep=True),
            Paragraph(runs(Run(f"words P{n} of the tern", "", f"foot P{n}.")), "quote"),
        )
    return made


def test_footnotes_of_a_long_dossier_stand_with_their_words() -> None:
    import weasyprint

    data = weasyprint.HTML(string=page(many(), floats=True)).write_pdf()
    pages = [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data)]
    assert 4 <= len(pages) <= 8, "the pages are full"
    at = {n: [i for i, text in enumerate(pages) if re.search(rf"\b{n}\b", text)] for n in ("foot R3", "foot P57")}
    assert all(len(found) == 1 for found in at.values())
    off = 0
    for kind, words in (("R", "row R{} of"), ("P", "words P{} of")):
        for n in range(60):
            called = next(i for i, text in enumerate(pages) if words.format(n) in text)
            noted = next(i for i, text in enumerate(pages) if f"foot {kind}{n}." in text)
            off += called != noted
    assert off <= 2, "a note may stand on the next page where its line is the last of a page"
    part = next(i for i, text in enumerate(pages) if re.search(r"^Words\s*$", text, re.M))
    assert re.search(rf"Words[. ]+{part + 1}\b", pages[0])


def test_the_contents_lead_to_every_part() -> None:
    document = composed(TABLES, {})
    contents = next(b for b in document.blocks if isinstance(b, Contents))
    assert [(b.anchor, b.text) for b in document.blocks if isinstance(b, Heading) and b.level == 1] == [*contents.parts]
    word, odf = part(made("docx"), "word/document.xml"), made("odt")
    marks = {b.get(f"{W}name") for b in word.iter(f"{W}bookmarkStart")}
    assert {h.get(f"{W}anchor") for h in word.iter(f"{W}hyperlink")} == marks == {a for a, _ in contents.parts}
    text = zipfile.ZipFile(io.BytesIO(odf)).read("content.xml").decode()
    assert re.findall(r'text:bookmark text:name="(\w+)"', text) == re.findall(r'text:ref-name="(\w+)"', text)
    assert "<nav" not in made("html", {}).decode(), "one part needs no contents"


def test_the_footnote_of_an_event_leads_to_all_who_tell_it() -> None:
    document = composed(TABLES, {})
    blocks = document.blocks[next(n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.text == "Chronology") :]  # fmt: skip
    event = next(b for b in blocks if isinstance(b, Paragraph) and b.runs[0].text.startswith("1.") and b.keep)
    told = re.search(r"\(([A-E, ]+);", event.runs[-1].text)
    assert told and len(told[1].split(", ")) == len(event.runs[-1].foot.split("; "))


def test_who_tells_an_event_in_passing_is_named_apart() -> None:
    def chronology(tables: dict[str, pa.Table]) -> str:
        return " ".join(b.runs[-1].text for b in composed(tables, {}).blocks if isinstance(b, Paragraph) and b.runs)

    rows = [c | ({"type": "act"} if c["witness"] == "islander" else {}) for c in TABLES["claims"].to_pylist()]
    claims = pa.Table.from_pylist(rows, TABLES["claims"].schema)
    siglum = next(w["siglum"] for w in TABLES["witnesses"].to_pylist() if w["witness"] == "islander")
    assert f"; in passing {siglum})" in chronology({**TABLES, "claims": claims})
    assert "in passing" not in chronology(TABLES)


def test_the_title_counts_the_questions_that_are_printed() -> None:
    rows = TABLES["verdicts"].to_pylist()
    again = [v | {"verdict_id": "again"} for v in rows if v["attribute"] == "aboard"]
    verdicts = pa.Table.from_pylist([*rows, *again], TABLES["verdicts"].schema)
    blocks = [b for b in composed({**TABLES, "verdicts": verdicts}, {}).blocks if isinstance(b, Paragraph)]
    text = " ".join(run.text for b in blocks for run in b.runs)
    assert "3 questions on which accounts do not meet" in text
    assert "cannot both stand as they are told. 3 questions." in text


def toll(key: str, witness: str, low: float, as_of: str | None, course: bool = False) -> r.Toll:
    return r.Toll(witness, 0, 4, "dead", key, "q1", "killed, harbour", None, None, "killed", None, None, "", low, low,
                  as_of, "the gull" if witness == "A" else None, None, 1, course, "conflict", None, None)  # fmt: skip


def test_tolls_over_time_are_told_by_day() -> None:
    rows = [toll("t1", "operator", 9, "1998-11-18"), toll("t2", "courier", 4, "1998-11-17"), toll("t3", "gazette", 9, "1998-11-18")]  # fmt: skip
    known = TABLES["witnesses"]["witness"].to_pylist()
    rows = [replace(x, witness=w) for x, w in zip(rows, known, strict=False)]
    blocks = list(courses({**TABLES, "tolls": r.table(r.Toll, rows)}, Notes(TABLES, "chicago")))
    table = next(b for b in blocks if isinstance(b, Table))
    said = [tuple("".join(run.text for run in cell) for cell in row) for row in table.rows]
    assert [(day, figure[0], by) for day, figure, _, by in said] == [
        ("17 Nov 1998", "4", "B"),
        ("18 Nov 1998", "9", "A, C"),
    ]
    assert not any("course" in run.text for b in blocks if isinstance(b, Paragraph) for run in b.runs)
    still = [replace(x, as_of="1998-11-18") for x in rows]
    assert not list(courses({**TABLES, "tolls": r.table(r.Toll, still)}, Notes(TABLES, "chicago"))), (
        "one day is no course"
    )


def question(one: r.Verdict, *readings: r.Reading) -> Question:
    event = r.Event("e1", "“boats” (both accounts), Hale", "act", "other", None, [], None, 2, 2)
    return Question(one, event, list(readings))


def test_rows_on_one_figure_of_an_event_are_one_question() -> None:
    a, b, *_ = r.rows(r.Reading, TABLES["readings"])
    a, b = replace(a, attribute="ships", low=11.0, high=11.0), replace(b, attribute="ships", low=14.0, high=14.0)
    verdict = r.Verdict("v1", "e1", "ships", "Hale", "conflict", "figure", "A has “Eleven”", [], 5.0)
    asked = [question(verdict, a, b), question(replace(verdict, verdict_id="v2", why="they differ"), b)]
    notes = Notes(TABLES, "chicago")
    notes.number["e1"] = 7
    blocks = list(Asked(asked, notes).apart(Standing.CONFLICT))
    heads = [x.text for x in blocks if isinstance(x, Heading) and x.level == 2]
    assert heads == ["Ships: Hale (event 7)"] and len(next(x for x in blocks if isinstance(x, Table)).rows) == 2
    assert not [x for x in blocks if isinstance(x, Figure)], "two numbers need no picture"
    agree = [question(replace(verdict, verdict="agree"), x) for x in (a, b)]
    assert len([x for x in Asked(agree, notes).agreed() if isinstance(x, Paragraph) and x.look == "quote"]) == 2


@pytest.mark.parametrize(("value", "shown"), [("1998-11-17T20:15", "17 Nov 1998, 20.15"), ("PT2H", "17 Nov 1998")])
def test_the_hour_of_a_reading_is_shown(value: str, shown: str) -> None:
    reading = replace(
        r.rows(r.Reading, TABLES["readings"])[0], attribute="date", date="1998-11-17", low=None, high=None
    )
    time = r.Time(reading.witness, reading.start, reading.end, "20.15", "TIME", value)
    notes = Notes({**TABLES, "times": r.table(r.Time, [time])}, "chicago")
    verdict = r.Verdict("v1", "e1", "date", "", "conflict", "date", "they differ", [], 5.0)
    table = next(b for b in Asked([question(verdict, reading)], notes).apart(Standing.CONFLICT) if isinstance(b, Table))
    assert table.rows[0][2][0].text == shown


@pytest.mark.parametrize(("script", "said"), [("sleep 5", "did not print it within 1 s"), ("exit 3", "could not print it"), ("exit 0", "could not print it")])  # fmt: skip
def test_a_printer_that_fails_is_said(script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from variorum.export.dossier import html as dossier_html

    program = tmp_path / "chromium"
    program.write_text(f"#!/bin/sh\nexec {script}\n" if script.startswith("sleep") else f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(dossier_html, "PATIENCE", 1)
    monkeypatch.setattr(dossier_html, "LARGE", 0)
    monkeypatch.setattr(dossier_html, "_chromium", lambda: str(program))
    with pytest.raises(ConfigError, match=said):
        made("pdf")
