"""The timeline in Knight Lab's own script: npm brings it, and no file of it is in the repository."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import edition_maker
import edition_sizes
from variorum import export

VERSION = "3.9.11"
PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="dist/css/timeline.css">
<link rel="icon" href="data:,"><script src="dist/js/timeline.js"></script><div id="t" style="height:700px"></div><script>
fetch('timeline.json').then(r => r.json()).then(data => {
  window.line = new TL.Timeline('t', data, {language: 'en'}); line.on('loaded', () => { window.ready = 1 })
})</script>"""
DAYS = ["1998-11-17", "-0328-24", "1998-22", "1998-11-17/1998-11-18"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tool with a page that shows `timeline.json`."""
    npm, folder = shutil.which("npm"), tmp_path_factory.mktemp("timelinejs")
    if npm is None:
        pytest.skip("npm is not installed, which brings TimelineJS")
    ran = subprocess.run(
        [npm, "pack", f"@knight-lab/timelinejs@{VERSION}"], cwd=folder, capture_output=True, timeout=120, text=True
    )
    if ran.returncode:
        pytest.skip(f"npm cannot bring TimelineJS: {ran.stderr.strip()[-200:]}")
    with tarfile.open(next(folder.glob("*.tgz"))) as pack:
        pack.extractall(folder, filter="data")
    (folder / "package" / "page.html").write_text(PAGE)
    return folder / "package"


@pytest.fixture(scope="module")
def address(tool: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(tool))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/page.html"
        server.shutdown()


def dated() -> dict[str, pa.Table]:
    """The small edition with a day, a winter before our era, a season and a span of days."""
    tables = edition_maker.small()
    rows = tables["events"].to_pylist()
    rows = [{**row, "date": day} for row, day in zip(rows, DAYS, strict=False)]
    rows[0]["label"] = "The Tolven & the <b>gale</b>"
    return {**tables, "events": pa.Table.from_pylist(rows, tables["events"].schema)}


def shown(chromium: Any, tool: Path, address: str, tables: dict[str, pa.Table]) -> tuple[list[str], list[str], str]:
    """The words of the slides, what the page complained of, and the title."""
    export.write(tables, "timelinejs", tool / "timeline.json", {"title": "Two ships & <i>a gale</i>"})
    page, said = chromium.new_page(viewport={"width": 1200, "height": 720}), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    page.wait_for_function("window.ready", timeout=20_000)
    slides = page.evaluate("[...document.querySelectorAll('.tl-slide')].map(e => e.innerText)")
    said += page.evaluate("line.config.messages.errors")
    page.close()
    return slides[1:], said, slides[0]


def test_timelinejs_shows_titles_seasons_and_years_before_our_era(chromium: Any, tool: Path, address: str) -> None:
    slides, said, title = shown(chromium, tool, address, dated())
    assert said == [] and title.strip() == "Two ships & <i>a gale</i>"
    assert len(slides) == len(DAYS)
    assert "winter 329–328 BC" in slides[0] and "summer 1998" in slides[1]
    whole = "\n".join(slides)
    assert "The Tolven & the <b>gale</b>" in whole and "November 17, 1998" in whole
    assert "1 witness in 1 lineage." in whole and "1 witnesses" not in whole and "1998-22" not in whole


def test_timelinejs_runs_nothing_that_accounts_say(chromium: Any, tool: Path, address: str) -> None:
    slides, said, _ = shown(chromium, tool, address, edition_sizes.hostile())
    assert said == [] and slides
