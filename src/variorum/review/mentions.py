"""Corrections made of decisions: what people say of one mention put together, and what of it they agree on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from variorum.review.corrections import Correction, is_one
from variorum.review.grammar import MENTIONS
from variorum.review.standing import Court, Found, Settled
from variorum.spans import Span

__all__ = ["settled"]


def settled(found: Iterable[Found], court: Court) -> dict[str, list[Correction]]:
    """The corrections of each witness; a mention of which people say different things is not corrected."""
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in found:
        if one.decision.about.kind in MENTIONS and one.decision.aspect:
            groups[MENTIONS[one.decision.about.kind], one.words[0].witness].append(one)
    made: dict[str, list[Correction]] = defaultdict(list)
    for (table, witness), listed in sorted(groups.items()):
        for mention in _mentions(listed):
            correction = _correction(table, mention, court)
            if correction is not None:
                made[witness].append(correction)
    return dict(made)


def _mentions(found: Sequence[Found]) -> list[list[Found]]:
    """Decisions whose words are those of one mention together."""
    made: list[list[Found]] = []
    for one in sorted(found, key=lambda f: (f.words[0].start, f.words[0].end, f.decision.n)):
        held = next((group for group in reversed(made[-20:]) if is_one(_at(one), _at(group[0]))), None)
        if held is None:
            made.append([one])
        else:
            held.append(one)
    return made


def _at(one: Found) -> Span:
    return Span(one.words[0].start, one.words[0].end)


def _stance(decision_says: str) -> str:
    return "value" if decision_says in ("wrong", "missed") else decision_says


def _correction(table: str, group: list[Found], court: Court) -> Correction | None:
    """What people agree on; a mention that all find right needs no correction."""
    latest = {one.decision.by: one for one in sorted(group, key=lambda f: f.decision.n)}
    stances = {_stance(one.decision.says) for one in latest.values()}
    if stances != {"value"}:
        agreed = court.settle(group, lambda decision: _stance(decision.says))
        if agreed is None or not agreed.agreed or stances == {"right"}:
            _keep(agreed, court)
            return None
        return _made(table, agreed, None)
    values: dict[str, Any] = {}
    said: list[Settled] = []
    for name, agreed in court.by_field([one for one in group if _stance(one.decision.says) == "value"]).items():
        if agreed.agreed:
            values[name] = agreed.chosen.value[name]
            said.append(agreed)
    if not values:
        return None
    standing = {one.decision.id: one for agreed in said for one in agreed.standing}
    return _made(table, Settled(tuple(standing.values()), True), values)


def _keep(agreed: Settled | None, court: Court) -> None:
    for one in agreed.standing if agreed is not None and agreed.agreed else ():
        court.told(one.decision.id, "obeyed", "the machine's row stands")


def _made(table: str, agreed: Settled, values: dict[str, Any] | None) -> Correction:
    place = agreed.standing[-1].words[0]
    return Correction(
        place.witness, table, place.start, place.end, values, sorted(one.decision.id for one in agreed.standing)
    )
