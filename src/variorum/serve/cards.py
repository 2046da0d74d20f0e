"""One row as a person is asked about it: its words in their sentences, what the program says of it, what can be said.

A card is plain data: pages print it, the JSON API gives it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from variorum.dates import in_words
from variorum.errors import InputError
from variorum.review.grammar import KINDS, MENTIONS
from variorum.review.subjects import KIND_OF
from variorum.review.values import ROLES
from variorum.serve.docket import Docket
from variorum.serve.store import Store
from variorum.site.addresses import Addresses, divide
from variorum.site.reasons import in_sigla

__all__ = ["Card", "Field", "Saying", "card", "marking"]

Row = dict[str, Any]
MOST = 24
"""Words that a card shows; of more it says how many."""
NEAR = 30
"""Events before and after one that it may be merged with by choice; others by their address."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of a witness as a card shows them; ``key`` is the row that they are of, for a choice among them."""

    witness: str
    siglum: str
    before: str
    text: str
    after: str
    href: str
    voice: str = ""
    key: str = ""
    name: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a value in a form: its name, its kind (text, number, choice, yes), what it is now, its choices."""

    name: str
    kind: str
    now: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """Something that can be said of the row, with the fields of its value."""

    says: str
    text: str
    fields: tuple[Field, ...] = ()


@dataclass(slots=True)
class Card:
    """A row with all that is needed to judge it."""

    table: str
    key: str
    kind: str
    title: str
    row: Row
    facts: list[tuple[str, str]] = field(default_factory=list)
    words: list[Shown] = field(default_factory=list)
    more: int = 0
    why: str = ""
    verdict: str = ""
    by_rule: str = ""
    href: str = ""
    sayings: list[Saying] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)

    def to_dict(self) -> Row:
        """The card as plain data."""
        return asdict(self)


def card(store: Store, docket: Docket, table: str, key: str) -> Card:
    """The card of a row; raises `InputError` where there is none."""
    kind = KIND_OF.get(table)
    row = store.row(table, key) if table != "decisions" else docket.told(docket.get(key))
    if row is None or kind is None:
        raise InputError(f"{table[:40]} {key[:80]}", "there is no such row", "the pages lead to those that there are")
    made = Card(table, key, kind, key, row)
    MAKERS.get(table, _mention)(store, made)
    made.decisions = docket.on(table, key)
    made.sayings = [Saying(says, one.text, _fields(one.value, row)) for says, one in KINDS[kind].items()]
    return made


def marking(store: Store, kind: str, witness: str, start: int, end: int) -> Card:
    """The card of words that a person marked, as a mention that was missed."""
    if kind not in MENTIONS:
        raise InputError(f"kind {kind[:20]}", f"is none of {', '.join(MENTIONS)}")
    shown = _words(store, witness, start, end)
    if shown is None:
        raise InputError(f"{witness[:80]}:{start}-{end}", "there are no such words")
    made = Card(MENTIONS[kind], "", kind, f"A {kind} that was missed", {"witness": witness, "start": start, "end": end})
    made.words = [shown]
    missed = KINDS[kind]["missed"]
    made.sayings = [Saying("missed", missed.text, _fields(missed.value, {}))]
    return made


def _fields(value: type[BaseModel] | None, row: Row) -> tuple[Field, ...]:
    if value is None:
        return ()
    made = []
    for name, one in value.model_fields.items():
        now = row.get(name)
        choices = _choices(one.annotation) or (ROLES if name == "role" else ())
        text = "; ".join(map(str, now)) if isinstance(now, list) else "" if now is None else _written(now)
        kind = "choice" if choices else "yes" if "bool" in str(one.annotation) else "text"
        if kind == "text" and "float" in str(one.annotation):
            kind = "number"
        made.append(Field(name, kind, text, choices))
    return tuple(made)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    for part in get_args(annotation):
        found = _choices(part)
        if found:
            return found
    return ()


# --- words ----------------------------------------------------------------------------------------------------------


def _words(store: Store, witness: str, start: int, end: int, voice: Sequence[str] = (), key: str = "") -> Shown | None:
    found = store.words(witness, start, end)
    if found is None:
        return None
    siglum = store.sigla.get(witness, witness)
    href = place(store, witness, start, end)
    told, name = ", reported by ".join(voice), store.names.get(witness, witness)
    mentions = store.mentions(witness, start, end)
    exact = (f"{m['table']}/{m['key']}" for m in mentions if (m["start"], m["end"]) == (start, end))
    return Shown(witness, siglum, found.before, found.text, found.after, href, told, key, name, next(exact, ""))


def place(store: Store, witness: str, start: int, end: int) -> str:
    """The address of words on the page of their witness."""
    size = store.one("SELECT LENGTH(text) AS size FROM witnesses WHERE witness = ?", witness)
    parts = [0]
    if size is not None and size["size"] > 60_000:
        text = store.text(witness)
        parts = divide(text.text) if text is not None else parts
    return Addresses({witness: parts}).span(witness, start, end)


def _all(store: Store, made: Card, rows: Sequence[Row], key: str = "") -> None:
    for row in rows[:MOST]:
        name = str(row.get(key, "")) if key else ""
        shown = _words(store, row["witness"], row["start"], row["end"], row.get("voice") or (), name)
        if shown is not None:
            made.words.append(shown)
    made.more = max(0, len(rows) - MOST)


# --- kinds of rows --------------------------------------------------------------------------------------------------


def _facts(row: Row, left: Sequence[str] = ()) -> list[tuple[str, str]]:
    out = {"witness", "start", "end", "text", "_key", *left}
    held = ((n, v) for n, v in row.items() if n not in out and v not in (None, "", []))
    return [(name, "; ".join(map(str, v)) if isinstance(v, list) else _written(v)) for name, v in held]


def _mention(store: Store, made: Card) -> None:
    row = made.row
    made.title = f"{made.kind} “{row['text']}”" if len(row["text"]) < 90 else made.kind
    made.facts = _facts(row)
    _all(store, made, [row])
    made.href = place(store, row["witness"], row["start"], row["end"])


def _comparison(store: Store, made: Card) -> None:
    row = made.row
    event = store.row("events", row["event"]) if row["event"] else None
    about = event["label"] if event is not None else row["scope"]
    made.title = f"{row['attribute']}: {about}" if about else row["attribute"]
    read = store.readings(row["readings"])
    made.verdict, made.by_rule = row["verdict"], row["by_rule"] or ""
    made.why = _reason(store, row["why"], (one["witness"] for one in read))
    made.facts = [("rule", row["rule"]), ("scope", row["scope"]), ("certainty", row["sure"])]
    made.href = Addresses.event(row["event"]) if event is not None else ""
    _all(store, made, read)


def _reason(store: Store, text: str, witnesses: Iterable[str]) -> str:
    """A reason with the sigla of its accounts, as the pages have it."""
    return in_sigla(text, {w: store.sigla[w] for w in witnesses if w in store.sigla})


def _event(store: Store, made: Card) -> None:
    row = made.row
    made.title, made.why = row["label"], row["doubt"] or ""
    date = in_words(row["date"]) or "undated"
    made.facts = [("date", date), ("places", "; ".join(row["places"])), ("type", row["type"])]
    made.href = Addresses.event(row["event"])
    made.row = {**row, "title": row["label"]}
    _all(store, made, store.telling(row["event"]), "claim")
    made.others = _near(store, row)


def _near(store: Store, row: Row) -> list[tuple[str, str]]:
    """The events around one in the order of time."""
    before = "SELECT event, label, date FROM events WHERE COALESCE(date, '~') {} ? AND event <> ? ORDER BY {} LIMIT ?"
    date = row["date"] or "~"
    earlier = store.all(before.format("<", "date DESC"), date, row["event"], NEAR)
    later = store.all(before.format(">=", "date"), date, row["event"], NEAR)
    listed = [*reversed(earlier), *later]
    return [(e["event"], f"{in_words(e['date'], 'short') or 'undated'}: {e['label']}") for e in listed]


def _parallel(store: Store, made: Card) -> None:
    row = made.row
    sides = [{"witness": row[f"{s}_witness"], "start": row[f"{s}_start"], "end": row[f"{s}_end"]} for s in "ab"]
    a, b = (store.sigla.get(side["witness"], side["witness"]) for side in sides)
    made.title, made.why = (
        f"the same words in {a} and {b}",
        _reason(store, row["why"], (side["witness"] for side in sides)),
    )
    made.facts = [("kind", row["kind"]), ("direction", row["direction"])]
    _all(store, made, sides)


def _edge(store: Store, made: Card) -> None:
    row = made.row
    source, target = (store.sigla.get(row[n], row[n]) for n in ("source", "target"))
    made.title, made.why = f"{target} from {source}", _reason(store, row["why"], (row["source"], row["target"]))
    made.facts = [("kind", row["kind"]), ("passages", str(row["passages"])), ("characters", str(row["characters"]))]
    made.href = "stemma.html"
    query = (
        "SELECT * FROM parallels WHERE (a_witness, b_witness) IN ((?, ?), (?, ?)) ORDER BY a_end - a_start DESC LIMIT 3"
    )
    for one in store.all(query, row["source"], row["target"], row["target"], row["source"]):
        sides = [{"witness": one[f"{s}_witness"], "start": one[f"{s}_start"], "end": one[f"{s}_end"]} for s in "ab"]
        _all(store, made, sides)


def _name(store: Store, made: Card) -> None:
    row = made.row
    made.title = f"{row['kind']} {row['referent']}"
    made.forms = list(store.forms(row["kind"], row["referent"]))
    made.facts = [("forms", "; ".join(made.forms))]
    made.href = "names.html"
    query = "SELECT DISTINCT referent FROM names WHERE kind = ? AND referent <> ? ORDER BY referent LIMIT 300"
    made.others = [
        (f"{row['kind']}:{r['referent']}", r["referent"]) for r in store.all(query, row["kind"], row["referent"])
    ]
    made.row = {**row, "name": row["referent"]}


def _account(store: Store, made: Card) -> None:
    row = {name: value for name, value in made.row.items() if name != "text"}
    made.title = f"{row['siglum']}: {row['title'] or row['witness']}"
    made.facts, made.row = _facts(row, ("sha256",)), row
    made.href = Addresses({}).witness(row["witness"])


def _silence(store: Store, made: Card) -> None:
    row = made.row
    event = store.row("events", row["event"]) or {"label": row["event"]}
    made.title = f"{store.sigla.get(row['witness'], row['witness'])} does not tell: {event['label']}"
    made.why, made.href = row["why"], Addresses.event(row["event"])
    _all(store, made, store.telling(row["event"]))


def _check(store: Store, made: Card) -> None:
    row = made.row
    made.title = f"{row['kind']} in {store.sigla.get(row['witness'], row['witness'])}"
    made.why = row["why"]
    made.facts = [("expected", row["expected"]), ("stated", row["stated"])]
    made.href = "checks.html"
    _all(store, made, [{"witness": row["witness"], "start": s, "end": e} for s, e in row["spans"]])


def _decision(store: Store, made: Card) -> None:
    row = made.row
    made.title, made.why = row["said"], row["effect"]
    made.facts = [
        ("state", row["state"]),
        ("taken", row["at"]),
        ("words", "; ".join(text for _, text in row["words"][:6])),
    ]


MAKERS: dict[str, Callable[[Store, Card], None]] = {
    "verdicts": _comparison,
    "events": _event,
    "parallels": _parallel,
    "stemma": _edge,
    "names": _name,
    "witnesses": _account,
    "silences": _silence,
    "checks": _check,
    "decisions": _decision,
}
"""How the card of a row of each table is made; rows of all others are mentions."""
