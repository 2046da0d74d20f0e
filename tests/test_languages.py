"""Languages: which one an account is in, and that nothing of English is made of another."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from casebook import cases
from variorum import names, read
from variorum.annotate import annotate
from variorum.config import Config
from variorum.edition.collate import collate
from variorum.engine.duckdb import DuckEngine
from variorum.export import write
from variorum.languages import code_of, direction, identify, offers, packs, sentences
from variorum.records import TABLES, Parallel, Silence, Witness, table


@pytest.mark.parametrize("case", cases("languages"))
def test_case(case: dict[str, str]) -> None:
    expected = ("en", None) if case["language"] == "en or unknown" else (case["language"],)
    assert identify(case["text"]) in expected


def account(name: str, text: str, language: str | None = None) -> Witness:
    return Witness(name, name.upper(), None, None, None, "1998-11-18", language, f"{name}.txt", "", text)


RUSSIAN = (
    "Паром затонул в проливе 1998-11-17. Губернатор заявил: «Погибли 33 человека, и никто нас не предупредил». "
    "В марте 1999 года суд в Москве оправдал капитана."
)
ROWS = ("places", "actors", "figures", "claims")


@pytest.mark.parametrize(
    "text",
    [
        "Die Fähre sank am 1998-11-17 in der Meerenge. „Niemand hat uns gewarnt“, sagte der Bürgermeister, und 33 starben im März 1999.",
        "Il traghetto è affondato il 1998-11-17. «Nessuno ci ha avvertiti», ha detto il sindaco, e 2,5 milioni nel marzo 1999.",
        "Feribot battı. Ordu 33 kişinin öldüğünü 1998-11-17 günü bildirdi. “Kimse bizi uyarmadı ki” dedi vali Ahmet.",
    ],
    ids=["de", "it", "tr"],
)
def test_another_language_gets_no_english_rows(text: str) -> None:
    [made] = annotate([account("a", text)])
    assert not any(made.tables[name] for name in ROWS)
    assert [row.edtf for row in made.tables["times"]] == ["1998-11-17"]  # type: ignore[attr-defined]
    assert len(made.tables["quotes"]) == 1 and made.tables["quotes"][0].speaker is None  # type: ignore[attr-defined]
    assert made.tables["sentences"]
    assert "not read" in made.tables["problems"][0].message  # type: ignore[attr-defined]
    for rows in made.tables.values():
        for row in rows:
            if getattr(row, "start", None) is not None:
                assert text[row.start : row.end] == row.text  # type: ignore[attr-defined]


def test_what_a_pack_does_not_offer_is_withheld_and_said() -> None:
    [made] = annotate([account("a", RUSSIAN)])
    assert [row.edtf for row in made.tables["times"]] == ["1998-11-17", "1999-03"]  # type: ignore[attr-defined]
    assert [(row.low, row.role) for row in made.tables["figures"]] == [(33.0, "killed")]  # type: ignore[attr-defined]
    assert [row.speaker for row in made.tables["quotes"]] == ["Губернатор"]  # type: ignore[attr-defined]
    assert [(row.text, row.name) for row in made.tables["places"]] == [("Москве", "Moscow")]  # type: ignore[attr-defined]
    assert not any(made.tables[name] for name in ("claims", "actors"))
    [problem] = made.tables["problems"]
    assert (
        "is in Russian, which is read in part; it has times, places, figures and speakers of quotations"
        in problem.message
    )  # type: ignore[attr-defined]
    assert "events or names" in problem.message  # type: ignore[attr-defined]


def test_a_given_language_wins() -> None:
    [made] = annotate([account("a", RUSSIAN, "en")])
    assert "1999" in [row.text for row in made.tables["times"]] and not made.tables["problems"]  # type: ignore[attr-defined]


def documents(tmp_path: Path, files: dict[str, str]) -> read.Found:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return read.accounts([tmp_path])


def test_what_a_person_gives_wins_over_the_words_and_these_over_a_template(tmp_path: Path) -> None:
    page = "<html lang=en><title>x</title><p>{}</p></html>"
    table = "file,language\ngiven.txt,English\n"
    found = documents(
        tmp_path, {"given.txt": RUSSIAN, "page.html": page.format(RUSSIAN + RUSSIAN), "witnesses.csv": table}
    )
    assert {d.id: d.language for d in found.documents} == {"given": "en", "page": "ru"}
    assert [p.message for p in found.problems] == [
        "given.txt is given as English, and reads like Russian; it was read as given"
    ]


def test_too_short_to_tell_is_unknown_and_read_as_english(tmp_path: Path) -> None:
    found = documents(tmp_path, {"a.txt": "Ferry lost."})
    assert found.documents[0].language is None and not found.problems
    [made] = annotate([account("a", "Ten men died.")])
    assert made.tables["figures"]


def test_a_paragraph_in_another_language_is_left_out_and_said() -> None:
    english = "Ten people were killed when the ferry sank, and the master said that nobody had warned him of the wreck."
    french = (
        "Le bac a coulé dans le détroit pendant la nuit, a annoncé la garde côtière, et le gouverneur a déclaré que "
        "33 personnes étaient mortes en 1998."
    )
    text = f"{english}\n\n{french}"
    [made] = annotate([account("a", text)])
    assert [row.text for row in made.tables["figures"]] == ["Ten"]  # type: ignore[attr-defined]
    assert [(row.kind, row.text) for row in made.tables["structure"]] == [("foreign", french)]  # type: ignore[attr-defined]
    assert "a paragraph (57 % of the text) is in French" in made.tables["problems"][0].message  # type: ignore[attr-defined]


def test_english_with_foreign_names_and_titles_is_english() -> None:
    text = "Ángel Núñez, Żaneta Łęcka, Çiğdem Öztürk and Jürgen Weiß were among the 31 dead, Le Monde and El País said."
    assert identify(text) == "en"


@pytest.mark.parametrize(
    ("told", "code"),
    [("en-GB", "en"), ("EN_us", "en"), ("eng", "en"), ("English", "en"), ("fre", "fr"), ("uk", "uk"), ("", None)],
)
def test_codes_of_languages(told: str, code: str | None) -> None:
    assert code_of(told) == code


def test_a_pack_says_what_it_offers() -> None:
    assert (
        offers(None, "claims") and offers("en", "times") and not offers("und", "claims") and not offers("de", "times")
    )
    for pack in packs().values():
        assert pack.name and pack.offers and pack.words and pack.least >= 1


def test_sentences_of_any_language() -> None:
    text = "Խորտակվեց։ Ոչ ոք չեկավ։\nIl a dit. M. Hale est parti. «Oui.» Et la nuit…\n沈んだ。"
    found = [text[a:b] for a, b in sentences(text)]
    assert found == [
        "Խորտակվեց։",
        "Ոչ ոք չեկավ։",
        "Il a dit.",
        "M. Hale est parti.",
        "«Oui.»",
        "Et la nuit…",
        "沈んだ。",
    ]


def test_an_account_that_is_not_read_is_in_no_count(tmp_path: Path) -> None:
    folder = tmp_path / "accounts"
    folder.mkdir()
    english = (
        "The ferry sank off Hale on {} November 1998. Thirty-one people died on 17 November 1998. The inquiry met at Hale "
        "on 3 December 1998. It closed on 20 December 1998. The master was freed on 8 January 1999."
    )
    for name, day in (("a", 17), ("b", 18)):
        (folder / f"{name}.txt").write_text(english.format(day), encoding="utf-8")
    days = "1998-11-16, 1998-11-18, 1998-12-02, 1998-12-04, 1998-12-19, 1998-12-21, 1999-01-07, 1999-01-09"
    for name in ("c", "d"):
        (folder / f"{name}.txt").write_text(f"{RUSSIAN} {days}. {name}. {RUSSIAN}", encoding="utf-8")
    edition = collate(folder, tmp_path / "edition")
    assert {w["witness"]: w["language"] for w in edition.witnesses().to_pylist()} == {
        "a": "en",
        "b": "en",
        "c": "ru",
        "d": "ru",
    }
    assert not {s.witness for s in edition.records(Silence)} & {"c", "d"}
    shared = [{p.a_witness, p.b_witness} for p in edition.records(Parallel)]
    assert {"c", "d"} in shared  # the passages that they share are found in any language
    overview = (tmp_path / "edition" / "index.html").read_text("utf-8")
    assert "Two more accounts are in Russian, of which no events are made" in overview
    page = (tmp_path / "edition" / "witnesses" / "c.html").read_text("utf-8")
    assert "It is in Russian, which is read in part" in page and re.search('class="text"[^>]* lang="ru"', page)
    assert "No events were made of it, so that nothing can be said of what it leaves out." in page


@pytest.mark.parametrize(
    ("text", "way"), [("غرقت العبارة (ferry) في المضيق", "rtl"), ("The ferry غرقت sank", "ltr"), ("33", "ltr")]
)
def test_direction(text: str, way: str) -> None:
    assert direction(text) == way


def test_a_folder_of_sixteen_languages_has_no_row_that_a_pack_does_not_offer(tmp_path: Path) -> None:
    """Each is told in its own language, has what its pack offers, and nothing else; the rest is withheld and said."""
    parts = (Path(__file__).parent / "tongues" / "twelve.txt").read_text("utf-8").split("=== ")[1:]
    told = dict(part.split("\n", 1) for part in parts)
    found = documents(tmp_path, {f"{code}.txt": text for code, text in told.items()})
    assert {d.id: d.language for d in found.documents} == {code: code for code in told} and len(told) == 16
    for made in annotate(account(d.id, d.text, d.language) for d in found.documents):
        code = made.witness
        for name in ("places", "figures", "claims", "actors"):
            assert bool(made.tables[name]) <= offers(code, name), (code, name)
        if offers(code, "figures"):
            assert [(f.low, f.role) for f in made.tables["figures"]] == [(4, "killed"), (9, "wounded")], code  # type: ignore[attr-defined]
        dated = [t.edtf for t in made.tables["times"]]  # type: ignore[attr-defined]
        assert dated == (["1954-06-07"] if offers(code, "times") else []), code
        assert [p.name for p in made.tables["places"]] == (["Poltava"] if offers(code, "places") else [])  # type: ignore[attr-defined]
        assert all((q.speaker is not None) <= offers(code, "quotes") for q in made.tables["quotes"])  # type: ignore[attr-defined]
        assert [p.step for p in made.tables["problems"]] == ["annotate"], code  # type: ignore[attr-defined]


def test_a_folder_of_sixteen_languages_goes_the_whole_way(tmp_path: Path) -> None:
    """Collated, exported, printed: nothing is compared that a pack lacks, all is found and set in its direction."""
    parts = (Path(__file__).parent / "tongues" / "twelve.txt").read_text("utf-8").split("=== ")[1:]
    told = dict(part.split("\n", 1) for part in parts)
    folder = tmp_path / "accounts"
    folder.mkdir()
    for code, text in told.items():
        (folder / f"{code}.txt").write_text(text, "utf-8")
    edition = collate(folder, tmp_path / "edition", Config(processes=1))
    tables = {name: one.to_pylist() for name, one in edition.tables().items()}
    assert {w["witness"]: w["language"] for w in tables["witnesses"]} == {code: code for code in told}
    assert not any(tables[name] for name in ("events", "claims", "stories", "silences", "checks"))
    needs = {"killed": "figures", "wounded": "figures", "date": "times", "place": "places"}
    compared = {(r["witness"], needs.get(r["attribute"], r["attribute"])) for r in tables["readings"]}
    assert len(compared) > 3 and all(offers(code, what) for code, what in compared)
    assert {v["verdict"] for v in tables["verdicts"]} == {"agree"}
    assert sorted(p["witness"] for p in tables["problems"]) == sorted(told)
    found = (tmp_path / "edition" / "data" / "search.js").read_text("utf-8")
    for code, text in told.items():
        page = (tmp_path / "edition" / "witnesses" / f"{code}.html").read_text("utf-8")
        assert f'lang="{code}"' in page and ('dir="rtl"' in page) == (code in ("ar", "he")), code
        assert json.dumps(text.strip()[-12:-2])[1:-1] in found, code
    for kind in ("json", "csv", "tei"):
        write(edition.tables(), kind, tmp_path / kind)
        assert any(path.stat().st_size for path in [tmp_path / kind, *(tmp_path / kind).rglob("*")])


def test_one_person_in_three_scripts_is_one_name() -> None:
    """Who speaks, by both names and in the nominative; who is cited ("according to") may stand in another case."""
    texts = {
        "en": "The ferry sank. “We saw nothing of it,” said Stefan Galov, the director. Ivan Petrov left the port.",
        "ru": "Паром затонул. «Мы ничего не видели», — заявил Стефан Галов. По словам Олега Рыкова, порт был закрыт.",
        "uk": "Пором затонув. «Ми нічого не бачили», — сказав Стефан Галов. «Порт зачинено», — додав Петров.",
    }
    witnesses = [account(code, text, code) for code, text in texts.items()]
    engine = DuckEngine()
    engine.put("witnesses", table(Witness, witnesses))
    made = [annotation.tables for annotation in annotate(witnesses)]
    for name in ("actors", "quotes", "places", "claims"):
        engine.put(name, table(TABLES[name], [row for tables in made for row in tables[name]]))
    names.run(engine)
    persons = [row for row in engine.get("names").to_pylist() if row["kind"] == "person"]
    assert {row["witness"] for row in persons if row["referent"] == "Stefan Galov"} == {"en", "ru", "uk"}
    assert {row["form"] for row in persons if row["witness"] != "en"} == {"Стефан Галов"}


def test_every_letter_that_is_written_leftward_tells_its_direction() -> None:
    leftward = [chr(n) for n in range(0x110000) if unicodedata.bidirectional(chr(n)) in ("R", "AL")]
    assert len(leftward) > 1000 and all(direction(sign) == "rtl" for sign in leftward)
    assert direction("“Nine”, she said – " + leftward[0]) == "ltr"
