"""Real editions in the browser: the bundled example, and any other that VARIORUM_EDITIONS names (folders, by colons)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from .chromium import AXE, Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMED = [Path(p) for p in os.environ.get("VARIORUM_EDITIONS", "").split(":") if p]
MOST = 6
"""Pages opened of each kind: events, witnesses, pairs; the largest, since they hold most."""


def opened(edition: Path) -> list[str]:
    """The pages to open: every page at the root, and the largest of each folder."""
    found = sorted(edition.glob("*.html"))
    for kind in ("events", "witnesses", "parallels"):
        found += sorted((edition / kind).glob("*.html"), key=lambda p: -p.stat().st_size)[:MOST]
    return [p.relative_to(edition).as_posix() for p in found]


def walked(chromium: Any, edition: Path) -> None:
    """Open the pages as a phone does: nothing is said on the console, nothing asked outside, nothing wider than it."""
    watched = Watched(chromium, edition, viewport={"width": 390, "height": 844})
    wide = []
    for page in opened(edition):
        watched.open(page)
        if watched.page.evaluate("document.documentElement.scrollWidth") > 390:
            wide.append(page)
    assert watched.quiet(), (watched.said, watched.outside)
    assert not wide
    watched.context.close()


def test_the_example_opens_without_a_word(chromium: Any, example_edition: Path) -> None:
    walked(chromium, example_edition)


def test_axe_finds_nothing_serious_in_the_example(chromium: Any, example_edition: Path) -> None:
    watched = Watched(chromium, example_edition, bypass_csp=True)
    serious = []
    for page in opened(example_edition):
        watched.open(page)
        watched.page.add_script_tag(path=str(AXE))
        found = watched.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        serious += [
            (page, v["id"], v["nodes"][0]["html"][:160]) for v in found if v["impact"] in ("serious", "critical")
        ]
    assert not serious, serious
    watched.context.close()


@pytest.mark.parametrize("edition", NAMED, ids=lambda p: p.name)
def test_named_editions_open_without_a_word(chromium: Any, edition: Path) -> None:
    walked(chromium, edition)
