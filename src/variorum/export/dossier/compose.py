"""What a dossier says, in which order: chronology, questions with both sides' words, borrowings, accounts, method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from variorum import __version__
from variorum import records as r
from variorum.dates import in_words, order
from variorum.export.dossier.asked import Asked
from variorum.export.dossier.courses import courses
from variorum.export.dossier.model import (
    MOST_ROWS,
    Block,
    Contents,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    left_out,
    runs,
)
from variorum.export.dossier.notes import Notes
from variorum.export.questions import Question, called, captured, counted, edition_title, questions, records
from variorum.lists import toml
from variorum.verdicts import Standing

__all__ = ["composed"]

MOST_EVENTS = 2000
"""Events that are printed at most; that more are left out is said."""
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
    printed = Asked(asked, notes)
    made.add(*_front(made.title, notes, len(printed.of[Standing.CONFLICT]), options))
    every = str(options.get("unjudged", "no")).lower() in ("yes", "true", "1")
    made.add(*printed.apart(Standing.CONFLICT), *printed.apart(Standing.COMPATIBLE))
    made.add(*courses(tables, notes), *_chronology(notes), *printed.agreed())
    made.add(*(printed.apart(Standing.UNJUDGED) if every else _unjudged(asked)))
    made.add(*_borrowings(tables, notes), *_checks(tables, notes), *_silences(tables, notes))
    made.add(*_accounts(tables, notes), *_method(tables, options))
    made.blocks = list(_with_contents(made.blocks))
    return made


def _with_contents(blocks: list[Block]) -> Iterable[Block]:
    """The blocks with a place to lead to at each part, and the list of the parts before the first."""
    heads = {id(b): f"part{n}" for n, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1}
    marked = [replace(b, anchor=heads.get(id(b), "")) if isinstance(b, Heading) else b for b in blocks]
    parts = tuple((b.anchor, b.text) for b in marked if isinstance(b, Heading) and b.anchor)
    first = next((n for n, b in enumerate(marked) if isinstance(b, Heading)), len(marked))
    return [*marked[:first], *([Contents(parts)] if len(parts) > 1 else []), *marked[first:]]


def _unjudged(asked: list[Question]) -> Iterable[Block]:
    count = sum(q.verdict.verdict == Standing.UNJUDGED for q in asked)
    if count:
        held = "stands in the edition and is" if count == 1 else "stand in the edition and are"
        yield Paragraph(runs(f"{counted(count, 'more question')} that no rule can judge {held} left out here."), "note")


def _front(title: str, notes: Notes, apart: int, options: Mapping[str, Any]) -> Iterable[Block]:
    about = options.get("about") or {}
    key = str(about.get("key", ""))[:12]
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
        yield from left_out(len(rows), MOST_ROWS, "account")


def _account_row(w: r.Witness) -> tuple[tuple[Run, ...], ...]:
    cells = (w.title or w.witness, w.publisher or "not known", w.party or "not known")
    when = in_words(w.published, "short") if w.published else "not known"
    return (runs(Run(w.siglum, "strong")), *(runs(cell) for cell in cells), runs(when))


# --- chronology ---


def _chronology(notes: Notes) -> Iterable[Block]:
    listed = sorted(notes.events.values(), key=lambda e: (order(e.date), e.event))
    if not listed:
        return
    yield Heading("Chronology")
    lead = "Every event, with its number, who tells it and in which words. An event without a date stands at the end."
    yield Paragraph(runs(lead), keep=True)
    for event in listed[:MOST_EVENTS]:
        yield from _event(event, notes)
    yield from left_out(len(listed), MOST_EVENTS, "event")


def _event(event: r.Event, notes: Notes) -> Iterable[Block]:
    claims = notes.told.get(event.event, [])
    first: dict[str, r.Claim] = {}
    for claim in claims:
        first.setdefault(claim.witness, claim)
    date = in_words(event.date) if event.date else "No date"
    sigla = ", ".join(notes.known[w].siglum for w, claim in first.items() if not claim.in_passing)
    passing = ", ".join(notes.known[w].siglum for w, claim in first.items() if claim.in_passing)
    counts = f"{counted(event.witnesses, 'account')}, {counted(event.lineages, 'source')}"
    counts += f"; in passing {passing}" if passing else ""
    label = called(event.label, bool(first)).removesuffix(date).rstrip(", ")
    foot = notes.feet((c.witness, c.start, c.end) for c in first.values()) if first else ""
    told = Run(f"  ({sigla}{'; ' if sigla else ''}{counts})", "note", foot)
    number = Run(f"{notes.number[event.event]}.  ", "note")
    yield Paragraph(runs(number, Run(f"{date}.{' ' if label else ''}", "strong"), label, told), keep=bool(first))
    tellers = list(first.values())[:TELLERS]
    for n, claim in enumerate(tellers, 1):
        said = notes.quoted(claim)
        siglum = Run(f"{notes.known[claim.witness].siglum}  ", "strong")
        yield Paragraph(runs(siglum, *said), "quote", keep=n == 1 < len(tellers))
    if len(first) > TELLERS:
        rest = ", ".join(notes.known[w].siglum for w in list(first)[TELLERS:])
        yield Paragraph(runs(f"Also told by {rest}."), "note")
    if event.doubt:
        yield Paragraph(runs("Whether these tell one event is doubtful."), "note")


# --- what else was found ---


def _borrowings(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    edges = sorted(records(tables, r.Stemma), key=lambda e: -e.characters)
    if not edges:
        return
    yield Heading("Who has words from whom, or in common")
    lead = "Accounts that share words count as one source for these words."
    yield Paragraph(runs(lead, " Who took them from whom is said only where something shows it."), keep=True)
    rows = [
        (
            runs(notes.name(e.target)),
            runs("from " if e.directed else "in common with ", notes.name(e.source)),
            runs(counted(e.passages, "passage")),
            runs(_once(notes.named(e.why))),
        )
        for e in edges
    ]
    yield Table(("Account", "Has words", "How much", "Why"), tuple(rows[:MOST_ROWS]), (25, 25, 15, 35))
    yield from left_out(len(rows), MOST_ROWS, "row")


def _once(why: str) -> str:
    """The reasons of an edge, each said once: it names one for every passage.

    >>> _once("83% of the words are the same; A credits SPA; 83% of the words are the same")
    '83% of the words are the same; A credits SPA'
    """
    return "; ".join(dict.fromkeys(part.strip() for part in why.split(";")))


def _checks(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    listed = [c for c in records(tables, r.Check) if c.witness in notes.known]
    if listed:
        yield Heading("Where an account does not add up")
        for check in listed[:MOST_ROWS]:
            foot = notes.foot(check.witness, *check.spans[0]) if check.spans else ""
            yield Paragraph(
                runs(Run(f"{notes.known[check.witness].siglum}  ", "strong"), Run(notes.named(check.why), "", foot))
            )
        yield from left_out(len(listed), MOST_ROWS, "check")


def _silences(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    listed = [s for s in records(tables, r.Silence) if s.event in notes.events and s.witness in notes.known]
    if listed:
        yield Heading("What an account leaves out")
        yield Paragraph(runs("That an account does not tell an event may have many reasons."), keep=True)
        rows = [
            (runs(notes.name(s.witness)), runs(notes.events[s.event].label), runs(notes.named(s.why))) for s in listed
        ]
        yield Table(("Account", "Does not tell", "Expected, because"), tuple(rows[:MOST_ROWS]), (25, 35, 40))
        yield from left_out(len(rows), MOST_ROWS, "silence")


def _accounts(tables: Mapping[str, pa.Table], notes: Notes) -> Iterable[Block]:
    if not notes.known:
        return
    seen = captured(tables)
    yield Heading("The accounts")
    yield Paragraph(
        runs("Each with its reference and the SHA-256 hash of its text as read, by which a copy can be checked."),
        keep=True,
    )
    for w in notes.known.values():
        yield Paragraph(runs(Run(f"{w.siglum}  ", "strong"), notes.references[w.witness]), keep=True)
        parts = [f"Id {w.witness}", f"SHA-256 of the text {w.sha256}", f"{len(w.text):,} characters"]
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
        yield from left_out(len(problems), MOST_ROWS, "problem")
