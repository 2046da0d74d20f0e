"""Overview: what was collated, what stands out, who tells what; to the point in ten seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from variorum import records as r
from variorum.dates import parse
from variorum.site.axis import drawn
from variorum.site.citations import of_page
from variorum.site.pages.disagreements import heading, sides
from variorum.site.pages.event import taken_near
from variorum.site.press import Press, joined
from variorum.site.telling import cells
from variorum.verdicts import Standing

__all__ = ["publish", "score_rows", "witness_rows"]

COLUMNS, ROWS, WITNESSES = 12, 16, 24


class Outstanding(NamedTuple):
    """One thing that stands out: a title, the mark of its kind, and the words."""

    title: Markup
    mark: Markup
    body: Markup


def publish(press: Press) -> None:
    """Write index.html."""
    g = press.g
    events = _most_told(press)[:ROWS]
    columns = most_telling(press, COLUMNS, events)
    everything = len(g.events) <= ROWS and len(g.witnesses) - len(g.unread) <= COLUMNS
    press.page(
        "index.html",
        "overview.html",
        current="index.html",
        title="Overview",
        kicker=_kicker(press),
        deck=_deck(press),
        columns=columns,
        score=score_rows(press, events, columns, None),
        score_title="Who tells what" if everything else "Who tells what: the events that most tell",
        more=len(g.events) > ROWS,
        verdict_counts=_counts(press),
        out=list(_outstanding(press)),
        witness_rows=witness_rows(press, g.witnesses[:WITNESSES]),
        cite=of_page(g.about, "Overview", "index.html"),
        table=["witnesses", "events", "verdicts"],
    )


def most_telling(press: Press, most: int, events: list[r.Event]) -> list[r.Witness]:
    """The witnesses that tell most of some events, then most of all, in the edition's order."""
    g = press.g
    told = Counter(w for event in events for w in g.tellers.get(event.event, []))
    read = [w for w in g.witnesses if w.witness not in g.unread]
    ranked = sorted(read, key=lambda w: (-told[w.witness], -len(g.events_of.get(w.witness, []))))
    chosen = {w.witness for w in ranked[:most]}
    return [w for w in g.witnesses if w.witness in chosen]


def _most_told(press: Press) -> list[r.Event]:
    """The events to show: all in order where they are few, else the most told and most contested, in order."""
    g = press.g
    if len(g.events) <= ROWS:
        return g.events
    plain = {e.event: g.standing(e.event) != Standing.CONFLICT for e in g.events}
    chosen = sorted(g.events, key=lambda e: (plain[e.event], -e.lineages, -e.witnesses))[:ROWS]
    keep = {e.event for e in chosen}
    return [e for e in g.events if e.event in keep]


def score_rows(press: Press, events: list[r.Event], columns: list[r.Witness], more: set[str] | None) -> list[Markup]:
    """Rows of events with a cell for each witness; ``more`` names the witnesses that have no column of their own."""
    row = press.macro("rows.html", "score")
    made = []
    for event in events:
        found = cells(press.g, press.lineages, event.event)
        rest = None if more is None else sum(w in more for w in press.g.tellers.get(event.event, []))
        made.append(row(event, columns, found, "", first_words(press, event), press.g.standing(event.event), rest))
    return made


def first_words(press: Press, event: r.Event) -> str:
    """The words by which the first of its tellers tells an event."""
    claims = press.g.told.get(event.event, [])
    return claims[0].text if claims else ""


def witness_rows(press: Press, witnesses: Iterable[r.Witness]) -> list[Markup]:
    """Rows of the table of witnesses, with a bar of own words and of words taken over."""
    listed = list(witnesses)
    counts = {w.witness: len(w.text.split()) for w in listed}
    longest = max(counts.values(), default=1) or 1
    row = press.macro("rows.html", "witness")
    made = []
    for w in listed:
        taken = _taken_words(press, w)
        whole = counts[w.witness] / longest * 200
        share = taken / max(counts[w.witness], 1)
        made.append(
            row(
                w,
                "not read" if w.witness in press.g.unread else len(press.g.events_of.get(w.witness, [])),
                counts[w.witness],
                round(whole * (1 - share), 1),
                taken,
                round(whole, 1),
                "",
            )
        )
    return made


def _taken_words(press: Press, w: r.Witness) -> int:
    """Words of a witness that it has from another; each word counts once."""
    number, last = 0, 0
    for t in taken_near(press, w.witness):
        start = max(t.start, last)
        if t.end > start:
            number += len(w.text[start : t.end].split())
            last = t.end
    return number


def _kicker(press: Press) -> str:
    g, words = press.g, press.words
    dates = sorted((d for d in (parse(w.published) for w in g.witnesses) if d), key=lambda d: d.point)
    total = sum(len(w.text.split()) for w in g.witnesses)
    span = f" · published {dates[0].words} to {dates[-1].words}" if len(dates) > 1 else ""
    return f"{words.cap(words.several(len(g.witnesses), 'account'))}, {total:,} words{span}"


def _counts(press: Press) -> str:
    count = Counter(v.verdict for v in press.g.verdicts if v.sure != "low")
    said = [f"{count[k]:,} {press.words.verdicts[k]}" for k in Standing if count[k]]
    return f"{press.words.several(sum(count.values()), 'verdict')}: {', '.join(said)}" if said else ""


def _deck(press: Press) -> Markup:
    g, words = press.g, press.words
    several = [e for e in g.events if e.witnesses > 1]
    conflict = sum(g.standing(e.event) == Standing.CONFLICT for e in g.events)
    text = Markup("The {} tell <strong>{}</strong>; {} more than one witness tells. ").format(
        words.several(len(g.witnesses) - len(g.unread), "account"),
        words.several(len(g.events), "event"),
        words.number(len(several)),
    )
    text += unread(press)
    if conflict:
        text += Markup("On <strong>{} of them the readings conflict</strong>. ").format(words.number(conflict))
    repeated = max(several, key=lambda e: (e.witnesses - e.lineages, e.witnesses), default=None)
    if repeated is not None and repeated.lineages < repeated.witnesses:
        text += Markup("“{}” is told by <strong>{}, but in {}</strong>.").format(
            press.event_link("", repeated.event),
            words.several(repeated.witnesses, "witness", "witnesses"),
            words.several(repeated.lineages, "lineage"),
        )
    return text


def unread(press: Press) -> Markup:
    """Which accounts are in a language that is not read, as a sentence; empty where there are none."""
    left = press.g.unread
    if not left:
        return Markup()
    tongues = joined(sorted(set(left.values())))
    are = "is" if len(left) == 1 else "are"
    said = Markup("{} {} in {} and {} not read: {} in no count here. ")
    count = press.words.cap(press.words.several(len(left), "more account"))
    return said.format(count, are, tongues, "was" if len(left) == 1 else "were", "it is" if are == "is" else "they are")


def _outstanding(press: Press) -> Iterable[Outstanding]:
    g = press.g
    sure = [v for v in g.verdicts if v.verdict == Standing.CONFLICT and v.sure != "low"]
    yield from (_conflict(press, v) for v in sure[:3])
    for c in g.checks[:1]:
        yield Outstanding(
            Markup('<a href="checks.html">{}’s own words</a>').format(press.sig(c.witness)),
            press.verdict("check"),
            Markup("<p>{}</p>").format(c.why),
        )
    words = [p for p in g.parallels if p.kind != "rendition"]
    if words:
        yield _passage(press, max(words, key=lambda p: p.a_end - p.a_start), "taken")
    spoken = [p for p in g.parallels if p.kind == "rendition"]
    if spoken:
        yield _passage(press, max(spoken, key=lambda p: p.score), "rendition")
    yield from (_silence(press, s) for s in _largest_silence(press))


def _conflict(press: Press, v: r.Verdict) -> Outstanding:
    readings = [press.g.readings[x] for x in v.readings if x in press.g.readings]
    said = [
        Markup("{} {}").format(press.sigs(side.witnesses, 5), press.q(side.shown[0].text, 120))
        for side in sides(readings)[:4]
    ]
    return Outstanding(
        heading(press, v, ""),
        press.verdict(v.verdict),
        drawn(press, readings, 5) + Markup("<p>") + Markup("<br>").join(said) + Markup("</p>"),
    )


def _passage(press: Press, p: r.Parallel, kind: str) -> Outstanding:
    number = len(p.a_text.split())
    a, b = (p.b_witness, p.a_witness) if p.direction == "a to b" else (p.a_witness, p.b_witness)
    pair = sorted((a, b), key=lambda w: press.g.order.get(w, 0))
    title = (
        f"{press.words.cap(press.words.several(number, 'word'))} in common"
        if kind == "taken"
        else "One utterance, two wordings"
    )
    link = (
        Markup('<a href="{}">{}</a>').format(press.at.pair(*pair), title)
        if press.has_pair(*pair)
        else Markup("{}").format(title)
    )
    mark = (
        press.verdict("rendition" if kind == "rendition" else "taken")
        if p.direction != "undecided" or kind == "rendition"
        else Markup()
    )
    if kind == "rendition":
        return Outstanding(
            link,
            mark,
            Markup("<p>{} {}<br>{} {}</p>").format(
                press.sig(p.a_witness), press.q(p.a_text, 130), press.sig(p.b_witness), press.q(p.b_text, 130)
            ),
        )
    said = Markup("{} from {}: ") if p.direction != "undecided" else Markup("{} and {}: ")
    return Outstanding(
        link, mark, Markup("<p>") + said.format(press.sig(a), press.sig(b)) + press.q(p.a_text, 180) + Markup("</p>")
    )


def _largest_silence(press: Press) -> list[r.Silence]:
    """The silence on the event that most witnesses tell."""
    known = [s for s in press.g.silences if s.event in press.g.event and s.witness in press.g.witness]
    return sorted(known, key=lambda s: -press.g.event[s.event].lineages)[:1]


def _silence(press: Press, s: r.Silence) -> Outstanding:
    body = Markup("<p>{} does not tell it: {}. {} do.</p>").format(
        press.sig(s.witness), s.why.rstrip("."), press.lins(press.lineages.of(s.event))
    )
    return Outstanding(press.event_link("", s.event), press.verdict("silent"), body)
