"""Times `variorum trace` on planted collections and scores it against what was planted.

    python benchmarks/parallels.py [--scorer PATH] [--plot benchmarks/parallels.png] FOLDER...

A folder has ``docs.jsonl`` ({"id", "date", "text"} a line) and, where something was planted, ``gold_all.jsonl`` and
``gold.jsonl`` as the planter of the project writes them; ``--scorer`` is its PAN scorer. Seconds are those of the
processor, start-up included, so that other work on the machine counts little; memory is the greatest resident set.
Text to plant in is made with ``recombine.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TRACE = [sys.executable, "-c", "from variorum.cli import main; main()", "trace"]


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def traced(folder: Path, out: Path) -> tuple[float, float]:
    """Runs the command; processor seconds and megabytes of this one run."""
    with out.open("wb") as file:
        process = subprocess.Popen([*TRACE, str(folder / "docs.jsonl")], stdout=file)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{folder}: trace ended with status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def links(folder: Path, found: list[dict[str, Any]]) -> tuple[float, float]:
    """Precision and recall of direct links against the planted ones."""
    gold = [
        (g["src"], g["src_begin"], g["src_end"], g["dst"], g["dst_begin"], g["dst_end"])
        for g in rows(folder / "gold.jsonl")
    ]
    given = []
    for r in found:
        if r["direct"]:
            a, b = (r["a_witness"], r["a_start"], r["a_end"]), (r["b_witness"], r["b_start"], r["b_end"])
            given.append((*a, *b) if r["direction"] == "a to b" else (*b, *a))
    by_pair: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for g in gold:
        by_pair.setdefault((g[0], g[3]), []).append(g)
    meets = lambda x, y: x[1] < y[2] and y[1] < x[2] and x[4] < y[5] and y[4] < x[5]  # noqa: E731
    hit = {g for link in given for g in by_pair.get((link[0], link[3]), ()) if meets(link, g)}
    right = sum(any(meets(link, g) for g in by_pair.get((link[0], link[3]), ())) for link in given)
    return right / max(1, len(given)), len(hit) / max(1, len(gold))


def scored(folder: Path, found: list[dict[str, Any]], scorer: str) -> dict[str, str]:
    """What the PAN scorer says of all parallels between two documents, and of the heavily edited ones."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as file:
        for r in found:
            if r["a_witness"] != r["b_witness"]:
                a = {"a": r["a_witness"], "a_begin": r["a_start"], "a_end": r["a_end"]}
                b = {"b": r["b_witness"], "b_begin": r["b_start"], "b_end": r["b_end"]}
                file.write(json.dumps({**a, **b}) + "\n")
    command = [sys.executable, scorer, "--by-class", "--gold", str(folder / "gold_all.jsonl"), "--pred", file.name]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    os.unlink(file.name)
    whole = dict(re.findall(r"(\w+)=([\d.]+)", said.splitlines()[0]))
    heavy = re.search(r"heavy .*?macro_rec=([\d.]+)", said)
    return {**whole, "heavy": heavy.group(1) if heavy else "-"}


def plot(points: list[tuple[int, float, float]], path: str) -> None:
    """Seconds and megabytes against words, on logarithmic axes."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    points.sort()
    words = [point[0] for point in points]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6))
    for axes, column, label in ((left, 1, "processor seconds"), (right, 2, "megabytes")):
        axes.loglog(words, [point[column] for point in points], "o-", color="#334e68")
        axes.set_xlabel("words")
        axes.set_title(label, fontsize=10)
        axes.grid(True, which="major", alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    """Prints one line of a Markdown table for each folder."""
    options = argparse.ArgumentParser()
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--scorer")
    options.add_argument("--plot")
    chosen = options.parse_args()
    print("| set | documents | words | s | MB | parallels | plagdet | P | R | heavy | gran. | links P | links R |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    points = []
    for folder in chosen.folders:
        documents = rows(folder / "docs.jsonl")
        words = sum(len(document["text"].split()) for document in documents)
        out = Path(tempfile.gettempdir()) / f"trace-{os.getpid()}.jsonl"
        seconds, megabytes = traced(folder, out)
        found = [row for row in rows(out) if "a_witness" in row]
        out.unlink()
        points.append((words, seconds, megabytes))
        cells = [folder.name, len(documents), words, f"{seconds:.1f}", f"{megabytes:.0f}", len(found)]
        if chosen.scorer and (folder / "gold_all.jsonl").exists():
            score = scored(folder, found, chosen.scorer)
            cells += [score[key] for key in ("plagdet", "macro_prec", "macro_rec", "heavy", "granularity")]
            cells += [f"{value:.3f}" for value in links(folder, found)]
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)
    if chosen.plot:
        plot(points, chosen.plot)


if __name__ == "__main__":
    main()
