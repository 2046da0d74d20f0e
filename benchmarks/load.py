"""How time, memory and disk grow with the collection: news-like articles with planted reuse and planted conflicts.

    python benchmarks/load.py [--sizes 100,300,1000,3000,10000,20000] [--processes 2] [--one-more] --out load.jsonl
    python benchmarks/load.py --report load.jsonl [--plot benchmarks/load.png]

For each size a new process makes the edition of so many articles (`tests/news_maker.py`). Seconds are by the clock,
memory is the sum of the resident sets of the process and its workers, looked at five times a second (pages that they
share count in each), disk is the edition and its work folder. ``--one-more`` adds an article and runs again. Found is
the share of the planted copies that some parallel of the two articles covers by half, and of the planted conflicts of
which a verdict "conflict" joins both numbers. The report gives each step's exponent: the slope of the logarithms from
1,000 articles on, so that start-up does not count.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from news_maker import Collection, collection  # noqa: E402

RUN = """
import json, sys, time
from variorum.edition.run import Progress
from variorum.edition.collate import collate
from variorum.config import Config
class Told(Progress):
    def begin(self, step): print(json.dumps(["begin", step]), flush=True)
    def end(self, step, seconds, kept): print(json.dumps(["end", step, seconds]), flush=True)
if __name__ == "__main__":
    start = time.perf_counter()
    edition = collate([sys.argv[1]], sys.argv[2], Config(processes=int(sys.argv[3])), progress=Told())
    print(json.dumps(["whole", time.perf_counter() - start, edition.manifest["rows"]]), flush=True)
"""
FROM = 1000
"""Articles from which on growth is measured."""


def resident(group: int) -> int:
    """Megabytes of all processes of a group."""
    pages = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if os.getpgid(int(folder.name)) == group:
                    pages += int((folder / "statm").read_text().split()[1])
            except (OSError, ValueError, IndexError):
                continue
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


class Watched:
    """A run whose memory is looked at while it works."""

    def __init__(self, accounts: Path, edition: Path, processes: int) -> None:
        command = [sys.executable, "-c", RUN, str(accounts), str(edition), str(processes)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.step = "start"
        self.memory: dict[str, int] = defaultdict(int)
        self.seconds: dict[str, float] = {}
        self.rows: dict[str, int] = {}
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while self.process.poll() is None:
            self.memory[self.step] = max(self.memory[self.step], resident(self.process.pid))
            time.sleep(0.2)

    def end(self) -> dict[str, Any]:
        """Waits for the end; seconds and most megabytes of every step, and rows."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            kind, *rest = json.loads(line)
            if kind == "begin":
                self.step = rest[0]
            elif kind == "end":
                self.seconds[rest[0]] = round(rest[1], 2)
            else:
                self.seconds["whole"], self.rows = round(rest[0], 2), rest[1]
        if self.process.wait():
            raise SystemExit("a run failed")
        self.memory["whole"] = max(self.memory.values())
        return {"seconds": self.seconds, "megabytes": dict(self.memory), "rows": self.rows}


def size(folder: Path) -> int:
    """Megabytes of all files below."""
    return round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6)


def found(made: Collection, edition: Path) -> dict[str, float]:
    """The shares of planted copies and of planted conflicts that are in the edition."""
    from variorum.edition import Edition

    opened = Edition(edition)
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in opened.parallels().to_pylist():
        spans[row["a_witness"], row["b_witness"]].append((row["a_start"], row["a_end"]))
        spans[row["b_witness"], row["a_witness"]].append((row["b_start"], row["b_end"]))
    copies = [(a.id, source, a.text.index(words), len(words)) for a in made.articles for source, words in a.copied]
    hit = 0
    for target, source, start, length in copies:
        held = spans[target, source]
        hit += any(2 * (min(end, start + length) - max(begin, start)) >= length for begin, end in held)
    low = {r["reading"]: (r["witness"], r["low"]) for r in opened.readings().to_pylist()}
    joined = [
        {low[x] for x in v["readings"] if x in low} for v in opened.verdicts().to_pylist() if v["verdict"] == "conflict"
    ]
    by_odd = defaultdict(list)
    for group in joined:
        for one in group:
            by_odd[one].append({number for _, number in group})
    conflicts = sum(
        any(usual in numbers for numbers in by_odd[article, float(other)])
        for usual, other, article in ((float(u), o, a) for u, o, a in made.conflicts.values())
    )
    return {
        "copies": round(hit / max(1, len(copies)), 3), "conflicts": round(conflicts / max(1, len(made.conflicts)), 3),
        "planted_copies": len(copies), "planted_conflicts": len(made.conflicts),
    }  # fmt: skip


def measured(articles: int, processes: int, one_more: bool, top: Path) -> dict[str, Any]:
    """One size: a cold run, what it found, and a run with one article more."""
    made = collection(articles)
    rows = [json.dumps(article.row()) + "\n" for article in made.articles]
    accounts, edition = top / "articles.jsonl", top / "edition"
    accounts.write_text("".join(rows), encoding="utf-8")
    line: dict[str, Any] = {
        "articles": articles, "words": sum(len(a.text.split()) for a in made.articles), "processes": processes,
        **Watched(accounts, edition, processes).end(),
        "edition_mb": size(edition), "work_mb": size(top / ".edition.variorum"), "found": found(made, edition),
    }  # fmt: skip
    if one_more:
        late = made.articles[articles // 3].row() | {"id": f"n{articles // 3:05}x", "title": "One more"}
        parts = made.articles[articles // 2].text.split("\n\n")
        late["text"] = "\n\n".join([late["text"].split("\n\n")[0], *parts[1:]])
        with accounts.open("a", encoding="utf-8") as file:
            file.write(json.dumps(late) + "\n")
        line["one_more"] = Watched(accounts, edition, processes).end()["seconds"]
    return line


def slope(points: list[tuple[float, float]]) -> float:
    """The exponent of growth: least squares over the logarithms."""
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len(logs) < 2:
        return float("nan")
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs, strict=True))
    above = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return above / sum((x - mean_x) ** 2 for x, _ in logs)


def report(lines: list[dict[str, Any]]) -> None:
    """Prints tables in Markdown."""
    lines = sorted(lines, key=lambda line: (line["processes"], line["articles"]))
    for processes in sorted({line["processes"] for line in lines}):
        own = [line for line in lines if line["processes"] == processes]
        head = "".join(f" | {line['articles']:,}" for line in own)
        print(f"\n### {processes} process{'es' if processes > 1 else ''}\n\n| seconds{head} | exponent |")
        print("| ---" * (len(own) + 2) + " |")
        for step in own[-1]["seconds"]:
            cells = "".join(f" | {line['seconds'].get(step, 0):.1f}" for line in own)
            points = [(line["articles"], line["seconds"].get(step, 0)) for line in own if line["articles"] >= FROM]
            print(f"| {step}{cells} | {slope(points):.2f} |")
        for name, value in (
            ("words", lambda line: line["words"]),
            ("memory, MB", lambda line: line["megabytes"]["whole"]),
            ("edition, MB", lambda line: line["edition_mb"]),
            ("work folder, MB", lambda line: line["work_mb"]),
            ("one article more, s", lambda line: line.get("one_more", {}).get("whole", 0)),
            ("planted copies found", lambda line: line["found"]["copies"]),
            ("planted conflicts found", lambda line: line["found"]["conflicts"]),
        ):
            points = [(line["articles"], value(line)) for line in own if line["articles"] >= FROM]
            cells = "".join(f" | {value(line):,}" for line in own)
            print(f"| {name}{cells} | {slope(points):.2f} |")
    for line in lines:
        one = next((x for x in lines if x["articles"] == line["articles"] and x["processes"] == 1), None)
        if one and line["processes"] > 1:
            gains = {
                s: one["seconds"][s] / line["seconds"][s] for s in one["seconds"] if line["seconds"].get(s, 0) > 0.5
            }
            said = ", ".join(f"{step} {gain:.2f}" for step, gain in gains.items())
            share = gains["whole"] / line["processes"]
            print(f"\n{line['articles']:,} articles, 1 process by {line['processes']}: {said}; efficiency {share:.2f}")


def plot(lines: list[dict[str, Any]], path: str) -> None:
    """Seconds of each step and memory against articles, on logarithmic axes."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    most = max(line["processes"] for line in lines)
    own = sorted((line for line in lines if line["processes"] == most), key=lambda line: line["articles"])
    figure, axes = plt.subplots(1, 2, figsize=(11, 4.5))
    axes[0].set_prop_cycle(color=plt.get_cmap("tab20").colors)
    x = [line["articles"] for line in own]
    for step in own[-1]["seconds"]:
        y = [line["seconds"].get(step, 0) for line in own]
        axes[0].plot(x, y, marker="o", markersize=3, label=step, linewidth=2 if step == "whole" else 1)
    axes[0].set(xscale="log", yscale="log", xlabel="articles", ylabel="seconds", ylim=(0.05, None))
    axes[0].legend(fontsize=7, ncol=2)
    for name, key in (("memory", "megabytes"), ("edition", "edition_mb"), ("work folder", "work_mb")):
        y = [line[key]["whole"] if key == "megabytes" else line[key] for line in own]
        axes[1].plot(x, y, marker="o", markersize=3, label=name)
    axes[1].set(xscale="log", yscale="log", xlabel="articles", ylabel="MB")
    axes[1].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main() -> None:
    """Measures or reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,300,1000,3000,10000,20000")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--one-more", action="store_true")
    parser.add_argument("--out", type=Path, help="lines are added to this file")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--plot")
    given = parser.parse_args()
    if given.report:
        lines = [json.loads(line) for line in given.report.read_text(encoding="utf-8").splitlines()]
        report(lines)
        if given.plot:
            plot(lines, given.plot)
        return
    for articles in map(int, given.sizes.split(",")):
        top = Path(tempfile.mkdtemp(prefix="variorum-load-"))
        try:
            line = json.dumps(measured(articles, given.processes, given.one_more, top))
        finally:
            shutil.rmtree(top, ignore_errors=True)
        print(line, flush=True)
        if given.out:
            with given.out.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


if __name__ == "__main__":
    main()
