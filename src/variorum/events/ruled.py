"""What people decided of joining, put over the acts: claims that must be one act, and those that must not."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from variorum.events.assign import Doing
from variorum.groups import Groups
from variorum.records import Binding, Claim

__all__ = ["ruled"]


def ruled(
    doings: Mapping[str, Doing], claims: Iterable[Claim], bindings: Iterable[Binding], events: Mapping[str, str]
) -> Mapping[str, Doing]:
    """The act of each claim as people have decided; ``events`` are those that the claims tell, people obeyed already.

    Two claims that are the same happening tell one act, with all that was joined to either. Two that are not tell two:
    what else was joined to both goes with the event that it tells. Where whole events were merged their acts stay as
    they are; where one was split no act lies in both.
    """
    said = [one for one in bindings if one.kind == "must not" or (one.kind == "must" and not one.whole)]
    if not said:
        return doings
    by_witness: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.claim in doings:
            by_witness[claim.witness].append(claim)
    sides = [(one, _at(by_witness, one, "a"), _at(by_witness, one, "b")) for one in said]
    act = {claim: doing.act for claim, doing in doings.items()}
    _join(act, [(a[0], b[0]) for one, a, b in sides if one.kind == "must" and a and b])
    for one, a, b in sides:
        if one.kind == "must not" and a and b:
            _part(act, one, a, b, events)
    size = Counter(act.values())
    return {
        claim: replace(doing, act=act[claim], joined=size[act[claim]] > 1)
        if act[claim] != doing.act or doing.joined != (size[act[claim]] > 1)
        else doing
        for claim, doing in doings.items()
    }


def _at(claims: Mapping[str, Sequence[Claim]], one: Binding, side: str) -> list[str]:
    """The claims at one side of a binding, the one that is nearest to its words first."""
    witness, start, end = (getattr(one, f"{side}_{name}") for name in ("witness", "start", "end"))
    found = [c for c in claims.get(witness, ()) if c.start < end and start < c.end]
    return [c.claim for c in sorted(found, key=lambda c: (abs(c.start - start) + abs(c.end - end), c.claim))]


def _join(act: dict[str, str], pairs: Sequence[tuple[str, str]]) -> None:
    joined = Groups([(act[a], act[b]) for a, b in pairs])
    first: dict[str, str] = {}
    for name in sorted(set(act.values())):
        first.setdefault(joined.find(name), name)
    for claim, name in act.items():
        act[claim] = first[joined.find(name)]


def _part(act: dict[str, str], one: Binding, a: Sequence[str], b: Sequence[str], events: Mapping[str, str]) -> None:
    here, there = ({events[c] for c in side if c in events} for side in (a, b))
    other = there - here
    acts = {act[a[0]]} & {act[b[0]]} if not one.whole else _told(act, here, events) & _told(act, other, events)
    for name in acts:
        parted = "a" + hashlib.blake2b(f"{name} {one.decision}".encode(), digest_size=5).hexdigest()
        for claim, held in act.items():
            if held == name and claim != a[0] and (claim == b[0] or events.get(claim) in other):
                act[claim] = parted


def _told(act: Mapping[str, str], events: Iterable[str], told: Mapping[str, str]) -> set[str]:
    """The acts of some events."""
    wanted = set(events)
    return {name for claim, name in act.items() if told.get(claim) in wanted}
