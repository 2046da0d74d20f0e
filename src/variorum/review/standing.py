"""Which decisions stand: what was taken back, what a later one settles, and where people differ.

Two people who differ stand side by side until one of them, or a third, settles it: a later decision of the same
person on the same question takes the place of the earlier one, and a decision that names others in ``replaces``
takes theirs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from variorum.review.anchors import Lost, Place, Texts
from variorum.review.grammar import Decision

__all__ = ["Court", "Found", "Settled", "found_again", "live", "replaced"]

WITHIN = frozenset(("pair", "event", "comparison", "parallel", "silence", "claim", "check", "quote"))
"""Kinds whose words are sentences, which may have changed a little within."""


def live(decisions: Mapping[str, Decision]) -> tuple[dict[str, Decision], dict[str, str]]:
    """The decisions that were not taken back, and of those that were, by which decision.

    An undo may be taken back itself: then what it took back stands again.
    """
    undone: dict[str, str] = {}
    for one in sorted(decisions.values(), key=lambda d: (-d.n, d.id)):
        target = decisions.get(one.about.decision or "")
        if one.says == "undo" and one.id not in undone and target is not None and _before(target, one):
            undone.setdefault(target.id, one.id)
    return {key: one for key, one in decisions.items() if key not in undone}, undone


def replaced(decisions: Iterable[Decision]) -> dict[str, str]:
    """The decisions that a later one names as settled, and by which."""
    listed = {one.id: one for one in decisions}
    return {
        key: one.id
        for one in sorted(listed.values(), key=lambda d: (d.n, d.id))
        for key in one.replaces
        if key in listed and _before(listed[key], one)
    }


def _in_order(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda one: (one.decision.n, one.decision.at, one.decision.id))


def _before(one: Decision, other: Decision) -> bool:
    return (one.n, one.id) < (other.n, other.id)


@dataclass(slots=True)
class Found:
    """A decision with where its words stand now; ``lost`` says why they stand nowhere."""

    decision: Decision
    words: list[Place] = field(default_factory=list)
    other: list[Place] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    lost: str | None = None

    @property
    def moved(self) -> bool:
        """True when it was made on another text and its words were found again."""
        return any(place.moved for place in (*self.words, *self.other))


def found_again(decision: Decision, texts: Texts) -> Found:
    """Looks up the words and accounts of a decision.

    Of an event some words may be gone, as long as half of them are there; of a comparison those whose account is
    gone, as long as two are there. Of everything else all must be there.
    """
    about = decision.about
    made = Found(decision)
    for ref in about.accounts:
        account = texts.account(ref.witness, ref.sha256)
        if isinstance(account, Lost):
            made.lost = account.why
        else:
            made.accounts.append(account.witness)
    whole = about.kind in WITHIN
    for anchors, places in ((about.words, made.words), (about.other, made.other)):
        gone = []
        for anchor in anchors:
            place = texts.find(anchor, whole)
            if isinstance(place, Lost):
                gone.append((place, anchor.witness))
            else:
                places.append(place)
        if gone and not _enough(about.kind, len(places), gone, texts):
            made.lost = made.lost or gone[0][0].why
    return made


def _enough(kind: str, there: int, gone: list[tuple[Lost, str]], texts: Texts) -> bool:
    if kind in ("event", "silence"):
        return there >= max(1, len(gone))
    if kind == "comparison":
        return there >= 2 and all(witness not in texts.by_name for _, witness in gone)
    return False


@dataclass(frozen=True, slots=True)
class Settled:
    """The decisions on one question that count, one for each person; ``agreed`` when they say the same."""

    standing: tuple[Found, ...]
    agreed: bool

    @property
    def chosen(self) -> Decision:
        """The latest of those that say the same."""
        return self.standing[-1].decision

    @property
    def people(self) -> list[str]:
        """Who says so."""
        return [one.decision.by for one in self.standing]


@dataclass
class Court:
    """Settles questions, and keeps what became of each decision: its state, in which rows, and why.

    States are ``obeyed``, ``beside`` (people differ), ``replaced``, ``undone``, ``orphan``, ``kept`` (nothing to
    obey: seen, a note) and ``not obeyed`` (it could not be).
    """

    states: dict[str, str] = field(default_factory=dict)
    whys: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def settle(self, group: Iterable[Found], view: Callable[[Decision], str] | None = None) -> Settled | None:
        """What stands of decisions on one question of one thing; None where nothing does.

        ``view`` is what a decision says to that question, by default all that it says.
        """
        view = view or _view
        latest: dict[str, Found] = {}
        for one in _in_order(group):
            before = latest.get(one.decision.by)
            if before is not None:
                self.told(before.decision.id, "replaced", f"{one.decision.by} decided it anew ({one.decision.id})")
            latest[one.decision.by] = one
        standing = _in_order(latest.values())
        if not standing:
            return None
        agreed = len({view(one.decision) for one in standing}) == 1
        if not agreed:
            for one in standing:
                differ = {o.decision.by for o in standing if view(o.decision) != view(one.decision)}
                why = f"{', '.join(sorted(differ))} decided otherwise; nobody has settled it yet"
                self.told(one.decision.id, "beside", why)
        return Settled(tuple(standing), agreed)

    def by_field(self, group: Iterable[Found]) -> dict[str, Settled]:
        """What stands on each field of the values of decisions: people may each give some of them."""
        fields: dict[str, list[Found]] = {}
        for one in _in_order(group):
            for name in one.decision.value:
                fields.setdefault(name, []).append(one)
        made = {}
        for name, listed in fields.items():
            settled = self.settle(listed, lambda d, name=name: json.dumps(d.value[name], default=str))  # type: ignore[misc]
            if settled is not None:
                made[name] = settled
        return made

    def told(self, key: str, state: str, why: str = "") -> None:
        """Keeps what became of a decision; an orphan stays one."""
        if self.states.get(key) not in ("orphan", "undone"):
            self.states[key], self.whys[key] = state, why

    def obeyed(self, settled: Settled, table: str = "", row: str = "", why: str = "") -> None:
        """Keeps that all who say the same were obeyed, in which row."""
        for one in settled.standing:
            self.told(one.decision.id, "obeyed", why)
            self.on(one.decision.id, table, row)

    def failed(self, settled: Settled, why: str, state: str = "not obeyed") -> None:
        """Keeps that a decision could not be obeyed."""
        for one in settled.standing:
            self.told(one.decision.id, state, why)

    def on(self, key: str, table: str, row: str) -> None:
        """Keeps that a decision is about a row."""
        if table and (table, row) not in self.rows.setdefault(key, []):
            self.rows[key].append((table, row))


def _view(decision: Decision) -> str:
    """What a decision says, for comparison with others on the same question."""
    value: Any = decision.value
    return json.dumps([decision.says, value], sort_keys=True, default=str)
