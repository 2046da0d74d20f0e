"""Rows of the edition's apparatus: readings with stable ids, verdicts with their reason, the most telling first."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations

from variorum.dates import order
from variorum.lists import toml
from variorum.records import Reading, Verdict
from variorum.sentences import Passage
from variorum.verdicts import Standing

__all__ = ["Row", "cite", "fold", "identified", "named_by_place", "reading"]

_SET = toml("readings")["judge"]
SHORT: int = _SET["short"]
DOUBTED: float = toml("readings")["chance"]["doubted"]


@dataclass(slots=True)
class Row:
    """What a rule found: readings that belong together, how they stand, and why.

    ``difference`` is 0 to 1, how far the readings lie apart; ``sure`` is low for rules that are often wrong. ``pair``
    are the two sentences on which the verdict rests (else the first two), ``evidence`` what the rule knows beyond them
    (`variorum.readings.chance`), and ``chance`` how often rows on such evidence compare what is to be compared.
    """

    rule: str
    attribute: str
    scope: str
    verdict: Standing
    why: str
    readings: list[Reading]
    sure: str = "high"
    difference: float = 0.0
    lineages: int = 2
    passages: list[Passage] = field(default_factory=list)
    pair: tuple[Passage, Passage] | None = None
    evidence: dict[str, float] = field(default_factory=dict)
    chance: float | None = None


def reading(passage: Passage, start: int, end: int, attribute: str, value: str | None = None) -> Reading:
    """A reading of a stretch of a passage; offsets are cut to the passage.

    >>> passage = Passage(0, "A", 10, 25, "The ferry sank.", 0)
    >>> reading(passage, 14, 19, "who").text
    'ferry'
    """
    start, end = max(start, passage.start), min(end, passage.end)
    text = passage.text[start - passage.start : end - passage.start]
    claim = next((c.claim for c in passage.claims if c.start <= start < c.end), None)
    return Reading(passage.witness, start, end, text, "", None, attribute, value=value or text, claim=claim)


def cite(item: Reading) -> str:
    """The words of a reading in quotation marks, shortened, with its witness.

    >>> cite(Reading("A", 0, 2, "31", "", None, "killed"))
    'A has “31”'
    """
    text = " ".join(item.text.split())
    return f"{item.witness} has “{text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + '…'}”"


def identified(item: Reading, event: str | None) -> Reading:
    """The reading with its event and an id made from its place and attribute, the same in every run."""
    return replace(item, reading=named_by_place(item.witness, item.start, item.end, item.attribute), event=event)


@lru_cache(maxsize=65536)
def named_by_place(witness: str, start: int, end: int, attribute: str) -> str:
    """The id of a reading."""
    key = f"{witness}|{start}|{end}|{attribute}"
    return "r" + hashlib.blake2b(key.encode(), digest_size=6).hexdigest()


def fold(rows: Iterable[Row], event_of: dict[int, str]) -> tuple[list[Reading], list[Verdict]]:
    """Readings and verdicts without repetitions.

    Of rows with the same spans and attribute the first rule's stays, and a pair is left out that stands in an earlier
    row with the same verdict.
    """
    kept: dict[tuple[object, ...], Verdict] = {}
    readings: dict[str, Reading] = {}
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    listed = _together(_nearest(_best_first(rows)))
    against, judged = _against(listed), _judged(listed)
    for row in listed:
        if row.verdict == Standing.AGREE and row.attribute == "account" and against & _pairs(row):
            continue  # the same words, but for what matters
        if row.rule == "nearest" and judged & _pairs(row):
            continue  # what they have is compared already
        events = [event_of[p.number] for p in row.passages if p.number in event_of]
        common = events[0] if events and len(set(events)) == 1 else None
        unique = {named_by_place(r.witness, r.start, r.end, r.attribute): r for r in row.readings}
        if len(unique) < 2:
            continue
        key = (row.attribute, frozenset(unique))
        inside = [(row.attribute, row.verdict, pair) for pair in combinations(sorted(unique)[:60], 2)]
        if key in kept or (len(unique) == 2 and inside[0] in seen):
            continue
        seen.update(inside)
        for name, item in unique.items():
            if name not in readings:
                at = next((event_of.get(p.number) for p in row.passages if _holds(p, item)), None)
                readings[name] = identified(item, common or at)
        kept[key] = _verdict(row, sorted(unique, key=lambda name: _by_value(unique[name])), common)
    return list(readings.values()), sorted(kept.values(), key=lambda v: (-v.weight, v.verdict_id))


def _by_value(item: Reading) -> tuple[float, float, tuple[float, str], str, int, str]:
    """A key that puts readings in order of value: numbers by their lower end, then dates, then texts."""
    low, high = item.low, item.high
    nothing = low is None and high is None
    start = math.inf if nothing else -math.inf if low is None else low
    end = math.inf if high is None else high
    return (start, end, order(item.date) if nothing else (0.0, ""), item.witness, item.start, item.reading)


def _pairs(row: Row) -> set[frozenset[int]]:
    numbers = sorted({p.number for p in row.passages})[:60]
    return {frozenset(pair) for pair in combinations(numbers, 2)}


def _against(listed: Iterable[Row]) -> set[frozenset[int]]:
    """The pairs of sentences that two readings of a sure conflict put against each other."""
    return {
        pair for row in listed if row.verdict == Standing.CONFLICT and len(row.passages) == 2 for pair in _pairs(row)
    }


def _judged(listed: Iterable[Row]) -> set[frozenset[int]]:
    """The pairs of sentences that a row of two compares and judges."""
    return {
        pair for row in listed if row.verdict != Standing.UNJUDGED and len(row.passages) == 2 for pair in _pairs(row)
    }


def _best_first(rows: Iterable[Row]) -> list[Row]:
    """The rows in their order, but a run of those of dates by their chance: many rest on one pair of days."""
    listed = list(rows)
    run = 0
    for at in range(len(listed) + 1):
        if at == len(listed) or listed[at].rule != "date":
            listed[run:at] = sorted(listed[run:at], key=lambda row: -(row.chance or 0.0))
            run = at + 1
    return listed


def _nearest(listed: list[Row]) -> list[Row]:
    """The rows; where a date has several rivals in one account only the nearest is sure: the rest are other acts."""
    least: dict[tuple[object, ...], float] = {}
    for row in listed:
        for key in _rivals(row):
            least[key] = min(least.get(key, math.inf), row.difference)
    for row in listed:
        if any(row.difference > least[key] for key in _rivals(row)):
            row.sure, row.chance = "low", min(row.chance or 0.0, DOUBTED)
    return listed


def _rivals(row: Row) -> list[tuple[object, ...]]:
    """Each date of a conflict of two in one rule, with the account that gives the other."""
    if row.rule != "date" or row.verdict != Standing.CONFLICT or len(row.readings) != 2:
        return []
    a, b = row.readings
    return [(x.witness, x.start, y.witness) for x, y in ((a, b), (b, a))]


def _together(rows: Iterable[Row]) -> list[Row]:
    """Rows on one reading against the same value in several witnesses put together: one conflict told three times."""
    listed: list[Row] = []
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        listed.append(row)
        keys = _alike(row)
        held = next((first[k] for k in keys if k in first and _joins(row, first[k])), None)
        for key in keys:
            first.setdefault(key, held or row)
        if held is not None:
            listed.pop()
            held.readings += [r for r in row.readings if r not in held.readings]
            held.passages += [p for p in row.passages if p not in held.passages]
    return listed


def _alike(row: Row) -> list[tuple[object, ...]]:
    """What two rows of one difference have in common: days and where they stand, or the sentences of a count.

    "2,000 joined; the police put it at 300" beside 2,500 in another account is one question with three answers.
    """
    if len(row.readings) != 2:
        return []
    if row.rule == "means":
        return [(row.rule, row.verdict, r.witness, r.start) for r in row.readings]
    if row.attribute == "date":
        values = frozenset(r.value for r in row.readings)
        return [(row.attribute, row.verdict, row.sure, values, *at) for at in _at(row)]
    if row.rule == "figure" and row.verdict == Standing.CONFLICT and row.scope:
        return [(row.attribute, row.scope, frozenset(p.number for p in row.passages))]
    return []


def _joins(row: Row, held: Row) -> bool:
    """Two counts of one account join one row only where others counted them: else the one is a part, or of others."""
    if row.attribute == "date":
        return True
    ours = {(r.witness, r.start): tuple(r.voice) for r in row.readings}
    theirs = {(r.witness, r.start): tuple(r.voice) for r in held.readings}
    return all(
        at in theirs or all(voice != other for (witness, _), other in theirs.items() if witness == at[0])
        for at, voice in ours.items()
    )


def _at(row: Row) -> Iterator[tuple[object, ...]]:
    """Where the dates of a row stand; under date lines of two accounts all that both tell there is one difference."""
    yield from ((r.witness, r.start) for r in row.readings)
    if all(r.tie == "inherited" for r in row.readings):
        yield tuple(sorted(f"{r.value} {r.witness}" for r in row.readings))


def _holds(passage: Passage, item: Reading) -> bool:
    return passage.witness == item.witness and passage.start <= item.start < passage.end


def _verdict(row: Row, names: Sequence[str], event: str | None) -> Verdict:
    key = f"{row.rule}|{row.attribute}|{'|'.join(sorted(names))}"
    identity = "v" + hashlib.blake2b(key.encode(), digest_size=6).hexdigest()
    verdict, weight = row.verdict.value, _weight(row)
    return Verdict(
        identity,
        event,
        row.attribute,
        row.scope,
        verdict,
        row.rule,
        row.why,
        list(names),
        weight,
        row.sure,
        None,
        row.chance,
    )


def _weight(row: Row) -> float:
    """Weight of the attribute times the verdict's, the difference's and the support's share, times the chance."""
    table = toml("readings")["weight"]
    size = float(table.get(row.attribute, table["other"])) * row.verdict.weight * (1 + row.difference)
    size *= 1 + 0.25 * math.log2(max(1, row.lineages))
    return round(size * (row.chance if row.chance is not None else 1.0), 4)
