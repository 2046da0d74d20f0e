"""Seconds and memory of every export of an edition, each in a process of its own.

    python benchmarks/exports.py EDITION [--formats json,csv] [--skip pdf]

Seconds are of processor time (worker processes with it) and by the clock, from the opening of the tables to the end of
the file; memory is the most that the process held, what it held beyond the tables read, and the most that one worker
held.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

RUN = """
import json, resource, sys, time
from pathlib import Path
from variorum.bags import FORMATS
from variorum.edition import Edition
from variorum.export import write
opened = Edition(Path(sys.argv[1]))
clock, spent = time.perf_counter(), time.process_time()
tables = opened.tables()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
out = Path(sys.argv[3]) / ("out" + FORMATS[sys.argv[2]].ending)
write(tables, sys.argv[2], out, {}, opened.manifest, FORMATS)
most, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps([time.process_time() - spent + workers.ru_utime + workers.ru_stime, time.perf_counter() - clock,
    most.ru_maxrss / 1e3, (most.ru_maxrss - before) / 1e3, workers.ru_maxrss / 1e3, out.stat().st_size / 1e6]))
"""


def main() -> None:
    """Measures each format and prints a row of a table for it."""
    from variorum.bags import FORMATS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--skip", default="")
    given = parser.parse_args()
    print("| format | processor, s | clock, s | memory, MB | beyond the tables, MB | a worker, MB | file, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in given.formats.split(","):
        if name in given.skip.split(","):
            continue
        with tempfile.TemporaryDirectory() as folder:
            run = subprocess.run(
                [sys.executable, "-c", RUN, str(given.edition), name, folder], capture_output=True, text=True
            )
        if run.returncode:
            print(f"| {name} | {run.stderr.strip().splitlines()[-1][:100]} |", flush=True)
            continue
        spent, clock, most, more, worker, size = json.loads(run.stdout)
        cells = f"{spent:.1f} | {clock:.1f} | {most:.0f} | {more:.0f} | {worker:.0f} | {size:.1f}"
        print(f"| {name} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
