"""Silences: only where others tell a day that lies between days that the silent witness tells."""

from marked import FILLERS, collated, filled
from variorum import sentences, silences
from variorum.engine.duckdb import DuckEngine

TOLD = (
    "On {17 November 1998|1998-11-17} the ferry Maid of Asker sank off [Port Asker|town]; <31|killed> people drowned."
)
DAYS = (12, 14, 15, 19, 20, 22)
OTHER = " ".join(
    f"On {{{d} November 1998|1998-11-{d}}} the mail boat {name} reached [Port Asker|town]."
    for d, name in zip(DAYS, ("Tern", "Gull", "Auk", "Skua", "Petrel", "Fulmar"), strict=True)
)


def silent(accounts: dict[str, str]) -> set[str]:
    engine = collated(accounts)
    return {s["witness"] for s in engine.get("silences").to_pylist()}


def test_a_witness_that_tells_the_days_around_is_silent() -> None:
    accounts = filled({"A": TOLD, "B": TOLD, "C": OTHER})
    assert silent(accounts) == {"C"}


def test_a_text_without_dates_has_no_scope() -> None:
    assert silent({**filled({"A": TOLD, "B": TOLD}), "C": FILLERS[2]}) == set()


def test_a_text_of_another_year_is_not_silent() -> None:
    accounts = filled({"A": TOLD, "B": TOLD, "C": OTHER.replace("1998", "1995")})
    assert silent(accounts) == set()


def test_the_reason_says_which_days() -> None:
    engine = collated(filled({"A": TOLD, "B": TOLD, "C": OTHER}))
    [row] = engine.get("silences").to_pylist()
    assert "2 days before 17 November 1998 and one 2 days after" in row["why"]


def test_empty_tables_give_an_empty_table() -> None:
    engine = DuckEngine(processes=1)
    sentences.run(engine)
    silences.run(engine)
    assert engine.get("silences").num_rows == 0


def test_an_account_that_tells_something_like_it_is_not_silent() -> None:
    like = OTHER + "\n\nThe loss of the ferry, in which so many drowned, was spoken of in every house."
    assert silent(filled({"A": TOLD, "B": TOLD, "C": like})) == set()


def test_an_account_written_before_the_event_is_not_silent() -> None:
    accounts = filled({"A": TOLD, "B": TOLD, "C": OTHER})
    rows = collated(accounts, {"C": "1998-11-16"}).get("silences").to_pylist()
    assert rows == []
    assert collated(accounts, {"C": "1998-11-30"}).get("silences").num_rows == 1


def test_one_account_alone_makes_nobody_silent() -> None:
    assert silent(filled({"A": TOLD, "B": FILLERS[1], "C": OTHER})) == set()
