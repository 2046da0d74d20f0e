"""A small invented edition for the tests of the site and the exports: a ferry in five accounts, written for this file.

It is deterministic, and every row's span holds the row's words. `edition_sizes` has larger and hostile ones.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pyarrow as pa

from variorum import records as r

TEXTS: dict[str, tuple[str, str, str, str, str, str]] = {
    "operator": (
        "A", "A statement to our passengers", "Merrow Line", "operator", "1998-11-18",
        "The ferry Maid of Asker sailed from Port Asker at 19.10 on Tuesday 17 November 1998, bound for Hale.\n\n"
        "At 20.05 the coaster Tolven ran into her starboard side after a sudden change of course. There were 214 people "
        "on board. We brought 171 of them ashore; 31 have died and nine have not been found.\n\n"
        "The company will say nothing about causes while inquiries go on.\n",
    ),
    "coastguard": (
        "B", "Log of the night", "Coast Guard, Hale station", "coast guard", "1998-11-18",
        "20.31 on 17 November 1998: call from the ferry Maid of Asker, making water off Gannet Bank.\n\n"
        "21.40: the ferry sank in 46 metres of water. Eleven boats from Hale at the scene. 27 bodies recovered so far.\n",
    ),
    "courier": (
        "C", "Thirty-one dead off Gannet Bank", "Asker Courier", "press", "1998-11-21",
        "At 20.05 the coaster Tolven ran into her starboard side after a sudden change of course. There were 214 people "
        "on board, and at least 31 are dead.\n\n"
        "Eleven boats from Hale helped to search the Merrow Strait.\n\n"
        "The Minister, Ana Teverin, told the Assembly: “No order was given that should not have been given, and every "
        "question will be answered.”\n",
    ),
    "islander": (
        "D", "What the island knows", "Hale Islander", "press", "1998-11-26",
        "The Maid was struck by the coaster Tolven in the Strait of Saint Una at 20.05 on Tuesday of last week. There were "
        "214 people on board, says the company. Our parishes have counted at least thirty-four dead.\n\n"
        "Fourteen boats put out from Hale.\n\n"
        "Mrs Teverin said that nobody had given an order that ought not to have been given, and that every question would "
        "have its answer.\n",
    ),
    "families": (
        "E", "Our own account", "Families of 17 November", "survivors", "1999-02~",
        "There were more than 220 of us aboard the Maid. At about a quarter past eight the Maid turned across the bow of the "
        "coaster. Twenty minutes went by before anybody called for help.\n\n"
        "Forty did not come home.\n",
    ),
}  # fmt: skip


class Desk:
    """Collects rows whose spans are found by their words."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = {name: [] for name in r.TABLES}
        self.texts: dict[str, str] = {}

    def add(self, row: Any) -> Any:
        """Put a row into its table."""
        self.rows[row.TABLE].append(row)
        return row

    def span(self, witness: str, words: str, nth: int = 0) -> dict[str, Any]:
        """The span columns of the nth occurrence of ``words``."""
        at = -1
        for _ in range(nth + 1):
            at = self.texts[witness].index(words, at + 1)
        return {"witness": witness, "start": at, "end": at + len(words), "text": words}

    def witness(
        self,
        key: str,
        siglum: str,
        title: str | None,
        publisher: str | None,
        party: str | None,
        published: str | None,
        text: str,
    ) -> None:
        """A witness and its sentences, split at full stops."""
        self.texts[key] = text
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        self.add(r.Witness(key, siglum, title, publisher, party, published, "en", f"{key}.txt", digest, text))
        self.add(
            r.File(f"{key}.txt", f"in/{key}", key, "account", "plain text", digest, len(text), "utf-8", address=key)
        )

    def tables(self) -> dict[str, pa.Table]:
        """Every table of the edition, the empty ones too."""
        return {name: r.table(kind, self.rows[name]) for name, kind in r.TABLES.items()}


def small() -> dict[str, pa.Table]:
    """The ferry story: five witnesses, six events, each verdict at least once.

    >>> small()["witnesses"].num_rows
    5
    """
    return small_desk().tables()


def small_desk() -> Desk:
    """The desk of `small`, for tests that add a witness of their own."""
    desk = Desk()
    for key, row in TEXTS.items():
        desk.witness(key, *row)
    _sentences(desk)
    _mentions(desk)
    _events(desk)
    _claims(desk)
    _readings(desk)
    _verdicts(desk)
    _between(desk)
    return desk


def _sentences(desk: Desk) -> None:
    for key, text in desk.texts.items():
        number = at = 0
        for paragraph, part in enumerate(text.rstrip("\n").split("\n\n")):
            start = text.index(part, at)
            for piece in part.replace(". ", ".\x00").split("\x00"):
                begin = text.index(piece, start)
                desk.add(r.Tied(key, begin, begin + len(piece), piece, number, paragraph))
                number, start = number + 1, begin + len(piece)
            at = start


def _mentions(desk: Desk) -> None:
    span = desk.span
    for key, words, value in [
        ("operator", "Tuesday 17 November 1998", "1998-11-17"), ("operator", "20.05", "1998-11-17T20:05"),
        ("coastguard", "17 November 1998", "1998-11-17"), ("coastguard", "21.40", "1998-11-17T21:40"),
        ("courier", "20.05", "1998-11-17T20:05"), ("islander", "Tuesday of last week", "1998-11-17"),
        ("families", "about a quarter past eight", "1998-11-17T20:15~"),
    ]:  # fmt: skip
        desk.add(
            r.Time(
                **span(key, words),
                type="TIME" if "T" in value else "DATE",
                value=value,
                edtf=value.replace("~", ""),
                anchor=None,
            )
        )
    for key, words, name, lat, lon, precision, radius in [
        ("operator", "Port Asker", "Port Asker", 57.95, -6.9, "point", None), ("operator", "Hale", "Hale", 57.7, -6.3, "point", None),
        ("coastguard", "Gannet Bank", "Gannet Bank", 57.8, -6.6, "near", 6.0), ("courier", "Merrow Strait", "Merrow Strait", 57.8, -6.6, "area", 25.0),
        ("islander", "Strait of Saint Una", "Merrow Strait", 57.8, -6.6, "area", 25.0), ("coastguard", "Hale", "Hale", 57.7, -6.3, "point", None),
    ]:  # fmt: skip
        kind = "settlement" if precision == "point" else "water"
        desk.add(
            r.Place(**span(key, words), name=name, kind=kind, lat=lat, lon=lon, precision=precision, radius_km=radius)
        )
    for key, words, name, kind in [
        ("operator", "Maid of Asker", "Maid of Asker", "other"), ("courier", "Ana Teverin", "Ana Teverin", "person"),
        ("islander", "Mrs Teverin", "Ana Teverin", "person"), ("families", "the Maid", "Maid of Asker", "other"),
    ]:  # fmt: skip
        desk.add(r.Actor(**span(key, words), name=name, kind=kind, referent=name))
    for key, words, low, high, role in [
        ("operator", "214 people", 214, 214, "aboard"), ("operator", "171", 171, 171, "rescued"), ("operator", "31", 31, 31, "killed"),
        ("courier", "at least 31", 31, None, "killed"), ("islander", "at least thirty-four", 34, None, "killed"),
        ("families", "more than 220", 221, None, "aboard"), ("families", "Forty", 40, 40, "killed"), ("coastguard", "27 bodies", 27, 27, "killed"),
    ]:  # fmt: skip
        desk.add(r.Figure(**span(key, words), low=low, high=high, approximate=False, unit="people", role=role))
    quote = "No order was given that should not have been given, and every question will be answered."
    said = desk.texts["courier"].index("Ana Teverin")
    desk.add(
        r.Quote(
            **span("courier", quote),
            speaker="Ana Teverin",
            speaker_start=said,
            speaker_end=said + 11,
            cue_start=None,
            cue_end=None,
            direct=True,
        )
    )
    desk.add(r.Mark(**span("courier", quote), kind="slogan"))


EVENTS: list[tuple[str, str, str, str, str | None, list[str], int, int]] = [
    ("e1", "The ferry sails from Port Asker", "act", "none", "1998-11-17T19:10", ["Port Asker"], 1, 1),
    ("e2", "The coaster and the ferry collide", "act", "none", "1998-11-17", ["Gannet Bank", "Merrow Strait"], 4, 3),
    ("e3", "A call for help", "act", "appeal", "1998-11-17T20:31", ["Gannet Bank"], 2, 2),
    ("e4", "The ferry sinks", "act", "none", "1998-11-17T21:40", ["Gannet Bank"], 1, 1),
    ("e5", "Boats from Hale search", "act", "aid", "1998-11-17/1998-11-18", ["Hale", "Merrow Strait"], 3, 2),
    ("e6", "The Minister speaks in the Assembly", "act", "reject", "1998-11~", [], 2, 1),
]


def _events(desk: Desk) -> None:
    for event, label, kind, type_, date, places, told, lineages in EVENTS:
        desk.add(r.Event(event, label, kind, type_, date, places, None, told, lineages, None))


CLAIMS: list[tuple[str, str, str, str, str]] = [
    (
        "e1",
        "operator",
        "The ferry Maid of Asker sailed from Port Asker at 19.10 on Tuesday 17 November 1998, bound for Hale",
        "sailed",
        "sailed",
    ),
    (
        "e2",
        "operator",
        "At 20.05 the coaster Tolven ran into her starboard side after a sudden change of course",
        "ran",
        "collide",
    ),
    ("e2", "operator", "31 have died and nine have not been found", "died", "die"),
    (
        "e2",
        "courier",
        "At 20.05 the coaster Tolven ran into her starboard side after a sudden change of course",
        "ran",
        "collide",
    ),
    ("e2", "courier", "at least 31 are dead", "dead", "die"),
    (
        "e2",
        "islander",
        "The Maid was struck by the coaster Tolven in the Strait of Saint Una at 20.05 on Tuesday of last week",
        "struck",
        "collide",
    ),
    ("e2", "islander", "Our parishes have counted at least thirty-four dead", "dead", "die"),
    (
        "e2",
        "families",
        "At about a quarter past eight the Maid turned across the bow of the coaster",
        "turned",
        "collide",
    ),
    ("e2", "families", "Forty did not come home", "come home", "die"),
    ("e3", "coastguard", "20.31 on 17 November 1998: call from the ferry Maid of Asker", "call", "appeal"),
    ("e3", "families", "Twenty minutes went by before anybody called for help", "called", "appeal"),
    ("e4", "coastguard", "the ferry sank in 46 metres of water", "sank", "sink"),
    ("e5", "coastguard", "Eleven boats from Hale at the scene", "scene", "aid"),
    ("e5", "courier", "Eleven boats from Hale helped to search the Merrow Strait", "helped", "aid"),
    ("e5", "islander", "Fourteen boats put out from Hale", "put out", "aid"),
    (
        "e6",
        "courier",
        "No order was given that should not have been given, and every question will be answered.",
        "given",
        "reject",
    ),
    (
        "e6",
        "islander",
        "Mrs Teverin said that nobody had given an order that ought not to have been given",
        "said",
        "reject",
    ),
]


def _claims(desk: Desk) -> None:
    for number, (event, key, words, trigger, type_) in enumerate(CLAIMS):
        claim = f"{key}.c{number}"
        desk.add(r.Claim(**desk.span(key, words), claim=claim, type=type_, trigger=trigger))
        desk.add(r.Tells(claim, event, "tells"))


READINGS: list[tuple[str, str, str, str, str, Any, Any, str | None]] = [
    ("r1", "e2", "operator", "20.05", "date", None, None, "1998-11-17T20:05"),
    ("r2", "e2", "courier", "20.05", "date", None, None, "1998-11-17T20:05"),
    ("r3", "e2", "islander", "20.05", "date", None, None, "1998-11-17T20:05"),
    ("r4", "e2", "families", "about a quarter past eight", "date", None, None, "1998-11-17T20:15~"),
    ("r5", "e2", "operator", "31 have died", "killed", 31, 31, "31"),
    ("r6", "e2", "courier", "at least 31", "killed", 31, None, "31+"),
    ("r7", "e2", "islander", "at least thirty-four", "killed", 34, None, "34+"),
    ("r8", "e2", "families", "Forty", "killed", 40, 40, "40"),
    ("r9", "e2", "operator", "214 people", "aboard", 214, 214, "214"),
    ("r10", "e2", "courier", "214 people", "aboard", 214, 214, "214"),
    ("r11", "e2", "families", "more than 220", "aboard", 221, None, "221+"),
    (
        "r12",
        "e2",
        "operator",
        "after a sudden change of course",
        "manner",
        None,
        None,
        "after a sudden change of course",
    ),
    (
        "r13",
        "e2",
        "families",
        "the Maid turned across the bow of the coaster",
        "manner",
        None,
        None,
        "the Maid turned across the bow",
    ),
    ("r14", "e5", "coastguard", "Eleven boats", "boats", 11, 11, "11"),
    ("r15", "e5", "courier", "Eleven boats", "boats", 11, 11, "11"),
    ("r16", "e5", "islander", "Fourteen boats", "boats", 14, 14, "14"),
    ("r17", "e2", "courier", "Merrow Strait", "place", None, None, "Merrow Strait"),
    ("r18", "e2", "islander", "Strait of Saint Una", "place", None, None, "Merrow Strait"),
    ("r19", "e4", "coastguard", "21.40", "date", None, None, "1998-11-17T21:40"),
    ("r20", "e2", "coastguard", "27 bodies recovered", "killed", 27, None, "27+"),
]


def _readings(desk: Desk) -> None:
    for reading, event, key, words, attribute, low, high, value in READINGS:
        date = value if attribute == "date" else None
        desk.add(
            r.Reading(
                **desk.span(key, words),
                reading=reading,
                event=event,
                attribute=attribute,
                low=low,
                high=high,
                value=value,
                date=date,
            )
        )


def _verdicts(desk: Desk) -> None:
    for verdict in [
        r.Verdict("v1", "e2", "date", "", "conflict", "date", "20.05 and about a quarter past eight, taken as 20.10 to 20.20, do not meet.", ["r1", "r2", "r3", "r4"], 3.0),
        r.Verdict("v2", "e2", "killed", "total", "compatible", "count", "31, at least 31, at least 34 and 40: the first was given while the search went on.", ["r5", "r6", "r7", "r8"], 1.0),
        r.Verdict("v3", "e2", "aboard", "total", "conflict", "count", "214 and more than 220 do not meet.", ["r9", "r10", "r11"], 5.0),
        r.Verdict("v4", "e2", "manner", "", "unjudged", "words", "Two wordings that no rule can judge.", ["r12", "r13"], 0.5),
        r.Verdict("v5", "e5", "boats", "total", "conflict", "count", "11 and 14 do not meet.", ["r14", "r15", "r16"], 2.0),
        r.Verdict("v6", "e2", "place", "", "agree", "place", "Both come to the same water.", ["r17", "r18"], 0.1),
        r.Verdict("v7", "e4", "date", "", "single", "single", "No other witness gives a time here.", ["r19"], 0.0),
        r.Verdict("v8", "e2", "killed", "so far", "conflict", "count", "27 bodies and 40 dead may not count the same thing.", ["r20", "r8"], 1.5, "low"),
    ]:  # fmt: skip
        desk.add(verdict)


def _between(desk: Desk) -> None:
    def parallel(a: str, b: str, a_words: str, b_words: str, kind: str, score: float, direction: str, why: str) -> None:
        x, y = desk.span(a, a_words), desk.span(b, b_words)
        desk.add(
            r.Parallel(
                a, x["start"], x["end"], a_words, b, y["start"], y["end"], b_words, kind, score, direction, why, True
            )
        )

    struck = "At 20.05 the coaster Tolven ran into her starboard side after a sudden change of course. There were 214 people on board"
    parallel("operator", "courier", struck, struck, "verbatim", 1.0, "a to b", "the operator published first")
    parallel(
        "operator",
        "islander",
        "There were 214 people on board",
        "There were 214 people on board",
        "verbatim",
        1.0,
        "a to b",
        "names the company",
    )
    parallel(
        "courier", "islander", "No order was given that should not have been given, and every question will be answered.",
        "nobody had given an order that ought not to have been given, and that every question would have its answer", "rendition", 0.71,
        "undecided", "one speaker, one day",
    )  # fmt: skip
    parallel(
        "coastguard",
        "courier",
        "Eleven boats from Hale",
        "Eleven boats from Hale",
        "verbatim",
        1.0,
        "a to b",
        "published three days before",
    )
    _stemma(desk, struck)
    _names(desk)


def _stemma(desk: Desk, struck: str) -> None:
    desk.add(r.Stemma("operator", "courier", "verbatim", 1, len(struck), False, "the operator published first"))
    desk.add(r.Stemma("operator", "islander", "verbatim", 1, 30, False, "names the company"))
    desk.add(r.Stemma("coastguard", "courier", "verbatim", 1, 22, False, "published three days before"))
    desk.add(
        r.Stemma("a speech in the Assembly", "courier", "rendition", 1, 88, True, "the words are given as said there")
    )
    desk.add(
        r.Stemma("a speech in the Assembly", "islander", "rendition", 1, 105, True, "the words are given as said there")
    )
    for key in ("operator", "courier"):
        desk.add(r.Shared(**{k: v for k, v in desk.span(key, struck).items() if k != "text"}, lineage="L1"))


def _names(desk: Desk) -> None:
    for referent, kind, form, key, count in [
        ("Maid of Asker", "other", "Maid of Asker", "operator", 1), ("Maid of Asker", "other", "the Maid", "families", 2),
        ("Maid of Asker", "other", "The Maid", "islander", 1), ("Merrow Strait", "place", "Merrow Strait", "courier", 1),
        ("Merrow Strait", "place", "Strait of Saint Una", "islander", 1), ("Ana Teverin", "person", "Ana Teverin", "courier", 1),
        ("Ana Teverin", "person", "Mrs Teverin", "islander", 1),
    ]:  # fmt: skip
        desk.add(r.Name(referent, kind, form, key, count))
    desk.add(r.Silence("e4", "operator", "tells the collision and the dead of the same ship that evening"))
    desk.add(r.Silence("e2", "coastguard", "tells the call and the sinking of the same ship that evening"))
    text = desk.texts["operator"]
    spans = [[text.index(n), text.index(n) + len(n)] for n in ("214", "171", "31", "nine")]
    desk.add(
        r.Check(
            "operator", "sum", "211", "214", "171 ashore, 31 dead and nine not found make 211; 214 are stated.", spans
        )
    )
    desk.add(r.Problem("scan.pdf", None, None, "read", "the file has no text layer and was left out"))
