"""Chromium for the page tests: how it is started, and what a page may not do."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def browser() -> Iterator[Any]:
    """A running Chromium."""
    assert CHROMIUM, "Chromium is not installed (Debian: apt-get install chromium); make quick does without"
    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


class Watched:
    """A page whose console messages, errors and requests outside the edition's folder are kept."""

    def __init__(self, running: Any, folder: Path, **context: Any) -> None:
        self.folder = folder
        self.context = running.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.outside: list[str] = []
        self.page.on(
            "console", lambda m: self.said.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda e: self.said.append(f"error: {e}"))
        self.page.on("request", self._request)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.folder.resolve().as_uri(), "data:")):
            self.outside.append(request.url)

    def open(self, path: str) -> Any:
        """Go to a page of the edition."""
        self.page.goto(f"{self.folder.resolve().as_uri()}/{path}")
        return self.page

    def until(self, script: str, value: Any, seconds: float = 8.0) -> None:
        """Wait until an expression has a value; the pages' own policy forbids Playwright's way of waiting."""
        end = time.monotonic() + seconds
        while (seen := self.page.evaluate(script)) != value:
            assert time.monotonic() < end, f"{script} is {seen!r} and not {value!r}"
            self.page.wait_for_timeout(40)

    def quiet(self) -> bool:
        """True when nothing was said on the console and nothing was asked for outside."""
        return not self.said and not self.outside
