"""Embeds and drawings in a browser: nothing is asked for, nothing complains, nothing is cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from test_embeds import TABLES
from variorum import bags, export

from .chromium import Watched

WANTED = [{"event": "e2"}, {"question": "v3"}, {"toll": "q1"}, {"parallel": "A,C"}]
BEYOND = """[...document.querySelectorAll('text')].filter(t => {
  const b = t.getBoundingClientRect(), s = document.documentElement.getBoundingClientRect()
  return b.right > s.right + 1 || b.bottom > s.bottom + 1
}).map(t => t.textContent)"""


@pytest.mark.parametrize("wanted", WANTED, ids=lambda w: next(iter(w)))
@pytest.mark.parametrize("fmt", ["embed", "svg"])
def test_an_embed_opens_by_itself(chromium: Any, tmp_path: Path, fmt: str, wanted: dict[str, str]) -> None:
    name = f"piece{bags.FORMATS[fmt].ending}"
    export.write(TABLES, fmt, tmp_path / name, wanted, {"key": "3f9c1e"}, bags.FORMATS)
    watched = Watched(chromium, tmp_path, viewport={"width": 660, "height": 900})
    page = watched.open(name)
    assert watched.said == [] and watched.outside == []
    if fmt == "svg":
        assert page.evaluate(BEYOND) == []
    else:
        assert page.evaluate("document.documentElement.scrollWidth") <= 660
    watched.context.close()
