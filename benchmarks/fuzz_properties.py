"""The search for new examples that break a property test, for some minutes.

    python benchmarks/fuzz_properties.py [--minutes 5] [--tests PATH ...]

`make test` gives the property tests the same examples in every run. Here each round has a new seed and many more
examples; it ends with the first test that breaks, printed with the example that breaks it, or when the time is over.
What is found is mended and kept as a case in tests/cases/. Exit code 1 where something was found.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def found(seed: int, seconds: float, tests: list[str]) -> bool | None:
    """Whether a round with this seed broke a test; None where the time ended it."""
    command = [sys.executable, "-m", "pytest", "-m", "hypothesis", "-n", "0", "-x", f"--hypothesis-seed={seed}", *tests]
    try:
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"VARIORUM_PROPERTIES": "search"}, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode > 1:
        raise SystemExit(done.returncode)
    return done.returncode == 1


def main() -> None:
    """Rounds until something is found or the time is over."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--tests", nargs="*", default=["tests"], help="files of tests, or all")
    given = parser.parse_args()
    end, rounds = time.monotonic() + given.minutes * 60, 0
    while (left := end - time.monotonic()) > 1:
        seed = random.SystemRandom().randrange(2**32)
        print(f"round {rounds + 1}, --hypothesis-seed={seed}", flush=True)
        if found(seed, left, given.tests):
            raise SystemExit("found: mend what stands above, and keep its example as a case in tests/cases/")
        rounds += 1
    print(f"{rounds} rounds (the last one cut short by the time), nothing found")


if __name__ == "__main__":
    main()
