"""Formats of the field: each is read by the schema or the program that others read it with."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow as pa
import pytest
from citeproc import CitationStylesStyle
from lxml import etree

import edition_maker
import edition_sizes
from variorum import bags, citing, export, lists, read
from variorum import records as r
from variorum.edition import Edition
from variorum.edition.verify import verify
from variorum.errors import ConfigError

TABLES = edition_maker.small()
SCHEMAS = Path(__file__).parent / "schemas"
EDITIONS = pytest.mark.parametrize("tables", [TABLES, edition_sizes.hostile(), {}], ids=["small", "hostile", "empty"])


def made(fmt: str, tables: dict[str, pa.Table] | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    export.write(TABLES if tables is None else tables, fmt, out, options)
    return out.getvalue()


def changed(name: str, key: str, **cells: Any) -> dict[str, pa.Table]:
    """The small edition with other values in one row."""
    first = r.TABLES[name].schema().names[0]
    rows = [{**row, **cells} if key in (row[first], row.get("reading")) else row for row in TABLES[name].to_pylist()]
    return {**TABLES, name: pa.Table.from_pylist(rows, TABLES[name].schema)}


# --- TEI ---


def tei(tables: dict[str, pa.Table]) -> Any:
    return etree.fromstring(made("tei", tables))


@EDITIONS
def test_tei_is_valid_by_its_schema(tables: dict[str, pa.Table]) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMAS / "tei-part.rng"))
    assert schema.validate(tei(tables)), schema.error_log


def test_the_schema_of_tei_refuses_what_is_none() -> None:
    wrong = tei(TABLES)
    next(wrong.iter("{*}rdg")).tag = "{http://www.tei-c.org/ns/1.0}reading"
    assert not etree.RelaxNG(etree.parse(SCHEMAS / "tei-part.rng")).validate(wrong)


def test_tei_gives_texts_and_readings_back() -> None:
    root = tei(TABLES)
    ns = {"t": "http://www.tei-c.org/ns/1.0"}
    sigla = {w.get("{http://www.w3.org/XML/1998/namespace}id"): w.get("n") for w in root.iterfind(".//t:witness", ns)}
    texts = {row[0]: row[5] for row in edition_maker.TEXTS.values()}
    for div in root.iterfind(".//t:div[@type='account']", ns):
        text = texts[sigla[div.get("corresp")[1:]]]
        for p in div.iterfind("t:p", ns):
            words = "".join(p.itertext())
            assert text[int(p.get("n")) :].startswith(words)
    anchors = {a.get("{http://www.w3.org/XML/1998/namespace}id"): a for a in root.iterfind(".//t:anchor", ns)}
    for reading in root.iterfind(".//t:app[@type]/t:rdg", ns):
        begin, end = (anchors[x[1:]] for x in reading.get("corresp").split())
        assert begin.getparent() is end.getparent()
        between, node = begin.tail or "", begin.getnext()
        while node is not end:
            between, node = between + (node.tail or ""), node.getnext()
        assert between == reading.text


def test_passages_of_tei_hold_both_wordings() -> None:
    wanted = {(p["a_text"], p["b_text"]) for p in TABLES["parallels"].to_pylist() if p["kind"] != "rendition"}
    for a, b in wanted:
        pieces = export.tei.segments(a, b)
        assert " ".join("".join(x for x, _ in pieces).split()) == " ".join(a.split())
        assert " ".join("".join(x for _, x in pieces).split()) == " ".join(b.split())


# --- citations ---


@pytest.mark.parametrize("style", citing.STYLES)
def test_the_styles_are_valid_csl(style: str, recwarn: pytest.WarningsRecorder) -> None:
    folder = Path(export.__file__).parents[1] / "data" / "csl"
    CitationStylesStyle(str(folder / f"{style}.csl"), validate=True)
    assert not [w for w in recwarn if "schema" in str(w.message)]


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (
            "chicago",
            "J. Ross, “Was it so?” Hale Courier, November 21, 1998, accessed March 4, 2021, https://example.org/a.",
        ),
        ("mla", "J. Ross. “Was it so?” Hale Courier, 21 Nov. 1998, https://example.org/a. Accessed 4 Mar. 2021."),
        (
            "apa",
            "J. Ross. (1998, November 21). Was it so? Hale Courier. Retrieved March 4, 2021 from https://example.org/a",
        ),
    ],
)
def test_an_account_as_a_footnote(style: str, said: str) -> None:
    w = r.Witness(
        "a", "A", "Was it so?", "Hale Courier", None, "1998-11-21", "en", "https://example.org/a", "", "", "J. Ross"
    )
    made = citing.footnotes([citing.csl_item(w, "2021-03-04T10:00:00Z")], style)["a"]
    assert made.removesuffix(".") == said.removesuffix(".")


@pytest.mark.parametrize(("published", "said"), [(None, "“T.”"), ("1998", "“T,” 1998."), ("1999-02~", "“T,” about February 1999."), ("-0327", "“T,” 328 BC."), ("1998-24", "“T,” winter 1998–99.")])  # fmt: skip
def test_dates_in_a_footnote_are_never_filled_in(published: str | None, said: str) -> None:
    w = r.Witness("a", "A", "T", None, None, published, None, "a.txt", "", "")
    assert citing.footnotes([citing.csl_item(w)])["a"] == said


def test_a_question_is_one_footnote_with_every_account_once() -> None:
    text = made("footnotes").decode()
    note = text.partition("[v3] Aboard, The coaster and the ferry collide (conflict)\n")[2].partition("\n")[0]
    assert note.count("“A statement to our passengers,” Merrow Line") == 1 and "more than 220 of us aboard" in note
    assert note.count("; ") == 2 and note.endswith("coaster.”.") is False
    with pytest.raises(ConfigError, match="chicago, mla, apa"):
        made("footnotes", style="harvard")


def test_csl_json_has_an_item_for_each_account() -> None:
    items = json.loads(made("csljson"))
    assert [i["id"] for i in items] == list(edition_maker.TEXTS) and items[4]["issued"] == {
        "date-parts": [[1999, 2]],
        "circa": True,
    }


def test_bibtex_holds_what_it_is_given() -> None:
    text = made("bibtex", changed("witnesses", "operator", title="50% {of} \\us & “them”_")).decode()
    assert r"title = {50\% \{of\} \textbackslash{}us \& “them”\_}," in text and text.count("@") == 5


def test_templates_cannot_be_ended_from_inside() -> None:
    tables = changed("witnesses", "operator", title="A}} |url=x [[b]] <ref>--></ref>")
    text = made("wikitext", tables).decode()
    for line in text.splitlines():
        if line.startswith("* "):
            assert re.fullmatch(
                r'\* <ref name="[a-z0-9-]+">\{\{cite (news|web)( \|[a-z-]+=[^|<>\[\]]*)+\}\}</ref>',
                line.replace("{{!}}", ""),
            )


# --- text fragments ---


@pytest.mark.parametrize(
    ("text", "words", "directive"),
    [
        ("Nine died.", "Nine died", "Nine%20died"),
        ("a, b & c-d", "a, b & c-d", "a%2C%20b%20%26%20c%2Dd"),
        ("One line\nand the next one", "line\nand the", "line,and%20the"),
        ("  ", "  ", ""),
    ],
)
def test_fragments(text: str, words: str, directive: str) -> None:
    at = text.index(words)
    assert citing.fragment(text, at, at + len(words)) == directive


# --- Wikidata ---

STATEMENT = re.compile(
    r"(Q\d+|LAST)\t(P\d+)\t([+-]?\d+(\[\d+,\d+\])?|[+-]\d{4,}-\d\d-\d\dT00:00:00Z/\d+)"
    r"(\t[PS]\d+\t(Q\d+|somevalue|\"[^\"\t\n]*\"|[a-z]{2,3}:\"[^\"\t\n]*\"|[+-]\d{4,}-\d\d-\d\dT00:00:00Z/\d+))*"
)


def statements(tables: dict[str, pa.Table], **options: Any) -> list[str]:
    lines = made("quickstatements", tables, **options).decode().splitlines()
    said = [line for line in lines if not re.fullmatch(r"/\* .* \*/", line)]
    for line in said:
        assert line == "CREATE" or re.fullmatch(r'LAST\tLen\t"[^"\t]*"', line) or STATEMENT.fullmatch(line), line
    return said


@EDITIONS
def test_every_line_is_a_statement(tables: dict[str, pa.Table]) -> None:
    statements(tables, create="yes")


def test_readings_are_statements_of_equal_rank(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("id,item\ne2,Q42\nfamilies,Q7\n")
    rows = [
        {**row, "verdict": "conflict"} if row["verdict_id"] == "v2" else row for row in TABLES["verdicts"].to_pylist()
    ]
    tables = {**TABLES, "verdicts": pa.Table.from_pylist(rows, TABLES["verdicts"].schema)}
    said = statements(tables, items=str(tmp_path / "items.csv"))
    assert [line.split("\t")[:3] for line in said] == [["Q42", "P1120", n] for n in ("31", "31", "34", "40")]
    assert "\tP1480\tQ10585806\t" in said[1] and "P1480" not in said[0]
    assert "\tP1310\tQ7\t" in said[0] and "\tP1310\tsomevalue\t" in said[3] and "\tS248\tQ7\t" in said[3]
    assert not any("\tR" in line for line in said)


def test_nothing_is_written_for_an_event_without_an_item(tmp_path: Path) -> None:
    assert statements(TABLES) == []
    (tmp_path / "items.csv").write_text("id,item\ne2,42\n")
    with pytest.raises(ConfigError, match="42 is no item"):
        made("quickstatements", items=str(tmp_path / "items.csv"))


# --- annotations, packages, maps ---


@EDITIONS
def test_annotations_are_valid_by_their_schema(tables: dict[str, pa.Table]) -> None:
    schema = json.loads((SCHEMAS / "web-annotation.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(made("webannotation", tables)), schema)


def test_the_data_package_is_valid_for_frictionless(tmp_path: Path) -> None:
    from frictionless import validate

    export.write(TABLES, "datapackage", tmp_path / "package", {"title": "Two ships"})
    report = validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.valid and len(report.tasks) == len(r.TABLES), report.flatten(["message"])


def test_frictionless_finds_a_reference_that_leads_nowhere(tmp_path: Path) -> None:
    from frictionless import validate

    few = {name: TABLES[name] for name in ("witnesses", "claims")}
    export.write({**few, "witnesses": few["witnesses"].slice(1)}, "datapackage", tmp_path / "package")
    assert not validate(str(tmp_path / "package" / "datapackage.json")).valid


def test_gdal_reads_the_map(tmp_path: Path) -> None:
    """QGIS reads GeoJSON by GDAL."""
    from pyogrio import read_info
    from pyogrio.raw import read

    for name, tables in (("small", TABLES), ("hostile", edition_sizes.hostile())):
        path = tmp_path / f"{name}.geojson"
        export.write(tables, "geojson", path)
        info = read_info(path)
        assert info["features"] == len(json.loads(path.read_text())["features"]) and "label" in list(info["fields"])
        assert len(read(path)[2]) == info["features"]


# --- timelines ---


def test_counts_on_a_slide_are_grammar() -> None:
    slides = {s["unique_id"]: s["text"]["text"] for s in json.loads(made("timelinejs"))["events"]}
    assert "Told by A; 1 witness in 1 lineage." in slides["e1"] and "4 witnesses in 3 lineages." in slides["e2"]


def test_a_slide_quotes_whole_sentences_under_sigla() -> None:
    tables = dict(TABLES)
    labels = {
        "e1": "“boats” (both accounts), “joined”, Hale, 17 November 1998",
        "e2": "“boats”, “sank”, 17 November 1998",
    }
    rows = [{**row, "label": labels.get(row["event"], row["label"]), "date": "1998-11-17"} for row in tables["events"].to_pylist()]  # fmt: skip
    tables["events"] = pa.Table.from_pylist(rows, r.Event.schema())
    slides = {s["unique_id"]: s["text"] for s in json.loads(made("timelinejs", tables))["events"]}
    assert slides["e1"]["headline"] == "Hale" and slides["e2"]["headline"] == "“boats”, “sank”"
    sentences = {x["text"] for x in TABLES["sentences"].to_pylist()}
    quoted = [q for s in slides.values() for q in re.findall(r"<p>([^<:]+): <q>(.*?)</q>", s["text"])]
    assert quoted and {siglum for siglum, _ in quoted} <= set("ABCDE")
    assert any(html.unescape(words) in sentences for _, words in quoted)


def test_a_timeline_has_the_title_of_the_edition() -> None:
    out = io.BytesIO()
    export.write(TABLES, "timelinejs", out, None, {"options": {"title": "Two ships & a <night>"}})
    assert json.loads(out.getvalue())["title"]["text"]["headline"] == "Two ships &amp; a &lt;night&gt;"
    assert json.loads(made("timelinejs"))["title"]["text"]["headline"] == "An edition of 5 accounts"


# --- folders ---


def test_the_bag_is_valid_for_bagit_and_holds_an_edition(tmp_path: Path) -> None:
    import bagit

    export.write(TABLES, "bagit", tmp_path / "bag", formats=bags.FORMATS)
    bag = bagit.Bag(str(tmp_path / "bag"))
    assert bag.validate() and bag.info["External-Description"] == "An edition of 5 accounts"
    opened = Edition(tmp_path / "bag" / "data")
    assert list(verify(opened)) == [] and opened.events().num_rows == 6
    (tmp_path / "bag" / "data" / "edition.json").write_text("{}")
    with pytest.raises(bagit.BagValidationError):
        bag.validate()


@EDITIONS
def test_rocrate_reads_the_crate(tables: dict[str, pa.Table], tmp_path: Path) -> None:
    from rocrate.rocrate import ROCrate

    export.write(tables, "rocrate", tmp_path / "crate")
    crate = ROCrate(str(tmp_path / "crate"))
    assert {e.id for e in crate.data_entities} == {f"{name}.csv" for name in tables}
    assert crate.dereference("#collation")["instrument"]["name"] == "Variorum"
    assert not {e.id for e in crate.get_entities()} & {"", None}


# --- graphs, coders, linked records ---


@EDITIONS
@pytest.mark.parametrize("fmt", ["gexf", "graphml"])
def test_networkx_reads_the_stemma(fmt: str, tables: dict[str, pa.Table]) -> None:
    import networkx

    graph = getattr(networkx, f"read_{fmt}")(io.BytesIO(made(fmt, tables)))
    edges = tables["stemma"].to_pylist() if tables else []
    assert graph.number_of_edges() == len(
        {(e["source"], e["target"]) for e in edges} if not graph.is_multigraph() else edges
    )
    if tables is TABLES:
        labels = {key: data["label"] for key, data in graph.nodes(data=True)}
        told = {(labels[a], labels[b]): data for a, b, data in graph.edges(data=True)}
        assert told["A statement to our passengers", "What the island knows"]["characters"] == 30
        assert sum(bool(d["outside"]) for _, d in graph.nodes(data=True)) == 1


@pytest.mark.parametrize("kind", ["common source", "undecided wording"])
def test_an_edge_that_nothing_directs_says_so(kind: str) -> None:
    import networkx

    stemma = r.table(r.Stemma, [r.Stemma("operator", "courier", kind, 1, 90, False, "the same word")])
    for fmt in ("gexf", "graphml"):
        graph = getattr(networkx, f"read_{fmt}")(io.BytesIO(made(fmt, {**TABLES, "stemma": stemma})))
        assert [data["directed"] for _, _, data in graph.edges(data=True)] in ([False], ["false"])


def coded(fmt: str, kind: str, **options: Any) -> list[dict[str, Any]]:
    """The small edition with its collision as an event of a type."""
    data = made(fmt, changed("events", "e2", type=kind), **options).decode("utf-8-sig")
    return (
        list(csv.DictReader(io.StringIO(data))) if fmt == "acled" else [json.loads(line) for line in data.splitlines()]
    )


def test_acled_rows_keep_to_the_codebook() -> None:
    types = {(row["acled_event_type"], row["acled_sub_event_type"]) for row in lists.rows("plover")}
    rows = {row["event_id_cnty"]: row for row in coded("acled", "assault")}
    assert set(rows) == {"e2"} and (rows["e2"]["event_type"], rows["e2"]["sub_event_type"]) in types
    assert (rows["e2"]["event_date"], rows["e2"]["time_precision"], rows["e2"]["geo_precision"]) == (
        "1998-11-17",
        "1",
        "2",
    )
    assert (rows["e2"]["fatalities"], rows["e2"]["fatalities_low"], rows["e2"]["fatalities_high"]) == ("", "27", "")
    assert coded("acled", "assault", best="lowest")[0]["fatalities"] == "27"
    with pytest.raises(ConfigError, match="there is no such rule"):
        coded("acled", "assault", best="true")


def test_a_day_that_nobody_told_is_empty() -> None:
    tables = changed("events", "e6", type="assault")
    row = next(csv.DictReader(io.StringIO(made("acled", tables).decode("utf-8-sig"))))
    assert (row["event_date"], row["time_precision"], row["date_start"], row["date_end"], row["year"]) == (
        "",
        "3",
        "1998-11-01",
        "1998-11-30",
        "1998",
    )


def test_plover_records_have_its_types_alone() -> None:
    known = {row["type"].upper() for row in lists.rows("plover") if row["origin"] == "PLOVER"}
    rows = coded("plover", "accident")
    assert {row["id"] for row in rows} == {"e5", "e6"} and {row["event_type"] for row in rows} <= known
    texts = {key: row[5] for key, row in edition_maker.TEXTS.items()}
    assert all(texts[t["doc_id"]][t["start"] : t["end"]] == t["text"] for row in rows for t in row["text"])


@EDITIONS
def test_claims_are_valid_by_their_schema(tables: dict[str, pa.Table]) -> None:
    data = json.loads(made("claims", tables))
    jsonschema.validate(data, json.loads((SCHEMAS / "claim.json").read_text()))
    assert "rating" not in json.dumps(data).lower()


@EDITIONS
def test_followthemoney_takes_the_entities(tables: dict[str, pa.Table]) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    rows = [json.loads(line) for line in made("ftm", tables).splitlines()]
    proxies = [followthemoney.model.get_proxy(row, cleaned=False) for row in rows]
    for row, proxy in zip(rows, proxies, strict=True):
        proxy.schema.validate(row)
    if tables is TABLES:
        people = [p for p in proxies if p.schema.name == "Person"]
        assert [(p.caption, p.get("alias")) for p in people] == [("Ana Teverin", ["Mrs Teverin"])]
        ids = {p.id for p in proxies}
        assert all(x in ids for p in proxies for x in p.get("proof", quiet=True))


@EDITIONS
def test_followthemoney_takes_the_statements(tables: dict[str, pa.Table]) -> None:
    pytest.importorskip("followthemoney")
    from followthemoney.dataset import Dataset
    from followthemoney.statement import Statement, StatementEntity
    from followthemoney.statement.serialize import read_json_statements

    data = made("ftm", tables, **{"as": "statements"})
    found = list(read_json_statements(io.BytesIO(data)))
    assert all(s.id == s.generate_key() for s in found), "the ids are those that its own program makes"
    by: dict[str, list[Statement]] = {}
    for one in found:
        by.setdefault(one.entity_id, []).append(one)
    entities = [
        StatementEntity.from_statements(Dataset.make({"name": "x", "title": "x"}), held) for held in by.values()
    ]
    wanted = {row["id"]: row for row in map(json.loads, made("ftm", tables).decode().splitlines())}
    assert {e.id for e in entities} == {key for key, row in wanted.items() if row["properties"]}
    for e in entities:
        assert e.schema.name == wanted[e.id]["schema"]
        held = {name: set(e.get(name)) for name in wanted[e.id]["properties"]}
        alike = {name: set(values) for name, values in wanted[e.id]["properties"].items()}
        assert {n: v for n, v in held.items() if n != "alias"} == {n: v for n, v in alike.items() if n != "alias"}


def test_a_statement_says_which_account_has_it() -> None:
    rows = [json.loads(line) for line in made("ftm", **{"as": "statements"}).decode().splitlines()]
    labels = [row for row in rows if row["schema"] == "Event" and row["prop"] == "name"]
    proofs = [row for row in rows if row["prop"] == "proof"]
    assert labels and {row["origin"] for row in labels} == {None} and {row["dataset"] for row in labels} == {"variorum"}
    assert proofs and {row["origin"] for row in proofs} <= set(edition_maker.TEXTS)
    assert all(re.fullmatch(r"[a-z0-9_]+", row["dataset"]) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
    with pytest.raises(ConfigError, match="entities or statements"):
        made("ftm", **{"as": "rows"})


def test_passim_goes_out_and_comes_in_again(tmp_path: Path) -> None:
    clusters = [json.loads(line) for line in made("passim").splitlines()]
    texts = {key: row[5] for key, row in edition_maker.TEXTS.items()}
    assert [(c["cluster"], c["size"], c["id"]) for c in clusters] == [(0, 2, "operator"), (0, 2, "courier")]
    assert all(texts[c["id"]][c["begin"] : c["end"]] == c["text"] for c in clusters)
    (tmp_path / "in.jsonl").write_bytes(made("passim", **{"as": "input"}))
    documents = read.accounts([tmp_path / "in.jsonl"]).documents
    assert {d.id: d.text for d in documents} == texts
