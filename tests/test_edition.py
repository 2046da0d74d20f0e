"""The edition: made whole or not at all, made once, made again only where something changed, and verified."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import variorum
from variorum.config import Config
from variorum.edition import Edition
from variorum.edition.collate import collate
from variorum.edition.run import Summary
from variorum.edition.staging import Staging
from variorum.edition.verify import verify
from variorum.errors import EditionError, InputError
from variorum.records import TABLES, Claim, Verdict

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
    with Staging(tmp_path / "e"), pytest.raises(EditionError, match=f"process {os.getpid()}"):
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


def begun(accounts: Path, target: Path, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "variorum.cli", "collate", str(accounts), "-o", str(target), *more]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_second_run_beside_the_first_says_who_holds_it(folder: Path, tmp_path: Path) -> None:
    with Staging(tmp_path / "e"):
        second = begun(folder, tmp_path / "e")
        _, said = second.communicate(timeout=60)
    assert second.returncode == 3
    assert f"another run is making it (process {os.getpid()})" in said
    assert "Traceback" not in said
    assert collate(folder, tmp_path / "e", ONE).witnesses().num_rows == 3


def test_the_lock_of_a_killed_run_holds_nobody(folder: Path, tmp_path: Path) -> None:
    code = f"import time; from variorum.edition.staging import Staging; w = Staging(__import__('pathlib').Path({str(tmp_path / 'e')!r}))\nwith w: print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline().strip() == "held"
    holder.kill()
    holder.wait()
    with Staging(tmp_path / "e"):
        pass


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two and a half megabytes; skipped where nobody may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3000k", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("no right to mount a small file system")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_a_sentence_and_the_old_edition_stays(folder: Path, small_disk: Path) -> None:
    made = collate(folder, small_disk / "e", ONE)
    old = state(made.folder)
    more = folder.parent / "more"
    more.mkdir()
    for n in range(40):
        (more / f"{n}.txt").write_text(f"{n + 20} people died when ferry {n} sank on 17 November 1998. " * 40)
    run = begun(more, small_disk / "e", "--set", "processes=1")
    out, said = run.communicate(timeout=120)
    assert run.returncode == 3, said
    assert "could not be written" in said and "make room and run again" in said
    assert "Traceback" not in said and not out
    assert state(made.folder) == old
    assert list(verify(made)) == []
    assert collate(folder, small_disk / "e", ONE).witnesses().num_rows == 3


def test_a_folder_that_may_only_be_read_is_a_sentence(folder: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(EditionError, match="cannot be written there"):
        collate(folder, small_disk / "e", ONE)


def test_a_file_limit_is_a_sentence_and_the_old_edition_stays(edition: Edition, folder: Path, tmp_path: Path) -> None:
    """The same as a full disk where nobody may mount: files may not grow beyond some kilobytes."""
    shutil.copytree(edition.folder, tmp_path / "e")
    old = state(tmp_path / "e")
    (tmp_path / "more.txt").write_text("Forty people died when the ferry sank on 17 November 1998. " * 90)
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); from variorum.cli import main; main()"
    args = ["collate", str(folder), str(tmp_path / "more.txt"), "-o", str(tmp_path / "e"), "--set", "processes=1"]
    run = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=120)
    assert run.returncode == 3, run.stderr
    assert "could not be written" in run.stderr and "Traceback" not in run.stderr
    assert state(tmp_path / "e") == old


def test_an_account_that_is_gone_is_gone_from_the_edition(tmp_path: Path) -> None:
    accounts = tmp_path / "accounts"
    accounts.mkdir()
    for name, text in ACCOUNTS.items():
        (accounts / name).write_text(text, encoding="utf-8")
    collate(accounts, tmp_path / "e", ONE)
    (accounts / "islander.txt").unlink()
    summary = Summary()
    assert collate(accounts, tmp_path / "e", ONE, summary=summary).witnesses().num_rows == 2
    assert summary.annotated == 0
    shutil.rmtree(accounts)
    with pytest.raises(InputError, match="no such file"):
        collate(accounts, tmp_path / "e", ONE)
    assert list(verify(Edition(tmp_path / "e"))) == []


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
    shop = Staging(made.folder)
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
        "import variorum, variorum.annotate, variorum.edition.collate",
        "from variorum.annotate import Annotation",
        "from variorum.trace import trace",
        "assert all(callable(getattr(variorum, verb)) for verb in ('collate', 'annotate', 'trace', 'Edition', 'Config'))",
        "assert variorum.trace is trace",
    ]
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True)


@pytest.mark.slow
def test_a_short_soak() -> None:
    """Three kills at random moments of a run over thirty articles; `benchmarks/soak.py` does it with 2,000 and twenty."""
    soak = Path(__file__).parents[1] / "benchmarks" / "soak.py"
    command = [sys.executable, str(soak), "--documents", "30", "--kills", "3"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "3 kills, 0 of them with something wrong" in run.stdout


def test_a_step_that_breaks_off_takes_nothing_away(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(engine: object) -> None:
        raise ValueError("no string to tie with")

    monkeypatch.setattr("variorum.sentences.run", broken)
    summary = Summary()
    made = collate(folder, tmp_path / "edition", ONE, summary=summary)
    assert made.sentences().num_rows == 7 and not any(made.sentences()["words"].to_pylist())
    assert any("the step sentences broke off" in problem.message for problem in summary.problems)
    assert not made.manifest["whole"]
