"""Hostile input: every target for some minutes without a crash or a hang.

    python benchmarks/fuzz.py TARGET... [--minutes 10] [--finds FOLDER]
    python benchmarks/fuzz.py --scaling [TARGET...]

Targets are read, repair, times, figures, quotes and site (tests/hostile.py has what must hold of each), and one for
each reader, such as read-rtf (tests/hostile_files.py). With atheris
(`pip install -e '.[bench]'`) new inputs are led by the code that they reach, else they are only mutated. Each target
works in a process of its own, which is started again where an input ends it. A find is an input that raises anything,
or that takes more than two seconds of processor time; it is written to the folder of finds with its trace, once for
each place in the program. ``--scaling`` prints processor seconds on hostile pieces repeated to 10,000, 100,000 and
1,000,000 characters.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

try:
    import atheris
except ImportError:
    atheris = None

READERS = (
    "text", "markdown", "mail", "mbox", "mhtml", "msg", "rtf", "epub", "odt", "ods", "xlsx", "xml", "subtitles",
    "latex", "json", "csv", "works", "html", "docx", "pdf", "zip", "tar", "wacz",
)  # fmt: skip
TARGETS = ("read", "repair", "ocr", "times", "figures", "quotes", "site", *(f"read-{reader}" for reader in READERS))
HANG = 2.0
"""Seconds of processor time that an input of a few kilobytes may take."""

MOST = 6000
"""Bytes of an input."""


ONE_CORE = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""One core is enough for sentences, and threads that wait for each other on a busy machine are slower than one."""


class Hang(BaseException):
    """An input took too long; no handler of the program may swallow it."""


class Watch:
    """Runs a check on one input after another, and keeps what it finds and how much it did."""

    def __init__(self, target: str, seconds: float, finds: Path) -> None:
        self.target, self.seconds, self.finds = target, seconds, finds
        self.begun = self.written = time.monotonic()
        self.inputs = 0
        self.seen: set[str] = {p.stem for p in finds.glob(f"{target}-*.txt")}
        self.check: Callable[[bytes], None] = lambda data: None
        signal.signal(signal.SIGVTALRM, self._late)

    @staticmethod
    def _late(number: int, frame: FrameType | None) -> None:
        raise Hang(f"took more than {HANG} s")

    def one(self, data: bytes) -> None:
        """Check one input; whatever is raised is a find."""
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
            self.check(bytes(data))
        except (Exception, Hang) as error:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self._keep(data, error)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self.inputs += 1
        if time.monotonic() - self.written > 2:
            self.tell()
        if time.monotonic() - self.begun > self.seconds + 5:  # atheris looks at the clock now and then only
            os._exit(0)

    def _keep(self, data: bytes, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        own = [f for f in frames if "variorum" in f.filename] or frames
        place = f"{type(error).__name__} {own[-1].name} {frames[-1].name if type(error) is not Hang else ''}"
        place += " " + "".join(c for c in str(error)[:60] if c.isalpha())
        name = f"{self.target}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
        if name not in self.seen:
            self.seen.add(name)
            (self.finds / f"{name}.bin").write_bytes(data)
            trace = "".join(traceback.format_exception(error))[-6000:]
            (self.finds / f"{name}.txt").write_text(trace, encoding="utf-8", errors="replace")
            self.tell()

    def tell(self) -> None:
        """Write down how much was done, for the process that waits."""
        self.written = time.monotonic()
        told = {"inputs": self.inputs, "seconds": self.written - self.begun}
        (self.finds / f"{self.target}.json").write_text(json.dumps(told))


def work(target: str, seconds: float, finds: Path) -> None:
    """Check inputs of one target until the time is over."""
    watch = Watch(target, seconds, finds)
    with atheris.instrument_imports(include=["variorum"]) if atheris else nullcontext():
        from fuzz_seeds import mutated, seeds

        watch.check = loaded(target)
        grown = seeds(target)
    if atheris is None:
        chance = random.Random(time.time_ns())
        while time.monotonic() - watch.begun < seconds:
            watch.one(mutated(chance.choice(grown), target, chance, grown)[:MOST])
        watch.tell()
        return
    corpus = finds / f"corpus-{target}"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(grown):
        (corpus / f"seed-{number}").write_bytes(seed[:MOST])

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        changed = atheris.Mutate(data, min(most, MOST)) if chance.random() < 0.3 else data
        return mutated(changed, target, chance, grown)[: min(most, MOST)]

    options = [
        f"-max_total_time={int(seconds)}",
        f"-max_len={MOST}",
        "-timeout=60",
        "-rss_limit_mb=3000",
        "-verbosity=0",
    ]
    options += [f"-artifact_prefix={finds}/{target}-killed-", "-close_fd_mask=3", str(corpus)]
    atheris.Setup([sys.argv[0], *options], watch.one, custom_mutator=mutate)
    atheris.Fuzz()


def loaded(target: str) -> Callable[[bytes], None]:
    """The check of a target, with all that it loads late loaded already."""
    import hostile
    import hostile_files

    check = (hostile.CHECKS | hostile_files.CHECKS)[target]
    for data in (b"\0The ferry sank on 17 November 1998. 31 people died, said Ana Hale.", b"\1<p>x", b"\4PK\3\4"):
        try:
            check(data)
        except Exception:  # it will be found again, and then be kept
            continue
    return check


def supervised(target: str, minutes: float, finds: Path) -> dict[str, Any]:
    """Let a process work on a target, and another after it where it ended early."""
    finds.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + minutes * 60
    inputs, seconds, killed = 0, 0.0, 0
    while (left := end - time.monotonic()) > 5:
        told = finds / f"{target}.json"
        told.unlink(missing_ok=True)
        command = [sys.executable, __file__, target, "--work", str(left), "--finds", str(finds)]
        with (finds / f"{target}.log").open("wb") as log:
            code = subprocess.run(command, stdout=log, stderr=log, env=ONE_CORE, check=False).returncode
        known = json.loads(told.read_text()) if told.exists() else {"inputs": 0, "seconds": 0.0}
        inputs, seconds = inputs + known["inputs"], seconds + known["seconds"]
        killed += code != 0
        if not known["inputs"]:
            break
    found = len(list(finds.glob(f"{target}-????????.txt"))) + killed
    return {"target": target, "seconds": seconds, "inputs": inputs, "finds": found}


def main() -> None:
    """Fuzz or measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--finds", type=Path, default=Path("finds"))
    parser.add_argument("--scaling", action="store_true")
    parser.add_argument("--work", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}")
    if given.work is not None:
        work(given.targets[0], given.work, given.finds)
        return
    if given.scaling:
        from fuzz_scaling import measure

        measure(given.targets)
        return
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {'atheris' if atheris else 'mutation without coverage'}")
    print("| target | seconds | inputs | inputs/s | finds |\n| --- | --- | --- | --- | --- |")
    for target in given.targets or TARGETS:
        row = supervised(target, given.minutes, given.finds)
        rate = row["inputs"] / max(row["seconds"], 1e-9)
        print(f"| {target} | {row['seconds']:.0f} | {row['inputs']} | {rate:.1f} | {row['finds']} |", flush=True)


if __name__ == "__main__":
    main()
