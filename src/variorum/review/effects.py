"""What decisions do to an edition while it is made: before the steps, between them, and in the tables that tell of
them.

`Review` is opened on a log and asked in the order of the run: ``accounts`` before the witnesses are annotated,
``corrections`` and ``bindings`` for the steps to obey, ``after`` for the tables that each step makes, and at the end
``tables``. Without decisions it changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from variorum.records import (
    TABLES,
    Binding,
    Check,
    Claim,
    Event,
    Name,
    Parallel,
    Reading,
    Row,
    Silence,
    Stemma,
    Tells,
    Verdict,
    Witness,
    rows,
    table,
)
from variorum.review import accounts, corrections, joins, mentions, reviewed
from variorum.review.anchors import Texts
from variorum.review.apart import apart
from variorum.review.bearers import with_bearers
from variorum.review.comparing import over_events, over_verdicts
from variorum.review.grammar import MENTIONS, Decision
from variorum.review.keys import key, span_key
from variorum.review.log import COPY, Log, log_of
from variorum.review.standing import Court, Found, found_again, live, replaced
from variorum.review.telling import Telling

__all__ = ["Review"]

R = TypeVar("R", bound=Row)
Get = Callable[[str], pa.Table]


@dataclass
class Review:
    """The decisions that an edition is made with; see the module for the order of use."""

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    two_readers: bool = False
    problems: list[str] = field(default_factory=list)
    copy: bytes = b""
    court: Court = field(default_factory=Court)
    found: list[Found] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    _named: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, edition: Path, two_readers: bool = False, log: Path | None = None) -> Review:
        """The review of an edition's log, or of another one.

        Where the log is gone and the edition that stands there has a copy, the copy is where it goes on from.
        """
        path = log or log_of(edition)
        held = Log(path)
        inside = edition / COPY
        problems: list[str] = []
        if inside.is_file():
            before = Log(inside)
            missing = [key for key in before.decisions if key not in held.decisions]
            if missing and not path.exists():
                held.merge(inside)
                problems.append(f"{path.name} was not there: {len(missing)} decisions come from the edition's copy")
            elif missing:
                advice = f"'variorum review {edition} merge {inside}' brings them back"
                problems.append(f"{path.name} lacks {len(missing)} decisions that the edition was made with; {advice}")
        return cls(dict(held.decisions), two_readers, [*problems, *held.problems], held.copy())

    def key(self) -> str:
        """A hash of all that can change a result; empty without decisions."""
        if not self.copy and not self.problems:
            return ""
        parts = [hashlib.sha256(self.copy).hexdigest(), self.two_readers, self.problems]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    # --- before the steps ---

    def accounts(self, witnesses: Sequence[Witness]) -> list[Witness]:
        """The witnesses with metadata that people gave, without those that they left out."""
        texts = Texts.of({w.witness: (w.sha256, w.text) for w in witnesses})
        standing, undone = live(self.decisions)
        gone = replaced(standing.values())
        for key_, by in undone.items():
            self.court.told(key_, "undone", f"taken back by {by}")
        for one in standing.values():
            if one.id in gone:
                self.court.told(one.id, "replaced", f"settled by {gone[one.id]}")
                continue
            here = found_again(one, texts)
            if here.lost:
                self.court.told(one.id, "orphan", here.lost)
            else:
                self.court.told(one.id, "kept")
                self.found.append(here)
        made, self.left_out = accounts.used(
            accounts.with_metadata(witnesses, self.found, self.court), self.found, self.court
        )
        self._leave(self.left_out)
        self._named = [w.witness for w in made]
        return made

    def _leave(self, out: Mapping[str, str]) -> None:
        """Lays aside the decisions on words of accounts that are left out."""
        kept = []
        for one in self.found:
            about = one.decision.about
            for places in (one.words, one.other):
                if about.kind in ("comparison", "event", "silence"):
                    places[:] = [p for p in places if p.witness not in out]
            needed = [
                *(p.witness for p in (*one.words, *one.other)),
                *(() if about.kind == "account" else one.accounts),
            ]
            why = next((out[w] for w in needed if w in out), None)
            if about.words and not one.words:
                why = why or "all its accounts are left out"
            if why is None:
                kept.append(one)
            else:
                self.court.told(one.decision.id, "not obeyed", f"its account is {why}")
        self.found = kept

    def corrections(self) -> dict[str, str]:
        """The corrections of each witness as a line that `corrections.loaded` reads."""
        made = mentions.settled(self.found, self.court)
        return {witness: corrections.packed(listed) for witness, listed in made.items()}

    def bindings(self) -> pa.Table:
        """The table ``bindings`` that the steps obey."""
        made = [
            *joins.joins(self.found, self.court),
            *joins.directions(self.found, self.court),
            *accounts.agencies(self.found, self.court),
            *accounts.known_to(self.found, self.court, self._named),
        ]
        return table(
            Binding, sorted(made, key=lambda b: (b.kind, b.a_witness, b.a_start, b.b_witness, b.b_start, b.decision))
        )

    # --- between the steps ---

    def after(self, made: Mapping[str, pa.Table], get: Get) -> dict[str, pa.Table]:
        """The tables that a step made with what people decided of their rows; ``get`` reads those made before."""
        tables = dict(made)
        if not self.found:
            return tables

        def at_hand(name: str) -> pa.Table:
            return tables[name] if name in tables else get(name)

        for name, (kind, effect) in EFFECTS.items():
            if name in tables and self.of_kind(*kind):
                tables[name] = effect(self, at_hand)
        return tables

    def of_kind(self, *kinds: str) -> list[Found]:
        """The standing decisions on things of some kinds."""
        return [one for one in self.found if one.decision.about.kind in kinds]

    # --- at the end ---

    def tables(self, get: Get) -> dict[str, pa.Table]:
        """The tables ``decisions``, ``orphans`` and ``reviewed``, once all else is made."""
        if self.decisions:
            self._fates(get)
        return reviewed.tables(self.decisions, self.court, self.found, self.two_readers)

    def _fates(self, get: Get) -> None:
        """What became of the decisions that the steps themselves obeyed."""
        for kind, name in MENTIONS.items():
            wanted = self.of_kind(kind)
            if wanted:
                self._mentions(name, wanted, get)
        self._joined(get)
        self._parallels(get)
        for one in self.of_kind("account"):
            self.court.on(one.decision.id, "witnesses", one.accounts[0])
        named = self.of_kind("name")
        for one in named:
            if one.decision.aspect == "pseudonym":
                self.court.told(
                    one.decision.id,
                    "kept",
                    "for what is exported with --redact and this log; it changes nothing in these pages",
                )
        bearers = {(n.kind, n.form): n.referent for n in rows(Name, get("names"))} if named else {}
        for one in named:
            for ref in one.decision.about.names[:2]:
                if (ref.kind, ref.form) in bearers:
                    self.court.on(one.decision.id, "names", f"{ref.kind}:{bearers[ref.kind, ref.form]}")

    def _mentions(self, name: str, wanted: Iterable[Found], get: Get) -> None:
        data = get(name)
        there = {key(name, row) for row in data.select(_KEY_COLUMNS[name]).to_pylist()}
        for one in wanted:
            row = reviewed.at_words(name, one.words[0], data, there)
            self.court.on(one.decision.id, name, row)
            if self.court.states.get(one.decision.id) == "kept" and one.decision.aspect:
                done = (row in there) == (one.decision.says != "none")
                why = "" if done else "the program could not put it into what it found"
                self.court.told(one.decision.id, "obeyed" if done else "not obeyed", why)

    def _joined(self, get: Get) -> None:
        telling = Telling(rows(Claim, get("claims")), rows(Tells, get("tells")))
        for one in self.of_kind("pair", "event"):
            if one.decision.aspect != "join" and one.decision.about.kind != "pair":
                continue
            for place in (*one.words, *one.other) if one.decision.about.kind == "pair" else ():
                for claim in telling.claims(place)[:3]:
                    self.court.on(one.decision.id, "claims", claim.claim)
            if one.decision.aspect == "join" and self.court.states.get(one.decision.id) == "kept":
                state, why = _joined(one, telling)
                self.court.told(one.decision.id, state, why)

    def _parallels(self, get: Get) -> None:
        listed = self.of_kind("parallel")
        for row in rows(Parallel, get("parallels")) if listed else ():
            for one in listed:
                if _meets(one, row):
                    self.court.on(one.decision.id, "parallels", key("parallels", row.to_dict()))
        edges = self.of_kind("edge")
        for edge in rows(Stemma, get("stemma")) if edges else ():
            for one in edges:
                if {edge.source, edge.target} == set(one.accounts):
                    self.court.on(one.decision.id, "stemma", key("stemma", edge.to_dict()))
        for one in [*listed, *edges]:
            if self.court.states.get(one.decision.id) == "kept" and one.decision.aspect:
                there = bool(self.court.rows.get(one.decision.id))
                if there == (one.decision.says == "none"):
                    why = "the parallel is still there" if there else "the program finds no parallel there any more"
                    self.court.told(one.decision.id, "not obeyed", why)
                else:
                    self.court.told(one.decision.id, "obeyed")


_KEY_COLUMNS = {name: ["claim"] if name == "claims" else ["witness", "start", "end"] for name in MENTIONS.values()}


def _joined(one: Found, telling: Telling) -> tuple[str, str]:
    """Whether the events obey a decision on joining."""
    if one.decision.says == "right":
        return "obeyed", "the machine's row stands"
    first, second = (one.words, one.other) if one.other else (one.words[:1], one.words[1:])
    a, b = ({e for p in places for e in telling.events(p)} for places in (first, second))
    wanted = one.decision.says in ("same", "merge")
    if wanted and not (a and b):
        return "not obeyed", "some of its words tell no event"
    if bool(a & b) == wanted:
        return "obeyed", ""
    return (
        "not obeyed",
        "they are still told under different events" if wanted else "they are still told under one event",
    )


def _meets(one: Found, row: Parallel) -> bool:
    sides = ((row.a_witness, row.a_start, row.a_end), (row.b_witness, row.b_start, row.b_end))
    for first, second in (sides, sides[::-1]):
        pairs = zip((first, second), one.words, strict=True)
        if all(s[0] == p.witness and s[1] < p.end and p.start < s[2] for s, p in pairs):
            return True
    return False


def _names(review: Review, get: Get) -> pa.Table:
    return table(Name, with_bearers(rows(Name, get("names")), review.of_kind("name"), review.court))


def _events(review: Review, get: Get) -> pa.Table:
    telling = Telling(rows(Claim, get("claims")), rows(Tells, get("tells")))
    return table(Event, over_events(rows(Event, get("events")), telling, review.of_kind("event", "pair"), review.court))


def _verdicts(review: Review, get: Get) -> pa.Table:
    verdicts, readings = rows(Verdict, get("verdicts")), rows(Reading, get("readings"))
    made = over_verdicts(verdicts, readings, review.of_kind("comparison"), review.court)
    return table(Verdict, apart(made, readings, rows(Binding, get("bindings")), review.court))


def _silences(review: Review, get: Get) -> pa.Table:
    telling = Telling(rows(Claim, get("claims")), rows(Tells, get("tells")))
    listed = rows(Silence, get("silences"))
    out = set()
    for one in review.of_kind("silence"):
        event, witness = telling.event(one.words), one.accounts[0]
        held = any(s.event == event and s.witness == witness for s in listed)
        if one.decision.says == "not expected":
            out.add((event, witness))
        if one.decision.aspect:
            review.court.told(one.decision.id, "obeyed", "" if held else "the program does not expect it any more")
        review.court.on(one.decision.id, "silences", f"{event}|{witness}")
    return table(Silence, [s for s in listed if (s.event, s.witness) not in out])


def _checks(review: Review, get: Get) -> pa.Table:
    kept = []
    listed = rows(Check, get("checks"))
    for row in listed:
        held = [one for one in review.of_kind("check") if _touches(one, row)]
        for one in held:
            review.court.on(one.decision.id, "checks", key("checks", row.to_dict()))
        agreed = review.court.settle([one for one in held if one.decision.aspect])
        if agreed is not None and agreed.agreed:
            review.court.obeyed(agreed)
        if agreed is None or not agreed.agreed or agreed.chosen.says != "wrong":
            kept.append(row)
    return table(Check, kept)


def _touches(one: Found, row: Check) -> bool:
    if one.decision.about.attribute not in (None, row.kind):
        return False
    keys = {span_key(row.witness, start, end) for start, end in row.spans}
    return {span_key(p.witness, p.start, p.end) for p in one.words} <= keys


EFFECTS: dict[str, tuple[tuple[str, ...], Callable[[Review, Get], pa.Table]]] = {
    "names": (("name",), _names),
    "events": (("event", "pair"), _events),
    "verdicts": (("comparison", "pair"), _verdicts),
    "silences": (("silence",), _silences),
    "checks": (("check",), _checks),
}
"""What is done to the table of a name once a step has made it, and decisions on which kinds ask for it."""

assert set(EFFECTS) <= set(TABLES)
