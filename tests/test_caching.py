"""What functions made of rows is kept by key: new rows only are worked on, and a run that is killed loses little."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from variorum.edition.staging import Staging
from variorum.engine.caching import CachingEngine
from variorum.engine.duckdb import DuckEngine

ROWS = pa.schema([("key", pa.string()), ("n", pa.int64())])
CALLS: list[str] = []


def doubled(batch: pa.Table) -> pa.Table:
    """Each number twice; of a number below zero no row comes."""
    CALLS.extend(batch["key"].to_pylist())
    made = [row for row in batch.to_pylist() for _ in range(2) if row["n"] >= 0]
    return pa.Table.from_pylist(made, ROWS)


def broken_at_three(batch: pa.Table) -> pa.Table:
    if "c" in batch["key"].to_pylist():
        raise ValueError("the third row")
    return doubled(batch)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Staging]:
    CALLS.clear()
    with Staging(tmp_path / "edition") as made:
        yield made


def mapped(shop: Staging, rows: dict[str, int], version: str = "1", function=doubled) -> list[int]:
    engine = CachingEngine(DuckEngine(processes=1), shop)
    engine.begin("step", version)
    engine.put("rows", pa.table({"key": list(rows), "n": list(rows.values())}, ROWS))
    engine.map("made", function, "rows", ROWS, keyed=True)
    return engine.get("made")["n"].to_pylist()


def test_only_new_rows_are_worked_on(shop: Staging) -> None:
    assert mapped(shop, {"a": 1, "b": 2}) == [1, 1, 2, 2]
    assert mapped(shop, {"b": 2, "c": 3}) == [2, 2, 3, 3]
    assert CALLS == ["a", "b", "c"]


def test_a_row_of_which_nothing_came_is_not_tried_again(shop: Staging) -> None:
    assert mapped(shop, {"a": -1}) == mapped(shop, {"a": -1}) == []
    assert CALLS == ["a"]


def test_another_version_of_the_step_begins_anew_and_forgets(shop: Staging) -> None:
    mapped(shop, {"a": 1})
    mapped(shop, {"a": 1}, version="2")
    assert CALLS == ["a", "a"]
    assert shop.known("step made", ["1 a", "2 a"]).keys() == {"2 a"}


def test_what_was_done_before_it_broke_off_is_there(shop: Staging, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.engine.duckdb.LEAST_ROWS", 1)  # a batch for each
    with pytest.raises(ValueError, match="third"):
        mapped(shop, {"a": 1, "b": 2, "c": 3}, function=broken_at_three)
    CALLS.clear()
    assert mapped(shop, {"a": 1, "b": 2, "c": 3}) == [1, 1, 2, 2, 3, 3]
    assert CALLS == ["c"]


def test_equal_rows_are_worked_on_once(shop: Staging) -> None:
    engine = CachingEngine(DuckEngine(processes=1), shop)
    engine.begin("step", "1")
    engine.put("rows", pa.table({"key": ["a", "a"], "n": [1, 1]}, ROWS))
    engine.map("made", doubled, "rows", ROWS, keyed=True)
    assert set(CALLS) == {"a"}
    assert engine.new == 1


def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path) -> None:
    folder = tmp_path / ".edition.variorum"
    folder.mkdir()
    (folder / "kept.sqlite").write_bytes(b"no database" * 100)
    with Staging(tmp_path / "edition") as shop:
        assert mapped(shop, {"a": 1}) == [1, 1]


def test_what_is_damaged_is_made_again(shop: Staging) -> None:
    mapped(shop, {"a": 1})
    with shop._database() as database:
        database.execute("UPDATE kept SET made = ?", (b"damaged",))
    assert mapped(shop, {"a": 1}) == [1, 1]
    assert CALLS == ["a", "a"]
