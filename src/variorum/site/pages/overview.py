"""Overview: what was collated, what stands out, who tells what; to the point in ten seconds."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from variorum import records as r
from variorum.dates import in_words, interval, parse
from variorum.site.addresses import file_name
from variorum.site.axis import drawn
from variorum.site.citations import of_page
from variorum.site.pages.disagreements import heading, sides
from variorum.site.pages.event import taken_near
from variorum.site.pages.tolls import Card, cards
from variorum.site.render import Renderer, joined
from variorum.site.safe import filled
from variorum.site.telling import cells
from variorum.verdicts import Standing

__all__ = ["publish", "score_rows", "witness_rows"]

COLUMNS, ROWS, WITNESSES, STORIES, TOLLS, SIDES, CONFLICTS = 12, 16, 24, 40, 4, 4, 5


class StoryRow(NamedTuple):
    """One main happening: when and where most of it is told to be, who tells it, its events, those in conflict."""

    story: str
    label: str
    date: str
    place: str
    tellers: list[str]
    events: int
    conflicts: int


class Outstanding(NamedTuple):
    """One thing that stands out: a title, the mark of its kind, and the words."""

    title: Markup
    mark: Markup
    body: Markup


def publish(render: Renderer) -> None:
    """Write index.html."""
    g = render.g
    events = _most_told(render)[:ROWS]
    stories = story_rows(render, STORIES)
    apart = bool(stories) and len(g.witnesses) > COLUMNS  # a list of stories: who tells one tells nothing of another
    columns = [] if apart else most_telling(render, COLUMNS, events)
    everything = len(g.events) <= ROWS and len(g.witnesses) - len(g.unread) <= COLUMNS
    render.page(
        "index.html",
        "overview.html",
        current="index.html",
        title="Overview",
        kicker=_kicker(render),
        deck=_deck(render),
        columns=columns,
        score=score_rows(render, events, columns, None),
        score_title="Who tells what" if everything else "Who tells what: the events that most tell",
        more=len(g.events) > ROWS,
        verdict_counts=_counts(render),
        out=list(_outstanding(render)),
        tolls=_tolls(render),
        stories=stories,
        apart=apart,
        witness_rows=witness_rows(render, g.witnesses[:WITNESSES]),
        cite=of_page(g.about, "Overview", "index.html"),
        table=["witnesses", "events", "verdicts"],
    )


def _tolls(render: Renderer) -> list[tuple[Card, str]]:
    """The weightiest questions of how many, each with its place in the list of tolls."""
    kept = [topic for topic in render.g.topics if not topic.alone]
    made = cards(render, kept, TOLLS)
    return [(c, f"tolls.html#{file_name(c.topic.key)}") for c in made]


def story_rows(render: Renderer, most: int) -> list[StoryRow]:
    """The stories that most tell, in the order of their dates; none where the collection tells one main happening."""
    g = render.g
    if not g.stories.several:
        return []
    events: dict[str, list[r.Event]] = defaultdict(list)
    for event in g.events:
        events[g.stories.name(event.event)].append(event)
    main = {name: _main_event(render, name, events[name]) for name in list(g.stories.label)[:most]}
    kept = sorted(main, key=lambda name: g.number[one.event] if (one := main[name]) else math.inf)
    return [_story(render, name, events[name], main[name]) for name in kept]


def _main_event(render: Renderer, name: str, events: list[r.Event]) -> r.Event | None:
    """The dated event that most tell; of equals the one nearest to the first account's publication."""
    g = render.g
    printed = [day.first for w in g.stories.tellers[name] if (day := interval(g.witness[w].published))]

    def rank(event: r.Event) -> tuple[int, float]:
        days = interval(event.date)
        return event.witnesses, -abs(days.first - min(printed)) if days and printed else 0.0

    return max((e for e in events if g.when[e.event] is not None), key=rank, default=None)


def _story(render: Renderer, name: str, events: list[r.Event], most: r.Event | None) -> StoryRow:
    g = render.g
    places = Counter(p for e in events for p in e.places)
    return StoryRow(
        name,
        g.stories.label[name],
        in_words(most.date, "short") if most else "",
        places.most_common(1)[0][0] if places else "",
        g.stories.tellers[name],
        len(events),
        sum(g.standing(e.event) == Standing.CONFLICT for e in events),
    )


def most_telling(render: Renderer, most: int, events: list[r.Event]) -> list[r.Witness]:
    """The witnesses that tell most of some events, then most of all, in the edition's order."""
    g = render.g
    told = Counter(w for event in events for w in g.tellers.get(event.event, []))
    read = [w for w in g.witnesses if w.witness not in g.unread]
    ranked = sorted(read, key=lambda w: (-told[w.witness], -len(g.events_of.get(w.witness, []))))
    chosen = {w.witness for w in ranked[:most]}
    return [w for w in g.witnesses if w.witness in chosen]


def _most_told(render: Renderer) -> list[r.Event]:
    """The events to show: all in order where they are few, else the most told and most contested, in order."""
    g = render.g
    if len(g.events) <= ROWS:
        return g.events
    plain = {e.event: g.standing(e.event) != Standing.CONFLICT for e in g.events}
    chosen = sorted(g.events, key=lambda e: (plain[e.event], -e.lineages, -e.witnesses))[:ROWS]
    keep = {e.event for e in chosen}
    return [e for e in g.events if e.event in keep]


def score_rows(
    render: Renderer, events: list[r.Event], columns: list[r.Witness], more: set[str] | None
) -> list[Markup]:
    """Rows of events with a cell for each witness; ``more`` names the witnesses that have no column of their own."""
    row = render.macro("rows.html", "score")
    made = []
    for event in events:
        found = cells(render.g, render.lineages, event.event)
        rest = None if more is None else sum(w in more for w in render.g.tellers.get(event.event, []))
        standing, doubts = render.g.standing(event.event), render.doubts(event.event)
        made.append(row(event, columns, found, "", first_words(render, event), standing, rest, doubts))
    return made


def first_words(render: Renderer, event: r.Event) -> str:
    """The words by which the first of its tellers tells an event."""
    claims = render.g.told.get(event.event, [])
    return claims[0].text if claims else ""


def witness_rows(render: Renderer, witnesses: Iterable[r.Witness]) -> list[Markup]:
    """Rows of the table of witnesses, with a bar of own words and of words taken over."""
    listed = list(witnesses)
    counts = {w.witness: len(w.text.split()) for w in listed}
    longest = max(counts.values(), default=1) or 1
    row = render.macro("rows.html", "witness")
    made = []
    for w in listed:
        taken = _taken_words(render, w)
        whole = counts[w.witness] / longest * 200
        share = taken / max(counts[w.witness], 1)
        made.append(
            row(
                w,
                "no events" if w.witness in render.g.unread else len(render.g.events_of.get(w.witness, [])),
                counts[w.witness],
                round(whole * (1 - share), 1),
                taken,
                round(whole, 1),
                "",
            )
        )
    return made


def _taken_words(render: Renderer, w: r.Witness) -> int:
    """Words of a witness that it has from another; each word counts once."""
    number, last = 0, 0
    for t in taken_near(render, w.witness):
        start = max(t.start, last)
        if t.end > start:
            number += len(w.text[start : t.end].split())
            last = t.end
    return number


def _kicker(render: Renderer) -> str:
    g, words = render.g, render.words
    dates = sorted((d for d in (parse(w.published) for w in g.witnesses) if d), key=lambda d: d.point)
    total = sum(len(w.text.split()) for w in g.witnesses)
    span = f" · published {dates[0].words} to {dates[-1].words}" if len(dates) > 1 else ""
    return f"{words.cap(words.several(len(g.witnesses), 'account'))}, {total:,} words{span}"


def _counts(render: Renderer) -> str:
    count = Counter(v.verdict for v in render.g.verdicts if v.sure != "low")
    said = [f"{count[k]:,} {render.words.verdicts[k]}" for k in Standing if count[k]]
    return f"{render.words.several(sum(count.values()), 'verdict')}: {', '.join(said)}" if said else ""


def _deck(render: Renderer) -> Markup:
    g, words = render.g, render.words
    several = [e for e in g.events if e.witnesses > 1]
    conflict = sum(g.standing(e.event) == Standing.CONFLICT for e in g.events)
    text = filled(
        "The {} tell <strong>{}</strong>; {} more than one witness tells. ",
        words.several(len(g.witnesses) - len(g.unread), "account"),
        words.several(len(g.events), "event"),
        words.number(len(several)),
    )
    text += unread(render)
    if conflict:
        text += filled("On <strong>{} of them the readings conflict</strong>. ", words.number(conflict))
    repeated = max(several, key=lambda e: (e.witnesses - e.lineages, e.witnesses), default=None)
    if repeated is not None and repeated.lineages < repeated.witnesses:
        text += filled(
            "{} is told by <strong>{}, but in {}</strong>.",
            render.event_link("", repeated.event),
            words.several(repeated.witnesses, "witness", "witnesses"),
            words.several(repeated.lineages, "lineage"),
        )
    return text


def unread(render: Renderer) -> Markup:
    """Which accounts are in a language of which no events are made, as a sentence; empty where there are none."""
    left = render.g.unread
    if not left:
        return Markup()
    tongues = joined(sorted(set(left.values())))
    one = len(left) == 1
    said = Markup("{} {} in {}, of which no events are made: {} in no count here. ")
    count = render.words.cap(render.words.several(len(left), "more account"))
    return said.format(count, "is" if one else "are", tongues, "it is" if one else "they are")


def _outstanding(render: Renderer) -> Iterable[Outstanding]:
    g = render.g
    sure = [v for v in g.verdicts if v.verdict == Standing.CONFLICT and v.sure != "low"]
    yield from (_conflict(render, v) for v in _of_each(sure, CONFLICTS))
    for c in g.checks[:1]:
        yield Outstanding(
            filled('<a href="checks.html">{}’s own words</a>', render.sig(c.witness)),
            render.verdict("check"),
            filled("<p>{}</p>", c.why),
        )
    words = [p for p in g.parallels if p.kind != "rendition"]
    if words:
        yield _passage(render, max(words, key=lambda p: p.a_end - p.a_start), "taken")
    spoken = [p for p in g.parallels if p.kind == "rendition" and not p.across]
    if spoken:
        yield _passage(render, max(spoken, key=lambda p: p.score), "rendition")
    yield from (_silence(render, s) for s in _largest_silence(render))


def _of_each(listed: list[r.Verdict], most: int) -> list[r.Verdict]:
    """The first of each attribute, then others, in their order: three denials do not hide how many died."""
    first = {v.attribute: v.verdict_id for v in reversed(listed) if v.repeats is None}.values()
    ranked = [*(v for v in listed if v.verdict_id in first), *(v for v in listed if v.verdict_id not in first)]
    kept = {v.verdict_id for v in ranked[:most]}
    return [v for v in listed if v.verdict_id in kept]


def _conflict(render: Renderer, v: r.Verdict) -> Outstanding:
    readings = [render.g.readings[x] for x in v.readings if x in render.g.readings]
    said = [
        filled("{} {}", render.sigs(side.witnesses, 5), render.q(side.shown[0].text, 120)) for side in sides(readings)
    ]
    if len(said) > SIDES:  # they stand in order of value, and the extremes are what conflicts
        said = [*said[: SIDES // 2], Markup("…"), *said[-(SIDES // 2) :]]
    return Outstanding(
        heading(render, v, ""),
        render.verdict(v.verdict),
        drawn(render, readings, 5) + Markup("<p>") + Markup("<br>").join(said) + Markup("</p>"),
    )


def _passage(render: Renderer, p: r.Parallel, kind: str) -> Outstanding:
    number = len(p.a_text.split())
    a, b = (p.b_witness, p.a_witness) if p.direction == "a to b" else (p.a_witness, p.b_witness)
    pair = sorted((a, b), key=lambda w: render.g.order.get(w, ""))
    title = (
        f"{render.words.cap(render.words.several(number, 'word'))} in common"
        if kind == "taken"
        else "One utterance, two wordings"
    )
    link = (
        filled('<a href="{}">{}</a>', render.at.pair(*pair), title) if render.has_pair(*pair) else filled("{}", title)
    )
    mark = (
        render.verdict("rendition" if kind == "rendition" else "taken")
        if p.direction != "undecided" or kind == "rendition"
        else Markup()
    )
    if kind == "rendition":
        return Outstanding(
            link,
            mark,
            filled(
                "<p>{} {}<br>{} {}</p>",
                render.sig(p.a_witness),
                render.q(p.a_text, 130),
                render.sig(p.b_witness),
                render.q(p.b_text, 130),
            ),
        )
    said = Markup("{} from {}: ") if p.direction != "undecided" else Markup("{} and {}: ")
    return Outstanding(
        link, mark, Markup("<p>") + said.format(render.sig(a), render.sig(b)) + render.q(p.a_text, 180) + Markup("</p>")
    )


def _largest_silence(render: Renderer) -> list[r.Silence]:
    """The silence on the event that most witnesses tell."""
    known = [s for s in render.g.silences if s.event in render.g.event and s.witness in render.g.witness]
    return sorted(known, key=lambda s: -render.g.event[s.event].lineages)[:1]


def _silence(render: Renderer, s: r.Silence) -> Outstanding:
    body = filled(
        "<p>{} does not tell it: {}. {} do.</p>",
        render.sig(s.witness),
        s.why.rstrip("."),
        render.lins(render.lineages.of(s.event)),
    )
    return Outstanding(render.event_link("", s.event), render.verdict("silent"), body)
