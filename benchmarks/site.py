"""Time and size of the site: how long an edition of any size takes to build, and how long its overview takes to show.

    python benchmarks/site.py --witnesses 2000 --events 10000 --browser

Prints one JSON line. Wall time depends on what else the machine does, so processor time stands beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

import edition_sizes  # noqa: E402
from variorum import site  # noqa: E402
from variorum.config import Config  # noqa: E402


def built(witnesses: int, events: int, folder: Path) -> dict[str, float | int]:
    """Build the site of an edition made for this; the making of the tables is not counted."""
    tables = edition_sizes.large(witnesses, events)
    wall, cpu = time.monotonic(), time.process_time()
    problems = site.publish(tables, folder, {"title": "An edition made for measuring"}, Config())
    files = [p for p in folder.rglob("*") if p.is_file()]
    return {
        "witnesses": witnesses,
        "events": events,
        "seconds": round(time.monotonic() - wall, 1),
        "processor_seconds": round(time.process_time() - cpu, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "files": len(files),
        "megabytes": round(sum(p.stat().st_size for p in files) / 1e6),
        "problems": len(problems),
    }


def shown(folder: Path) -> dict[str, float]:
    """Seconds from opening a page from the disk to its first paint of content, in a Chromium that runs already."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    from chromium import browser  # type: ignore[import-not-found]

    paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
    made = {}
    with browser() as running:
        page = running.new_page()
        for name in ("index.html", "chronology.html", "matrix.html", "stemma.html"):
            page.goto(folder.as_uri() + "/" + name)
            page.wait_for_timeout(500)
            made[f"paint_{name.removesuffix('.html')}"] = round(page.evaluate(paint) / 1000, 2)
        page.goto(folder.as_uri() + "/chronology.html")
        begun = time.monotonic()
        page.evaluate("location.hash = '#?verdict=conflict'")
        while "of " not in page.locator("[data-state]").inner_text() and time.monotonic() - begun < 30:
            page.wait_for_timeout(10)
        made["filter_chronology"] = round(time.monotonic() - begun, 2)
    return made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--witnesses", type=int, default=2000)
    parser.add_argument("--events", type=int, default=10000)
    parser.add_argument("--browser", action="store_true", help="also open the pages in Chromium")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="variorum-site-"))
    try:
        found: dict[str, float | int] = built(given.witnesses, given.events, folder)
        if given.browser:
            found |= shown(folder)
        found["load_average"] = round(os.getloadavg()[0], 1)
        print(json.dumps(found))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
