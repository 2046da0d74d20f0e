"""What a dossier says, in which order: chronology, questions with both sides' words, borrowings, accounts, method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from variorum import __version__
from variorum import records as r
from variorum.dates import in_words, order, parse
from variorum.export.dossier.model import Bar, Block, Document, Figure, Heading, Paragraph, Run, Table, runs
from variorum.export.dossier.notes import Notes
from variorum.export.questions import Question, attribute, captured, counted, edition_title, questions, records
from variorum.lists import toml
from variorum.verdicts import Standing

__all__ = ["composed"]

MOST_EVENTS, MOST_QUESTIONS, MOST_ROWS = 2000, 1000, 400
"""What is printed at most of each; what is left out is said, and stands in the edition."""
TELLERS = 4
"""Accounts whose words stand in the chronology; all stand in its footnote."""


def composed(tables: Mapping[str, pa.Table], options: Mapping[str, Any]) -> Document:
    """The dossier of the tables; ``options`` may hold ``title``, ``style`` (of footnotes), ``about`` and
    ``unjudged`` (yes prints the questions too that no rule can judge).

    >>> composed({}, {"title": "Two ships"}).title
    'Two ships'
    """
    made = Document(edition_title(tables, options))
    notes = Notes(tables, str(options.get("style", "chicago")))
    asked = questions(tables)
    made.add(*_front(made.title, notes, asked, options))
    every = str(options.get("unjudged", "no")).lower() in ("yes", "true", "1")
    made.add(*_questions(asked, notes, (Standing.CONFLICT, Standing.COMPATIBLE)))
    made.add(*_chronology(tables, notes))
    made.add(*_questions(asked, notes, (Standing.AGREE, Standing.UNJUDGED) if every else (Standing.AGREE,)))
    made.add(*_unjudged(0 if every else sum(q.verdict.verdict == Standing.UNJUDGED for q in asked)))
    made.add(*_borrowings(tables, notes), *_checks(tables, notes), *_silences(tables, notes))
    made.add(*_accounts(tables, notes), *_method(tables, options))
    return made


def _front(title: str, notes: Notes, asked: list[Question], options: Mapping[str, Any]) -> Iterable[Block]:
    about = options.get("about") or {}
    key = str(about.get("key", ""))[:12]
    apart = sum(q.verdict.verdict == Standing.CONFLICT for q in asked)
    yield Paragraph(runs(title), "title")
    counts = f"{counted(len(notes.known), 'account')}, {counted(len(notes.events), 'event')}"
    differ = f"{counted(apart, 'question')} on which accounts do not meet"
    yield Paragraph(runs(f"A dossier: {counts}, {differ}"), "subtitle")
    if about.get("where"):
        yield Paragraph(runs(f"A selection: {about['where']}. Nothing else stands in it."), "note")
    yield Paragraph(runs(*toml("dossier")["lead"]))
    made = f"Made by Variorum {__version__}" + (f" from edition {key}" if key else "")
    yield Paragraph(runs(made + "."), "note")
    rows = [_account_row(w) for w in notes.known.values()]
    if rows:
        yield Heading("The accounts at a glance")
        yield Table(("", "Account", "Publisher", "Party", "Published"), tuple(rows[:MOST_ROWS]), (7, 40, 24, 15, 14))
        yield from _left_out(len(rows), MOST_ROWS, "account")


def _account_row(w: r.Witness) -> tuple[tuple[Run, ...], ...]:
    cells = (w.title or w.witness, w.publisher or "not known", w.party or "not known")
    when = in_words(w.published, "short") if w.published else "not known"
    return (runs(Run(w.siglum, "strong")), *(runs(cell) for cell in cells), runs(when))


def _left_out(count: int, most: int, noun: str) -> Iterable[Block]:
    if count > most:
        said = f"{counted(count - most, f'more {noun}')} stand in the edition and are left out here."
        yield Paragraph(runs(said), "note")


# --- chronology ---


def _chronology(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    listed = sorted(notes.events.values(), key=lambda e: (order(e.date), e.event))
    if not listed:
        return
    yield Heading("Chronology")
    yield Paragraph(
        runs("Every event, with who tells it and in which words. An event without a date stands at the end.")
    )
    for event in listed[:MOST_EVENTS]:
        yield from _event(event, notes)
    yield from _left_out(len(listed), MOST_EVENTS, "event")


def _event(event: r.Event, notes: Notes) -> Iterable[Block]:
    claims = notes.told.get(event.event, [])
    first: dict[str, r.Claim] = {}
    for claim in claims:
        first.setdefault(claim.witness, claim)
    date = in_words(event.date) if event.date else "No date"
    sigla = ", ".join(notes.known[w].siglum for w in first)
    counts = f"{counted(event.witnesses, 'account')}, {counted(event.lineages, 'source')}"
    label = event.label.removesuffix(f", {date}")
    told = Run(f"  ({sigla}{'; ' if sigla else ''}{counts})", "note")
    yield Paragraph(runs(Run(f"{date}. ", "strong"), label, told), keep=bool(first))
    for claim in list(first.values())[:TELLERS]:
        said = notes.quoted(claim)
        yield Paragraph(runs(Run(f"{notes.known[claim.witness].siglum}  ", "strong"), *said), "quote")
    if len(first) > TELLERS:
        rest = ", ".join(notes.known[w].siglum for w in list(first)[TELLERS:])
        yield Paragraph(runs(f"Also told by {rest}."), "note")
    if event.doubt:
        yield Paragraph(runs("Whether these tell one event is doubtful."), "note")


# --- questions ---

SECTIONS = {
    Standing.CONFLICT: (
        "Where the accounts do not meet",
        "The readings of one question that cannot both stand as they are told.",
    ),
    Standing.COMPATIBLE: (
        "Readings that differ and may both stand",
        "Numbers or dates that overlap, or that were given at different times.",
    ),
    Standing.UNJUDGED: ("Side by side", "These belong together, but no rule can judge how they stand."),
    Standing.AGREE: ("Where the accounts agree", "Several accounts say the same."),
}


def _questions(asked: list[Question], notes: Notes, wanted: tuple[Standing, ...]) -> Iterable[Block]:
    for standing in wanted:
        listed = [q for q in asked if q.verdict.verdict == standing]
        if listed:
            head, lead = SECTIONS[standing]
            yield Heading(head)
            yield Paragraph(runs(f"{lead} {counted(len(listed), 'question')}."))
            for q in listed[:MOST_QUESTIONS]:
                yield from _question(q, notes)
            yield from _left_out(len(listed), MOST_QUESTIONS, "question")


def _unjudged(count: int) -> Iterable[Block]:
    if count:
        said = f"{counted(count, 'more question')} that no rule can judge stand in the edition and are left out here."
        yield Paragraph(runs(said), "note")


def _question(q: Question, notes: Notes) -> Iterable[Block]:
    yield Heading(f"{attribute(q.verdict.attribute)}: {q.about}".rstrip(": "), 2)
    yield Paragraph(runs(notes.named(q.verdict.why)), keep=True)
    listed = [x for x in q.readings if x.witness in notes.known]
    rows = [(_who(notes.known[x.witness]), runs(*notes.reading(x)), runs(_value(x))) for x in listed]
    yield Table(("Account", "In its words", "Read as"), tuple(rows[:MOST_ROWS]), (26, 56, 18))
    yield from _left_out(len(rows), MOST_ROWS, "reading")
    yield from _figure(q, listed, notes)


def _who(w: r.Witness) -> tuple[Run, ...]:
    """The account of a reading: siglum, title, and whose it is."""
    behind = " · ".join(x for x in (w.publisher, w.party) if x)
    return runs(Run(f"{w.siglum}  ", "strong"), w.title or w.witness, Run(f" ({behind})" if behind else "", "note"))


def _value(x: r.Reading) -> str:
    """What a reading was read as: an interval, a date, or its value."""
    if x.low is not None or x.high is not None:
        return interval(x.low, x.high)
    if parse(x.date or x.value) is not None and x.attribute in ("date", "time", "begin", "end"):
        return in_words(x.date or x.value, "short")
    return x.value or ""


def interval(low: float | None, high: float | None) -> str:
    """An interval in words.

    >>> interval(31, 31), interval(34, None), interval(None, 9), interval(1200, 1500)
    ('31', '34 or more', 'up to 9', '1,200 to 1,500')
    """
    if low is None or high is None:
        return f"up to {high:,g}" if low is None and high is not None else f"{low:,g} or more"
    return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"


def _figure(q: Question, listed: list[r.Reading], notes: Notes) -> Iterable[Block]:
    """A picture where the readings are different numbers."""
    bars: dict[tuple[float | None, float | None], list[str]] = {}
    for x in listed:
        if x.low is not None or x.high is not None:
            bars.setdefault((x.low, x.high), []).append(notes.known[x.witness].siglum)
    if 2 <= len(bars) <= 12:
        drawn = tuple(Bar(", ".join(dict.fromkeys(who)), low, high) for (low, high), who in bars.items())
        said = "; ".join(f"{bar.label}: {interval(bar.low, bar.high)}" for bar in drawn)
        yield Figure(drawn, f"{attribute(q.verdict.attribute)}, as each account has it. {said}.")


# --- what else was found ---


def _borrowings(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    edges = sorted(records(tables, r.Stemma), key=lambda e: -e.characters)
    if not edges:
        return
    yield Heading("Who has words from whom, or in common")
    lead = "Accounts that share words count as one source for these words."
    yield Paragraph(runs(lead, " Who took them from whom is said only where something shows it."))
    rows = [
        (
            runs(notes.name(e.target)),
            runs("from " if e.directed else "in common with ", notes.name(e.source)),
            runs(counted(e.passages, "passage")),
            runs(notes.named(e.why)),
        )
        for e in edges
    ]
    yield Table(("Account", "Has words", "How much", "Why"), tuple(rows[:MOST_ROWS]), (25, 25, 15, 35))
    yield from _left_out(len(rows), MOST_ROWS, "row")


def _checks(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    listed = [c for c in records(tables, r.Check) if c.witness in notes.known]
    if listed:
        yield Heading("Where an account does not add up")
        for check in listed[:MOST_ROWS]:
            foot = notes.foot(check.witness, *check.spans[0]) if check.spans else ""
            yield Paragraph(
                runs(Run(f"{notes.known[check.witness].siglum}  ", "strong"), Run(notes.named(check.why), "", foot))
            )
        yield from _left_out(len(listed), MOST_ROWS, "check")


def _silences(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    listed = [s for s in records(tables, r.Silence) if s.event in notes.events and s.witness in notes.known]
    if listed:
        yield Heading("What an account leaves out")
        yield Paragraph(runs("That an account does not tell an event may have many reasons."))
        rows = [
            (runs(notes.name(s.witness)), runs(notes.events[s.event].label), runs(notes.named(s.why))) for s in listed
        ]
        yield Table(("Account", "Does not tell", "Expected, because"), tuple(rows[:MOST_ROWS]), (25, 35, 40))
        yield from _left_out(len(rows), MOST_ROWS, "silence")


def _accounts(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    if not notes.known:
        return
    seen = captured(tables)
    yield Heading("The accounts")
    yield Paragraph(
        runs("Each with its reference and the SHA-256 hash of its text as read, by which a copy can be checked.")
    )
    for w in notes.known.values():
        yield Paragraph(runs(Run(f"{w.siglum}  ", "strong"), notes.references[w.witness]), keep=True)
        parts = [f"Id {w.witness}", f"text {w.sha256}", f"{len(w.text):,} characters"]
        parts += [f"language {w.language}"] if w.language else []
        parts += [f"captured {seen[w.witness]}"] if w.witness in seen else []
        parts += [f"a later version of {w.version_of}"] if w.version_of else []
        yield Paragraph(runs("; ".join(parts) + "."), "note")


def _method(tables: Mapping[str, pa.Table], options: Mapping[str, Any]) -> Iterable[Block]:
    yield Heading("Method and limits")
    yield Paragraph(runs(*toml("dossier")["method"]))
    for limit in toml("site-words")["limits"]:
        yield Paragraph(runs(limit))
    about = options.get("about") or {}
    chosen = {k: v for k, v in (about.get("options") or {}).items() if v not in (None, "", False, 0)}
    if chosen:
        yield Paragraph(runs("Options of the run: " + "; ".join(f"{k} {v}" for k, v in chosen.items()) + "."), "note")
    problems = records(tables, r.Problem)
    if problems:
        yield Heading("What could not be read or judged", 2)
        for p in problems[:MOST_ROWS]:
            yield Paragraph(runs(f"{p.witness}: " if p.witness else "", p.message), "note")
        yield from _left_out(len(problems), MOST_ROWS, "problem")
