"""The pictures of the README and the docs, taken of an edition: python tools/pictures.py EDITION

Needs Chromium and Playwright (`make test` sets both up). The event shown is the one in conflict that most witnesses
tell.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser")]

import pyarrow.parquet as pq  # noqa: E402
from chromium import browser  # type: ignore[import-not-found]  # noqa: E402

from variorum.site.addresses import Addresses  # noqa: E402

IMAGES = ROOT / "docs" / "images"


def event(edition: Path) -> str:
    """The page of the event in conflict that most witnesses tell, or else of the most told."""
    verdicts = pq.read_table(edition / "tables" / "verdicts.parquet").to_pylist()
    contested = {v["event"] for v in verdicts if v["verdict"] == "conflict" and v["sure"] == "high"}
    events = pq.read_table(edition / "tables" / "events.parquet").to_pylist()
    return Addresses.event(max(events, key=lambda e: (e["event"] in contested, e["witnesses"]))["event"])


def pages(edition: Path) -> list[tuple[str, str, str, int, int]]:
    """Name of the picture, page, colour scheme, width and height."""
    pair = max((edition / "parallels").glob("*.html"), key=lambda p: p.stat().st_size).name
    witness = max((edition / "witnesses").glob("*.html"), key=lambda p: p.stat().st_size).name
    return [
        ("overview", "index.html", "light", 1280, 1300),
        ("chronology", "chronology.html", "dark", 1280, 1200),
        ("event", event(edition), "light", 1280, 1150),
        ("witness", f"witnesses/{witness}", "light", 1280, 1000),
        ("parallels", f"parallels/{pair}", "light", 1280, 1000),
        ("stemma", "stemma.html", "light", 1280, 800),
        ("phone", event(edition), "dark", 390, 1200),
    ]


def main() -> None:
    """Take them."""
    edition = Path(sys.argv[1]).resolve()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with browser() as running:
        for name, page, scheme, width, height in pages(edition):
            context = running.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            shown = context.new_page()
            shown.goto(f"{edition.as_uri()}/{page}")
            shown.wait_for_timeout(600)
            shown.screenshot(path=IMAGES / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main()
