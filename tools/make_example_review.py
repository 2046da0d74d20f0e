"""Makes the review log of the bundled example: what two invented readers, Ruth and Ben, say of its edition.

    variorum demo --no-review -o demo && python tools/make_example_review.py demo

Rows are named by their words, so that the log can be made anew from an edition whose rows have other ids. Nobody needs
to run this: the log is committed, and `variorum demo` puts it beside the edition that it makes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from variorum.edition import Edition
from variorum.example import review_log
from variorum.review.grammar import Decision, checked
from variorum.review.keys import key
from variorum.review.subjects import about_rows, about_words
from variorum.review.tables import TableDesk

Words = tuple[str, str]
BEGAN = datetime(2000, 3, 6, 9, 0, tzinfo=UTC)
"""When the two began; the time of the example, not ours."""


class Table:
    """The edition that lies on the readers' table, and what they have said so far."""

    def __init__(self, edition: Edition) -> None:
        self.desk = TableDesk(edition.table)
        self.said: list[Decision] = []

    def span(self, words: Words) -> tuple[str, int, int]:
        """Where words stand that an account has once; ``before|words`` tells which ones are meant."""
        witness, phrase = words
        before, _, meant = phrase.rpartition("|")
        text = self.desk.text(witness)
        assert text is not None
        assert text.text.count(before + meant) == 1, (words, text.text.count(before + meant))
        start = text.text.index(before + meant) + len(before)
        return witness, start, start + len(meant)

    def say(
        self,
        by: str,
        about: dict[str, Any],
        says: str,
        value: dict[str, Any] | None = None,
        why: str = "",
        replaces: Sequence[Decision] = (),
    ) -> Decision:
        """Adds a decision; a reader needs about three minutes for each."""
        number = len(self.said) + 1
        at = (BEGAN + timedelta(minutes=3 * number)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        about = {k: v for k, v in about.items() if k != "was"} | _was(about)
        made = checked(
            {
                "id": f"example{number:02}",
                "n": number,
                "at": at,
                "by": by,
                "about": about,
                "says": says,
                "value": value or {},
                "why": why,
                "replaces": tuple(one.id for one in replaces),
            }
        )
        self.said.append(made)
        return made

    def mention(self, by: str, about: str, words: Words, says: str, why: str, **value: Any) -> Decision:
        """On words of one account."""
        return self.say(by, about_words(self.desk, about, [self.span(words)]), says, value, why)

    def pair(self, by: str, kind: str, a: Words, b: Words, says: str, why: str) -> Decision:
        """On words of two accounts."""
        return self.say(by, about_words(self.desk, kind, [self.span(a), self.span(b)]), says, {}, why)

    def row(self, by: str, table: str, row: dict[str, Any], says: str, why: str = "", **value: Any) -> Decision:
        """On a row of a table."""
        return self.say(by, about_rows(self.desk, says, [(table, key(table, row))]), says, value, why)

    def rows(self, by: str, table: str, rows: Sequence[dict[str, Any]], says: str, why: str) -> Decision:
        """On two rows of a table."""
        return self.say(by, about_rows(self.desk, says, [(table, key(table, row)) for row in rows]), says, {}, why)

    def all(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table."""
        found: list[dict[str, Any]] = self.desk.table(table).to_pylist()
        return found

    def comparison(self, attribute: str, *words: Words) -> dict[str, Any]:
        """The comparison with a reading at each of some words, the one with the fewest readings."""
        spans = [self.span(one) for one in words]
        found = []
        for row in self.all("verdicts"):
            read = [(r["witness"], r["start"], r["end"]) for r in self.desk.readings(row["readings"])]
            held = all(any(w == v and s < e and t < f for w, s, f in read) for v, t, e in spans)
            if row["attribute"] == attribute and held:
                found.append(row)
        return min(found, key=lambda row: (row["verdict"] != "conflict", len(row["readings"])))

    def event(self, words: Words) -> dict[str, Any]:
        """The event that the claim with some words tells."""
        witness, start, end = self.span(words)
        claims = [c for c in self.all("claims") if c["witness"] == witness and c["start"] <= start and end <= c["end"]]
        told = [
            event for c in sorted(claims, key=lambda c: c["end"] - c["start"]) for event in self.desk.events(c["claim"])
        ]
        return next(row for row in self.all("events") if row["event"] == told[0])


def _was(about: dict[str, Any]) -> dict[str, Any]:
    """Of the row as it stood only where it was: its ids change with the program."""
    was = about.get("was", {})
    kept = {
        name: was[name]
        for name in ("table", "row")
        if name in was and was["table"] not in ("events", "verdicts", "claims")
    }
    return {"was": kept} if kept else {}


def review(edition: Edition) -> list[Decision]:
    """What Ruth and Ben say."""
    at = Table(edition)
    at.mention(
        "Ruth", "time", ("families", "about a quarter past eight"), "wrong", edtf="1998-11-17", type="TIME",
        why="the night of the loss, not the day of the council's letter",
    )  # fmt: skip
    at.mention(
        "Ben", "time", ("strait-press", "At |20.05"), "wrong", edtf="1998-11-17", type="TIME",
        why="Tuesday night; Wednesday is the day on which the operator spoke",
    )  # fmt: skip
    at.mention("Ruth", "place", ("inquiry", "Hale Island Council asked |Merrow"), "none", "the company, not the town")
    at.mention(
        "Ruth", "figure", ("families", "Forty"), "missed", "they did not come home: the dead, by the families' count",
        low=40, high=40, role="killed", unit="people", group="people", date="1998-11-17",
    )  # fmt: skip
    at.mention("Ben", "figure", ("coast-guard", "27"), "wrong", "bodies are dead people", role="killed")
    at.mention("Ben", "quote", ("hale-islander", "the warmth of it for ourselves"), "none", "nobody says this")
    at.mention(
        "Ben", "actor", ("hale-islander", "On 18 |November the Coast Guard"), "wrong",
        "the month is no part of the name", name="Coast Guard", kind="organisation", referent="Coast Guard",
    )  # fmt: skip
    at.mention(
        "Ruth", "claim", ("merrow-line", _claim(at, "merrow-line", "struck")), "wrong", "a collision", type="accident"
    )
    at.pair(
        "Ruth", "pair", ("families", "and they met on our starboard side"),
        ("inquiry", "that the collision was at about a quarter past eight"), "same",
        "both tell the collision",
    )  # fmt: skip
    collision = at.event(("strait-press", "struck"))
    at.row(
        "Ruth",
        "events",
        collision,
        "title",
        "so that both ships are named",
        title="The Maid of Asker and the Tolven collide",
    )
    wrongly = at.rows(
        "Ben", "events", [collision, at.event(("varn-shipping", "was |questioned"))], "merge", "the same night"
    )
    at.say("Ben", {"kind": "decision", "decision": wrongly.id}, "undo", {}, "a slip: the questioning was a day later")
    missing = at.comparison(
        "missing",
        ("coast-guard", "alive: 168 people. 27 bodies have been recovered. |19"),
        ("merrow-line", "died and |nine"),
    )
    at.row("Ruth", "verdicts", missing, "right")
    at.row("Ben", "verdicts", missing, "checked", "read in both texts")
    at.row(
        "Ben",
        "verdicts",
        missing,
        "question",
        "do we know the hour of the company's count? The Coast Guard's is of six in the morning",
        to="Ruth",
    )
    letter = at.comparison("date", ("inquiry", "6 October 1998"), ("families", "12 October 1998"))
    at.row("Ruth", "verdicts", letter, "right", "one letter, two dates")
    at.row("Ben", "verdicts", letter, "wrong", "there may have been two letters", because="other event")
    at.row("Ruth", "verdicts", letter, "highlight")
    at.pair(
        "Ben", "parallel", ("merrow-line", "will give every assistance to the authorities"),
        ("varn-shipping", "It will give every assistance to the authorities."), "none",
        "a set phrase of such statements",
    )  # fmt: skip
    edge = next(row for row in at.all("stemma") if {row["source"], row["target"]} == {"coast-guard", "strait-press"})
    at.row(
        "Ruth",
        "stemma",
        edge,
        "a to b" if edge["source"] == "coast-guard" else "b to a",
        "the agency names the Coast Guard",
    )
    names = {r["form"]: r for r in at.all("names") if r["kind"] == "person"}
    minister = [names["Ana Teverin"], next(names[form] for form in ("Teveryn", "Mrs Teveryn") if form in names)]
    at.rows("Ruth", "names", minister, "one", "the Minister for the Sea, in two spellings")
    at.row("Ruth", "names", minister[0], "canonical", "as the inquiry writes it", name="Ana Teverin")
    account = next(row for row in at.all("witnesses") if row["witness"] == "inquiry")
    at.row(
        "Ben", "witnesses", account, "metadata", "it answers to the Assembly, not to the Coast Guard", party="inquiry"
    )
    told = at.event(("coast-guard", "The master of the coaster is being questioned"))
    silence = {"event": told["event"], "witness": "inquiry", "why": ""}
    expected = pa.Table.from_pylist([silence], edition.table("silences").schema)  # this version may not expect it
    at.desk = TableDesk(lambda name: expected if name == "silences" else edition.table(name))
    at.row(
        "Ben",
        "silences",
        silence,
        "not expected",
        "the inquiry asks how the ferry was lost, not what became of the master",
    )
    check = next(row for row in at.all("checks") if row["kind"] == "sum")
    at.row("Ruth", "checks", check, "right", "three persons are in none of the three numbers")
    at.row("Ben", "checks", check, "note", "the Coast Guard has 168, 27 and 19: these are 214")
    return at.said


def _claim(at: Table, witness: str, trigger: str) -> str:
    """The words of the claim with a trigger."""
    return str(next(c["text"] for c in at.all("claims") if c["witness"] == witness and c["trigger"] == trigger))


def main() -> None:
    """Write the log."""
    lines = [one.line() for one in review(Edition(Path(sys.argv[1])))]
    review_log().write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{review_log()}: {len(lines)} decisions")


if __name__ == "__main__":
    main()
