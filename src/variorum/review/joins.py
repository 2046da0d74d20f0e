"""Bindings: what people's decisions on two stretches of text bid the steps to obey, as rows of one table.

``must`` and ``must not`` bind the joining of claims into events; ``none``, ``a to b``, ``b to a``, ``common source``
and ``unknown`` bind parallels and edges of the stemma; ``agency`` and ``not known`` say what is known of accounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from variorum.groups import Groups
from variorum.records import Binding
from variorum.review.anchors import Place
from variorum.review.grammar import Decision
from variorum.review.standing import Court, Found

__all__ = ["directions", "joins"]

Side = tuple[str, int, int]
Pair = tuple[Side, Side, bool]
"""Two stretches and whether they must be joined or must not."""


def joins(found: Iterable[Found], court: Court) -> list[Binding]:
    """The bindings of pairs, merges and splits, in the order of the decisions.

    A decision that contradicts earlier ones of other people, by way of others or at once, is not obeyed and says
    with whom.
    """
    listed = [one for one in found if one.decision.aspect == "join" and one.decision.about.kind in ("pair", "event")]
    groups: dict[frozenset[Side], list[Found]] = defaultdict(list)
    for one in listed:
        groups[frozenset(_side(p) for p in (*one.words, *one.other))].append(one)
    settled = [s for s in map(court.settle, groups.values()) if s is not None]
    bound = _Bound()
    made: list[Binding] = []
    for agreed in sorted((s for s in settled if s.agreed), key=lambda s: (s.chosen.n, s.chosen.id)):
        pairs = list(_pairs(agreed.standing[-1]))
        against = bound.against(pairs)
        if against:
            court.failed(agreed, f"it contradicts what {against} decided; take one of them back, or settle it")
            continue
        by = ", ".join(dict.fromkeys(agreed.people))
        bound.take(pairs, f"{by} ({agreed.chosen.id})")
        for a, b, must in pairs:
            kind = "must" if must else "must not"
            made.append(Binding(kind, *a, *b, None, agreed.chosen.id, by, _whole(agreed.chosen)))
    return made


def _whole(decision: Decision) -> bool:
    """True when whole events were meant, and not two claims."""
    return decision.about.kind == "event" or decision.about.was.get("table") == "events"


def _side(place: Place) -> Side:
    return place.witness, place.start, place.end


def _pairs(one: Found) -> Iterator[Pair]:
    """A star in each group of words, and one bond or bar between two groups: the rest follows from these."""
    words, other = [_side(p) for p in one.words], [_side(p) for p in one.other]
    if one.decision.says in ("same", "not same"):
        yield words[0], words[1], one.decision.says == "same"
        return
    if one.decision.says not in ("merge", "split"):
        return
    for group in (words, other):
        for side in group[1:]:
            yield group[0], side, True
    if words and other:
        yield words[0], other[0], one.decision.says == "merge"


class _Bound:
    """What is bound so far: stretches that must be one, and pairs that must not, each with who decided it."""

    def __init__(self) -> None:
        self.bonds: list[tuple[Side, Side, str]] = []
        self.bars: list[tuple[Side, Side, str]] = []

    def take(self, pairs: Sequence[Pair], by: str) -> None:
        for a, b, must in pairs:
            (self.bonds if must else self.bars).append((a, b, by))

    def against(self, pairs: Sequence[Pair]) -> str:
        """Who decided what these contradict; nothing where they fit."""
        tried = Groups([(a, b) for a, b, _ in self.bonds])
        for a, b, must in pairs:
            if must:
                tried.join(a, b)
        for a, b, by in self.bars:
            if tried.find(a) == tried.find(b):
                return by
        for a, b, must in pairs:
            if not must and tried.find(a) == tried.find(b):
                return next((by for x, _, by in self.bonds if tried.find(x) == tried.find(a)), "the same decision")
        return ""


def directions(found: Iterable[Found], court: Court) -> list[Binding]:
    """The bindings of parallels and of edges of the stemma; an edge is bound as a whole, with empty stretches."""
    groups: dict[tuple[Side, Side], list[Found]] = defaultdict(list)
    turned: dict[str, str] = {}
    for one in found:
        if one.decision.aspect == "direction":
            sides = _sides(one)
            ordered = (min(sides), max(sides))
            says = one.decision.says
            turned[one.decision.id] = says if sides == ordered else _TURNED.get(says, says)
            groups[ordered].append(one)
    made = []
    for (a, b), group in sorted(groups.items()):
        agreed = court.settle(group, lambda d: f"{turned[d.id]} {d.value.get('source')}")
        if agreed is None or not agreed.agreed:
            continue
        says = turned[agreed.chosen.id]
        if says == "right":
            court.obeyed(agreed, why="the machine's row stands")
            continue
        by = ", ".join(dict.fromkeys(agreed.people))
        made.append(Binding(says, *a, *b, agreed.chosen.value.get("source"), agreed.chosen.id, by))
    return made


_TURNED = {"a to b": "b to a", "b to a": "a to b"}


def _sides(one: Found) -> tuple[Side, Side]:
    if one.decision.about.kind == "edge":
        a, b = one.accounts
        return (a, 0, 0), (b, 0, 0)
    return _side(one.words[0]), _side(one.words[1])
