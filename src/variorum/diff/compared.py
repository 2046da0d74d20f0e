"""Two editions compared row by row; rows are the same by their id, or where they rest on the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from variorum import records as r
from variorum.dates import in_words
from variorum.diff.changes import Change
from variorum.diff.reasons import Reasons
from variorum.diff.wording import changed_words
from variorum.edition import Edition
from variorum.export.citations import short
from variorum.export.questions import attribute, counted
from variorum.verdicts import Standing

__all__ = ["diff"]

TOLD = "account"
"""The attribute of readings that are whole sentences."""
Spot = tuple[str, str]
"""An account and words of it: where it stands may shift when a text is changed above it, the words do not."""


def diff(old: Edition, new: Edition) -> list[Change]:
    """The changes from ``old`` to ``new``: accounts, events, questions with their readings."""
    reasons = Reasons.of(old, new)
    sides = Side(old), Side(new)
    return [*_accounts(old, new), *_events(*sides, reasons), *_questions(*sides, reasons)]


def _accounts(old: Edition, new: Edition) -> Iterator[Change]:
    before = {w.witness: w for w in old.records(r.Witness)}
    after = {w.witness: w for w in new.records(r.Witness)}
    for key in [*after, *(k for k in before if k not in after)]:
        was, now = before.get(key), after.get(key)
        label = (now or was or after[key]).title or key
        if was is None or now is None:
            yield Change("accounts", "added" if was is None else "dropped", key, label)
        elif told := list(_of_account(was, now)):
            yield Change(
                "accounts", "changed", key, label, "; ".join(a for a, _ in told), "; ".join(b for _, b in told)
            )


def _of_account(was: r.Witness, now: r.Witness) -> Iterator[tuple[str, str]]:
    if was.sha256 != now.sha256:
        words = [("“" + a + "”", "“" + b + "”") for a, b in changed_words(was.text, now.text)]
        yield ", ".join(["text", *(a for a, _ in words)]), ", ".join(["text", *(b for _, b in words)])
    for name in ("title", "publisher", "party", "published", "source", "language"):
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            yield f"{name} {before or 'not known'}", f"{name} {after or 'not known'}"


class Side:
    """One edition, with the words on which its events and questions rest."""

    def __init__(self, edition: Edition) -> None:
        self.events = {e.event: e for e in edition.records(r.Event)}
        self.readings = {x.reading: x for x in edition.records(r.Reading)}
        self.questions = {v.verdict_id: v for v in edition.records(r.Verdict) if v.verdict != Standing.SINGLE}
        claims = {c.claim: c for c in edition.records(r.Claim)}
        self.of_event: dict[str, set[Spot]] = defaultdict(set)
        for tell in edition.records(r.Tells):
            if tell.claim in claims:
                self.of_event[tell.event].add((claims[tell.claim].witness, claims[tell.claim].text))

    def of_question(self, key: str) -> dict[Spot, r.Reading]:
        """The readings of a question by account and words."""
        held = (self.readings.get(x) for x in self.questions[key].readings)
        return {(x.witness, x.text): x for x in held if x is not None}

    def label(self, key: str) -> str:
        """A question in words."""
        v = self.questions[key]
        event = self.events.get(v.event or "")
        held = (self.readings.get(x) for x in v.readings)
        words = next((f"“{short(x.text, x.text)}”" for x in held if x is not None), "")
        return f"{attribute(v.attribute)}: {event.label if event else v.scope or words}".rstrip(": ")


def _paired(old: Mapping[str, set[Spot]], new: Mapping[str, set[Spot]]) -> dict[str, str]:
    """For each key of ``new`` the one of ``old`` that it continues: the same id, else the one with most words alike."""
    pairs = {key: key for key in new if key in old}
    free = {key for key in old if key not in pairs}
    at: dict[Spot, list[str]] = defaultdict(list)
    for key in free:
        for spot in old[key]:
            at[spot].append(key)
    for key in sorted(new.keys() - pairs.keys(), key=lambda k: (-len(new[k]), k)):
        alike = Counter(other for spot in new[key] for other in at.get(spot, ()) if other in free)
        if alike:
            best = min(alike, key=lambda o: (-alike[o], o))
            if 2 * alike[best] >= min(len(new[key]), len(old[best])):
                pairs[key] = best
                free.discard(best)
    return pairs


def _who(spots: Iterable[Spot]) -> set[str]:
    return {witness for witness, _ in spots}


def _events(old: Side, new: Side, reasons: Reasons) -> Iterator[Change]:
    before = {key: old.of_event.get(key, set()) for key in old.events}
    after = {key: new.of_event.get(key, set()) for key in new.events}
    pairs = _paired(before, after)
    for key, event in new.events.items():
        if key not in pairs:
            yield Change("events", "added", key, event.label, why=reasons.why([key], set(), _who(after[key])))
            continue
        was = old.events[pairs[key]]
        told = [(a, b) for a, b in zip(_told(was), _told(event), strict=True) if a != b]
        if told:
            why = reasons.why([key, was.event], _who(before[was.event]), _who(after[key]))
            yield Change(
                "events", "changed", key, event.label, "; ".join(a for a, _ in told), "; ".join(b for _, b in told), why
            )
    for key in old.events.keys() - set(pairs.values()):
        why = reasons.why([key], _who(before[key]), set())
        yield Change("events", "dropped", key, old.events[key].label, why=why)


def _told(event: r.Event) -> list[str]:
    """What is told of an event, by which a change is seen."""
    date = in_words(event.date, "short")
    places = ", ".join(event.places) or "no place"
    return [event.label, date, places, counted(event.witnesses, "account"), counted(event.lineages, "source")]


def _questions(old: Side, new: Side, reasons: Reasons) -> Iterator[Change]:
    before = {key: set(old.of_question(key)) for key in old.questions}
    after = {key: set(new.of_question(key)) for key in new.questions}
    pairs = _paired(before, after)
    for key, v in new.questions.items():
        if key not in pairs:
            why = reasons.why([key], set(), _who(after[key]))
            yield Change("questions", "added", key, new.label(key), now=f"{v.verdict}: {v.why}", why=why)
            continue
        was = old.questions[pairs[key]]
        why = reasons.why([key, was.verdict_id], _who(before[was.verdict_id]), _who(after[key]))
        if was.verdict != v.verdict:
            yield Change(
                "questions", "turned", key, new.label(key), f"{was.verdict}: {was.why}", f"{v.verdict}: {v.why}", why
            )
        yield from _readings(old.of_question(was.verdict_id), new.of_question(key), key, new.label(key), reasons)
    for key in sorted(old.questions.keys() - set(pairs.values())):
        why = reasons.why([key], _who(before[key]), set())
        yield Change("questions", "dropped", key, old.label(key), was=f"{old.questions[key].verdict}", why=why)


def _readings(
    was: Mapping[Spot, r.Reading], now: Mapping[Spot, r.Reading], key: str, label: str, reasons: Reasons
) -> Iterator[Change]:
    for spot in sorted(s for s in now.keys() - was.keys() if not _follows(now[s], reasons)):
        why = reasons.why([now[spot].reading, key], set(), {spot[0]})
        yield Change("readings", "added", now[spot].reading, label, now=f"{spot[0]}: “{spot[1]}”", why=why)
    for spot in sorted(s for s in was.keys() - now.keys() if not _follows(was[s], reasons)):
        why = reasons.why([was[spot].reading, key], {spot[0]}, set())
        yield Change("readings", "dropped", was[spot].reading, label, was=f"{spot[0]}: “{spot[1]}”", why=why)
    for spot in sorted(was.keys() & now.keys()):
        a, b = _value(was[spot]), _value(now[spot])
        if a != b:
            yield Change(
                "readings",
                "changed",
                now[spot].reading,
                label,
                a,
                b,
                reasons.why([now[spot].reading, key], {spot[0]}, {spot[0]}),
            )


def _follows(x: r.Reading, reasons: Reasons) -> bool:
    """True for a sentence alone of an account that is told as new, gone or changed already."""
    return x.attribute == TOLD and x.witness in reasons.added | reasons.dropped | reasons.rewritten


def _value(x: r.Reading) -> str:
    ends = "" if x.low is None and x.high is None else f" [{x.low}, {x.high}]"
    return f"{x.witness}: “{x.text}” as {x.value or x.date or ''}{ends}"
