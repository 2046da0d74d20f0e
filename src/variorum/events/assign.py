"""Which event each act belongs to: the one in whose sentences most of its claims stand; so a sentence of three acts may
lie on three events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from variorum.events.label import Drawn
from variorum.events.support import independent
from variorum.lists import toml
from variorum.records import Act, Claim, Tells
from variorum.sentences import content, written

__all__ = ["Doing", "acts_of", "assigned", "told_acts"]

WORDS: int = toml("limits")["events"]["words"]
TYPED: int = toml("limits")["events"]["typed"]
"""A claim that stands for itself counts as much as so many told in passing."""


@dataclass(frozen=True, slots=True)
class Doing:
    """That a claim tells an act of a story, and how sure it is."""

    act: str
    story: str
    score: float
    joined: bool


def told_acts(data: pa.Table) -> Mapping[str, Doing]:
    """The act of each claim, from the rows of ``doings``."""
    columns = [data[name].to_pylist() for name in ("claim", "act", "story", "score")]
    size = Counter(columns[1])
    return {claim: Doing(act, story, score, size[act] > 1) for claim, act, story, score in zip(*columns, strict=True)}


def assigned(drawn: Sequence[Drawn], doings: Mapping[str, Doing], claims: Iterable[Claim]) -> list[Tells]:
    """The rows of ``tells``: each claim with its act and its event.

    A claim tells the event of its sentence. One told in passing, whose sentence has none, tells that of its act.
    """
    sentence_event = {(c.witness, c.sentence): d.event.event for d in drawn for c in d.claims}
    event_of = {c.claim: d.event.event for d in drawn for c in d.claims}
    listed = list(claims)
    for claim in listed:
        if claim.in_passing and (claim.witness, claim.sentence) in sentence_event:
            event_of.setdefault(claim.claim, sentence_event[claim.witness, claim.sentence])
    home = _homes(listed, doings, event_of)
    found = []
    for claim in listed:
        doing = doings.get(claim.claim)
        event = event_of.get(claim.claim) or (home.get(doing.act) if doing and claim.in_passing else None)
        if event is not None and (doing is None or not claim.in_passing or doing.joined):
            found.append(Tells(claim.claim, event, _relation(claim), doing.act if doing else None))
    for one in drawn:
        for claim in one.wholes:
            told = doings.get(claim.claim)
            found.append(Tells(claim.claim, one.event.event, "whole", told.act if told else None))
    return found


def _homes(claims: Iterable[Claim], doings: Mapping[str, Doing], event_of: Mapping[str, str]) -> dict[str, str]:
    """The event of each act: the one that most of its claims tell, of equals the first by its id."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        if claim.claim in doings and claim.claim in event_of:
            votes[doings[claim.claim].act][event_of[claim.claim]] += 1 if claim.in_passing else TYPED
    return {act: min(found, key=lambda e: (-found[e], e)) for act, found in votes.items()}


def _relation(claim: Claim) -> str:
    return "denies" if claim.polarity in ("denied", "negated") else "tells"


def acts_of(
    told: Iterable[Tells], doings: Mapping[str, Doing], claims: Iterable[Claim], lineages: Mapping[str, set[str]]
) -> Iterator[Act]:
    """The rows of ``acts``, from the claims that tell each; ``lineages`` are those of each claim."""
    known = {c.claim: c for c in claims}
    groups: dict[str, list[Claim]] = defaultdict(list)
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in told:
        if row.act is not None and row.relation != "whole":
            groups[row.act].append(known[row.claim])
            homes[row.act][row.event] += 1
    for act, listed in sorted(groups.items()):
        words = _words(listed)
        event = min(homes[act], key=lambda e: (-homes[act][e], e))
        yield Act(
            act, event, _commonest(c.type for c in listed if c.type not in ("act", "other")) or "other",
            f"“{_commonest(c.trigger for c in listed)}”", _commonest(c.date for c in listed),
            _commonest(c.place for c in listed), _commonest(c.agent for c in listed),
            _commonest(c.patient for c in listed), *independent(listed, lineages),
            doings[listed[0].claim].score, words,
        )  # fmt: skip


def _commonest(values: Iterable[str | None]) -> str | None:
    """The value that stands most often, of equals the first in the alphabet."""
    count = Counter(value for value in values if value)
    return min(count, key=lambda value: (-count[value], value)) if count else None


def _words(listed: Sequence[Claim]) -> list[str]:
    """The words that at least two of its accounts share, as one of them writes them."""
    if len({claim.witness for claim in listed}) < 2:
        return []
    tellers: dict[str, set[str]] = defaultdict(set)
    held = {claim.claim: set(content(claim.text)) for claim in listed}
    for claim in listed:
        for word in held[claim.claim]:
            tellers[word].add(claim.witness)
    ranked = sorted((w for w, found in tellers.items() if len(found) > 1), key=lambda w: (-len(tellers[w]), w))[:WORDS]
    forms: dict[str, str] = {}
    for claim in sorted(listed, key=lambda c: (c.witness, c.start)):
        for word, form in zip(ranked, written(claim.text, ranked), strict=True):
            if word in held[claim.claim]:
                forms.setdefault(word, form)
    return [forms.get(word, word) for word in ranked]
