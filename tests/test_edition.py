"""The edition: made whole or not at all, made once, made again only where something changed, and verified."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import variorum
from variorum.collate import Summary, collate
from variorum.config import Config
from variorum.edition import Edition
from variorum.errors import EditionError
from variorum.records import TABLES, Claim, Verdict
from variorum.verify import verify
from variorum.workshop import Workshop

ONE = Config(processes=1)
ACCOUNTS = {
    "operator.txt": "On 17 November 1998 the ferry sank in the strait. 31 people died and nine are missing, the operator said.",
    "survivors.txt": "On 17 November 1998 the ferry sank in the strait. Forty people died. The search ended on 20 November 1998.",
    "islander.txt": "At least 34 people died when the ferry sank on 17 November 1998. Fourteen boats joined the search.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("accounts")
    for name, text in ACCOUNTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def edition(folder: Path) -> Edition:
    return collate(folder, folder.parent / "edition", ONE)


def state(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_table_is_there_with_its_schema(edition: Edition) -> None:
    for name, kind in TABLES.items():
        assert edition.table(name).schema.equals(kind.schema()), name
    assert edition.witnesses().num_rows == 3
    assert edition.records(Claim)


def test_no_step_broke_off(edition: Edition) -> None:
    assert edition.problems().to_pylist() == []


def test_every_span_hash_and_reference_is_right(edition: Edition) -> None:
    assert list(verify(edition)) == []


def test_verify_sees_a_changed_table(folder: Path, tmp_path: Path) -> None:
    made = collate(folder, tmp_path / "e", ONE)
    path = made.folder / "tables" / "sentences.parquet"
    data = pq.read_table(path)
    wrong = data.set_column(data.schema.get_field_index("end"), "end", [[n + 1 for n in data["end"].to_pylist()]])
    pq.write_table(wrong, path)
    faults = list(verify(Edition(made.folder)))
    assert any("hash differs" in fault for fault in faults)
    assert any("other words" in fault or "outside" in fault for fault in faults)


def test_nothing_changed_is_told_and_nothing_is_done(folder: Path, edition: Edition) -> None:
    before = {p: p.stat().st_mtime_ns for p in edition.folder.rglob("*")}
    summary = Summary()
    collate(folder, edition.folder, ONE, summary=summary)
    assert summary.unchanged
    assert {p: p.stat().st_mtime_ns for p in edition.folder.rglob("*")} == before


def test_the_same_accounts_give_the_same_bytes(folder: Path, edition: Edition, tmp_path: Path) -> None:
    other = collate(folder, tmp_path / "elsewhere", ONE)
    assert state(other.folder) == state(edition.folder)


def test_one_account_more_annotates_only_that_one(tmp_path: Path) -> None:
    accounts = tmp_path / "accounts"
    accounts.mkdir()
    for name, text in ACCOUNTS.items():
        (accounts / name).write_text(text, encoding="utf-8")
    collate(accounts, tmp_path / "e", ONE)
    (accounts / "late.txt").write_text("The ferry sank on 17 November 1998; 40 people died.", encoding="utf-8")
    summary = Summary()
    made = collate(accounts, tmp_path / "e", ONE, summary=summary)
    assert (summary.annotated, made.witnesses().num_rows) == (1, 4)
    fresh = collate(accounts, tmp_path / "fresh", ONE)
    assert state(fresh.folder) == state(made.folder)


def test_two_runs_at_once_the_second_is_told_who_holds_it(folder: Path, tmp_path: Path) -> None:
    with Workshop(tmp_path / "e"), pytest.raises(EditionError, match=f"process {os.getpid()}"):
        collate(folder, tmp_path / "e", ONE)


def test_a_folder_that_is_no_edition_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "letter.txt").write_text("mine")
    with pytest.raises(EditionError, match="is no edition"):
        collate(folder, tmp_path / "e", ONE)
    assert (tmp_path / "e" / "letter.txt").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(EditionError, match="cannot be written"):
        collate(folder, blocked / "e", ONE)


@pytest.mark.slow
def test_a_killed_run_leaves_the_old_edition_whole(tmp_path: Path) -> None:
    accounts, target = tmp_path / "accounts", tmp_path / "e"
    accounts.mkdir()
    for name, text in ACCOUNTS.items():
        (accounts / name).write_text(text, encoding="utf-8")
    collate(accounts, target, ONE)
    old = state(target)
    for n in range(6):
        (accounts / f"more{n}.txt").write_text(
            f"{n + 20} people died when the ferry sank on 17 November 1998.", encoding="utf-8"
        )
    command = [sys.executable, "-m", "variorum.cli", "collate", str(accounts), "-o", str(target), "--quiet"]
    for delay in (0.3, 1.0, 1.7, 2.4):
        process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert list(verify(Edition(target))) == []
        assert Edition(target).manifest["rows"]["witnesses"] in (3, 9)
        if Edition(target).manifest["rows"]["witnesses"] == 3:
            assert state(target) == old
    collate(accounts, target, ONE)
    undisturbed = collate(accounts, tmp_path / "undisturbed", ONE)
    assert state(target) == state(undisturbed.folder)


def test_the_old_edition_comes_back_when_a_run_died_between_two_moves(folder: Path, tmp_path: Path) -> None:
    made = collate(folder, tmp_path / "e", ONE)
    old = state(made.folder)
    shop = Workshop(made.folder)
    os.replace(made.folder, shop.folder / "old")
    with shop:
        assert state(made.folder) == old


def test_an_edition_opens_from_python(edition: Edition) -> None:
    opened = variorum.Edition(edition.folder)
    assert opened.verdicts().num_rows == len(opened.records(Verdict))
    assert opened.events().to_pandas() is not None
    with pytest.raises(EditionError, match="no such table"):
        opened.table("nonsense")
    with pytest.raises(AttributeError):
        _ = opened.nonsense


def test_the_manifest_names_no_clock_and_no_path(edition: Edition, folder: Path) -> None:
    text = json.dumps(edition.manifest)
    assert str(folder.parent) not in text
    assert str(folder.parent).encode() not in b"".join(state(edition.folder).values())


def test_the_verbs_stay_functions_whatever_was_loaded_before() -> None:
    """In a new process, so that nothing else decides the order in which modules are loaded."""
    lines = [
        "import variorum, variorum.annotate, variorum.collate",
        "from variorum.annotate import Annotation",
        "from variorum.trace import trace",
        "assert all(callable(getattr(variorum, verb)) for verb in ('collate', 'annotate', 'trace', 'Edition', 'Config'))",
        "assert variorum.trace is trace",
    ]
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True)
