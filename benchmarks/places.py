"""How well and how fast places are found and resolved, on labelled sets of news.

    python benchmarks/places.py SET.jsonl [SET.jsonl ...] [--scorer score/places.py] [--out FOLDER]

Reads a line a document ({"doc", "text", ...}), writes {"doc", "toponyms"} and lets the scorer compare both.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from variorum.gazetteer import ensure
from variorum.mentions.places import find_in_text


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--scorer", default="/work/shared/score/places.py")
    parser.add_argument("--out", default=None)
    options = parser.parse_args()
    folder = Path(options.out or tempfile.mkdtemp())
    ensure(lambda what, share: print(f"{share:4.0%} {what}", file=sys.stderr))
    for path in map(Path, options.sets):
        docs = [json.loads(line) for line in path.read_text(encoding="utf-8").strip().split("\n")]
        start = time.perf_counter()
        found = [{"doc": d["doc"], "toponyms": [p.to_dict() for p in find_in_text(d["text"])]} for d in docs]
        took = time.perf_counter() - start
        count = sum(len(d["text"].split()) for d in docs)
        out = folder / f"{path.stem}.pred.jsonl"
        out.write_text("".join(json.dumps(f) + "\n" for f in found), encoding="utf-8")
        print(f"{path.stem}: {count} words in {took:.1f} s, {count / took:.0f} words/s")
        command = [sys.executable, options.scorer, "--gold", str(path), "--pred", str(out)]
        print("  ", subprocess.run(command, capture_output=True, text=True).stdout.strip())


if __name__ == "__main__":
    main()
