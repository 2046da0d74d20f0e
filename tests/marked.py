"""Small collections for tests, written as marked text, so that a case is readable: no model, no files.

    {17 November 1998|1998-11-17}     a time with its EDTF
    [Port Asker|town]                 a place with its kind; [Asker harbour|town|Port Asker] lies within another
    <31|killed>  <about 30|killed|27-33~>  <more than 40|wounded|41->  <6|killed|6|children>   figures; bounds, group
    ((We will not leave.|Ana Teverin))   a quotation with its speaker
A blank line ends a paragraph; every sentence is one claim.
"""

from __future__ import annotations

import re

from variorum.engine.duckdb import DuckEngine
from variorum.records import Claim, Figure, Place, Quote, Sentence, Time, Witness, table

MARK = re.compile(
    r"\{([^{}|]+)\|([^{}]*)\}|\[([^\[\]|]+)\|([^\[\]]*)\]|<([^<>|]+)\|([^<>]*)>|\(\(([^()|]+)\|([^()]*)\)\)"
)
SENTENCE = re.compile(r"\S.*?(?:[.!?][\"”)]*(?=\s|$)|$)", re.S)
PEOPLE = ("killed", "wounded", "missing", "captured", "displaced")


def figure(witness: str, start: int, text: str, rest: str) -> Figure:
    role, _, more = rest.partition("|")
    bounds, _, group = more.partition("|")
    plain = bounds.rstrip("~") or re.sub(r"\D", "", text)
    low, dash, high = plain.partition("-")
    kind = "people" if role in PEOPLE or group == "people" else "other"
    return Figure(
        witness, start, start + len(text), text, float(low) if low else None,
        (float(high) if high else None) if dash else float(low), bounds.endswith("~"),
        "people" if kind == "people" else group or None, role, kind=kind, group=group or None,
    )  # fmt: skip


def account(name: str, marked: str, tables: dict, published: str | None = None) -> None:
    """Adds one marked text to the tables."""
    text, at = "", 0
    for m in MARK.finditer(marked):
        text += marked[at : m.start()]
        at, start = m.end(), len(text)
        said = m[1] or m[3] or m[5] or m[7]
        text += said
        if m[1]:
            kind = "DURATION" if m[2].startswith("P") else "DATE"
            tables[Time].append(Time(name, start, len(text), said, kind, m[2], None, m[2] if kind == "DATE" else None))
        elif m[3]:
            what, _, within = m[4].partition("|")
            tables[Place].append(Place(name, start, len(text), said, said, what, within=within or None))
        elif m[5]:
            tables[Figure].append(figure(name, start, said, m[6]))
        else:
            tables[Quote].append(Quote(name, start, len(text), said, m[8] or None, None, None, None, None, True))
    text += marked[at:]
    tables[Witness].append(Witness(name, name, None, None, None, published, "en", "", "", text))
    number = 0
    for paragraph, part in enumerate(re.finditer(r"(?:.(?!\n\n))+.?", text, re.S)):
        for m in SENTENCE.finditer(part[0]):
            start, said = part.start() + m.start(), m[0].rstrip()
            tables[Sentence].append(Sentence(name, start, start + len(said), said, number, paragraph))
            tables[Claim].append(Claim(name, start, start + len(said), said, f"{name}.c{number}", "other", ""))
            number += 1


def collection(accounts: dict[str, str], published: dict[str, str] | None = None) -> DuckEngine:
    """An engine that holds the tables of some marked accounts."""
    tables: dict = {kind: [] for kind in (Witness, Sentence, Time, Place, Figure, Quote, Claim)}
    for name, marked in accounts.items():
        account(name, marked, tables, (published or {}).get(name))
    engine = DuckEngine(processes=1)
    for kind, items in tables.items():
        engine.put(kind.TABLE, table(kind, items))
    return engine


def collated(accounts: dict[str, str], published: dict[str, str] | None = None, reuse: bool = False) -> DuckEngine:
    """The same with events, readings, silences and checks; with ``reuse`` also with the passages that are shared."""
    from variorum import acts, checks, events, readings, reuse, sentences, silences, stories
    from variorum.config import Config

    engine = collection(accounts, published)
    if reuse:
        reuse.run(engine, Config())
        engine.put("parallels", engine.get("reuse"))
    for step in (sentences, stories, acts, events, readings, silences, checks):
        step.run(engine)
    return engine


FILLERS = (
    """The council of the island meets twice a month in the old customs house. Fishing rights were debated at length.

A new lighthouse keeper came from the mainland in spring. The school roof was mended by volunteers. Herring prices
fell again, and two boats were laid up. The harbour master resigned for reasons of health.""",
    """Visitors praised the museum of whaling. A choir sang carols in the church. The road to the quarry stayed closed.

Bread grew dearer. The mail came late, as it often does in winter. A bridge club was founded by retired teachers.
Sheep were shorn on the common. An orchard was planted behind the vicarage.""",
    """Peat was cut on the moor. The baker hung up a new sign. Two cousins opened a bicycle workshop.

Nobody answered the advertisement for a piano tuner. Rain filled the cisterns. The vicar lent out his telescope.""",
)
"""Sentences of no event, for a first, second and third account: what is rare is only rare among others."""


def filled(accounts: dict[str, str]) -> dict[str, str]:
    """The accounts, each with a filler of its own behind it."""
    return {n: f"{t}\n\n{FILLERS[i % len(FILLERS)]}" for i, (n, t) in enumerate(accounts.items())}
