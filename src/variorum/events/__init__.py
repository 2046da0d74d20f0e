"""Events: the claims, of one witness or many, that tell the same happening.

``run`` joins sentences by rare shared words, time and figures, draws an event from each cluster, and writes the tables
``links``, ``events`` and ``tells``. Verdicts do not hang on events: readings are joined directly (`variorum.readings`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from variorum.dates import order
from variorum.engine import Engine
from variorum.events.apart import scored
from variorum.events.assign import Doing, acts_of, assigned, told_acts
from variorum.events.bound import bound
from variorum.events.grouping import cut, numbered_pairs, stories_of
from variorum.events.label import Drawn, draw, parts, split
from variorum.events.link import Joined, acts_linked, joined
from variorum.events.naming import labels_of, unique
from variorum.events.owned import owned
from variorum.events.retelling import retold
from variorum.events.ruled import ruled
from variorum.events.support import counted, within
from variorum.events.unions import united
from variorum.groups import IDENTITIES, hashed, identities
from variorum.linkage import clusters
from variorum.lists import toml
from variorum.records import Act, Binding, Claim, Event, Link, Parallel, Shared, Tells, rows, table
from variorum.sentences import Collection, Part, Passage, gathered, nested, opened

__all__ = ["drawn_parts", "run"]

LIST = pa.list_(pa.field("element", pa.string()))
DRAWN = pa.schema([("part", pa.string()), ("number", pa.int64()), *Event.schema(), ("labels", LIST), ("hashes", LIST)])
MADE = pa.schema(
    [
        ("key", pa.string()),
        ("part", pa.string()),
        pa.field("events", pa.list_(pa.struct(list(DRAWN)))),
        pa.field("links", pa.list_(pa.struct(list(Link.schema())))),
        pa.field("tells", pa.list_(pa.struct(list(Tells.schema())))),
        pa.field("acts", pa.list_(pa.struct(list(Act.schema())))),
    ]
)


def run(engine: Engine) -> None:
    """Writes ``links``, ``events``, ``tells`` and ``acts`` from claims, times, places, figures and sentences.

    ``bindings`` of people go before the links. Every table may be empty or lacking; then so are the results. Events are
    drawn in parts (`variorum.events.grouping`), in any process; after that ids and labels are made single.
    """
    cut(engine)
    engine.map("events_made", drawn_parts, "events_parts", MADE, keyed=True)
    engine.forget(["events_parts"])
    made = engine.get("events_made").sort_by("part")
    told = gathered(made["events"], DRAWN)
    names = _named(engine, told)
    drawn = zip(told["part"].to_pylist(), told["event"].to_pylist(), strict=True)
    final = {f"{part} {event}": name for (part, event), name in zip(drawn, names, strict=True)}
    engine.put("events", _events(told, names, final))
    engine.put("tells", _renamed(made, "tells", Tells.schema(), final))
    engine.put("acts", _renamed(made, "acts", Act.schema(), final))
    engine.put("links", pa.concat_tables([gathered(made["links"], Link.schema()), _across(engine)]))


def drawn_parts(batch: pa.Table) -> pa.Table:
    """Events, links, and who tells what, of some parts: the function that engines map over them."""
    parts = list(opened(batch))
    made = [_drawn(part) for part in parts]
    return pa.table(
        [
            [part.key for part in parts],
            [part.name for part in parts],
            nested([one.events for one in made], DRAWN),
            nested([table(Link, one.links) for one in made], Link.schema()),
            nested([table(Tells, one.tells) for one in made], Tells.schema()),
            nested([table(Act, one.acts) for one in made], Act.schema()),
        ],
        schema=MADE,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part gives; its events have ids that are single in it, and all labels that they may get."""

    events: pa.Table
    links: list[Link]
    tells: list[Tells]
    acts: list[Act]


def _drawn(part: Part) -> _Part:
    items = part.passages()
    collection = Collection(items, part.counts())
    linked = acts_linked(items, rows(Link, part.tables["act_links"]))
    pairs = joined(collection, numbered_pairs(part), stories_of(part), linked)
    bindings, claims = rows(Binding, part.tables["bindings"]), rows(Claim, part.tables["claims"])
    acts = told_acts(part.tables["doings"])
    drawn = _draw(items, pairs, bindings, acts, claims)
    _identified(drawn)
    parts(drawn)
    labels = [labels_of(one, collection.idf) for one in drawn]
    for one, (kind, _) in zip(drawn, labels, strict=True):
        one.event = replace(one.event, type=kind)
    lineages = within(claims, rows(Shared, part.tables["shared"]))
    doings = ruled(acts, claims, bindings, {c.claim: d.event.event for d in drawn for c in d.claims})
    told = assigned(drawn, doings, claims)
    events = counted((d.event for d in drawn), told, claims, lineages)
    listed = [
        {
            **event.to_dict(),
            "part": part.name,
            "number": n,
            "labels": told_by,
            "hashes": sorted({hashed(p.text) for p in one.passages}),
        }
        for n, (one, event, (_, told_by)) in enumerate(zip(drawn, events, labels, strict=True))
    ]
    links = _links(pairs, retold(pairs, rows(Parallel, part.tables["parallels"])))
    found = acts_of(told, doings, claims, lineages)
    return _Part(pa.Table.from_pylist(listed, schema=DRAWN), links, told, list(found))


def _named(engine: Engine, told: pa.Table) -> list[str]:
    """The id of each event: of its words, the same in any order, and with one account more, but for few."""
    column = told["hashes"].combine_chunks()
    words = told.select(["part", "number"]).take(pc.list_parent_indices(column))
    engine.put("event_words", words.append_column("word", pc.list_flatten(column)))
    engine.sql("event_ids", IDENTITIES.format(over="event_words", prefix="e"))
    known = engine.get("event_ids")
    keys, found = (
        pc.binary_join_element_wise(data["part"], data["number"].cast(pa.string()), " ") for data in (told, known)
    )
    return [str(name) for name in known["id"].take(pc.index_in(keys, found)).to_pylist()]


def _events(told: pa.Table, names: Sequence[str], final: Mapping[str, str]) -> pa.Table:
    """The rows of ``events``: those that an account tells, by date, each with its id and a label of its own."""
    labels = unique(told["labels"].to_pylist(), names)
    wholes = zip(told["part"].to_pylist(), told["part_of"].to_pylist(), strict=True)
    whole_of = [None if whole is None else final[f"{part} {whole}"] for part, whole in wholes]
    made = told
    for name, values in (("event", list(names)), ("label", labels), ("part_of", whole_of)):
        made = made.set_column(made.column_names.index(name), name, pa.array(values, pa.string()))
    dates = made["date"].to_pylist()
    told_by = [n for n, count in enumerate(made["witnesses"].to_pylist()) if count]
    ranked = sorted(told_by, key=lambda n: (order(dates[n]), names[n]))
    return made.select(Event.schema().names).take(pa.array(ranked, pa.int64())).cast(Event.schema())


def _renamed(made: pa.Table, name: str, schema: pa.Schema, final: Mapping[str, str]) -> pa.Table:
    """The rows of a table of all parts, with the final ids of events."""
    parents = pc.list_parent_indices(made[name].combine_chunks())
    data = gathered(made[name], schema)
    keys = pc.binary_join_element_wise(made["part"].take(parents), data["event"], " ")
    ids = pa.array(list(final.values()), pa.string()).take(pc.index_in(keys, pa.array(list(final), pa.string())))
    return data.set_column(data.column_names.index("event"), schema.field("event"), ids)


def _across(engine: Engine) -> pa.Table:
    """The links between sentences of two groups of stories."""
    across, groups = engine.get("events_across"), engine.get("event_groups")
    sides = [groups["grp"].take(pc.index_in(across[name], groups["story"])) for name in ("a_story", "b_story")]
    bar = float(toml("events")["cluster"]["link"])
    wanted = pc.and_(pc.not_equal(*sides), pc.greater_equal(across["strength"], bar))
    wanted = pc.and_(wanted, pc.not_equal(across["claim_a"], ""))
    return across.filter(wanted).select(Link.schema().names).cast(Link.schema())


def _draw(
    items: Sequence[Passage],
    pairs: Sequence[Joined],
    bindings: Sequence[Binding],
    acts: Mapping[str, Doing],
    claims: Sequence[Claim],
) -> list[Drawn]:
    scores = list(scored(pairs, items, acts))
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
