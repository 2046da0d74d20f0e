"""Tables as people export them: any delimiter, any names of columns, lists in JSON; what is missing is said."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samples import NAMES, pack
from variorum import read
from variorum.config import Config
from variorum.errors import ConfigError
from variorum.read.document import Document, Source
from variorum.read.reading import Reading, reading

ONE, TWO = "The quay at Tolven broke on 4 May 1961, killing 12 men.", "The quay broke; it killed 13 men, “all told”."


def table(data: str | bytes, name: str = "articles.csv", **columns: str) -> Reading:
    source = Source(name, "articles", data.encode() if isinstance(data, str) else data)
    source.columns = columns
    return reading(source, {})


def found(
    data: str | bytes, name: str = "articles.csv", **columns: str
) -> list[tuple[str, str, str | None, str | None]]:
    return [(d.id, d.text, d.title, d.published) for d in table(data, name, **columns).documents]


def said(made: Reading) -> str:
    return " | ".join(problem.message for problem in made.said())


RIGHT = [("a", ONE, "Quay", "1961-05-05"), ("b", TWO, "Bridge", "1961-05-06")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["articles.csv", "articles.tsv", "articles.txt"])
def test_any_delimiter_is_told(sign: str, name: str) -> None:
    rows = [["id", "date", "title", "text"], ["a", "1961-05-05", "Quay", ONE], ["b", "1961-05-06", "Bridge", TWO]]
    data = "\r\n".join(sign.join(f'"{cell}"' if set(cell) & set(",;\t|") else cell for cell in row) for row in rows)
    assert found(data, name) == RIGHT
    assert found(b"\xef\xbb\xbf" + data.encode(), name) == RIGHT
    assert found(data.encode("utf-16"), name) == RIGHT
    if sign == ";":
        assert found(f"sep=;\r\n{data}", "articles.csv") == RIGHT


@pytest.mark.parametrize("head", [
    "url,published_at,headline,body", "Link,Publish Date,Title,Full Text", "permalink,DATE,Headline,ARTICLE_TEXT", "source_url,datePublished,name,articleBody",
    "web_url,pub_date,heading,content", "link,created_at,subject,message", "url,date_publish,title,maintext", "url,published,title,description",
])  # fmt: skip
def test_columns_are_known_by_many_names(head: str) -> None:
    made = table(
        f'{head}\nhttps://x.example/1,1961-05-05,Quay,"{ONE}"\nhttps://x.example/2,1961-05-06,Bridge,"{TWO}"\n'
    )
    assert [(d.text, d.title, d.published, d.address) for d in made.documents] == [
        (ONE, "Quay", "1961-05-05", "https://x.example/1"), (TWO, "Bridge", "1961-05-06", "https://x.example/2"),
    ]  # fmt: skip


def test_a_table_without_known_columns_names_those_it_has_and_a_choice_reads_it() -> None:
    data = f'Nr;Artikel;Datum\n1;"{ONE}";05.05.1961\n'
    sentence = said(table(data))
    assert "'Nr', 'Artikel', 'Datum'" in sentence and "--set columns=text=NAME" in sentence
    assert found(data, text="artikel", published="Datum")[0][1:] == (ONE, None, "1961-05-05")
    assert "no column 'Worte'" in said(table(data, text="Worte"))


def test_the_option_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'Artikel\n"{ONE}"\n')
    [document] = read.accounts([tmp_path], Config(columns="text = Artikel")).documents
    assert document.text == ONE
    with pytest.raises(ConfigError, match="no field 'words'"):
        read.accounts([tmp_path], Config(columns="words=Artikel"))


@pytest.mark.parametrize(("dates", "published"), [
    (("03/04/1961", "25/04/1961"), "1961-04-03"), (("03/04/1961", "04/25/1961"), "1961-03-04"), (("5.4.1961", "6.4.1961"), "1961-04-05"),
    (("-273369600", "0"), "1961-05-04"), (("Thu May 04 10:00:00 +0000 1961", "x"), "1961-05-04"), (("4th May 1961", "x"), "1961-05-04"),
])  # fmt: skip
def test_the_order_of_days_and_months_is_that_of_the_column(dates: tuple[str, str], published: str) -> None:
    assert found(f"date,text\n{dates[0]},One text of it.\n{dates[1]},Another text of it.\n")[0][3] == published


def test_dates_that_can_be_read_two_ways_are_said() -> None:
    made = table("date,text\n03/04/1961,One text of it.\n05/06/1961,Another text of it.\n")
    assert [d.published for d in made.documents] == [None, None]
    assert "'03/04/1961' can be read two ways" in said(made) and "2 accounts" in said(made)


def test_cells_of_markup_are_read_as_pages() -> None:
    made = table(f'id,content\na,"<div><p>{ONE}</p><script>var x = 1;</script><p>Twelve men.</p></div>"\n')
    assert "<" not in made.documents[0].text and ONE in made.documents[0].text and "var" not in made.documents[0].text


def test_rows_without_text_and_summaries_in_place_of_it_are_said() -> None:
    made = table(f'id,text,abstract\na,"{ONE}",x\nb,,A short word of it.\nc,,\n')
    assert [d.id for d in made.documents] == ["a", "b"]
    assert "row 3 has no full text; its abstract was read" in said(made) and "row 4 has no text" in said(made)
    assert "has no full texts; its column 'abstract' was read" in said(table("id,abstract\na,A short word of it.\n"))


JSON = [
    {"id": "a", "title": "Quay", "date": "1961-05-05", "text": ONE},
    {"id": "b", "title": "Bridge", "date": "1961-05-06", "text": TWO},
]


@pytest.mark.parametrize("value", [
    JSON, {"articles": JSON}, {"status": "ok", "response": {"results": JSON}}, {"hits": {"hits": [{"_source": row} for row in JSON]}},
    [{"id": r["id"], "headline": {"main": r["title"]}, "pub_date": r["date"], "fields": {"bodyText": r["text"]}} for r in JSON],
])  # fmt: skip
def test_a_list_of_accounts_is_found_wherever_it_stands(value: object) -> None:
    got = found(json.dumps(value), "articles.json")
    assert [one[1] for one in got] == [ONE, TWO]
    if not (isinstance(value, dict) and "hits" in value):
        assert got == RIGHT
    assert [one[1] for one in found(json.dumps(value), "articles.txt")] == [ONE, TWO]


def test_one_object_lines_of_objects_and_a_list_of_texts() -> None:
    assert (
        found(json.dumps(JSON[0]), "one.json") == [("articles", ONE, "Quay", "1961-05-05")]
        or found(json.dumps(JSON[0]), "one.json")[0][1:] == RIGHT[0][1:]
    )
    lines = "\n".join(map(json.dumps, JSON))
    for name in ("articles.jsonl", "articles.json", "articles.ndjson", "articles.txt", "articles"):
        assert found(lines, name) == RIGHT
    assert [one[1] for one in found(json.dumps([ONE, TWO]), "articles.json")] == [ONE, TWO]


def test_schema_org_and_exports_of_chats() -> None:
    ld = {
        "@type": "NewsArticle",
        "headline": "Quay",
        "articleBody": ONE,
        "datePublished": "1961-05-05T07:00Z",
        "publisher": {"@type": "Organization", "name": "Islander"},
    }
    [document] = table(json.dumps(ld), "articles.json").documents
    assert (document.title, document.publisher, document.published) == ("Quay", "Islander", "1961-05-05")
    chat = {
        "name": "Tolven now",
        "messages": [
            {
                "id": 7,
                "type": "message",
                "date": "1961-05-05T07:00:00",
                "text": ["The quay broke, see ", {"type": "link", "text": "x.example"}, "."],
            }
        ],
    }
    [document] = table(json.dumps(chat), "articles.json").documents
    assert (document.text, document.published, document.id) == ("The quay broke, see x.example.", "1961-05-05", "7")


@pytest.mark.parametrize(("data", "words"), [
    ('{"a": [1, 2', "damaged JSON"), ("[" * 100_000, "too deep"), ('{"version": 3, "rows": 12}', "its columns are 'version', 'rows'"), ("[1, 2, 3]", "no list of accounts"),
])  # fmt: skip
def test_json_without_accounts_says_why(data: str, words: str) -> None:
    made = table(data, "articles.json")
    assert not made.documents and words in said(made)


@pytest.mark.parametrize("value", [
    {"name": "ferry", "version": "1.0", "description": "A small library for boats and their crews."}, {"message": "Not found", "status": 404},
])  # fmt: skip
def test_settings_are_no_account(value: object) -> None:
    made = table(json.dumps(value), "package.json")
    assert not made.documents and "no column that is known" in said(made)


def test_tables_of_events_and_of_other_languages() -> None:
    acled = f'event_id_cnty,event_date,event_type,source,notes,fatalities\nTLV1,04 May 1961,Other,Islander,"{ONE}",12\n'
    assert found(acled) == [("TLV1", ONE, None, "1961-05-04")]
    assert found(f'Titel;Inhalt;Datum;Quelle\nBruch;"{ONE}";05.05.1961;Insel\n')[0][1:] == (ONE, "Bruch", "1961-05-05")
    assert found(f'date,event\n4 May 1961,"{ONE}"\n')[0][1:] == (ONE, None, "1961-05-04")


def test_parquet_by_any_names(tmp_path: Path) -> None:
    pq.write_table(pa.table({"Headline": ["Quay"], "Body": [ONE], "other": [[1, 2]]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"Artikel": [TWO]}), tmp_path / "b.parquet")
    got = read.accounts([tmp_path])
    assert [(d.title, d.text) for d in got.documents] == [("Quay", ONE)]
    assert "its columns are 'Artikel'" in got.problems[0].message


def test_names_may_stand_below_other_lines_or_be_missing() -> None:
    assert found(f'Collected by hand;;\n\nid;date;text\na;1961-05-05;"{ONE}"\n')[0][:2] == ("a", ONE)
    bare = f'a;1961-05-05;"{ONE}"\nb;1961-05-06;"{TWO}"\n'
    assert "its columns are '1', '2', '3'" in said(table(bare))
    assert [one[1:] for one in found(bare, text="3", published="2")] == [
        (ONE, None, "1961-05-05"),
        (TWO, None, "1961-05-06"),
    ]


def test_quotation_marks_in_a_table_of_tabs_part_nothing() -> None:
    text = '"Nobody warned us," she said; "nobody'
    assert [one[1] for one in found(f"id\ttext\na\t{text}\nb\tIt broke.\n", "articles.tsv")] == [text, "It broke."]


def test_a_csv_of_another_thing_is_no_account() -> None:
    made = table("time,x,y\n1,2,3\n2,3,4\n")
    assert not made.documents and "its columns are 'time', 'x', 'y'" in said(made)


def test_a_text_with_commas_is_no_table() -> None:
    text = "Text, title and date stand on the board, the clerk said.\nNine men, two boys.\n"
    made = table(text, "articles.txt")
    assert [d.text for d in made.documents] == [text]


def test_rows_longer_than_the_head_and_quotes_that_never_close() -> None:
    assert found('id,text\na,"x, y",z,w\n')[0][:2] == ("a", "x, y")
    made: list[Document] = table('id,text\na,"never closed\nb,second\n').documents
    assert "never closed" in made[0].text


def _ods(*cells: str) -> bytes:
    rows = "<table:table-row><table:table-cell><text:p>text</text:p></table:table-cell></table:table-row>"
    rows += "".join(f"<table:table-row>{cell}</table:table-row>" for cell in cells)
    sheet = f'<office:spreadsheet><table:table table:name="One">{rows}</table:table></office:spreadsheet>'
    content = f"<office:document-content {NAMES}><office:body>{sheet}</office:body></office:document-content>"
    return pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


@pytest.mark.parametrize("times", ["²", "x", "-1", "9" * 9000])
def test_a_cell_may_say_anything_of_how_often_it_stands(times: str) -> None:
    cell = f'<table:table-cell table:number-columns-repeated="{times}"><text:p>{ONE}</text:p></table:table-cell>'
    assert [one[1] for one in found(_ods(cell), "articles.ods")] == [ONE]


def test_a_note_on_a_cell_is_no_part_of_it() -> None:
    note = "<office:annotation><text:p>Who says so?</text:p></office:annotation>"
    cell = f"<table:table-cell>{note}<text:p>{ONE}</text:p></table:table-cell>"
    assert [one[1] for one in found(_ods(cell), "articles.ods")] == [ONE]


def test_rows_beyond_what_may_be_unpacked_are_said() -> None:
    cell = f"<table:table-cell><text:p>{ONE}</text:p></table:table-cell>"
    source = Source("long.ods", "long", _ods(cell, *([""] * 300), cell))
    source.unpacked = 12_000
    assert "long.ods holds more than is unpacked of one file; rows were left out" in said(reading(source, {}))
