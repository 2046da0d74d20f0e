"""What comes in with a decision, from the JSON API, a form or a script: one model for all of them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from variorum.errors import InputError
from variorum.review.grammar import KINDS, in_words
from variorum.review.subjects import KIND_OF
from variorum.review.values import typed

__all__ = ["RowRef", "Said", "WordsRef", "from_form", "said"]

Short = Annotated[str, Field(max_length=2000)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RowRef(_In):
    """A row: its table and its key there."""

    table: Annotated[str, Field(max_length=60)]
    row: Short


class WordsRef(_In):
    """Words of a witness, and as what they are meant: figure, time, place, quote, actor, claim, pair."""

    kind: Annotated[str, Field(max_length=20)]
    witness: Short
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]


class Said(_In):
    """A decision as it comes in: of rows, of words, or of a decision; what it says, with which value, and why."""

    says: Annotated[str, Field(min_length=1, max_length=40)]
    rows: Annotated[tuple[RowRef, ...], Field(max_length=2)] = ()
    words: Annotated[tuple[WordsRef, ...], Field(max_length=2)] = ()
    decision: Annotated[str, Field(max_length=40)] = ""
    off: Annotated[tuple[Short, ...], Field(max_length=120)] = ()
    forms: Annotated[tuple[Short, ...], Field(max_length=60)] = ()
    value: dict[str, Any] = Field(default_factory=dict)
    why: Annotated[str, Field(max_length=4000)] = ""
    replaces: Annotated[tuple[str, ...], Field(max_length=50)] = ()


def said(data: object) -> Said:
    """What was said, from JSON; raises `InputError` where it does not fit."""
    try:
        return Said.model_validate(data)
    except ValidationError as error:
        raise InputError("decision", f"does not fit ({in_words(error)})") from None


def from_form(fields: list[tuple[str, str]]) -> Said:
    """What was said, from the fields of a form.

    ``row`` is a table and a key parted by a slash, ``words`` kind, start, end and witness parted by spaces; fields of
    the value begin with ``value.`` and are left out where they are empty or as they were (``was.``).

    >>> from_form([("says", "wrong"), ("row", "verdicts/v1"), ("value.because", "misreading")]).value
    {'because': 'misreading'}
    """
    held: dict[str, list[str]] = {}
    for name, value in fields:
        held.setdefault(name, []).append(value)
    one = {name: values[-1].strip() for name, values in held.items()}
    rows = [dict(zip(("table", "row"), value.split("/", 1), strict=False)) for value in held.get("row", []) if value]
    words = [_words(value) for value in held.get("words", []) if value]
    kind = words[0]["kind"] if words else KIND_OF.get(rows[0].get("table", ""), "") if rows else "decision"
    says = one.get("says", "")
    return said(
        {
            "says": says,
            "rows": rows,
            "words": words,
            "decision": one.get("decision", ""),
            "off": held.get("off", []),
            "forms": held.get("forms", []),
            "value": _value(str(kind), says, one),
            "why": one.get("why", ""),
            "replaces": [key for key in held.get("replaces", []) if key],
        }
    )


def _words(value: str) -> dict[str, Any]:
    parts = value.split(" ", 3)
    if len(parts) != 4 or not (parts[1].isdigit() and parts[2].isdigit()):
        raise InputError("words", "are kind, start, end and witness")
    return {"kind": parts[0], "start": int(parts[1]), "end": int(parts[2]), "witness": parts[3]}


def _value(kind: str, says: str, one: dict[str, str]) -> dict[str, Any]:
    """The fields of the value that were changed; low and high of a figure go together."""
    saying = KINDS.get(kind, {}).get(says)
    if saying is None or saying.value is None:
        return {}
    fields = saying.value.model_fields
    made: dict[str, Any] = {}
    for name, field in fields.items():
        text = one.get(f"value.{name}")
        if text is not None and text != one.get(f"was.{name}", ""):
            made[name] = typed(str(field.annotation), text) if text else None
    if {"low", "high"} & made.keys():
        for name in ("low", "high"):
            text = one.get(f"value.{name}", "")
            made[name] = typed("float", text) if text else None
    return made
