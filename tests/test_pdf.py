"""PDF: reading order, edges of pages, notes, tables, hyphens, and pages that are pictures."""

import io
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from variorum.annotate import annotate
from variorum.read.document import Found, Source
from variorum.read.pdf import read, scans
from variorum.records import Witness

WIDE, HIGH = A4
PROSE = (
    "The inquiry into the loss of the Maid of Asker met at Hale on 3 May 1999 and heard forty witnesses in nine days. It found "
    "that the bow door of the ship had been open when she left the quay, and that three of the crew knew of it. The master, "
    "Peter Hale, had told the owners in March that the lamp on the bridge did not burn, and nobody had answered him. Thirty-one "
    "people died, of whom twelve were children from the school at Tolven, and four were never found."
)
OTHER = (
    "The search went on for six days with nine boats and two aircraft, and was given up on 23 November when the gale rose. The "
    "guard had taken 181 people from the water by then, and the mayor of Tolven opened the school to those whom nobody met."
)
Draw = Callable[[Canvas], None]


def found(*pages: Draw) -> Found:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return read(Source("a.pdf", "a", held.getvalue()))


def text(*pages: Draw) -> str:
    [made] = found(*pages).documents
    return made.text


def wrapped(canvas: Canvas, words: str, width: float, font: str = "Times-Roman", size: float = 11) -> list[str]:
    lines: list[str] = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if canvas.stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def put(canvas: Canvas, x: float, y: float, words: str, size: float = 11, font: str = "Times-Roman") -> float:
    canvas.setFont(font, size)
    canvas.drawString(x, y, words)
    return x + float(canvas.stringWidth(words, font, size))


def block(canvas: Canvas, words: str, x: float = 60, y: float = 760, width: float = 440, size: float = 11) -> float:
    for line in wrapped(canvas, words, width, size=size):
        put(canvas, x, y, line, size)
        y -= 1.3 * size
    return y


def words(rows: list[Any]) -> list[str]:
    return [row.text for row in rows]


# --- reading order ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize("by_rows", [True, False])
def test_columns_are_read_one_after_the_other_whatever_the_drawing_order(columns: int, by_rows: bool) -> None:
    def page(c: Canvas) -> None:
        put(c, 60, 790, "The Loss of the Maid of Asker", 20, "Times-Bold")
        width = 440 / columns - 16
        lines = wrapped(c, f"{PROSE} {OTHER}", width, size=9.5)
        each = -(-len(lines) // columns)
        places = [(k, r) for k in range(columns) for r in range(each)]
        for k, r in sorted(places, key=lambda at: at[::-1]) if by_rows else places:
            if k * each + r < len(lines):
                put(c, 60 + k * (440 / columns), 760 - r * 11.5, lines[k * each + r], 9.5)

    assert text(page) == f"The Loss of the Maid of Asker\n\n{PROSE} {OTHER}"


def test_a_line_over_both_columns_parts_what_stands_above_it_from_what_stands_below() -> None:
    def page(c: Canvas) -> None:
        y = 760.0
        for words in (PROSE, OTHER):
            lines = wrapped(c, words, 200)
            half = -(-len(lines) // 2)
            for r in range(half):
                put(c, 60, y - r * 14, lines[r])
            for r, line in enumerate(lines[half:]):
                put(c, 300, y - r * 14, line)
            y -= half * 14 + 20
            if words is PROSE:
                y = (
                    block(
                        c,
                        "The mayor of the town of Tolven closed the school and the mill for as long as the search went on.",
                        y=y,
                    )
                    - 20
                )

    middle = "The mayor of the town of Tolven closed the school and the mill for as long as the search went on."
    assert text(page) == f"{PROSE}\n\n{middle}\n\n{OTHER}"


def test_a_page_that_lies_on_its_side() -> None:
    for turn in (90, 180, 270):

        def page(c: Canvas, turn: int = turn) -> None:
            c.translate(*{90: (WIDE, 0), 180: (WIDE, HIGH), 270: (0, HIGH)}[turn])
            c.rotate(turn)
            block(c, PROSE, y=500)

        assert text(page) == PROSE, turn


def test_numbers_beside_the_lines_are_left_out() -> None:
    def page(c: Canvas) -> None:
        for n, line in enumerate(wrapped(c, PROSE, 380), 1):
            put(c, 60, 780 - n * 20, str(n))
            put(c, 90, 780 - n * 20, line)

    assert text(page) == PROSE


def test_paragraphs_by_indent_and_by_space() -> None:
    def indented(c: Canvas) -> None:
        y = 760.0
        for words in (PROSE, OTHER, PROSE):
            first, *rest = wrapped(c, words, 420)
            put(c, 80, y, first)
            for n, line in enumerate(rest, 1):
                put(c, 60, y - n * 14, line)
            y -= (len(rest) + 1) * 14

    def spaced(c: Canvas) -> None:
        block(c, PROSE, y=block(c, OTHER, y=block(c, PROSE) - 12) - 12)

    assert text(indented) == text(spaced) == f"{PROSE}\n\n{OTHER}\n\n{PROSE}"


# --- edges of pages -----------------------------------------------------------------------------------------------


def pages_with(heads: Callable[[Canvas, int], None], count: int) -> str:
    """The text of pages over which one long paragraph runs, each with what ``heads`` draws at its edges."""
    whole = f"{PROSE} {OTHER}".split()
    each = -(-len(whole) // count)

    def page(number: int) -> Draw:
        def draw(c: Canvas) -> None:
            block(c, " ".join(whole[number * each : (number + 1) * each]), y=740)
            heads(c, number)

        return draw

    return text(*map(page, range(count)))


def alternating(c: Canvas, n: int) -> None:
    words = f"{n + 1}    THE LOSS OF A FERRY" if n % 2 else f"CHAPTER TWO: THE NIGHT    {n + 1}"
    put(c, 60, 800, words, 9)


def chapters(c: Canvas, n: int) -> None:
    put(c, 60, 800, ("The Night", "The Search", "The Court")[n // 2], 9, "Times-Italic")
    put(c, 300, 40, str(n + 17), 9)


def roman(c: Canvas, n: int) -> None:
    put(c, 300, 40, ["v", "vi", "vii"][n], 9)


def printed(c: Canvas, n: int) -> None:
    put(c, 20, 825, "12/03/2021, 14:05", 8)
    put(c, 240, 825, "Ferry sinks off Hale - The Tolven Post", 8)
    put(c, 20, 15, "https://post.example/1998/ferry?id=44", 8)
    put(c, 550, 15, f"{n + 1}/2", 8)


def close(c: Canvas, n: int) -> None:
    put(c, 60, 754, "Report of the Inquiry", 11)
    put(c, 280, 40, f"- {n + 3} -", 11)


@pytest.mark.parametrize(
    ("heads", "count"),
    [(alternating, 4), (alternating, 6), (chapters, 6), (roman, 3), (printed, 2), (close, 2), (close, 3)],
)
def test_what_stands_at_the_edges_is_left_out_and_sentences_go_on(
    heads: Callable[[Canvas, int], None], count: int
) -> None:
    made = pages_with(heads, count)
    assert made.split() == f"{PROSE} {OTHER}".split()
    assert all(part[-1] == "." for part in made.split("\n\n"))  # a page that ends with a sentence may end a paragraph


def test_a_single_page_printed_from_a_browser() -> None:
    def page(c: Canvas) -> None:
        block(c, PROSE)
        put(c, 20, 825, "3/12/21, 2:05 PM", 8)
        put(c, 240, 825, "Ferry sinks off Hale", 8)
        put(c, 20, 15, "https://post.example/1998/ferry", 8)
        put(c, 550, 15, "1/1", 8)

    assert text(page) == PROSE


def test_pages_that_begin_alike_keep_their_beginning() -> None:
    def page(c: Canvas) -> None:
        block(c, PROSE)

    assert text(page, page) == f"{PROSE}\n\n{PROSE}"


def test_titles_of_slides_are_no_running_heads() -> None:
    def slide(title: str, words: str) -> Draw:
        def draw(c: Canvas) -> None:
            put(c, 60, 780, title, 24, "Helvetica-Bold")
            block(c, words, y=720)

        return draw

    made = text(slide("The night", OTHER), slide("The search", PROSE), slide("The court", OTHER))
    assert [title in made for title in ("The night", "The search", "The court")] == [True] * 3


def test_a_number_at_the_foot_of_a_table_is_no_page_number() -> None:
    def page(n: int) -> Draw:
        def draw(c: Canvas) -> None:
            for r, (town, dead) in enumerate(
                [("Hale", 19 + n), ("Tolven", 12 - 3 * n), ("Lind", 44 + 2 * n), ("Besk", 7 * n + 5)]
            ):
                put(c, 60, 700 - 16 * r, town)
                put(c, 200, 700 - 16 * r, str(dead))

        return draw

    assert text(page(0), page(1)).count("\t") == 8


def test_where_pages_begin_is_a_part() -> None:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4)
    for words in (PROSE, OTHER):
        block(canvas, words)
        canvas.showPage()
    canvas.save()
    [made] = read(Source("a.pdf", "a", held.getvalue())).documents
    pages = [part for part in made.parts if part.kind == "page"]
    assert [(part.level, made.text[part.start :][:10], part.until) for part in pages] == [
        (1, "The inquir", len(PROSE) + 2), (2, "The search", len(made.text)),
    ]  # fmt: skip


# --- notes, tables, items, captions -------------------------------------------------------------------------------


def test_notes_at_the_foot_come_last_and_their_marks_are_no_digits() -> None:
    def page(c: Canvas) -> None:
        y = block(c, PROSE, size=12)
        x = put(c, 60, y, "The school lost 12", 12)
        x = put(c, x, y + 5, "1", 7)
        x = put(c, x, y, " children on the 4", 12)
        x = put(c, x, y + 5, "th", 7)
        put(c, x, y, " of May, on 5 km", 12)
        put(c, x + c.stringWidth(" of May, on 5 km", "Times-Roman", 12), y + 5, "2", 7)
        put(c, 60, 120, "1 The guard gives 14, and adds that two more were", 9)
        put(c, 60, 109, "seen on the Tolven road.", 9)
        put(c, 60, 98, "* Eleven, says the mayor.", 9)

    [made] = found(page).documents
    assert made.text.endswith(
        "The school lost 12 children on the 4th of May, on 5 km²\n\n"
        "The guard gives 14, and adds that two more were seen on the Tolven road.\n\nEleven, says the mayor."
    )
    notes = [part for part in made.parts if part.kind == "note"]
    assert made.text[: notes[0].at].endswith("The school lost 12") and notes[1].at is None


def test_rows_of_a_table() -> None:
    def page(c: Canvas) -> None:
        block(c, "The dead by town, as the guard counted them at the quay on the morning after:", y=790)
        for r, row in enumerate(
            [("Town", "Killed", "Hurt"), ("Port Asker", "19", "30"), ("Tolven", "12", ""), ("Hale", "0", "1")]
        ):
            for k, cell in enumerate(row):
                put(c, 60 + 120 * k, 760 - 18 * r, cell)
        block(c, "The guard closed the count on 9 May, and the mayor signed the list at noon.", y=660)

    [made] = found(page).documents
    assert made.text.split("\n\n")[1] == "Town\tKilled\tHurt\nPort Asker\t19\t30\nTolven\t12\nHale\t0\t1"
    cells = [made.text[part.start : part.end] for part in made.parts if part.kind == "cell" and part.level == 1]
    assert cells == ["Town", "Port Asker", "Tolven", "Hale"]


def test_a_chronology_of_two_columns_is_read_row_by_row() -> None:
    def page(c: Canvas) -> None:
        y = 770.0
        for day, words in (
            ("3 May 1999", PROSE[:160]),
            ("4 May 1999", "The mate is heard."),
            ("9 May", OTHER[:140]),
            ("12 May", "It closes."),
        ):
            put(c, 60, y, day)
            y = block(c, words, 160, y, 300) - 6

    rows = [row.split("\t") for row in text(page).split("\n")]
    assert [row[0] for row in rows] == ["3 May 1999", "4 May 1999", "9 May", "12 May"]
    assert rows[0][1] == PROSE[:160].strip() and rows[1][1] == "The mate is heard."


def test_items_with_their_signs_at_the_side() -> None:
    def page(c: Canvas) -> None:
        y = 770.0
        for sign, words in (
            ("1.", PROSE[:150]),
            ("2.", "The lamp did not burn."),
            ("3.", OTHER[:130]),
            ("•", "Ten men"),
            ("•", "Two boys"),
        ):
            put(c, 60, y, sign)
            y = block(c, words, 80, y, 300)

    [made] = found(page).documents
    assert [made.text[part.start : part.end][:6] for part in made.parts if part.kind == "item"] == [
        "1. The", "2. The", "3. The", "• Ten ", "• Two ",
    ]  # fmt: skip


def test_captions_and_headings() -> None:
    def page(c: Canvas) -> None:
        put(c, 60, 790, "Loss of a ferry", 18, "Times-Bold")
        y = block(c, PROSE, y=750)
        put(c, 60, y - 20, "Figure 3. The quay at Hale in 1987, when 44 people drowned", 9)
        block(c, OTHER, y=y - 60)

    [made] = found(page).documents
    kinds = {part.kind: made.text[part.start : part.end] for part in made.parts}
    assert kinds["caption"] == "Figure 3. The quay at Hale in 1987, when 44 people drowned"
    assert kinds["heading"] == "Loss of a ferry"


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("hospi-", "tal", "hospital"),
        ("well-", "known", "well-known"),
        ("Anglo-", "Irish", "Anglo-Irish"),
        ("1914-", "18", "1914-18"),
    ],
)
def test_hyphens_at_line_ends(left: str, right: str, whole: str) -> None:
    def page(c: Canvas) -> None:
        put(c, 60, 760, f"The master was well-known in the town, and so was the {left}")
        put(c, 60, 746, f"{right} of which the guard had told him in the spring of that year")
        put(c, 60, 732, "when the lamp did not burn and nobody came.")

    assert f"so was the {whole} of which" in text(page)


def test_titles_that_a_program_gave_are_none() -> None:
    for title, kept in (
        ("Microsoft Word - report_v3.doc", None),
        ("untitled", None),
        ("Loss of a ferry", "Loss of a ferry"),
    ):
        held = io.BytesIO()
        canvas = Canvas(held, pagesize=A4)
        canvas.setTitle(title)
        block(canvas, PROSE)
        canvas.save()
        assert read(Source("a.pdf", "a", held.getvalue())).documents[0].title == kept


# --- pictures of text ---------------------------------------------------------------------------------------------


def picture(words: str, blur: int = 1) -> Draw:
    """A page that is only a picture of words, coarser with a larger ``blur``."""

    def draw(c: Canvas) -> None:
        image = Image.new("L", (1240, 1754), 255)
        pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=28)
        lines = wrapped(c, words, 330)
        for n, line in enumerate(lines):
            pen.text((100, 150 + 44 * n), line, font=font, fill=10)
        if blur > 1:
            image = image.resize((1240 // blur, 1754 // blur)).resize((1240, 1754))
        c.drawImage(ImageReader(image), 0, 0, WIDE, HIGH)

    return draw


def typed(c: Canvas) -> None:
    block(c, OTHER)


@pytest.fixture
def program() -> None:
    assert shutil.which("tesseract"), (
        "Tesseract is not installed (Debian: apt-get install tesseract-ocr); make quick does without"
    )


def tesseract(test: Callable[[], None]) -> Callable[[], None]:
    """A test that reads pictures: it needs the program, and `make quick` leaves it out."""
    return pytest.mark.slow(pytest.mark.usefixtures("program")(test))


def test_a_picture_without_tesseract_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "program", lambda: None)
    made = found(picture(PROSE), typed, picture(PROSE))
    assert made.documents[0].text == OTHER
    assert [p.message for p in made.problems] == [
        "pages 1, 3 of a.pdf each is a picture; install Tesseract to have it read (apt-get install tesseract-ocr, brew install tesseract)"
    ]
    alone = found(picture(PROSE))
    assert not alone.documents and "install Tesseract" in alone.problems[0].message


def test_pictures_may_be_left_unread() -> None:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4)
    picture(PROSE)(canvas)
    canvas.save()
    made = read(Source("a.pdf", "a", held.getvalue(), ocr=""))
    assert not made.documents and "switched off (--set ocr=eng)" in made.problems[0].message


@tesseract
def test_a_scanned_page_among_others_is_read_with_its_confidence() -> None:
    made = found(typed, picture(PROSE))
    [document] = made.documents
    assert document.text == f"{OTHER}\n\n{PROSE}"
    sure = [part for part in document.parts if part.kind == "word"]
    assert " ".join(document.text[part.start : part.end] for part in sure) == PROSE
    assert all(0 <= (part.level or 0) <= 100 for part in sure)
    assert "page 2 of a.pdf is a picture and read by Tesseract" in made.problems[0].message


@tesseract
def test_a_drawing_without_words_is_said() -> None:
    made = found(lambda c: c.rect(50, 50, 300, 300, fill=1))
    assert not made.documents and "Tesseract found no words" in made.problems[0].message


def test_no_figure_and_no_date_rests_on_a_doubtful_word() -> None:
    from variorum.structure import Part

    words = "The ferry sank on 17 November 1998 and 31 people died, 12 of them children. She had left Hale on 16 November 1998."
    witness = Witness("a", "A", None, None, None, None, "en", "a.pdf", "", words)
    doubtful = [Part(words.index(one), words.index(one) + len(one), "doubtful", 40) for one in ("17", "31")]
    [made] = annotate([witness], parts={"a": doubtful})
    assert [row.text for row in made.tables["figures"]] == ["12"]  # type: ignore[attr-defined]
    assert [row.text for row in made.tables["times"]] == ["16 November 1998"]  # type: ignore[attr-defined]
    assert sorted(p.message for p in made.tables["problems"]) == [  # type: ignore[attr-defined]
        "1 figure rested on words that may have been read wrongly, and was left out",
        "1 time rested on words that may have been read wrongly, and was left out",
    ]


@tesseract
def test_a_scan_of_two_columns_that_lies_a_little_askew() -> None:
    def page(c: Canvas) -> None:
        image = Image.new("L", (1654, 2339), 255)
        pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=30)
        lines = wrapped(c, f"{PROSE} {OTHER}", 215)
        half = -(-len(lines) // 2)
        for r in range(half):
            pen.text((150, 300 + r * 46), lines[r], font=font, fill=10)
            if half + r < len(lines):
                pen.text((900, 300 + r * 46), lines[half + r], font=font, fill=10)
        c.drawImage(ImageReader(image.rotate(0.6, fillcolor=255)), 0, 0, WIDE, HIGH)

    assert text(page) == f"{PROSE} {OTHER}"
