"""Support of events: how many witnesses tell each, and in how many lineages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from variorum.groups import Groups
from variorum.records import Claim, Event, Shared, Tells

__all__ = ["counted", "dependent", "independent", "within"]


def counted(
    events: Iterable[Event], told: Iterable[Tells], claims: Iterable[Claim], lineages: Mapping[str, set[str]]
) -> list[Event]:
    """The events with their witnesses and lineages counted from the claims that tell them, but in passing.

    Witnesses of which half the claims or more lie, by half or more, in passages of one lineage count once.

    >>> event = Event("e", "Loss", "act", "accident", None, [], None, 0, 0)
    >>> claims = [Claim(w, 0, 10, "", f"{w}.c1", "accident", "sank") for w in "AB"]
    >>> told = [Tells(c.claim, "e", "tells") for c in claims]
    >>> [alone] = counted([event], told, claims, within(claims, []))
    >>> [copied] = counted([event], told, claims, within(claims, [Shared(w, 0, 10, "A.0") for w in "AB"]))
    >>> alone.lineages, copied.witnesses, copied.lineages
    (2, 2, 1)
    """
    known = {c.claim: c for c in claims}
    by_event: dict[str, list[Claim]] = defaultdict(list)
    for row in told:
        if row.claim in known and not known[row.claim].in_passing:
            by_event[row.event].append(known[row.claim])
    return [_counted(event, by_event[event.event], lineages) for event in events]


def within(claims: Iterable[Claim], shared: Iterable[Shared]) -> dict[str, set[str]]:
    """The lineages of the passages that hold half of each claim: a sweep over both, by start."""
    passages: dict[str, list[Shared]] = defaultdict(list)
    for part in shared:
        passages[part.witness].append(part)
    by_witness: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_witness[claim.witness].append(claim)
    found: dict[str, set[str]] = {}
    for witness, listed in by_witness.items():
        parts, opened, at = sorted(passages.get(witness, []), key=lambda p: p.start), list[Shared](), 0
        for claim in sorted(listed, key=lambda c: c.start):
            while at < len(parts) and parts[at].start < claim.end:
                opened.append(parts[at])
                at += 1
            opened = [p for p in opened if p.end > claim.start]
            half = (claim.end - claim.start) / 2
            held = [p for p in opened if min(p.end, claim.end) - max(p.start, claim.start) >= half]
            found[claim.claim] = {p.lineage for p in held}
    return found


def independent(claims: Sequence[Claim], lineages: Mapping[str, set[str]]) -> tuple[int, int]:
    """How many witnesses make some claims, and how many of them independently.

    A witness that tells more than half of it in no passage of a lineage has its own word beside what it shares.
    """
    witnesses = {("witness", claim.witness) for claim in claims}
    joined = Groups((("witness", w), ("lineage", name)) for w, name in dependent(claims, lineages))
    return len(witnesses), len(joined.groups(witnesses))


def dependent(claims: Sequence[Claim], lineages: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """The witnesses that have half or more of their claims in passages of one lineage, each with that lineage.

    >>> told = [Claim("A", n, n + 9, "", f"c{n}", "accident", "sank") for n in (0, 10, 20)]
    >>> dependent(told, {"c0": {"x"}, "c10": set(), "c20": set()}), dependent(told[:2], {"c0": {"x"}, "c10": set()})
    (set(), {('A', 'x')})
    """
    told = Counter(claim.witness for claim in claims)
    held = Counter((claim.witness, name) for claim in claims for name in lineages[claim.claim])
    return {(witness, name) for (witness, name), count in held.items() if count * 2 >= told[witness]}


def _counted(event: Event, claims: Sequence[Claim], lineages: Mapping[str, set[str]]) -> Event:
    witnesses, apart = independent(claims, lineages)
    return replace(event, witnesses=witnesses, lineages=apart)
