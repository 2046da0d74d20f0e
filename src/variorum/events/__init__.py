"""Events: the claims, of one witness or many, that tell the same happening.

``run`` joins sentences by rare shared words, time and figures, draws an event from each cluster, and writes the tables
``links``, ``events`` and ``tells``. Verdicts do not hang on events: readings are joined directly (`variorum.readings`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from variorum.dates import order
from variorum.engine import Engine
from variorum.events.assign import Doing, acts_of, assigned, told_acts
from variorum.events.bound import bound
from variorum.events.label import Drawn, draw, parts, split
from variorum.events.link import Joined, joined
from variorum.events.naming import named
from variorum.events.owned import owned
from variorum.events.retelling import retold
from variorum.events.ruled import ruled
from variorum.events.support import counted, within
from variorum.events.unions import united
from variorum.groups import identities
from variorum.linkage import clusters
from variorum.lists import toml
from variorum.records import Act, Binding, Claim, Event, Link, Parallel, Shared, Tells, table
from variorum.sentences import Collection, Passage, passages, read

__all__ = ["run"]


def run(engine: Engine) -> None:
    """Writes ``links``, ``events`` and ``tells`` from claims, times, places, figures and sentences.

    ``bindings`` of people go before the links. Every table may be empty or lacking; then so are the results. About a
    minute for 40,000 sentences.
    """
    items = passages(engine)
    collection = Collection(items)
    pairs = joined(engine, collection)
    bindings = read(engine, Binding)
    acts = told_acts(engine)
    claims = read(engine, Claim)
    drawn = _draw(items, pairs, bindings, acts, claims)
    _identified(drawn)
    parts(drawn)
    named(drawn, collection.idf)
    engine.put("links", table(Link, _links(pairs, retold(pairs, read(engine, Parallel)))))
    lineages = within(claims, read(engine, Shared))
    doings = ruled(acts, claims, bindings, {c.claim: d.event.event for d in drawn for c in d.claims})
    told = assigned(drawn, doings, claims)
    engine.put("tells", table(Tells, told))
    events = counted((d.event for d in drawn), told, claims, lineages)
    engine.put("events", table(Event, sorted((e for e in events if e.witnesses), key=_order)))
    engine.put("acts", table(Act, acts_of(told, doings, claims, lineages)))


def _order(event: Event) -> tuple[tuple[float, str], str]:
    return (order(event.date), event.event)


def _draw(
    items: Sequence[Passage],
    pairs: Sequence[Joined],
    bindings: Sequence[Binding],
    acts: Mapping[str, Doing],
    claims: Sequence[Claim],
) -> list[Drawn]:
    scores = [(j.a.number, j.b.number, j.score) for j in pairs]
    owner = clusters(len(items), scores, float(toml("events")["cluster"]["threshold"]))
    owner = owned(united(_told_apart(owner, pairs), items, acts), items, claims, acts)
    owner = bound(owner, items, bindings, scores)
    groups: dict[int, list[Passage]] = defaultdict(list)
    for passage in items:
        groups[owner[passage.number]].append(passage)
    within: dict[int, float] = defaultdict(float)
    for a, b, score in scores:
        if owner[a] == owner[b]:
            within[owner[a]] += score
    drawn: list[Drawn] = []
    for name, group in sorted(groups.items()):
        count = len(group)
        if any(p.claims for p in group) and (count > 1 or _stands_alone(group[0])):
            drawn += _parted(group, within[name] / (count * (count - 1) / 2) if count > 1 else None)
    return drawn


def _told_apart(owner: Sequence[int], pairs: Sequence[Joined]) -> list[int]:
    """The clusters without those of two sentences that have one word in common and nothing else: these part again."""
    size = Counter(owner)
    made = list(owner)
    for pair in pairs:
        a, b = pair.a.number, pair.b.number
        if owner[a] == owner[b] and size[owner[a]] == 2 and pair.thin:
            made[a], made[b] = a, b
    return made


def _identified(drawn: Sequence[Drawn]) -> None:
    """Gives each event the id of its words: the same in any order, and with one account more, but for few."""
    names = identities("e", [[p.text for p in one.passages] for one in drawn])
    new = {one.event.event: name for one, name in zip(drawn, names, strict=True)}
    for one in drawn:
        whole = one.event.part_of
        one.event = replace(one.event, event=new[one.event.event], part_of=new[whole] if whole else None)


def _parted(group: Sequence[Passage], mean: float | None) -> list[Drawn]:
    """The event of a cluster; the acts of one day that a sum in it counts are events of their own, and its parts."""
    whole, *acts = split(group)
    claims = [c for p in whole for c in p.claims]
    if not claims:
        return [draw(group, [c for p in group for c in p.claims], mean)]
    drawn = [draw(whole, claims, mean)]
    for act in acts:
        part = draw(act, [c for p in act for c in p.claims], mean)
        part.event = replace(part.event, part_of=drawn[0].event.event)
        part.wholes = [c for p in whole for c in p.claims if len(p.times) > 2]
        drawn.append(part)
    return drawn


def _stands_alone(passage: Passage) -> bool:
    """One sentence makes an event when it tells a happening with a date or a figure of its own."""
    happened = [c for c in passage.claims if c.modality in ("happened", "") and c.polarity == "affirmed"]
    return bool(happened) and bool(passage.times or passage.figures)


def _links(pairs: Sequence[Joined], again: Container[tuple[int, int]]) -> list[Link]:
    """The links of the first claims of sentences; those of ``again`` are retellings."""
    table = toml("events")
    found = []
    for pair in pairs:
        if pair.score < float(table["cluster"]["link"]):
            break
        kind = "retelling" if (pair.a.number, pair.b.number) in again else ""
        why = f"{table['retelling']['words']}: {pair.why}" if kind else pair.why
        for a, b in zip(pair.a.claims[:1], pair.b.claims[:1], strict=False):
            found.append(Link(a.claim, b.claim, round(pair.score, 4), list(pair.shared), why, kind))
    return found
