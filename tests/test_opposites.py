"""What stands against what, from plain texts by the whole program: denials, opposites, who did it, zero and parts."""

import pytest

from casebook import cases
from marked import FILLERS
from variorum import annotate
from variorum.config import Config
from variorum.edition.steps import STEPS
from variorum.engine.duckdb import DuckEngine
from variorum.records import TABLES, Sentence, Witness, table


def verdicts(accounts: dict[str, str], days: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    """Attribute, verdict and sureness of all rows over some plain texts, each with a filler of its own behind it."""
    return [(v["attribute"], v["verdict"], v["sure"]) for v in told(accounts, days)]


def told(accounts: dict[str, str], days: dict[str, str] | None = None) -> list[dict]:
    """The rows of ``verdicts``."""
    listed = [
        Witness(
            name, name, None, None, None, (days or {}).get(name), "en", "", "", f"{text}\n\n{FILLERS[i % len(FILLERS)]}"
        )
        for i, (name, text) in enumerate(accounts.items())
    ]
    found: dict = {}
    for annotation in annotate(listed):
        for name, rows in annotation.tables.items():
            found.setdefault(name, []).extend(rows)
    with DuckEngine(processes=1) as engine:
        engine.put("witnesses", table(Witness, listed))
        for name, kind in TABLES.items():
            if name in found or name not in ("sentences", "witnesses"):
                engine.put(name, table(Sentence if name == "sentences" else kind, found.get(name, [])))
        for step in STEPS:
            step.run(engine, Config(processes=1))
        return engine.get("verdicts").to_pylist()


@pytest.mark.parametrize("case", cases("opposites"))
def test_case(case: dict) -> None:
    """The verdicts expected are there and sure, and those that it must be without are not, or are not sure."""
    rows = verdicts(case["accounts"], case.get("published"))
    assert case.get("expect") or case.get("without")
    for attribute, verdict in case.get("expect", ()):
        assert (attribute, verdict, "high") in rows, rows
    for attribute, verdict in case.get("without", ()):
        assert (attribute, verdict, "high") not in rows, rows


def test_who_vouches_for_it_is_one_row_with_all_who_tell_it() -> None:
    told = "A missile attack on a house in Tolven on 4 May 2003 killed the son of Velm and three grandchildren"
    rows = verdicts({"A": f"{told}.", "B": f"{told}, the government said.", "C": f"{told}, the ministry said."})
    assert rows.count(("voice", "compatible", "high")) == 1


@pytest.mark.parametrize(
    ("accounts", "whom"),
    [
        (
            {
                "wire": "The harbour master Odo Venn was captured at the lock on 3 May 1991, the police said.",
                "paper": "Odo Venn escaped from the lock on 3 May 1991 in a rowing boat.",
            },
            "Venn",
        ),
        (
            {
                "wire": "At the mill of Tarrow the strikers were unarmed when the constables fired.",
                "paper": "The strikers at the mill of Tarrow were armed when the constables fired.",
            },
            "strikers",
        ),
    ],
)
def test_a_row_of_what_cannot_both_be_says_of_whom(accounts: dict[str, str], whom: str) -> None:
    """The scope of such a row is who or what is told of, as it stands in the text."""
    scopes = [v["scope"] for v in told(accounts) if v["attribute"] == "act" and v["verdict"] == "conflict"]
    assert any(whom in scope for scope in scopes), scopes
