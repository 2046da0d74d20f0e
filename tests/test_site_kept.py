"""Pages kept from one run to the next: the site is the same, byte for byte, as one that is made at once."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

import edition_maker
import edition_sizes
from variorum import records as r
from variorum import site
from variorum.config import Config
from variorum.export import csv_tables, json_tables
from variorum.site.downloads import write
from variorum.site.keeping import Kept, Shelf
from variorum.site.noting import WHOLE, Lazy, Notes, digest
from variorum.site.render import as_script
from variorum.site.workers import ALL

ABOUT = {"title": "Maid of Asker", "edition": "3f9c1e"}
Tables = dict[str, pa.Table]


class Runs:
    """Makes one site after the other, each with what was kept of those before."""

    def __init__(self, top: Path, key: str = "program") -> None:
        self.top, self.key, self.number = top, key, 0

    def run(self, tables: Tables, about: dict[str, str] | None = None, config: Config | None = None) -> Path:
        former, new = self.top / str(self.number), self.top / str(self.number + 1)
        kept = Kept(self.top / "kept", former, self.key)
        assert site.publish(tables, new, about or ABOUT, config or Config(processes=1), kept=kept) == []
        self.number += 1
        return new

    def at_once(self, tables: Tables, about: dict[str, str] | None = None, config: Config | None = None) -> Path:
        folder = self.top / f"once-{self.number}"
        assert site.publish(tables, folder, about or ABOUT, config or Config(processes=1)) == []
        return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def taken(new: Path, former: Path, kind: str) -> float:
    """The share of pages of a kind that are the former edition's own files."""
    pages = list((new / kind).glob("*.html"))
    same = [p for p in pages if (former / kind / p.name).exists() and p.samefile(former / kind / p.name)]
    return len(same) / len(pages)


def same(runs: Runs, tables: Tables, about: dict[str, str] | None = None, config: Config | None = None) -> None:
    assert files(runs.run(tables, about, config)) == files(runs.at_once(tables, about, config))


@pytest.mark.parametrize("tables", [edition_maker.small(), edition_sizes.hostile()], ids=["small", "hostile"])
def test_a_second_run_takes_all_pages_over_and_gives_the_same_site(tables: Tables, tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    first = files(runs.run(tables))
    new = runs.run(tables, ABOUT | {"edition": "9a7b"})
    assert files(new) == files(runs.at_once(tables, ABOUT | {"edition": "9a7b"}))
    assert first.keys() == files(new).keys()
    assert [taken(new, tmp_path / "1", kind) for kind in ("events", "witnesses", "parallels")] == [1, 1, 1]


def changed(tables: Tables, chance: random.Random) -> Iterator[Tables]:
    """The tables with one thing otherwise in one of them: a row gone, or a cell changed."""
    for name, data in tables.items():
        rows = data.to_pylist()
        if not rows:
            continue
        yield tables | {name: pa.Table.from_pylist(rows[: len(rows) // 2] + rows[len(rows) // 2 + 1 :], data.schema)}
        field, n = chance.choice(list(data.schema)), chance.randrange(len(rows))
        cell = _other(rows[n][field.name], field.type)
        altered = [row | {field.name: cell} if k == n else row for k, row in enumerate(rows)]
        yield tables | {name: pa.Table.from_pylist(altered, data.schema)}


def _other(cell: object, kind: pa.DataType) -> object:
    if pa.types.is_boolean(kind):
        return not cell
    if pa.types.is_integer(kind):
        return (cell or 0) + 1  # type: ignore[operator]
    if pa.types.is_floating(kind):
        return (cell or 0.0) + 0.5  # type: ignore[operator]
    if pa.types.is_string(kind):
        return f"{cell or ''}x"
    return list(cell or [])[1:]  # type: ignore[call-overload]


def test_whatever_changes_in_a_table_nothing_stale_remains(tmp_path: Path) -> None:
    """Each site is made after the one before it, whose tables differ in another place."""
    tables = edition_maker.small()
    tasks = [(name, ALL) for name in ("witness", "events", "pairs", "disagreements", "chronology", "matrix", "tolls")]
    left = 0
    for number, other in enumerate([tables, *changed(tables, random.Random(7))]):
        new, once = tmp_path / str(number), tmp_path / f"once-{number}"
        kept = Kept(tmp_path / "kept", tmp_path / str(number - 1), "program")
        render, plain = (site.prepared(other, f, ABOUT, Config(), k) for f, k in ((new, kept), (once, None)))
        assert [site.printed(render, task) for task in tasks] == [site.printed(plain, task) for task in tasks]
        assert files(new) == files(once)
        left += number > 0 and taken(new, tmp_path / str(number - 1), "events") > 0
    assert 3 * left > number  # or else nothing was put to the test


def test_title_language_and_program_change_every_page(tmp_path: Path) -> None:
    tables = edition_maker.small()
    runs = Runs(tmp_path)
    runs.run(tables)
    same(runs, tables, {"title": "Two ships", "edition": "3f9c1e"})
    same(runs, tables, config=Config(processes=1, interface="fr"))
    same(runs, tables)
    runs.key = "another program"
    new = runs.run(tables)
    assert taken(new, tmp_path / str(runs.number - 1), "events") == 0


def test_a_page_or_a_piece_that_was_changed_on_the_disk_is_made_anew(tmp_path: Path) -> None:
    tables = edition_maker.small()
    runs = Runs(tmp_path)
    first = runs.run(tables)
    page = next(iter((first / "events").glob("*.html")))
    page.write_text("scribbled over")
    next(iter((first / "witnesses").glob("*.html"))).unlink()
    same(runs, tables)
    for kept in (tmp_path / "kept").glob("*.pieces"):
        kept.write_bytes(kept.read_bytes()[:-3] + b"xyz")
    same(runs, tables)
    for kept in (tmp_path / "kept").glob("*.pieces"):
        kept.write_bytes(b"")
    same(runs, tables)


def test_a_run_that_was_ended_halfway_leaves_nothing_that_is_believed(tmp_path: Path) -> None:
    """Pieces that a killed run kept speak of pages that were never published."""
    tables, other = edition_maker.small(), edition_maker.small()
    other["witnesses"] = pa.Table.from_pylist(
        [row | {"title": f"{row['title']} again"} for row in other["witnesses"].to_pylist()], other["witnesses"].schema
    )
    runs = Runs(tmp_path)
    runs.run(tables)
    site.publish(
        other, tmp_path / "killed", ABOUT, Config(processes=1), kept=Kept(tmp_path / "kept", tmp_path / "1", "program")
    )
    same(runs, other)


def test_an_account_more_leaves_most_pages_as_they_are(tmp_path: Path) -> None:
    many = edition_sizes.large(44, 60)
    keys = many["witnesses"]["witness"].to_pylist()
    less = keys[:14] + keys[15:]
    fewer = {
        name: data.filter(pa.compute.is_in(data["witness"], pa.array(less))) if "witness" in data.column_names else data
        for name, data in many.items()
    }
    runs = Runs(tmp_path)
    before = runs.run(fewer)
    new = runs.run(many)
    assert files(new) == files(runs.at_once(many))
    assert taken(new, before, "events") > 0.4


def test_what_is_read_is_noted_by_key_or_as_a_whole() -> None:
    class Held:
        def __init__(self) -> None:
            self.told = {"a": [1], "b": [2]}
            self.some = {"x"}
            self.number = 3

        def first(self, key: str) -> object:
            return self.told.get(key)

    Held.__module__ = "variorum.held"
    notes = Notes()
    held = notes.root("held", Held())
    notes.begin()
    assert held.first("a") == [1] and "x" in held.some and held.number == 3 and list(held.told) == ["a", "b"]
    read = notes.end()
    assert read == {"held.told": [WHOLE, "a"], "held.number": [WHOLE], "held.some": ["x"]}
    assert held.first("b") == [2] and notes.end() == {}


def test_digests_tell_values_apart() -> None:
    claim = r.Claim("a", 0, 4, "sank", "a.c1", "accident", "sank")
    values = [None, 0, False, "", (), [], {}, {"a": 1}, {"a": 2}, {"a"}, claim, [claim], "\ud800", 1.0, float("nan")]
    assert len({digest(value) for value in values}) == len(values) - 0
    assert digest(Lazy(len)) == digest({})


def test_an_object_is_not_taken_for_one_that_was_let_go() -> None:
    """Several tasks of one process work out the same index; an id of one that is gone may come back as another's."""
    notes = Notes()
    for _ in range(3):
        only = notes.root("only", {"A": ["Hale"]})
    others = [{"A": ("claim", n)} for n in range(200)]
    notes.root("told", others[0])
    assert all(notes.over(f"told.{n}", one)["A"] == ("claim", n) for n, one in enumerate(others))
    assert notes.root("only", {"A": ["Hale"]})["A"] == only["A"] == ["Hale"]


@pytest.mark.parametrize("rows", [0, 1, 700])
def test_a_table_put_together_from_parts_is_the_text_that_the_exports_write(rows: int, tmp_path: Path) -> None:
    said = ["=1+1", 'a "b", c', "line\nline", "é", "", "-5 degrees"]
    table = pa.table(
        {
            "key": pa.array([f"k{n // 3}" for n in range(rows)], pa.string()),
            "said": pa.array([said[n % 6] for n in range(rows)], pa.string()),
            "size": pa.array([float("inf") if n % 50 == 7 else n / 3 for n in range(rows)], pa.float64()),
            "many": pa.array([[n, n + 1] for n in range(rows)], pa.list_(pa.int64())),
        }
    )
    fewer = table.filter(pa.compute.not_equal(table["key"], "k100"))
    for number, data in enumerate([table, fewer, table], 1):
        folder = tmp_path / str(number) / "tables"
        folder.mkdir(parents=True)
        shelf = Shelf(Kept(tmp_path / "kept", tmp_path / str(number - 1), "program"), "tables", Notes(), "")
        write(folder, "t", data, shelf)
        shelf.save()
        out = io.BytesIO()
        csv_tables.write_table(data, out)
        assert (folder / "t.csv").read_bytes() == out.getvalue()
        out = io.BytesIO()
        json_tables.write({"t": data}, out, {})
        assert (folder / "t.json").read_bytes() == b"[" + out.getvalue().split(b'"t": [', 1)[1].removesuffix(
            b"]\n}}\n"
        ) + b"\n]\n"
    copied = shelf.left("t.csv")[1] if rows else []
    assert rows < 700 or len(copied) > 3


def test_rows_of_lists_and_pictures_are_taken_over(tmp_path: Path) -> None:
    tables = edition_maker.small()
    tasks = [(name, ALL) for name in ("names", "stemma", "parallels", "pictures")]
    made = []
    for number in (1, 2):
        kept = Kept(tmp_path / "kept", tmp_path / str(number - 1), "program")
        render = site.prepared(tables, tmp_path / str(number), ABOUT, Config(), kept)
        made.append([])
        for task in tasks:
            with render.keeping(f"{task[0]}-0"):
                site.PAGES[task[0]](render)
                assert render.shelf is not None
                made[-1].append(render.shelf.made)
    assert all(made[0]) and not any(made[1])
    assert files(tmp_path / "1") == files(tmp_path / "2")


def test_odd_characters_and_numbers_in_data_for_scripts_are_replaced() -> None:
    odd = {"a": "x\x00\x7f\ud800\x85y", "b": [float("nan"), 1.5, None], "c": ("\U0001f6a2", "</script>\u2028")}
    said = as_script("t", odd)
    assert said.endswith(
        '{"a":"x\ufffd\ufffd\ufffd y","b":[null,1.5,null],"c":["\\ud83d\\udea2","\\u003c/script\\u003e\\u2028"]};'.replace(
            "\ufffd", "\\ufffd"
        )
    )
    assert as_script("t", {"a": "plain é"}).endswith('{"a":"plain \\u00e9"};')
