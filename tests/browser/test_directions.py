"""Accounts that are written from right to left, and what no finder read, on the screen and in print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from variorum.edition.collate import collate

from .chromium import Watched

pytestmark = pytest.mark.browser

ARABIC = "غرقت العبارة (Maid of Asker) في المضيق ليلا يوم 1998-11-17، حسبما أعلن خفر السواحل. وقال المحافظ: «لقي ثلاثة وثلاثون شخصا حتفهم ولم يحذرنا أحد»."
PERSIAN = (
    "کشتی شبانه در تنگه غرق شد، گارد ساحلی اعلام کرد. استاندار گفت سی و سه نفر کشته شدند و هیچ کس به ما هشدار نداد."
)
HEBREW = "המעבורת טבעה במצר בלילה, הודיע משמר החופים. המושל אמר ששלושים ואחד בני אדם נהרגו ואיש לא הזהיר אותם."
PAGE = (
    "<article><h1>Loss of a ferry</h1><p>The ferry sank in the strait and <del>nine</del> ten people died, the guard said to the papers of "
    "the town.</p><figure><figcaption>The quay in 1987</figcaption></figure><p>The inquiry will open in May, the minister said, and a "
    "judge will hear those who were on board.</p></article>"
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accounts")
    for name, text in (("ar", ARABIC), ("fa", PERSIAN), ("he", HEBREW)):
        (folder / f"{name}.txt").write_text(f"{text}\n\n{text}", encoding="utf-8")
    (folder / "en.html").write_text(PAGE, encoding="utf-8")
    made = tmp_path_factory.mktemp("made") / "edition"
    collate(folder, made)
    return made


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize(("name", "way"), [("ar", "rtl"), ("fa", "rtl"), ("he", "rtl"), ("en", "ltr")])
def test_passages_bear_their_language_and_direction(
    chromium: Any, edition: Path, name: str, way: str, medium: str
) -> None:
    watched = Watched(chromium, edition)
    opened = watched.open(f"witnesses/{name}.html")
    opened.emulate_media(media=medium)
    assert opened.evaluate("document.querySelector('.text').lang") == name
    assert opened.evaluate("getComputedStyle(document.querySelector('.text .tx p')).direction") == way
    box = "(() => {const r = document.createRange(); r.selectNodeContents(document.querySelector('.text .tx p')); const t = r.getClientRects()[0], p = document.querySelector('.text .tx p').getBoundingClientRect(); return [t.left - p.left, p.right - t.right]})()"
    left, right = opened.evaluate(box)
    assert (right if way == "rtl" else left) < 4  # the first line begins at its own side
    assert watched.quiet(), (watched.said, watched.outside)
    watched.context.close()


def test_what_no_finder_read_is_shown_as_such(chromium: Any, edition: Path) -> None:
    watched = Watched(chromium, edition)
    opened = watched.open("witnesses/en.html")
    assert opened.locator(".is-caption .tx").inner_text().split("\n")[0] == "The quay in 1987"
    assert "caption, not read" in opened.locator(".is-caption").inner_text()
    assert opened.locator(".tx del").first.inner_text() == "nine"
    assert opened.locator(".is-heading").first.inner_text().endswith("Loss of a ferry")
    watched.context.close()
