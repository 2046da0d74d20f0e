"""Where, who and how long, in sentences that tell the same happening: what agrees, what contains what, what differs.

Two places are never called a conflict: a sentence names many. Two agents with different names are put side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from variorum.dates import lasting
from variorum.lists import toml
from variorum.readings.collation import Collation
from variorum.readings.judge import Row, cite, reading
from variorum.readings.kindred import told_in
from variorum.records import Claim, Place, Reading, Time
from variorum.sentences import Passage, stem, stems, words_of
from variorum.verdicts import Standing

__all__ = ["particular_rows"]

_SET = toml("readings")["particulars"]
LINKED: float = _SET["linked"]
BEFORE: int = _SET["before"]
GROUP: int = _SET["group"]
EACH_FOR_ITSELF = frozenset(_SET["each_for_itself"])


def particular_rows(collation: Collation) -> Iterator[Row]:
    """Rows of place, agent and duration for linked pairs of two witnesses, the best linked first."""
    for a, b, _ in collation.across(LINKED):
        yield from _places(a, b)
        yield from _agents(a, b)
        yield from _durations(a, b)


def _places(a: Passage, b: Passage) -> Iterator[Row]:
    """The same place as two kinds, or one place within the other; the plain same place is no news."""
    for x, y in ((x, y) for x in _settled(a)[:GROUP] for y in _settled(b)[:GROUP]):
        if x.name == y.name and x.kind != y.kind:
            why = f"the same name, told as {_kind(x)} and as {_kind(y)}."
        elif x.within == y.name or y.within == x.name:
            inner, outer = (x, y) if x.within == y.name else (y, x)
            why = f"{inner.name} lies within {outer.name}."
        else:
            continue
        first, second = _placed(a, x), _placed(b, y)
        text = f"{cite(first)}, {cite(second)}: {why}"
        yield Row("place", "place", "", Standing.COMPATIBLE, text, [first, second], "high", 0.1, 2, [a, b])


def _settled(passage: Passage) -> list[Place]:
    return [p for p in passage.places if not p.metonym and p.kind not in ("country", "continent")]


def _kind(place: Place) -> str:
    kind = place.kind.replace("_", " ").replace("-", " ")
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}" if kind else "a place"


def _placed(passage: Passage, place: Place) -> Reading:
    return replace(reading(passage, place.start, place.end, "place", place.name), place=place.name)


def _agents(a: Passage, b: Passage) -> Iterator[Row]:
    """Who did it, where both tell one act in one word or as one type with one object."""
    for x, y in ((x, y) for x in a.claims[:GROUP] for y in b.claims[:GROUP]):
        if not x.agent or not y.agent or x.voice or y.voice or not _one_act(x, y):
            continue
        left, right = words_of(x.agent), words_of(y.agent)
        first, second = _agent(a, x), _agent(b, y)
        if not left or not right or first is None or second is None or left == right:
            continue
        said = f"{cite(first)}, {cite(second)}"
        if left.keys() <= right.keys() or right.keys() <= left.keys():
            verdict, why = Standing.COMPATIBLE, f"{said}: one name holds the other."
        elif _one_doer(x, y) and _one_object(x, y):
            verdict, why = Standing.CONFLICT, f"{said}: two names for who did it, to the same and in the same word."
        else:
            verdict, why = Standing.UNJUDGED, f"{said}: two names for who did it; whether they mean one is not judged."
        yield Row("agent", "who", "", verdict, why, [first, second], "high", 0.2, 2, [a, b])


def _one_doer(x: Claim, y: Claim) -> bool:
    """Whether the one word tells what only one of two named can have done; what each may say for itself does not."""
    if x.type in EACH_FOR_ITSELF or y.type in EACH_FOR_ITSELF or stem(x.trigger) != stem(y.trigger):
        return False
    return _proper(x.agent or "") and _proper(y.agent or "")


def _proper(name: str) -> bool:
    """A name with a capital in it, beyond its first word unless it is only one."""
    words = name.split()
    return any(w[:1].isupper() for w in (words[1:] if len(words) > 1 else words))


def _one_object(x: Claim, y: Claim) -> bool:
    return bool(stems(x.patient or "") & stems(y.patient or ""))


def _one_act(x: Claim, y: Claim) -> bool:
    if x.trigger and stem(x.trigger) == stem(y.trigger):
        return True
    return x.type == y.type and _one_object(x, y)


def _agent(passage: Passage, claim: Claim) -> Reading | None:
    """The agent where its words stand in the claim; None when the name is resolved from elsewhere."""
    at = passage.text.find(claim.agent or "", max(0, claim.start - passage.start))
    if at < 0 or not claim.agent:
        return None
    start = passage.start + at
    return replace(reading(passage, start, start + len(claim.agent), "who", claim.agent), claim=claim.claim)


def _durations(a: Passage, b: Passage) -> Iterator[Row]:
    """How long it took, where each of the two gives one duration in one unit of length."""
    if len(a.durations) != 1 or len(b.durations) != 1:
        return
    x, y = a.durations[0], b.durations[0]
    long, other = lasting(x.value), lasting(y.value)
    if long is None or other is None:
        return
    first, second = _lasted(a, x), _lasted(b, y)
    near = abs(long[0] - other[0]) <= max(0.02 * max(long[0], other[0]), 0.51 * min(long[1], other[1]))
    verdict = Standing.AGREE if near else Standing.CONFLICT
    said = f"{cite(first)}, {cite(second)}"
    why = f"{said}: the same length." if near else f"{said}: two lengths for what may be one stretch of time."
    sure = "high" if near or _one_stretch(a, x, b, y) else "low"
    yield Row("duration", "duration", "", verdict, why, [first, second], sure, 0.3, 2, [a, b])


def _one_stretch(a: Passage, x: Time, b: Passage, y: Time) -> bool:
    """True where both lengths stand behind one act of the same people: sentenced to twelve years, to fourteen."""
    return any(
        stem(c.trigger) == stem(d.trigger) and told_in(a, who) & told_in(b, whom)
        for c in _before(a, x)
        for d in _before(b, y)
        for who, whom in ((c.agent, d.agent), (c.patient, d.patient))
    )


def _before(passage: Passage, time: Time) -> Iterator[Claim]:
    """The claims whose word stands just before a length."""
    for claim in passage.claims:
        end = claim.trigger_end
        if end is not None and claim.type != "act" and 0 <= time.start - end <= BEFORE:
            yield claim


def _lasted(passage: Passage, time: Time) -> Reading:
    return reading(passage, time.start, time.end, "duration", time.value)
