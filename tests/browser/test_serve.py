"""The app in a real browser: a first-time user, a reviewer at the keyboard, two people on one row, axe, phone, zoom, dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import edition_sizes
import serve_maker
from serve_maker import listening
from variorum.review.log import Log, log_of
from variorum.serve.users import Users

from .chromium import AXE
from .firefox import FIREFOX, firefox

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/queue",
    "/search?q=ferry",
    "/select?where=conflict",
    "/decisions",
    "/start",
    "/rows/verdicts",
    "/rows/events/e2",
    "/events/e2.html",
    "/chronology.html",
    "/mark?kind=figure&witness=families&start=181&end=186",
]
ACCOUNTS = {
    "harbour.txt": "The ferry Maid of Varn sank in the Corrie Sound on 17 November 1998. Of 220 people on board 31 people died and nine are missing, the harbour office said.",
    "survivors.txt": "We were on the ferry Maid of Varn when she sank in the Corrie Sound on 17 November 1998. Forty people died.",
    "island.txt": "At least 34 people died when the ferry Maid of Varn sank in the Corrie Sound on 17 November 1998. Fourteen boats joined the search.",
    "courier.txt": "The ferry Maid of Varn sank in the Corrie Sound on 17 November 1998. 31 people died, the harbour office said. The search ended on 20 November 1998.",
    "owner.txt": "Our ferry Maid of Varn was lost in the Corrie Sound on 17 November 1998. 31 people died. We regret it.",
}  # fmt: skip


class Visitor:
    """A person with a browser at the app; what the console says and what is asked for elsewhere is kept."""

    def __init__(self, running: Any, address: str, **context: Any) -> None:
        self.address = address
        self.context = running.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.outside: list[str] = []
        self.page.on(
            "console", lambda m: self.said.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda e: self.said.append(f"error: {e}"))
        self.page.on(
            "request", lambda r: self.outside.append(r.url) if not r.url.startswith((address, "data:")) else None
        )

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        return self.page

    def quiet(self) -> bool:
        return not self.said and not self.outside


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return serve_maker.edition(tmp_path_factory.mktemp("served") / "e")


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(base, tmp_path / "e"))


@contextmanager
def visited(chromium: Any, folder: Path, **context: Any) -> Iterator[Visitor]:
    with listening(folder) as address:
        visitor = Visitor(chromium, address, **context)
        yield visitor
        visitor.context.close()


def test_a_reviewer_goes_through_twenty_rows_by_keyboard(chromium: Any, tmp_path: Path) -> None:
    folder = serve_maker.edition(tmp_path / "e", edition_sizes.large(20, 60))
    with visited(chromium, folder) as anna:
        page = anna.open("/queue")
        for key in ["a", "w1", "a", "j", "w3"] * 4:
            before = page.locator(".card").get_attribute("data-row")
            for one in key:
                page.keyboard.press(one)
            page.locator(f"[data-queue]:not([aria-busy]) .card:not([data-row='{before}'])").wait_for()
        assert len(Log(log_of(folder)).decisions) == 16
        last = page.locator(".card").get_attribute("data-row")
        page.keyboard.press("k")
        page.locator(f"[data-queue]:not([aria-busy]) .card:not([data-row='{last}'])").wait_for()
        count = len(Log(log_of(folder)).decisions)
        page.keyboard.press("u")
        page.get_by_text("Taken back: Anna: taken back.").wait_for()
        page.locator("[data-queue]:not([aria-busy])").wait_for()
        assert [d.says for d in Log(log_of(folder)).decisions.values()][count:] == ["undo"]
        page.keyboard.press("m")
        page.keyboard.type("who counted them?")
        page.keyboard.press("Enter")
        page.get_by_text("Kept: Anna: a note (who counted them?).").wait_for()
        page.locator("h2").focus()
        page.locator("[data-queue]:not([aria-busy])").wait_for()
        page.keyboard.press("?")
        assert page.locator("#keys").get_attribute("open") is not None
        assert anna.quiet(), (anna.said, anna.outside)


def test_a_merge_by_dragging_and_its_undo(chromium: Any, folder: Path) -> None:
    with visited(chromium, folder) as anna:
        page = anna.open("/chronology.html")
        page.locator("tr[data-row='events/e1'] .row-tools").wait_for()
        page.locator("tr[data-row='events/e1']").drag_to(page.locator("tr[data-row='events/e2']"))
        page.get_by_role("button", name="merge them").click()
        page.get_by_text("Kept: Anna: to be merged with the other.").wait_for()
        page.locator("tr[data-row='events/e1'] .row-said", has_text="to be merged").wait_for()
        assert page.locator("[data-waiting]").inner_text() == "1 decision is not yet in the pages"
        page.locator("tr[data-row='events/e1'] .row-tools button").click()
        page.locator("dialog .history button", has_text="undo").click()
        page.locator("dialog .history .undone").first.wait_for()
        assert [d.says for d in Log(log_of(folder)).decisions.values()] == ["merge", "undo"]
        page.keyboard.press("Escape")
        page.locator("tr[data-row='events/e3'] .row-tools button").focus()
        page.keyboard.press("m")
        page.locator("tr[data-row='events/e4'] .row-tools button").focus()
        page.keyboard.press("m")
        page.get_by_role("button", name="merge them").press("Enter")
        page.get_by_text("Kept: Anna: to be merged with the other.").wait_for()
        assert anna.quiet(), (anna.said, anna.outside)


def test_words_are_marked_in_a_witness(chromium: Any, folder: Path) -> None:
    with visited(chromium, folder) as anna:
        page = anna.open("/witnesses/families.html")
        page.evaluate(
            "() => { const p = [...document.querySelectorAll('.tx > p')].find(x => x.textContent.includes('did not come home'));"
            " const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let node; while ((node = walker.nextNode()) && !node.data.includes('come home'));"
            " const at = node.data.indexOf('come home'); getSelection().setBaseAndExtent(node, at, node, at + 9); document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true })); }"
        )
        page.get_by_role("toolbar").get_by_role("button", name="figure").click()
        page.locator("dialog input[name='value.low']").fill("40")
        page.locator("dialog input[name='value.high']").fill("40")
        page.locator("dialog button", has_text="add it").click()
        page.locator("[data-told]", has_text="Kept: Anna: one that was missed").wait_for()
        [one] = Log(log_of(folder)).decisions.values()
        assert one.about.words[0].text == "come home" and one.value == {"low": 40, "high": 40}
        assert anna.quiet(), (anna.said, anna.outside)


def test_two_people_on_one_row_see_each_other_at_once(chromium: Any, folder: Path) -> None:
    users = Users(folder.parent / "users.json")
    for name in ("anna", "ben"):
        users.add(name, "reviewer", f"{name} has a long word")
    with listening(folder, users=folder.parent / "users.json") as address:
        people = {}
        for name in ("anna", "ben"):
            people[name] = visitor = Visitor(chromium, address)
            page = visitor.open("/queue")
            page.get_by_label("name").fill(name)
            page.get_by_label("password").fill(f"{name} has a long word")
            page.get_by_role("button", name="log in").click()
            page.wait_for_selector(".card")
        anna, ben = people["anna"].page, people["ben"].page
        assert anna.locator(".card").get_attribute("data-row") == ben.locator(".card").get_attribute("data-row")
        anna.get_by_text("ben also looks at this row").wait_for()
        anna.keyboard.press("a")
        ben.get_by_text("Just now on this row: anna: right.").wait_for()
        ben.locator(".card .beside", has_text="anna: right").wait_for()
        ben.keyboard.press("w")
        ben.keyboard.press("2")
        ben.get_by_text("Kept: ben: no comparison of like with like").first.wait_for()
        said = {(d.by, d.says) for d in Log(log_of(folder)).decisions.values()}
        assert said == {("anna", "right"), ("ben", "wrong")}
        for one in people.values():
            assert one.quiet(), (one.said, one.outside)
            one.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(chromium: Any, folder: Path, scheme: str) -> None:
    serious = []
    with visited(chromium, folder, color_scheme=scheme, bypass_csp=True) as anna:
        for path in PAGES:
            page = anna.open(path)
            page.wait_for_timeout(150)
            page.add_script_tag(path=str(AXE))
            found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            serious += [
                (path, v["id"], [n["html"][:160] for n in v["nodes"][:3]])
                for v in found
                if v["impact"] in ("serious", "critical")
            ]
        page = anna.open("/events/e2.html")
        page.locator("h1 .row-tools button").click()
        page.locator("dialog .says").wait_for()
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("axe.run(document.querySelector('dialog'), {resultTypes: ['violations']})")["violations"]
        serious += [
            ("dialog", v["id"], [n["html"][:160] for n in v["nodes"][:3]])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
    assert not serious, serious


@pytest.mark.parametrize(
    "size", [{"width": 390, "height": 844}, {"width": 640, "height": 450}], ids=["phone", "zoom of 200 %"]
)
def test_no_page_is_wider_than_the_window(chromium: Any, folder: Path, size: dict[str, int]) -> None:
    with visited(chromium, folder, viewport=size) as anna:
        for path in PAGES:
            page = anna.open(path)
            page.wait_for_timeout(100)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert anna.quiet(), (anna.said, anna.outside)


def test_everything_can_be_read_and_decided_without_a_script(chromium: Any, folder: Path) -> None:
    with visited(chromium, folder, java_script_enabled=False) as anna:
        page = anna.open("/queue")
        page.get_by_role("button", name="agree").click()
        page.get_by_text("You decided last: Anna: right.").wait_for()
        page.get_by_role("link", name="Decisions").click()
        page.get_by_text("1 decisions", exact=True).wait_for()
        page.get_by_role("link", name="Search", exact=True).first.click()
        page.get_by_label("Words to search for").fill("parishes")
        page.get_by_role("button", name="search").click()
        page.get_by_text("1 found").wait_for()
        page.get_by_role("link", name="at its place").click()
        page.wait_for_url("**/witnesses/islander.html#at-*")
        assert "data-bar" in page.content()


def test_the_keyboard_alone_reaches_and_leaves_a_dialog(chromium: Any, folder: Path) -> None:
    with visited(chromium, folder) as anna:
        page = anna.open("/events/e2.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
        page.locator("h1 .row-tools button").focus()
        page.keyboard.press("Enter")
        page.locator("dialog .says").wait_for()
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        page.keyboard.press("Escape")
        assert page.locator("dialog[open]").count() == 0
        assert page.evaluate("document.activeElement.textContent") == "check"


@pytest.mark.slow
def test_a_first_time_user_drops_five_files_and_what_she_decides_stays(chromium: Any, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for name, text in ACCOUNTS.items():
        (files / name).write_text(text, encoding="utf-8")
    folder = tmp_path / "edition"
    with listening(folder, options={"processes": 1}) as address:
        anna = Visitor(chromium, address)
        page = anna.open("/")
        page.get_by_role("heading", name="Drop your accounts here").wait_for()
        page.set_input_files("input[type=file]", [str(p) for p in sorted(files.iterdir())])
        page.get_by_role("button", name="read them").click()
        page.get_by_role("link", name="Where the accounts disagree").click(timeout=120_000)
        page.locator(".dis", has_text="Forty").first.wait_for()
        page.locator(".dis", has_text="Forty").first.get_by_role("button", name="check").click()
        page.locator("dialog input[name=why]").first.fill("seen in print")
        page.locator("dialog button", has_text="right").first.click()
        page.locator("dialog .history", has_text="Anna: right (seen in print)").wait_for()
        page.keyboard.press("Escape")
        late = tmp_path / "late.txt"
        late.write_text(
            "The ferry Maid of Varn went down in the Corrie Sound on 17 November 1998, says the lighthouse. She was late.",
            encoding="utf-8",
        )
        page.goto(f"{address}/start")
        page.set_input_files("input[type=file]", str(late))
        page.get_by_role("button", name="read them").click()
        page.get_by_text("Done: 6 accounts").wait_for(timeout=120_000)
        page.goto(f"{address}/decisions")
        page.get_by_text("· obeyed").wait_for()
        changed = tmp_path / "edition.accounts" / "survivors.txt"
        changed.write_text(
            "We were on the ferry Maid of Varn when she sank. Many died; nobody has counted them.", encoding="utf-8"
        )
        courier = tmp_path / "edition.accounts" / "courier.txt"
        courier.write_text(courier.read_text(encoding="utf-8").replace("ended", "was ended"), encoding="utf-8")
        page.goto(f"{address}/decisions")
        token = "document.querySelector('[data-bar]').dataset.token"
        page.evaluate(
            f"fetch('/api/make', {{method: 'POST', headers: {{'x-variorum-token': {token}}}}}).then(x => x.json())"
        )
        page.locator("[data-making]", has_text="the pages were made anew").wait_for(timeout=120_000)
        page.goto(f"{address}/decisions")
        page.locator(".history .orphan", has_text="its words are gone: its words “Forty”").wait_for()
        assert anna.quiet(), (anna.said, anna.outside)
        anna.context.close()


@pytest.mark.skipif(FIREFOX is None, reason="Firefox is not installed (Debian: apt-get install firefox-esr)")
def test_the_queue_the_search_and_a_dialog_in_firefox(folder: Path) -> None:
    with listening(folder) as address, firefox() as fox:
        fox.open(f"{address}/queue")
        fox.until("document.querySelector('.card')")
        first = fox.evaluate("document.querySelector('.card').dataset.row")
        fox.press("a")
        fox.until(
            f"document.querySelector('.card')?.dataset.row !== '{first}' && !document.querySelector('[aria-busy]')"
        )
        fox.press("w")
        fox.press("1")
        fox.until("document.querySelector('[data-told]')?.textContent.startsWith('Kept: Anna: no comparison')")
        assert [d.says for d in Log(log_of(folder)).decisions.values()] == ["right", "wrong"]
        fox.until("document.querySelector('[data-waiting]').textContent === '2 decisions are not yet in the pages'")
        fox.open(f"{address}/search?q=parishes")
        fox.until("document.querySelectorAll('.hits > li').length === 1")
        fox.open(f"{address}/events/e2.html")
        fox.until("document.querySelector('h1 .row-tools button')")
        fox.evaluate("document.querySelector('h1 .row-tools button').click()")
        fox.until("document.querySelector('dialog[open] .says')")
        fox.press("Escape")
        fox.until("!document.querySelector('dialog[open]')")
        assert fox.said == []
