"""The pictures of the tutorial, taken of the app while it is used: python tools/pictures_app.py DEMO

DEMO is an edition that `variorum demo -o DEMO` has made. The app runs on a copy of it, so that what is decided for the
pictures stays out of it. Needs Chromium and Playwright (`make test` sets both up).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from chromium import browser  # type: ignore[import-not-found]  # noqa: E402

from serve_maker import listening  # noqa: E402
from variorum.example import folder  # noqa: E402
from variorum.review.log import log_of  # noqa: E402

IMAGES = ROOT / "docs" / "images"
MARK = """([within, words]) => {
  const p = [...document.querySelectorAll('.tx > p')].find((x) => x.textContent.includes(within));
  p.scrollIntoView({ block: 'center' });
  const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  let node;
  while ((node = walker.nextNode()) && !node.data.includes(words));
  const at = node.data.indexOf(words);
  getSelection().setBaseAndExtent(node, at, node, at + words.length);
  document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
}"""
"""Selects words of a paragraph, as a person does with the mouse."""


def take(page: Any, name: str) -> None:
    """One picture."""
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"app-{name}.png")


def tour(page: Any, address: str) -> None:
    """The steps of docs/tutorial.md, with a picture of each."""
    page.goto(f"{address}/disagreements.html")
    page.locator("li[data-row]", has_text="12 October 1998").first.get_by_role("button", name="check").click()
    page.locator("dialog .says").wait_for()
    take(page, "disagreement")
    page.keyboard.press("Escape")
    page.goto(f"{address}/queue")
    page.locator(".card").wait_for()
    take(page, "queue")
    page.keyboard.press("a")
    page.locator("[data-told]", has_text="Kept").wait_for()
    page.goto(f"{address}/witnesses/families.html")
    page.evaluate(MARK, ["did not come home", "Twenty-six"])
    page.locator(".marker").wait_for()
    take(page, "marking")
    page.locator(".marker").get_by_role("button", name="figure").last.click()
    for field, value in {"low": "26", "high": "26", "unit": "people", "place": "Hale"}.items():
        page.locator(f"dialog input[name='value.{field}']").fill(value)
    page.locator("dialog select[name='value.role']").select_option("killed")
    take(page, "missed")
    page.locator("dialog button", has_text="add it").click()
    page.locator("[data-told]", has_text="one that was missed").wait_for()
    page.goto(f"{address}/search?q=%22second+lookout%22")
    take(page, "search")
    page.goto(f"{address}/decisions")
    take(page, "decisions")


def main() -> None:
    """Take them."""
    made = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary, browser() as running:
        edition = Path(shutil.copytree(made, Path(temporary) / "demo"))
        shutil.copy(log_of(made), log_of(edition))
        with listening(edition, options={"processes": 1}) as address:
            context = running.new_context(viewport={"width": 1100, "height": 760})
            tour(context.new_page(), address)
            context.close()
        with listening(Path(temporary) / "new") as address:
            context = running.new_context(viewport={"width": 1100, "height": 460})
            page = context.new_page()
            page.goto(address)
            page.set_input_files("input[type=file]", [str(path) for path in sorted(folder().glob("*.txt"))])
            take(page, "start")
            context.close()


if __name__ == "__main__":
    main()
