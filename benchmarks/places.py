"""How well and how fast places are found and resolved, on labelled sets of news.

    python benchmarks/places.py SET.jsonl [SET.jsonl ...] [--scorer FILE] [--out FOLDER]

Reads a line a document ({"doc", "text", ...}), writes {"doc", "toponyms"} and lets the scorer
($VARIORUM_DATA/score/places.py) compare both.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from variorum.gazetteer import ensure
from variorum.mentions import times
from variorum.mentions.places import find_in_text
from variorum.spans import Span


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--scorer", default=str(Path(os.environ.get("VARIORUM_DATA", ".")) / "score" / "places.py"))
    parser.add_argument("--out", default=None)
    options = parser.parse_args()
    folder = Path(options.out or tempfile.mkdtemp())
    ensure(lambda what, share: print(f"{share:4.0%} {what}", file=sys.stderr))
    for path in map(Path, options.sets):
        docs = [json.loads(line) for line in path.read_text(encoding="utf-8").strip().split("\n")]
        dated = [[Span(t.start, t.end) for t in times.find(d["text"])] for d in docs]
        start = time.perf_counter()
        rows = [find_in_text(d["text"], d["doc"], spans) for d, spans in zip(docs, dated, strict=True)]
        took = time.perf_counter() - start
        count = sum(len(d["text"].split()) for d in docs)
        found = [{"doc": d["doc"], "toponyms": [p.to_dict() for p in r]} for d, r in zip(docs, rows, strict=True)]
        out = folder / f"{path.stem}.pred.jsonl"
        out.write_text("".join(json.dumps(f) + "\n" for f in found), encoding="utf-8")
        print(f"{path.stem}: {count} words in {took:.1f} s, {count / took:.0f} words/s")
        command = [sys.executable, options.scorer, "--gold", str(path), "--pred", str(out)]
        print("  ", subprocess.run(command, capture_output=True, text=True).stdout.strip())


if __name__ == "__main__":
    main()
