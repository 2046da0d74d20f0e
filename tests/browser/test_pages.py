"""The pages in a real browser: silent console, no request leaves the folder, keyboard, filters in the address, axe-core."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import edition_maker
from variorum import records as r
from variorum import site
from variorum.config import Config
from variorum.languages import sentences

from .chromium import AXE, Watched

pytestmark = pytest.mark.browser

COUNT = "document.querySelectorAll('{}').length"
PAGES = [
    "index.html", "chronology.html", "disagreements.html", "side-by-side.html", "witnesses.html", "parallels.html", "stemma.html", "names.html", "matrix.html",
    "checks.html", "search.html", "about.html", "events/e2.html", "witnesses/courier.html", "parallels/operator--courier.html",
]  # fmt: skip


@pytest.fixture(scope="module")
def phone(chromium: Any, small: Path) -> Iterator[Watched]:
    watched = Watched(chromium, small, viewport={"width": 390, "height": 844})
    yield watched
    watched.context.close()


@pytest.mark.parametrize("page", PAGES)
def test_no_errors_no_requests_and_no_sideways_scrolling_on_a_phone(phone: Watched, page: str) -> None:
    phone.said.clear()
    phone.outside.clear()
    opened = phone.open(page)
    opened.wait_for_timeout(60)
    assert phone.quiet(), (phone.said, phone.outside)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390


COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours: all that can differ between light and dark, since the page is the same."""


def test_axe_finds_nothing_serious_in_light_and_nothing_of_colours_in_dark(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small, color_scheme="light", bypass_csp=True)
    serious = []
    for page in PAGES:
        opened = watched.open(page)
        opened.add_script_tag(path=str(AXE))
        for scheme, rules in (("light", {}), ("dark", {"runOnly": COLOURS})):
            opened.emulate_media(color_scheme=scheme)
            found = opened.evaluate("o => axe.run(document, o)", {"resultTypes": ["violations"], **rules})["violations"]
            serious += [
                (page, scheme, v["id"], [n["html"][:160] for n in v["nodes"][:3]])
                for v in found
                if v["impact"] in ("serious", "critical")
            ]
    assert not serious, serious
    watched.context.close()


def test_everything_is_there_without_a_script(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small, java_script_enabled=False)
    opened = watched.open("chronology.html")
    assert opened.locator("tbody tr").count() == 6
    opened.get_by_role("link", name="The coaster and the ferry collide").last.click()
    assert opened.get_by_text("Forty did not come home").count() >= 1
    opened.locator("a.addr", has_text="E at 181").first.click()
    opened.wait_for_url("**/witnesses/families.html#at-181-186")
    watched.context.close()


def test_filters_live_in_the_address(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("chronology.html")
    opened.get_by_role("checkbox", name="conflict 2").focus()
    for name in ("not compared 2", "single 2"):
        opened.get_by_role("checkbox", name=name).focus()
        opened.keyboard.press("Space")
    watched.until(COUNT.format("[data-rows] tr"), 2)
    assert "#?verdict=conflict" in opened.url
    again = Watched(chromium, small)
    shared = again.open("chronology.html#" + opened.url.split("#")[1])
    again.until(COUNT.format("[data-rows] tr"), 2)
    assert again.quiet() and watched.quiet()
    shared.get_by_role("button", name="all", exact=True).click()
    again.until(COUNT.format("[data-rows] tr"), 6)
    watched.context.close()
    again.context.close()


def test_words_filter_and_place_filter(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("chronology.html#?find=sinks")
    watched.until(COUNT.format("[data-rows] tr"), 1)
    opened = watched.open("chronology.html")
    opened.locator(".map .pl[aria-label^='Hale']").click()
    watched.until(COUNT.format("[data-rows] tr"), 1)
    assert "place=Hale" in opened.url and watched.quiet()
    watched.context.close()


def test_pages_of_a_long_list_turn_and_keep_the_filter(chromium: Any, middle: Path) -> None:
    watched = Watched(chromium, middle)
    opened = watched.open("chronology.html#?verdict=compatible")
    watched.until("document.querySelector('[data-shown]').textContent", "234")
    first = opened.locator("[data-rows] tr").first.get_attribute("data-key")
    opened.get_by_role("button", name="further in the list").click()
    watched.until(f"document.querySelector('[data-rows] tr').dataset.key !== '{first}'", True)
    assert "page=2" in opened.url and "verdict=compatible" in opened.url and watched.quiet()
    opened.goto(f"{middle.resolve().as_uri()}/chronology.html#?by=w0003")
    watched.until("document.querySelectorAll('[data-rows] tr').length < 30", True)
    assert opened.locator("[data-rows] tr").count() > 1
    watched.context.close()


def test_the_less_sure_stay_folded_until_asked_for(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("disagreements.html")
    watched.until(COUNT.format("[data-rows] li"), 5)
    opened.get_by_role("checkbox", name="the less sure too").focus()
    opened.keyboard.press("Space")
    watched.until(COUNT.format("[data-rows] li"), 6)
    assert watched.quiet()
    watched.context.close()


def test_an_address_marks_its_words(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("witnesses/families.html#at-181-186")
    marked = "[...CSS.highlights.get('place')].map(r => r.toString()).join()"
    assert opened.evaluate(marked) == "Forty"
    opened.goto(f"{small.resolve().as_uri()}/witnesses/courier.html#at-255-343")
    opened.reload()
    assert opened.evaluate(marked).startswith("No order was given")
    watched.context.close()


def test_the_keyboard_reaches_the_page_and_its_rows(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("index.html")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the page"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "main"
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.closest('main') !== null")
    watched.context.close()


def test_pointing_at_a_witness_and_letting_go(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("events/e2.html")
    button = opened.locator(".sigla button").nth(2)
    button.focus()
    opened.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    assert opened.evaluate("[...document.querySelectorAll('.rd')].filter(x => x.style.opacity).length") == 4
    opened.keyboard.press("Escape")
    assert opened.evaluate("[...document.querySelectorAll('.rd')].filter(x => x.style.opacity).length") == 0
    watched.context.close()


def test_layers_switch(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("witnesses/operator.html")
    assert opened.locator(".t-fig").first.is_hidden()
    opened.get_by_role("checkbox", name="figures").focus()
    opened.keyboard.press("Space")
    assert opened.locator(".t-fig").first.is_visible()
    watched.context.close()


def test_joins_are_drawn_between_the_columns(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("parallels/courier--islander.html")
    assert opened.locator(".joins path.rendition").count() == 1
    watched.context.close()


def test_search_finds_words_and_leads_to_them(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("search.html")
    opened.get_by_label("Words to search for").fill("parishes")
    watched.until(COUNT.format("[data-results] li"), 1)
    assert "q=parishes" in opened.url
    opened.locator("[data-results] a bdi").click()
    opened.wait_for_url("**/witnesses/islander.html#at-*")
    assert watched.quiet()
    watched.context.close()


def test_search_and_filters_fold_case_and_marks(chromium: Any, small: Path) -> None:
    watched = Watched(chromium, small)
    opened = watched.open("search.html#?q=P%C3%81RISHES")
    watched.until(COUNT.format("[data-results] li"), 1)
    opened.get_by_label("Words to search for").fill("parishés")
    watched.until(COUNT.format("[data-results] li"), 1)
    watched.open("chronology.html#?find=S%C3%8FNKS")
    watched.until(COUNT.format("[data-rows] tr"), 1)
    assert watched.quiet()
    watched.context.close()


@pytest.fixture(scope="module")
def sixteen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of one account in each of sixteen languages, in French."""
    parts = (Path(__file__).parents[1] / "tongues" / "twelve.txt").read_text("utf-8").split("=== ")[1:]
    told = dict(part.split("\n", 1) for part in parts)
    witnesses = [r.Witness(c, c.upper(), None, None, None, None, c, f"{c}.txt", "", text) for c, text in told.items()]
    rows = [
        r.Sentence(code, start, end, text[start:end], n, 0)
        for code, text in told.items()
        for n, (start, end) in enumerate(sentences(text))
    ]
    tables = {"witnesses": r.table(r.Witness, witnesses), "sentences": r.table(r.Sentence, rows)}
    folder = tmp_path_factory.mktemp("sixteen")
    assert site.publish(tables, folder, {"title": "One fire"}, Config(interface="fr")) == []
    return folder


@pytest.mark.parametrize(
    ("code", "query"),
    [("uk", "пожежа"), ("ru", "УНИЧТОЖИЛ МЕЛЬНИЦУ"), ("ru", "ещё девять"), ("ru", "еще девять"), ("tr", "degirmeni"), ("pl", "zniszczyl mlyn"), ("el", "φύλακασ"),
     ("ar", "الطاحونه"), ("he", "הטחנה"), ("ja", "製粉所"), ("zh", "磨坊"), ("zh", "毁了波尔塔瓦"), ("ka", "წისქვილი"), ("hy", "ջրաղացը"), ("pt", "nao pudemos")],
)  # fmt: skip
def test_sentences_in_every_script_are_found(chromium: Any, sixteen: Path, code: str, query: str) -> None:
    watched = Watched(chromium, sixteen)
    opened = watched.open("search.html")
    opened.locator("input[type=search]").fill(query)
    watched.until(COUNT.format("[data-results] li"), 1)
    assert f"witnesses/{code}.html" in str(opened.locator("[data-results] a").first.get_attribute("href"))
    assert "trouvés" in str(opened.locator("[data-state]").text_content())
    assert watched.quiet()
    watched.context.close()


@pytest.mark.parametrize("width", [390, 820, 1280])
@pytest.mark.parametrize("code", ["fr", "ru", "uk"])
def test_pages_in_another_language_run_over_no_edge(chromium: Any, tmp_path: Path, code: str, width: int) -> None:
    assert site.publish(edition_maker.small(), tmp_path, {"title": "Gull"}, Config(interface=code)) == []
    watched = Watched(chromium, tmp_path)
    for name in (
        "index.html",
        "chronology.html",
        "disagreements.html",
        "matrix.html",
        "parallels.html",
        "about.html",
        "events/e2.html",
    ):
        opened = watched.open(name)
        opened.set_viewport_size({"width": width, "height": 900})
        assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    assert watched.quiet()
    watched.context.close()


def test_hostile_words_run_nowhere(chromium: Any, hostile: Path) -> None:
    watched = Watched(chromium, hostile)
    pages = sorted(p.relative_to(hostile).as_posix() for p in hostile.rglob("*.html"))
    for page in pages:
        opened = watched.open(page)
        opened.wait_for_timeout(60)
        assert opened.evaluate("window.broken") is None, page
        assert (
            opened.evaluate("document.querySelectorAll('a[href^=\"javascript\"], img, iframe, object').length") == 0
        ), page
    assert watched.quiet(), (watched.said, watched.outside)
    opened = watched.open("search.html#?q=script")
    opened.wait_for_timeout(300)
    assert opened.evaluate("window.broken") is None
    watched.context.close()


def test_turned_writing_does_not_leak(chromium: Any, hostile: Path) -> None:
    watched = Watched(chromium, hostile)
    page = next(p for p in (hostile / "witnesses").glob("*.html") if "evil" in p.name)
    opened = watched.open(f"witnesses/{page.name}")
    order = opened.evaluate(
        "(() => { const a = document.querySelector('.head nav a'); return getComputedStyle(a).direction; })()"
    )
    assert order == "ltr"
    assert opened.evaluate(
        "[...document.querySelectorAll('bdi, q, .tx > p')].every(x => ['isolate', 'isolate-override', 'plaintext'].includes(getComputedStyle(x).unicodeBidi))"
    )
    watched.context.close()


@pytest.mark.slow
def test_ten_million_characters_in_one_line_stay_text(chromium: Any, long_line: Path) -> None:
    watched = Watched(chromium, long_line)
    begun = time.monotonic()
    opened = watched.open("witnesses/longline.html")
    assert time.monotonic() - begun < 5
    assert opened.locator(".tx").inner_text().startswith("the ferry went on")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 1280 and watched.quiet()
    assert len(list((long_line / "witnesses").glob("longline*.html"))) > 100
    watched.context.close()


def test_in_print_nothing_is_cut_by_a_box_that_scrolls(chromium: Any, middle: Path) -> None:
    watched = Watched(chromium, middle)
    opened = watched.open("matrix.html")
    cut = "[...document.querySelectorAll('.scroll')].filter(box => box.scrollHeight > box.clientHeight + 2).length"
    assert opened.evaluate(cut) > 0, "the matrix scrolls within itself on the screen"
    opened.emulate_media(media="print")
    assert opened.evaluate(cut) == 0
    watched.context.close()
