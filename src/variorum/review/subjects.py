"""What decisions are about, made from rows of an edition: the words that hold each row, as they stand there now.

A `Desk` gives rows and texts; the command line reads them from an edition's tables, the app from its index. The kind
of a decision follows from the table of its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from variorum.errors import InputError
from variorum.review.anchors import Anchor, Text, anchored
from variorum.review.grammar import MENTIONS
from variorum.review.keys import span_key

__all__ = ["KIND_OF", "Desk", "about_row", "about_rows", "about_words", "forms_of"]

Row = Mapping[str, Any]
MOST = 120
"""Words by which an event or a comparison is held at most."""

KIND_OF = {
    **{table: kind for kind, table in MENTIONS.items()},
    "verdicts": "comparison", "events": "event", "parallels": "parallel", "stemma": "edge", "names": "name",
    "witnesses": "account", "silences": "silence", "checks": "check", "decisions": "decision",
}  # fmt: skip
"""The kind of decision that is taken on a row of each table."""


class Desk(Protocol):
    """Rows and texts of an edition."""

    def row(self, table: str, key: str) -> Row | None:
        """The row of a table with this key (`variorum.review.keys`)."""

    def text(self, witness: str) -> Text | None:
        """The text of a witness."""

    def telling(self, event: str) -> Sequence[Row]:
        """The claims that tell an event: witness, start, end."""

    def events(self, claim: str) -> Sequence[str]:
        """The events that a claim tells."""

    def readings(self, names: Iterable[str]) -> Sequence[Row]:
        """The readings of these ids."""

    def forms(self, kind: str, referent: str) -> Sequence[str]:
        """The forms of a name, the most frequent first."""


def about_words(desk: Desk, kind: str, spans: Sequence[tuple[str, int, int]]) -> dict[str, Any]:
    """What a decision on some words is about; ``kind`` is that of a mention, or ``pair``, ``parallel`` ..."""
    made: dict[str, Any] = {"kind": kind, "words": [_anchor(desk, *span) for span in spans]}
    table = MENTIONS.get(kind)
    row = desk.row(table, span_key(*spans[0])) if table and spans else None
    return {**made, "was": _was(str(table), span_key(*spans[0]), row)} if row is not None else made


def about_row(desk: Desk, table: str, key: str) -> dict[str, Any]:
    """What a decision on a row is about; raises `InputError` where there is no such row."""
    row = desk.row(table, key)
    if row is None:
        raise InputError(f"{table} {key}", "there is no such row", f"'variorum show' and the page of {table} list them")
    maker = MAKERS.get(table)
    if maker is None:
        raise InputError(f"{table} {key}", "nothing can be decided of it", f"rows of {', '.join(KIND_OF)} can be")
    made = maker(desk, row)
    return {"kind": KIND_OF[table], **made, "was": _was(table, key, row)}


def about_rows(desk: Desk, says: str, rows: Sequence[tuple[str, str]], off: Sequence[str] = ()) -> dict[str, Any]:
    """What a decision on several rows is about: a merge, a split, two names, two claims.

    ``off`` are the claims that a split parts off its event.
    """
    first = about_row(desk, *rows[0])
    if says == "split":
        return _split(desk, first, rows[0][1], off)
    if len(rows) == 1:
        return first
    second = about_row(desk, *rows[1])
    tables = {table for table, _ in rows}
    if says == "merge" and tables == {"events"}:
        return {**first, "other": second["words"], "was": {**first["was"], "other": rows[1][1]}}
    if tables == {"names"}:
        names = [*first["names"][:1], *second["names"][:1]]
        return {**first, "names": names, "was": {**first["was"], "other": rows[1][1]}}
    if tables <= {"claims", "events"} and says in ("same", "not same"):
        joined = bool(set(_events(desk, rows[0])) & set(_events(desk, rows[1])))
        was = {"table": rows[0][0], "row": rows[0][1], "other": rows[1][1], "joined": joined}
        return {"kind": "pair", "words": [first["words"][0], second["words"][0]], "was": was}
    raise InputError(f"{rows[0][0]} and {rows[1][0]}", f"{says!r} cannot be said of two such rows")


def _events(desk: Desk, row: tuple[str, str]) -> Sequence[str]:
    return [row[1]] if row[0] == "events" else desk.events(row[1])


def _split(desk: Desk, event: dict[str, Any], key: str, off: Sequence[str]) -> dict[str, Any]:
    parted = [about_row(desk, "claims", claim)["words"][0] for claim in off]
    stays = [words for words in event["words"] if words not in parted]
    if not parted or not stays:
        raise InputError(f"events {key}", "a split parts some of its claims off, not none and not all", "name them")
    return {**event, "words": stays, "other": parted}


def _anchor(desk: Desk, witness: str, start: int, end: int) -> dict[str, Any]:
    text = desk.text(witness)
    if text is None:
        raise InputError(
            f"witness {witness}", "there is none of that name", "'variorum show EDITION witness' lists them"
        )
    try:
        made: Anchor = anchored(text, start, end)
    except ValueError as error:
        raise InputError(f"{witness}:{start}-{end}", str(error)) from None
    return made.model_dump(mode="json", exclude_defaults=True)


def _was(table: str, key: str, row: Row) -> dict[str, Any]:
    """The row as it stands, without texts and lists of rows."""
    left = ("text", "a_text", "b_text", "readings", "spans", "source", "sha256")
    held = {name: value for name, value in row.items() if name not in left and value not in (None, [], "")}
    return {"table": table, "row": key, **{n: v[:400] if isinstance(v, str) else v for n, v in held.items()}}


def _mention(desk: Desk, row: Row) -> dict[str, Any]:
    return {"words": [_anchor(desk, row["witness"], row["start"], row["end"])]}


def _comparison(desk: Desk, row: Row) -> dict[str, Any]:
    spans = [(r["witness"], r["start"], r["end"]) for r in desk.readings(row["readings"])]
    return {"words": [_anchor(desk, *span) for span in sorted(spans)[:MOST]], "attribute": row["attribute"]}


def _event(desk: Desk, row: Row) -> dict[str, Any]:
    spans = sorted({(c["witness"], c["start"], c["end"]) for c in desk.telling(row["event"])})
    if not spans:
        raise InputError(f"events {row['event']}", "no words tell it, so nothing can hold a decision on it")
    return {"words": [_anchor(desk, *span) for span in spans[:MOST]]}


def _parallel(desk: Desk, row: Row) -> dict[str, Any]:
    sides = [(row[f"{s}_witness"], row[f"{s}_start"], row[f"{s}_end"]) for s in "ab"]
    return {"words": [_anchor(desk, *side) for side in sides]}


def _edge(desk: Desk, row: Row) -> dict[str, Any]:
    if row["outside"]:
        raise InputError(f"stemma {row['source']}", "lies outside the collection", "decide on the passages instead")
    return {"accounts": [_account(desk, row["source"]), _account(desk, row["target"])]}


def _account(desk: Desk, witness: str) -> dict[str, str]:
    text = desk.text(witness)
    return {"witness": witness, "sha256": text.sha256 if text is not None else ""}


def _silence(desk: Desk, row: Row) -> dict[str, Any]:
    return {**_event(desk, row), "accounts": [_account(desk, row["witness"])]}


def _check(desk: Desk, row: Row) -> dict[str, Any]:
    words = [_anchor(desk, row["witness"], start, end) for start, end in row["spans"][:20] if end > start]
    return {"words": words, "attribute": row["kind"]}


def forms_of(desk: Desk, kind: str, referent: str) -> list[dict[str, str]]:
    """The forms of a name as a decision names them, the most frequent first."""
    return [{"form": form, "kind": kind} for form in desk.forms(kind, referent)[:60]]


MAKERS: dict[str, Callable[[Desk, Row], dict[str, Any]]] = {
    **dict.fromkeys(MENTIONS.values(), _mention),
    "verdicts": _comparison,
    "events": _event,
    "parallels": _parallel,
    "stemma": _edge,
    "names": lambda desk, row: {"names": forms_of(desk, row["kind"], row["referent"])},
    "witnesses": lambda desk, row: {"accounts": [_account(desk, row["witness"])]},
    "silences": _silence,
    "checks": _check,
    "decisions": lambda desk, row: {"decision": row["decision"]},
}
"""How the words that hold a row of a table are found."""
