"""The answers that one key gives to a card of the queue: agree, wrong with its reason, the same happening or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from variorum.review.values import WrongValue
from variorum.serve.cards import Card
from variorum.serve.store import Store

__all__ = ["Answer", "answers"]

WRONG: tuple[str, ...] = get_args(WrongValue.model_fields["because"].annotation)
"""Reasons for which a comparison is none, in the order of their keys."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key says of a card: the key (after ``w`` for a reason), its label, and what goes with the decision."""

    key: str
    says: str
    label: str
    rows: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)


def answers(store: Store, card: Card, question: str) -> list[Answer]:
    """The answers to a question: ``verdict``, ``join`` or ``direction``."""
    row = (f"{card.table}/{card.key}",)
    if question == "join":
        return _join(store, card, row)
    if question == "direction":
        return _direction(row)
    made = [Answer("a", "right", "agree", row)]
    for number, because in enumerate(WRONG, 1):
        made.append(Answer(f"w{number}", "wrong", f"wrong: {because}", row, fields={"because": because}))
    pair = _pair(store, card)
    if pair:
        made.append(Answer("s", "same", "the same happening", words=pair))
        made.append(Answer("n", "not same", "not the same happening", words=pair))
    return made


def _pair(store: Store, card: Card) -> tuple[str, ...]:
    """The words of the first two witnesses of a comparison."""
    found: dict[str, str] = {}
    for one in store.readings(card.row.get("readings", ())):
        found.setdefault(one["witness"], f"pair {one['start']} {one['end']} {one['witness']}")
    return tuple(found.values())[:2] if len(found) > 1 else ()


def _join(store: Store, card: Card, row: tuple[str, ...]) -> list[Answer]:
    """An event is right, or the claims of its last witness are parted off; more is said on its page."""
    made = [Answer("s", "right", "the same happening", row)]
    told = store.telling(card.key)
    witnesses = list(dict.fromkeys(claim["witness"] for claim in told))
    if len(witnesses) > 1:
        off = tuple(claim["claim"] for claim in told if claim["witness"] == witnesses[-1])
        label = f"not the same: part off {store.sigla.get(witnesses[-1], witnesses[-1])}"
        made.append(Answer("n", "split", label, row, off=off))
    return made


def _direction(row: tuple[str, ...]) -> list[Answer]:
    return [
        Answer("a", "right", "agree", row),
        Answer("w1", "b to a", "wrong: the other way round", row),
        Answer("w2", "common source", "wrong: both have it from a third", row),
        Answer("w3", "unknown", "wrong: it is unknown", row),
        Answer("w4", "none", "wrong: no parallel", row),
    ]
