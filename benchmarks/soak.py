"""Kills a run at random moments: the old edition stays whole, and what comes of it in the end is the same.

    python benchmarks/soak.py [--documents 2000] [--kills 20] [--seed 1] [--folder FOLDER]

An edition of a tenth of the articles is the old one. Each time a run over all of them begins beside it and is killed
(SIGKILL, with its workers) at a moment drawn from the length of an undisturbed run. Then the old edition is verified
and compared byte by byte with what it was; the next run must finish, and give the bytes of the undisturbed run.
Prints one line for each kill, and at the end what was found; exit code 1 where anything was not so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from news_maker import collection  # noqa: E402
from variorum.edition import Edition  # noqa: E402
from variorum.edition.verify import verify  # noqa: E402


def state(folder: Path) -> str:
    """A hash of every file of an edition, by name."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def begun(accounts: Path, edition: Path) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    command = [sys.executable, "-m", "variorum.cli", "collate", str(accounts), "-o", str(edition), "--quiet"]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)


def finished(accounts: Path, edition: Path) -> float:
    """Seconds of a run that is let alone; raises where it fails."""
    start = time.perf_counter()
    if begun(accounts, edition).wait():
        raise SystemExit(f"a run over {accounts} failed")
    return time.perf_counter() - start


def killed(accounts: Path, edition: Path, after: float) -> str:
    """Begins a run and kills it; the step whose work was under way, as far as its folder tells."""
    process = begun(accounts, edition)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    work = edition.parent / f".{edition.name}.variorum"
    steps = len(list((work / "steps").glob("*"))) if (work / "steps").is_dir() else 0
    return "printing" if (work / "new").exists() else f"{steps} steps kept"


def main() -> None:
    """Runs, kills, compares, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    top = given.folder or Path(tempfile.mkdtemp(prefix="variorum-soak-"))
    top.mkdir(parents=True, exist_ok=True)
    rows = [json.dumps(article.row()) + "\n" for article in collection(given.documents).articles]
    few, all_ = top / "few.jsonl", top / "all.jsonl"
    few.write_text("".join(rows[: len(rows) // 10]), encoding="utf-8")
    all_.write_text("".join(rows), encoding="utf-8")
    finished(few, top / "old")
    length = finished(all_, top / "undisturbed")
    old, new = state(top / "old"), state(top / "undisturbed")
    print(f"{given.documents} articles, an undisturbed run of {length:.0f} s", flush=True)
    chance, wrong = random.Random(given.seed), 0
    for number in range(1, given.kills + 1):
        wrong += once(top, all_, chance.uniform(0.2, length), (old, new), number)
    print(f"{given.kills} kills, {wrong} of them with something wrong")
    if given.folder is None:
        shutil.rmtree(top)
    sys.exit(1 if wrong else 0)


def once(top: Path, accounts: Path, after: float, states: tuple[str, str], number: int) -> bool:
    """One kill and what comes after it; True where something was wrong."""
    edition = top / "edition"
    for name in ("{}", ".{}.variorum"):
        shutil.rmtree(top / name.format("edition"), ignore_errors=True)
        shutil.copytree(top / name.format("old"), top / name.format("edition"), symlinks=True)
    where = killed(accounts, edition, after)
    faults = list(verify(Edition(edition)))
    held = state(edition)
    seconds = finished(accounts, edition)
    end = state(edition)
    wrong = bool(faults) or held not in states or end != states[1]
    which = {states[0]: "the old edition is whole", states[1]: "the new edition is there"}
    print(
        f"{number:2}  killed after {after:5.1f} s ({where}): {which.get(held, 'THE EDITION IS NEITHER')}"
        f"{f', {len(faults)} FAULTS' if faults else ''}; the next run took {seconds:5.1f} s and gave "
        f"{'the same bytes' if end == states[1] else 'OTHER BYTES'}",
        flush=True,
    )
    return wrong


if __name__ == "__main__":
    main()
