"""The gazetteer: keys, the file, building, gazetteers of one's own. Small made tables; no package data."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from variorum import gazetteer
from variorum.errors import InputError
from variorum.gazetteer import Entry, Gazetteer, fold, kind_bit
from variorum.gazetteer.divisions import Told, Town, area_of, divisions
from variorum.gazetteer.outlines import centre, middle_of_ring
from variorum.gazetteer.own import take_in
from variorum.gazetteer.store import Store, write_store
from variorum.lists import rows

HALE = Entry(1, "Hale", "town", 10.0, 20.0, "AA", "AA.1", 9_000)
ASKER = Entry(2, "Asker", "country", 11.0, 21.0, "AA", "AA", 90_000, 300.0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    path = tmp_path / "made.sqlite"
    write_store(path, [HALE, ASKER], {"hale": [1], "asker": [2], "haleton": [1]})
    return Store(path)


def test_find_and_entry(store: Store) -> None:
    finding = store.find("hale")
    assert finding is not None and finding.numbers == (1,) and finding.population == 9_000
    assert finding.kinds == kind_bit("town")
    assert store.entry(1) == HALE
    assert store.find("merrow") is None
    assert store.head("AA") == ASKER and store.head("BB") is None
    assert store.find("haleton") == finding


def test_read_only(store: Store) -> None:
    import sqlite3

    with pytest.raises(sqlite3.OperationalError):
        store._base.execute("DELETE FROM names")


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_text("nonsense")
    with pytest.raises(InputError, match="is not a gazetteer"):
        Store(path)


def test_writers_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "made.sqlite"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: write_store(path, [HALE], {"hale": [1]}), range(12)))
    assert Store(path).entry(1) == HALE
    assert [p.name for p in tmp_path.iterdir()] == ["made.sqlite"]


def test_several_gazetteers_are_asked_as_one(tmp_path: Path, store: Store) -> None:
    write_store(tmp_path / "own.sqlite", [Entry(1, "Hale", "village", 1.0, 2.0, "BB", "BB")], {"hale": [1]})
    both = Gazetteer([Store(tmp_path / "own.sqlite"), store])
    finding = both.find("hale")
    assert finding is not None
    assert [both.entry(n).country for n in finding.numbers] == ["BB", "AA"]
    assert both.find("asker") is not None and both.find("merrow") is None


@pytest.mark.parametrize(
    ("name", "key"),
    [("Saint-Élan", "st elan"), ("N'Askar", "naskar"), ("Łódka", "lodka"), ("  Old   Hale ", "old hale"), ("İşkar", "iskar"),
     ("Port\xa0Asker", "port asker"), ("", ""), ("Hale & Merrow", "hale and merrow")],
)  # fmt: skip
def test_fold(name: str, key: str) -> None:
    assert fold(name) == key


def test_division_takes_its_code_from_its_seat_and_its_area_from_its_towns() -> None:
    towns = [
        Town(1, "Hale", 10.0, 20.0, "AA", "07", 900, (), keys=["hale"]),
        Town(2, "Merrow", 12.0, 20.0, "AA", "07", 90_000, (), keys=["merrow"]),
        Town(3, "Tolven", 50.0, 20.0, "AA", "08", 900, (), keys=["tolven"]),
    ]  # fmt: skip
    table = [Told("AA", "Haleland", "Hale", "Halia"), Told("AA", "Merrowshire", "Merrow")]
    found = divisions(towns, table, {"AA": ["Tolven", "Halia"]})
    assert [(d.name, d.code, d.first) for d in found] == [
        ("Haleland", "07", True), ("Merrowshire", "07", False), ("Tolven", "08", True),
    ]  # fmt: skip
    assert (found[0].lat, found[0].lon) == (11.0, 20.0)
    assert found[0].alternates == ("Halia",)


def test_areas_across_the_date_line() -> None:
    lat, lon, radius = area_of([(0.0, 179.0), (0.0, -179.0)])
    assert abs(abs(lon) - 180) < 0.01 and lat == 0.0 and radius < 200


def test_middle_of_the_largest_piece() -> None:
    square = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    islet = [[50, 50], [51, 50], [51, 51], [50, 51], [50, 50]]
    shape = {"features": [{"geometry": {"type": "MultiPolygon", "coordinates": [[islet], [square]]}}]}
    assert centre({"geoJSON": shape}) == (2.0, 2.0)
    assert centre({"geoJSON": shape, "latlng": [4, 3]}) == (3.0, 2.5)
    assert centre({"latlng": [7, 8]}) == (7.0, 8.0)
    assert centre({}) is None
    assert middle_of_ring([[0, 0], [1, 1], [0, 0]]) is None


def lookup(name: str) -> tuple[str, str] | None:
    return {"teverin": ("TV", "TV")}.get(name.lower())


def test_own_table(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text(
        "name,kind,lat,lon,within,alternates,radius_km\n"
        "Asker District,district,10.5,20.5,Teverin,Askar;Asqar,40\nMerrow,village,10.6,20.4,Asker District,,\n"
    )
    path, count = take_in(table, tmp_path / "kept", lookup)
    store = Store(path)
    assert count == 2
    finding = store.find("asqar")
    assert finding is not None and store.entry(finding.numbers[0]).radius_km == 40.0
    merrow = store.find("merrow")
    assert merrow is not None and store.entry(merrow.numbers[0]).country == "TV"


def test_dump(tmp_path: Path) -> None:
    cells = ["77", "Merrow", "Merrow", "Merou,мероу,MRW", "10.5", "20.5", "P", "PPL", "TV", "", "03"] + [""] * 3
    cells += ["800", "", "", "Europe/Oslo", "2020-01-01"]
    (tmp_path / "TV.txt").write_text("\t".join(cells) + "\n")
    path, count = take_in(tmp_path / "TV.txt", tmp_path / "kept", lookup)
    finding = Store(path).find("merou")
    assert count == 1 and finding is not None
    entry = Store(path).entry(finding.numbers[0])
    assert (entry.kind, entry.division, entry.geonames_id) == ("village", "TV.03", 77)


@pytest.mark.parametrize(
    ("content", "says"),
    [("title,lat\nHale,1\n", "no column 'name'"), ("name,lat\nHale,north\n", "line 2: lat 'north' is not a number"),
     ("name,kind\nHale,planet\n", "line 2: kind 'planet' is not known"), ("name,lat\nHale,91\n", "at most 90"),
     ("name\n,\n", "line 2: has no name"), ("name\n", "has no places"), ("name,lon\nHale,nan\n", "is not a number")],
)  # fmt: skip
def test_bad_tables_are_told_with_their_line(tmp_path: Path, content: str, says: str) -> None:
    table = tmp_path / "places.csv"
    table.write_text(content)
    with pytest.raises(InputError, match=says):
        take_in(table, tmp_path / "kept", lookup)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(b"name\n\xff\xfe\x00\n")
    with pytest.raises(InputError, match="cannot be read"):
        take_in(tmp_path / "bad.csv", tmp_path / "kept", lookup)


def test_add_list_remove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_CACHE", str(tmp_path))
    write_store(tmp_path / f"gazetteer-{gazetteer.VERSION}.sqlite", [HALE, ASKER], {"hale": [1], "asker": [2]})
    (tmp_path / "mine.csv").write_text("name,kind,lat,lon,within\nMerrow,village,10.2,20.2,Asker\n")
    assert gazetteer.add(tmp_path / "mine.csv") == 1
    assert gazetteer.listed() == ["mine"]
    finding = gazetteer.open_gazetteer().find("merrow")
    assert finding is not None and gazetteer.open_gazetteer().entry(finding.numbers[0]).country == "AA"
    gazetteer.remove("mine")
    assert gazetteer.listed() == [] and gazetteer.open_gazetteer().find("merrow") is None
    with pytest.raises(InputError, match="none of that name"):
        gazetteer.remove("mine")


def test_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("VARIORUM_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert gazetteer.cache_folder() == tmp_path / "variorum"
    monkeypatch.setenv("VARIORUM_CACHE", str(tmp_path / "own"))
    assert gazetteer.cache_folder() == tmp_path / "own"


@pytest.mark.parametrize("name", ["provinces", "regions", "country_names", "abbreviations"])
def test_own_tables_are_whole(name: str) -> None:
    found = rows(name)
    assert len(found) > 50
    assert all(None not in row for row in found), "a row has more cells than the header"
    keys = [json.dumps(row, sort_keys=True) for row in found]
    assert len(keys) == len(set(keys)), "a row stands twice"


def test_regions_lie_on_the_globe() -> None:
    for row in rows("regions"):
        assert abs(float(row["lat"])) <= 90 and abs(float(row["lon"])) <= 180 and float(row["radius_km"]) > 0
        assert row["kind"] in gazetteer.KINDS


def test_a_cache_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VARIORUM_CACHE", str(tmp_path / "file"))
    with pytest.raises(InputError, match="cannot be built here"):
        gazetteer.ensure()


def test_the_second_to_come_does_not_build_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built = []

    def build(path: Path, progress: object) -> None:
        built.append(path)
        write_store(path, [HALE], {"hale": [1]})

    monkeypatch.setenv("VARIORUM_CACHE", str(tmp_path))
    monkeypatch.setattr(gazetteer, "build", build)
    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(lambda _: gazetteer.ensure(), range(3)))) == 1
    assert len(built) == 1
