"""How quickly the app answers twenty people at once, on an edition of news-like accounts.

    python benchmarks/serve.py [--accounts 2000] [--people 20] [--seconds 60] [--think 1.0] [--edition FOLDER] --out
    serve.jsonl python benchmarks/serve.py --report serve.jsonl

Without ``--edition`` the accounts are made by `tests/news_maker.py` and collated first. The app runs in a process of
its own; each person has a session and a line of events, and does one thing after the other with a pause of about
``--think`` seconds: opens a page of an event, an account, a list or a row, searches (words, phrases, beginnings,
with filters), takes the next row of the queue and decides on it, sometimes takes a decision back. Milliseconds are
those between the request and the last byte of the answer. At the end the app is killed (signal 9) while all decide,
and every decision that was confirmed must be in the log.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

AIMS = {"page": (200, 500), "search": (300, 500), "decision": (100, 500)}
"""Median and 95th percentile to be reached, in milliseconds (design: review)."""
WORDS = (
    "the attack",
    "people killed",
    "hospital",
    "flood*",
    '"were injured"',
    "office NEAR/5 said",
    "fire -flood",
    "army OR police",
    "river",
    "collapse*",
)


def made(folder: Path, accounts: int) -> Path:
    """An edition of so many accounts."""
    from news_maker import collection
    from variorum.config import Config
    from variorum.edition.collate import collate

    source = folder / "articles.jsonl"
    rows = (json.dumps(article.row()) for article in collection(accounts).articles)
    source.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return collate([source], folder / "edition", Config(processes=2)).folder


class App:
    """The app in a process of its own."""

    def __init__(self, edition: Path) -> None:
        command = [sys.executable, "-m", "variorum.cli", "serve", str(edition), "--no-browser", "--as", "somebody"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found is not None
        self.url = found[0].rstrip("/").replace("localhost", "127.0.0.1")

    def ready(self) -> float:
        """Waits until the index is made; gives the seconds."""
        start = time.monotonic()
        while httpx.get(f"{self.url}/api/session").json()["edition"] is None:
            time.sleep(0.1)
        return time.monotonic() - start

    def memory(self) -> float:
        """Megabytes of its resident set."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1e6


class Person:
    """Somebody who reads, searches and decides."""

    def __init__(self, url: str, number: int, paths: list[str], think: float) -> None:
        self.client = httpx.AsyncClient(base_url=url, timeout=30, limits=httpx.Limits(max_connections=3))
        self.random = random.Random(number)
        self.paths, self.think = paths, think
        self.token, self.after = "", 0
        self.times: dict[str, list[float]] = defaultdict(list)
        self.confirmed: list[str] = []
        self.failed = 0

    async def begin(self) -> None:
        self.token = (await self.client.get("/api/session")).json()["token"]
        self.after = self.random.randrange(400)

    async def listen(self) -> None:
        """Holds a line of events open, as every page does."""
        try:
            async with self.client.stream("GET", "/api/live", timeout=None) as stream:
                async for _ in stream.aiter_bytes():
                    pass
        except (httpx.HTTPError, asyncio.CancelledError):
            pass

    async def timed(self, kind: str, method: str, path: str, **given: Any) -> httpx.Response | None:
        start = time.perf_counter()
        try:
            answer = await self.client.request(method, path, **given)
        except httpx.HTTPError:
            self.failed += 1
            return None
        self.times[kind].append((time.perf_counter() - start) * 1000)
        self.failed += answer.status_code >= 400
        return answer

    async def live(self, until: float) -> None:
        listening = asyncio.create_task(self.listen())
        while time.monotonic() < until:
            await asyncio.sleep(self.random.expovariate(1 / self.think) if self.think else 0)
            await self.act()
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

    async def act(self) -> None:
        what = self.random.random()
        if what < 0.4:
            await self.timed("page", "GET", self.random.choice(self.paths))
        elif what < 0.6:
            query = {"q": self.random.choice(WORDS)}
            if self.random.random() < 0.3:
                query |= {"since": f"1997-{self.random.randrange(3, 9):02}", "kind": "words"}
            await self.timed("search", "GET", "/search", params=query)
        else:
            await self.decide()

    async def decide(self) -> None:
        told = await self.timed("page", "GET", f"/queue?after={self.after}")
        row = (
            re.search(r'data-row="([^"]+)" data-ask="([^"]*)" data-place="(\d+)"', told.text)
            if told is not None
            else None
        )
        if row is None:
            self.after = 0
            return
        self.after = int(row[3])
        table, key = row[1].split("/", 1)
        says, value = (
            ("right", {})
            if row[2] != "verdict" or self.random.random() < 0.7
            else ("wrong", {"because": "other scope"})
        )
        body = {"says": says, "value": value, "rows": [{"table": table, "row": key}]}
        answer = await self.timed(
            "decision", "POST", "/api/decisions", json=body, headers={"x-variorum-token": self.token}
        )
        if answer is not None and answer.status_code == 201:
            self.confirmed.append(answer.json()["decision"])
            if self.random.random() < 0.05:
                path = f"/api/decisions/{self.confirmed[-1]}/undo"
                await self.timed("decision", "POST", path, json={}, headers={"x-variorum-token": self.token})


def paths_of(edition: Path, number: int = 300) -> list[str]:
    """Pages of an edition to open: events, accounts, lists and rows."""
    chosen = random.Random(7)
    found = ["/", "/chronology.html", "/disagreements.html", "/names.html", "/witnesses.html", "/decisions"]
    for kind in ("events", "witnesses"):
        files = sorted(p.name for p in (edition / kind).glob("*.html"))
        found += [f"/{kind}/{name}" for name in chosen.sample(files, min(number, len(files)))]
    return found


async def day(app: App, args: argparse.Namespace, edition: Path) -> dict[str, Any]:
    """All people at once; then the app is killed while they go on."""
    people = [Person(app.url, n, paths_of(edition), args.think) for n in range(args.people)]
    await asyncio.gather(*(one.begin() for one in people))
    await asyncio.gather(*(one.live(time.monotonic() + 5) for one in people))  # warm
    for one in people:
        one.times.clear()
    before = os.times()
    await asyncio.gather(*(one.live(time.monotonic() + args.seconds) for one in people))
    after = os.times()
    told = {
        "memory_mb": round(app.memory()),
        "driver_cpu": round(after.user + after.system - before.user - before.system, 1),
    }
    times = {kind: sorted(t for one in people for t in one.times[kind]) for kind in AIMS}
    failed = sum(one.failed for one in people)
    rush = [asyncio.create_task(one.live(time.monotonic() + 20)) for one in people]
    await asyncio.sleep(2)
    app.process.send_signal(signal.SIGKILL)
    await asyncio.gather(*rush)
    confirmed = {key for one in people for key in one.confirmed}
    for one in people:
        await one.client.aclose()
    return {
        **told,
        "failed": failed,
        "times": times,
        "confirmed": len(confirmed),
        "lost": len(confirmed - kept(edition)),
    }


def kept(edition: Path) -> set[str]:
    """The decisions in the log."""
    from variorum.review.log import Log, log_of

    return set(Log(log_of(edition)).decisions)


def measure(args: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as temporary:
        edition = args.edition or made(Path(temporary), args.accounts)
        rows = json.loads((edition / "edition.json").read_text(encoding="utf-8"))["rows"]
        app = App(edition)
        try:
            index = app.ready()
            told = asyncio.run(day(app, args, edition))
        finally:
            app.process.kill()
            app.process.wait()
    times = told.pop("times")
    return {
        "accounts": rows["witnesses"], "verdicts": rows["verdicts"], "events": rows["events"], "people": args.people,
        "think": args.think, "seconds": args.seconds, "index_s": round(index, 1),
        "load_average": round(os.getloadavg()[0], 1), **told,
        "figures": {kind: summed(listed, args.seconds) for kind, listed in times.items()},
    }  # fmt: skip


def summed(listed: list[float], seconds: float) -> dict[str, float]:
    """Number, median and percentiles of some times."""
    if not listed:
        return {}

    def at(share: float) -> float:
        return round(listed[min(len(listed) - 1, int(len(listed) * share))], 1)

    return {
        "number": len(listed), "per_second": round(len(listed) / seconds, 1),
        "median": round(statistics.median(listed), 1), "p95": at(0.95), "p99": at(0.99), "most": round(listed[-1], 1),
    }  # fmt: skip


HEAD = """| what | number | per second | median | 95 % | 99 % | most | to be reached (median, 95 %) |
| --- | --- | --- | --- | --- | --- | --- | --- |"""


def report(path: Path) -> None:
    """Prints the measurements of a file as tables."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        print(
            f"\n{row['people']} people, {row['accounts']} accounts, pause {row['think']} s, load {row['load_average']}:"
        )
        print(HEAD)
        for kind, f in row["figures"].items():
            cells = (f[name] for name in ("number", "per_second", "median", "p95", "p99", "most"))
            print(f"| {kind} | {' | '.join(map(str, cells))} | {AIMS[kind][0]}, {AIMS[kind][1]} |")
        told = {name: row[name] for name in ("index_s", "memory_mb", "failed", "confirmed", "lost")}
        print(", ".join(f"{name} {value}" for name, value in told.items()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=2000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=1.0)
    parser.add_argument("--edition", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    if given.report:
        report(given.report)
    else:
        found = json.dumps(measure(given))
        print(found)
        if given.out:
            with given.out.open("a", encoding="utf-8") as file:
                file.write(found + "\n")
