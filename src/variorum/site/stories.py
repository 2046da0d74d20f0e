"""Stories as the pages need them: what each is called, who tells it, and which events belong to it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from variorum import records as r

__all__ = ["Stories"]


@dataclass(frozen=True, slots=True)
class Stories:
    """The stories that several accounts tell; ``of_event`` is the story in which most of an event's claims lie."""

    label: dict[str, str] = field(default_factory=dict)
    tellers: dict[str, list[str]] = field(default_factory=dict)
    of_event: dict[str, str] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """True for a collection that tells more than one main happening: its pages can be narrowed to one."""
        return len(self.label) > 1

    @staticmethod
    def of(rows: Iterable[r.Story], told: Mapping[str, list[r.Claim]], order: Mapping[str, str]) -> Stories:
        """The stories of two witnesses or more, those that most tell first."""
        listed = list(rows)
        tellers: dict[str, set[str]] = defaultdict(set)
        for row in listed:
            tellers[row.story].add(row.witness)
        shared = [name for name, who in tellers.items() if len(who) > 1]
        shared.sort(key=lambda name: (-len(tellers[name]), name))
        label = {row.story: row.label for row in listed}
        return Stories(
            {name: label[name] for name in shared},
            {name: sorted(tellers[name], key=lambda w: order.get(w, "")) for name in shared},
            dict(_events(listed, told, set(shared))),
        )

    def name(self, event: str) -> str:
        """The story of an event; empty where one account alone tells it."""
        return self.of_event.get(event, "")


def _events(rows: Iterable[r.Story], told: Mapping[str, list[r.Claim]], shared: set[str]) -> Iterable[tuple[str, str]]:
    stretches: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.witness, row.start)):
        stretches[row.witness].append((row.start, row.story))
    for event, claims in told.items():
        found: Counter[str] = Counter()
        for claim in claims:
            at = bisect_right(stretches[claim.witness], (claim.start, "\uffff")) - 1
            if at >= 0 and stretches[claim.witness][at][1] in shared:
                found[stretches[claim.witness][at][1]] += 1
        if found:
            yield event, min(found, key=lambda name: (-found[name], name))
