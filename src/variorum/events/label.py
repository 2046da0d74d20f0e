"""Events drawn from clusters of sentences: kind, type, date, places, neutral label, parts, and support in lineages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from variorum.dates import Days, hull, interval, iso
from variorum.groups import Groups
from variorum.lists import toml
from variorum.records import Claim, Event
from variorum.sentences import Passage

__all__ = ["Drawn", "draw", "lineages", "parts", "split"]

ACT_DAYS: float = toml("limits")["events"]["act_days"]


@dataclass(slots=True)
class Drawn:
    """An event with the passages and claims it was drawn from; ``listed`` are the days that one sentence adds up."""

    event: Event
    passages: list[Passage]
    claims: list[Claim]
    listed: list[Days]
    wholes: list[Claim] = field(default_factory=list)

    @property
    def when(self) -> Days | None:
        return interval(self.event.date)


def draw(items: Sequence[Passage], claims: Sequence[Claim], mean: float | None) -> Drawn:
    """The event that some passages and their claims tell; ``mean`` is the mean score of the join, None for one."""
    date, listed = _date(items, claims), _listed(items)
    kind = "sum" if len(listed) > 1 else _kind(interval(date), claims)
    if listed:
        date = f"{iso(listed[0])}/{iso(listed[-1])}"
    types = Counter(c.type for c in claims)
    plain = [t for t, _ in types.most_common() if t.lower() not in ("other", "")]
    places = _places(items)
    type_ = plain[0] if plain else (claims[0].type if claims else "other")
    doubt = None
    if mean is not None and mean < float(toml("events")["cluster"]["doubtful"]):
        doubt = f"the sentences were joined with a mean score of {mean:.2f}, which is low"
    event = Event(
        event=_place_in(items, claims), label="", kind=kind, type=type_, date=date,
        places=places, part_of=None, witnesses=len({p.witness for p in items}), lineages=lineages(items), doubt=doubt,
        date_told=_told(items, date),
    )  # fmt: skip
    return Drawn(event, list(items), list(claims), listed)


def _places(items: Sequence[Passage]) -> list[str]:
    """The three places that most passages name, countries last, and of equals the one named first."""
    counts: dict[tuple[bool, str], int] = {}
    for item in items:
        for place in dict.fromkeys((p.kind == "country", p.name) for p in item.places if not p.metonym):
            counts[place] = counts.get(place, 0) + 1
    ranked = sorted(counts, key=lambda place: (place[0], -counts[place]))
    return [name for _, name in ranked[:3]]


def split(items: Sequence[Passage]) -> list[list[Passage]]:
    """A cluster with a sentence that lists three days or more, parted: the sum first, then the acts by their day.

    Two attacks on one town on two days are two events, and both are parts of the series that a total counts.
    """
    listed = {p.number: {t.days for t in p.times if t.days.length <= 1} for p in items}
    sums = {number for number, told in listed.items() if len(told) > 2}
    within = {int(d.first) for number in sums for d in listed[number]}
    acts: dict[int, list[Passage]] = defaultdict(list)
    for passage in items:
        told = {int(d.first) for d in listed[passage.number]}
        if passage.number not in sums and len(told) == 1 and told <= within and passage.claims:
            acts[next(iter(told))].append(passage)
    inside = {p.number for group in acts.values() for p in group}
    return [[p for p in items if p.number not in inside], *(acts[day] for day in sorted(acts))]


def _place_in(items: Sequence[Passage], claims: Sequence[Claim]) -> str:
    """What an event is called until all are drawn: where it is first told."""
    first = min((c.witness, c.start, c.end, c.claim) for c in claims) if claims else (items[0].witness, items[0].start)
    return repr(first)


def _date(items: Sequence[Passage], claims: Sequence[Claim]) -> str | None:
    """The date that most passages give of their own; of equals the finest, then the first. None when none is told."""
    told: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.date and interval(claim.date):
            told[claim.date].add(claim.witness)
    if not told:
        for passage in items:
            for time in passage.times[:1]:
                told[time.edtf].add(passage.witness)
    ranked = sorted(told, key=lambda e: (-len(told[e]), _length(e), e))
    return ranked[0] if ranked else None


def _told(items: Sequence[Passage], date: str | None) -> bool:
    """Whether some sentence tells the date, or a time within it, in its own words."""
    when = interval(date)
    return when is not None and any(
        time.tie == "own" and time.days.inside(when) for passage in items for time in passage.times
    )


def _length(edtf: str) -> float:
    when = interval(edtf)
    return when.length if when else float("inf")


def _listed(items: Sequence[Passage]) -> list[Days]:
    """Three or more separate days in one sentence, or two with a figure: a sum of acts."""
    for passage in items:
        single = sorted({t.days for t in passage.times if t.days.length <= 1})
        if len(single) > 2 or (len(single) == 2 and passage.figures and single[1].first - single[0].first < ACT_DAYS):
            return single
    return []


def _kind(when: Days | None, claims: Sequence[Claim]) -> str:
    if claims and all(c.modality == "state" for c in claims):
        return "state"
    return "period" if when is not None and when.length > ACT_DAYS else "act"


def lineages(items: Iterable[Passage]) -> int:
    """How many of the witnesses tell it independently: those with a shared passage there count once."""
    listed = list(items)
    joined = Groups((("witness", p.witness), ("lineage", name)) for p in listed for name in p.lineages)
    return len(joined.groups({("witness", p.witness) for p in listed}))


def parts(drawn: Sequence[Drawn]) -> None:
    """Sets ``part_of``: an act of one of the days that a sum adds up, or inside a period, of one type and place."""
    by_key: dict[tuple[str, str], list[Drawn]] = defaultdict(list)
    for one in drawn:
        if one.event.kind in ("sum", "period"):
            for place in one.event.places:
                by_key[(one.event.type, place)].append(one)
    for one in drawn:
        when = one.when
        if one.event.kind != "act" or when is None or one.event.part_of:
            continue
        best: tuple[float, str] | None = None
        for place in one.event.places:
            for whole in by_key.get((one.event.type, place), ())[:200]:
                span = hull(whole.listed) if whole.listed else whole.when
                fits = (
                    any(when.meets(d) for d in whole.listed) if whole.listed else span is not None and when.inside(span)
                )
                if span is not None and fits and whole is not one:
                    found = (span.length, whole.event.event)
                    best = found if best is None else min(best, found)
        if best:
            one.event = replace(one.event, part_of=best[1])
