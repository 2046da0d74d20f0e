"""Names: the step on hand-made tables, every kind once, and what must stay apart."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evaluation import floors, path
from variorum import names, records
from variorum.engine.duckdb import DuckEngine
from variorum.names import wording
from variorum.names.referents import Joined
from variorum.records import Actor, Claim, Name, Place, Witness


def witness(name: str, text: str) -> Witness:
    return Witness(name, name, None, None, None, None, "en", f"{name}.txt", "", text)


def at(text: str, form: str, start: int = 0) -> tuple[int, int, str]:
    first = text.index(form, start)
    return first, first + len(form), form


def place(where: str, text: str, form: str, **columns: object) -> Place:
    row = {"name": form, "kind": "town", "country": "TV", "precision": "none"} | columns
    return Place(where, *at(text, form), **row)  # type: ignore[arg-type]


def referents(texts: dict[str, str], places: list[Place] = [], actors: list[Actor] = [], claims: list[Claim] = []):  # noqa: B006
    engine = DuckEngine(processes=1)
    engine.put("witnesses", records.table(Witness, [witness(n, t) for n, t in texts.items()]))
    for kind, rows in ((Place, places), (Actor, actors), (Claim, claims)):
        engine.put(kind.TABLE, records.table(kind, rows))
    names.run(engine)
    return records.rows(Name, engine.get("names"))


def together(rows: list[Name], a: str, b: str) -> bool:
    bearers = {form: {r.referent for r in rows if r.form == form} for form in (a, b)}
    return bool(bearers[a] & bearers[b])


def test_spellings_across_witnesses() -> None:
    texts = {"A": "They left Merrudan.", "B": "They left Merridan."}
    rows = referents(texts, [place("A", texts["A"], "Merrudan"), place("B", texts["B"], "Merridan")])
    assert together(rows, "Merrudan", "Merridan")
    assert {(r.form, r.witness, r.count) for r in rows} == {("Merrudan", "A", 1), ("Merridan", "B", 1)}


def test_spellings_in_two_countries_stay_apart() -> None:
    texts = {"A": "They left Merrudan.", "B": "They left Merridan."}
    found = [place("A", texts["A"], "Merrudan"), place("B", texts["B"], "Merridan", country="AS")]
    assert not together(referents(texts, found), "Merrudan", "Merridan")


def test_two_villages_with_a_common_second_word_stay_apart() -> None:
    texts = {"A": "They left Old Marjan and Big Marjan."}
    rows = referents(texts, [place("A", texts["A"], "Old Marjan"), place("A", texts["A"], "Big Marjan")])
    assert not together(rows, "Old Marjan", "Big Marjan")


def test_names_side_by_side_in_a_list_stay_apart() -> None:
    texts = {"A": "They left Merrudan, Merridan and Hale."}
    rows = referents(texts, [place("A", texts["A"], "Merrudan"), place("A", texts["A"], "Merridan")])
    assert not together(rows, "Merrudan", "Merridan")


@pytest.mark.parametrize(
    "told", ["Hale (Merrow)", "Hale (then Merrow)", "Hale (formerly Merrow)", "Hale, formerly Merrow,"]
)
def test_renamed_places(told: str) -> None:
    texts = {"A": f"They left {told} at night."}
    rows = referents(texts, [place("A", texts["A"], "Hale"), place("A", texts["A"], "Merrow")])
    assert together(rows, "Hale", "Merrow")


def test_a_country_in_brackets_is_no_other_name() -> None:
    texts = {"A": "They left Hale (Teverin) at night."}
    rows = referents(texts, [place("A", texts["A"], "Hale"), place("A", texts["A"], "Teverin", kind="country")])
    assert not together(rows, "Hale", "Teverin")


def test_one_entry_of_the_gazetteer_is_one_place() -> None:
    texts = {"A": "They left Hale.", "B": "They left Port Asker."}
    same = {"geonames_id": 7, "lat": 1.0, "lon": 2.0, "name": "Port Asker"}
    rows = referents(texts, [place("A", texts["A"], "Hale", **same), place("B", texts["B"], "Port Asker", **same)])
    assert together(rows, "Hale", "Port Asker") and {r.referent for r in rows} == {"Port Asker"}


def test_one_name_far_apart_is_two_places() -> None:
    texts = {"A": "They left Hale.", "B": "They left Hale."}
    one = place("A", texts["A"], "Hale", geonames_id=7, lat=1.0, lon=2.0)
    two = place("B", texts["B"], "Hale", geonames_id=8, lat=40.0, lon=2.0)
    assert {r.referent for r in referents(texts, [one, two])} == {"Hale", "Hale (2)"}


def test_forms_with_a_word_of_kind() -> None:
    texts = {"A": "They left the town of Hale. Merrow district burned. Villages of Asker burned too."}
    found = [place("A", texts["A"], form) for form in ("Hale", "Merrow", "Asker")]
    forms = {r.form for r in referents(texts, found)}
    assert {"town of Hale", "Merrow district"} <= forms and "Villages of Asker" not in forms


def actor(name: str, text: str, form: str, kind: str, referent: str | None) -> Actor:
    return Actor(name, *at(text, form), form if kind == "group" else referent or form, kind, referent)


def test_titles_and_roles() -> None:
    text = "President Ana Teverin came. The Head of State left."
    rows = referents({"A": text}, actors=[
        actor("A", text, "Ana Teverin", "person", "Ana Teverin"),
        actor("A", text, "Head of State", "person", "Ana Teverin"),
    ])  # fmt: skip
    assert {r.form for r in rows if r.referent == "Ana Teverin"} == {
        "Ana Teverin", "President Ana Teverin", "Head of State",
    }  # fmt: skip


def test_an_open_surname_joins_its_only_bearer() -> None:
    texts = {"A": "Ana Teverin came.", "B": "Teverin came."}
    found = [
        actor("A", texts["A"], "Ana Teverin", "person", "Ana Teverin"),
        actor("B", texts["B"], "Teverin", "person", "Teverin"),
    ]
    assert together(referents(texts, actors=found), "Ana Teverin", "Teverin")
    texts["C"] = "Bela Teverin came."
    found.append(actor("C", texts["C"], "Bela Teverin", "person", "Bela Teverin"))
    assert not together(referents(texts, actors=found), "Ana Teverin", "Teverin")


def persons(texts: dict[str, list[str]]) -> list[Name]:
    """The rows for names that stand alone in the texts, each its own referent."""
    told = {witness: ". ".join(f"Here came {name}" for name in listed) for witness, listed in texts.items()}
    found = [actor(w, told[w], name, "person", name) for w, listed in texts.items() for name in listed]
    return referents(told, actors=found)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Moussa Tolvan", "Musa Tolvan"),
        ("Lo Tse-pei", "Lo Zebei"),
        ("A. Teverin", "Ana Teverin"),
        ("Anwar al-Qadib", "Khadib"),
        ("Satia Merr", "Satyamerr"),
    ],
)
def test_persons_across_witnesses(a: str, b: str) -> None:
    assert together(persons({"A": [a], "B": [b]}), a, b)


def test_brothers_in_a_list_stay_apart() -> None:
    text = "They shot Salim Merrow, Selim Merrow and Hale."
    found = [actor("A", text, name, "person", name) for name in ("Salim Merrow", "Selim Merrow")]
    assert not together(referents({"A": text}, actors=found), "Salim Merrow", "Selim Merrow")
    assert together(persons({"A": ["Salim Merrow"], "B": ["Selim Merrow"]}), "Salim Merrow", "Selim Merrow")


def test_an_open_surname_means_the_one_named_far_more_often() -> None:
    often = {"A": ["Ana Teverin"], "B": ["Ana Teverin"], "C": ["Ana Teverin"], "D": ["Bela Teverin"], "E": ["Teverin"]}
    assert together(persons(often), "Ana Teverin", "Teverin") and not together(
        persons(often), "Bela Teverin", "Teverin"
    )


@pytest.mark.parametrize(
    ("before", "forms"),
    [
        ("Brigadier-General ", {"Brigadier-General Ana Teverin", "Brigadier-General"}),
        ("the Norwegian Prime Minister ", {"Prime Minister Ana Teverin", "Norwegian Prime Minister Ana Teverin", "Prime Minister"}),
        ("Col. ", {"Col. Ana Teverin"}),
        ("her officer Captain ", {"Captain Ana Teverin"}),
        ("said the Captain, ", set()),
    ],
)  # fmt: skip
def test_titles_before_a_name(before: str, forms: set[str]) -> None:
    text = f"Then came {before}Ana Teverin again."
    rows = referents({"A": text}, actors=[actor("A", text, "Ana Teverin", "person", "Ana Teverin")])
    assert {row.form for row in rows} == forms | {"Ana Teverin"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Merrow Harbour Authority", "MHA"),
        ("Merrow Harbour Authority Board", "MHA Board"),
        ("Norwegian Blue Cross", "Blue Cross"),
        ("Hale Inquiry", "Hale Commission"),
        ("NORWEGIAN BLUE CROSS", "Norwegian Blue Cross"),
    ],
)
def test_bodies_across_witnesses(a: str, b: str) -> None:
    assert together(bodies_(a, b, "Merrow Harbour Authority", "MHA"), a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hale Inquiry", "Hale School"),
        ("Tolven League", "Tolven League Harbour Board"),
        ("Hale Bank", "Merrow Bank"),
        ("Mill Hands Association", "MHA"),
    ],
)
def test_bodies_apart(a: str, b: str) -> None:
    assert not together(bodies_(a, b, "Merrow Harbour Authority"), a, b)


def bodies_(*listed: str) -> list[Name]:
    """The rows for bodies, each named in a witness of its own."""
    texts = {f"W{number}": f"Then {name} met." for number, name in enumerate(dict.fromkeys(listed))}
    told = zip(texts, dict.fromkeys(listed), strict=True)
    return referents(texts, actors=[actor(w, texts[w], name, "organisation", name) for w, name in told])


@pytest.mark.parametrize(
    ("text", "a", "b", "kind", "same"),
    [
        ("The Hale Bank, formerly the Merrow Savings Bank, failed.", "Hale Bank", "Merrow Savings Bank", "organisation", True),
        ("The Merrow Savings Bank was renamed the Hale Bank in 1961.", "Merrow Savings Bank", "Hale Bank", "organisation", True),
        ("Ana Teverin (née Ana Merrow) came.", "Ana Teverin", "Ana Merrow", "person", True),
        ("Ana Teverin changed her name to Maria Hale.", "Ana Teverin", "Maria Hale", "person", True),
        ("Ana Teverin, born in Hale, came with Ana Merrow.", "Ana Teverin", "Ana Merrow", "person", False),
        ("The Hale Bank, formerly of Merrow, bought the Merrow Bank.", "Hale Bank", "Merrow Bank", "organisation", False),
    ],
)  # fmt: skip
def test_a_change_of_name_that_is_told(text: str, a: str, b: str, kind: str, same: bool) -> None:
    found = [actor("A", text, name, kind, name) for name in sorted((a, b), key=text.index)]
    assert together(referents({"A": text}, actors=found), a, b) is same


def test_sides_and_words_left_open() -> None:
    texts = {"A": "The Askerian army met the invaders.", "B": "The invaders left."}
    rows = referents(texts, actors=[
        actor("A", texts["A"], "Askerian army", "group", "armed forces of Asker"),
        actor("A", texts["A"], "invaders", "group", "armed forces of Teverin"),
        actor("B", texts["B"], "invaders", "group", None),
    ])  # fmt: skip
    assert {(r.referent, r.witness) for r in rows if r.form == "invaders"} == {
        ("armed forces of Teverin", "A"), ("armed forces of Teverin", "B"),
    }  # fmt: skip
    assert {r.kind for r in rows} == {"side"}


def test_wars_operations_fronts() -> None:
    texts = {
        "A": "The Asker-Teverin conflict began. The First Asker War ended. Anti-smuggling measures failed at the front line.",
        "B": "The Asker issue and the Second Asker War. All anti-smuggler measures failed at the line of contact.",
    }
    rows = list(wording.names(texts, str.lower))
    assert together(rows, "Asker-Teverin conflict", "Asker issue")
    assert not together(rows, "First Asker War", "Second Asker War")
    assert not together(rows, "Asker issue", "Second Asker War")
    assert together(rows, "Anti-smuggling measures", "anti-smuggler measures")
    assert together(rows, "front line", "line of contact")


@pytest.mark.parametrize(
    ("texts", "a", "b", "same"),
    [
        (["The quake struck at dawn.", "Monday's temblor killed ten. The tremor was felt."], "The quake", "The tremor", True),
        (["DEADLY QUAKE", "Nobody slept after the earthquake."], "DEADLY QUAKE", "the earthquake", True),
        (["After the Merrow Massacre all fled. The massacre was denied."], "Merrow Massacre", "The massacre", True),
        (["The Merrow Massacre and the Hale Massacre. The massacre was denied."], "Hale Massacre", "The massacre", False),
        (["The quake struck. The fire spread. The blaze died."], "The quake", "The fire", False),
        (["The first explosion woke us. The blast killed ten. The explosion was heard."], "The first explosion", "The blast", False),
        (["The quake victims slept. The tremor was felt. The quake was felt."], "The quake victims", "The tremor", False),
    ],
)  # fmt: skip
def test_happenings(texts: list[str], a: str, b: str, same: bool) -> None:
    rows = referents({f"W{number}": text for number, text in enumerate(texts)})
    assert together(rows, a, b) is same and {r.kind for r in rows} <= {"event"}


def test_acts() -> None:
    texts = {"A": "They freed Hale.", "B": "They seized Hale."}
    claims = [
        Claim(w, 0, 5, "They ", f"{w}.c1", "control changes", word, place="Hale")
        for w, word in (("A", "freed"), ("B", "seized"))
    ]
    rows = referents(texts, claims=claims)
    assert {(r.kind, r.form, r.witness) for r in rows} == {("act", "freed", "A"), ("act", "seized", "B")}


@pytest.mark.parametrize("kind", ["act", "begin", "statement", "other"])
def test_different_doings_at_one_place_are_no_words_for_one_doing(kind: str) -> None:
    claims = [
        Claim(w, 0, 5, "They ", f"{w}.c1", kind, word, place="Hale") for w, word in (("A", "arrives"), ("B", "agrees"))
    ]
    assert not list(referents({"A": "They came.", "B": "They spoke."}, claims=claims))


def test_missing_tables_are_fine() -> None:
    engine = DuckEngine(processes=1)
    engine.put("witnesses", records.table(Witness, [witness("A", "Nothing.")]))
    names.run(engine)
    assert engine.get("names").num_rows == 0 and engine.get("names").schema == Name.schema()


def test_apart_holds_by_way_of_others() -> None:
    joined = Joined()
    joined.apart("a", "c")
    assert joined.join("a", "b") and not joined.join("b", "c") and joined.join("c", "d")
    assert joined.find("a") != joined.find("d")


def test_many_names_stay_quick() -> None:
    import time

    text = " ".join(f"Hale{n}" for n in range(5_000))
    places, start = [], 0
    for n in range(5_000):
        places.append(Place("A", *at(text, f"Hale{n}", start), name=f"Hale{n}", kind="town", country="TV"))
        start = places[-1].end
    began = time.process_time()
    assert len(referents({"A": text}, places)) == 5_000
    assert time.process_time() - began < 10


@pytest.mark.parametrize("floor", floors("names"))
def test_floor_of_pairs_of_forms(floor: dict[str, Any]) -> None:
    """Pairs of forms of one referent in a gold of a collection, as its scorer counts them: not below the floor."""
    import itertools

    from variorum.annotate import annotate

    texts = sorted(path(floor["accounts"]).glob("*.txt"))
    found = [witness(p.stem, p.read_text(encoding="utf-8")) for p in texts]
    tables = [a.tables for a in annotate(found)]
    rows = referents(
        {w.witness: w.text for w in found}, [r for t in tables for r in t["places"]],
        [r for t in tables for r in t["actors"]], [r for t in tables for r in t["claims"]],
    )  # fmt: skip
    bearers: dict[str, set[str]] = {}
    for row in rows:
        bearers.setdefault(row.form, set()).add(row.referent)
    forms = [(f["text"], x["referent"]) for x in json.loads(path(floor["gold"]).read_text()) for f in x["forms"]]
    right = wrong = missed = 0
    for (a, x), (b, y) in itertools.combinations(forms, 2):
        if a != b:
            joined = bool(bearers.get(a, set()) & bearers.get(b, set()))
            right, missed, wrong = (
                right + (joined and x == y),
                missed + (not joined and x == y),
                wrong + (joined and x != y),
            )
    assert 2 * right / (2 * right + wrong + missed) > floor["least"]["f1"]
