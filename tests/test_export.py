"""Exports: every format round-trips what it can, never fills in what nobody said, and no cell can run."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import edition_maker
import edition_sizes
from variorum import __version__, export
from variorum import records as r
from variorum.dates import bounds
from variorum.errors import ConfigError, EditionError
from variorum.export.csv_tables import defused

TABLES = edition_maker.small()


LINES = ("plover", "ftm", "passim")
"""Formats of a line for each row, and so of none where there is no row."""


def made(fmt: str, tables: dict[str, pa.Table] | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    export.write(tables or TABLES, fmt, out, options)
    return out.getvalue()


def test_json_is_exactly_version_and_tables() -> None:
    data = json.loads(made("json"))
    assert list(data) == ["variorum", "tables"] and data["variorum"] == __version__
    assert list(data["tables"]) == list(r.TABLES)
    assert data["tables"]["claims"] == TABLES["claims"].to_pylist()


@pytest.mark.parametrize("fmt", list(export.FORMATS))
@pytest.mark.parametrize("tables", [TABLES, edition_sizes.hostile(), {}], ids=["small", "hostile", "empty"])
def test_every_format_takes_every_edition(fmt: str, tables: dict[str, pa.Table], tmp_path: Path) -> None:
    export.write(tables, fmt, tmp_path / f"edition{export.FORMATS[fmt].ending}")
    assert (tmp_path / f"edition{export.FORMATS[fmt].ending}").stat().st_size > 0 or (not tables and fmt in LINES)
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize("fmt", ["json", "timelinejs", "geojson", "webannotation"])
def test_json_formats_are_json_for_hostile_editions(fmt: str) -> None:
    def none(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    json.loads(made(fmt, edition_sizes.hostile()), parse_constant=none)


def test_parquet_and_csv_come_as_folders_and_zips(tmp_path: Path) -> None:
    for fmt in ("parquet", "csv"):
        export.write(TABLES, fmt, tmp_path / fmt)
        assert {p.stem for p in (tmp_path / fmt).iterdir()} == set(r.TABLES)
        assert set(zipfile.ZipFile(io.BytesIO(made(fmt))).namelist()) == {f"{n}.{fmt}" for n in r.TABLES}
    assert pq.read_table(tmp_path / "parquet" / "claims.parquet").equals(TABLES["claims"])


def test_csv_reads_back() -> None:
    pack = zipfile.ZipFile(io.BytesIO(made("csv")))
    rows = list(csv.DictReader(io.StringIO(pack.read("readings.csv").decode("utf-8-sig"))))
    assert rows[0]["text"] == "20.05" and rows[4]["low"] == "31.0" and rows[5]["high"] == ""
    verdicts = list(csv.DictReader(io.StringIO(pack.read("verdicts.csv").decode("utf-8-sig"))))
    assert json.loads(verdicts[0]["readings"]) == ["r1", "r2", "r3", "r4"]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1 degrees", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\uff1d1", "=cmd|'/c'!A1"],
)
def test_cells_that_would_run_are_defused(cell: str) -> None:
    assert defused(cell).startswith("'")


@pytest.mark.parametrize("cell", ["31 dead", "a=b", "", "’tis", 'say "no"', "1998-11-17"])
def test_plain_cells_stay(cell: str) -> None:
    assert defused(cell) == cell


def test_the_same_edition_gives_the_same_bytes() -> None:
    for fmt in ("json", "csv", "geojson", "timelinejs", "webannotation", "ucdp"):
        assert made(fmt) == made(fmt)


def test_timeline_slides_are_attributed_and_vague_dates_are_spans() -> None:
    slides = {s["unique_id"]: s for s in json.loads(made("timelinejs", title="A <title>"))["events"]}
    assert slides["e2"]["start_date"] == {"year": 1998, "month": 11, "day": 17} and "end_date" not in slides["e2"]
    assert (
        slides["e6"]["end_date"] == {"year": 1998, "month": 11, "day": 30}
        and slides["e6"]["display_date"] == "about Nov 1998"
    )
    assert "Told by A, C, D, E" in slides["e2"]["text"]["text"]
    text = made("timelinejs", edition_sizes.hostile(), title="<script>").decode()
    assert "<script>" not in text


def test_years_before_our_era_and_parts_of_years_are_exported() -> None:
    tables = dict(edition_maker.small())
    days = ["1985-35", "-0328-24", "-0329-09-04", "1998-22"]
    events = [{**row, "date": day} for row, day in zip(tables["events"].to_pylist(), days, strict=False)]
    tables["events"] = pa.Table.from_pylist(events, tables["events"].schema)
    slides = json.loads(made("timelinejs", tables))["events"]
    assert [s["start_date"] for s in slides] == [
        {"year": -329, "month": 9, "day": 4}, {"year": -328, "month": 12, "day": 1},
        {"year": 1985, "month": 7, "day": 1}, {"year": 1998, "month": 6, "day": 1},
    ]  # fmt: skip
    assert [s["display_date"] for s in slides][1:] == ["winter 329–328 BC", "third quarter of 1985", "summer 1998"]
    rows = list(csv.DictReader(io.StringIO(made("ucdp", tables).decode("utf-8-sig"))))
    assert [(r["date_start"].lstrip("'"), r["date_end"].lstrip("'"), r["date_prec"]) for r in rows] == [
        ("1985-07-01", "1985-09-30", "5"), ("-0328-12-01", "-0327-02-28", "5"), ("-0329-09-04", "-0329-09-04", "1"),
        ("1998-06-01", "1998-08-31", "5"),
    ]  # fmt: skip


def test_geojson_draws_areas_as_areas() -> None:
    features = json.loads(made("geojson"))["features"]
    kinds = {f["properties"].get("place"): f["geometry"]["type"] for f in features if f["geometry"]}
    assert kinds["Port Asker"] == "Point" and kinds["Merrow Strait"] == "Polygon" and kinds["Gannet Bank"] == "Polygon"
    assert [f["id"] for f in features if f["geometry"] is None] == ["e6"]
    ring = next(f["geometry"]["coordinates"][0] for f in features if f["properties"].get("place") == "Merrow Strait")
    assert ring[0] == ring[-1] and abs(max(y for _, y in ring) - 57.8 - 25 / 111.2) < 0.01


def test_annotations_select_the_words() -> None:
    data = json.loads(made("webannotation"))
    items = data["first"]["items"]
    texts = {k: v[5] for k, v in edition_maker.TEXTS.items()}
    assert len(items) == sum(TABLES[n].num_rows for n in ("claims", "readings", "parallels"))
    for item in items:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            position, quoted = target["selector"]
            text = texts[target["source"].rsplit("/", 1)[1]]
            assert text[position["start"] : position["end"]] == quoted["exact"]
            assert text[: position["start"]].endswith(quoted["prefix"])


def ucdp(**options: Any) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(made("ucdp", **options).decode("utf-8-sig")))}


def test_ucdp_has_no_best_without_a_rule() -> None:
    row = ucdp()["e2"]
    assert (row["low"], row["best"], row["high"], row["best_rule"]) == ("27", "", "", "none named")
    assert row["date_prec"] == "1" and row["number_of_lineages"] == "3" and row["where_prec"] == "2"


@pytest.mark.parametrize(("rule", "best"), [("lowest", "27"), ("highest", "40"), ("median", "31"), ("latest", "")])
def test_ucdp_best_follows_the_named_rule(rule: str, best: str) -> None:
    row = ucdp(best=rule)["e2"]
    assert (row["best"], row["best_rule"]) == (best, rule)


CODEBOOK = list(csv.DictReader((Path(__file__).parent / "schemas" / "ucdp-codebook.csv").open(encoding="utf-8")))
"""What a cell of each column may hold, after the codebook of UCDP GED and docs/exports.md."""


@pytest.mark.parametrize("best", [None, *export.ucdp.RULES])
@pytest.mark.parametrize("tables", [TABLES, edition_sizes.hostile()], ids=["small", "hostile"])
def test_ucdp_rows_keep_to_the_codebook(tables: dict[str, pa.Table], best: str | None) -> None:
    options = {"best": best} if best else {}
    rows = list(csv.DictReader(io.StringIO(made("ucdp", tables, **options).decode("utf-8-sig"))))
    assert rows and {c["column"] for c in CODEBOOK} <= set(rows[0])
    for row in rows:
        for told in CODEBOOK:
            cell = row[told["column"]]
            if not cell:
                assert told["empty"] == "yes", (row["id"], told["column"])
            elif told["kind"] == "date":
                datetime.date.fromisoformat(cell)
            elif told["kind"] != "text":
                number = int(cell) if told["kind"] == "integer" else float(cell)
                assert float(told["low"] or "-inf") <= number <= float(told["high"] or "inf"), (row["id"], told)
        assert not row["date_start"] or not row["date_end"] or row["date_start"] <= row["date_end"]
        given = [float(row[x]) for x in ("low", "best", "high") if row[x]]
        assert given == sorted(given), row["id"]


def test_sqlite_opens_and_joins() -> None:
    base = sqlite3.connect(":memory:")
    base.deserialize(made("sqlite"))
    assert base.execute("SELECT count(*) FROM claims").fetchone()[0] == TABLES["claims"].num_rows
    assert base.execute("SELECT siglum, text FROM told WHERE event = 'e4'").fetchall() == [
        ("B", "the ferry sank in 46 metres of water")
    ]
    assert base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="it is one of json"):
        export.write(TABLES, "xls", io.BytesIO())
    with pytest.raises(ConfigError, match="no such option"):
        export.write(TABLES, "json", io.BytesIO(), {"best": "median"})
    with pytest.raises(ConfigError, match="lowest, highest, median, latest"):
        export.write(TABLES, "ucdp", io.BytesIO(), {"best": "true"})
    with pytest.raises(EditionError, match="cannot be written"):
        export.write(TABLES, "json", tmp_path / "no" / "such" / "folder.json")


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("1998-11-17T20:05", ("1998-11-17", "1998-11-17", 1)),
        ("1998-02", ("1998-02-01", "1998-02-28", 4)),
        ("198X", ("1980-01-01", "1989-12-31", 6)),
        ("1998-22", ("1998-06-01", "1998-08-31", 5)),
        ("1998/..", ("1998-01-01", None, 6)),
        ("1998-11-17~", ("1998-11-17", "1998-11-17", 1)),
    ],
)
def test_dates_become_spans(edtf: str, expected: tuple[str | None, str | None, int]) -> None:
    assert bounds(edtf) == expected


@pytest.mark.parametrize("edtf", [None, "", "XXXX-11-17", "1998-13-01", "1998-02-30", "0000-00", "soon/late", "../.."])
def test_what_is_no_date_stays_none(edtf: str | None) -> None:
    assert bounds(edtf) is None
