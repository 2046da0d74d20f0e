"""Pages in French, Russian and Ukrainian: no English is left but what accounts say, and what accounts say is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from variorum import Edition
from variorum.config import Config
from variorum.lists import toml
from variorum.site import PAGES, SHARED, prepared, printed
from variorum.site.translated import Translator
from variorum.site.words import INTERFACES
from variorum.site.workers import ALL

OTHERS = [code for code in INTERFACES if code != "en"]


@pytest.mark.parametrize("code", OTHERS)
def test_no_english_is_left_on_the_pages_of_the_example(code: str, example_edition: Path, tmp_path: Path) -> None:
    """What the table lacks stands in an account, or is how the edition calls one or a place."""
    edition = Edition(example_edition)
    tables = edition.tables()
    render = prepared(tables, tmp_path, {"title": "The loss", "made": "2026-01-01"}, Config(interface=code))
    for name in [*PAGES, *SHARED]:
        assert name == "pictures" or printed(render, (name, ALL)) == []
    known = " ".join(
        " ".join(str(value) for value in column.to_pylist() if value)
        for table, columns in {
            "witnesses": ("witness", "title", "publisher", "party", "text"),
            "places": ("name",),
            "names": ("referent", "form"),
        }.items()
        for column in (tables[table][name] for name in columns)
    ).lower()
    known = " ".join(known.split())
    left = {
        part
        for key in render.translator.unknown
        for part in re.split(r"\{\}|[“”]", key)
        if re.search(r"[^\W\d_]{2}", part)
        and not re.fullmatch("[A-Z ]+", part)
        and part.strip(" ,.;:()").lower() not in known
    }
    assert left == set()
    page = (tmp_path / "disagreements.html").read_text("utf-8")
    assert f'<html lang="{code}"' in page and "the numbers do not meet" not in page


def test_every_language_has_the_same_messages() -> None:
    tables = {code: toml(f"interface/{code}") for code in OTHERS}
    for part in ("messages", "script", "phrases", "dates"):
        keys = {code: set(told[part]) for code, told in tables.items()}
        assert all(one == keys["fr"] for one in keys.values()), part
    for code, told in tables.items():
        for key, message in {**told["messages"], **told["script"]}.items():
            slots = key.count("{}")
            named = [int(n) for n in re.findall(r"\{(\d)[:}]", message)]
            assert all(0 < n <= slots for n in named) and message.count("{}") <= slots, (code, key)
            assert message.count("*") == key.count("*"), (code, key)
            assert len(message) <= 2.2 * len(key) + 25 + 30 * message.count("|"), (code, key)


@pytest.mark.parametrize("code", OTHERS)
def test_every_label_of_an_event_and_every_attribute_is_told(code: str) -> None:
    words = [*toml("events")["labels"].values(), *toml("site-words")["attributes"].values()]
    told, same = Translator(code), set(toml(f"interface/{code}")["attributes"].values())
    for word in words:
        told.page(f"<p>{word}</p><p>{word}, 17 Nov 1998</p>")
    assert set(told.unknown) <= same
    reason = "A has <bdi>“nine”</bdi> under <bdi>“17 Nov”</bdi>, B has <bdi>“19”</bdi>: the one says that these are all, and the other counts otherwise"
    told = Translator(code, sigla=("A", "B"))
    told.page(f"<p>{reason}.</p><p>From 84 or more (A, 2 May) to 90 or more (B).</p><p>no day</p><p>side 3</p>")
    assert "printed" not in told.page('<td data-l="printed by">3</td>')
    assert not told.unknown


@pytest.mark.parametrize(
    ("code", "english", "told"),
    [
        ("ru", "<p>an edition of 21 accounts</p>", "<p>издание 21 рассказов</p>"),
        ("ru", "<p>3 events, 21 events, 11 events</p>", "<p>3 события, 21 событие, 11 событий</p>"),
        ("uk", "<p>2 events</p>", "<p>2 події</p>"),
        ("fr", "<p>1,839 words · 17 Nov 1998</p>", "<p>1\u202f839 mots · 17 nov. 1998</p>"),
        ("fr", "<h2><span data-shown>63</span> comparisons</h2>", "<h2><span data-shown>63</span> comparaisons</h2>"),
        ("fr", "<p>A has “nine”, B has “19”: the numbers do not meet.</p>", None),
        # what an account says, its name, and what looks like a message inside them
        ("fr", "<p><q><bdi>Search</bdi></q> <bdi>Overview</bdi> <mark>events</mark></p>", None),
        ("uk", '<p lang="en">Silent. 17 Nov 1998</p>', '<p lang="en">Silent. 17 Nov 1998</p>'),
        ("ru", "<p>&lt;b&gt; &amp; “Reason”</p>", "<p>&lt;b&gt; &amp; “Reason”</p>"),
        ("ru", '<b class="w h1" title="Reason">A</b>', '<b class="w h1" title="Reason">A</b>'),
    ],
)
def test_messages_are_told_and_words_of_accounts_are_left(code: str, english: str, told: str | None) -> None:
    made = Translator(code, sigla=("A", "B")).page(english)
    if told is not None:
        assert made == told
    for words in re.findall(r"“[^”]*”|<bdi>.*?</bdi>|<mark>.*?</mark>", english):
        assert words in made
    assert re.findall(r"<[^>]+>", made) == re.findall(r"<[^>]+>", english)


def test_hostile_words_stay_text_and_take_no_long_time() -> None:
    told = Translator("fr", sigla=("A",))
    for words in ("\ue0000\ue001", "{1}", "*" * 5_000, "A has " * 4_000, "( " * 9_000, "1," * 9_000, "&lt;script&gt;"):
        made = told.page(f"<p>{words}</p>")
        assert "<script" not in made and made.startswith("<p>") and made.endswith("</p>")


def test_english_pages_are_as_they_were() -> None:
    page = "<p>Silent, 2 events &amp; 17 Nov 1998</p>"
    assert Translator("en").page(page) is page
