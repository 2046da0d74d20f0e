"""From a folder of accounts to an edition, from a cold start: seconds, processor seconds and memory.

    python benchmarks/collate.py FOLDER [--runs 3]

Each run is a new process on one core that makes a new edition; then one with nothing changed, and one with an account
more.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def timed(accounts: Path, edition: Path) -> tuple[float, float]:
    """Wall and processor seconds of one run of ``variorum collate`` on one core."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "variorum.cli",
        "collate",
        str(accounts),
        "-o",
        str(edition),
        "--quiet",
        "--set",
        "processes=1",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1"})
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    rows: dict[str, list[tuple[float, float]]] = {"cold": [], "unchanged": [], "one more": []}
    for _ in range(given.runs):
        with tempfile.TemporaryDirectory() as top:
            accounts, edition = Path(top) / "accounts", Path(top) / "edition"
            shutil.copytree(given.folder, accounts)
            rows["cold"].append(timed(accounts, edition))
            rows["unchanged"].append(timed(accounts, edition))
            (accounts / "one-more.txt").write_text("On 17 November 1998 the ferry sank.\n", encoding="utf-8")
            rows["one more"].append(timed(accounts, edition))
    print(f"| run | seconds (median of {given.runs}) | processor seconds |\n| --- | --- | --- |")
    for name, listed in rows.items():
        print(
            f"| {name} | {statistics.median(w for w, _ in listed):.1f} "
            f"| {statistics.median(c for _, c in listed):.1f} |"
        )
    print(f"\nmost memory of one process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
