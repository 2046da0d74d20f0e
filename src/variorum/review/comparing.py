"""What people decided of comparisons and of events, put over the rows that the rules made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from variorum.records import Event, Reading, Verdict
from variorum.review.standing import Court, Found, Settled
from variorum.review.telling import Comparisons, Telling

__all__ = ["over_events", "over_verdicts"]


def over_verdicts(
    verdicts: Sequence[Verdict], readings: Iterable[Reading], found: Iterable[Found], court: Court
) -> list[Verdict]:
    """The verdicts with people's over the rules'; ``by_rule`` keeps what the rule said.

    A verdict that a person gave on fewer readings stands only while the rule says what it said then: else the row has
    changed under it, and says so.
    """
    at = Comparisons(readings, verdicts)
    rows = {v.verdict_id: v for v in verdicts}
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in found:
        about = one.decision.about
        if about.kind == "comparison":
            verdict = at.verdict(one.words, about.attribute or "", str(about.was.get("rule", "")))
            if verdict is None:
                _no_longer(one, court)
            else:
                court.on(one.decision.id, "verdicts", verdict.verdict_id)
                groups[verdict.verdict_id, one.decision.aspect].append(one)
    most = max((v.weight for v in verdicts), default=0.0)
    for (name, aspect), group in sorted(groups.items(), key=lambda item: item[0]):
        agreed = court.settle(group) if aspect else None
        if agreed is not None and agreed.agreed:
            put = _judged if aspect == "verdict" else _shown
            rows[name] = put(rows[name], agreed, court, most)
    return sorted(rows.values(), key=lambda v: (-v.weight, v.verdict_id))


def _no_longer(one: Found, court: Court) -> None:
    why = "the program no longer compares these words"
    if one.decision.says == "wrong":
        court.told(one.decision.id, "obeyed", why)
    elif one.decision.aspect:
        court.told(one.decision.id, "orphan", why)
    else:
        court.told(one.decision.id, "kept", why)


def _judged(row: Verdict, agreed: Settled, court: Court, most: float) -> Verdict:
    decision, by = agreed.chosen, ", ".join(dict.fromkeys(agreed.people))
    added = len(row.readings) - len(agreed.standing[-1].words)
    then = decision.about.was.get("verdict")
    if added > 0 and then is not None and then != row.verdict:
        why = (
            f"since then {added} readings were added, and the rule says {row.verdict} where it said {then}: look again"
        )
        court.failed(agreed, why)
        return row
    more = f"{added} readings were added since" if added > 0 else ""
    court.obeyed(agreed, "verdicts", row.verdict_id, more)
    if decision.says == "right":
        return row
    said = decision.value.get("because") or decision.value["verdict"]
    reason = f": {decision.why.strip()}" if decision.why.strip() else ""
    new = "unjudged" if decision.says == "wrong" else str(decision.value["verdict"])
    why = f"{by} decided: {said}{reason} (the rule: {row.verdict}, {row.why})"
    sure = "low" if decision.says == "wrong" else "high"
    return replace(row, verdict=new, by_rule=row.verdict, sure=sure, why=why)


def _shown(row: Verdict, agreed: Settled, court: Court, most: float) -> Verdict:
    court.obeyed(agreed, "verdicts", row.verdict_id)
    if agreed.chosen.says == "hide":
        return replace(row, sure="low")
    if agreed.chosen.says == "highlight":
        return replace(row, sure="high", weight=round(most + 1, 4))
    return replace(row, sure="high")


def over_events(events: Sequence[Event], telling: Telling, found: Iterable[Found], court: Court) -> list[Event]:
    """The events with the titles, dates and places that people gave them, in their own words."""
    rows = {e.event: e for e in events}
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for one in found:
        if one.decision.says == "same":
            _joined(rows, telling, one)
        if one.decision.about.kind == "event":
            event = telling.event([*one.words, *one.other] if one.decision.says == "merge" else one.words)
            if event in rows and event is not None:
                court.on(one.decision.id, "events", event)
                groups[event, one.decision.aspect].append(one)
            elif one.decision.aspect != "join":
                court.told(one.decision.id, "orphan", "its words are not told as one event any more")
    for (event, aspect), group in sorted(groups.items()):
        if aspect in ("title", "date", "place", "shown"):
            agreed = court.settle(group)
            if agreed is not None and agreed.agreed:
                rows[event] = _own(rows[event], agreed, court)
    return sorted(rows.values(), key=lambda e: (e.date or "~", e.event))


def _joined(rows: dict[str, Event], telling: Telling, one: Found) -> None:
    """An event that a person joined is not in doubt."""
    for event in {e for place in one.words for e in telling.events(place)} & rows.keys():
        if rows[event].doubt is not None and telling.event(one.words) == event:
            rows[event] = replace(rows[event], doubt=None)


def _own(row: Event, agreed: Settled, court: Court) -> Event:
    value = agreed.chosen.value
    court.obeyed(agreed, "events", row.event)
    if "title" in value:
        return replace(row, label=str(value["title"]))
    if "date" in value:
        return replace(row, date=str(value["date"]))
    if "places" in value:
        return replace(row, places=[str(p) for p in value["places"]])
    return row
